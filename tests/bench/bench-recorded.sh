#!/bin/sh
# SPDX-License-Identifier: ISC
#
# bench-recorded.sh - how fast the emulator takes in what real programs write.
#
# Runs those that are installed in a pane of 120 by 50, types at them, records
# their output with pipe-pane, and hands the recordings to bench-term.  KEEP
# names a directory to keep the recordings in.

set -u
: "${RMUX:?}" "${BUILD_DIR:?}" "${SRC_DIR:?}"
bench=$BUILD_DIR/out/tests/bench/bench-term
dir=$(mktemp -d "${TMPDIR:-/tmp}/br.XXXXXX") || exit 1
rec=${KEEP:-$dir/rec}
mkdir -p "$rec"
HOME=$dir LC_ALL=C.UTF-8 SHELL=/bin/sh LS_COLORS='di=01;34:*.c=00;36:*.h=32'
export HOME LC_ALL SHELL LS_COLORS
unset TMUX RMUX_SOCKET ENV
r() { "$RMUX" -S "$dir/s" -f /dev/null "$@"; }
trap 'r kill-server 2>/dev/null; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

r new-session -d -s r -x 120 -y 50 'exec cat' || exit 1
r set-option -g default-terminal xterm-256color

# Until nothing more has been written for a while.
settle() {
	_old=-1 _n=0 _i=0
	while [ $_n -lt 3 ] && [ $_i -lt 100 ]; do
		_new=$(wc -c <"$1")
		if [ "$_new" -eq "$_old" ]; then
			_n=$((_n + 1))
		else
			_n=0
		fi
		_old=$_new _i=$((_i + 1))
		sleep 0.1
	done
}

# record NAME COMMAND [KEYS ...]: each argument's keys, then a pause.
record() {
	_name=$1 _cmd=$2
	shift 2
	command -v "${_cmd%% *}" >/dev/null || return 0
	: >"$rec/$_name"
	r new-window -n "$_name" -t r: 'exec sh'
	r pipe-pane -t "r:$_name" "exec cat >>'$rec/$_name'"
	r send-keys -t "r:$_name" "cd '$SRC_DIR' && $_cmd" Enter
	settle "$rec/$_name"
	for _keys; do
		# shellcheck disable=SC2086
		r send-keys -t "r:$_name" $_keys
		settle "$rec/$_name"
	done
	r kill-window -t "r:$_name"
}

pages='C-f C-f C-f C-f C-f C-f C-f C-f C-f C-f'
record ls 'ls -lR --color=always src tests'
record grep 'grep -rn --color=always the src/term src/base'
record git 'git --no-pager log -p --color=always -n 40'
record cc 'for i in 1 2 3 4 5 6; do cc -fdiagnostics-color=always -Wall \
-Wextra -Wconversion -fsyntax-only -Isrc -I. -D_GNU_SOURCE src/term/row.c \
src/term/hist.c src/term/emu-print.c; done'
record vim 'vim -u NONE -c "syntax on" -c "set number hlsearch" src/term/hist.c' \
    "$pages" "$pages" '/block Enter' 'n n n n n n n n n n n n' \
    'G o h e l l o Escape' 'g g d d d d p u u u' ': vsplit Enter' "$pages" \
    ': split Enter' "$pages"
record less 'less -R src/term/emu.c' 'Space Space Space Space Space' \
    '/emu Enter' 'n n n n n n n n' 'G' 'b b b b b b' 'j j j j j j k k k k'
record htop 'htop -d 2' 'Down Down Down Down' 't' 'Down Up' 'F6' 'Escape' 't'
record top 'top -d 0.3' 'z' '1' 'M' 'P' 'c'

set --
for f in "$rec"/*; do
	[ -s "$f" ] && set -- "$@" "$f"
done
wc -c "$@" | sed '$d'
"$bench" -c 120 -r 50 "$@"
