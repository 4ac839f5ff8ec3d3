# Modes, screens, resets, reports of modes.

! The alternate screen and back
push "abc\e[?1049h"
screen ""
mode "alternate"
cursor 3 0
push "xyz\e[?1049l"
screen "abc"
cursor 3 0
event "alternate 1"
event "alternate 0"

! 1049 clears what it finds
push "\e[?1049hxyz\e[?1049l\e[?1049h"
screen ""

! 1047 clears what it leaves
push "\e[?1047hxyz\e[?1047l\e[?1047h"
screen ""

! 47 clears nothing
push "\e[?47hxyz\e[?47l\e[?47h"
screen "xyz"

! The alternate screen has no history
push "\e[?1049ha\r\nb\r\nc\r\nd\r\ne\r\nf"
history 0
push "\e[?1049l"
history 0

! The alternate screen may be forbidden
opt no-alternate
push "abc\e[?1049hd"
screen "abcd"

! Saved cursors are per screen
push "\e[2;2H\e7\e[?47h\e[3;3H\e7\e[?47l\e8"
cursor 1 1
push "\e[?47h\e8"
cursor 2 2

! 1048 saves the cursor
push "\e[2;2H\e[?1048h\e[H\e[?1048l"
cursor 1 1

! Mouse modes exclude each other
push "\e[?1000h\e[?1006h"
mode "standard sgr"
push "\e[?1003h"
mode "all sgr"
push "\e[?1000l"
mode "sgr"

! Modes that are only remembered
push "\e[?1h\e=\e[?2004h\e[?1004h\e[?1007h\e[?5h\e[?2026h\e[?2031h"
mode "kcursor kkeypad altscroll focus paste sync inverse theme"
push "\e[?1l\e>\e[?2004;1004;1007;5;2026;2031l"
mode ""

! DECTCEM and blinking
push "\e[?25l\e[?12h"
mode "nocursor blink"

! DECRQM knows set, reset, permanent, unknown
push "\e[?7$p\e[?6$p\e[?2027$p\e[?9999$p\e[4$p\e[20$p\e[99$p"
reply "\e[?7;1$y\e[?6;2$y\e[?2027;3$y\e[?9999;0$y\e[4;2$y\e[20;2$y\e[99;0$y"

! DECRQM follows changes
push "\e[?2026h\e[?2026$p\e[?2026l\e[?2026$p"
reply "\e[?2026;1$y\e[?2026;2$y"

! DECRQM of all that programs ask for
push "\e[?1$p\e[?12$p\e[?25$p\e[?47$p\e[?69$p\e[?1000$p\e[?1006$p\e[?1016$p"
reply "\e[?1;2$y\e[?12;2$y\e[?25;1$y\e[?47;2$y\e[?69;2$y\e[?1000;2$y\e[?1006;2$y\e[?1016;2$y"
push "\e[?1049$p\e[?2004$p\e[?2031$p\e[?2048$p"
reply "\e[?1049;2$y\e[?2004;2$y\e[?2031;2$y\e[?2048;2$y"

! XTSAVE and XTRESTORE
push "\e[?2004h\e[?2004s\e[?2004l\e[?2004r"
mode "paste"

! In-band resize reports at once and on change
pixels 8 16
push "\e[?2048h"
reply "\e[48;4;10;64;80t"
resize 20 5
reply "\e[48;5;20;80;160t"

! Focus is told if asked for
focus yes
reply ""
push "\e[?1004h"
focus yes
focus no
reply "\e[I\e[O"

! The theme is told if asked for
theme dark
push "\e[?996n\e[?2031h"
reply "\e[?997;1n"
theme light
reply "\e[?997;2n"

! DECSTR resets softly
push "\e[4h\e[?6h\e[?7l\e[?25l\e[2;3r\e[1m\e(0abc\e[!pq"
mode ""
push "\e[?1049h\e[!p"
mode "alternate"

! DECSTR keeps the screen and the cursor
push "abc\e[!pd"
screen "abcd"

! RIS resets everything but history
push "a\r\nb\r\nc\r\nd\r\ne\e[?1049h\e[1;4h\e[3g\e[2;3r\ecx"
screen "x"
mode ""
history 1
tabs "8"
attr 0 0 ""

! DECCOLM does nothing unless allowed
push "abc\e[?3hd"
screen "abcd"
push "\e[?40h\e[?3h"
screen ""
cursor 0 0

! Cursor shapes
push "\e[5 q"
shape 3
mode "blink"
push "\e[4 q"
shape 2
mode ""
push "\e[0 q"
shape 0

! kitty flags are a stack
push "\e[>1u"
kitty 1
push "\e[>5u\e[?u"
reply "\e[?5u"
push "\e[<u"
kitty 1
push "\e[<9u"
kitty 0

! kitty flags are set, added, taken away
push "\e[=5u"
kitty 5
push "\e[=2;2u"
kitty 7
push "\e[=1;3u"
kitty 6
push "\e[=255u"
kitty 31

! kitty flags are per screen
push "\e[>1u\e[?1049h"
kitty 0
push "\e[>3u\e[?1049l"
kitty 1

! A full kitty stack forgets its oldest
push "\e[>1u\e[>2u\e[>3u\e[>4u\e[>5u\e[>6u\e[>7u\e[>8u\e[>9u\e[>10u"
push "\e[<8u"
kitty 2
push "\e[<u"
kitty 0

! modifyOtherKeys
push "\e[>4;2m\e[?4m"
other 2
reply "\e[>4;2m"
push "\e[>4m"
other 0
push "\e[>4;1m\e[>4n"
other 0

! Wyse's visible cursor
push "\e[34l"
mode "blink"
push "\e[34h"
mode ""

! XTFMTKEYS and its question
push "\e[?4g\e[>4;1f\e[?4g\e[?1g\e[>4f\e[?4g"
reply "\e[>4;0f\e[>4;1f\e[>1;0f\e[>4;0f"
push "\e[>4;1f\e[>f\e[?4g"
reply "\e[>4;0f"

! XTQMODKEYS
push "\e[>4;2m\e[?4m\e[?1m\e[?2m\e[?0m\e[?9m"
reply "\e[>4;2m\e[>1;2m\e[>2;2m\e[>0;0m"

! 1015 is a way of writing mouse events, and the last one wins
push "\e[?1015h\e[?1015$p\e[?1006h\e[?1015$p\e[?1006$p\e[?1006l\e[?1006$p"
reply "\e[?1015;1$y\e[?1015;2$y\e[?1006;1$y\e[?1006;2$y"
