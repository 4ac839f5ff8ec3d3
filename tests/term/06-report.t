# Questions and answers.

! Device attributes
push "\e[c\e[>c\e[=c\eZ"
reply "\e[?64;1;6;9;15;21;22;28;52c\e[>41;100;0c\eP!|524D5558\e\\\e[?64;1;6;9;15;21;22;28;52c"

! Device attributes as tmux
opt as-tmux
push "\e[>c\e[>q"
reply "\e[>84;0;0c\eP>|tmux 3.6\e\\"

! Status and positions
push "ab\e[5n\e[6n\e[?6n"
reply "\e[0n\e[1;3R\e[?1;3;1R"

! Printer, keys, keyboard, integrity
push "\e[?15n\e[?25n\e[?26n\e[?75n"
reply "\e[?13n\e[?21n\e[?27;1;0;0n\e[?70n"

! XTVERSION
push "\e[>q"
reply "\eP>|rmux 0.1\e\\"

! Sizes
push "\e[14t\e[16t\e[18t"
reply "\e[8;4;10t"
pixels 8 16
push "\e[14t\e[16t\e[18t"
reply "\e[4;64;80t\e[6;16;8t\e[8;4;10t"

! Titles are never reported
push "\e]2;rm -rf\e\\\e[20t\e[21t"
reply ""

! DECRQSS of rendition, margins, cursor, protection, level
push "\e[1;4;31m\eP$qm\e\\\e[2;3r\eP$qr\e\\\eP$qs\e\\\e[3 q\eP$q q\e\\\eP$q\"q\e\\\eP$q\"p\e\\"
reply "\eP1$r0;1;4;31m\e\\\eP1$r2;3r\e\\\eP1$r1;10s\e\\\eP1$r3 q\e\\\eP1$r0\"q\e\\\eP1$r64;1\"p\e\\"

! DECRQSS never repeats what it does not know
push "\eP$qrm -rf\e\\\eP$q\e\\"
reply "\eP0$r\e\\\eP0$r\e\\"

! DECRQSS of colours and underlines
push "\e[4:3;38;2;1;2;3;48;5;99;58;5;7m\eP$qm\e\\"
reply "\eP1$r0;4:3;38:2::1:2:3;48:5:99;58:5:7m\e\\"

! XTGETTCAP
push "\eP+q436f;544e;5463\e\\"
reply "\eP1+r436F=323536\e\\\eP1+r544E=746D75782D323536636F6C6F72\e\\\eP1+r5463\e\\"

! XTGETTCAP stops at what it does not know, without repeating it
push "\eP+q436f;7878;436f\e\\"
reply "\eP1+r436F=323536\e\\\eP0+r\e\\"

! DECREQTPARM
push "\e[x\e[1x\e[5x"
reply "\e[2;1;1;128;128;1;0x\e[3;1;1;128;128;1;0x"

! Colours can be asked for
push "\e]10;?\e\\\e]11;?\a\e]4;1;?;16;?\e\\"
reply "\e]10;rgb:c0c0/c0c0/c0c0\e\\\e]11;rgb:1010/2020/3030\a\e]4;1;rgb:cdcd/0000/0000\e\\\e]4;16;rgb:0000/0000/0000\e\\"

! Colours can be set and asked for
push "\e]11;#abcdef\e\\\e]11;?\e\\\e]12;rgb:1/22/333\e\\\e]12;?\e\\"
reply "\e]11;rgb:abab/cdcd/efef\e\\\e]12;rgb:1111/2222/3333\e\\"
event "colours"

! One OSC 10 may set three
push "\e]10;#010101;#020202;#030303\e\\\e]11;?\e\\\e]12;?\e\\"
reply "\e]11;rgb:0202/0202/0202\e\\\e]12;rgb:0303/0303/0303\e\\"
push "\e]110\e\\\e]10;?\e\\"
reply "\e]10;rgb:c0c0/c0c0/c0c0\e\\"

! The palette can be set and reset
push "\e]4;7;#123456;8;rgb:ff/00/ff\a"
palette 7 " =#123456"
palette 8 " =#ff00ff"
push "\e]104;7\a"
palette 7 ""
palette 8 " =#ff00ff"
push "\e]104\a"
palette 8 ""

! What is no colour changes nothing and is not repeated
push "\e]11;rm -rf\e\\\e]4;999;?\e\\\e]4;1;zz\e\\\e]11;?x\e\\\e]4;?\e\\"
reply ""
palette 1 ""

! A flood of questions is answered to a limit
repeat 20000 "\e[c"
push "x"
screen "x"

! XTGETTCAP of direct colours and the cursor's colour
push "\eP+q73657472676266;4372\e\\"
reply "\eP1+r73657472676266=1B5B33383A323A25703125643A25703225643A25703325646D\e\\\eP1+r4372=1B5D31313207\e\\"

! What a terminal of this kind is asked and has not
push "\e[?53n\e[?55n\e[?56n\e[?62n\e[?63;7n\e[?85n"
reply "\e[?53n\e[?53n\e[?57;0n\e[0*{\eP7!~0000\e\\\e[?83n"

! Where the window is, and how large the screen
push "\e[13t\e[15t\e[19t"
reply "\e[3;0;0t\e[9;4;10t"
pixels 8 16
push "\e[15t"
reply "\e[5;64;80t"

! DECRQSS of DECSACE
push "\eP$q*x\e\\\e[2*x\eP$q*x\e\\"
reply "\eP1$r1*x\e\\\eP1$r2*x\e\\"
