# cost_and_date.gp -- money and time together: a dot per future, cross-hair, quadrants.
part = ARGC > 0 ? ARG1 : ''
figure = 'cost_and_date'
do for [format in "png svg"] {
    load 'style.gp'
    set grid noxtics ytics ls 1 back
    set output figure.'.'.format.part
    plot 'cost_and_date.dots.tsv' using 1:($4 < 1 ? $2 : NaN):(faint(strcol(3))) with points pt 7 ps 0.45 lc rgb variable, \
         'cost_and_date.dots.tsv' using 1:($4 > 0 ? $2 : NaN):(dot(strcol(3))) with points pt 7 ps 0.45 lc rgb variable, \
         'cost_and_date.cross.tsv' using 1:2:3:4 with vectors nohead lw 2 lc rgb ink, \
         'cost_and_date.joint.tsv' using 1:2 with lines lw 3.5 dt (6,4) lc rgb white, \
         'cost_and_date.joint.tsv' using 1:2 with lines lw 2.5 dt (6,4) lc rgb ink
}
set output
