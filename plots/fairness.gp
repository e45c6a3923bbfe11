# fairness.gp -- which group fails? The gap of each, before and after mitigation.
part = ARGC > 0 ? ARG1 : ''
figure = 'fairness'
do for [format in "png svg"] {
    load 'style.gp'
    set grid xtics noytics ls 1 back
    set output figure.'.'.format.part
    limit = x_max
    stats 'fairness.lines.tsv' using (limit = $1, 1) nooutput
    plot 'fairness.before.tsv' using 1:4:($3 - $1):(0) with vectors nohead lw 4 lc rgb 0xc5ccd3, \
         'fairness.before.tsv' using 2:4 with points pt 7 ps 1.3 lc rgb muted, \
         'fairness.after.tsv' using ($1 < limit ? $1 : NaN):4:(($3 < limit ? $3 : limit) - $1):(0) with vectors nohead lw 4 lc rgb good_tint, \
         'fairness.after.tsv' using ($3 > limit ? ($1 > limit ? $1 : limit) : NaN):4:($3 - ($1 > limit ? $1 : limit)):(0) with vectors nohead lw 4 lc rgb bad_tint, \
         'fairness.lines.tsv' using 1:(y_min):(0):(y_max - y_min) with vectors nohead lw 2.5 dt (6,4) lc rgb bad, \
         'fairness.after.tsv' using 2:4:($2 > limit ? bad : good) with points pt 7 ps 1.6 lc rgb variable
}
set output
