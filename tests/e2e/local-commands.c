/* SPDX-License-Identifier: ISC */

/*
 * Commands as scripts use them: no terminal, only exit status and output.
 */

#include <unistd.h>

#include "e2e/lib-rmux.h"

static void
sends(void)
{
	char	*range;

	ok(mux_good("send-keys 'echo one  two; seq 1 2' Enter"), "send-keys types");
	ok(mux_until_has("\none two\n", "capture-pane -p"),
	    "capture-pane prints the screen");
	mux("send-keys -l 'echo Enter'");
	ok(mux_until_has("$ echo Enter", "capture-pane -p"),
	    "send-keys -l takes names of keys literally");
	mux("send-keys C-u");
	mux("send-keys 'cat -v' Enter");
	mux("send-keys M-a C-x Up F5 Enter");
	ok(mux_until_has("^[a^X^[[A^[[15~", "capture-pane -p"),
	    "keys by name are sent as the terminal would");
	mux("send-keys -H 41 42 43");
	mux("send-keys -N 3 z");
	mux("send-keys Enter");
	ok(mux_until_has("ABCzzz", "capture-pane -p"),
	    "keys by code, and several times");
	mux("send-keys C-c");
	mux("send-keys 'clear; seq 1 100' Enter");
	ok(mux_until_has("\n100\n$", "capture-pane -p"), "lines scroll away");
	ok(strstr(mux("capture-pane -p -S -"), "1\n2\n3\n4\n") != NULL,
	    "capture-pane -S - prints history too");
	range = strdup(mux("capture-pane -p -S -3 -E -1"));
	is_str(range, shell("%s -S %s capture-pane -p -S - | tail -n 27 | "
	    "head -n 3", mux_program(), mux_socket()),
	    "a range of lines can be taken");
	free(range);
	mux("send-keys \"clear; printf '\\\\033[31mred\\\\033[0m plain\\\\n'\" "
	    "Enter");
	ok(mux_until_has("red plain\n$", "capture-pane -p"), "a coloured word");
	ok(strstr(mux("capture-pane -p -e"), "\033[31mred\033[39m plain") !=
	    NULL || strstr(mux("capture-pane -p -e"),
	    "\033[31mred\033[0m plain") != NULL,
	    "capture-pane -e keeps the colours");
	mux("capture-pane -b cap");
	ok(strstr(mux("show-buffer -b cap"), "red plain") != NULL,
	    "capture-pane -b makes a buffer");
}

static void
formats(void)
{
	static const struct {
		const char	*format, *want, *name;
	} all[] = {
		{ "#{session_name}:#{window_index}.#{pane_index}", "main:0.0",
		    "variables" },
		{ "#S #I #P #W", "main 0 0 first", "their short forms" },
		{ "#{?#{==:#{session_name},main},yes,no}", "yes",
		    "a condition" },
		{ "#{s/a/b/:session_name}", "mbin", "a substitution" },
		{ "#{=3:window_name}", "fir", "a cut" },
		{ "#{=/3/...:window_name}", "fir...", "a cut with a mark" },
		{ "#{e|+:3,4}", "7", "a sum" },
		{ "#{e|/|f|2:7,2}", "3.50", "a division" },
		{ "#{&&:1,0}#{||:1,0}", "01", "and, or" },
		{ "#{m:m*n,main}", "1", "a pattern" },
		{ "#{l:#{x}}", "#{x}", "a literal" },
		{ "#{E:status-left}", "[main] ", "an option expanded" },
		{ "#{W:#{window_name} }", "first ", "a loop over windows" },
		{ "#{p10:session_name}|", "main      |", "padding" },
		{ "#{n:window_name}", "5", "a length" },
		{ "##", "#", "a hash" },
		{ "#{no_such_thing}", "", "an unknown variable is empty" },
		{ "#{pane_width}x#{pane_height}", "80x24", "numbers" },
	};
	size_t	i;

	for (i = 0; i < sizeof all / sizeof all[0]; i++) {
		if (all[i].want == NULL)
			continue;
		is_str(mux("display-message -p '%s'", all[i].format),
		    all[i].want, "format %s: %s", all[i].format, all[i].name);
	}
}

