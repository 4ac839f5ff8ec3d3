#!/bin/sh
# SPDX-License-Identifier: ISC
# Rules about the text of the sources.  Prints TAP; a failing point is
# followed by the lines that break the rule.

set -u
cd "${SRC_DIR:?}" || exit 1
n=0
bad=${TMPDIR:-/tmp}/lint.$$
trap 'rm -f "$bad" "$bad.2"' EXIT

point() {	# point NAME: good if $bad is empty
	n=$((n + 1))
	if [ -s "$bad" ]; then
		echo "not ok $n - $1"
		sed 's/^/# /' "$bad" | head -n 60
	else
		echo "ok $n - $1"
	fi
	: >"$bad"
}
skip() { n=$((n + 1)); echo "ok $n # SKIP $1"; }

sources=$(ls src/*.c src/*/*.[ch] src/*/*.def 2>/dev/null)
code=$(ls src/*.c src/*/*.[ch] 2>/dev/null)
texts="$sources $(ls tests/*.h tests/run tests/*/*.[ch] tests/*/*.sh \
    configure Makefile.in README CHANGES tests/lint/* 2>/dev/null)"

awk -f tests/lint/layers.awk tests/lint/layers $code >"$bad"
point "no file includes one of a layer above it"

# Comments and strings are not code: take them out, keep the line numbers.
strip() {
	awk 'FNR == 1 { inside = 0 }
	{
		s = $0; out = ""
		while (s != "") {
			if (inside) {
				i = index(s, "*/")
				if (i == 0) { s = ""; break }
				s = substr(s, i + 2); inside = 0
			} else if (match(s, /\/\*|"([^"\\]|\\.)*"/)) {
				if (substr(s, RSTART, 2) == "/*") {
					out = out substr(s, 1, RSTART - 1)
					s = substr(s, RSTART + 2); inside = 1
				} else if (s ~ /^#[ \t]*include/) {
					out = out s; s = ""
				} else {
					out = out substr(s, 1, RSTART) "\""
					s = substr(s, RSTART + RLENGTH)
				}
			} else { out = out s; s = "" }
		}
		print FILENAME ":" FNR ":" out
	}' "$@"
}
strip $code >"$bad.2"
while read -r pattern where; do
	case $pattern in
	''|'#') continue ;;
	'#include'*) ;;
	'#'*) continue ;;
	esac
	re=$(printf '%s' "$pattern" | sed 's/~/[[:blank:]]/g; s/^(^|/(:|/')
	grep -E "$re" "$bad.2" | while IFS= read -r line; do
		file=${line%%:*} file=${file#src/}
		good=no
		for w in $where; do
			case $file in
			"$w"|"$w"/*) good=yes ;;
			esac
		done
		[ $good = yes ] || echo "$line   (only in: $where)"
	done
done <tests/lint/restricted >"$bad"
point "what is restricted is used only where it may be"

awk 'FNR == 1 && !/SPDX-License-Identifier: ISC/ { print FILENAME }' \
    $sources >"$bad"
point "each source file begins with its licence"

grep -nE '[ 	]+$' $texts >"$bad"
point "no line ends in blanks"

grep -nE '/wor[k]/' $texts >"$bad"
point "no file names a place of one machine"

awk 'FNR == 1 {
	want = toupper(FILENAME)
	sub(/^SRC\//, "", want); gsub(/[^A-Z0-9]/, "_", want)
    }
    /^#ifndef/ && !(FILENAME in seen) {
	seen[FILENAME] = 1
	if ($2 != want) print FILENAME ": guard should be " want
    }' src/*/*.h >"$bad"
point "each header is guarded by its own name"

awk 'FNR == 1 && last == "" && NR > 1 { print file ": ends in an empty line" }
    { last = $0; file = FILENAME }' $code >"$bad"
point "no file ends in an empty line"

# KNF's most visible habits.  80 columns (tabs count as eight) are the rule; a
# remark behind a declaration may go past them, but nothing past 100.
awk '/^#|https?:/ { next }
    { s = $0; w = 0
      while ((i = index(s, "\t")) > 0) {
          w += i - 1; w += 8 - w % 8; s = substr(s, i + 1)
      }
      gsub(/[\200-\277]/, "", s)
      if (w + length(s) > 100) print FILENAME ":" FNR ": past column 100" }' \
    $code >"$bad"
point "no line is far too long"
grep -nE '(^|[^a-z_])return [^(;]' $code |
    grep -vE '^[^:]*:[0-9]*:[ 	]*(\*|/\*)|"|//' |
    grep -vE 'return [a-z, ]+\.?( \*/)?$' |
    grep -E 'return [^(;][^;]*;' | grep -vE '/\*.*return' >"$bad"
point "return has its parentheses"
grep -nE '^ {8}|^	* {8}' $code >"$bad"
point "indentation is by tabs"

if [ -f doc/code-map ]; then
	{
		awk '/^src\// { print $1 }' doc/code-map | sort >"$bad.2"
		sort "$bad.2" | uniq -d | sed 's/$/: twice in doc\/code-map/'
		ls src/*.c src/*/*.[ch] src/*/*.def 2>/dev/null | sort |
		    comm -23 - "$bad.2" | sed 's/$/: not in doc\/code-map/'
		ls src/*.c src/*/*.[ch] src/*/*.def 2>/dev/null | sort |
		    comm -13 - "$bad.2" | sed 's/$/: in doc\/code-map only/'
		awk '/^src\// && NF < 2 { print $1 ": says nothing" }' \
		    doc/code-map
	} >"$bad"
	point "doc/code-map has one line for each source file"
else
	skip "no doc/code-map"
fi
echo "1..$n"
