=== options
$ T new -d -s a -x 80 -y 24 -n w0 cat
$ T set -g status off; T show -g status; T show -gv status
> status off
> off
$ T set -g status maybe
! unknown value: maybe
? 1
$ T set -g status
$ T show -g status
> status on
$ T set -g history-limit abc
! value is invalid: abc
? 1
$ T set -g history-limit -5
! value is too small: -5
? 1
$ T set -g history-limit 99999999999
! value is too large: 99999999999
? 1
$ T set -g base-index 70000
$ T set -g nosuch 1
! invalid option: nosuch
? 1
$ T set -g @u 1; T show -g @u; T show -gv @u
> @u 1
> 1
$ T set -gq nosuch 1
$ T set -g pre 1
! ambiguous option: pre
? 1
$ T set -g status-l 1
! ambiguous option: status-l
? 1
$ T set -g status-left-len 20; T show -g status-left-length
> status-left-length 20
$ T show nosuch
! invalid option: nosuch
? 1
$ T show -q nosuch
$ T show -gqv @nosuch
$ T show -gv @nosuch
! invalid option: @nosuch
? 1
$ T show @nosuch
! invalid option: @nosuch
? 1
$ T set -go @u 2
! already set: @u
? 1
$ T set -goq @u 2
$ T set -o @w 2; T show -v @w
> 2
$ T set -ga @u more; T show -gv @u
> 1more
$ T set -gu @u; T show -g @u
! invalid option: @u
? 1
$ T set -g @s 'a b'; T show -g @s
> @s "a b"
$ T set -g @s "it's"; T show -g @s
> @s "it's"
$ T set -g @s 'a"b$c\d~e'; T show -g @s
> @s "a\"b\$c\\d~e"
$ T set -g @s ''; T show -g @s
> @s ''
$ T set -g @s '~x'; T show -g @s
> @s \~x
$ T set -g @s '#{x}'; T show -g @s
> @s "#{x}"
$ T set -g @s 'a;b'; T show -g @s
> @s "a;b"
$ T set -g @s '{a}'; T show -g @s
> @s "{a}"
$ T set -g @s 'é'; T show -g @s
> @s é
$ T set -g @s "$(printf 'a\nb\tc')"; T show -g @s
> @s a\nb\tc
$ T set -gF @f '#{session_name}x'; T show -gv @f
> ax
$ T set -gu status; T show -g status
> status on
$ T set status off; T show status; T show -A status; T set -u status; T show status; T show -A status; T show -Av status
> status off
> status off
> status* on
> on
$ T setw -g mode-keys vi; T showw -gv mode-keys; T setw mode-keys emacs; T showw mode-keys; T setw -u mode-keys; T showw mode-keys
> vi
> mode-keys emacs
$ T set -g mode-keys vi; T show -g mode-keys; T show -wg mode-keys
> mode-keys vi
> mode-keys vi
$ T set -p window-style bg=red; T show -p; T set -pu window-style; T show -p
> window-style bg=red
$ T set -s escape-time 5; T show -s escape-time; T show -sv escape-time
> escape-time 5
> 5
$ T set -g escape-time 6; T show -s escape-time
> escape-time 6
$ T set -s exit-empty; T show -s exit-empty
> exit-empty off
$ T set -s command-alias[100] foo=neww; T show -s command-alias
> command-alias[0] split-pane=split-window
> command-alias[1] splitp=split-window
> command-alias[2] "server-info=show-messages -JT"
> command-alias[3] "info=show-messages -JT"
> command-alias[4] "choose-window=choose-tree -w"
> command-alias[5] "choose-session=choose-tree -s"
> command-alias[100] foo=neww
$ T set -s command-alias[0] 'aa=display -p hello'; T aa
> hello
$ T set -su command-alias[0]; T show -s command-alias
> command-alias[1] splitp=split-window
> command-alias[2] "server-info=show-messages -JT"
> command-alias[3] "info=show-messages -JT"
> command-alias[4] "choose-window=choose-tree -w"
> command-alias[5] "choose-session=choose-tree -s"
> command-alias[100] foo=neww
$ T set -su command-alias; T show -s command-alias
> command-alias[0] split-pane=split-window
> command-alias[1] splitp=split-window
> command-alias[2] "server-info=show-messages -JT"
> command-alias[3] "info=show-messages -JT"
> command-alias[4] "choose-window=choose-tree -w"
> command-alias[5] "choose-session=choose-tree -s"
$ T set -as command-alias 'x=display -p x,y=display -p y'; T show -s command-alias; T x; T y
> command-alias[0] split-pane=split-window
> command-alias[1] splitp=split-window
> command-alias[2] "server-info=show-messages -JT"
> command-alias[3] "info=show-messages -JT"
> command-alias[4] "choose-window=choose-tree -w"
> command-alias[5] "choose-session=choose-tree -s"
> command-alias[6] "x=display -p x"
> command-alias[7] "y=display -p y"
> x
> y
$ T set -g update-environment[20] FOO; T show -g update-environment | tail -1
> update-environment[20] FOO
$ T set -ga update-environment ' BAR'; T show -g update-environment |tail -1
> update-environment[20] FOO
$ T set -g status-format[1] xx; T show -g 'status-format[1]'; T show -gv 'status-format[1]'
> status-format[1] xx
> xx
$ T set -g terminal-features[9] 'x:RGB'; T show -s terminal-features | tail -1
> terminal-features[9] x:RGB
$ T set -g terminal-overrides 'a,b,c'; T show -s terminal-overrides
> terminal-overrides[0] a
> terminal-overrides[1] b
> terminal-overrides[2] c
$ T set -sa terminal-overrides ',d'; T show -s terminal-overrides
> terminal-overrides[0] a
> terminal-overrides[1] b
> terminal-overrides[2] c
> terminal-overrides[3] d
$ T set -g nosuch[3] x
! invalid option: nosuch[3]
? 1
$ T set -g status[3] x
! not an array: status[3]
? 1
$ T set -g user-keys[0] '\e[1'; T show -s user-keys
> user-keys[0] \\e[1
$ T set -g status-style bg=red,fg=blue; T show -g status-style; T set -ga status-style ,bold; T show -g status-style
> status-style bg=red,fg=blue
> status-style bg=red,fg=blue,,bold
$ T set -g status-style bogus
! invalid style: bogus
? 1
$ T set -g status-bg green; T show -g status-style; T show -g status-bg
> status-style bg=red,fg=blue,,bold
> status-bg green
$ T set -g status-bg bogus
! bad colour: bogus
? 1
~ T set -g display-panes-colour '#ff0000'; T show -g display-panes-colour; T set -g display-panes-color colour5; T show -g display-panes-colour
> display-panes-colour "#ff0000"
> display-panes-colour colour5
$ T set -g prefix C-a; T show -g prefix; T set -g prefix bogus; T set -g prefix None; T show -g prefix
> prefix C-a
> prefix None
! bad key: bogus
$ T set -g default-command 'x y'; T show -g default-command
> default-command "x y"
$ T set -g default-shell /bin/sh; T show -g default-shell
> default-shell /bin/sh
$ T set -g word-separators ' -'; T show -g word-separators
> word-separators " -"
$ T set -g visual-bell both; T show -g visual-bell; T set -g visual-bell b
> visual-bell both
! unknown value: b
? 1
$ T set -g set-clipboard; T show -s set-clipboard;  T set -g set-clipboard; T show -s set-clipboard
> set-clipboard off
> set-clipboard external
$ T set -g message-limit; T set
! empty value
! command set-option: too few arguments (need at least 1)
? 1
$ T show -s buffer-limit; T show buffer-limit
> buffer-limit 50
> buffer-limit 50
$ T set-hook -g after-new-window 'display -p hi'; T show-hooks -g after-new-window; T show -g after-new-window
> after-new-window[0] display-message -p hi
> after-new-window[0] display-message -p hi
$ T set-hook -ga after-new-window 'display -p ho'; T show-hooks -g after-new-window
> after-new-window[0] display-message -p hi
> after-new-window[1] display-message -p ho
$ T set-hook -gu after-new-window; T show-hooks -g after-new-window
> after-new-window
$ T set-hook -g after-new-window[5] 'set -g @hook "#{hook}"' ; T neww -d cat; T show -g @hook
> @hook "#{hook}"
$ T set-hook -g nosuch 'x'
! invalid option: nosuch
? 1
$ T set-hook -g window-renamed 'set -gF @hook "#{hook_window_name} #{hook}"'; T renamew -t a:0 foo; T show -g @hook
> @hook "foo window-renamed"
$ T set-hook pane-exited 'x'; T show-hooks
$ T set-hook -R pane-exited
> x
$ T set-hook -g session-created 'nosuchcmd'
! unknown command: nosuchcmd
? 1
$ T show-hooks -g window-renamed
> window-renamed[0] set-option -Fg @hook "#{hook_window_name} #{hook}"
$ T set -g after-select-window 'display -p q'; T show -g after-select-window
> after-select-window[0] display-message -p q
$ T show -t nosuch
! no such session: nosuch
? 1
$ T set -t nosuch status on
! no such session: nosuch
? 1
$ T set -t a status on; T show -t a
> @w 2
> default-size 80x24
> status on
$ T set -w -t a:0 mode-keys vi; T show -w -t a:0
> automatic-rename off
> mode-keys vi
$ T show -H | head
> @w 2
> default-size 80x24
> status on
$ T show -v
> 2
> 80x24
> on
$ T showw -g mode-keys
> mode-keys vi
$ T setw nosuch x
! invalid option: nosuch
? 1
$ T set -gw automatic-rename off; T show -gw automatic-rename
> automatic-rename off
$ T setenv; T setenv X; T setenv 'a=b' c; T setenv '' c; T setenv -u X y
! command set-environment: too few arguments (need at least 1)
! no value specified
! variable name contains =
! empty variable name
! can't specify a value with -u
? 1

=== keys
$ T new -d -s a -x 80 -y 24 -n w0 cat
$ T bind z
$ T bind
! command bind-key: too few arguments (need at least 1)
? 1
$ T bind bogus neww
! unknown key: bogus
? 1
$ T bind x nosuch
! unknown command: nosuch
? 1
$ T bind x neww -Q
! command new-window: unknown flag -Q
? 1
$ T bind x
$ T unbind x
$ T unbind -q x
$ T unbind bogus
! unknown key: bogus
? 1
$ T unbind -q bogus
$ T unbind -T nosuch x
! table nosuch doesn't exist
? 1
$ T unbind -qT nosuch x
$ T unbind
! missing key
? 1
$ T unbind -a x
! key given with -a
? 1

=== lsk
$ T new -d -s a -x 80 -y 24 -n w0 cat

