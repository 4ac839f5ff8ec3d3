# OSC, DCS, strings of all kinds.

! Titles, by ST and by BEL
push "\e]2;hello\e\\"
title "hello"
push "\e]0;world\a"
title "world"
event "title hello"
event "title world"
event "none"

! Titles are cleaned
push "\e]2;a\xc2\x9bb\xffc\e\\"
title "abc"

! Titles may hold semicolons and be empty
push "\e]2;a;b\a"
title "a;b"
push "\e]2;\a"
title ""

! Titles may be forbidden
opt no-title
push "\e]2;x\a"
title ""

! A title stack
push "\e]2;one\a\e[22;0t\e]2;two\a\e[23;0t"
title "one"
push "\e[23t"
title "one"

! ESC k renames
push "\ekname\e\\x"
event "rename name"
screen "x"

! Renaming may be forbidden
opt no-rename
push "\ekname\e\\x"
event "none"
screen "x"

! The working directory
push "\e]7;file://host/tmp/a%20b\e\\"
cwd "/tmp/a b"
event "cwd /tmp/a b"

! A directory with a control in it is refused
push "\e]7;file:///tmp/a%0ab\e\\"
cwd ""
push "\e]7;file:///tmp/%zz\e\\"
cwd "/tmp/%zz"

! Hyperlinks
push "\e]8;id=1;http://x/\e\\ab\e]8;;\e\\c"
attr 0 0 "link=http://x/ id=1"
attr 1 0 "link=http://x/ id=1"
attr 2 0 ""

! Hyperlinks survive SGR and erasing does not carry them
push "\e]8;;http://x/\e\\\e[1ma\e[0mb\e[K"
attr 1 0 "link=http://x/"
attr 5 0 ""

! Hyperlinks with odd bytes are refused
push "\e]8;;http://x/ y\e\\a\e]8;;http://\xc3\xa9/\e\\b"
attr 0 0 ""
attr 1 0 ""

! Hyperlinks survive in history
push "\e]8;id=q;http://x/\e\\a\e]8;;\e\\b\r\n\r\n\r\n\r\n"
attr 0 -1 "link=http://x/ id=q"
attr 1 -1 ""

! The clipboard is set
push "\e]52;c;aGVsbG8=\e\\"
event "set c hello"
push "\e]52;;aGk\a"
event "set  hi"

! The clipboard is asked for by an event only
push "\e]52;pc;?\e\\"
event "query pc"
reply ""

! What is not base64 is refused
push "\e]52;c;a*b\e\\\e]52;c;aGk=x\e\\"
event "none"

! Selections that do not exist are left out
push "\e]52;cxyz0;aGk=\e\\"
event "set c0 hi"

! Notifications of three kinds
push "\e]9;hello\e\\\e]777;notify;title;body\e\\\e]99;i=1:p=title;text\e\\"
event "notify |hello"
event "notify title|body"
event "notify |text"

! A notification in pieces
push "\e]99;i=1:d=0:p=title;Head\e\\\e]99;i=1:p=body:e=1;aGVsbG8=\e\\"
event "notify Head|hello"

! Progress
push "\e]9;4;1;50\e\\\e]9;4;3\e\\\e]9;4;0\e\\\e]9;4;9;1\e\\"
event "progress 1 50"
event "progress 3 0"
event "progress 0 0"
event "none"

! ConEmu's other commands are not for people
push "\e]9;9;C:\\\\x\e\\\e]9;1;500\e\\"
event "none"

! Prompt marks
push "\e]133;A\e\\$ \e]133;B\e\\ls\e]133;C\e\\\r\nout\r\n\e]133;D;2\e\\"
event "prompt A -1"
event "prompt B -1"
event "prompt C -1"
event "prompt D 2"
attr 0 0 "prompt"
attr 2 0 "input"
attr 0 1 ""
rowflags 0 "prompt output"

! The passthrough undoubles its escapes
opt passthrough
push "\ePtmux;\e\e]9;x\a\e\\y"
event "pass \e]9;x\a"
screen "y"

! The passthrough is off unless allowed
push "\ePtmux;\e\e]9;x\a\e\\y"
event "none"
screen "y"

! Sixel and unknown DCS are skipped
push "\ePq#0;2;0;0;0~-\e\\x\eP1;2|abc\e\\y"
screen "xy"

! APC, PM, SOS are skipped
push "a\e_x\x07y\e\\b\e^zz\e\\c\eXyy\e\\d"
screen "abcd"

! Strings that are too long are dropped whole
opt small-strings
push "\e]2;0123456789012345678901234567890123456789012345678901234567890123456789\aX"
title ""
screen "X"

! An endless OSC never becomes text
push "\e]2;"
repeat 20000 "0123456789012345678901234567890123456789012345678901234567890123456789"
push "\aX"
screen "X"
title ""

! CAN and SUB break off strings and sequences
push "a\e]2;x\x18b\e[12\x1ac"
screen "abc"
title ""

! ESC breaks off a string and begins anew
push "\e]2;abc\e[1mx"
title ""
attr 0 0 "bold"
screen "x"

! ESC in a sequence begins anew
push "\e[1;\e[31mx"
attr 0 0 "fg=1"

! Controls inside a sequence are done at once
push "ab\e[1\b;1mX"
screen "aX"
attr 1 0 "bold"

! Unknown sequences print nothing
push "\e[1;2y\e[?1;2x\e[>99z\e[$q\e[!!!p\e F\e%G\e(Kx"
screen "x"

! Too many intermediates are ignored
push "\e[!\"#$%px"
screen "x"

! An unfinished sequence can be had
push "abc\e[12;3"
unfinished "\e[12;3"
push "H"
unfinished ""

! Resizing by a program is told, not done
push "\e[8;50;100t"
event "resize 100 50"
cursor 0 0

! iTerm2's directory and size of a cell, and nothing else
push "\e]1337;CurrentDir=/tmp/a\a"
cwd "/tmp/a"
push "\e]1337;ReportCellSize\a\e]1337;File=inline=1:AAAA\a\e]1337;SetUserVar=a=b\a"
reply ""
pixels 8 16
push "\e]1337;ReportCellSize\a\e]1337;ReportCellSize\e\\"
reply "\e]1337;ReportCellSize=16.0;8.0\a\e]1337;ReportCellSize=16.0;8.0\e\\"
screen ""

! A link needs a scheme, and not one that is a program itself
push "\e]8;;http://x/\e\\a\e]8;;javascript:alert(1)\e\\b\e]8;;DATA:text/html,x\e\\c"
attr 0 0 "link=http://x/"
attr 1 0 ""
attr 2 0 ""
push "\e]8;;nonsense\e\\d\e]8;;1a:b\e\\e\e]8;;git+ssh://h/p\e\\f"
attr 3 0 ""
attr 4 0 ""
attr 5 0 "link=git+ssh://h/p"
