# The VT52 within.

! Cursor, erasing, home, reverse line feed
push "abcdef\e[?2l\eD\eD\eK"
row 0 "abcd"
push "\eB\eAx\eHy\eJ"
screen "y"
push "\eH\eIz"
screen "z" "y"

! ESC Y addresses the cursor, in any pieces
push "\e[?2l\eY\"%x\eY#"
row 2 "     x"
push " y"
row 3 "y"

! Out of range leaves a coordinate alone
push "\e[2;3H\e[?2l\eY~!\eDa"
row 1 "a"

! Identify, graphics, and what is not a VT52's
push "\e[?2l\eZ\eFq\eGq\e[31mr"
row 0 "─qr"
attr 2 0 ""
reply "\e/Z"

! ESC < is the way back
push "\e[?2l\e<\e[2;2Hx"
row 1 " x"

! To a VT100, which does not know what came later
push "\e[?2l\e<\e[?2$p\e[64;1\"p\e[?2$p"
reply "\e[?2;1$y"

! ESC Y unfinished when it ends
push "\e[?2l\eY\e<x"
row 0 "x"

! RIS ends it
push "\e[?2l\ec\e[2;2Hx"
row 1 " x"

! No answers to what a VT100 is asked
push "\e[?2l\e[c\e[6n"
reply ""

! ESC Y that is broken off asks for nothing any more
push "\e[?2l\eY\eHab"
screen "ab"
