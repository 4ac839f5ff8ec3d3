=== sources
$ T new -d -s a -x 80 -y 24 -n w0 cat
~ printf 'set -g @a 1\nbogus\nset -g @c 3\n' > $D/c2; T source $D/c2; T show -gv @c
! $D/c2:2: unknown command: bogus
! invalid option: @c
? 1
$ printf 'set -g @a 1\nset -g nosuch 1\nset -g @d 3\n' > $D/c3; T source $D/c3; T show -gv @d
> 3
! invalid option: nosuch
$ printf 'set -g @a 1 \\\n\nset -g @e \\\n5\n' > $D/c4; T source $D/c4; T show -gv @e
> 5
$ printf 'set -g @x "a\\tb\\u00e9\\101\\e[" # comment\nset -g @y a#b\nset -g @z a\\ b\\#c\n' > $D/c10; T source $D/c10; T show -gv @x | cat -A; T show -gv @y; T show -gv @z
> a^IbM-CM-)A^[[$
> a#b
> a b#c
$ printf 'set -g @x "unclosed\nset -g @y 1\n' > $D/c12; T source $D/c12
~ printf 'set -g @x {\n' > $D/c13; T source $D/c13
! $D/c13:1: syntax error: unclosed {
? 1
~ printf '%%endif\n' > $D/c15; T source $D/c15
! $D/c15:1: syntax error
? 1
~ printf '%%else\n' > $D/c15; T source $D/c15
! $D/c15:1: syntax error
? 1
~ printf '%%bogus\n' > $D/c16; T source $D/c16
! $D/c16:1: unknown command: %bogus
? 1
~ printf 'neww -Q\n' > $D/c17; T source $D/c17
! $D/c17:1: command new-window: unknown flag -Q
? 1
~ printf 'unbind }\n' > $D/c18; T source $D/c18
! $D/c18:1: syntax error
? 1
$ printf 'set -g @x 1 ; ; set -g @y 2\n' > $D/c19; T source $D/c19
~ printf ';set -g @x 1\n' > $D/c20; T source $D/c20
! $D/c20:1: syntax error
? 1
$ printf 'set -g @x 1;;\n' > $D/c20; T source $D/c20
$ T source -n $D/c1
! $D/c1: No such file or directory
? 1
$ T source -v $D/c1
! $D/c1: No such file or directory
? 1
$ T source -nv $D/c21
! $D/c21: No such file or directory
? 1
$ T source $D/nosuch
! $D/nosuch: No such file or directory
? 1
$ T source -q $D/nosuch
$ echo 'set -g @st 1' | T source -; T show -gv @st
> 1
$ echo "$D/c1" >/dev/null; T set -g @p $D/c1; T source -F '#{@p}'
! $D/c1: No such file or directory
? 1
$ T source
! command source-file: too few arguments (need at least 1)
? 1
$ printf 'source-file c1\n' > $D/c22; T source $D/c22
! c1: No such file or directory
? 1
$ printf 'set -g @x a\\\nb\n' > $D/c23; T source $D/c23; T show -gv @x
> ab
~ printf 'set -g @cr 1\r\n' > $D/c25; T source $D/c25; T show -gv @cr | cat -A
> 1$
$ printf 'NAME=val\nNAME2="v w"\nset -g @x "$NAME2"\n' > $D/c29; T source $D/c29; T show -gv @x
> v w
$ printf '# c \\\nset -g @cc 1\n' > $D/c31; T source $D/c31; T show -gv @cc
! invalid option: @cc
? 1
$ T 'display -p a; display -p b'
! unknown command: display -p a; display -p b
? 1
$ T display -p a \; display -p b
> a
> b
$ T display -p 'a;'
> a
$ T display -p 'a\;'
> a;
$ T display -p a\; display -p b
> a
> b
$ T display -p '{' 
> {
$ T display -p a ';' ';' display -p b
> a
> b
$ T \; display -p b
> b
$ T display -p b \;
> b
$ T bind x display -p '#{x' \; neww
$ T run

