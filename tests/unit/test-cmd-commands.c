/* SPDX-License-Identifier: ISC */

/*
 * Commands over a small model and a host that only remembers: what they do,
 * what they print, and in which words they refuse.
 */

#include "test-cmd-util.h"

/* A command, its output, its errors. */
static void
run_is(struct world *w, const char *text, const char *out, const char *err)
{
	world_cmd(w, text);
	is_str(w->out, out, "output of: %s", text);
	is_str(w->err, err, "errors of: %s", text);
}

static void
out_is(struct world *w, const char *text, const char *out)
{
	run_is(w, text, out, "");
}

static void
err_is(struct world *w, const char *text, const char *err)
{
	run_is(w, text, "", err);
}

static void
did_is(struct world *w, const char *text, const char *did)
{
	world_cmd(w, text);
	is_str(w->err, "", "no errors of: %s", text);
	is_str(w->did, did, "done by: %s", text);
}

static void
test_empty(void)
{
	struct world	*w = world_new();

	out_is(w, "list-sessions", "");
	err_is(w, "list-windows", "no current target\n");
	err_is(w, "attach", "no sessions\n");
	err_is(w, "new-session", "open terminal failed: not a terminal\n");
	ok(TAILQ_EMPTY(&w->m->sessions), "a session that fails is not there");
	err_is(w, "refresh-client", "no current client\n");
	world_free(w);
}

static void
test_sessions(void)
{
	struct world	*w = world_new();
	struct session	*s;

	world_cmd(w, "new-session -d -s one -c /var -e EXTRA=e 'vi x'");
	is_str(w->err, "", "a session is made");
	is_str(w->did, "spawn %0 vi x in /var as %0 with e;",
	    "its program is started with its environment");
	out_is(w, "list-sessions -F '#{session_name} #{session_path}'",
	    "one /var\n");
	err_is(w, "new -d -s one", "duplicate session: one\n");
	err_is(w, "has -t nope", "can't find session: nope\n");
	err_is(w, "has -t =on", "can't find session: on\n");
	out_is(w, "has -t on", "");
	out_is(w, "has -t 'o*'", "");
	out_is(w, "new -dP -s two", "two:\n");
	out_is(w, "new -dPF '#{session_id}'", "$2\n");
	out_is(w, "rename-session -t 2 'a:b.c'", "");
	out_is(w, "ls -F '#{session_name}'", "a_b_c\none\ntwo\n");
	out_is(w, "ls -r -F '#{session_name}'", "two\none\na_b_c\n");
	out_is(w, "ls -f '#{==:#{session_name},one}' -F x", "x\n");
	err_is(w, "rename-session -t two one", "duplicate session: one\n");
	out_is(w, "kill-session -t two", "");
	err_is(w, "kill-session -t two", "can't find session: two\n");
	world_cmd(w, "new -d -s big -x 100 -y 40");
	out_is(w, "list-windows -t big -F '#{window_width}x#{window_height}'",
	    "100x40\n");
	err_is(w, "new -d -x 0", "width too small\n");
	err_is(w, "new -d -t big -n x",
	    "command or window name given with target\n");
	world_cmd(w, "new -d -t big -s peer");
	is_str(w->err, "", "a session of a group");
	s = session_find(w->m, "peer");
	ok(s != NULL && session_count(s) == 1, "... shares its windows");
	out_is(w, "kill-session -a -t one ; ls -F '#{session_name}'", "one\n");
	world_cmd(w, "kill-server");
	is_str(w->did, "exit;", "kill-server ends the server");

	w->refuse_spawn = true;
	err_is(w, "new -d -s three", "create window failed: fork failed\n");
	ok(session_find(w->m, "three") == NULL, "no session is left of it");
	err_is(w, "split-window -t one", "create pane failed: fork failed\n");
	world_free(w);
}

