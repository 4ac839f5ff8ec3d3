/* SPDX-License-Identifier: ISC */

/* link.c - see link.h. */

#include <sys/socket.h>
#include <netinet/in.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/xmalloc.h"
#include "client/link.h"
#include "sync/framing.h"

#define STREAM_OUT_MAX	(1 << 20)
#define STREAM_OUT_FULL	(64 * 1024)
#define UDP_SOCKETS	8		/* with those of earlier moves */
#define UDP_LINGER	(60 * USEC_PER_SEC)
#define UDP_BATCHES	4
#define STREAM_PATH_ID	1000u

struct udp_socket {
	int		 fd;		/* -1: free */
	int		 family;
	uint32_t	 id;
	struct event	*ev;
	struct links	*links;
	bool		 current;
	usec_t		 until;		/* not current: then close */
};

struct links {
	struct event_base	*base;
	const struct links_ops	*ops;
	void			*arg;
	int			 fd;
	struct event		*read_ev, *write_ev;
	struct framing		 framing;
	struct buf		 out;
	struct conn_path	 stream_path;
	struct udp_socket	 udp[UDP_SOCKETS];
	uint32_t		 next_id;
};

static void
stream_ended(struct links *l)
{
	struct conn_path	path = l->stream_path;

	links_stream_close(l);
	l->ops->stream_end(l->arg, &path);
}

static void
stream_take(struct links *l, const uint8_t *data, size_t n)
{
	const uint8_t	*packet;
	size_t		 len;
	int		 r;

	while (l->fd != -1 && (r = framing_next(&l->framing, &data, &n, &packet, &len)) != 0) {
		if (r == -1) {
			stream_ended(l);
			return;
		}
		l->ops->packet(l->arg, &l->stream_path, packet, len);
	}
}

static void
stream_readable(int fd, short what, void *arg)
{
	static uint8_t	 chunk[65536];
	struct links	*l = arg;
	ssize_t		 n;

	(void)what;
	n = read(fd, chunk, sizeof chunk);
	if (n > 0)
		stream_take(l, chunk, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		stream_ended(l);
}

static bool
stream_flush(struct links *l)
{
	ssize_t	n;

	while (l->fd != -1 && buf_len(&l->out) > 0) {
		n = send(l->fd, buf_data(&l->out), buf_len(&l->out), MSG_NOSIGNAL);
		if (n > 0)
			buf_drain(&l->out, (size_t)n);
		else if (n < 0 && errno == EINTR)
			continue;
		else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			event_add(l->write_ev, NULL);
			return (true);
		} else {
			buf_clear(&l->out);	/* the reading side sees the end */
			return (false);
		}
	}
	return (true);
}

static void
stream_writable(int fd, short what, void *arg)
{
	struct links	*l = arg;

	(void)fd;
	(void)what;
	stream_flush(l);
	l->ops->writable(l->arg);
}

struct links *
links_new(struct event_base *base, const struct links_ops *ops, void *arg)
{
	struct links	*l = xcalloc(1, sizeof *l);
	int		 i;

	l->base = base;
	l->ops = ops;
	l->arg = arg;
	l->fd = -1;
	framing_init(&l->framing);
	buf_init(&l->out, STREAM_OUT_MAX);
	for (i = 0; i < UDP_SOCKETS; i++)
		l->udp[i].fd = -1;
	return (l);
}

static void
udp_close(struct udp_socket *u)
{
	if (u->fd == -1)
		return;
	event_free(u->ev);
	close(u->fd);
	u->fd = -1;
}

void
links_free(struct links *l)
{
	int	i;

	links_stream_close(l);
	for (i = 0; i < UDP_SOCKETS; i++)
		udp_close(&l->udp[i]);
	framing_fini(&l->framing);
	buf_fini(&l->out);
	free(l);
}

void
links_stream(struct links *l, int fd, const void *first, size_t n, struct conn_path *path)
{
	l->fd = fd;
	os_set_nonblock(fd, true);
	memset(&l->stream_path, 0, sizeof l->stream_path);
	l->stream_path.id = STREAM_PATH_ID;
	l->stream_path.stream = true;
	*path = l->stream_path;
	l->read_ev = event_new(l->base, fd, EV_READ | EV_PERSIST, stream_readable, l);
	l->write_ev = event_new(l->base, fd, EV_WRITE, stream_writable, l);
	event_add(l->read_ev, NULL);
	if (n > 0)
		stream_take(l, first, n);
}

void
links_stream_close(struct links *l)
{
	if (l->fd == -1)
		return;
	event_free(l->read_ev);
	event_free(l->write_ev);
	close(l->fd);
	l->fd = -1;
	buf_clear(&l->out);
}

bool
links_stream_open(const struct links *l)
{
	return (l->fd != -1);
}

bool
links_full(const struct links *l)
{
	return (buf_len(&l->out) >= STREAM_OUT_FULL);
}

void
links_stream_raw(struct links *l, const void *data, size_t n)
{
	buf_add(&l->out, data, n);
	stream_flush(l);
}

void
links_flush(struct links *l, int timeout_ms)
{
	struct pollfd	pf;

	while (l->fd != -1 && buf_len(&l->out) > 0) {
		pf.fd = l->fd;
		pf.events = POLLOUT;
		if (poll(&pf, 1, timeout_ms) <= 0 || !stream_flush(l))
			break;
	}
}

/*** UDP ***/

