# value.gp -- does it pay? What the plan has brought by each month, against its reference.
part = ARGC > 0 ? ARG1 : ''
figure = 'value'
above(y) = y > 0 ? y : 0
below(y) = y < 0 ? y : 0
do for [format in "png svg"] {
    load 'style.gp'
    set grid noxtics ytics ls 1 back
    set output figure.'.'.format.part
    plot 'value.fan.tsv' using 1:(above($2)):(above($4)) with filledcurves fs solid 1 noborder lc rgb good_faint, \
         'value.fan.tsv' using 1:(below($2)):(below($4)) with filledcurves fs solid 0.6 noborder lc rgb bad_tint, \
         'value.lines.tsv' using (x_min):1:(x_max - x_min):(0) with vectors nohead lw 2.5 lc rgb ink, \
         'value.fan.tsv' using 1:($3 <= 0 ? $3 : NaN) with lines lw 4 lc rgb bad, \
         'value.fan.tsv' using 1:($3 >= 0 ? $3 : NaN) with lines lw 4 lc rgb good, \
         'value.mean.tsv' using 1:2 with lines lw 2 dt 2 lc rgb ink, \
         'value.dots.tsv' using 1:2 with points pt 7 ps 1.8 lc rgb ink
}
set output
