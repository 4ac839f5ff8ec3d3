# Lines of double width (DECDWL, DECDHL): half as many characters.

! A line of double width wraps half way
push "\e#6abcdefg"
screen "abcde" "fg"
rowflags 0 "dwidth"
wrapped 0 no

! The wrap is pending at the middle
push "\e#3abcde"
cursor 4 0
pending yes
push "\rx"
row 0 "xbcde"

! The cursor stays in the first half
push "abcdefgh\e#6"
cursor 4 0
push "\e[1;9H"
cursor 4 0
push "\e[9C"
cursor 4 0
push "\r\t"
cursor 4 0
push "\n\e[9G\e[A"
cursor 4 0

! It becomes single again, with all that was on it
push "abcdefgh\e#6\e#5"
row 0 "abcdefgh"
push "\e[9Gx"
row 0 "abcdefghx"

! Inserting and deleting do not reach the second half
push "\e#6abcde\r\e[2@"
row 0 "  abc"
push "\e[P"
row 0 " abc"

! EL keeps the width, ED of the whole line does not
push "\e#6abc\e[2K\rabcdefg"
screen "abcde" "fg"
push "\e[H\e[J\rabcdefg"
screen "abcdefg"

! A character too wide for the middle goes on below
push "\e#6abcd\u{6F22}"
screen "abcd" "漢"

! Scrolling under the cursor
size 10 3
push "\n\n\e#6\e[1;9H\e[2S"
cursor 4 0
push "x"
row 0 "    x"

! RIS makes all lines single
push "\e#6\ecabcdefg"
screen "abcdefg"

! A VT52 has no lines of double width, but may come upon one
push "\e[2;1H\e#6\e[3;9H\e[?2l\eAab"
row 1 "    a"
row 2 "b"
push "\eY!)c"
row 1 "    c"

! Wrapping into a line of double width right of its middle
push "\e[?69h\e[7;9s\e[2;1H\e#6\e[1;9Habc"
row 0 "        a"
row 1 "    b"
row 2 "      c"

! Another line under the cursor: no wrap from its middle
push "\e#6abcde\e[1Sx"
row 0 "    x"

! The other screen has forgotten them, too, after RIS
push "\e[?47h\e#6a\ec\e[?47habcdefg"
screen "abcdefg"
rowflags 0 ""

! A line that comes back out of history after RIS
size 10 3
push "\e#6\n\n\n\n\eca\nb\nc"
history 2
resize 10 5
rowflags 0 "dwidth"
push "\e[Habcdefg"
row 0 "abcde"
row 1 "fg"
