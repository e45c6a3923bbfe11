# search.gp -- will the next try work? The kept model's quality against time.
part = ARGC > 0 ? ARG1 : ''
figure = 'search'
do for [format in "png svg"] {
    load 'style.gp'
    set grid noxtics ytics ls 1 back
    set output figure.'.'.format.part
    plot 'search.fan.tsv' using 1:2:4 with filledcurves fs solid 1 noborder lc rgb good_faint, \
         'search.lines.tsv' using (x_min):1:(x_max - x_min):(0) with vectors nohead lw 2.5 dt (6,4) lc rgb bad, \
         'search.fan.tsv' using 1:3 with lines lw 4 lc rgb good
}
set output
