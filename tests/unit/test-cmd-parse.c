/* SPDX-License-Identifier: ISC */

/*
 * Command text, as configuration files have it: what it becomes in canonical
 * form, and what is refused with which words.  The facts are tmux's unless the
 * comment says otherwise.
 */

#include "test-cmd-util.h"

struct fact {
	const char	*text, *want, *name;
};

/* Canonical form: " ; " within a line, " ;; " between lines. */
static const struct fact good[] = {
	{ "", "", "nothing is nothing" },
	{ "\n\n  \n", "", "empty lines are nothing" },
	{ "# only a comment", "", "a comment is nothing" },
	{ "display a", "display-message a", "names are made whole" },
	{ "neww", "new-window", "an alias is a name" },
	{ "\"display\" -p \"x\"", "display-message -p x",
	    "a name may be quoted" },
	{ "\\display -p x", "display-message -p x", "a name may be escaped" },
	{ "display a ; display b", "display-message a ; display-message b",
	    "a semicolon separates" },
	{ "display a;display b", "display-message a ; display-message b",
	    "a semicolon needs no blanks" },
	{ "display a ;", "display-message a", "a last semicolon is nothing" },
	{ "display a\ndisplay b", "display-message a ;; display-message b",
	    "lines are groups" },
	{ "display a ;; display b", "display-message a ;; display-message b",
	    "two semicolons are as a new line" },
	{ "display a # b ; c\ndisplay d",
	    "display-message a ;; display-message d",
	    "a comment ends with its line" },
	{ "display a#b", "display-message \"a#b\"",
	    "a hash inside a word is none" },
	{ "bind x send-keys #{version}", "bind-key x send-keys",
	    "a hash begins a comment even with a brace" },
	{ "display a # b \\\n c\ndisplay d",
	    "display-message a ;; display-message d",
	    "a comment that is joined goes on" },
	{ "display a\\\nb", "display-message ab", "joined lines are one word" },
	{ "display \\\n  a", "display-message a", "joined lines, two words" },
	{ "dis\\\nplay a", "display-message a", "a name over two lines" },
	{ "display a\r\ndisplay b\r\n",
	    "display-message a ;; display-message b", "CR LF ends lines" },
	{ "display -p \\\r\n a", "display-message -p a", "CR LF joins lines" },
	{ "\xef\xbb\xbf" "display a", "display-message a",
	    "a byte order mark is skipped" },
	{ "display 'a b'", "display-message \"a b\"", "single quotes" },
	{ "display 'a\nb'", "display-message a\\nb", "a line inside quotes" },
	{ "display \"a\n   b\"", "display-message a\\nb",
	    "what indents the next line is not quoted" },
	{ "display 'a\\\nb'", "display-message ab",
	    "lines join in single quotes too" },
	{ "display 'a\\b'", "display-message a\\\\b",
	    "a backslash in single quotes is one" },
	{ "display \"unclosed\n", "display-message unclosed\\n",
	    "quotes left open end with the text" },
	{ "display a\"b\"c'd'e", "display-message abcde",
	    "quotes inside a word join" },
	{ "display ''", "display-message ''", "an empty word stays" },
	{ "display \"\"", "display-message ''", "an empty word, double" },
	{ "display a\\ b", "display-message \"a b\"", "an escaped blank" },
	{ "display a\\;b", "display-message \"a;b\"", "an escaped semicolon" },
	{ "display \\;", "display-message \\;", "a lone semicolon" },
	{ "display \"a\\tb\\n\\e\\s|\"", "display-message \"a\\tb\\n\\033 |\"",
	    "escapes in double quotes" },
	{ "display a\\tb", "display-message a\\tb", "escapes outside quotes" },
	{ "display \\101\\u00e9", "display-message A\xc3\xa9",
	    "octal and Unicode" },
	{ "display \\U0001f600", "display-message \xf0\x9f\x98\x80",
	    "Unicode beyond the plane" },
	{ "display \"\\q\"", "display-message q", "an unknown escape" },
	{ "display \"$HOME\"", "display-message /home/me", "a variable" },
	{ "display $HOME'x'${HOME}y", "display-message /home/mex/home/mey",
	    "variables inside a word" },
	{ "display $NOPE_z-", "display-message -",
	    "an unknown variable is nothing" },
	{ "display ${}", "display-message ''", "a variable without a name" },
	{ "display '$HOME'", "display-message \"\\$HOME\"",
	    "no variable in single quotes" },
	{ "display \\$HOME", "display-message \"\\$HOME\"",
	    "an escaped dollar" },
	{ "display $1", "display-message \"$1\"", "a dollar and a digit" },
	{ "display a$", "display-message \"a$\"", "a dollar at the end" },
	{ "display $-", "display-message \"$-\"", "a dollar before a dash" },
	{ "display ~/x", "display-message /home/me/x", "a tilde" },
	{ "display \"~/x\"", "display-message /home/me/x",
	    "a tilde in double quotes" },
	{ "display '~/x'", "display-message \\~/x",
	    "no tilde in single quotes" },
	{ "display ~you/x", "display-message /home/you/x",
	    "a tilde with a name" },
	{ "display a~b", "display-message a~b", "a tilde inside a word" },
	{ "display \\~", "display-message \\~", "an escaped tilde" },
	{ "display a{b", "display-message \"a{b\"", "a brace inside a word" },
	{ "display \\{", "display-message \\{", "an escaped brace" },
	{ "display %1", "display-message \"%1\"", "a percent and a digit" },
	{ "bind % split-window -h", "bind-key \\% split-window -h",
	    "a lone percent is a word" },
	{ "unbind %\r\nunbind x", "unbind-key \\% ;; unbind-key x",
	    "a lone percent before CR LF" },
	{ "display a%if", "display-message \"a%if\"",
	    "a directive inside a word is none" },
	{ "bind x { display a }", "bind-key x { display-message a }",
	    "braces are parsed at once" },
	{ "bind x {display a}", "bind-key x { display-message a }",
	    "braces need no blanks" },
	{ "bind x { display a\ndisplay b }",
	    "bind-key x { display-message a ;; display-message b }",
	    "lines in braces" },
	{ "bind x {\n# c\n display a\n\n}\n", "bind-key x { display-message a }",
	    "comments and empty lines in braces" },
	{ "bind x { }", "bind-key x {  }", "empty braces" },
	{ "bind x { if -F 1 { display a } { display b } }",
	    "bind-key x { if-shell -F 1 { display-message a } "
	    "{ display-message b } }", "braces in braces" },
	{ "if -F 1 {display a}{display b}",
	    "if-shell -F 1 { display-message a } { display-message b }",
	    "braces beside braces" },
	{ "if -F 1 {display a} b",
	    "if-shell -F 1 { display-message a } b",
	    "braces, then a word" },
	{ "set -g @x { display 'a b' ; display c }",
	    "set-option -g @x { display-message \"a b\" ; "
	    "display-message c }", "braces as a value" },
	{ "if -F 1 \"display a ; foo\"",
	    "if-shell -F 1 \"display a ; foo\"",
	    "command text in quotes is not looked at yet" },
	{ "FOO=bar", "", "an assignment is no command" },
	{ "FOO=bar ; display $FOO", "display-message bar",
	    "an assignment takes effect in its line" },
	{ "FOO=bar display x", "display-message x",
	    "an assignment before a command" },
	{ "B=\"b c\"\ndisplay $B", "display-message \"b c\"",
	    "an assignment with blanks" },
	{ "display FOO=x", "display-message FOO=x",
	    "not an assignment further on" },
	{ "%hidden H=1\ndisplay $H", "display-message 1", "hidden ones" },
	{ "%if 1\ndisplay a\n%endif", "display-message a", "a condition" },
	{ "%if 0\ndisplay a\n%endif", "", "a false condition" },
	{ "%if 0\ndisplay a\n%else\ndisplay b\n%endif\ndisplay c",
	    "display-message b ;; display-message c", "else" },
	{ "%if 1\ndisplay a\n%elif 1\ndisplay b\n%else\ndisplay c\n%endif",
	    "display-message a", "the first true branch only" },
	{ "%if 0\ndisplay a\n%elif 1\ndisplay b\n%else\ndisplay c\n%endif",
	    "display-message b", "elif" },
	{ "%if 0\n%if 1\ndisplay a\n%endif\n%else\ndisplay b\n%endif",
	    "display-message b", "a condition in one left out" },
	{ "%if 1\n%if 0\ndisplay a\n%else\ndisplay b\n%endif\n%endif",
	    "display-message b", "a condition in another" },
	{ "%if 1 display a %else display b %endif", "display-message a",
	    "a condition in one line" },
	{ "%if #{==:a,b} display a %else display b %endif",
	    "display-message b", "a format as condition" },
	{ "%if \"#{==:#{version},3.6}\"\ndisplay a\n%endif",
	    "display-message a", "a quoted format as condition" },
	{ "%if 0\nfoo bar\n%endif", "", "unknown commands left out" },
	{ "%if 0\nX=1\n%endif\ndisplay x$X", "display-message x",
	    "no assignment in a part left out" },
	{ "bind x {\n%if 1\ndisplay a\n%else\ndisplay b\n%endif\n}",
	    "bind-key x { display-message a }", "a condition in braces" },
	{ "%if 1\r\ndisplay a\r\n%endif\r\n", "display-message a",
	    "a condition with CR LF" },
	{ "splitp -h", "split-window -h", "an alias of command-alias" },
	{ "info", "show-messages -JT", "an alias with flags" },
	{ "choose-window -Z", "choose-tree -Zw",
	    "an alias takes further words" },
	{ "send-keys -X jump-to-backward -- \"%%\"",
	    "send-keys -X jump-to-backward -- \"%%\"",
	    "a double dash behind a word is a word" },
};

