# gantt.gp -- what is the plan, and where is slack? Medians, spread of the finish, criticality.
part = ARGC > 0 ? ARG1 : ''
figure = 'gantt'
do for [format in "png svg"] {
    load 'style.gp'
    set grid xtics noytics ls 1 back
    set output figure.'.'.format.part
    plot 'gantt.bars.tsv' using (($1 + $2) / 2):5:(($2 - $1) / 2):(0.33):(shade($6)) with boxxyerror fs solid 1 noborder lc rgb variable, \
         'gantt.bars.tsv' using ($3 > $1 && $3 < $2 ? $3 : NaN):($5 - 0.33):(0):(0.66) with vectors nohead lw 3 lc rgb white, \
         'gantt.bars.tsv' using ($3 < $1 ? $3 : NaN):5:($1 - $3):(0) with vectors nohead lw 1.8 lc rgb muted, \
         'gantt.bars.tsv' using ($3 < $1 ? $3 : NaN):($5 - 0.12):(0):(0.24) with vectors nohead lw 1.8 lc rgb muted, \
         'gantt.bars.tsv' using ($4 > $2 ? ($3 > $2 ? $3 : $2) : NaN):5:($4 - ($3 > $2 ? $3 : $2)):(0) with vectors nohead lw 1.8 lc rgb muted, \
         'gantt.bars.tsv' using ($4 > $2 ? $4 : NaN):($5 - 0.12):(0):(0.24) with vectors nohead lw 1.8 lc rgb muted, \
         'gantt.lines.tsv' using 1:(y_min):(0):(y_max - y_min) with vectors nohead lw 2.5 lc rgb bad, \
         'gantt.labels.tsv' using (x_min - 1):(y_min - 1) with dots lc rgb white
}
set output
