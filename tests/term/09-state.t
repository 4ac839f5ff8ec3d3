# Charsets, presentation state, conformance levels, what forgets a wrap.

! The British set replaces the number sign only
push "\e(A#@[\e(B#"
screen "£@[#"

! DEC Special Graphics, technical, supplemental, Latin-1
push "\e(0lqk\e(>!a~\e(<!(~\e(B\e-A\x0e!\x0f"
row 0 "┌─┐⎷α↓¡¤⸮¡"

! National sets wait for DECNRCM
push "\e(K[\\]\e[?42h[\\]{|}~@\e(R[\e(B["
row 0 "[\\]ÄÖÜäöüß"
row 1 "§°["

! Sets of two bytes, and unknown ones change nothing
push "\e[?42h\e(%6[\e(%5!\e(B\e(?\e(\"?!"
row 0 "Ã¡!"

! SS2 and SS3 take one character, LS2 and LS3 stay
push "\e*0\e+A\eNqq\eO##\enq\eo#\x0fq"
row 0 "─q£#─£q"

! DECCIR tells cursor, rendition and charsets
push "\e[2;3H\e[1;4m\e[1\"q\e)0\x0e\e[1$w"
reply "\eP1$u2;3;1;C;A;@;1;2;@;B0BB\e\\"

! DECCIR tells a pending wrap, origin mode, and sets of 96
push "\e-A\e[2;4r\e[?6h0123456789\e[1$w"
reply "\eP1$u2;10;1;@;@;I;0;2;B;BABB\e\\"

! DECRSPS puts the cursor's state back
push "\eP1$t2;3;1;I;A;@;1;2;@;B0BB\e\\q\e[1$w"
row 1 "  ─"
attr 2 1 "bold reverse protected"
reply "\eP1$u2;4;1;I;A;@;1;2;@;B0BB\e\\"

! DECRSPS of nonsense changes nothing
push "\e[2;3H\eP1$t9\e\\\eP1$t;;;\e\\\eP7$t1;1;1\e\\\e[1$w"
reply "\eP1$u2;3;1;@;@;@;0;2;@;BBBB\e\\"

! DECRSPS cannot leave the screen
push "\eP1$t99999;99;1;@;@;H;9;9;O;\e\\"
cursor 9 3
pending yes

! DECTABSR and back
size 40 2
push "\e[3g\e[5G\eH\e[20G\eH\e[2$w"
reply "\eP2$u5/20\e\\"
push "\eP2$t3/9/77\e\\\e[2$w"
reply "\eP2$u3/9\e\\"

! DECRQSS knows the size and the status line
push "\eP$qt\e\\\eP$q$|\e\\\eP$q*|\e\\\eP$q$}\e\\\eP$q$~\e\\"
reply "\eP1$r4t\e\\\eP1$r10$|\e\\\eP1$r4*|\e\\\eP1$r0$}\e\\\eP1$r0$~\e\\"

! DECSCL: level 2 has no DECRQM, level 3 no margins left and right
push "\e[62;1\"p\e[4$p\eP$q\"p\e\\"
reply "\eP1$r62;1\"p\e\\"
push "\e[63;1\"p\e[4$p\e[?69h\e[?69$p\e[3;5s\e[*x\e[1;;1;1;1;1*y"
reply "\e[4;2$y\e[?69;0$y"
push "\e[64;1\"p\e[?69h\e[?69$p"
reply "\e[?69;1$y"

! RIS brings the highest level back
push "\e[61\"p\ec\eP$q\"p\e\\"
reply "\eP1$r64;1\"p\e\\"

! Modes that ECMA-48 has and no terminal: permanently reset
push "\e[1$p\e[5$p\e[19$p\e[?67h\e[?67$p\e[?60$p\e[?9999$p"
reply "\e[1;4$y\e[5;4$y\e[19;4$y\e[?67;1$y\e[?60;4$y\e[?9999;0$y"

! XTCHECKSUM: what a checksum counts
push "a\xc3\xa9\e[2C─\e[1;0;1;1;1;10*y"
reply "\eP1!~FEB6\e\\"
push "\e[1#y\e[1;0;1;1;1;10*y"
reply "\eP1!~014A\e\\"
push "\e[17#y\e[1;0;1;1;1;10*y"
reply "\eP1!~264A\e\\"
push "\e[21#y\e[1;0;1;1;1;10*y"
reply "\eP1!~272A\e\\"

! REP repeats what came just before, nothing else
push "a\e[2bb\e[m\e[2bc\r\e[2b"
row 0 "aaabc"

! DECDC, SL, DECFI at the edge keep a pending wrap
push "0123456789\e[1'~x"
screen "012345678" "x"
push "\e[H\e[2J0123456789\e9x"
screen "123456789" "x"

! DECLRMM keeps a pending wrap in the last column, 1049 does not
push "0123456789\e[?69h"
pending yes
push "\e[?1049h"
pending no

! DECLRMM again keeps its margins
push "\e[?69h\e[3;6s\e[?69h\eP$qs\e\\\e[?69l\eP$qs\e\\"
reply "\eP1$r3;6s\e\\\eP1$r1;10s\e\\"

! DECSTR resets the shape of the cursor
push "\e[3 q\e[!p"
shape 0

! DECRC with nothing saved ends protection
push "\e[1\"q\e8a\e[?2J"
screen ""

! HPB and VPB
push "\e[3;5H\e[2j\e[k"
cursor 2 1

! SPA is not what DECRQSS asks about
push "\eV\eP$q\"q\e\\\e[1\"q\eP$q\"q\e\\"
reply "\eP1$r0\"q\e\\\eP1$r1\"q\e\\"

! Text that is not ASCII stops at the right margin, too
push "\e[?69h\e[3;6s\e[1;5Héèàç"
screen "    éè" "  àç"

! In origin mode a stream of cells keeps between the margins
push "\e[7;9m\e[H0123456789\r\n0123456789\r\n0123456789\e[m"
push "\e[?69h\e[4;7s\e[?6h\e[1;2;3;2;1$r"
attr 0 1 "reverse strike"
attr 3 0 "reverse strike"
attr 4 0 "bold reverse strike"
attr 3 1 "bold reverse strike"
attr 7 1 "reverse strike"
attr 4 2 "bold reverse strike"
attr 5 2 "reverse strike"

! SL and SR with the cursor outside of the margins do nothing
push "abc\r\ndef\r\nghi\e[2;3r\e[ @\e[ A"
screen "abc" "def" "ghi"
push "\e[2;1H\e[ @"
screen "abc" "ef" "hi"

! DECRSPS puts back the origin, and sets of two letters
push "\e[2;3r\eP1$t2;3;1;@;@;A;0;2;@;B%5BB\e\\"
mode "origin"
push "\x0e$\x0fx"
row 1 "  ⸮x"