static void
test_windows(void)
{
	struct world	*w = world_new();

	world_cmd(w, "new-session -d -s s -n first");
	did_is(w, "new-window -n second -c /etc top",
	    "spawn %1 top in /etc as %1;");
	out_is(w, "list-windows -F '#{window_index}#{window_name}"
	    "#{?window_active,*,}'", "0first\n1second*\n");
	err_is(w, "new-window -t 0",
	    "create window failed: index 0 in use\n");
	out_is(w, "new-window -dP -t 5", "s:5.0\n");
	out_is(w, "new-window -adP -t first", "s:1.0\n");
	out_is(w, "lsw -F '#I'", "0\n1\n2\n5\n");
	out_is(w, "new-window -kdP -t 5", "s:5.0\n");
	out_is(w, "new-window -S -n first ; display-message -p '#I'", "0\n");
	err_is(w, "select-window -t 9", "can't find window: 9\n");
	err_is(w, "select-window -t s:9", "can't find window: 9\n");
	err_is(w, "select-window -t @44", "can't find window: @44\n");
	out_is(w, "select-window -t second ; display -p '#I'", "2\n");
	out_is(w, "next-window ; display -p '#I'", "5\n");
	out_is(w, "next-window ; display -p '#I'", "0\n");
	out_is(w, "last-window ; display -p '#I'", "5\n");
	out_is(w, "previous-window ; display -p '#I'", "2\n");
	out_is(w, "select-window -t '{end}' ; display -p '#I'", "5\n");
	out_is(w, "select-window -t ^ ; display -p '#I'", "0\n");
	err_is(w, "next-window -a", "no next window\n");
	out_is(w, "rename-window -t 5 five ; lsw -F '#W' -f '#{==:#I,5}'",
	    "five\n");
	err_is(w, "move-window -s 0 -t 1", "index in use: 1\n");
	err_is(w, "move-window -s 0 -t 0", "same index: 0\n");
	out_is(w, "move-window -s 5 -t 7 ; lsw -F '#I#W' -f '#{==:#I,7}'",
	    "7five\n");
	out_is(w, "move-window -r ; lsw -F '#I'", "0\n1\n2\n3\n");
	out_is(w, "swap-window -s 0 -t 3 ; lsw -F '#W' -f '#{==:#I,0}'",
	    "five\n");
	err_is(w, "swap-window -t 9", "can't find window: 9\n");
	err_is(w, "unlink-window -t 1",
	    "window only linked to one session\n");
	world_cmd(w, "new -d -s other");
	out_is(w, "link-window -d -s s:0 -t other:4 ; "
	    "lsw -t other -F '#I#W' -f '#{==:#I,4}'", "4five\n");
	out_is(w, "unlink-window -t other:4 ; lsw -t other -F '#I'", "0\n");
	out_is(w, "kill-window -t s:1 ; lsw -t s -F '#I'", "0\n2\n3\n");
	out_is(w, "set -g renumber-windows on ; kill-window -t s:2 ; "
	    "lsw -t s -F '#I'", "0\n1\n");
	out_is(w, "kill-window -a -t s:1 ; lsw -t s -F '#I'", "0\n");
	out_is(w, "kill-window -t s:0 ; ls -F '#S'", "other\n");
	err_is(w, "resize-window -t other: -x 99999", "width too large\n");
	out_is(w, "resize-window -t other: -x 60 -y 20 ; "
	    "lsw -t other -F '#{window_width}x#{window_height}'", "60x20\n");
	world_cmd(w, "new-window -t other -k -t 0");
	is_str(w->err, "", "the only window may be replaced");
	out_is(w, "lsw -t other -F '#I'", "0\n");
	err_is(w, "respawn-window -t other:0",
	    "respawn window failed: window other:0 still active\n");
	world_cmd(w, "respawn-window -k -t other:0 sh");
	ok(strstr(w->did, "respawn %") != NULL, "a window is started again");
	world_free(w);
}

