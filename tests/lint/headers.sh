#!/bin/sh
# SPDX-License-Identifier: ISC
# Each header compiles alone: it includes what it needs.  Prints TAP.

set -u
cd "${SRC_DIR:?}" || exit 1
tmp=$(mktemp -d "${TMPDIR:-/tmp}/headers.XXXXXX") || exit 1
trap 'rm -rf "$tmp"' EXIT
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
TMP=$tmp COMPILE="${CC:?} $LINT_CFLAGS -fsyntax-only"
export TMP COMPILE
ls src/*/*.h | xargs -n 8 -P "$jobs" sh -c '
	for h; do
		n=$(echo "$h" | tr / _)
		echo "#include \"${h#src/}\"" >"$TMP/$n.c"
		$COMPILE "$TMP/$n.c" >"$TMP/$n.out" 2>&1 || {
			echo "$h:"
			head -n 5 "$TMP/$n.out"
		} >"$TMP/$n.bad"
	done' sh
n=0
for d in src/*/; do
	d=${d#src/} d=${d%/}
	ls src/"$d"/*.h >/dev/null 2>&1 || continue
	n=$((n + 1))
	if ls "$tmp"/src_"${d}"_*.bad >/dev/null 2>&1; then
		echo "not ok $n - each header in $d/ compiles alone"
		cat "$tmp"/src_"${d}"_*.bad | sed 's/^/# /'
	else
		echo "ok $n - each header in $d/ compiles alone"
	fi
done
echo "1..$n"
