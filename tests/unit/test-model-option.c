/* SPDX-License-Identifier: ISC */

/*
 * Options: the table, what may be set, what comes out.  Messages and printed
 * values are those of tmux 3.3a for the same command, defaults those of 3.6.
 */

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "model/model.h"
#include "model/option.h"
#include "model/pane.h"
#include "model/session.h"
#include "model/style.h"
#include "model/window.h"
#include "tap.h"

static struct model	*m;
static char		 last_changed[64];

static void
option_changed(void *arg, const char *name)
{
	(void)arg;
	snprintf(last_changed, sizeof last_changed, "%s", name);
}

static const struct model_ops	ops = { .option_changed = option_changed };

/* The global tree that a name belongs to. */
static struct options *
tree(const char *name)
{
	struct option_target	 t = { .global = true };
	struct options		*oo;

	oo = options_for(m, &t, name, false, NULL, NULL);
	return (oo == NULL ? m->session_options : oo);
}

/* set -g NAME VALUE, and what show -gv says after; or the error. */
static void
set_is(const char *name, const char *value, const char *want)
{
	char	*cause = NULL, *got, *full;
	long	 index;

	if (options_set_text(tree(name), name, value, false, &cause) != 0)
		got = cause;
	else {
		full = option_split_name(name, &index);
		if (option_find(full, NULL) != NULL)
			got = option_to_string(options_get(tree(name),
			    option_find(full, NULL)->name), index, false);
		else
			got = option_to_string(options_get(tree(name), full),
			    index, false);
		free(full);
	}
	is_str(got, want, "set %s to \"%s\"", name,
	    value == NULL ? "NULL" : value);
	free(got);
}

static void
append_is(const char *name, const char *value, const char *want)
{
	char	*cause = NULL, *got;

	if (options_set_text(tree(name), name, value, true, &cause) != 0)
		got = cause;
	else
		got = option_to_string(options_get(tree(name), name), -1,
		    false);
	is_str(got, want, "append \"%s\" to %s", value, name);
	free(got);
}

static void
unset(const char *name)
{
	is_int(options_unset(tree(name), name, NULL), 0, "unset %s", name);
}

static void
test_table(void)
{
	const struct option_entry	*oe;
	struct style			 st;
	size_t				 i, options = 0, hooks = 0, bad = 0;
	bool				 ambiguous, was_hook;

	for (i = 0; i < option_table_count; i++) {
		oe = &option_table[i];
		was_hook = (oe->flags & OPTION_IS_HOOK) != 0;
		options += !was_hook;
		hooks += was_hook;
		if (i > 0 && was_hook ==
		    ((option_table[i - 1].flags & OPTION_IS_HOOK) != 0) &&
		    strcmp(option_table[i - 1].name, oe->name) >= 0) {
			diag("%s out of order", oe->name);
			bad++;
		}
		if (oe->text == NULL || *oe->text == '\0' || oe->scope == 0) {
			diag("%s lacks something", oe->name);
			bad++;
		}
		if (option_find(oe->name, &ambiguous) != oe) {
			diag("%s is not found", oe->name);
			bad++;
		}
		style_default(&st);
		if ((oe->flags & OPTION_IS_STYLE) &&
		    strstr(oe->def_str, "#{") == NULL &&
		    style_parse(&st, NULL, oe->def_str) != 0) {
			diag("%s: %s", oe->name, oe->def_str);
			bad++;
		}
		if (oe->type == OPTION_NUMBER &&
		    (oe->def_num < oe->min || oe->def_num > oe->max))
			bad++;
		if (oe->pattern != NULL &&
		    fnmatch(oe->pattern, oe->def_str, 0) != 0)
			bad++;
	}
	is_int(bad, 0, "every entry is in order and complete");
	is_int(options, 184, "182 options and two of ours");
	ok(hooks >= 89, "89 hooks");
	ok(option_find("stat", &ambiguous) == NULL && ambiguous,
	    "a prefix of many names is ambiguous");
	is_str(option_find("history-l", NULL)->name, "history-limit",
	    "a prefix of one name is that name");
	ok(option_find("nosuch", &ambiguous) == NULL && !ambiguous,
	    "others are nothing");
	is_str(option_nearest("statuss-left"), "status-left",
	    "a name with a slip has a neighbour");
	is_str(option_nearest("synchronise-panes"), "synchronize-panes",
	    "and so has another");
}

