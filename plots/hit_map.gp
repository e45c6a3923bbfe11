# hit_map.gp -- what could we promise instead? The chance of every target by every date.
part = ARGC > 0 ? ARG1 : ''
figure = 'hit_map'
do for [format in "png svg"] {
    load 'style.gp'
    set output figure.'.'.format.part
    plot 'hit_map.cells.tsv' using 1:2:(0.5):(0.5):(heat($3)) with boxxyerror fs solid 1 border rgb white lc rgb variable, \
         'hit_map.cells.tsv' using 1:2:4:(heat_text($3)) with labels font font(19) textcolor rgb variable, \
         'hit_map.promise.tsv' using 1:2 with lines lw 3.5 lc rgb ink, \
         'hit_map.nearest.tsv' using 1:2 with lines lw 3 dt (5,5) lc rgb ink
}
set output
