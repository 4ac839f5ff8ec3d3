=== fix
$ T new -d -s a -x 80 -y 24 -n w0 cat
$ T swapw -s a:0 -t a:3; T lsw -F '#I #W (#F)'
> 0 w0 (*)
! can't find window: 3
$ T swapw -d -s a:0 -t a:3; T lsw -F '#I #W (#F)'
> 0 w0 (*)
! can't find window: 3
$ T swapw -t :+1; T lsw -F '#I #W (#F)'
> 0 w0 (*)
$ T swapw -d -t :+1; T lsw -F '#I #W (#F)'
> 0 w0 (*)
$ T swapw -d -t -1; T lsw -F '#I #W (#F)'
> 0 w0 (*)
$ T splitw cat; T splitw cat
$ T swap-pane -s 0 -t 2; T lsp -F '#P #D #{pane_active}'
> 0 %2 1
> 1 %1 0
> 2 %0 0
$ T swap-pane -d -s 0 -t 2; T lsp -F '#P #D #{pane_active}'
> 0 %0 0
> 1 %1 0
> 2 %2 1
$ T swap-pane -d -U; T lsp -F '#P #D #{pane_active}'
> 0 %0 0
> 1 %2 0
> 2 %1 1
$ T swap-pane -D; T lsp -F '#P #D #{pane_active}'
> 0 %1 1
> 1 %2 0
> 2 %0 0
$ T rotatew; T lsp -F '#P #D #{pane_active}'
> 0 %2 1
> 1 %0 0
> 2 %1 0
$ T breakp -s 1 -n br; T joinp -h -b -l 10 -s br -t :0; T display -p '#{window_layout}'
> 89f9,80x24,0,0[80x18,0,0{10x18,0,0,0,69x18,11,0,2},80x5,0,19,1]
~ T splitw -p 500
! size too large
? 1
~ T splitw -l abc
! size invalid
? 1
$ T resizew -x 60 -y 20; T resizew -A; T display -p '#{window_width}x#{window_height}'
> 80x24
$ T set-hook -g pane-exited 'display -p ran'; T set-hook -R pane-exited
> ran
$ T set-hook -g after-neww 'display -p ran'
! invalid option: after-neww
? 1
$ T setb -b nosuch -n x
! unknown buffer: nosuch
? 1
$ T deleteb -b nosuch
! unknown buffer: nosuch
? 1
$ printf 'set -g @x 1 ; ; set -g @y 2\n' > $D/c19; T source $D/c19; T show -g @y
> @y 2
$ printf 'source-file c1\n' > $D/c22; T source $D/c22
! c1: No such file or directory
? 1
$ T attach
! open terminal failed: not a terminal
? 1
$ T new
! open terminal failed: not a terminal
? 1

=== move more
$ T new -d -s a -x 80 -y 24 -n w0 cat
$ T splitw -d cat; T splitw -d -h cat; T splitw -d -h -t 2 cat
$ T breakp -d -P -s 1; T lsw -F '#I #{window_panes}'
> a:1.0
> 0 3
> 1 1
$ T breakp -a -s 1 -P
> a:1.0
$ T lsw -F '#I #W #{window_panes} (#F)'
> 0 w0 2 (-)
> 1 sh 1 (*)
> 2 sh 1 ()
$ T breakp -s a:0.1 -t a:15 -P
> a:15.0
$ T lsw -F '#I #W #{window_panes} (#F)'
> 0 w0 1 ()
> 1 sh 1 (-)
> 2 sh 1 ()
> 15 sh 1 (*)
$ T breakp -s a:0.0 -t a:15
! index in use: 15
? 1
$ T lsw -F '#I #W #{window_panes} (#F)'
> 0 w0 1 ()
> 1 sh 1 (-)
> 2 sh 1 ()
> 15 sh 1 (*)
$ T joinp -s a:15 -t a:1; T lsw -F '#I #{window_panes} (#F) #{window_layout}'
> 0 1 (-) b25d,80x24,0,0,0
> 1 2 (*) c19a,80x24,0,0[80x12,0,0,1,80x11,0,13,3]
> 2 1 () b25f,80x24,0,0,2
$ T lsw -F '#I'
> 0
> 1
> 2
$ T joinp -h -b -l 10 -s a:15 -t a:1; T lsw -F '#I #{window_panes} (#F) #{window_layout}'
> 0 1 (-) b25d,80x24,0,0,0
> 1 2 (*) c19a,80x24,0,0[80x12,0,0,1,80x11,0,13,3]
> 2 1 () b25f,80x24,0,0,2
! can't find window: 15
$ T joinp -s a:1.1 -t a:1.1
! source and target panes must be different
? 1
$ T joinp
! source and target panes must be different
? 1
$ T joinp -l xx -s a:1.0 -t a:1.1
! size invalid
? 1
$ T killp -a -t a:1.0; T lsp -a -F '#I #P #D'
> 0 0 %0
> 1 0 %1
> 2 0 %2
$ T respawn-pane -t a:1 
! respawn pane failed: pane a:1.0 still active
? 1
$ T respawn-window -t a:1
! respawn window failed: window a:1 still active
? 1
$ T set -g base-index 1; T set -g pane-base-index 1; T neww -d -P cat; T movew -r; T lsw -F '#I'; T lsp -F '#P'
> a:3.1
> 1
> 2
> 3
> 4
> 1
$ T set -g renumber-windows on; T killw -t :2; T lsw -F '#I'
> 1
> 2
> 3
$ T killw -a; T lsw -F '#I (#F)'
> 1 (*)