static const struct fact bad[] = {
	{ "foo", "t:1: unknown command: foo", "an unknown command" },
	{ "display a\n\nfoo x", "t:3: unknown command: foo",
	    "the line is told" },
	{ "dispaly-message", "t:1: unknown command: dispaly-message (did you "
	    "mean display-message?)", "the nearest name is told (ours)" },
	{ "li", "t:1: ambiguous command: li, could be: link-window, "
	    "list-buffers, list-clients, list-commands, list-keys, list-panes, "
	    "list-sessions, list-windows", "an ambiguous command" },
	{ "kill-pane -x", "t:1: command kill-pane: unknown flag -x",
	    "an unknown flag" },
	{ "kill-pane -t", "t:1: command kill-pane: -t expects an argument",
	    "a flag without its value" },
	{ "rename-window", "t:1: command rename-window: too few arguments "
	    "(need at least 1)", "too few arguments" },
	{ "rename-window a b", "t:1: command rename-window: too many arguments "
	    "(need at most 1)", "too many arguments" },
	{ "display { display a }", "t:1: command display-message: argument 1 "
	    "must be \"string\"", "braces where text is wanted" },
	{ "bind x { foo }", "t:1: unknown command: foo",
	    "unknown commands in braces" },
	{ "}", "t:1: syntax error", "a closing brace alone" },
	{ "unbind }", "t:1: syntax error", "a closing brace as word" },
	{ "bind x a}b", "t:1: syntax error", "a closing brace in a word" },
	{ "{ display a }", "t:1: syntax error", "an opening brace first" },
	{ "bind x {\ndisplay a\n", "t:1: syntax error: unclosed {",
	    "an unclosed brace is told where it opened (ours)" },
	{ "; display a", "t:1: syntax error", "a semicolon first" },
	{ "%if 1\ndisplay a\n", "t:3: syntax error", "an unclosed condition" },
	{ "%endif", "t:1: syntax error", "an end without condition" },
	{ "%else", "t:1: syntax error", "an else without condition" },
	{ "%if\n%endif", "t:1: syntax error", "a condition without a word" },
	{ "display %if 1", "t:1: syntax error", "a condition in a command" },
	{ "%hidden foo", "t:1: syntax error", "hidden what" },
	{ "display ${HOME", "t:1: invalid environment variable",
	    "a variable without its brace" },
	{ "display \\u12", "t:1: invalid \\u argument", "Unicode cut short" },
	{ "display \\1x", "t:1: invalid octal escape", "octal cut short" },
	{ "display ~nobody/x", "t:1: no home for ~nobody",
	    "a user that is not there" },
	{ "1A=x", "t:1: unknown command: 1A=x", "no name of a variable" },
	{ "%if 0\n}\n%endif", "t:2: syntax error",
	    "braces must fit in a part left out" },
};

