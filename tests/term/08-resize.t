# Resizing, reflow, history.

! A wrapped line is joined when there is room
push "0123456789abc"
screen "0123456789" "abc"
resize 20 4
screen "0123456789abc"
cursor 13 0
wrapped 0 no

! A line is wrapped when there is no room
push "0123456789"
resize 5 4
screen "01234" "56789"
wrapped 0 yes
cursor 4 1

! And comes back the same
push "0123456789ab"
resize 5 4
screen "01234" "56789" "ab"
resize 10 4
screen "0123456789" "ab"
cursor 2 1

! Lines that were ended stay apart
push "abc\r\ndef"
resize 20 4
screen "abc" "def"

! A pending wrap stays pending
push "0123456789"
pending yes
resize 5 4
cursor 4 1
pending yes
push "x"
screen "01234" "56789" "x"

! What does not fit goes to history
push "aaaaaaaa\r\nbbbbbbbb\r\ncccccccc\r\ndddddddd"
resize 4 4
screen "cccc" "cccc" "dddd" "dddd"
history 4
line -1 "bbbb"
cursor 3 3

! And comes back from it when the screen was full
resize 4 4
push "aaaa\r\nbbbb\r\ncccc\r\ndddd\r\neeee"
history 1
resize 4 6
screen "aaaa" "bbbb" "cccc" "dddd" "eeee"
history 0
cursor 3 4

! A screen that was not full stays where it is
push "a\r\nb\r\nc\r\nd\r\ne\e[2J\e[H$ "
history 1
resize 10 6
screen "$"
history 1

! Fewer rows: blank ones go first
push "a\r\nb"
resize 10 2
screen "a" "b"
history 0

! Fewer rows: then the top goes to history
push "a\r\nb\r\nc\r\nd"
resize 10 2
screen "c" "d"
history 2
cursor 1 1

! The cursor stays in view when it is at the top
push "a\r\nb\r\nc\r\nd\e[H"
resize 10 2
cursor 0 0
screen "a" "b"

! Wide characters are never halved
push "中文中文中"
resize 5 4
screen "中文" "中文" "中"
resize 10 4
screen "中文中文中"
resize 3 4
resize 10 4
screen "中文中文中"

! The blank before a wide character that wrapped is not text
push "012345678中x"
screen "012345678" "中x"
resize 20 4
screen "012345678中x"

! Trailing blanks that were typed count
push "ab   "
resize 3 4
cursor 2 1
push "x"
resize 10 4
screen "ab   x"

! Colours reflow with their text
push "\e[31m0123456789\e[32mabc"
resize 4 5
attr 3 1 "fg=1"
attr 0 3 "fg=2"
resize 20 4
attr 9 0 "fg=1"
attr 12 0 "fg=2"

! Clusters and links reflow with their text
push "\e]8;;http://x/\a01234567e\u{301}9a"
resize 5 4
screen "01234" "567e\u{301}9" "a"
attr 3 1 "link=http://x/"

! History is reflowed too
push "0123456789abcdef\r\nx\r\ny\r\nz\r\nw"
history 2
line -2 "0123456789"
line -1 "abcdef"
resize 20 4
line -1 "0123456789abcdef"
history 1
resize 8 4
history 2
line -2 "01234567"
line -1 "89abcdef"

! A line that spans history and screen is one line
size 4 2
push "abcdefghijkl"
history 1
resize 12 2
screen "abcdefghijkl" ""
history 0

! The alternate screen is cut, the main one below reflowed
push "0123456789abc\e[?1049h\e[Hxxxxxxxxxx"
resize 5 4
screen "xxxxx"
push "\e[?1049l"
screen "01234" "56789" "abc"
cursor 3 2

! The alternate screen grows blank
push "\e[?1049hab\e[4;1Hcd"
resize 12 6
screen "ab" "" "" "cd"

! The history limit holds when lines are wrapped
limit 3
push "aaaaaaaa\r\nbbbbbbbb\r\ncccccccc\r\ndddddddd\r\neeeeeeee"
history 1
resize 4 4
history 3
screen "dddd" "dddd" "eeee" "eeee"

! Without history lines are just gone
limit 0
push "a\r\nb\r\nc\r\nd\r\ne"
history 0
screen "b" "c" "d" "e"
resize 10 2
screen "d" "e"
resize 10 4
screen "d" "e"

! The scroll region and margins are gone after a resize
push "\e[2;3r\e[?69h\e[2;4s"
resize 12 6
push "\e[6;1H\n\e[1;1H0123456789ab"
row 0 "0123456789ab"

! To one column and back
push "abc\r\nd"
resize 1 4
resize 10 4
screen "abc" "d"

! Prompt marks stay with their line
push "\e]133;A\a$ 0123456789"
resize 6 4
rowflags 0 "prompt"
rowflags 1 ""
resize 20 4
rowflags 0 "prompt"

! A saved cursor follows its character
push "0123456789abc\e[2;2H\e7\e[1;1H"
resize 20 4
push "\e8X"
screen "0123456789aXc"
