/* SPDX-License-Identifier: ISC */

/*
 * Several clients on one session, of different sizes; read-only ones; and
 * clients that stop, hang, die or lose their terminal while output flows.
 */

#include <signal.h>
#include <unistd.h>

#include "e2e/lib-rmux.h"

static bool
size_is(const char *want)
{
	return (mux_until(want, "display-message -p -t main: "
	    "'#{window_width}x#{window_height}'"));
}

static bool
clients_are(int n)
{
	char	want[16];

	snprintf(want, sizeof want, "%d", n);
	return (mux_until(want, "display-message -p -t main: "
	    "'#{session_attached}'"));
}

static void
sizes(struct term *t)
{
	struct term	*big, *small;

	big = mux_client(120, 40, "attach-session -t main");
	ok(clients_are(2), "a second client attaches");
	ok(size_is("120x39"), "window-size latest: the newest client's size");
	term_type(t, "\r");
	ok(size_is("80x23"), "a key of the other: its size");
	small = mux_client(60, 15, "attach-session -t main");
	ok(clients_are(3), "a third client attaches");

	mux("set-option -g window-size smallest");
	ok(size_is("60x14"), "smallest: that of the smallest client");
	mux("set-option -g window-size largest");
	ok(size_is("120x39"), "largest: that of the largest");
	term_type(t, "clear; printf '\\033[38;110Hcorner'\r");
	see(big, "corner", "the large client sees the far corner");
	mux("set-option -g window-size manual");
	ok(mux_good("resize-window -t main: -x 70 -y 20"), "manual: as told");
	ok(size_is("70x20"), "the window has that size");
	term_type(small, "clear; echo to everyone\r");
	see(t, "to everyone", "one client sees what another types");
	see(big, "to everyone", "and the third too");
	mux("set-option -g window-size latest");
	mux("set-option -wu -t main: window-size");

	term_type(small, "\002d");
	ok(term_ended(small), "one client detaches");
	ok(clients_are(2), "the others stay");
	ok(mux_good("detach-client -t '%s'", shell("%s -S %s list-clients -F "
	    "'#{client_width} #{client_name}' | sed -n 's/^120 //p'",
	    mux_program(), mux_socket())),
	    "detach-client detaches another by name");
	ok(term_ended(big), "it ends");
	ok(clients_are(1), "one is left");
	term_type(t, "\r");
	ok(size_is("80x23"), "the window has its size");
	term_free(big);
	term_free(small);
}

static void
reader(struct term *t)
{
	struct term	*r;

	r = mux_client(90, 24, "attach-session -r -t main");
	see(r, "[main]", "a client attaches to read only");
	ok(mux_until_has("90 1", "list-clients -F "
	    "'#{client_width} #{client_readonly}'"), "list-clients knows it");
	term_type(r, "echo not-to-be-typed\r");
	term_type(t, "echo typed by the other\r");
	see(r, "typed by the other", "it sees what happens");
	ok(!term_has(t, "not-to-be-typed"), "what it types goes nowhere");
	term_type(r, "\002d");
	ok(term_ended(r), "it can detach");
	term_free(r);
}

/* attach -d takes the session from the others. */
static struct term *
takes(struct term *t)
{
	struct term	*u;

	u = mux_client(80, 24, "attach-session -d -t main");
	ok(term_ended(t), "attach -d detaches the other client");
	see(t, "[detached (from session main)]", "which says so");
	term_free(t);
	see(u, "[main]", "the new one has the session");
	return (u);
}

/* Count up for ever; numbers that a client has seen tell how far it is. */
static void
flow(struct term *t)
{
	term_type(t, "clear; i=0; t=tick; while :; do i=$((i+1)); echo $t $i end; "
	    "done\r");
	see(t, "tick ", "output flows");
}

static long
ticks(void)
{
	const char	*s, *last = NULL;

	for (s = mux("capture-pane -p -t main:"); (s = strstr(s, "tick ")) !=
	    NULL; s++) {
		if (strchr(s, 'd') != NULL)
			last = s;
	}
	return (last != NULL ? atol(last + 5) : -1);
}

static bool
ticks_go_on(void)
{
	long		n = ticks();
	struct until	u = until();

	while (ticks() < n + 2000) {
		if (!until_more(&u))
			return (false);
	}
	return (true);
}

static void
stopped(struct term *t)
{
	struct term	*other;
	struct until	 u;
	int64_t		 start;

	flow(t);
	term_kill(t, SIGSTOP);
	start = now_ms();
	ok(ticks_go_on(), "a stopped client does not hold the program up");
	other = mux_client(80, 24, "attach-session -t main");
	see(other, "tick ", "another client attaches meanwhile");
	/* Long enough for every timer that would give a client up. */
	u = until_ms(20000);
	while (now_ms() - start < 3000 && until_more(&u))
		;
	ok(ticks_go_on(), "after 3 seconds the program still runs freely");
	term_kill(t, SIGCONT);
	term_type(t, "\003");
	ok(term_see(t, "$"), "the client goes on and its C-c gets through");
	term_type(t, "clear; echo still here\r");
	ok(term_see(t, "still here"), "it is up to date at once");
	ok(term_see(other, "still here"), "so is the other");
	term_free(other);
	ok(clients_are(1), "a client whose terminal is closed is gone");
}

