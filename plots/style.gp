# style.gp -- how every figure looks: the only colours, sizes and fonts.
#
# A figure's script sets 'figure' and 'format' and loads this; from <figure>.chart.tsv
# it then has the words, margins and ranges. Nothing here depends on a scenario.

set encoding utf8
set datafile separator "\t"
set datafile commentschars '#'
set datafile missing NaN

# ---- colours: one meaning per hue, told apart with any of the three colour blindnesses
ink = 0x1f2933; muted = 0x5f6b78; foot = 0x76828f; hairline = 0xe4e7eb
good = 0x0072b2; good_tint = 0x9ecae8; good_faint = 0xcfe3f1; good_text = 0x005b8f
bad = 0xd55e00; bad_tint = 0xf3b78f; bad_text = 0xb34700
amber = 0xe69f00; amber_text = 0x8a6100; pink = 0xcc79a7; pink_text = 0x9c3f78
white = 0xffffff

colour(name) = name eq 'good' ? good_text : name eq 'bad' ? bad_text : \
               name eq 'amber' ? amber_text : name eq 'pink' ? pink_text : \
               name eq 'muted' ? muted : name eq 'white' ? white : ink
dot(name) = name eq 'good' ? good : name eq 'bad' ? bad : name eq 'amber' ? amber : \
            name eq 'pink' ? pink : muted
faint(name) = mix(dot(name), white, 0.6)
tint(name) = name eq 'good' ? good_tint : name eq 'bad' ? bad_tint : hairline

red(c) = c / 65536
green(c) = (c / 256) % 256
blue(c) = c % 256
mix(a, b, t) = int(red(a) + t * (red(b) - red(a))) * 65536 + \
               int(green(a) + t * (green(b) - green(a))) * 256 + \
               int(blue(a) + t * (blue(b) - blue(a)))
# how often critical: light to full blue
shade(share) = mix(0xd9e8f3, 0x00589c, share)
# a chance: vermillion through white to blue
heat(p) = p < 0.5 ? mix(0xc9571a, 0xf7f4f2, 2 * p) : mix(0xf2f4f5, 0x1f78b4, 2 * p - 1)
heat_text(p) = p < 0.08 || p > 0.88 ? white : ink

# ---- sizes in pixels of 1280 x 720, fonts
face = 'sans-serif'
px(x) = x / 1280.
py(y) = 1 - y / 720.
if (format eq 'png') {
    set terminal pngcairo noenhanced size 1280,720 font face.',13' background rgb 'white'
} else {
    set terminal svg noenhanced size 1280,720 fontscale 1.0 font face.',17' background rgb 'white'
}
scale = format eq 'png' ? 13 / 17. : 1
size(pixels) = sprintf('%.2f', pixels * scale)
font(pixels) = face.','.size(pixels)
bold(pixels) = face.':Bold,'.size(pixels)

name_colour = figure eq 'gantt' || figure eq 'tornado' || figure eq 'fairness' || figure eq 'segments' ? ink : muted

# ---- words and axes of this figure
title = ' '; subtitle = ' '; footer = ' '; note = ' '
left = 100.; right = 40.
stats figure.'.chart.tsv' using (left = $1, right = $2, x_min = $3, x_max = $4, y_min = $5, y_max = $6, \
    title = strcol(7), subtitle = strcol(8), footer = strcol(9), note = strcol(10), 1) nooutput

set label 1 title at screen px(26),py(41) left noenhanced font bold(26) textcolor rgb ink
set label 2 subtitle at screen px(26),py(82) left noenhanced font font(18) textcolor rgb muted
set label 3 note at screen px(26),py(120) left noenhanced font font(16) textcolor rgb muted
set label 4 footer at screen px(1236),py(703) right noenhanced font font(14) textcolor rgb foot

unset key
set border 0
set tics scale 0
set lmargin at screen px(left)
set rmargin at screen px(1280 - right)
set tmargin at screen py(150)
set bmargin at screen py(624)
set xrange [x_min:x_max]
set yrange [y_min:y_max]
set xtics ()
set ytics ()
set style line 1 lc rgb hairline lw 1
unset grid

# ---- ticks and direct labels: text from tables goes into labels, where it is only text
# (scalars first: a label of an array's element does not take a colour)
array at[200]; array up[200]; array words[200]; array align[200]; array hue[200]; array weight[200]
n = 0
stats figure.'.xticks.tsv' using (n = n + 1, at[n] = $1, words[n] = strcol(2), 1) nooutput
if (n == 0) { unset xtics }
do for [i = 1:n] {
    w = words[i]; x = at[i]
    set xtics add ('' x)
    set label 100 + i w at first x, screen py(646) center noenhanced font font(17) textcolor rgb muted
}
n = 0
stats figure.'.yticks.tsv' using (n = n + 1, at[n] = $1, words[n] = strcol(2), 1) nooutput
if (n == 0) { unset ytics }
small = n > 18 ? 14 : 17
do for [i = 1:n] {
    w = words[i]; y = at[i]
    set ytics add ('' y)
    set label 300 + i w at screen px(left - 12), first y right noenhanced font font(small) textcolor rgb name_colour
}
set style textbox opaque noborder fillcolor rgb 'white' margins 0.5,0.5
n = 0
stats figure.'.labels.tsv' using (n = n + 1, at[n] = $1, up[n] = $2, words[n] = strcol(3), \
    align[n] = strcol(4), hue[n] = strcol(5), weight[n] = strcol(6), 1) nooutput
do for [i = 1:n] {
    w = words[i]; x = at[i]; y = up[i]; c = colour(hue[i])
    f = weight[i] eq 'bold' ? bold(small) : font(small)
    if (align[i] eq 'left') { set label 500 + i w at first x, first y left front noenhanced font f textcolor rgb c }
    if (align[i] eq 'centre') { set label 500 + i w at first x, first y center front noenhanced font f textcolor rgb c }
    if (align[i] eq 'right') { set label 500 + i w at first x, first y right front noenhanced font f textcolor rgb c }
    # among dots a label is readable on a ground of its own
    if (figure eq 'cost_and_date') { set label 500 + i boxed }
}
