# Text, wrapping, controls.

! Text appears where the cursor is
push "abc"
screen "abc"
cursor 3 0

! A full line leaves the wrap pending
push "0123456789"
cursor 9 0
pending yes
row 0 "0123456789"
wrapped 0 no

! The next character wraps
push "0123456789a"
screen "0123456789" "a"
cursor 1 1
pending no
wrapped 0 yes

! CR forgets a pending wrap
push "0123456789\rx"
screen "x123456789"
cursor 1 0

! LF forgets a pending wrap and keeps the column
push "0123456789\nx"
screen "0123456789" "         x"

! BS with a wrap pending goes one left
push "0123456789\bx"
screen "01234567x9"

! CUP forgets a pending wrap
push "0123456789\e[1;10Hx"
screen "012345678x"
pending yes

! SGR keeps a pending wrap
push "0123456789\e[1mx"
screen "0123456789" "x"

! Without autowrap the last column is overwritten
push "\e[?7l0123456789abc"
screen "012345678c"
cursor 9 0
pending no
wrapped 0 no

! Without autowrap nothing is pending, and it may come back
push "\e[?7l0123456789ab\e[?7hcd"
screen "012345678c" "d"

! BS stops at the left
push "a\b\b\bx"
screen "x"

! Tabs go to each eighth column and stop at the last
push "\ta\tb"
cursor 9 0
screen "        ab"

! Tab at the last column changes nothing
push "0123456789\tx"
screen "0123456789" "x"

! LF at the bottom scrolls and fills history
push "a\r\nb\r\nc\r\nd\r\ne"
screen "b" "c" "d" "e"
history 1
line -1 "a"

! VT and FF are line feeds
push "a\x0bb\x0cc"
screen "a" " b" "  c"

! LNM makes LF return as well
push "\e[20ha\nb"
screen "a" "b"
mode "crlf"

! NEL goes to the beginning of the next line
push "abc\eEd"
screen "abc" "d"

! IND and RI move by one line
push "\e[2;3Hx\eMy\eDz"
screen "   y" "  x z"

! RI at the top scrolls down
push "a\r\nb\e[1;1H\eMc"
screen "c" "a" "b"

! NUL and DEL are nothing
push "a\x00b\x7fc"
screen "abc"

! Wide characters take two columns
push "中文x"
screen "中文x"
width 0 0 2
width 1 0 0
cursor 5 0

! A wide character that does not fit wraps early
push "012345678中"
screen "012345678" "中"
wrapped 0 yes
cursor 2 1

! A wide character that does not fit takes the last columns without autowrap
push "\e[?7l012345678中"
screen "01234567中"

! Overwriting half of a wide character blanks the other
push "中中\e[1;2Hx"
screen " x中"

! Overwriting the first half blanks the second
push "中中\e[1;3Hx"
screen "中x"
width 3 0 1

! Combining marks join the character before
push "e\u{301}x"
row 0 "e\u{301}x"
cursor 2 0

! A combining mark joins the character in the last column
push "012345678e\u{301}"
row 0 "012345678e\u{301}"
pending yes

! A combining mark with nothing before it is dropped
push "\u{301}a"
row 0 "a"

! A combining mark after a cursor movement joins what stands there
push "abc\e[1;2H\u{301}"
row 0 "a\u{301}bc"

! Variation selector 16 widens
push "\u{2764}\u{fe0f}x"
width 0 0 2
cursor 3 0

! Variation selector 16 in the last column takes the character along
push "012345678\u{2764}\u{fe0f}"
screen "012345678" "\u{2764}\u{fe0f}"
cursor 2 1

! A family is one character
push "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}x"
cursor 3 0
width 0 0 2

! Flags are pairs of regional indicators
push "\u{1f1e9}\u{1f1ea}\u{1f1eb}\u{1f1f7}x"
cursor 5 0
width 0 0 2
width 2 0 2

! A skin tone joins its emoji
push "\u{1f44d}\u{1f3fd}x"
cursor 3 0

! Hangul syllables compose from jamo
push "\u{1112}\u{1161}\u{11ab}x"
cursor 3 0

! A cursor movement between ends a cluster
push "\u{1f468}\u{200d}\e[1;3H\u{1f469}x"
cursor 5 0

! At most sixteen code points share a cell
repeat 1 "a"
repeat 100000 "\u{301}"
push "b"
cursor 2 0

! Ambiguous characters are narrow
push "\u{b1}x"
cursor 2 0

! Ambiguous characters are wide if the user says so
opt ambiguous-wide
push "\u{b1}x"
cursor 3 0

! Malformed UTF-8 becomes replacement characters
push "a\xffb\xc3(\xe4\xb8"
push "x"
row 0 "a\u{fffd}b\u{fffd}(\u{fffd}x"

! Encoded C1 controls are ignored
push "a\xc2\x9b1mb\xc2\x85c"
screen "a1mbc"

! Raw C1 bytes are not controls
push "a\x9b1m"
row 0 "a\u{fffd}1m"

! Insertion moves what follows
push "abc\e[1;1H\e[4hxy"
screen "xyabc"
mode "insert"

! Insertion drops what leaves the line
push "0123456789\e[1;1H\e[4hxyz"
screen "xyz0123456"

! Insertion never halves a wide character
push "01234567中\e[1;1H\e[4hx"
screen "x01234567"

! REP repeats the last character
push "ab\e[3b"
screen "abbbb"

! REP repeats wide ones
push "中\e[2b"
screen "中中中"

! REP wraps and is bounded by the screen
push "x\e[65535b"
screen "xxxxxxxxxx" "xxxxxxxxxx" "xxxxxxxxxx" "x"
history 1

! Line drawing from G0
push "\e(0lqk\e(Bq"
screen "┌─┐q"

! Line drawing from G1 by SO and SI
push "\e)0a\x0ex\x0fx"
screen "a│x"

! The UK set has a pound sign
push "\e(A#\e(B#"
screen "£#"

! SS2 and SS3 are for one character
push "\e*0\e+A\eNqq\eO##"
screen "─q£#"

! LS2 and LS3 stay
push "\e*0\enqq\x0fq"
screen "──q"

! Line drawing maps in long runs too
push "\e(0qqqqqqqqqqqq"
screen "──────────" "──"

! Reverse wrap goes back over a wrapped line only
size 4 3
push "\e[?45habcde\b\bX"
screen "abcX" "e"

! BEL is an event
push "a\ab"
event "bell"
event "none"
screen "ab"

! Indic conjuncts are one character (GB9c)
push "\u{915}\u{94D}\u{937}x"
row 0 "क्षx"
cursor 2 0
width 1 0 1

! A nukta or a ZWJ does not part a conjunct, a ZWNJ and another letter do
push "\u{915}\u{93C}\u{94D}\u{200D}\u{924}x\r\n\u{915}\u{94D}\u{200C}\u{924}x\r\n\u{915}\u{94D}a\u{924}"
cursor 3 2
row 0 "\u{915}\u{93C}\u{94D}\u{200D}\u{924}x"
width 1 0 1

! A conjunct needs a linker
push "\u{915}\u{93C}\u{924}\u{915}\u{94D}\u{94D}\u{924}"
cursor 3 0

! Code points not assigned yet: wide where emoji come, narrow elsewhere
push "\u{1F8B5}a\u{1FAF9}b\u{FADA}c"
width 0 0 1
width 2 0 2
width 5 0 2

! Without autowrap the last wide character stays
push "\e[?7labcdefgh\u{6F22}\u{5B57}x\u{6F22}"
row 0 "abcdefgh漢"
