# What configuration files of tmux's users do, piece by piece.
=== versions
$ T new -d -s a -x 80 -y 24 -n w0 cat
$ printf '%%if "#{>=:#{version},3.0}"\nset -g @new yes\n%%else\nset -g @new no\n%%endif\n' >c1; T source c1; T show -gv @new
> yes
~ T display -p '#{version} #{config_files}'
> 3.6 /dev/null
$ printf 'is_vim="ps -o comm= -t \047#{pane_tty}\047 | grep -iqE \047^(\\\\S+\\\\/)?vim$\047"\nbind -n C-h if-shell "$is_vim" "send-keys C-h" "select-pane -L"\n' >c2; T source c2; T lsk -T root C-h
> bind-key -T root C-h if-shell "ps -o comm= -t '#{pane_tty}' | grep -iqE '^(\\S+\\/)?vim$'" "send-keys C-h" "select-pane -L"
$ printf 'if \047[ -f /nosuch ]\047 \047set -g @fpp 1\047 { set -g @fpp 0 ; set -g @fpp2 2 }\n' >c3; T source c3; T show -gv @fpp; T show -gv @fpp2
> 0
> 2
$ printf 'bind | split-window -h -c "#{pane_current_path}"\nbind -r H resize-pane -L 5\n' >c4; T source c4; T lsk -T prefix '|'; T lsk -T prefix H
> bind-key -T prefix | split-window -h -c "#{pane_current_path}"
> bind-key -r -T prefix H resize-pane -L 5
~ T set -ga terminal-overrides ",xterm-256color:Tc"; T set -as terminal-features ",xterm*:RGB"; T show -s terminal-overrides | tail -n 1; T show -s terminal-features | tail -n 1
> terminal-overrides[1] xterm-256color:Tc
> terminal-features[3] xterm*:RGB
$ T set-hook -g pane-exited 'display -p ran'; T set-hook -R pane-exited
> ran
# Programs in panes are told our name, configuration files tmux's version.
~ T neww -d -n xt 'printf "\033[>q"; cat -v'; i=0; while [ $i -lt 200 ] && ! T capturep -p -t xt | grep -q '>|'; do i=$((i + 1)); done; T capturep -p -t xt | grep -o '>|[a-z]* '
> >|rmux 
