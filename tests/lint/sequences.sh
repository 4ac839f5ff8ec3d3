#!/bin/sh
# SPDX-License-Identifier: ISC
# sequences(7) and the tables of src/term say the same: each control sequence,
# escape sequence and mode of theirs is in the page (.It Li "NAME"), and the
# page names none that is not in them; each OSC of theirs is in the page.
# Prints TAP.

set -u
cd "${SRC_DIR:?}" || exit 1

out=${TMPDIR:-/tmp}/sequences.$$
awk '
function have(name) {
	if (name in code) print FILENAME ":" FNR ": " name " is there twice"
	code[name] = 1; n++
}
# A character constant of C as the page writes it; 0 is nothing.
function word(c) {
	if (c == "0") return ""
	if (c ~ /^.\\/) return substr(c, 3, 1) " "
	c = substr(c, 2, 1)
	return (c == " " ? "SP" : c) " "
}
function plain(s) {
	gsub(/\\\(dq/, "\"", s); gsub(/\\\(aq/, "\047", s)
	gsub(/\\\(ga/, "`", s); gsub(/\\\(ti/, "~", s); gsub(/\\\(ha/, "^", s)
	return s
}
FILENAME ~ /emu-csi\.c$/ && /^\tPLAIN\(/ {
	have("CSI " substr($0, index($0, "\047") + 1, 1))
}
FILENAME ~ /emu-csi\.c$/ && /^\t\{ (\047|0)/ {
	s = $0; sub(/^\t\{ /, "", s); k = 0
	while (k < 3) {
		if (match(s, /^(0|\047\\?.\047), /) == 0) break
		part[++k] = substr(s, 1, RLENGTH - 2)
		s = substr(s, RLENGTH + 1)
	}
	if (k == 3) {
		name = "CSI " word(part[1]) word(part[2]) word(part[3])
		sub(/ $/, "", name)
		have(name)
	} else
		print FILENAME ":" FNR ": not understood"
}
FILENAME ~ /emu-mode\.c$/ && /^\t\{ [0-9]+,\t(true|false),/ {
	name = $2; sub(/,/, "", name)
	have(($3 ~ /true/ ? "? " : "") name)
}
FILENAME ~ /emu-ctl\.c$/ {
	if (/^emu_esc\(/) inside = 1
	else if (/^}/) inside = 0
	else if (inside && /^\tcase \047.\047:/)
		have("ESC " substr($0, index($0, "\047") + 1, 1))
}
FILENAME ~ /emu-osc\.c$/ {
	if (/^osc\(/) inside = 1
	else if (/^}/) inside = 0
	else if (inside && /^\tcase [0-9]+:/) {
		sub(/:/, "", $2); command[$2] = 1
	}
}
FILENAME ~ /sequences\.7$/ && /^\.It Li "/ {
	s = substr($0, 9); sub(/" Ta .*/, "", s); s = plain(s)
	if (s ~ /^OSC /) {
		sub(/^OSC /, "", s)
		if (split(s, r, / to /) == 2)
			for (i = r[1]; i <= r[2]; i++) told[i + 0] = 1
		else {
			k = split(s, r, /, /)
			for (i = 1; i <= k; i++) told[r[i] + 0] = 1
		}
	} else if (s ~ /^CSI / || s ~ /^ESC .$/ || s ~ /^(\? )?[0-9]+$/) {
		if (s in page) print "sequences.7: " s " is there twice"
		page[s] = 1
	}
}
END {
	if (n < 150) print "only " n " sequences and modes were found"
	for (s in code) if (!(s in page)) print "sequences.7: " s " is missing"
	for (s in page) if (!(s in code))
		print "sequences.7: " s " is in no table"
	for (s in command) if (!(s in told))
		print "sequences.7: OSC " s " is missing"
}' src/term/emu-csi.c src/term/emu-mode.c src/term/emu-ctl.c \
    src/term/emu-osc.c doc/sequences.7 >"$out" 2>&1
if [ -s "$out" ]; then
	echo "not ok 1 - sequences(7) and the tables of the emulator agree"
	sed 's/^/# /' "$out"
else
	echo "ok 1 - sequences(7) and the tables of the emulator agree"
fi
rm -f "$out"
echo 1..1