static void
addr_to_conn(struct conn_addr *to, const struct os_addr *from)
{
	memset(to, 0, sizeof *to);
	if (from->len == 0)
		return;
	if (from->ss.ss_family == AF_INET) {
		const struct sockaddr_in *in = (const struct sockaddr_in *)&from->ss;
		to->family = MSG_ADDR_V4;
		memcpy(to->ip, &in->sin_addr, 4);
		to->port = ntohs(in->sin_port);
	} else if (from->ss.ss_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&from->ss;
		to->family = MSG_ADDR_V6;
		memcpy(to->ip, &in6->sin6_addr, 16);
		to->port = ntohs(in6->sin6_port);
		to->scope = in6->sin6_scope_id;
	}
}

static void
addr_from_conn(struct os_addr *to, const struct conn_addr *from)
{
	memset(to, 0, sizeof *to);
	if (from->family == MSG_ADDR_V4) {
		struct sockaddr_in *in = (struct sockaddr_in *)&to->ss;
		in->sin_family = AF_INET;
		memcpy(&in->sin_addr, from->ip, 4);
		in->sin_port = htons(from->port);
		to->len = sizeof *in;
	} else if (from->family == MSG_ADDR_V6) {
		struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&to->ss;
		in6->sin6_family = AF_INET6;
		memcpy(&in6->sin6_addr, from->ip, 16);
		in6->sin6_port = htons(from->port);
		in6->sin6_scope_id = from->scope;
		to->len = sizeof *in6;
	}
}

static void
udp_readable(int fd, short what, void *arg)
{
	static uint8_t			 room[OS_UDP_BATCH][DATAGRAM_MAX + 64];
	static struct os_udp_packet	 pkts[OS_UDP_BATCH];
	struct udp_socket		*u = arg;
	struct conn_path		 path;
	int				 i, n, batch;

	(void)what;
	for (batch = 0; batch < UDP_BATCHES && u->fd == fd; batch++) {
		for (i = 0; i < OS_UDP_BATCH; i++) {
			memset(&pkts[i], 0, sizeof pkts[i]);
			pkts[i].data = room[i];
			pkts[i].size = sizeof room[i];
		}
		n = os_udp_recv(fd, pkts, OS_UDP_BATCH);
		for (i = 0; i < n; i++) {
			if (pkts[i].truncated)
				continue;
			memset(&path, 0, sizeof path);
			path.id = u->id;
			addr_to_conn(&path.remote, &pkts[i].peer);
			u->links->ops->packet(u->links->arg, &path, pkts[i].data, pkts[i].len);
		}
		if (n < OS_UDP_BATCH)
			break;
	}
}

/* A free place, or that of the socket that was left first. */
static struct udp_socket *
udp_slot(struct links *l)
{
	struct udp_socket	*u, *best = NULL;
	int			 i;

	for (i = 0; i < UDP_SOCKETS; i++) {
		u = &l->udp[i];
		if (u->fd == -1)
			return (u);
		if (!u->current && (best == NULL || u->until < best->until))
			best = u;
	}
	return (best != NULL ? best : &l->udp[0]);
}

static struct udp_socket *
udp_get(struct links *l, int family)
{
	struct udp_socket	*u;
	char			*cause = NULL;
	uint16_t		 port;
	int			 i, fd;

	for (i = 0; i < UDP_SOCKETS; i++) {
		if (l->udp[i].fd != -1 && l->udp[i].current && l->udp[i].family == family)
			return (&l->udp[i]);
	}
	if ((fd = os_udp_open(family, NULL, 0, 0, &port, &cause)) == -1) {
		free(cause);
		return (NULL);
	}
	u = udp_slot(l);
	udp_close(u);
	u->fd = fd;
	u->family = family;
	u->id = l->next_id++;
	u->links = l;
	u->current = true;
	u->ev = event_new(l->base, fd, EV_READ | EV_PERSIST, udp_readable, u);
	event_add(u->ev, NULL);
	return (u);
}

bool
links_udp_path(struct links *l, const struct os_addr *addr, struct conn_path *path)
{
	struct udp_socket	*u = udp_get(l, addr->ss.ss_family);

	if (u == NULL)
		return (false);
	memset(path, 0, sizeof *path);
	path->id = u->id;
	addr_to_conn(&path->remote, addr);
	return (true);
}

bool
links_udp_again(struct links *l, const struct conn_path *old, struct conn_path *path)
{
	struct os_addr	addr;

	if (old->stream || old->remote.family == 0)
		return (false);
	addr_from_conn(&addr, &old->remote);
	return (links_udp_path(l, &addr, path));
}

void
links_udp_renew(struct links *l, usec_t now)
{
	int	i;

	for (i = 0; i < UDP_SOCKETS; i++) {
		if (l->udp[i].current)
			l->udp[i].until = now + UDP_LINGER;
		l->udp[i].current = false;
	}
}

void
links_expire(struct links *l, usec_t now)
{
	int	i;

	for (i = 0; i < UDP_SOCKETS; i++) {
		if (l->udp[i].fd != -1 && !l->udp[i].current && l->udp[i].until <= now)
			udp_close(&l->udp[i]);
	}
}

void
links_send(struct links *l, const struct conn_path *path, const uint8_t *data, size_t n)
{
	struct os_udp_packet	 pkt;
	int			 i;

	if (path->stream) {
		if (l->fd != -1 && framing_add(&l->out, data, n) == 0)
			stream_flush(l);
		return;
	}
	for (i = 0; i < UDP_SOCKETS; i++) {
		if (l->udp[i].fd == -1 || l->udp[i].id != path->id)
			continue;
		memset(&pkt, 0, sizeof pkt);
		pkt.data = (uint8_t *)(uintptr_t)data;
		pkt.size = n;
		addr_from_conn(&pkt.peer, &path->remote);
		os_udp_send(l->udp[i].fd, &pkt, 1);	/* what cannot be sent is lost */
		return;
	}
}
