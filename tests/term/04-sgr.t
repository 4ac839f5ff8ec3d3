# Renditions.

! Attributes go on
push "\e[1;2;3;4;5;7;8;9;53mx"
attr 0 0 "bold dim italic blink reverse hidden strike overline ul=1"

! And off
push "\e[1;2;3;4;5;7;8;9;53;22;23;24;25;27;28;29;55mx"
attr 0 0 ""

! Nothing is a reset
push "\e[1;31mx\e[my"
attr 0 0 "bold fg=1"
attr 1 0 ""

! An empty parameter is a reset
push "\e[1m\e[;31mx"
attr 0 0 "fg=1"

! Colours, ordinary and bright
push "\e[31;42mx\e[91;102my\e[39;49mz"
attr 0 0 "fg=1 bg=2"
attr 1 0 "fg=9 bg=10"
attr 2 0 ""

! 256 colours with semicolons and colons
push "\e[38;5;123;48;5;7mx\e[38:5:99my"
attr 0 0 "fg=123 bg=7"
attr 1 0 "fg=99 bg=7"

! RGB with semicolons
push "\e[38;2;1;2;3;48;2;4;5;6;1mx"
attr 0 0 "bold fg=#010203 bg=#040506"

! RGB with colons, with and without a colour space
push "\e[38:2:1:2:3mx\e[38:2::4:5:6my\e[38:2:0:7:8:9:0:1mz"
attr 0 0 "fg=#010203"
attr 1 0 "fg=#040506"
attr 2 0 "fg=#070809"

! Left out components are nought
push "\e[38;2;;;5mx"
attr 0 0 "fg=#000005"

! Colours out of range change nothing
push "\e[38;5;256mx\e[38:2:1:2:300my\e[38;2;1mz\e[38m!"
attr 0 0 ""
attr 1 0 ""
attr 2 0 ""

! Underline styles
push "\e[4:3mx\e[4:0my\e[21mz\e[4:5m!\e[4:9m?"
attr 0 0 "ul=3"
attr 1 0 ""
attr 2 0 "ul=2"
attr 3 0 "ul=5"
attr 4 0 "ul=5"

! Underline colours
push "\e[4;58:2::1:2:3mx\e[58;5;9my\e[59mz"
attr 0 0 "ul=1 us=#010203"
attr 1 0 "ul=1 us=9"
attr 2 0 "ul=1"

! A reset takes the underline colour along
push "\e[58;5;9m\e[0mx"
attr 0 0 ""

! Unknown parameters are skipped
push "\e[99;10;20;73;1mx"
attr 0 0 "bold"

! Unknown sub-parameters are skipped
push "\e[1:2:3mx\e[77:1;31my"
attr 0 0 "bold"
attr 1 0 "bold fg=1"

! A hundred thousand parameters do no harm
push "\e["
repeat 100000 "1;"
push "4mx"
attr 0 0 "bold"

! Empty colons do no harm
push "\e[:::::::::::::::::::::::::::::::::::::::::::::::::::::::mx"
push "\e[38:::::mx\e[4::::mx\e[58:mx"
screen "xxxx"

! Private prefixes are not SGR
push "\e[>4;1mx\e[?4my\e[<1mz"
attr 0 0 ""
attr 1 0 ""

! Capturing writes only what changes
push "a\e[1mb\e[31mc\e[md"
capture 0 "a\e[1mb\e[31mc\e[0md"

! Capturing writes colours, underlines and links
push "\e[38;5;200;48;2;1;2;3ma\e[4:3;58;5;3mb\e[m\e]8;;http://x/\e\\c\e]8;;\e\\d"
capture 0 "\e[38;5;200;48;2;1;2;3ma\e[4:3;58:5:3mb\e[0m\e]8;;http://x/\e\\c\e]8;;\e\\d"