static void
test_panes(void)
{
	struct world	*w = world_new();
	char		*layout;

	world_cmd(w, "new-session -d -s s -x 80 -y 24");
	did_is(w, "split-window -h -c /usr top", "spawn %1 top in /usr as %1;");
	out_is(w, "split-window -vPdF '#D' -l 5", "%2\n");
	out_is(w, "list-panes -F '#P #D #{pane_width}x#{pane_height}"
	    "#{?pane_active,*,}'", "0 %0 40x24\n1 %1 39x18*\n2 %2 39x5\n");
	err_is(w, "select-pane -t %99", "can't find pane: %99\n");
	err_is(w, "select-pane -t s:0.4", "can't find pane: 4\n");
	err_is(w, "select-pane -t nope", "can't find pane: nope\n");
	out_is(w, "select-pane -L ; display -p '#P'", "0\n");
	out_is(w, "select-pane -R ; display -p '#P'", "1\n");
	out_is(w, "select-pane -t +1 ; display -p '#P'", "2\n");
	out_is(w, "select-pane -t .+ ; display -p '#P'", "0\n");
	out_is(w, "last-pane ; display -p '#P'", "2\n");
	out_is(w, "select-pane -t '{top-left}' ; display -p '#P'", "0\n");
	out_is(w, "select-pane -t ! ; display -p '#P'", "2\n");
	out_is(w, "select-pane -T 'my title' ; display -p '#T'", "my title\n");
	out_is(w, "select-pane -m -t 1 ; display -p -t '{marked}' '#D'",
	    "%1\n");
	out_is(w, "select-pane -M", "");
	err_is(w, "select-pane -t '~'",
	    "no marked target\n");
	out_is(w, "resize-pane -Z -t 1 ; display -p '#{window_zoomed_flag}'",
	    "1\n");
	out_is(w, "resize-pane -Z ; display -p '#{window_zoomed_flag}'", "0\n");
	out_is(w, "resize-pane -t 0 -x 20 ; display -p -t 0 '#{pane_width}'",
	    "20\n");
	out_is(w, "resize-pane -t 0 -R 5 ; display -p -t 0 '#{pane_width}'",
	    "25\n");
	out_is(w, "resize-pane -t 0 -L 5 ; display -p -t 0 '#{pane_width}'",
	    "20\n");
	err_is(w, "resize-pane -L x", "adjustment invalid\n");
	out_is(w, "swap-pane -s 0 -t 1 ; lsp -F '#D'", "%1\n%0\n%2\n");
	err_is(w, "swap-pane -t 7", "can't find pane: 7\n");
	out_is(w, "rotate-window ; lsp -F '#D'", "%0\n%2\n%1\n");
	out_is(w, "rotate-window -D ; lsp -F '#D'", "%1\n%0\n%2\n");
	err_is(w, "select-layout foo", "invalid layout: foo\n");
	world_cmd(w, "display -p '#{window_layout}'");
	layout = xstrdup(w->out);
	layout[strcspn(layout, "\n")] = '\0';
	world_cmd(w, "select-layout tiled");
	is_str(w->err, "", "a named layout");
	world_cmd(w, "select-layout -o ; display -p '#{window_layout}'");
	ok(strncmp(w->out, layout, strlen(layout)) == 0, "and back");
	free(layout);
	err_is(w, "join-pane -s 0 -t 0",
	    "source and target panes must be different\n");
	out_is(w, "break-pane -dP -s 2 -n broke", "s:1.0\n");
	out_is(w, "lsw -F '#I #{window_panes}'", "0 2\n1 1\n");
	out_is(w, "join-pane -h -s s:1.0 -t s:0.0 ; lsw -F "
	    "'#I #{window_panes}'", "0 3\n");
	err_is(w, "split-window -p 200", "size too large\n");
	err_is(w, "respawn-pane -t 0",
	    "respawn pane failed: pane s:0.0 still active\n");
	did_is(w, "respawn-pane -k -t %1 vi",
	    "kill %1;respawn %1 vi in /usr as %1;");
	out_is(w, "kill-pane -t %1 ; lsp -F '#D'", "%2\n%0\n");
	out_is(w, "kill-pane -a -t %0 ; lsp -F '#D'", "%0\n");
	world_cmd(w, "lsp");
	ok(strncmp(w->out, "0: [80x24] [history 0/2000, ", 28) == 0 &&
	    strstr(w->out, " bytes] %0 (active)\n") != NULL,
	    "list-panes prints what it always did");
	world_cmd(w, "kill-pane ; display-message -p x");
	ok(TAILQ_EMPTY(&w->m->sessions), "the last pane takes all with it");
	world_free(w);
}

