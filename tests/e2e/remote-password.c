/* SPDX-License-Identifier: ISC */

/*
 * A password is never shown, not for one frame, however eagerly the client
 * guesses: no byte of what it writes has it.
 *
 * Nothing is left to chance: the far side makes a file when echo is off there,
 * while the relay holds back every picture that would tell the client.  Only
 * then is the password typed; and the far side writes down what it read before
 * the relay lets go.  So the client has to guess all the way.
 */

#include <string.h>
#include <unistd.h>

#include "e2e/lib-remote.h"

/* The file has this line by now. */
static bool
far_side_got(const char *name, const char *text)
{
	struct until	u = until();

	while (strcmp(mux_read_file(name), text) != 0) {
		if (!until_more(&u)) {
			later_show("read", mux_read_file(name));
			return (false);
		}
	}
	return (true);
}

/* How often the client wrote this byte since term_forget. */
static int
count_raw(struct term *t, char c)
{
	const char	*raw;
	size_t		 i, n;
	int		 found = 0;

	raw = term_raw(t, &n);
	for (i = 0; i < n; i++)
		found += raw[i] == c;
	return (found);
}

/* A line that is typed but not yet sent, as the program there knows it. */
static void
type_line(struct term *t, const char *line)
{
	term_type(t, "%s", line);
	see(t, line, "what is typed is on the screen");
}

/* Type the password where the far side waits for it, unseen by the client. */
static void
type_password(struct term *t, const char *what, int delay)
{
	ok(mux_file_wait("silent"), "%s, %d ms: the far side echoes no more",
	    what, delay);
	term_forget(t);
	term_type(t, "QZQZQ");
	term_type(t, "ZQZ\r");
	ok(far_side_got("got", "QZQZQZQZ\n"),
	    "%s, %d ms: the program has the password", what, delay);
	is_int(count_raw(t, 'Q') + count_raw(t, 'Z'), 0,
	    "no byte of it was drawn while the client could not know");
	relay("hold off");
	see(t, "it is done", "the client hears of it");
	if (count_raw(t, 'Q') > 0)
		later_show("it wrote", term_raw(t, NULL));
	ok(count_raw(t, 'Q') + count_raw(t, 'Z') == 0,
	    "nor was any drawn then");
	unlink(mux_file("silent"));
	unlink(mux_file("got"));
}

/* The shell turns echo off in the command that Enter starts. */
static void
after_enter(struct term *t, int delay)
{
	relay("delay %d", delay);
	type_line(t, "clear; ./ask");
	relay("hold down");
	term_type(t, "\r");
	type_password(t, "a command", delay);
}

/* Echo ends between two lines of one program, of which the first echoed. */
static void
after_a_line(struct term *t, int delay)
{
	relay("delay %d", delay);
	term_type(t, "clear; ./login\r");
	see(t, "who are you", "the program waits for a name");
	type_line(t, "somebody");
	relay("hold down");
	term_type(t, "\r");
	type_password(t, "name and password", delay);
}

int
main(void)
{
	static const int	delays[] = { 0, 60, 250 };
	struct term		*t;
	size_t			 i;

	remote_init(80, 24);
	mux_write_file("ask", "#!/bin/sh\n"
	    "stty -echo\n"
	    ": >silent\n"
	    "read secret\n"
	    "stty echo\n"
	    "echo \"$secret\" >got\n"
	    "echo it is done\n");
	mux_write_file("login", "#!/bin/sh\n"
	    "echo who are you\n"
	    "read name\n"
	    "exec ./ask\n");
	shell("chmod 755 %s %s", mux_file("ask"), mux_file("login"));
	mux("set-option -g predict always");
	mux("respawn-pane -k -t main -c %s", mux_dir());
	t = remote_attach(80, 24, "-t main");
	ok(term_see_cursor(t, 2, 0), "the client attaches");
	ok(remote_on_udp(t), "it is on UDP");

	/* It does guess in this pane: what was never answered is shown. */
	type_line(t, "clear; ec");
	relay("hold down");
	type_line(t, "ho guess");
	relay("hold off");
	term_type(t, "ed | tr g G\r");
	see(t, "Guessed", "the command runs");

	for (i = 0; i < sizeof delays / sizeof delays[0]; i++) {
		after_enter(t, delays[i]);
		after_a_line(t, delays[i]);
	}
	return (mux_done());
}
