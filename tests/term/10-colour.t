# Colours of a pane: set, asked, reset, kept; renditions kept.

! A name of X11, and every way of writing numbers
push "\e]4;1;LightSkyBlue\e\\\e]4;1;?\e\\"
reply "\e]4;1;rgb:8787/cece/fafa\e\\"
push "\e]4;1;#fff\e\\\e]4;1;?\e\\\e]4;1;#123456789\e\\\e]4;1;?\e\\"
reply "\e]4;1;rgb:f0f0/f0f0/f0f0\e\\\e]4;1;rgb:1212/4545/7878\e\\"
push "\e]4;1;rgb:f/ff/123\e\\\e]4;1;?\a"
reply "\e]4;1;rgb:ffff/ffff/1212\a"

! What is no colour changes nothing
push "\e]4;1;nosuchcolour;2;rgb:1/2\e\\\e]4;1;#12;1;rgb:1/2/3/4;1;\e\\\e]4;1;?;2;?\a"
reply "\e]4;1;rgb:cdcd/0000/0000\a\e]4;2;rgb:0000/cdcd/0000\a"

! Colours for bold and others are number 5, or come after the palette
push "\e]5;0;red;4;blue\e\\\e]4;256;?;260;?\e\\\e]5;0;?\e\\"
reply "\e]4;256;rgb:ffff/0000/0000\e\\\e]4;260;rgb:0000/0000/ffff\e\\\e]5;0;rgb:ffff/0000/0000\e\\"
push "\e]105;0\e\\\e]10;green\e\\\e]5;0;?;5;?\e\\"
reply "\e]5;0;rgb:0000/ffff/0000\e\\"

! Each further colour is for the next number, up to 19
push "\e]10;#010203;#040506;#070809;#0a0b0c;#0d0e0f;#111213;#141516;#171819;#1a1b1c;#1d1e1f;#222222\e\\"
push "\e]10;?\e\\\e]13;?;?\e\\\e]17;?\e\\\e]19;?\e\\"
reply "\e]10;rgb:0101/0202/0303\e\\\e]13;rgb:0a0a/0b0b/0c0c\e\\\e]14;rgb:0d0d/0e0e/0f0f\e\\\e]17;rgb:1717/1818/1919\e\\\e]19;rgb:1d1d/1e1e/1f1f\e\\"

! What is reset follows the colour of text or background
push "\e]10;#010203\e\\\e]11;#040506\e\\\e]12;red\e\\\e]12;?\e\\\e]112\e\\\e]12;?;?;?\e\\\e]17;?\e\\\e]19;?\e\\"
reply "\e]12;rgb:ffff/0000/0000\e\\\e]12;rgb:0101/0202/0303\e\\\e]13;rgb:0101/0202/0303\e\\\e]14;rgb:0404/0505/0606\e\\\e]17;rgb:0101/0202/0303\e\\\e]19;rgb:0404/0505/0606\e\\"

! kitty's names
push "\e]21;foreground=#102030;cursor=blue;7=red\e\\\e]21;foreground=?;7=?;nosuch=?;selection_background=?\e\\"
reply "\e]21;foreground=rgb:10/20/30;7=rgb:ff/00/00;selection_background=rgb:10/20/30\e\\"
push "\e]21;foreground=;7=\e\\\e]21;7=?;foreground=?\a"
reply "\e]21;7=rgb:e5/e5/e5;foreground=rgb:c0/c0/c0\a"

! XTPUSHCOLORS and XTPOPCOLORS
push "\e]4;1;blue\e\\\e[#P\e]4;1;lime\e\\\e]10;red\e\\\e[#P\e[#R"
reply "\e[?2;2#Q"
push "\e]4;1;white\e\\\e[#Q\e]4;1;?\e\\\e[#R\e[#Q\e]4;1;?\e\\\e[#R\e[#Q"
reply "\e]4;1;rgb:0000/ffff/0000\e\\\e[?1;2#Q\e]4;1;rgb:0000/0000/ffff\e\\\e[?0;2#Q"

! A place of the stack, without moving
push "\e]4;1;blue\e\\\e[3#P\e[#R\e]4;1;red\e\\\e[2#Q\e]4;1;?\e\\\e[3#Q\e]4;1;?\e\\"
reply "\e[?0;3#Q\e]4;1;rgb:ffff/0000/0000\e\\\e]4;1;rgb:0000/0000/ffff\e\\"

! Eleven pushes are ten, and RIS forgets them
repeat 11 "\e[#P"
push "\e[#R\ec\e[#R"
reply "\e[?10;10#Q\e[?0;0#Q"

! XTPUSHSGR and XTPOPSGR
push "\e[1;4:3;31;58:5:9m\e[#{\e[m\eP$qm\e\\\e[#}\eP$qm\e\\"
reply "\eP1$r0m\e\\\eP1$r0;1;4:3;31;58:5:9m\e\\"

! Only what was named comes back
push "\e[1;31m\e[1#{\e[m\e[4m\e[#}\eP$qm\e\\"
reply "\eP1$r0;1;4m\e\\"
push "\e[m\e[1;32m\e[30#p\e[33;44m\e[#q\eP$qm\e\\"
reply "\eP1$r0;1;32;44m\e\\"

! The stack of renditions is bounded, and popping nothing does nothing
repeat 12 "\e[1m\e[#{"
push "\e[m"
repeat 11 "\e[#}"
push "\eP$qm\e\\"
reply "\eP1$r0;1m\e\\"

! XTREPORTSGR: what cells have in common
push "\e[1;31mab\e[4mc\e[H\e[1;1;1;2#|\e[1;1;1;3#|\e[1;3;1;3#|\e[1;1;1;4#|"
reply "\e[0;1;31m\e[0;1;31m\e[0;1;4;31m\e[0m"

! XTREPORTSGR of no cell at all is answered
push "\e[7;9;2;1#|"
reply "\e[0m"

! Names of X11: greys, shades, in any spelling; others change nothing
push "\e]4;0;grey50;1;Gray90;2;gray51;3;red3;4;Slate Grey;5;blue;5;grey101;5;gray5x;5;black1;5;nosuchcolour\a"
push "\e]4;0;?\a\e]4;1;?\a\e]4;2;?\a"
reply "\e]4;0;rgb:7f7f/7f7f/7f7f\a\e]4;1;rgb:e5e5/e5e5/e5e5\a\e]4;2;rgb:8282/8282/8282\a"
push "\e]4;3;?\a\e]4;4;?\a\e]4;5;?\a"
reply "\e]4;3;rgb:cdcd/0000/0000\a\e]4;4;rgb:7070/8080/9090\a\e]4;5;rgb:0000/0000/ffff\a"
