# Erasing, inserting, deleting, scrolling.

! EL to the end, the start, all
push "0123456789\e[1;4H\e[K"
screen "012"
push "\r0123456789\e[1;4H\e[1K"
screen "    456789"
push "\e[2K"
screen ""
cursor 3 0

! ED to the end, the start, all
size 3 3
push "aaa\r\nbbb\r\nccc\e[2;2H\e[J"
screen "aaa" "b" ""
push "\e[Haaa\r\nbbb\r\nccc\e[2;2H\e[1J"
screen "" "  b" "ccc"
push "\e[2J"
screen "" "" ""
cursor 1 1

! Erased cells take the background
push "\e[41m\e[K\e[2;2H\e[X"
attr 0 0 "bg=1"
attr 9 0 "bg=1"
attr 1 1 "bg=1"
attr 2 1 ""

! Scrolled-in lines take the background
push "\e[4;1H\e[42m\n"
attr 0 3 "bg=2"
attr 0 2 ""

! ED 3 forgets history
push "a\r\nb\r\nc\r\nd\r\ne\r\nf"
history 2
push "\e[3J"
history 0
screen "c" "d" "e" "f"

! ED 2 keeps history as it is
push "a\r\nb\r\nc\r\nd\r\ne\e[2J"
history 1

! ED 2 moves the screen to history if asked to
opt scroll-on-clear
push "a\r\nb\e[2J"
screen ""
history 2
line -1 "b"

! ECH erases without moving
push "abcdef\e[1;2H\e[3X"
screen "a   ef"
cursor 1 0

! ECH is bounded by the line
push "abc\e[1;2H\e[65535X"
screen "a"

! ICH and DCH
push "abcdef\e[1;2H\e[2@"
screen "a  bcdef"
push "\e[3P"
screen "acdef"

! DCH takes the background at the end
push "abc\e[1;1H\e[44m\e[P"
attr 9 0 "bg=4"
attr 0 0 ""

! ICH moves wide characters whole
push "a中b\e[1;2H\e[@"
screen "a 中b"

! DCH of half a wide character blanks the rest
push "a中b\e[1;2H\e[P"
screen "a b"

! IL and DL
size 3 4
push "a\r\nb\r\nc\r\nd\e[2;2H\e[L"
screen "a" "" "b" "c"
cursor 0 1
push "\e[2M"
screen "a" "c" "" ""

! IL and DL stay in the region
size 3 4
push "a\r\nb\r\nc\r\nd\e[1;3r\e[2;1H\e[L"
screen "a" "" "b" "d"
push "\e[4;1H\e[9L"
screen "a" "" "b" "d"

! Deleted lines do not go to history
push "a\r\nb\e[H\e[M"
screen "b"
history 0

! SU and SD
size 3 3
push "a\r\nb\r\nc\e[S"
screen "b" "c" ""
history 1
push "\e[2T"
screen "" "" "b"

! SU in a region
size 3 4
push "a\r\nb\r\nc\r\nd\e[2;3r\e[S"
screen "a" "c" "" "d"
history 0

! SU of more than there is, is all
size 3 3
push "a\r\nb\r\nc\e[60000S"
screen "" "" ""
history 3

! DECALN
size 3 2
push "\e[31mab\e#8"
screen "EEE" "EEE"
attr 0 0 ""
cursor 0 0

! DECSCA protects from DECSED and DECSEL only
push "\e[1\"qab\e[0\"qcd\r\e[?K"
screen "ab"
attr 0 0 "protected"
push "\e[?2J"
screen "ab"
push "\e[2K"
screen ""

! SPA protects from ED and EL too
push "\eVab\eWcd\r\e[K"
screen "ab"

! DECERA, DECFRA, DECCRA
size 6 4
push "abcdef\r\nabcdef\r\nabcdef\e[2;2;3;4$z"
screen "abcdef" "a   ef" "a   ef"
push "\e[120;1;1;2;2$x"
screen "xxcdef" "xx  ef" "a   ef"
push "\e[1;1;2;3;1;3;4;1$v"
screen "xxcdef" "xx  ef" "a  xxc" "   xx"

! Overlapping copies come out right
size 6 2
push "abcdef\e[1;1;1;5;1;1;2;1$v"
screen "aabcde"

! DECCARA changes attributes of a rectangle
size 4 2
push "abcd\r\nabcd\e[2*x\e[1;2;2;3;1;7$r"
attr 1 0 "bold reverse"
attr 2 1 "bold reverse"
attr 3 0 ""
attr 0 1 ""

! DECRARA reverses them
size 4 1
push "\e[1mab\e[mcd\e[2*x\e[1;1;1;4;1$t"
attr 0 0 ""
attr 2 0 "bold"

! DECSERA leaves what is protected
size 4 1
push "\e[1\"qa\e[\"qbcd\e[1;1;1;4${"
screen "a"

! DECRQCRA sums up the cells
push "AB\e[1;1;1;1;1;2*y"
reply "\eP1!~FF7D\e\\"

! Empty and inverted rectangles do nothing
push "abc\e[3;3;1;1$z\e[65535;65535;65535;65535$z"
screen "abc"

! Double-width lines are remembered
push "\e#6abc\r\n\e#3d\r\n\e#4d"
rowflags 0 "dwidth"
rowflags 1 "dwidth top"
rowflags 2 "dwidth low"
push "\e#5"
rowflags 2 ""