static char *
canonical(struct world *w, const char *text, char **cause)
{
	struct cmd_parse	 in = { .q = w->q, .file = "t",
				    .flags = CMD_PARSE_ASSIGN };
	struct cmd_list		*list;
	char			*s;

	*cause = NULL;
	if ((list = cmd_parse_text(text, &in, cause)) == NULL)
		return (NULL);
	s = cmd_list_print(list, false);
	cmd_list_unref(list);
	return (s);
}

static void
check_good(struct world *w)
{
	char	*got, *again, *cause;
	size_t	 i;

	for (i = 0; i < sizeof good / sizeof good[0]; i++) {
		got = canonical(w, good[i].text, &cause);
		is_str(got, good[i].want, "%s", good[i].name);
		if (got == NULL) {
			diag("%s", cause);
			free(cause);
			continue;
		}
		/* What is printed reads back as the same. */
		again = canonical(w, got, &cause);
		is_str(again, got, "... and reads back: %s", good[i].name);
		free(cause);
		free(again);
		free(got);
	}
}

static void
check_bad(struct world *w)
{
	char	*got, *cause;
	size_t	 i;

	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		got = canonical(w, bad[i].text, &cause);
		is_str(cause, bad[i].want, "%s", bad[i].name);
		free(got);
		free(cause);
	}
}