static void
default_is(const char *name, const char *want)
{
	is_str(options_string(tree(name), name), want, "default of %s", name);
}

static void
test_defaults(void)
{
	default_is("activity-action", "other");
	default_is("allow-passthrough", "off");
	default_is("automatic-rename", "on");
	default_is("backspace", "C-?");
	default_is("base-index", "0");
	default_is("bell-action", "any");
	default_is("cursor-colour", "none");
	default_is("default-terminal", "tmux-256color");
	default_is("destroy-unattached", "off");
	default_is("detach-on-destroy", "on");
	default_is("display-time", "750");
	default_is("escape-time", "10");
	default_is("extended-keys-format", "xterm");
	default_is("focus-events", "off");
	default_is("history-limit", "2000");
	default_is("key-table", "root");
	default_is("message-style", "bg=yellow,fg=black");
	default_is("mode-keys", "emacs");
	default_is("mouse", "off");
	default_is("pane-border-style", "default");
	default_is("predict", "adaptive");
	default_is("prefix", "C-b");
	default_is("prefix2", "None");
	default_is("set-clipboard", "external");
	default_is("status", "on");
	default_is("status-bg", "default");
	default_is("status-justify", "left");
	default_is("status-keys", "emacs");
	default_is("status-left", "[#{session_name}] ");
	default_is("status-position", "bottom");
	default_is("status-style", "bg=green,fg=black");
	default_is("udp-port", "60001-60999");
	default_is("user-keys", "");
	default_is("window-size", "latest");
	default_is("window-status-current-style", "default");
	default_is("clock-mode-style", "24");
	default_is("alert-bell", "");
	is_int(options_number(m->session_options, "status"), 1,
	    "a choice is a number too");
	is_int(options_number(m->window_options, "clock-mode-colour"),
	    colour_index(4), "and so is a colour that is a string");
}

static void
test_numbers(void)
{
	set_is("history-limit", "3000", "3000");
	set_is("history-limit", "abc", "value is invalid: abc");
	set_is("history-limit", "99999999999",
	    "value is too large: 99999999999");
	set_is("history-limit", "-1", "value is too small: -1");
	set_is("base-index", "a b", "value is invalid: a b");
	set_is("history-limit", "", "value is invalid: ");
	set_is("history-limit", NULL, "empty value");
	is_int(options_number(m->session_options, "history-limit"), 3000,
	    "an error changes nothing");
	unset("history-limit");
	default_is("history-limit", "2000");
}

static void
test_flags(void)
{
	set_is("mouse", NULL, "on");
	set_is("mouse", NULL, "off");
	set_is("mouse", "yes", "on");
	set_is("mouse", "0", "off");
	set_is("mouse", "On", "on");
	set_is("mouse", "no", "off");
	set_is("mouse", "1", "on");
	set_is("mouse", "off", "off");
	set_is("mouse", "maybe", "bad value: maybe");
	set_is("mouse", "2", "bad value: 2");
}

static void
test_choices(void)
{
	set_is("status", "bogus", "unknown value: bogus");
	set_is("status", NULL, "off");
	set_is("status", NULL, "on");
	set_is("status", "2", "2");
	set_is("status", NULL, "2");
	set_is("status", "on", "on");
	set_is("set-clipboard", NULL, "off");
	set_is("set-clipboard", "external", "external");
	set_is("bell-action", NULL, "none");
	set_is("cursor-style", NULL, "blinking-block");
	unset("bell-action");
	unset("cursor-style");
}