static void
test_options(void)
{
	struct world	*w = world_new();

	world_cmd(w, "new-session -d -s s");
	err_is(w, "set foo bar", "invalid option: foo\n");
	err_is(w, "set -g statu bar", "ambiguous option: statu\n");
	err_is(w, "set -g status xx", "unknown value: xx\n");
	out_is(w, "set -gq foo bar", "");
	err_is(w, "show -g foo", "invalid option: foo\n");
	out_is(w, "show -gq foo", "");
	out_is(w, "set -g status-left '[#S] ' ; show -g status-left",
	    "status-left \"[#S] \"\n");
	out_is(w, "show -gv status-left", "[#S] \n");
	out_is(w, "show status-left", "");
	out_is(w, "show -A status-left", "status-left* \"[#S] \"\n");
	out_is(w, "set status-left x ; show status-left", "status-left x\n");
	out_is(w, "set -u status-left ; show status-left", "");
	err_is(w, "set -g status-left", "empty value\n");
	err_is(w, "set -g @x", "empty value\n");
	out_is(w, "set -g @x 'a b' ; set -ga @x c ; show -g @x",
	    "@x \"a bc\"\n");
	err_is(w, "set -go @x y", "already set: @x\n");
	out_is(w, "set -goq @x y ; show -gv @x", "a bc\n");
	out_is(w, "set -gF @y '#S!' ; show -gv @y", "s!\n");
	out_is(w, "set -gu @x ; show -gqv @x", "");
	err_is(w, "show -g @x", "invalid option: @x\n");
	out_is(w, "set -g mode-keys vi ; show -gw mode-keys ; show -g mode-keys",
	    "mode-keys vi\nmode-keys vi\n");
	out_is(w, "setw -g mode-keys emacs ; show -gwv mode-keys", "emacs\n");
	err_is(w, "set -t nope status on", "no such session: nope\n");
	err_is(w, "setw -t nope mode-keys vi", "no such window: nope\n");
	err_is(w, "set -g history-limit -1", "value is too small: -1\n");
	err_is(w, "set -g history-limit x", "value is invalid: x\n");
	err_is(w, "set -g prefix nokey", "bad key: nokey\n");
	err_is(w, "set -g status-style fg=zork", "invalid style: fg=zork\n");
	err_is(w, "set -g 'status[1]' b", "not an array: status[1]\n");
	out_is(w, "set -g 'user-keys[0]' xx ; set -ga user-keys yy ; "
	    "show -s user-keys", "user-keys[0] xx\nuser-keys[1] yy\n");
	out_is(w, "show -v 'user-keys[1]'", "yy\n");
	out_is(w, "set -g @q { display 'a b' ; display c } ; show -gv @q",
	    "display-message \"a b\" ; display-message c\n");
	out_is(w, "set -g status off ; set -g status ; show -gv status",
	    "on\n");
	out_is(w, "showw -g -v mode-keys", "emacs\n");

	out_is(w, "setenv A b ; showenv A", "A=b\n");
	out_is(w, "showenv -s A", "A=\"b\"; export A;\n");
	out_is(w, "setenv -r A ; showenv A ; showenv -s A", "-A\nunset A;\n");
	err_is(w, "setenv -u A ; showenv A", "unknown variable: A\n");
	err_is(w, "setenv A", "no value specified\n");
	err_is(w, "setenv A=b c", "variable name contains =\n");
	err_is(w, "setenv '' c", "empty variable name\n");
	out_is(w, "setenv -gh H h ; showenv -g H ; showenv -gh H", "H=h\n");
	world_free(w);
}

