# A stream that is not UTF-8: ESC % @ and back.

! Bytes above 0xa0 are Latin-1, and UTF-8 comes back
push "\e%@\xe9\xa3x\e%Gé"
screen "é£xé"
cursor 4 0

! C1 controls are single bytes
push "\e%@ab\x9b2D\x9b1mc\x85d\x84e\x8df"
screen "cb" "d f" " e"
attr 0 0 "bold"

! Strings in C1, too
push "\e%@\x9d2;title\x9c\x90$qm\x9cx"
title "title"
reply "\eP1$r0m\e\\"
screen "x"

! S8C1T: answers in single bytes, but only there
push "\e%@\e G\x9bc\x9b6n\e%G\e[6n"
reply "\x9b?64;1;6;9;15;21;22;28;52c\x9b1;1R\e[1;1R"
push "\e%@\e F\e[6n"
reply "\e[1;1R"

! The right half is what LS1R, LS2R, LS3R say
push "\e%@\e)0\e~\xf1\xe1\e*<\e}\xa8\xe9"
screen "─▒¤é"

! UTF-8 knows no C1 in single bytes
push "a\x9b1mb\u{9b}c"
row 0 "a�1mbc"

! RIS makes it UTF-8
push "\e%@\ecé"
row 0 "é"

! DEL is a character of Latin-1 only
push "a\x7fb\e-A\x0e\x7f\x0f\x7fc"
row 0 "abÿc"

! Unknown ones change nothing
push "\e%x\e%/Gé\e%8é"
row 0 "éé"

! DECID in one byte is not answered
push "\e%@\x9a"
reply ""

! What is in GR does not go through GL as well
push "\e%@\e+0\e|\e)>\x0e\xc1\xf1A\x0f\xc1\xf1A"
screen "A─∝A─A"

! A single shift is good for either half
push "\e%@\e*0\x8eq\x8e\xf1\x8f\xe9\xe9q"
screen "──é␋q"

! A character of GR forgets what REP would repeat as any other does
push "\e%@\xe9\x9b2b"
screen "ééé"

! A title in Latin-1, and the half of a byte that ends nothing
push "\e%@\x9d2;caf\xe9\x9c"
title "café"

! A reset from outside makes it UTF-8, and a sequence that was begun is gone
push "\e%@\e#6\e[?2l\e[1"
reset
push "2Jé"
row 0 "2Jé"

! ESC Y of a VT52 can have numbers from the right half
size 140 3
push "\e%@\e[?2l\eY!\xa1x"
cursor 130 1
