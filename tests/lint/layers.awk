# SPDX-License-Identifier: ISC
# layers.awk: awk -f layers.awk layers src/*.c src/*/*.[ch]
# Fail on an #include that goes against the table.
FNR == NR {
	if ($0 ~ /^#/ || NF == 0)
		next
	known[$1] = 1
	for (i = 3; i <= NF; i++)
		allowed[$1, $i] = 1
	next
}
/^#[ \t]*include[ \t]*"[a-z0-9]+\// {
	n = split(FILENAME, path, "/")
	from = path[n - 1]
	if (from == "src")
		from = "main"
	split($0, quoted, "\"")
	split(quoted[2], parts, "/")
	to = parts[1]
	if (from != to && !((from, to) in allowed)) {
		printf "%s:%d: %s/ may not include %s\n", FILENAME, FNR, from,
		    quoted[2]
		bad = 1
	}
}
END { exit bad }