static void
test_keys(void)
{
	struct world	*w = world_new();
	struct key_table *kt;
	struct key_binding *bd;

	world_cmd(w, "new-session -d -s s");
	err_is(w, "bind-key nokey foo", "unknown key: nokey\n");
	err_is(w, "bind-key x foo", "unknown command: foo\n");
	err_is(w, "unbind-key", "missing key\n");
	err_is(w, "unbind-key -T foo x", "table foo doesn't exist\n");
	err_is(w, "list-keys -T foo", "table foo doesn't exist\n");
	out_is(w, "bind -T t x display 'a b' \\; display c ; lsk -T t",
	    "bind-key -T t x display-message \"a b\" \\; display-message c\n");
	out_is(w, "bind -T t x { display 'a b'\n display c } ; lsk -T t",
	    "bind-key -T t x display-message \"a b\" \\;\\; "
	    "display-message c\n");
	out_is(w, "bind -rT t F5 next-window ; lsk -T t",
	    "bind-key    -T t x  display-message \"a b\" \\;\\; "
	    "display-message c\n"
	    "bind-key -r -T t F5 next-window\n");
	out_is(w, "bind -T t x 'display a ; display b' ; lsk -T t x",
	    "bind-key -T t x display-message a \\; display-message b\n");
	out_is(w, "bind -T t x if -F 1 { display a } { display \"b\" } ; "
	    "lsk -T t x", "bind-key -T t x if-shell -F 1 "
	    "{ display-message a } { display-message b }\n");
	out_is(w, "bind -T n -N 'my note' F5 display ; lsk -N -T n",
	    "F5 my note\n");
	out_is(w, "unbind -T t F5 ; lsk -T t -F '#{key_string}'", "x\n");
	err_is(w, "unbind -a -T t ; lsk -T t", "table t doesn't exist\n");
	err_is(w, "lsk -T prefix F7", "unknown key: F7\n");

	/* A binding runs. */
	world_attach(w, "s");
	world_cmd(w, "bind -T t y display -p '#S' \\; display -p '#{hook}'");
	kt = key_table_get(w->m->keys, "t", false);
	bd = key_table_find(kt, 'y');
	ok(bd != NULL, "the binding is there");
	world_clear(w);
	cmdq_binding(w->q, bd, w->att, NULL, NULL);
	world_run(w);
	is_str(w->out, "s\n\n", "and runs");
	w->att->flags |= CLIENT_READONLY;
	world_clear(w);
	cmdq_binding(w->q, bd, w->att, NULL, NULL);
	world_run(w);
	is_str(w->err, "client is read-only\n", "but not for everyone");
	world_free(w);
}

static void
test_buffers(void)
{
	struct world	*w = world_new();

	world_cmd(w, "new-session -d -s s");
	err_is(w, "show-buffer", "no buffers\n");
	err_is(w, "delete-buffer", "no buffer\n");
	err_is(w, "paste-buffer -b x", "no buffer x\n");
	err_is(w, "save-buffer /x", "no buffers\n");
	err_is(w, "load-buffer /nonexist",
	    "/nonexist: No such file or directory\n");
	out_is(w, "set-buffer 'one\ntwo' ; show-buffer", "one\ntwo");
	out_is(w, "list-buffers -F '#{buffer_name} #{buffer_size}'",
	    "buffer0 7\n");
	did_is(w, "paste-buffer", "write %0 one\\rtwo;");
	did_is(w, "paste-buffer -r", "write %0 one\\ntwo;");
	did_is(w, "paste-buffer -s x", "write %0 onextwo;");
	world_cmd(w, "set-buffer -b n abc ; set-buffer -a -b n def");
	out_is(w, "show-buffer -b n", "abcdef");
	out_is(w, "set-buffer -b n -n m ; show-buffer -b m", "abcdef");
	did_is(w, "save-buffer -b m /f", "write /f abcdef;");
	world_file(w, "/in", "loaded");
	out_is(w, "load-buffer -b l /in ; show-buffer -b l", "loaded");
	out_is(w, "delete-buffer -b l ; lsb -F '#{buffer_name}'",
	    "m\nbuffer0\n");
	/* A paste cannot end its own bracket. */
	emu_feed(model_pane(w->m, 0)->emu, (const uint8_t *)"\033[?2004h", 8);
	world_cmd(w, "set-buffer -b e \"a\\033[201~b\"");
	did_is(w, "paste-buffer -p -b e",
	    "write %0 \\033[200~a^[[201~b\\033[201~;");
	world_free(w);
}

