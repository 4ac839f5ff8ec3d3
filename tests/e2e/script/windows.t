=== windows
$ T new -d -s a -x 80 -y 24 -n w0 cat
$ T neww -d -P -n w1 cat
> a:1.0
$ T neww -d -P -F '#{window_index}' -n w2 cat
> 2
$ T neww -d -a -t a:0 -P -n after cat
> a:1.0
$ T neww -d -b -t a:0 -P -n before cat
> a:0.0
$ T neww -d -n nn -t a:1 cat
! create window failed: index 1 in use
? 1
$ T neww -d -k -t a:1 -n kk cat
$ T neww -S -n w2 -d
$ T neww -S -n w2
$ T neww -d -n nn -t a:9 -P cat
> a:9.0
$ T neww -d -n nn -t a: -P cat
> a:5.0
$ T lsw -F '#I #W (#F) #{window_active}'
> 0 before () 0
> 1 kk (-) 0
> 2 after () 0
> 3 w1 () 0
> 4 w2 (*) 1
> 5 nn () 0
> 9 nn () 0
$ T select-window -t a:0
$ T select-window -n
$ T select-window -p
$ T select-window -l
$ T select-window -T -t a:0
$ T select-window -T -t a:0
$ T lsw -F '#I #W (#F)'
> 0 before (-)
> 1 kk (*)
> 2 after ()
> 3 w1 ()
> 4 w2 ()
> 5 nn ()
> 9 nn ()
$ T next; T lsw -F '#I (#F)'
> 0 ()
> 1 (-)
> 2 (*)
> 3 ()
> 4 ()
> 5 ()
> 9 ()
$ T prev; T lsw -F '#I (#F)'
> 0 ()
> 1 (*)
> 2 (-)
> 3 ()
> 4 ()
> 5 ()
> 9 ()
$ T last; T lsw -F '#I (#F)'
> 0 ()
> 1 (-)
> 2 (*)
> 3 ()
> 4 ()
> 5 ()
> 9 ()
$ T next -a
! no next window
? 1
$ T prev -a
! no previous window
? 1
$ T select-window -t a:99
! can't find window: 99
? 1
$ T select-window -t a:+1; T display -p '#I'
> 3
$ T select-window -t a:-1; T display -p '#I'
> 2
$ T select-window -t a:^; T display -p '#I'
> 0
$ T select-window -t 'a:$'; T display -p '#I'
> 9
$ T select-window -t 'a:!'; T display -p '#I'
> 0
$ T select-window -t 'a:{start}'; T display -p '#I'
> 0
$ T select-window -t 'a:{end}'; T display -p '#I'
> 9
$ T select-window -t 'a:{last}'; T display -p '#I'
> 0
$ T select-window -t 'a:{next}'; T display -p '#I'
> 1
$ T select-window -t 'a:{previous}'; T display -p '#I'
> 0
$ T select-window -t :w1; T display -p '#I'
> 3
$ T select-window -t :=w1; T display -p '#I'
> 3
$ T select-window -t :=w; T display -p '#I'
> 3
! can't find window: w
$ T select-window -t :aft; T display -p '#I'
> 2
$ T select-window -t ':a*'; T display -p '#I'
> 2
$ T select-window -t :w; T display -p '#I'
> 2
! can't find window: w
$ T select-window -t @1; T display -p '#I'
> 3
$ T select-window -t @99
! can't find window: @99
? 1
$ T select-window -t a:+20
$ T select-window -t '{marked}'
! no marked target
? 1
$ T select-window -t '~'
! no marked target
? 1
$ T select-window -t '{mouse}'
! no mouse target
? 1
$ T select-window -t '='
! no mouse target
? 1
$ T select-window -t '{bogus}'
! can't find window: {bogus}
? 1
$ T swapw -s a:0 -t a:3; T lsw -F '#I #W (#F)'
> 0 w1 ()
> 1 kk ()
> 2 after (*)
> 3 before (-)
> 4 w2 ()
> 5 nn ()
> 9 nn ()
$ T swapw -d -s a:0 -t a:3; T lsw -F '#I #W (#F)'
> 0 before ()
> 1 kk ()
> 2 after (-)
> 3 w1 (*)
> 4 w2 ()
> 5 nn ()
> 9 nn ()
$ T swapw -t :+1; T lsw -F '#I #W (#F)'
> 0 before ()
> 1 kk ()
> 2 after (-)
> 3 w2 (*)
> 4 w1 ()
> 5 nn ()
> 9 nn ()
$ T movew -s a:0 -t a:20; T lsw -F '#I #W (#F)'
> 1 kk ()
> 2 after ()
> 3 w2 (-)
> 4 w1 ()
> 5 nn ()
> 9 nn ()
> 20 before (*)
$ T movew -s a:20 -t a:1
! index in use: 1
? 1
$ T movew -k -s a:20 -t a:1; T lsw -F '#I #W (#F)'
> 1 before (*)
> 2 after ()
> 3 w2 (-)
> 4 w1 ()
> 5 nn ()
> 9 nn ()
$ T movew -r; T lsw -F '#I #W (#F)'
> 0 before (*)
> 1 after ()
> 2 w2 (-)
> 3 w1 ()
> 4 nn ()
> 5 nn ()
$ T movew -a -s a:0 -t a:2; T lsw -F '#I #W (#F)'
> 1 after ()
> 2 w2 (-)
> 3 before (*)
> 4 w1 ()
> 5 nn ()
> 6 nn ()
$ T movew -b -s a:0 -t a:2; T lsw -F '#I #W (#F)'
> 1 after ()
> 2 w2 (-)
> 3 before (*)
> 4 w1 ()
> 5 nn ()
> 6 nn ()
! can't find window: 0
$ T movew -d -s a:1 -t a:; T lsw -F '#I #W (#F)'
> 0 after ()
> 2 w2 (-)
> 3 before (*)
> 4 w1 ()
> 5 nn ()
> 6 nn ()
$ T new -d -n bb -s b cat
$ T linkw -s a:2 -t b:5; T lsw -t b -F '#I #W (#F) #{window_linked}'
> 0 bb (-) 0
> 5 w2 (*) 1
$ T linkw -s a:2 -t b:5
! same index: 5
? 1
$ T linkw -s nosuch -t b
! can't find window: nosuch
? 1
$ T linkw -s a:2 -t nosuch
! can't find window: nosuch
? 1
$ T linkw -k -s a:2 -t b:5
! same index: 5
? 1
$ T unlinkw -t b:5; T lsw -t b -F '#I #W (#F) #{window_linked}'
> 0 bb (*) 0
$ T unlinkw -t b:0
! window only linked to one session
? 1
$ T unlinkw -k -t b:0
$ T ls -F '#S'
> a
$ T renamew -t a:1 newname; T lsw -F '#I #W #{automatic-rename}'
> 0 after 0
> 2 w2 0
> 3 before 0
> 4 w1 0
> 5 nn 0
> 6 nn 0
! can't find window: 1
$ T renamew
! command rename-window: too few arguments (need at least 1)
? 1
$ T renamew -t a:77 x
! can't find window: 77
? 1
$ T killw -t a:1; T lsw -F '#I'
> 0
> 2
> 3
> 4
> 5
> 6
! can't find window: 1
$ T killw -a -t a:2; T lsw -F '#I'
> 2
$ T killw -t a:77
! can't find window: 77
? 1
$ T respawnw
! respawn window failed: window a:2 still active
? 1
$ T respawnw -k cat
$ T respawnw -k -t a:77
! can't find window: 77
? 1
$ T find-window nosuch
$ T rotate-window -t a
$ T killw