static void
check_argv(struct world *w)
{
	static const struct {
		const char	*argv[8], *want, *name;
	} facts[] = {
		{ { "display", "a", ";", "display", "b" },
		    "display-message a ; display-message b",
		    "a semicolon of its own separates" },
		{ { "display", "a;", "display", "b" },
		    "display-message a ; display-message b",
		    "a semicolon at the end of a word separates" },
		{ { "display", "a\\;" }, "display-message \"a;\"",
		    "an escaped one does not" },
		{ { "display", "a;b" }, "display-message \"a;b\"",
		    "one inside of a word does not" },
		{ { "display", "$HOME" }, "display-message \"\\$HOME\"",
		    "words are taken as they are" },
		{ { "bind", "x", "{ display a }" },
		    "bind-key x \"{ display a }\"", "a brace is text" },
		{ { "display", "a", ";" }, "display-message a",
		    "a last semicolon is nothing" },
	};
	struct cmd_parse	 in = { .q = w->q };
	struct cmd_list		*list;
	char			*argv[8], *cause = NULL, *s;
	size_t			 i;
	int			 n;

	for (i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		for (n = 0; n < 8 && facts[i].argv[n] != NULL; n++)
			argv[n] = xstrdup(facts[i].argv[n]);
		list = cmd_parse_argv(n, argv, &in, &cause);
		s = list != NULL ? cmd_list_print(list, false) : NULL;
		is_str(s, facts[i].want, "argv: %s", facts[i].name);
		free(s);
		cmd_list_unref(list);
		while (n > 0)
			free(argv[--n]);
	}
	argv[0] = xstrdup("display -p b");
	list = cmd_parse_argv(1, argv, &in, &cause);
	ok(list == NULL, "argv: a word with blanks is no command line");
	is_str(cause, "unknown command: display -p b", "... and is told whole");
	free(cause);
	free(argv[0]);
}