static void
test_flow(void)
{
	struct world	*w = world_new();
	const char	*paths[] = { "/c1", "/c2", "/c3" };

	world_cmd(w, "new-session -d -s s");
	/* Errors end their line, not the next. */
	run_is(w, "display -p a\nset -g nope x\n"
	    "display -p b ; set -g nope y ; display -p c\ndisplay -p d\n",
	    "a\nb\nd\n", "invalid option: nope\ninvalid option: nope\n");
	out_is(w, "if -F 1 { display -p x\ndisplay -p y } { display -p z }",
	    "x\ny\n");
	run_is(w, "if -F 1 { set -g nope x ; display -p y } ; display -p q",
	    "q\n", "invalid option: nope\n");
	out_is(w, "if -F 0 'display -p a ; foo' 'display -p q'", "q\n");
	run_is(w, "if -F 1 'display -p a ; foo' ; display -p r", "",
	    "unknown command: foo\n");
	out_is(w, "if -F '#{==:#S,s}' { display -p yes }", "yes\n");
	out_is(w, "run-shell -C 'display -p x'", "x\n");

	/* Jobs hold up what comes behind. */
	world_cmd(w, "if-shell 'true #S' { display -p yes } { display -p no } "
	    "; display -p after");
	is_str(w->did, "job true s in /tmp;", "a job is started");
	is_str(w->out, "", "what is behind waits");
	w->job.done(w->job.done_arg, 0, "", 0);
	world_run(w);
	is_str(w->out, "yes\nafter\n", "and goes on when it is done");
	world_cmd(w, "if-shell -b false { display -p yes } { display -p no } "
	    "; display -p after");
	is_str(w->out, "after\n", "-b does not wait");
	w->job.done(w->job.done_arg, 256, "", 0);
	world_run(w);
	is_str(w->out, "after\nno\n", "the other branch comes later");
	world_cmd(w, "run-shell 'exit 3'");
	w->job.done(w->job.done_arg, 3 << 8, "a\nb", 3);
	world_run(w);
	is_str(w->out, "a\nb\n'exit 3' returned 3\n", "output of a job");
	is_int(w->status, 3, "its status is the client's");
	world_cmd(w, "run-shell -d 0.5 ; display -p later");
	is_str(w->did, "timer 500000;", "a delay");
	w->timer(w->timer_arg);
	world_run(w);
	is_str(w->out, "later\n", "is over");
	err_is(w, "run-shell -d x", "invalid delay time: x\n");

	/* The client goes while its job runs. */
	world_cmd(w, "run-shell 'sleep 1' ; display -p never");
	cmdq_client_gone(w->q, w->cli);
	w->job.done(w->job.done_arg, 0, "x\n", 2);
	world_run(w);
	ok(strstr(w->out, "never") == NULL, "what waited is gone with it");

	/* Files. */
	world_file(w, "/ok", "display -p one\nif -F 1 { display -p two }\n"
	    "X=3\n");
	world_file(w, "/bad", "display -p one\n\nfoo\n");
	out_is(w, "source-file /ok ; display -p end", "one\ntwo\nend\n");
	err_is(w, "source-file /bad", "/bad:3: unknown command: foo\n");
	run_is(w, "source /nonexist ; display -p r", "",
	    "/nonexist: No such file or directory\n");
	out_is(w, "source -q /nonexist ; display -p r", "r\n");
	out_is(w, "source -n /ok", "");
	out_is(w, "source -nv /ok", "/ok:1: display-message -p one\n"
	    "/ok:2: if-shell -F 1 { display-message -p two }\n");
	world_file(w, "/self", "source /self\n");
	world_cmd(w, "source /self");
	is_str(w->err, "too many nested files\n", "files end some time");

	/* Channels. */
	err_is(w, "wait-for -U x", "channel x not locked\n");
	world_text(w, w->cli, "wait-for ch ; display -p through");
	is_str(w->out, "", "it waits");
	cmdq_append_text(w->q, NULL, "wait-for -S ch", NULL, NULL, 0);
	world_run(w);
	is_str(w->out, "through\n", "until it is signalled");
	out_is(w, "wait-for -S c2 ; wait-for c2 ; display -p on", "on\n");
	out_is(w, "wait-for -L l ; wait-for -U l ; display -p x", "x\n");

	/* Configuration. */
	w->nfiles = 0;
	world_file(w, "/c1", "set -g @a 1\nset -g nope 2\nset -g @b 2\n");
	world_file(w, "/c2", "set -g @c 3\nbroken {\n");
	world_file(w, "/c3", "%if '#{==:#{@a},1}'\nset -g @d 4\n%endif\n"
	    "run-shell wait\nset -g @e 5\n");
	world_clear(w);
	config_load(w->q, paths, 3, false, w->cli);
	cmdq_append_text(w->q, w->cli, "display -p '#{@e}'", NULL, NULL, 0);
	world_run(w);
	is_str(w->out, "", "the first client waits for the configuration");
	ok(config_loading(w->q), "which is still being read");
	w->job.done(w->job.done_arg, 0, "", 0);
	world_run(w);
	is_str(w->out, "5\n", "and then goes on");
	is_str(w->err, "/c1:2: invalid option: nope\n"
	    "/c2:2: syntax error: unclosed {\n", "errors have their place");
	out_is(w, "show -g @b ; show -gq @c ; show -g @d", "@b 2\n@d 4\n");
	world_free(w);
}

