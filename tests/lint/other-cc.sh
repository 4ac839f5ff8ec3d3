#!/bin/sh
# SPDX-License-Identifier: ISC
# The other compiler, gcc or clang, has nothing to say about any file.
# Prints TAP; skipped when there is only one compiler.

set -u
cd "${SRC_DIR:?}" || exit 1
if [ -z "${OTHER_CC:-}" ]; then
	echo "1..0 # SKIP there is only one compiler here"
	exit 0
fi
warn="-Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    -Wpointer-arith -Wwrite-strings -Wvla -Wformat=2 -Wimplicit-fallthrough
    -Wno-missing-field-initializers -Werror"
# clang finds all it finds without generating code; gcc needs to optimise.
case $OTHER_CC in
*clang*) how=-fsyntax-only ;;
*) how="-O1 -c -o /dev/null" ;;
esac
case $(uname -s) in
Linux) not='-darwin.c|-bsd.c' ;;
Darwin) not='-linux.c|-bsd.c' ;;
*) not='-linux.c|-darwin.c' ;;
esac
files=$(ls src/*.c src/*/*.c tests/*/*.c 2>/dev/null | grep -vE -- "$not")
out=${TMPDIR:-/tmp}/other.$$
trap 'rm -f "$out"' EXIT
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
OTHER="$OTHER_CC $LINT_CFLAGS $warn $how"
export OTHER
echo $files | tr ' ' '\n' | xargs -n 4 -P "$jobs" sh -c '
	for f; do
		case $f in
		src/*) inc="-include src/base/banned.h" ;;
		*) inc= ;;
		esac
		o=$($OTHER $inc "$f" 2>&1) || printf "%s\n" "== $f" "$o"
	done' sh >"$out"
n=0
for d in $(echo $files | tr ' ' '\n' | sed 's|/[^/]*$||' | sort -u); do
	n=$((n + 1))
	# Enough of each file to see what it is about.
	awk -v d="$d" '/^== / { f = $2; sub(/\/[^\/]*$/, "", f); lines = 0 }
	    f == d && lines++ < 9 { print "# " $0 }' "$out" >"$out.d"
	if [ -s "$out.d" ]; then
		echo "not ok $n - $OTHER_CC has no warning in $d"
		head -n 60 "$out.d"
	else
		echo "ok $n - $OTHER_CC has no warning in $d"
	fi
done
rm -f "$out.d"
echo "1..$n"
