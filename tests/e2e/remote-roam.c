/* SPDX-License-Identifier: ISC */

/*
 * Roaming: the client's address and port change, again and again, while keys
 * are typed and while output flows with nobody at the keys.
 */

#include "e2e/lib-remote.h"

static void
pause_ms(int ms)
{
	int64_t	end = now_ms() + ms;

	while (now_ms() < end)
		pump(5);
}

int
main(void)
{
	struct term	*t;
	struct until	 u;
	const char	*p;
	int		 i, n;
	long		 before;

	remote_init(80, 24);
	t = remote_attach(80, 24, "-t main");
	ok(term_see_cursor(t, 2, 0), "the client attaches");
	ok(remote_on_udp(t), "it is on UDP");
	relay("delay 20");

	mux("send-keys 'clear; echo GO; cat >%s' Enter", mux_file("typed"));
	ok(term_see_row(t, 0, "GO"), "a program waits for keys");
	for (i = 0, p = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ"; *p !=
	    '\0'; p++, i++) {
		if (i % 8 == 7)
			relay("roam");
		term_send(t, p, 1);
		pause_ms(20);
	}
	term_type(t, "\r\004");
	u = until();
	while (*mux_read_file("typed") == '\0' && until_more(&u))
		;
	is_str(mux_read_file("typed"),
	    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ\n",
	    "keys typed while the address moves arrive once, in order");
	ok(term_see_row(t, 1, "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ"),
	    "and are shown so");

	/* Output only; nothing is typed. */
	shell("mkfifo %s", mux_file("fifo"));
	mux("send-keys 'clear; while read x; do echo got-$x; done <%s' Enter",
	    mux_file("fifo"));
	{
		int	in, out;
		FILE	*f;
		pid_t	pid = start_process(&in, &out, "exec cat >%s",
			    mux_file("fifo"));

		f = fdopen(in, "w");
		setvbuf(f, NULL, _IONBF, 0);
		for (i = 0; i < 6; i++) {
			char	want[32];

			relay("roam");
			fprintf(f, "%d\n", i);
			snprintf(want, sizeof want, "got-%d", i);
			if (!term_see(t, "%s", want))
				break;
		}
		is_int(i, 6, "output follows the client to each new address, "
		    "with nothing typed");
		fclose(f);
		end_process(pid);
	}

	/* The old address is not heard any more, so both ways are needed. */
	relay("loss 0.1");
	mux("send-keys 'clear' Enter");
	for (n = 0; n < 5; n++) {
		relay("roam");
		term_type(t, "echo round-%d-$((%d * 7))\r", n, n + 1);
		if (!term_see(t, "round-%d-%d", n, (n + 1) * 7))
			break;
	}
	is_int(n, 5, "commands run and are seen from five more addresses, "
	    "with a tenth lost");
	relay("loss 0");
	before = relay_stats().down;
	relay("replay 200");
	term_type(t, "echo after-$((5 * 5)) replay\r");
	see(t, "after-25 replay", "replayed datagrams from elsewhere take nothing "
	    "away");
	ok(relay_stats().down > before, "answers still come to the client");
	is_str(mux("list-clients -F '#{client_session}'"), "main",
	    "to the server it was one client all the time");
	is_str(mux("status -F '#{m:udp 127.0.0.*,#{client_link}} "
	    "#{e|>=:#{client_moves},10} #{e|>=:#{client_rtt},20} "
	    "#{e|>:#{client_received},1000}'"), "1 1 1 1",
	    "status tells its address, that it moved, and the round trip");
	return (mux_done());
}