static void
test_hooks(void)
{
	struct world	*w = world_new();

	world_cmd(w, "new-session -d -s s");
	out_is(w, "set-hook -g after-kill-pane 'display foo ; display bar' ; "
	    "show-hooks -g after-kill-pane",
	    "after-kill-pane[0] display-message foo ; display-message bar\n");
	out_is(w, "set-hook -ga after-kill-pane 'display x' ; "
	    "show-hooks -g after-kill-pane",
	    "after-kill-pane[0] display-message foo ; display-message bar\n"
	    "after-kill-pane[1] display-message x\n");
	err_is(w, "set-hook -g after-kill-pane 'fooo bar'",
	    "unknown command: fooo\n");
	world_cmd(w, "set-hook -g after-new-window "
	    "'set -gF @last \"#{hook} #{window_name} #{hook_flag_n}\"'");
	out_is(w, "new-window -n w1 ; show -gv @last",
	    "after-new-window w1 w1\n");
	world_cmd(w, "set-hook -g window-renamed "
	    "'set -gF @r \"#{hook_window_name}\" ; rename-window again'");
	world_cmd(w, "rename-window -t :1 once");
	out_is(w, "show -gv @r", "once\n");
	world_cmd(w, "set-hook -gu window-renamed");
	world_cmd(w, "set-hook -g alert-bell 'set -g @bell yes' ; "
	    "set-hook -R alert-bell");
	out_is(w, "show -gv @bell", "yes\n");
	world_cmd(w, "set-hook -g after-kill-window 'set -g @k 1' ; "
	    "set-hook -g after-select-window 'select-window -t :0'");
	world_cmd(w, "select-window -t :1");
	is_str(w->err, "", "a hook's own commands fire no hooks");
	world_free(w);
}

