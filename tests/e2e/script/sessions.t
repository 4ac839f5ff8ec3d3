=== sessions
$ T has-session
! error connecting to $D/s (No such file or directory)
? 1
$ T has
! error connecting to $D/s (No such file or directory)
? 1
$ T new -d -s a -x 100 -y 30 cat
$ T ls -F '#{session_name} #{session_windows} #{window_width}x#{window_height} #{session_attached}'
> a 1 100x30 0
$ T new -d -s a
! duplicate session: a
? 1
$ T new -A -d -s a
! open terminal failed: not a terminal
? 1
$ T new -d -P -s b -n win cat
> b:
$ T new -d -P -F '#{session_name}:#{window_name} #{window_width}' -s c -n win2 -c / cat
> c:win2 80
$ T new -d -t a -s g -P
> g:
$ T ls -F '#{session_name} #{session_group} #{session_grouped} #{session_group_size} #{session_group_list}'
> a a 1 2 a,g
> b  0  
> c  0  
> g a 1 2 a,g
$ T new -d -t a -s 'x.y:z' -P cat
! command or window name given with target
? 1
$ T new -d -t newgrp cat
! command or window name given with target
? 1
$ T ls -F '#{session_name} #{session_group}'
> a a
> b 
> c 
> g a
$ T new -d -e FOO=bar -e X=y -s env cat
$ T new -d -e bad -s env2 cat
$ T new -d -x abc -s e3
! width invalid
? 1
$ T new -d -x 0 -s e3
! width too small
? 1
$ T new -d -y 70000 -s e3
! height too large
? 1
$ T new -d -x 20 -y - -s e4 -P cat
> e4:
$ T new -d -s '' cat
! invalid session: 
? 1
$ T new -d -s 'a b#c' cat
$ T new -d -n w -t a -s g2 cat
! command or window name given with target
? 1
$ T new -d -t a -n w
! command or window name given with target
? 1
~ T new -s
! command new-session: -s expects an argument
? 1
$ T new -q
! command new-session: unknown flag -q
? 1
$ T new -D -d -s zz cat
$ T new -X -d -s zz2 cat
$ T new -d -f read-only -s zz3 cat
$ T new -s needtty cat
! open terminal failed: not a terminal
? 1
$ T attach
! open terminal failed: not a terminal
? 1
$ T attach -t nosuch
! can't find session: nosuch
? 1
$ T attach -t a
! open terminal failed: not a terminal
? 1
$ T has -t a
$ T has -t nosuch
! can't find session: nosuch
? 1
$ T has -t =a
$ T has -t =aa
! can't find session: aa
? 1
$ T has -t 'z*'
! can't find session: z*
? 1
$ T has -t 'zz*'
! can't find session: zz*
? 1
$ T has -t zz
$ T has -t '$0'
$ T has -t '$77'
! can't find session: $77
? 1
$ T has -t '@0'
$ T has -t '%0'
$ T rename -t zz a
! duplicate session: a
? 1
$ T rename -t zz yy
$ T rename -t yy 'a.b:c'
$ T rename -t yy ''
! can't find session: yy
? 1
$ T rename
! command rename-session: too few arguments (need at least 1)
? 1
$ T rename a b c
! command rename-session: too many arguments (need at most 1)
? 1
$ T kill-session -t nosuch
! can't find session: nosuch
? 1
$ T kill-session -t zz2
$ T kill-session -C -t a
$ T kill-session -a -t a
$ T ls -F '#{session_name}'
> a
$ T kill-session -t a

=== lists
$ T new -d -s a -x 80 -y 24 -n w cat
$ T neww -d -n w2 cat
$ T splitw -d -t a:0 cat
$ T splitw -h -d -t a:0 cat
$ T new -d -s b -n w3 cat
$ T lsw -F '#{window_index} #{window_name} #{window_panes}'
> 0 w3 1
$ T lsw -a -F '#{session_name}:#{window_index} #{window_name} #{window_panes}'
> a:0 w 3
> a:1 w2 1
> b:0 w3 1
$ T lsw -a -f '#{==:#{window_name},w2}' -F '#{session_name}:#{window_index}'
> a:1
$ T lsw -t b -F '#{window_name}'
> w3
$ T lsw -t a
> 0: w* (3 panes) [80x24] [layout eb23,80x24,0,0[80x12,0,0{40x12,0,0,0,39x12,41,0,3},80x11,0,13,2]] @0 (active)
> 1: w2 (1 panes) [80x24] [layout b25e,80x24,0,0,1] @1
$ T lsw -a
> a:0: w* (3 panes) [80x24] 
> a:1: w2 (1 panes) [80x24] 
> b:0: w3* (1 panes) [80x24] 
$ T lsp -a -F '#{session_name}:#{window_index}.#{pane_index} #{pane_left},#{pane_top} #{pane_width}x#{pane_height} #{pane_active} #{pane_id}'
> a:0.0 0,0 40x12 1 %0
> a:0.1 41,0 39x12 0 %3
> a:0.2 0,13 80x11 0 %2
> a:1.0 0,0 80x24 1 %1
> b:0.0 0,0 80x24 1 %4
$ T lsp -a -f '#{pane_active}' -F '#{pane_id}'
> %0
> %1
> %4
$ T ls -f '#{==:#{session_name},a}' -F '#S'
> a
$ T lsc
$ T lsc -t a
$ T lsc -t nosuch
! can't find session: nosuch
? 1
~ T lscm nosuch
! unknown command: nosuch
? 1
$ T lscm -F '#{command_list_name}' lsw
> list-windows
$ T ls -Z
! command list-sessions: unknown flag -Z
? 1
$ T list
! ambiguous command: list, could be: list-buffers, list-clients, list-commands, list-keys, list-panes, list-sessions, list-windows
? 1
$ T lis
! ambiguous command: lis, could be: list-buffers, list-clients, list-commands, list-keys, list-panes, list-sessions, list-windows
? 1
$ T l
! ambiguous command: l, could be: last-pane, last-window, link-window, list-buffers, list-clients, list-commands, list-keys, list-panes, list-sessions, list-windows, load-buffer, lock-client, lock-server, lock-session
? 1
$ T new-s -d -s q cat
$ T nosuchcommand
! unknown command: nosuchcommand
? 1
$ T kill-sessio -t q
$ T lsp -t nosuch
! can't find window: nosuch
? 1
$ T lsw -t a:0
> 0: w* (3 panes) [80x24] [layout eb23,80x24,0,0[80x12,0,0{40x12,0,0,0,39x12,41,0,3},80x11,0,13,2]] @0 (active)
> 1: w2 (1 panes) [80x24] [layout b25e,80x24,0,0,1] @1