=== panes
$ T new -d -s a -x 80 -y 24 -n w0 cat
$ T splitw -P cat
> a:0.1
$ T splitw -d -P -F '#{pane_index} #{pane_id}' cat
> 2 %2
$ T splitw -h -l 20 -P cat
> a:0.2
$ T splitw -h -l 30% -P cat
> a:0.3
$ T splitw -v -l 3 -b -P cat
> a:0.3
$ T splitw -f -h -l 10 -P cat
> a:0.6
$ T splitw -f -b -l 2 -P cat
> a:0.0
$ T lsp -F '#P #D #{pane_left},#{pane_top} #{pane_width}x#{pane_height} #{pane_active} #{pane_last}'
> 0 %7 0,0 80x2 1 0
> 1 %0 0,3 69x10 0 0
> 2 %1 0,14 50x4 0 0
> 3 %3 51,14 11x4 0 0
> 4 %5 63,14 6x2 0 0
> 5 %4 63,17 6x1 0 0
> 6 %2 0,19 69x5 0 0
> 7 %6 70,3 10x21 0 1
$ T splitw -p 50 -P cat
! no space for new pane
? 1
$ T splitw -l 500 cat
! no space for new pane
? 1
$ T splitw -l 0 cat
! no space for new pane
? 1
$ T splitw -t nosuch cat
! can't find pane: nosuch
? 1
$ T splitw -t %99 cat
! can't find pane: %99
? 1
$ T lsp -F '#P #D #{pane_left},#{pane_top} #{pane_width}x#{pane_height} #{pane_active} #{pane_last}'
> 0 %7 0,0 80x2 1 0
> 1 %0 0,3 69x10 0 0
> 2 %1 0,14 50x4 0 0
> 3 %3 51,14 11x4 0 0
> 4 %5 63,14 6x2 0 0
> 5 %4 63,17 6x1 0 0
> 6 %2 0,19 69x5 0 0
> 7 %6 70,3 10x21 0 1
$ T display -p '#{window_layout} #{window_visible_layout}'
> 15c3,80x24,0,0[80x2,0,0,7,80x21,0,3{69x21,0,3[69x10,0,3,0,69x4,0,14{50x4,0,14,1,11x4,51,14,3,6x4,63,14[6x2,63,14,5,6x1,63,17,4]},69x5,0,19,2],10x21,70,3,6}] 15c3,80x24,0,0[80x2,0,0,7,80x21,0,3{69x21,0,3[69x10,0,3,0,69x4,0,14{50x4,0,14,1,11x4,51,14,3,6x4,63,14[6x2,63,14,5,6x1,63,17,4]},69x5,0,19,2],10x21,70,3,6}]
$ T select-pane -t 0
$ T select-pane -L; T display -p '#P'
> 0
$ T select-pane -R; T display -p '#P'
> 0
$ T select-pane -U; T display -p '#P'
> 7
$ T select-pane -D; T display -p '#P'
> 0
$ T select-pane -l; T display -p '#P'
> 7
$ T last-pane; T display -p '#P'
> 0
$ T last-pane -Z; T display -p '#P'
> 7
$ T select-pane -m; T lsp -F '#P #{pane_marked} #{pane_marked_set}'
> 0 0 1
> 1 0 1
> 2 0 1
> 3 0 1
> 4 0 1
> 5 0 1
> 6 0 1
> 7 1 1
$ T select-pane -t '{marked}'; T display -p '#P'
> 7
$ T select-pane -t 1; T swap-pane; T lsp -F '#P #D'
> 0 %7
> 1 %6
> 2 %1
> 3 %3
> 4 %5
> 5 %4
> 6 %2
> 7 %0
$ T select-pane -M; T lsp -F '#P #{pane_marked}'
> 0 0
> 1 0
> 2 0
> 3 0
> 4 0
> 5 0
> 6 0
> 7 0
$ T select-pane -t '{marked}'
! no marked target
? 1
$ T swap-pane
$ T select-pane -T 'my title'; T display -p '#T'
> my title
$ T select-pane -T '#{pane_index}x' ; T display -p '#T'
> 7x
$ T select-pane -d; T display -p '#{pane_input_off}'
> 1
$ T select-pane -e; T display -p '#{pane_input_off}'
> 0
$ T select-pane -P 'fg=red'; T show -p
> window-active-style fg=red
> window-style fg=red
$ T select-pane -g
> fg=red
$ T for='{top}'
! unknown command: for={top}
? 1
$ T swap-pane -U; T lsp -F '#P #D #{pane_active}'
> 0 %7 0
> 1 %6 0
> 2 %1 0
> 3 %3 0
> 4 %5 0
> 5 %4 0
> 6 %0 1
> 7 %2 0
$ T swap-pane -D; T lsp -F '#P #D #{pane_active}'
> 0 %7 0
> 1 %6 0
> 2 %1 0
> 3 %3 0
> 4 %5 0
> 5 %4 0
> 6 %2 0
> 7 %0 1
$ T swap-pane -s 0 -t 2; T lsp -F '#P #D #{pane_active}'
> 0 %1 1
> 1 %6 0
> 2 %7 0
> 3 %3 0
> 4 %5 0
> 5 %4 0
> 6 %2 0
> 7 %0 0
$ T swap-pane -d -s 0 -t 2; T lsp -F '#P #D #{pane_active}'
> 0 %7 0
> 1 %6 0
> 2 %1 1
> 3 %3 0
> 4 %5 0
> 5 %4 0
> 6 %2 0
> 7 %0 0
$ T rotatew; T lsp -F '#P #D #{pane_active}'
> 0 %6 0
> 1 %1 0
> 2 %3 1
> 3 %5 0
> 4 %4 0
> 5 %2 0
> 6 %0 0
> 7 %7 0
$ T rotatew -D; T lsp -F '#P #D #{pane_active}'
> 0 %7 0
> 1 %6 0
> 2 %1 1
> 3 %3 0
> 4 %5 0
> 5 %4 0
> 6 %2 0
> 7 %0 0
$ T rotatew -U -Z; T lsp -F '#P #D #{pane_active}'
> 0 %6 0
> 1 %1 0
> 2 %3 1
> 3 %5 0
> 4 %4 0
> 5 %2 0
> 6 %0 0
> 7 %7 0
$ T resizep -Z; T display -p '#{window_zoomed_flag} #F #{window_visible_layout} #{window_layout}'
> 1 *Z b260,80x24,0,0,3 558b,80x24,0,0[80x2,0,0,6,80x21,0,3{69x21,0,3[69x10,0,3,1,69x4,0,14{50x4,0,14,3,11x4,51,14,5,6x4,63,14[6x2,63,14,4,6x1,63,17,2]},69x5,0,19,0],10x21,70,3,7}]
$ T select-pane -Z -t +1;T display -p '#{window_zoomed_flag}'
> 1
$ T select-pane -t +1;T display -p '#{window_zoomed_flag}'
> 0
$ T killp -t 5; T display -p '#{window_layout}'
> 4cf0,80x24,0,0[80x2,0,0,6,80x21,0,3{69x21,0,3[69x10,0,3,1,69x4,0,14{50x4,0,14,3,11x4,51,14,5,6x4,63,14,4},69x5,0,19,0],10x21,70,3,7}]
$ T breakp -d -P -s 1; T lsw -F '#I #{window_panes}'
> a:1.0
> 0 6
> 1 1
$ T breakp -d -P -n bn -F '#W' -s 1
> bn
$ T breakp -a -s 1 -P
> a:1.0
$ T breakp -s a:0.1 -t a:15 -P
> a:15.0
$ T breakp -s a:0.1 -t a:15
! index in use: 15
? 1
$ T breakp -b -d -P -s a:0.0 -t a:15
> a:15.0
$ T lsw -F '#I #W #{window_panes} (#F)'
> 0 w0 2 ()
> 1 sh 1 (-)
> 2 sh 1 ()
> 3 bn 1 ()
> 15 sh 1 ()
> 16 sh 1 (*)
$ T joinp -s a:15 -t a:0; T lsw -F '#I #{window_panes} (#F) #{window_layout}'
> 0 3 (*) e6e5,80x24,0,0{69x24,0,0[69x12,0,0,0,69x11,0,13,6],10x24,70,0,7}
> 1 1 () b262,80x24,0,0,5
> 2 1 () b25e,80x24,0,0,1
> 3 1 () b260,80x24,0,0,3
> 16 1 (-) b261,80x24,0,0,4
$ T joinp -h -b -l 10 -s a:1 -t a:0; T lsw -F '#I #{window_panes} (#F) #{window_layout}'
> 0 4 (*) b78f,80x24,0,0{69x24,0,0[69x12,0,0,0,69x11,0,13{10x11,0,13,5,58x11,11,13,6}],10x24,70,0,7}
> 2 1 () b25e,80x24,0,0,1
> 3 1 () b260,80x24,0,0,3
> 16 1 (-) b261,80x24,0,0,4
$ T joinp -s a:0.1 -t a:0.1
! source and target panes must be different
? 1
$ T joinp
! source and target panes must be different
? 1
$ T joinp -l xx -s a:0.0 -t a:0.1
! size invalid
? 1
$ T killp -a -t 0; T lsp -F '#P #D'
> 0 %0
$ T respawnp
! respawn pane failed: pane a:0.0 still active
? 1
$ T killp -t 44
! can't find pane: 44
? 1
$ T killp

