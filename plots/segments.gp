# segments.gp -- who is served when? The chance of each segment in every month.
part = ARGC > 0 ? ARG1 : ''
figure = 'segments'
do for [format in "png svg"] {
    load 'style.gp'
    set output figure.'.'.format.part
    plot 'segments.cells.tsv' using (($1 + $2)/2):(($3 + $4)/2):1:2:3:4:(heat($5)) with boxxyerror fs solid 1 noborder lc rgb variable, \
         'segments.figures.tsv' using 1:2:4:(heat_text($3)) with labels font font(16) textcolor rgb variable
}
set output
