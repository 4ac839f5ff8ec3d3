/* SPDX-License-Identifier: ISC */

/*
 * net.c - where the packets go: which way is in use, and what is done when it may be gone.
 *
 * A remote client begins with ssh's byte stream and every UDP address that the server may
 * have.  Once UDP is proved ssh may go; where UDP does not get through the stream stays.
 * New sockets, and so a new source port, are tried when the network changed, when the machine
 * has slept, and when nothing is heard for too long (the engine says when: hop_at).
 */

#include <string.h>

#include "base/xmalloc.h"
#include "client/client-int.h"
#include "os/clock.h"
#include "os/netmon.h"
#include "view/boot.h"

#define SUSPEND_JUMP	(2 * USEC_PER_SEC)
#define NET_SETTLE	(100 * USEC_PER_MSEC) /* changes of the network come in bursts */
#define SSH_LINGER	(1 * USEC_PER_SEC)	/* ssh goes so long after UDP is proved */

static void
link_packet(void *arg, const struct conn_path *path, const uint8_t *data, size_t n)
{
	struct app	*a = arg;

	a->now = os_clock();
	conn_input(a->conn, a->now, path, data, n);
}

static void
link_stream_end(void *arg, const struct conn_path *path)
{
	struct app	*a = arg;

	a->now = os_clock();
	if (a->remote) {
		conn_event(a->conn, a->now, CONN_EVENT_PATH_DEL, path);
		if (a->udp_since == 0)
			a->cut_at = a->now;
		return;
	}
	/* The server is gone. */
	if (!a->leaving) {
		client_say(a, a->attached ? TALK_EXIT_SERVER : TALK_EXIT_REFUSED,
		    xstrdup("lost the server"));
		a->leaving = true;
		a->code = CLIENT_EXIT_ERROR;
	}
	a->done = true;
}

static void
link_writable(void *arg)
{
	struct app	*a = arg;

	a->now = os_clock();
	conn_wake(a->conn);
}

static const struct links_ops link_ops = {
	.packet = link_packet,
	.stream_end = link_stream_end,
	.writable = link_writable,
};

/*
 * Where else the server may be, by the sockets in use now: what was out of reach may be
 * the only way now.
 */
static void
net_others(struct app *a, enum conn_event event, const struct conn_path *but)
{
	struct conn_path	path;
	int			i;

	for (i = 0; i < a->naddrs; i++) {
		if (links_udp_path(a->links, &a->addrs[i], &path) &&
		    !conn_addr_equal(&path.remote, &but->remote))
			conn_event(a->conn, a->now, event, &path);
	}
}

/* Nothing is heard: perhaps it is the port, or what a NAT made of it. */
static void
net_hop(struct app *a)
{
	struct conn_stats	st;
	struct conn_path	path;

	conn_stats(a->conn, &st);
	if (a->now < st.hop_at)
		return;
	/* The sockets of the other ways are closed soon, as that of this one is. */
	net_others(a, CONN_EVENT_PATH_DEL, &st.path);
	links_udp_renew(a->links, a->now);
	if (!links_udp_again(a->links, &st.path, &path))
		path = st.path;
	conn_event(a->conn, a->now, CONN_EVENT_PATH_HOP, &path);
	net_others(a, CONN_EVENT_PATH_ADD, &path);
}

/* On UDP and proved: ssh may go. */
static void
net_proved(struct app *a)
{
	struct conn_stats	st;
	struct conn_path	path;

	links_expire(a->links, a->now);
	conn_stats(a->conn, &st);
	screen_link(a->screen, st.srtt_us, false);
	replica_rtt(a->replica, st.srtt_us);
	if (st.path_known && !st.path.stream && st.last_heard != 0) {
		a->cut_at = 0;
		if (a->udp_since == 0) {
			a->udp_since = a->now;
			if (a->had_stream_notice) {
				notice_calm(a, "rmux: UDP works now; ssh is no longer needed");
				a->had_stream_notice = false;
			}
		} else if (links_stream_open(a->links) && a->now >= a->udp_since + SSH_LINGER &&
		    st.hop_at == USEC_NEVER) {	/* nothing is unanswered */
			memset(&path, 0, sizeof path);
			path.id = 1000;
			path.stream = true;
			links_stream_close(a->links);
			conn_event(a->conn, a->now, CONN_EVENT_PATH_DEL, &path);
		}
	} else if (st.path_known && st.path.stream) {
		a->udp_since = 0;
		if (!a->had_stream_notice && a->attached) {
			a->had_stream_notice = true;
			notice_calm(a, "rmux: UDP does not get through; going on over ssh");
		}
	}
}