static void
shells(void)
{
	if (mux_is_rmux())
		is_str(mux("run-shell 'echo output of a shell'"),
		    "output of a shell",
		    "run-shell prints what its command does");
	ok(mux_good("run-shell -b 'touch %s'", mux_file("touched")),
	    "run-shell -b does not wait");
	ok(mux_file_wait("touched"), "its command is run");
	mux("if-shell true 'set-option -g @if yes' 'set-option -g @if no'");
	is_str(mux("show-options -gv @if"), "yes", "if-shell: the first, if true");
	mux("if-shell false 'set-option -g @if yes' 'set-option -g @if no'");
	is_str(mux("show-options -gv @if"), "no", "the second, if not");
	mux("if-shell -F '#{==:#{session_name},main}' "
	    "'set-option -g @if format'");
	is_str(mux("show-options -gv @if"), "format", "if-shell -F: a format");
	is_str(mux("display-message -p a \\; display-message -p b"), "a\nb",
	    "commands are parted by a semicolon");
	mux("display-message -p a \\; no-such-thing \\; display-message -p b");
	ok(mux_status() == 1, "one that fails makes all fail");
	is_str(shell("printf 'set -g @x 5\\nset -g @y \"#{@x}\"\\n%%%%if 1\\n"
	    "set -g @z 6\\n%%%%endif\\n' | %s -S %s source-file - && "
	    "%s -S %s show-options -gv @z", mux_program(), mux_socket(),
	    mux_program(), mux_socket()), "6",
	    "source-file reads standard input, with conditions");
	ok(mux_good("wait-for -S ch"), "wait-for -S wakes a channel");
	ok(mux_good("wait-for ch"), "wait-for of a woken channel goes on");
	ok(mux_good("pipe-pane 'cat >>%s'", mux_file("piped")),
	    "pipe-pane pipes");
	mux("send-keys 'echo into the pipe' Enter");
	{
		struct until u = until();
		while (strstr(mux_read_file("piped"), "\r\ninto the pipe") ==
		    NULL && until_more(&u))
			;
	}
	ok(strstr(mux_read_file("piped"), "into the pipe") != NULL,
	    "the file has what the pane printed");
	mux("pipe-pane");
}

static void
options(void)
{
	ok(mux_good("set-option -g status-left-length 33"), "set-option sets");
	is_str(mux("show-options -gv status-left-length"), "33",
	    "show-options -v shows the value");
	is_str(mux("show-options -g status-left-length"),
	    "status-left-length 33", "and the name without it");
	ok(mux_good("set-option -gu status-left-length"), "-u unsets");
	is_str(mux("show-options -gv status-left-length"), "10",
	    "then it has its default");
	ok(mux_good("set-option -ga status-right ' more'"), "-a appends");
	ok(strstr(mux("show-options -gv status-right"), " more") != NULL,
	    "it is appended");
	mux("set-option -g status maybe");
	ok(mux_status() == 1 && strstr(mux_err(), "maybe") != NULL,
	    "a value that is none of the choices is refused");
	mux("set-option -g history-limit many");
	ok(mux_status() == 1, "a number must be one");
	mux("set-option -g base-index -1");
	ok(mux_status() == 1, "and within its range");
	ok(mux_good("set-environment -g FOO bar"), "set-environment sets");
	is_str(mux("show-environment -g FOO"), "FOO=bar", "it is shown");
	mux("new-window -d -n env 'echo $FOO >%s; exec cat'", mux_file("env"));
	ok(mux_file_wait("env"), "a new window runs");
	{
		struct until u = until();
		while (*mux_read_file("env") == '\0' && until_more(&u))
			;
	}
	is_str(mux_read_file("env"), "bar\n", "and has it in its environment");
	mux("kill-window -t env");
	mux("new-window -d -e ONLY=here -n env 'echo $ONLY >%s; exec cat'",
	    mux_file("env2"));
	mux_file_wait("env2");
	{
		struct until u = until();
		while (*mux_read_file("env2") == '\0' && until_more(&u))
			;
	}
	is_str(mux_read_file("env2"), "here\n", "-e gives a variable to one");
	mux("new-window -d -n where -c / 'pwd >%s; echo $TERM >>%s; tty "
	    "</dev/tty >>%s; exec cat'", mux_file("where"), mux_file("where"),
	    mux_file("where"));
	mux_file_wait("where");
	{
		struct until u = until();
		while (strstr(mux_read_file("where"), "/dev/") == NULL &&
		    until_more(&u))
			;
	}
	ok(strncmp(mux_read_file("where"), "/\n", 2) == 0,
	    "-c starts in a directory");
	ok(strstr(mux_read_file("where"), "screen") != NULL ||
	    strstr(mux_read_file("where"), "tmux-256color") != NULL,
	    "TERM is one that fits");
	ok(mux_good("set-hook -g after-new-window 'set-option -g @hooked yes'"),
	    "a hook is set");
	mux("new-window -d 'exec cat'");
	ok(mux_until("yes", "show-options -gv @hooked"), "it runs");
}

int
main(void)
{
	mux_init();
	ok(mux_good("new-session -d -s main -n first -x 80 -y 24"),
	    "a session starts without a client");
	mux_server_pid();
	ok(mux_until_has("$", "capture-pane -p"), "its shell has a prompt");
	sends();
	formats();
	shells();
	options();
	return (mux_done());
}
