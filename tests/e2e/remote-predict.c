/* SPDX-License-Identifier: ISC */

/*
 * Guessed echoes, with the network cut: what is on the screen then can only be
 * a guess.  When the network is back the truth must look the same.  The kernel's
 * own line editing is the judge of ours, and real programs of what is said of
 * their kind.
 */

#include <string.h>

#include "e2e/lib-remote.h"

static struct term	*t;

/* Row and column at which a line of input begins on the screen. */
static int	row;

/* The server's picture of a line. */
static bool
truth_row(int y, const char *text)
{
	struct until	 u = until();
	const char	*got = "";

	while (until_more(&u)) {
		got = mux("capture-pane -p -t main | sed -n %dp", y + 1);
		if (strcmp(got, text) == 0)
			return (true);
	}
	later("it came to be '%s'", got);
	return (false);
}

static bool
truth_is(const char *text)
{
	return (truth_row(row, text));
}

/* Typed with the network cut, these keys show that; and so does the truth. */
static void
guessed(const char *keys, const char *text, int x, const char *what)
{
	relay("blackout on");
	term_type(t, "%s", keys);
	ok(term_see_row(t, row, text) && term_see_cursor(t, x, row),
	    "guessed: %s", what);
	relay("blackout off");
	ok(truth_is(text), "and true: %s", what);
	ok(term_see_row(t, row, text) && term_see_cursor(t, x, row),
	    "and stays: %s", what);
}

/* A line of input to this row, cleared by ^U, with an echo seen in it. */
static void
line_at(int y)
{
	row = y;
	term_type(t, "k");
	ok(term_see_row(t, row, "k"), "an echo is seen");
	term_type(t, "\025");
	ok(term_see_row(t, row, ""), "and gone");
}

static void
cooked(void)
{
	/* Not in line 0: what is said of the network stands there. */
	term_type(t, "clear; echo; cat\r");
	ok(term_see_row(t, 0, "") && term_see_cursor(t, 0, 1),
	    "a program that the kernel edits for");
	line_at(1);
	guessed("one two  three\027x", "one two  x", 10, "^W takes a word");
	guessed("\027\027\027", "", 0, "and more of them");
	guessed("a.b,c\027", "a.b,", 4, "a word is letters and digits");
	guessed("\303\251t\303\251 \303\251\303\251\027", "a.b,\303\251t\303\251",
	    8, "letters of Latin-1 too");
	guessed("\025", "", 0, "^U takes the line");
	guessed("\ta\tbc\177\177\177\177\177d", "d", 1, "tabs and back");
	guessed("\025ab\tc\177\177", "ab", 2, "back to where the tab began");
	guessed("\025", "", 0, "the line is empty again");
}

static void
cooked_more(void)
{
	guessed("\001\002\002x", "^A^B^Bx", 7, "control characters");
	guessed("\177\177", "^A^B", 4, "are two columns");
	guessed("\025\026\033k\026\025m", "^[k^Um", 6, "^V makes text of a key");
	guessed("\177\177n", "^[kn", 4, "and is forgotten then");
	guessed("\025\343\201\202x\177\177y", " y", 2,
	    "the kernel rubs out one column of two");
}

/* A line editor in a program: the shell that is there. */
static void
shell_line(void)
{
	term_type(t, "\025\004");
	if (*shell("command -v bash") == '\0') {
		diag("no bash here");
		return;
	}
	term_type(t, "clear; PS1='$ ' bash --norc --noprofile\r");
	ok(term_see_row(t, 0, "$") && term_see_cursor(t, 2, 0), "bash runs");
	term_type(t, "echo\r");
	ok(term_see_row(t, 2, "$") && term_see_cursor(t, 2, 2),
	    "and has another prompt");
	row = 2;
	guessed("echo one two", "$ echo one two", 14, "text");
	guessed("\001", "$ echo one two", 2, "^A is the beginning");
	guessed("\006\006x", "$ ecxho one two", 5, "inserted text");
	guessed("\177\005 end\033[D\033[D", "$ echo one two end", 16,
	    "the end, and back");
	guessed("\013\027\027z", "$ echo one z", 12, "^K and ^W");
	guessed("\025", "$", 2, "^U");
}

/* Typed before there is a prompt, and never to be seen. */
static void
secret(void)
{
	const char	*p;
	int		 found = 0;

	term_type(t, "clear; echo\r");
	ok(term_see_row(t, 1, "$") && term_see_cursor(t, 2, 1), "a prompt");
	/* All that came before has settled once this was seen to come and go. */
	term_type(t, "k");
	ok(truth_row(1, "$ k") && term_see_row(t, 1, "$ k"), "it echoes");
	term_type(t, "\177");
	ok(truth_row(1, "$") && term_see_row(t, 1, "$"), "and takes it back");
	relay("blackout on");
	term_forget(t);
	term_type(t, "read -rsp 'Password: ' p; echo got ${p#?}\rQUJQ");
	ok(term_see_row(t, 1, "$ read -rsp 'Password: ' p; echo got ${p#?}"),
	    "the command is seen");
	relay("blackout off");
	see(t, "Password:", "the program asks");
	/* bash asks before it has set its terminal up: once more, if need be. */
	term_type(t, "UJQ");
	ok(term_type_until(t, "\r", "got U"), "it has the password");
	for (p = term_raw(t, NULL); strncmp(p, "got U", 5) != 0 && *p != '\0';
	    p++)
		found += *p == 'Q';
	is_int(found, 0, "no letter of which was drawn before");
}

int
main(void)
{
	remote_init(80, 24);
	mux("set-option -g predict always");
	mux("set-option -g status off");
	mux("set-option -g prefix None");
	t = remote_attach(80, 24, "-t main");
	ok(term_see_cursor(t, 2, 0), "the client attaches");
	ok(remote_on_udp(t), "it is on UDP");
	cooked();
	cooked_more();
	shell_line();
	secret();
	return (mux_done());
}
