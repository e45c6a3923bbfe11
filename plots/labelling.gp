# labelling.gp -- will the labels be there in time? Items labelled against what is wanted.
part = ARGC > 0 ? ARG1 : ''
figure = 'labelling'
do for [format in "png svg"] {
    load 'style.gp'
    set grid noxtics ytics ls 1 back
    set output figure.'.'.format.part
    plot 'labelling.fan.tsv' using 1:2:4 with filledcurves fs solid 1 noborder lc rgb good_faint, \
         'labelling.lines.tsv' using (x_min):1:(x_max - x_min):(0) with vectors nohead lw 2.5 dt (6,4) lc rgb bad, \
         'labelling.fan.tsv' using 1:3 with lines lw 4 lc rgb good, \
         'labelling.dots.tsv' using 1:2 with points pt 7 ps 1.6 lc rgb ink
}
set output
