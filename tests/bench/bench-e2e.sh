#!/bin/sh
# SPDX-License-Identifier: ISC
#
# bench-e2e.sh - the whole program, beside tmux if that is installed: turn by
# turn in one run, medians of several, never an absolute time as a criterion.
#
# Prints a line per measure: ours, tmux's, and the ratio (below 1: less than
# tmux).  ROUNDS (3) and MEGABYTES (20) in the environment make it longer.

set -u
: "${RMUX:?}" "${TOOLS_DIR:?}"
tool=$TOOLS_DIR/tool-mux
rounds=${ROUNDS:-3} mb=${MEGABYTES:-20}
dir=$(mktemp -d "${TMPDIR:-/tmp}/be.XXXXXX") || exit 1
HOME=$dir LC_ALL=C.UTF-8 SHELL=/bin/sh TERM=xterm-256color
export HOME LC_ALL SHELL TERM
unset TMUX RMUX_SOCKET ENV
progs="rmux:$RMUX"
t=$(command -v tmux) && progs="$progs tmux:$t"
cleanup() {
	for p in $progs; do
		"${p#*:}" -S "$dir/${p%%:*}.s" kill-server 2>/dev/null
	done
	rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

# What is printed: lines of text with some colour, as a build prints.
awk -v mb="$mb" 'BEGIN {
	for (n = 0; n < mb * 1000000; n += length(s)) {
		s = sprintf("%c[3%dmsrc/file%d.c:%d:%c[0m a line of output, " \
		    "neither short nor very long\n", 27, i % 8, i % 97, i, 27)
		printf "%s", s; i++
	}
}' >"$dir/large"
size=$(wc -c <"$dir/large")
head -n 100 "$dir/large" >"$dir/small"

m() {	# m PROGRAM command ...: with its server
	_p=$1; shift
	"${_p#*:}" -S "$dir/${_p%%:*}.s" -f "$dir/conf" "$@"
}
record() { echo "$2" >>"$dir/${1%%:*}.$3"; }
median() {
	sort -n "$1" | awk '{ v[NR] = $1 }
	    END { if (NR) printf "%.6g\n", v[int((NR + 1) / 2)] }'
}
cpu() {		# CPU seconds of a process
	ps -o cputimes= -p "$1" 2>/dev/null | grep -q . || { echo 0; return; }
	if [ -r "/proc/$1/stat" ]; then
		awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, "")
		    print ($12 + $13) / hz }' "/proc/$1/stat"
	else
		ps -o cputimes= -p "$1"
	fi
}
rss() { ps -o rss= -p "$1" | tr -d ' '; }

# The tool types faster than people do.
printf 'set-option -g history-limit 2000\nset-option -g assume-paste-time 0\n' \
    >"$dir/conf"
round=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	for p in $progs; do
		"${p#*:}" -S "$dir/${p%%:*}.s" -f "$dir/conf" new-session -d \
		    -s b -x 80 -y 24 'exec cat >/dev/null' || exit 1
		pid=$(m "$p" display-message -p '#{pid}')

		# Memory of idle panes, in a fresh server.
		r0=$(rss "$pid")
		i=0
		while [ $i -lt 40 ]; do
			m "$p" new-window -d 'exec cat'
			i=$((i + 1))
		done
		m "$p" display-message -p x >/dev/null
		r1=$(rss "$pid")
		record "$p" $(((r1 - r0) / 40)) pane

		# A flood with nobody attached.
		c0=$(cpu "$pid")
		s=$("$tool" time "${p#*:} -S $dir/${p%%:*}.s new-window -d \
		    'cat $dir/large; ${p#*:} -S $dir/${p%%:*}.s wait-for -S d'; \
		    ${p#*:} -S $dir/${p%%:*}.s wait-for d")
		c1=$(cpu "$pid")
		record "$p" "$(echo "$size $s" | awk '{ print $1/$2/1e6 }')" flood
		record "$p" "$(echo "$c0 $c1 $size" | awk '{
		    print ($2-$1)/($3/1e6)*1000 }')" floodcpu

		# The same on a client's screen, and the echo of keys.
		r=$("$tool" attached "$dir/large" "${p#*:} -S $dir/${p%%:*}.s \
		    attach-session -t b") || exit 1
		record "$p" "$(echo "$size $r" | awk '{ print $1/$2/1e6 }')" shown
		record "$p" "$(echo "$r" | awk '{ print $2 * 1000 }')" echo
		record "$p" "$(echo "$r" | awk '{ print $3 * 1000 }')" attach

		# The echo of keys beside ten panes that flood.
		i=0
		while [ $i -lt 10 ]; do
			m "$p" new-window -d -n "yes$i" 'exec yes'
			i=$((i + 1))
		done
		r=$("$tool" attached "$dir/small" "${p#*:} -S $dir/${p%%:*}.s \
		    attach-session -t b") || exit 1
		record "$p" "$(echo "$r" | awk '{ print $2 * 1000 }')" flooded
		while [ $i -gt 0 ]; do
			i=$((i - 1))
			m "$p" kill-window -t "b:yes$i"
		done

		# Memory of history.
		m "$p" set-option -g history-limit 100000
		r0=$(rss "$pid")
		m "$p" new-window -d "seq 1 100000 | sed 's/\$/ a line of \
history as long as lines are, on average/'; \
		    ${p#*:} -S $dir/${p%%:*}.s wait-for -S h; exec cat"
		m "$p" wait-for h
		r1=$(rss "$pid")
		record "$p" $((r1 - r0)) history
		m "$p" set-option -g history-limit 2000
		m "$p" kill-server
		while kill -0 "$pid" 2>/dev/null; do :; done
	done
done

line() {	# line MEASURE TEXT
	a=$(median "$dir/rmux.$1")
	b=
	[ ! -f "$dir/tmux.$1" ] || b=$(median "$dir/tmux.$1")
	echo "$a $b" | awk -v text="$2" '{
		printf "%-44s %10.4g", text, $1
		if (NF > 1) printf " %10.4g   x%.2f", $2, $2 ? $1 / $2 : 0
		print ""
	}'
}
echo "bench-e2e: $rounds rounds, $mb MB of output"
printf '%-44s %10s %10s   %s\n' '' rmux tmux ratio
line flood "output drained, detached, MB/s"
line floodcpu "server CPU, ms per MB"
line shown "output until its end is shown, MB/s"
line echo "echo of a key, ms"
line flooded "echo of a key beside ten floods, ms"
line attach "attach until drawn, ms"
line pane "memory of an idle pane, kB"
line history "memory of 100,000 lines of history, kB"
