# production.gp -- does it stay good? Quality after the launch, and below what it loses to what.
part = ARGC > 0 ? ARG1 : ''
figure = 'production'
do for [format in "png svg"] {
    load 'style.gp'
    set grid noxtics ytics ls 1 back
    array layer[5] = [amber, pink, foot, ink, hairline]
    layers = 0
    stats 'production.causes.tsv' using (layers = $4 + 1, 1) nooutput
    set output figure.'.'.format.part
    plot 'production.fan.tsv' using 1:2:4 with filledcurves fs solid 1 noborder lc rgb good_faint, \
         'production.lines.tsv' using (x_min):1:(x_max - x_min):(0) with vectors nohead lw 2.5 dt (6,4) lc rgb bad, \
         'production.fan.tsv' using 1:3 with lines lw 4 lc rgb good, \
         for [i = 1:layers] 'production.causes.tsv' index i - 1 using 1:2:3 with filledcurves fs solid 1 noborder lc rgb layer[i]
}
set output
