# Moving the cursor, tabs, margins.

! CUP counts from one, and nothing is one
push "\e[2;3Hx\e[Hy\e[0;0Hz\e[3Hw"
screen "z" "  x" "w"

! CUP stays on the screen
push "\e[99;99H"
cursor 9 3

! CUU CUD CUF CUB
push "\e[2;5H\e[A\e[2C\e[3B\e[D"
cursor 5 3

! Huge numbers saturate
push "\e[4294967297C"
cursor 9 0

! CNL and CPL go to the first column
push "\e[2;5H\e[E"
cursor 0 2
push "\e[1;5H\e[2E\e[F"
cursor 0 1

! CHA HPA HPR VPA VPR
push "\e[5G"
cursor 4 0
push "\e[3`"
cursor 2 0
push "\e[2a"
cursor 4 0
push "\e[3d"
cursor 4 2
push "\e[e"
cursor 4 3

! CHT and CBT
size 40 3
push "\e[2I"
cursor 16 0
push "\e[Z"
cursor 8 0

! HTS and TBC
push "\e[3g\e[5G\eH\e[1G\t"
cursor 4 0
tabs "4"
push "\e[g\e[1G\t"
cursor 9 0

! DECST8C sets the tabs again
size 20 2
push "\e[3g\e[?5W"
tabs "8,16"

! DECSC and DECRC keep place, rendition, charset
push "\e[2;3H\e[1m\e(0\e7\e[H\e[m\e(Bq\e8q"
cursor 3 1
row 1 "  ─"
attr 2 1 "bold"

! DECRC without DECSC goes home
push "abc\e8x"
screen "xbc"

! DECSC keeps the pending wrap
push "0123456789\e7\e[H\e8x"
screen "0123456789" "x"

! CSI s and u are the same
push "\e[2;3H\e[s\e[H\e[ux"
row 1 "  x"

! DECSTBM goes home and scrolls within
push "a\r\nb\r\nc\r\nd\e[2;3r"
cursor 0 0
push "\e[3;1H\nx"
screen "a" "c" "x" "d"
history 0

! A region from the top feeds history
push "a\r\nb\r\nc\r\nd\e[1;3r\e[3;1H\nx"
screen "b" "c" "x" "d"
history 1
line -1 "a"

! A region must have two lines
push "\e[3;3r\e[2;2H\e[5;2r"
cursor 1 1

! CUU stops at the top margin only from inside
push "\e[2;3r\e[3;1H\e[9A"
cursor 0 1
push "\e[1;1H\e[9A"
cursor 0 0

! CUD stops at the bottom margin only from inside
push "\e[2;3r\e[2;1H\e[9B"
cursor 0 2
push "\e[4;1H\e[9B"
cursor 0 3

! Origin mode counts from the margins
push "\e[2;3r\e[?6h"
cursor 0 1
push "\e[9;1H"
cursor 0 2
push "\e[6n"
reply "\e[2;1R"
push "\e[?6l"
cursor 0 0

! LF below the region does not scroll
push "a\e[1;2r\e[4;1Hx\n\ny"
screen "a" "" "" "xy"

! Left and right margins hold text
size 10 4
push "\e[?69h\e[3;6s\e[1;3Habcdefg"
screen "  abcd" "  efg"
wrapped 0 no

! The right margin holds other text than ASCII as well
size 10 4
push "\e[?69h\e[3;6s\e[1;3Hдеро"
cursor 5 0
pending yes
push "ты"
screen "  деро" "  ты"

! CSI s without DECLRMM saves the cursor
push "\e[2;2H\e[s\e[4;4H\e[u"
cursor 1 1

! CR goes to the left margin
push "\e[?69h\e[3;6s\e[2;4H\rx"
row 1 "  x"

! Scrolling between margins moves only their columns
size 6 3
push "aaaaaa\r\nbbbbbb\r\ncccccc\e[?69h\e[3;4s\e[3;3H\n"
screen "aabbaa" "bbccbb" "cc  cc"
history 0

! Resetting DECLRMM removes the margins
push "\e[?69h\e[3;6s\e[?69l0123456789"
row 0 "0123456789"

! ICH and DCH stay between the margins
size 8 1
push "abcdefgh\e[?69h\e[3;6s\e[1;4H\e[@"
row 0 "abc degh"
push "\e[1;3H\e[2P"
row 0 "abde  gh"

! DECBI and DECFI scroll sideways at the margin
size 4 2
push "abcd\r\nefgh\e[1;1H\e6"
screen " abc" " efg"
push "\e[1;4H\e9"
screen "abc" "efg"

! SL and SR
size 4 2
push "abcd\r\nefgh\e[ @"
screen "bcd" "fgh"
push "\e[2 A"
screen "  bc" "  fg"

! DECIC and DECDC
size 4 2
push "abcd\r\nefgh\e[1;2H\e['}"
screen "a bc" "e fg"
push "\e[2'~"
screen "ac" "eg"
