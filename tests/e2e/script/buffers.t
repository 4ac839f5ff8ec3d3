=== buffers
$ T new -d -s a -x 80 -y 24 -n w0 cat
$ T setb -b foo 'hello world'; T showb -b foo; T lsb
> hello worldfoo: 11 bytes: "hello world"
$ T setb one; T setb two; T lsb -F '#{buffer_name} #{buffer_size} #{buffer_sample}'
> buffer1 3 two
> buffer0 3 one
> foo 11 hello world
$ T setb -a -b foo ' more'; T showb -b foo
> hello world more
$ T setb -n buffer0x -b foo
$ T setb -b nosuch -n x
! unknown buffer: nosuch
? 1
$ T setb
! no data specified
? 1
$ T setb -b x ''
$ T showb -b nosuch
! no buffer nosuch
? 1
$ T showb -b two
! no buffer two
? 1
$ T deleteb -b nosuch
! unknown buffer: nosuch
? 1
$ T setb "$(printf 'a\nb\tc\033d')"; T lsb
> buffer2: 7 bytes: "a\nb\tc\033d"
> buffer0x: 16 bytes: "hello world more"
> buffer1: 3 bytes: "two"
> buffer0: 3 bytes: "one"
$ T lsb -f '#{==:#{buffer_size},3}' -F '#{buffer_name}'
> buffer1
> buffer0
$ printf 'file\ntext' > $D/f; T loadb $D/f; T showb
> file
> text
$ printf 'stdin' | T loadb -; T showb
> stdin
$ printf 'stdin' | T loadb -b named -; T showb -b named
> stdin
$ T loadb $D/nosuch
! $D/nosuch: No such file or directory
? 1
$ T saveb $D/out; cat $D/out; T saveb -a $D/out; cat $D/out
> stdinstdinstdin
$ T saveb -b named -
> stdin
$ T saveb /nosuch/x
! /nosuch/x: No such file or directory
? 1
$ T saveb -b nosuch $D/x
! no buffer nosuch
? 1
$ T pasteb -d -b named; T showb -b named
! no buffer named
? 1
$ T pasteb -b nosuch
! no buffer nosuch
? 1
$ T lsb -Q
! command list-buffers: unknown flag -Q
? 1
$ T clearhist
$ T capturep -b cap; T showb -b cap | head -1
> stdin
$ T capturep -p -S 0 -E 0
> stdin
$ T capturep -p -S 5 -E 2
>
>
>
>
$ T capturep -p -S abc
> stdin
>
>
>
>
>
>
>
>
>
>
>
>
>
>
>
>
>
>
>
>
>
>
>
$ T capturep -p -S -1000 -E -1
> stdin
$ T capturep -pJ -E 0 | cat -A
> stdin$
$ T capturep -pe -E 0 | cat -A
> stdin$
$ T capturep -pC -E 0 | cat -A
> stdin$
$ T capturep -paq
>
$ T capturep -pa
! no alternate screen
? 1
$ T capturep -pP
>
~ T capturep -pT -E 0
> stdin
$ T capturep -t nosuch -p
! can't find pane: nosuch
? 1
~ T capturep -pM -E 0
> stdin

