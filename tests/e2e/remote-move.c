/* SPDX-License-Identifier: ISC */

/*
 * Real networks: server and client each in a network namespace, two cables
 * between them, and a client that changes from one to the other as the routes
 * and addresses of its machine do.  The server's address is one that is on
 * neither cable, so that it must answer from the one that was asked.  Then a
 * cable with both families of addresses, of which one goes dead.
 *
 * Skipped where namespaces cannot be made.
 */

#ifdef __linux__
#include <sched.h>
#endif

#include <unistd.h>

#include "e2e/lib-remote.h"

static int
skipped(const char *why)
{
	printf("1..0 # SKIP %s\n", why);
	return (0);
}

#ifdef CLONE_NEWNET
/* The client is seen from there, and what happens over there is shown. */
static void
moves_to(struct term *t, const char *from, int round)
{
	ok(mux_until_has(from, "list-clients -F '#{client_link}'"),
	    "the server sees it at %s, with nothing typed", from);
	mux("send-keys 'clear; echo there-$((%d + 1))' Enter", round);
	ok(term_see(t, "there-%d", round + 1), "output follows");
	term_type(t, "echo here-$((%d + 1))\r", round);
	ok(term_see(t, "here-%d", round + 1), "and keys arrive");
}

/* One cable with addresses of both families; the client knows them all. */
static void
families(long pid)
{
	struct term	*t;

	shell("set -e; in='nsenter -n -t %ld'; ip link del c1; ip link del c2;"
	    "ip link add c3 type veth peer name s3; ip link set s3 netns %ld;"
	    "ip addr add 10.3.0.2/24 dev c3; ip addr add fd03::2/64 dev c3 nodad;"
	    "$in ip addr add 10.3.0.1/24 dev s3;"
	    "$in ip addr add fd03::1/64 dev s3 nodad;"
	    "ip link set c3 up; $in ip link set s3 up", pid, pid);
	if (*shell("ip -6 addr show dev c3 | grep fd03") == '\0')
		return;
	t = mux_client(80, 24, "attach-session --ssh='%s' --server='%s' "
	    "-t main here.example", fake_ssh(), mux_program());
	ok(term_see(t, "small-42"), "a client attaches by addresses of the server");
	ok(remote_no_ssh(t), "it is on UDP");
	moves_to(t, "10.3.0.2", 50);

	shell("ip addr del 10.3.0.2/24 dev c3");
	moves_to(t, "fd03::2", 60);
	shell("ip addr add 10.3.0.2/24 dev c3; ip -6 addr flush dev c3");
	moves_to(t, "10.3.0.2", 70);

	/* Nothing of it is seen on the client's machine. */
	shell("ip addr add fd03::2/64 dev c3 nodad");
	term_type(t, "echo back-$((2 * 3))\r");
	ok(term_see(t, "back-6"), "another address comes, the way stays");
	shell("nsenter -n -t %ld ip addr del 10.3.0.1/24 dev s3", pid);
	moves_to(t, "fd03::2", 80);
	shell("nsenter -n -t %ld ip addr add 10.3.0.1/24 dev s3;"
	    "nsenter -n -t %ld ip addr del fd03::1/64 dev s3", pid, pid);
	moves_to(t, "10.3.0.2", 90);
}

int
main(void)
{
	struct term	*t;
	long		 pid;

	if (geteuid() != 0 || unshare(CLONE_NEWNET) != 0)
		return (skipped("no network namespaces here"));
	mux_init();
	if (!mux_is_rmux()) {
		mux_expect_no_server();
		return (skipped("only for rmux"));
	}
	shell("ip link set lo up && command -v nsenter");
	if (*shell("command -v ip && command -v nsenter") == '\0') {
		mux_expect_no_server();
		return (skipped("no ip, or no nsenter"));
	}
	mux("-p 60001 new-session -d -s main -x 80 -y 24");
	pid = (long)mux_server_pid();
	if (unshare(CLONE_NEWNET) != 0)
		bail("no second namespace");
	shell("set -e; in='nsenter -n -t %ld'; ip link set lo up;"
	    "for n in 1 2; do ip link add c$n type veth peer name s$n;"
	    "  ip link set s$n netns %ld;"
	    "  ip addr add 10.$n.0.2/24 dev c$n; ip link set c$n up;"
	    "  $in ip addr add 10.$n.0.1/24 dev s$n; $in ip link set s$n up;"
	    "done; $in ip link set lo up; $in ip addr add 10.9.9.9/32 dev lo;"
	    "ip route add default via 10.1.0.1 && echo good", pid, pid);
	t = mux_client(80, 24, "attach-session --ssh='%s' --server='%s' "
	    "--udp=10.9.9.9:60001 -t main here.example", fake_ssh(),
	    mux_program());
	ok(term_see_cursor(t, 2, 0), "the client attaches");
	ok(remote_no_ssh(t), "it is on UDP");
	moves_to(t, "10.1.0.2", 1);

	/* The route alone: both addresses stay, as between Wi-Fi and LTE. */
	shell("ip route replace default via 10.2.0.1");
	moves_to(t, "10.2.0.2", 10);

	/* The address that is used goes away, and another way is there. */
	shell("ip addr del 10.2.0.2/24 dev c2; "
	    "ip route replace default via 10.1.0.1");
	moves_to(t, "10.1.0.2", 20);

	/* A whole interface, and for a moment there is none at all. */
	shell("ip link set c1 down; ip addr add 10.2.0.3/24 dev c2;"
	    "ip route replace default via 10.2.0.1");
	moves_to(t, "10.2.0.3", 30);

	/* Large datagrams do not fit any more, and nobody says so. */
	shell("ip link set c2 mtu 800; nsenter -n -t %ld ip link set s2 mtu "
	    "800", pid);
	mux("send-keys 'clear; seq -s. 1 400; echo small-$((6 * 7))' Enter");
	ok(term_see(t, "398.399.400") && term_see(t, "small-42"),
	    "a screen gets through a network that takes 800 bytes");
	is_str(mux("list-clients -F '#{client_session}'"), "main",
	    "to the server it was one client all the time");
	term_free(t);
	families(pid);
	return (mux_done());
}
#else
int
main(void)
{
	return (skipped("no network namespaces here"));
}
#endif