static void
test_keys_and_colours(void)
{
	set_is("prefix", "C-a", "C-a");
	set_is("prefix", "^A", "C-a");
	set_is("prefix", "None", "None");
	set_is("prefix", "Foo", "bad key: Foo");
	unset("prefix");
	default_is("prefix", "C-b");
	set_is("status-bg", "#ffaa00", "#ffaa00");
	set_is("status-bg", "AliceBlue", "#f0f8ff");
	set_is("status-bg", "94", "brightblue");
	set_is("status-bg", "colour100", "colour100");
	set_is("status-fg", "nocol", "bad colour: nocol");
	unset("status-bg");
	set_is("display-panes-color", "red", "red");
	default_is("display-panes-colour", "red");
	set_is("display-panes-colour", "nosuch", "bad colour: nosuch");
	set_is("display-panes-colour", "#{?1,red,blue}", "#{?1,red,blue}");
	unset("display-panes-colour");
}

static void
test_strings(void)
{
	set_is("status-left", NULL, "empty value");
	set_is("status-left", "x", "x");
	append_is("status-left", "y", "xy");
	unset("status-left");
	set_is("default-size", "abc", "value is invalid: abc");
	set_is("default-size", "100x30", "100x30");
	set_is("status-style", "foo=bar", "invalid style: foo=bar");
	set_is("status-style", "fg=#{x}", "fg=#{x}");
	set_is("status-style", "fg=red bg=blue,bold", "fg=red bg=blue,bold");
	unset("status-style");
	append_is("status-style", "bold", "bg=green,fg=black,bold");
	unset("status-style");
}

static void
test_user(void)
{
	set_is("@foo", "a \"b\"", "a \"b\"");
	append_is("@foo", "bar", "a \"b\"bar");
	set_is("@foo", "", "");
	set_is("@y[3]", "foo", "not an array: @y[3]");
	unset("@foo");
	ok(options_get(m->session_options, "@foo") == NULL,
	    "an unset user option is gone");
	unset("@nosuch");
}

static void
test_names(void)
{
	set_is("nosuch", "x", "invalid option: nosuch");
	set_is("stat", "off", "ambiguous option: stat");
	set_is("status[2]", "x", "not an array: status[2]");
	set_is("user-keys[a]", "x", "invalid option: user-keys[a]");
	set_is("user-keys[", "x", "invalid option: user-keys[");
	set_is("user-keys[]", "x", "invalid option: user-keys[]");
	set_is("user-keys[1]x", "x", "invalid option: user-keys[1]x");
	set_is("user-keys[-1]", "x", "invalid option: user-keys[-1]");
	set_is("", "x", "invalid option: ");
}

static void
items_are(const char *name, const char *want)
{
	struct option_item	*items;
	struct option		*o = options_get(tree(name), name);
	size_t			 i, n = option_items(o, &items), len = 0;
	char			 text[1024] = "";

	for (i = 0; i < n; i++)
		len += (size_t)snprintf(text + len, sizeof text - len,
		    "%u:%s|", (unsigned)items[i].index, items[i].value);
	is_str(text, want, "items of %s", name);
	free(items);
}

