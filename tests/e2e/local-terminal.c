/* SPDX-License-Identifier: ISC */

/*
 * What options say of the outer terminal and its keys reaches the client that has the
 * terminal, at the start and when it changes.
 */

#include "e2e/lib-rmux.h"

#define TRUE_COLOUR	"printf '\\033[38;2;10;200;90mtrue\\033[m\\n'; exec cat -v"

static bool
colour_becomes(struct term *t, long fg)
{
	struct term_cell	c;
	struct until		u = until();

	do {
		term_cell(t, 0, 0, &c);
	} while (c.fg != fg && until_more(&u));
	return (c.fg == fg);
}

static void
features(struct term *t)
{
	struct term_cell	c;

	mux("respawn-pane -k \"%s\"", TRUE_COLOUR);
	see(t, "true", "a program shows a direct colour");
	term_cell(t, 0, 0, &c);
	ok(c.fg >= 0 && c.fg < 256, "a terminal of 256 colours gets one like it");
	mux("set-option -s terminal-features[9] 'xterm*:RGB'");
	ok(colour_becomes(t, TERM_RGB | 0x0ac85a), "terminal-features gives it that very colour");
	ok(mux_until_has("RGB", "display-message -p '#{client_termfeatures}'"), "the server knows too");
	mux("set-option -su terminal-features[9]");
	ok(colour_becomes(t, c.fg), "and takes it back");
	mux("set-option -s terminal-overrides[9] 'xterm*:Tc'");
	ok(colour_becomes(t, TERM_RGB | 0x0ac85a), "so does terminal-overrides");
	mux("set-option -s terminal-overrides[9] 'screen*:Tc'");
	ok(colour_becomes(t, c.fg), "if it is for this TERM");
}

static void
keys(struct term *t)
{
	mux("set-option -s user-keys[3] \"$(printf '\\033[77~x')\"");
	mux("bind-key -n User3 set-option -g @user3 yes");
	mux("bind-key -n M-x set-option -g @meta yes");
	mux("respawn-pane -k \"stty raw -echo; printf raw; exec cat -v\"");
	see(t, "raw", "a raw program runs");
	term_type(t, "\033[77~x");
	ok(mux_until("yes", "show-options -gqv @user3"), "user-keys make a key of a sequence");

	/* Longer than any wait below, so that what is slow cannot be taken for it. */
	mux("set-option -s escape-time 100000");
	ok(mux_until("100000", "show-options -sv escape-time"), "escape-time is long");
	term_type(t, "a");
	see(t, "rawa", "the client has it");
	term_type(t, "\033");
	pump(300);
	term_type(t, "x");
	ok(mux_until("yes", "show-options -gqv @meta"), "an Escape waits for what follows");
	mux("set-option -s escape-time 0");
	term_type(t, "b");
	see(t, "rawab", "escape-time is none");
	mux("respawn-pane -k \"stty raw -echo; printf raw; exec cat -v\"");
	ok(term_see_row(t, 0, "raw"), "again");
	term_type(t, "\033");
	ok(term_see(t, "raw^["), "an Escape is passed on alone");

	term_type(t, "\177");
	ok(term_see(t, "raw^[^?"), "Backspace is DEL");
	mux("set-option -s backspace C-h");
	term_type(t, "\177");
	ok(term_see(t, "raw^[^?^H"), "or what the option backspace says");
}

static void
extended(struct term *t)
{
	mux("respawn-pane -k \"stty raw -echo; printf '\\033[>4;2mraw'; exec cat -v\"");
	ok(term_see_row(t, 0, "raw"), "a program asks for modifyOtherKeys");
	mux("send-keys C-M-x");
	ok(term_see(t, "raw^[^X"), "extended-keys is off: it does not get them");
	mux("set-option -s extended-keys on");
	mux("send-keys C-M-x");
	ok(term_see(t, "raw^[^X^[[27;7;120~"), "on: it does");
	mux("set-option -s extended-keys-format csi-u");
	mux("send-keys C-M-x");
	ok(term_see(t, "raw^[^X^[[27;7;120~^[[120;7u"), "in the form that is set");
}

