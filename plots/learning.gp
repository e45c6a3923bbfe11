# learning.gp -- will more labels get us there? Today's model along its learning curve.
part = ARGC > 0 ? ARG1 : ''
figure = 'learning'
do for [format in "png svg"] {
    load 'style.gp'
    set grid noxtics ytics ls 1 back
    set output figure.'.'.format.part
    plot 'learning.fan.tsv' using 1:2:4 with filledcurves fs solid 1 noborder lc rgb good_faint, \
         'learning.come.tsv' using 1:(y_min):(0):(y_max - y_min) with vectors nohead lw 2 lc rgb muted, \
         'learning.lines.tsv' using (x_min):1:(x_max - x_min):(0) with vectors nohead lw 2.5 dt (6,4) lc rgb bad, \
         'learning.fit.tsv' using 1:2 smooth mcsplines lw 2.5 lc rgb muted, \
         'learning.fan.tsv' using 1:3 smooth mcsplines lw 4 lc rgb good, \
         'learning.points.tsv' using 1:2 with points pt 7 ps 1.6 lc rgb ink
}
set output
