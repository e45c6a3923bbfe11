# finish.gp -- when will it be done? Weekly bars, S-curve, percentiles, the deadline.
part = ARGC > 0 ? ARG1 : ''
figure = 'finish'
do for [format in "png svg"] {
    load 'style.gp'
    set grid noxtics ytics ls 1 back
    set output figure.'.'.format.part
    plot 'finish.bars.tsv' using (($1 + $2) / 2):($3 / 2):(($2 - $1) / 2):($3 / 2):(tint(strcol(4))) with boxxyerror fs solid 1 noborder lc rgb variable, \
         'finish.dots.tsv' using 1:3:(0):(y_min - $3) with vectors nohead dt 3 lw 1 lc rgb muted, \
         'finish.lines.tsv' using 1:(y_min):(0):(y_max - y_min) with vectors nohead lw 2.5 lc rgb bad, \
         'finish.curve.tsv' using 1:2 smooth mcsplines with lines lw 3.5 lc rgb ink, \
         'finish.dots.tsv' using 1:2 with points pt 7 ps 1.7 lc rgb white, \
         'finish.dots.tsv' using 1:2 with points pt 7 ps 1.2 lc rgb ink
}
set output