/* The terminal itself does not take what is written to it. */
static void
frozen(struct term *t)
{
	flow(t);
	term_freeze(t, true);
	ok(ticks_go_on(), "a hung terminal does not hold the program up");
	ok(ticks_go_on(), "for ever");
	mux("send-keys -t main: C-c");
	mux("send-keys -t main: 'clear; echo thawed' Enter");
	term_freeze(t, false);
	ok(term_see(t, "thawed"), "read again, it shows the newest screen");
	gone(t, "tick", "and nothing old stays");
}

static struct term *
deaths(struct term *t)
{
	struct term	*u;

	term_type(t, "clear; echo before the kill\r");
	see(t, "before the kill", "something is on the screen");
	term_kill(t, SIGKILL);
	ok(term_ended(t), "the client is killed with -9");
	ok(clients_are(0), "the server notices soon");
	term_free(t);
	u = mux_client(80, 24, "attach-session -t main");
	see(u, "before the kill", "a new client finds everything");
	term_hangup(u);
	ok(clients_are(0), "a closed terminal detaches");
	term_free(u);
	u = mux_client(80, 24, "attach-session -t main");
	see(u, "before the kill", "a new client finds everything again");
	term_kill(u, SIGTERM);
	ok(term_ended(u), "SIGTERM ends a client");
	ok(!term_alternate(u), "the terminal is restored");
	ok(clients_are(0), "the server knows");
	term_free(u);
	return (mux_client(80, 24, "attach-session -t main"));
}

static void
big_output(struct term *t)
{
	int	y;

	shell("awk 'BEGIN { for (i = 0; i < 200000; i++) print \"line \" "
	    "i %% 200 + 1 \" of the block, some text to make it longer\" }' >%s",
	    mux_file("large"));
	ok(atol(shell("wc -c <%s", mux_file("large"))) > 10000000,
	    "a file of more than 10 MB");
	term_type(t, "clear; cat %s; echo THE-$((1+1))ND\r", mux_file("large"));
	see(t, "THE-2ND", "it runs through a pane");
	y = term_find(t, "THE-2ND", NULL);
	ok(y == 21 && strncmp(term_row(t, 20), "line 200 of the block", 21) == 0 &&
	    strncmp(term_row(t, 0), "line 180 of the block", 21) == 0,
	    "the end is right, line for line") ? (void)0 : term_dump(t);
	ok(strstr(mux("capture-pane -p -t main:"), "line 200 of") != NULL,
	    "the server's screen is the same");
	y = atoi(mux("display-message -p -t main: '#{history_size}'"));
	ok(y > 1500 && y <= 2000, "history stays within its limit");
}

static void
server_ends(struct term *t)
{
	pid_t	pid = mux_server_pid();

	kill(pid, SIGTERM);
	ok(term_ended(t), "SIGTERM to the server ends its clients");
	see(t, "[server exited", "they say why");
	ok(!term_alternate(t), "their terminals are restored");
	ok(term_status(t) == 1 || !mux_is_rmux(), "their status is 1");
	ok(process_gone(pid), "the server ends");
	ok(access(mux_socket(), F_OK) != 0 || !mux_is_rmux(),
	    "its socket is removed");
}

/* What the client becomes has the signals of any program. */
static void
run_instead(void)
{
	struct term	*t;

	t = mux_client(61, 15, "attach-session -t main");
	ok(mux_until("61", "list-clients -f '#{==:#{client_width},61}' -F '#{client_width}'"),
	    "a client attaches");
	ok(mux_good("detach-client -t '%s' -E 'echo here instead; kill -PIPE $$; echo survived'",
	    shell("%s -S %s list-clients -f '#{==:#{client_width},61}' -F '#{client_name}'",
	    mux_program(), mux_socket())), "detach-client -E");
	ok(term_ended(t), "the client ends");
	ok(term_has(t, "here instead"), "the command ran in its place");
	ok(!term_has(t, "survived"), "SIGPIPE ends that as it should");
	term_free(t);
}

int
main(void)
{
	struct term	*t;

	mux_init();
	t = mux_new(80, 24);
	run_instead();
	sizes(t);
	reader(t);
	t = takes(t);
	stopped(t);
	frozen(t);
	t = deaths(t);
	big_output(t);
	server_ends(t);
	mux_expect_no_server();
	return (mux_done());
}