static void
focus(struct term *t)
{
	mux("respawn-pane -k \"stty raw -echo; printf '\\033[?1004hraw'; exec cat -v\"");
	ok(term_see_row(t, 0, "raw"), "a program asks for the focus");
	term_type(t, "\033[Oa");
	ok(term_see(t, "rawa"), "focus-events is off: it is not told");
	mux("set-option -s focus-events on");
	term_type(t, "\033[Ib");
	ok(term_see(t, "rawa^[[Ib"), "on: it is");
}

#define ASK	"respawn-pane -k \"stty raw -echo; printf '\\033]52;c;?\\033\\\\\\\\raw'; " \
		"exec cat -v\""

static void
clipboard(struct term *t)
{
	mux("set-option -s set-clipboard on");
	mux("set-option -s get-clipboard buffer");
	mux("set-buffer hello");
	mux(ASK);
	ok(term_see(t, "]52;c;aGVsbG8="), "get-clipboard buffer gives ours");
	mux("set-option -s get-clipboard both");
	term_forget(t);
	mux(ASK);
	ok(term_see_raw(t, "]52;c;?"), "both asks the terminal");
	term_type(t, "\033]52;c;b3V0ZXI=\033\\\\");
	ok(term_see(t, "]52;c;b3V0ZXI="), "whose answer the program gets");
	is_str(mux("show-buffer"), "outer", "and a buffer");
	term_type(t, "\033]52;c;b3V0ZXI=\033\\\\z");
	ok(term_see(t, "z"), "what nobody asked for goes nowhere");
	mux("set-option -s get-clipboard off");
}

static void
overrides(struct term *t)
{
	ok(term_alternate(t), "a client is on the alternate screen");
	mux("set-option -s terminal-overrides[8] 'xterm*:smcup@:rmcup@'");
	term_type(t, "\002d");
	term_ended(t);
	ok(!term_alternate(t), "and leaves it, whatever terminal-overrides say since then");
	term_free(t);
	t = mux_client(70, 20, "attach-session");
	see(t, "[main]", "a client attaches");
	ok(!term_alternate(t), "where terminal-overrides took smcup away it is not");
	term_type(t, "\002:set-option -w pane-scrollbars on\r");
	ok(term_see(t, "pane-scrollbars has no effect"), "an option without effect says so");
	ok(mux_good("set-option -w pane-scrollbars on"), "once");
	mux("set-option -g theme dark");
	is_str(mux_err(), "option theme has no effect in this version", "to a command too");
	is_int(mux_status(), 0, "but that is no failure");
	term_free(t);
}

/* A terminal that does not bracket what it pastes. */
static void
assumed(void)
{
	static const char *const env[] = { "TERM=vt100", NULL };
	struct term		*t;

	mux("bind-key -n x set-option -g @x typed");
	/* So long that what is slow is close enough. */
	mux("set-option -g assume-paste-time 1000000");
	mux("new-session -d -s old 'stty raw -echo; printf raw; exec cat -v'");
	t = mux_client_env(70, 20, env, "attach-session -t old");
	see(t, "raw", "a client in an old terminal");
	term_type(t, "abx\n\002d");
	ok(term_see(t, "rawabx") && term_see(t, "^Bd"), "assume-paste-time: what comes fast is text");
	is_str(mux("show-options -gqv @x"), "", "and no key");
	mux("set-option -g assume-paste-time 0");
	ok(mux_until("0", "show-options -gv assume-paste-time"), "it is off");
	term_type(t, "y");
	ok(term_see(t, "^Bdy"), "all is typed now");
	term_type(t, "x");
	ok(mux_until("typed", "show-options -gqv @x"), "a key is a key again");
	term_free(t);
	mux("unbind-key -n x");
	mux("kill-session -t old");
}

int
main(void)
{
	struct term	*t;

	mux_init();
	t = mux_new(70, 20);
	assumed();
	features(t);
	keys(t);
	extended(t);
	focus(t);
	clipboard(t);
	overrides(t);
	return (mux_done());
}
