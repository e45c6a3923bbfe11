# tornado.gp -- what moves the date? Inputs, each in its best and in its worst tenth.
part = ARGC > 0 ? ARG1 : ''
figure = 'tornado'
do for [format in "png svg"] {
    load 'style.gp'
    set grid xtics noytics ls 1 back
    set output figure.'.'.format.part
    plot 'tornado.bars.tsv' using ($1 / 2):3:(-$1 / 2):(0.36) with boxxyerror fs solid 1 noborder lc rgb good_tint, \
         'tornado.bars.tsv' using ($2 / 2):3:($2 / 2):(0.36) with boxxyerror fs solid 1 noborder lc rgb bad_tint, \
         'tornado.bars.tsv' using (0):(y_min):(0):(y_max - y_min) every ::0::0 with vectors nohead lw 2 lc rgb ink, \
         'tornado.labels.tsv' using 1:(y_min - 1) with dots lc rgb white
}
set output