static void
test_arrays(void)
{
	set_is("user-keys[2]", "x", "x");
	items_are("user-keys", "2:x|");
	append_is("user-keys", "y,z", "y z x");
	items_are("user-keys", "0:y|1:z|2:x|");
	unset("user-keys[2]");
	items_are("user-keys", "0:y|1:z|");
	unset("user-keys");
	items_are("user-keys", "");
	set_is("command-alias", "x=y,z=w", "x=y z=w");
	items_are("command-alias", "0:x=y|1:z=w|");
	unset("command-alias");
	ok(option_item(options_get(m->server_options, "command-alias"), 3) !=
	    NULL, "unsetting in a root brings the default back");
	set_is("update-environment", "A B,C", "A B C");
	append_is("update-environment", " D", "A B C D");
	unset("update-environment");
	set_is("pane-colours[3]", "red", "red");
	set_is("pane-colours[4]", "foo", "bad colour: foo");
	items_are("pane-colours", "3:red|");
	unset("pane-colours");
	set_is("status-format[5]", "x", "x");
	unset("status-format");
	ok(option_item(options_get(m->session_options, "status-format"), 5) ==
	    NULL && option_item(options_get(m->session_options,
	    "status-format"), 2) != NULL, "status-format has three lines");
	set_is("alert-bell", "display-message hi, there",
	    "display-message hi, there");
	append_is("alert-bell", "display-message ho",
	    "display-message hi, there display-message ho");
	items_are("alert-bell",
	    "0:display-message hi, there|1:display-message ho|");
	unset("alert-bell[0]");
	items_are("alert-bell", "1:display-message ho|");
	unset("alert-bell");
}

static void
test_quote(void)
{
	static const char *const	facts[][2] = {
		{ "", "''" },
		{ "abc", "abc" },
		{ "a \"b\" $c", "\"a \\\"b\\\" \\$c\"" },
		{ "a'b", "\"a'b\"" },
		{ "~a", "\\~a" },
		{ "a;b", "\"a;b\"" },
		{ "a\nb", "a\\nb" },
		{ "a\\b", "a\\\\b" },
		{ "a#b{c}", "\"a#b{c}\"" },
		{ "%if", "\"%if\"" },
		{ "\303\251", "\303\251" },
		{ "a|b&c*d?e[f]<g>(h)=i,j^k!l@m:n",
		  "a|b&c*d?e[f]<g>(h)=i,j^k!l@m:n" },
		{ "x~", "x~" },
		{ "=", "=" },
		{ " ", "\" \"" },
		{ ";", "\\;" },
		{ "$", "\\$" },
		{ "\"", "\\\"" },
		{ "~", "\\~" },
		{ "[#{session_name}] ", "\"[#{session_name}] \"" },
	};
	size_t				i;
	char				*got;

	for (i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		got = option_quote(facts[i][0]);
		is_str(got, facts[i][1], "quoted %s", facts[i][1]);
		free(got);
	}
}

static void
for_is(struct option_target t, const char *name, bool window_command,
    struct options *want, unsigned want_scope, const char *what)
{
	unsigned	 scope = 0;
	char		*cause = NULL;

	ok(options_for(m, &t, name, window_command, &scope, &cause) == want,
	    "%s: tree", what);
	if (want != NULL)
		is_int(scope, want_scope, "%s: scope", what);
	else
		diag("%s", cause);
	free(cause);
}