static void
check_escapes(void)
{
	static const struct { const char *text, *want; } facts[] = {
		{ "", "''" }, { "a", "a" }, { "a b", "\"a b\"" },
		{ "~", "\\~" }, { "~/x", "\\~/x" }, { "a~", "a~" },
		{ "~ x", "\"\\~ x\"" }, { "\"", "\\\"" }, { "a\"b", "'a\"b'" },
		{ "a \"b\"", "\"a \\\"b\\\"\"" }, { "'", "\\'" },
		{ "a'b", "\"a'b\"" }, { "%", "\\%" }, { "%1", "\"%1\"" },
		{ "$", "\\$" }, { "$x", "\"\\$x\"" }, { "x$", "\"x$\"" },
		{ "\\", "\\\\" }, { "a\\b", "a\\\\b" }, { "\t", "\\t" },
		{ "\033x", "\\033x" }, { "\n", "\\n" }, { ";", "\\;" },
		{ "a;", "\"a;\"" }, { "a,b[c(d|e&f<g*h?i^j", "a,b[c(d|e&f<g*h?i^j" },
		{ "#{x}", "\"#{x}\"" }, { "a\"\\", "\"a\\\"\\\\\"" },
	};
	size_t	 i;
	char	*s;

	for (i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		s = args_escape(facts[i].text);
		is_str(s, facts[i].want, "%s is quoted", facts[i].want);
		free(s);
	}
}

static void
check_templates(void)
{
	static const struct { const char *tmpl, *value, *want, *name; } facts[] = {
		{ "rename-window \"%%\"", "a b", "rename-window \"a b\"",
		    "a value goes where %% is" },
		{ "rename-window \"%%\"", "a\" ; kill-server ; \"",
		    "rename-window \"a\\\" \\; kill-server \\; \\\"\"",
		    "a value cannot leave its quotes" },
		{ "rename-window '%%'", "a' ; kill-server ; '",
		    "rename-window 'a'\\'' ; kill-server ; '\\'''",
		    "nor single ones" },
		{ "%1", "new-window ; display x", "new-window ; display x",
		    "outside of quotes it is command text" },
		{ "send %%%", "a;b", "send a\\;b", "unless %%% is asked for" },
		{ "x %% %%", "v", "x v %%", "once for each value" },
		{ "x %1 %1 %2", "v", "x v v %2", "by number, again and again" },
		{ "no percent", "v", "no percent", "or not at all" },
		{ "x %%", "%% %1", "x %% %1", "a value is not a template" },
	};
	size_t	 i;
	char	*s;

	for (i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		s = cmd_template_replace(facts[i].tmpl, facts[i].value);
		is_str(s, facts[i].want, "%s", facts[i].name);
		free(s);
	}
}

static void
check_deep(struct world *w)
{
	char	*text, *cause, *got;
	size_t	 i, n = 20000;

	text = xmalloc(n * 10 + 1);
	text[0] = '\0';
	for (i = 0; i < n; i++)
		memcpy(text + i * 10, "if -F 1 { ", 10);
	text[n * 10] = '\0';
	got = canonical(w, text, &cause);
	ok(got == NULL, "very many braces are refused");
	is_str(cause, "t:1: too many nested braces", "... in words");
	free(cause);
	for (i = 0; i < n; i++)
		memcpy(text + i * 10, "%if 1     ", 10);
	got = canonical(w, text, &cause);
	ok(got == NULL, "very many conditions are refused");
	free(cause);
	free(text);
}

static void
check_start(void)
{
	static char	*ls[] = { (char *)"ls" }, *nw[] = { (char *)"new" };
	static char	*two[] = { (char *)"set;", (char *)"start" };

	ok(cmd_may_start_server(0, NULL), "no command starts a server");
	ok(cmd_may_start_server(1, nw), "new-session starts a server");
	ok(!cmd_may_start_server(1, ls), "list-sessions does not");
	ok(cmd_may_start_server(2, two), "any of several commands may");
}

int
main(void)
{
	struct world	*w = world_new();

	check_good(w);
	check_bad(w);
	check_argv(w);
	check_escapes();
	check_templates();
	check_deep(w);
	check_start();
	world_free(w);
	return (done_testing());
}