/* Perhaps we are on another network now: new sockets, and a try at once. */
static void
net_moved(struct app *a)
{
	struct conn_stats	 st;
	struct conn_path	 path;

	a->move_at = 0;
	conn_stats(a->conn, &st);
	if (!st.path_known || st.path.stream) {
		conn_event(a->conn, a->now, CONN_EVENT_NETWORK, NULL);
		return;
	}
	net_others(a, CONN_EVENT_PATH_DEL, &st.path);
	links_udp_renew(a->links, a->now);
	if (links_udp_again(a->links, &st.path, &path)) {
		conn_event(a->conn, a->now, CONN_EVENT_PATH_CHANGED, &path);
		conn_event(a->conn, a->now, CONN_EVENT_PATH_DEL, &st.path);
	} else {
		path = st.path;
		conn_event(a->conn, a->now, CONN_EVENT_NETWORK, NULL);
	}
	net_others(a, CONN_EVENT_PATH_ADD, &path);
}

/* The machine slept if boot time went ahead of the time that stands still asleep. */
static void
net_check_suspend(struct app *a)
{
	usec_t	gap = os_clock() - os_clock_mono();

	if (a->mono_gap != 0 && gap > a->mono_gap + SUSPEND_JUMP) {
		conn_event(a->conn, a->now, CONN_EVENT_SUSPENDED, NULL);
		if (a->remote)
			net_moved(a);
	}
	a->mono_gap = gap;
}

/* Not at once: changes come in bursts, and each move costs a socket and an id. */
static void
net_changed(int fd, short what, void *arg)
{
	struct app	*a = arg;

	(void)what;
	if (os_netmon_drain(fd) && a->move_at == 0)
		a->move_at = os_clock() + NET_SETTLE;
}

void
net_tend(struct app *a)
{
	net_check_suspend(a);
	if (a->move_at != 0 && a->now >= a->move_at)
		net_moved(a);
	if (!a->remote)
		return;
	net_hop(a);
	net_proved(a);
}

/* When net_tend() has something to do. */
usec_t
net_deadline(struct app *a)
{
	struct conn_stats	st;
	usec_t			t = USEC_NEVER;

	if (!a->remote)
		return (t);
	conn_stats(a->conn, &st);
	t = st.hop_at;
	if (a->move_at != 0 && a->move_at < t)
		t = a->move_at;
	/* Later than that it waits for an answer. */
	if (a->udp_since != 0 && links_stream_open(a->links) &&
	    a->udp_since + SSH_LINGER > a->now && a->udp_since + SSH_LINGER < t)
		t = a->udp_since + SSH_LINGER;
	return (t);
}

void
net_send(struct app *a)
{
	static uint8_t		packet[DATAGRAM_STREAM + 64];
	struct conn_path	to;
	size_t			n;

	for (;;) {
		conn_stream_full(a->conn, links_full(a->links));
		n = conn_output(a->conn, a->now, packet, sizeof packet, &to);
		if (n == 0)
			break;
		links_send(a->links, &to, packet, n);
	}
}

void
net_continued(struct app *a)
{
	if (a->remote)
		a->move_at = a->now;
}

void
net_init(struct app *a)
{
	int	fd;

	a->links = links_new(a->base, &link_ops, a);
	if (a->remote && (fd = os_netmon_open()) != -1) {
		a->net_ev = event_new(a->base, fd, EV_READ | EV_PERSIST, net_changed, a);
		event_add(a->net_ev, NULL);
	}
}

void
net_connect(struct app *a, const struct ssh_boot *sb)
{
	struct conn_path	path;
	int			i;

	memcpy(a->addrs, sb->addrs, sizeof a->addrs);
	a->naddrs = sb->naddrs;
	for (i = 0; i < sb->naddrs; i++) {
		if (links_udp_path(a->links, &sb->addrs[i], &path))
			conn_event(a->conn, a->now, CONN_EVENT_PATH_ADD, &path);
	}
	links_stream(a->links, sb->fd, sb->rest, sb->rest_len, &path);
	conn_event(a->conn, a->now, CONN_EVENT_PATH_ADD, &path);
}

void
net_connect_local(struct app *a, int fd)
{
	struct conn_path	path;
	char			kind = BOOT_SOCKET_LOCAL;

	links_stream(a->links, fd, NULL, 0, &path);
	links_stream_raw(a->links, &kind, 1);
	conn_event(a->conn, a->now, CONN_EVENT_PATH_ADD, &path);
}

void
net_fini(struct app *a)
{
	links_free(a->links);
	if (a->net_ev != NULL)
		event_free(a->net_ev);
}