static void
test_scope(void)
{
	struct session		*s = session_new(m, "s", "/", NULL, NULL);
	struct window		*w = window_new(m, 80, 24);
	struct pane		*p;
	struct winlink		*wl;
	struct option_target	 here, global;
	char			*cause = NULL;

	wl = session_attach(s, w, -1, NULL);
	p = window_add_pane(w, NULL, false);
	here = (struct option_target){ .s = s, .wl = wl, .p = p };
	global = here;
	global.global = true;

	for_is(global, "mode-keys", false, m->window_options, OPTION_WINDOW,
	    "set -g of a window option");
	for_is(global, "escape-time", false, m->server_options, OPTION_SERVER,
	    "set -g of a server option");
	for_is(global, "status", false, m->session_options, OPTION_SESSION,
	    "set -g of a session option");
	for_is(here, "status", false, s->options, OPTION_SESSION,
	    "set of a session option");
	for_is(here, "mode-keys", false, w->options, OPTION_WINDOW,
	    "set of a window option");
	for_is(here, "status", true, s->options, OPTION_SESSION,
	    "setw of a session option");
	here.server = true;
	for_is(here, "status", false, s->options, OPTION_SESSION,
	    "set -s of a session option");
	for_is(here, "@x", false, m->server_options, OPTION_SERVER,
	    "set -s of a user option");
	here.server = false;
	for_is(here, "synchronize-panes", false, w->options, OPTION_WINDOW,
	    "set of a pane option");
	here.pane = true;
	for_is(here, "synchronize-panes", false, p->options, OPTION_PANE,
	    "set -p of a pane option");
	for_is(here, "mode-keys", false, w->options, OPTION_WINDOW,
	    "set -p of a window option");
	for_is(here, "@x", false, p->options, OPTION_PANE,
	    "set -p of a user option");
	here.pane = false;
	for_is(here, "@x", false, s->options, OPTION_SESSION,
	    "set of a user option");
	for_is(here, "@x", true, w->options, OPTION_WINDOW,
	    "setw of a user option");
	here.window = true;
	for_is(here, "@x", false, w->options, OPTION_WINDOW,
	    "set -w of a user option");
	global.window = true;
	for_is(global, "@x", false, m->window_options, OPTION_WINDOW,
	    "set -gw of a user option");
	for_is(here, "nosuch", false, NULL, 0, "an unknown option");
	here.s = NULL;
	here.window = false;
	for_is(here, "status", false, NULL, 0, "no session");

	/* Values come from above. */
	is_str(options_string(p->options, "mode-keys"), "emacs",
	    "a pane has the global value");
	options_set_text(w->options, "mode-keys", "vi", false, NULL);
	is_str(options_string(p->options, "mode-keys"), "vi",
	    "or its window's");
	ok(options_get_only(p->options, "mode-keys") == NULL,
	    "but none of its own");
	options_set_text(p->options, "synchronize-panes", NULL, false, NULL);
	is_int(options_number(p->options, "synchronize-panes"), 1,
	    "a toggle turns what was in force");
	is_int(options_number(w->options, "synchronize-panes"), 0,
	    "only there");
	is_int(options_set_text(s->options, "status", "x", false, &cause), -1,
	    "a bad value is not set");
	free(cause);
	ok(options_get_only(s->options, "status") == NULL,
	    "and leaves nothing behind");
	options_unset(w->options, "mode-keys", NULL);
	is_str(options_string(p->options, "mode-keys"), "emacs",
	    "unset is the global value again");
}

static void
test_walk(void)
{
	struct options	*oo = options_new(NULL);
	struct option	*o;

	options_set_string(oo, "@b", "%s", "2");
	options_set_string(oo, "@a", "%s", "1");
	options_set_number(oo, "status-interval", 5);
	o = options_first(oo);
	is_str(option_name(o), "@a", "options are walked in order");
	o = options_next(oo, o);
	is_str(option_name(o), "@b", "one after the other");
	o = options_next(oo, o);
	is_str(option_name(o), "status-interval", "to the end");
	is_str(option_entry(o)->unit, "seconds", "known ones have an entry");
	ok(options_next(oo, o) == NULL, "which comes");
	options_free(oo);
}

static void
test_style(void)
{
	struct style	st;

	options_style(m->session_options, "status-style", NULL, &st);
	is_int(st.bg, colour_index(2), "a style option as a style");
	options_set_text(m->session_options, "status-style", "bg=red", false,
	    NULL);
	options_style(m->session_options, "status-style", NULL, &st);
	is_int(st.bg, colour_index(1), "is new when it was set");
	options_unset(m->session_options, "status-style", NULL);
	options_style(m->session_options, "status-style", NULL, &st);
	is_int(st.bg, colour_index(2), "and old when it was unset");
	options_changed(m, "status-style");
	is_str(last_changed, "status-style", "changes are told");
}

int
main(void)
{
	m = model_new(&ops, NULL);
	test_table();
	test_defaults();
	test_numbers();
	test_flags();
	test_choices();
	test_keys_and_colours();
	test_strings();
	test_user();
	test_names();
	test_arrays();
	test_quote();
	test_scope();
	test_walk();
	test_style();
	model_free(m);
	return (done_testing());
}