static void
test_clients(void)
{
	struct world	*w = world_new();
	struct session	*b;
	struct cmd_prompt first;

	world_cmd(w, "new-session -d -s a ; new-session -d -s b");
	world_attach(w, "a");
	ok(w->att->session != NULL && strcmp(w->att->session->name, "a") == 0,
	    "a client is attached");
	out_is(w, "list-clients -F '#{client_name} #{client_session}'",
	    "att a\n");
	world_cmd(w, "switch-client -t b");
	b = session_find(w->m, "b");
	ok(w->att->session == b, "it is switched");
	world_cmd(w, "switch-client -l");
	ok(w->att->session != b, "and back");
	world_cmd(w, "switch-client -n");
	ok(w->att->session == b, "to the next");
	err_is(w, "switch-client -T nope", "table nope doesn't exist\n");
	did_is(w, "display-message hi", "message hi -1;");
	did_is(w, "display-message -d 100 '#S'", "message b 100;");
	did_is(w, "refresh-client -S", "refresh att status;");
	did_is(w, "detach-client -E 'exec vi'", "detach att 2 exec vi;");
	did_is(w, "detach-client -P", "detach att 1 ;");
	err_is(w, "detach-client -t nope", "can't find client: nope\n");
	err_is(w, "refresh-client -C 10x10", "not a control client\n");
	did_is(w, "choose-tree -Zs", "mode tree-mode %1;");
	did_is(w, "find-window -N x",
	    "mode tree-mode %1 #{m:*x*,#{window_name}};");
	did_is(w, "pipe-pane -o 'cat >#S'", "pipe %1 cat >b 01;");
	err_is(w, "send-keys -N 0 a", "repeat count too small\n");
	did_is(w, "send-keys -t b 'ls x' Enter C-c",
	    "key %1 l;key %1 s;key %1 Space;key %1 x;key %1 Enter;key %1 C-c;");
	did_is(w, "send-keys -l Enter", "key %1 E;key %1 n;key %1 t;key %1 e;"
	    "key %1 r;");
	did_is(w, "send-keys -H 41 0a", "write %1 A;write %1 \\n;");
	did_is(w, "send-prefix", "key %1 C-b;");
	err_is(w, "send-keys -X cancel", "not in a mode\n");
	did_is(w, "capture-pane -b c", "");
	did_is(w, "display-menu -T t -x 3 -y 10 one a { display x } '' "
	    "two b 'display y' '#{?0,gone,}' c ''",
	    "menu t at 3,5 11x5 [one] [] [two];");
	cmdq_continue(w->q, w->waits);
	err_is(w, "display-menu a b", "not enough arguments\n");
	did_is(w, "display-popup -E -w 50% -h 10 -x 0 -y 10 -d /etc top",
	    "popup  at 0,0 40x10 top in /etc flags 1;");
	cmdq_continue(w->q, w->waits);

	/* Prompts. */
	world_text(w, w->att, "command-prompt -p 'a,b' -I 'x' "
	    "{ set -g @p \"%1-%2\" } ; display -p after");
	is_str(w->did, "prompt [a ] [x];", "the first question");
	first = w->prompt;
	w->prompt.input(w->prompt.arg, "one", true);
	first.free(first.arg);
	is_str(w->did, "prompt [a ] [x];prompt [b ] [];", "and the next");
	w->prompt.input(w->prompt.arg, "two", true);
	w->prompt.free(w->prompt.arg);
	world_run(w);
	is_str(w->out, "after\n", "what was behind goes on");
	out_is(w, "show -gv @p", "one-two\n");
	world_text(w, w->att, "confirm-before -p 'sure?' { set -g @c yes }");
	is_str(w->did, "prompt [sure? ] [];", "a question");
	w->prompt.input(w->prompt.arg, "y", true);
	w->prompt.free(w->prompt.arg);
	world_run(w);
	out_is(w, "show -gv @c", "yes\n");
	world_free(w);
}

static void
test_control(void)
{
	struct world	*w = world_new();
	struct client	*c;

	world_cmd(w, "new-session -d -s s");
	c = world_client(w, "ctl", "");
	c->flags |= CLIENT_CONTROL;
	client_set_session(c, session_find(w->m, "s"));
	world_clear(w);
	cmdq_append_text(w->q, c, "display -p a ; set nope x ; display -p b",
	    NULL, NULL, CMDQ_CONTROL);
	world_run(w);
	ok(strncmp(w->out, "%begin ", 7) == 0 &&
	    strstr(w->out, "\na\n%end ") != NULL &&
	    strstr(w->out, "%error ") != NULL &&
	    strstr(w->out, "\nb\n") == NULL,
	    "each command has its block, up to the first error");
	world_clear(w);
	cmdq_append_text(w->q, c, "nope", NULL, NULL, CMDQ_CONTROL);
	world_run(w);
	is_str(w->err, "parse error: unknown command: nope\n",
	    "a parse error is told as such");
	world_free(w);
}

static void
test_reap(void)
{
	struct world	*w = world_new();
	struct target_id id;
	struct target	 tg;

	/* A queued command may find everything gone. */
	world_cmd(w, "new-session -d -s one ; new-session -d -s two");
	target_from_session(&tg, session_find(w->m, "one"));
	id = target_save(&tg);
	ok(target_load(w->m, &id, &tg), "a saved target is found again");
	world_cmd(w, "kill-session -t one ; kill-pane -t one ; display -p '#S'");
	is_str(w->err, "can't find pane: one\n", "a dead session is not found");
	ok(!target_load(w->m, &id, &tg), "and not by its ids");
	world_cmd(w, "set-hook -g after-kill-pane 'display -p \"now #S\"' ; "
	    "kill-pane -t two");
	is_str(w->err, "", "a hook after the end of its target does no harm");
	world_free(w);
}

int
main(void)
{
	test_empty();
	test_sessions();
	test_windows();
	test_panes();
	test_options();
	test_keys();
	test_buffers();
	test_flow();
	test_hooks();
	test_clients();
	test_control();
	test_reap();
	return (done_testing());
}
