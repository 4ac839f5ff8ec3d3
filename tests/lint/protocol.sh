#!/bin/sh
# SPDX-License-Identifier: ISC
# protocol(7) and wire/messages.h say the same: each constant of the header is
# in the page (.It Dv NAME Ta VALUE) with the same number, and the page names
# no constant that is not in the header.  Prints TAP.

set -u
cd "${SRC_DIR:?}" || exit 1

awk '
# A number as text without anything that does not matter.
function plain(v) {
	v = tolower(v)
	if (v ~ /^0x/) { sub(/^0x0*/, "0x", v); if (v == "0x") v = "0x0" }
	return v
}
FILENAME ~ /messages\.h$/ && /^#define/ {
	if ($2 == "WIRE_MESSAGES_H") next
	if ($3 !~ /^(0x[0-9a-fA-F]+|[0-9]+)$/) {
		print "messages.h: " $2 " is not one plain number"
		next
	}
	header[$2] = plain($3); order[++n] = $2
}
FILENAME !~ /messages\.h$/ && /^\.It Dv [A-Z]/ && $4 == "Ta" {
	if ($3 in page) print "protocol.7: " $3 " is there twice"
	page[$3] = plain($5)
}
END {
	if (n < 50) print "messages.h: only " n " constants were found"
	for (i = 1; i <= n; i++) {
		name = order[i]
		if (!(name in page))
			print "protocol.7: " name " (" header[name] \
			    ") is missing"
		else if (page[name] != header[name])
			print name ": header " header[name] ", page " \
			    page[name]
	}
	for (name in page)
		if (!(name in header))
			print "protocol.7: " name " is not in the header"
}' src/wire/messages.h doc/protocol.7 >"${TMPDIR:-/tmp}/protocol.$$" 2>&1
if [ -s "${TMPDIR:-/tmp}/protocol.$$" ]; then
	echo "not ok 1 - protocol(7) and messages.h have the same numbers"
	sed 's/^/# /' "${TMPDIR:-/tmp}/protocol.$$"
else
	echo "ok 1 - protocol(7) and messages.h have the same numbers"
fi
rm -f "${TMPDIR:-/tmp}/protocol.$$"

if ! command -v python3 >/dev/null 2>&1; then
	echo "ok 2 # SKIP no python3 to compute the key schedule anew"
elif out=$(python3 tests/golden/check-seal.py 2>&1); then
	echo "ok 2 - another implementation has the same key schedule"
else
	echo "not ok 2 - another implementation has the same key schedule"
	echo "$out" | sed 's/^/# /'
fi
echo 1..2
