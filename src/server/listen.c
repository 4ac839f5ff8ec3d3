/* SPDX-License-Identifier: ISC */

/* listen.c - see listen.h. */

#include <sys/socket.h>
#include <netinet/in.h>
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "model/option.h"
#include "os/random.h"
#include "os/sock.h"
#include "seal/seal.h"
#include "server/listen.h"
#include "server/peer.h"
#include "server/server.h"
#include "sync/framing.h"
#include "view/boot.h"

#define LINKS_MAX	2048
#define LINK_OUT_MAX	(512 * 1024)
#define LINK_OUT_FULL	(64 * 1024)	/* then build no more packets for it */
#define LINK_GREETING	(30 * USEC_PER_SEC) /* to say what it is */
#define ACCEPT_TURN_MAX	64
#define UDP_TURN_BATCHES 4
#define UDP_DEFAULT_LO	60001
#define UDP_DEFAULT_HI	60999

enum link_state { LINK_NEW, LINK_LINE, LINK_FRAMES, LINK_CLOSED };

struct peer_link {
	TAILQ_ENTRY(peer_link)	 entry;
	TAILQ_ENTRY(peer_link)	 dentry;	/* in listen->dirty */
	bool			 on_dirty;
	struct listen_state	*listen;
	enum link_state		 state;
	uint32_t		 id;
	int			 fd;
	pid_t			 pid;
	struct event		*read_ev, *write_ev;
	struct framing		 framing;
	struct buf		 out;
	char			 line[BOOT_LINE_MAX];
	size_t			 line_len;
	struct peer		*peer;
	usec_t			 born;
	bool			 closing;
	bool			 secret;	/* keys are in out, or were */
};

struct udp_queued {
	struct os_udp_packet	 packet;
	uint8_t			 data[DATAGRAM_MAX];
};

struct listen_state {
	struct server		*server;
	int			 unix_fd;
	struct event		*unix_ev;
	TAILQ_HEAD(, peer_link)	 links;
	TAILQ_HEAD(, peer_link)	 dirty;		/* with bytes of this turn to write */
	unsigned		 nlinks;
	uint32_t		 next_link;
	int			 udp[2];	/* v4, v6; -1 not open */
	struct event		*udp_ev[2];
	uint16_t		 udp_port;
	struct map_u32		 cids;		/* first four bytes -> struct cid */
	struct udp_queued	*queue[2];	/* OS_UDP_BATCH packets to send */
	int			 queued[2];
	uint64_t		 udp_unknown;	/* datagrams for nobody */
};

struct cid {
	uint8_t		 id[MSG_CID_LEN];
	struct peer	*peer;
};

/*** Links ***/

static void
link_free(struct peer_link *l)
{
	struct peer	*p = l->peer;

	TAILQ_REMOVE(&l->listen->links, l, entry);
	if (l->on_dirty)
		TAILQ_REMOVE(&l->listen->dirty, l, dentry);
	l->listen->nlinks--;
	l->peer = NULL;
	if (p != NULL)
		peer_link_gone(p, l);
	event_free(l->read_ev);
	event_free(l->write_ev);
	close(l->fd);
	framing_fini(&l->framing);
	if (l->secret)
		buf_wipe(&l->out);
	buf_fini(&l->out);
	mem_wipe(l->line, sizeof l->line);
	server_wake(l->listen->server);
	free(l);
}

static void
link_path(const struct peer_link *l, struct conn_path *path)
{
	memset(path, 0, sizeof *path);
	path->id = LINK_PATH_ID + l->id;
	path->stream = true;
}

/* Write what is queued.  False: the link was freed. */
static bool
link_flush(struct peer_link *l)
{
	ssize_t	n;

	while (buf_len(&l->out) > 0) {
		n = send(l->fd, buf_data(&l->out), buf_len(&l->out), MSG_NOSIGNAL);
		if (n > 0) {
			buf_drain(&l->out, (size_t)n);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			event_add(l->write_ev, NULL);
			return (true);
		}
		link_free(l);
		return (false);
	}
	if (l->secret) {
		buf_wipe(&l->out);
		l->secret = false;
	}
	if (l->closing) {
		link_free(l);
		return (false);
	}
	return (true);
}

static void
link_writable(int fd, short what, void *arg)
{
	struct peer_link	*l = arg;
	struct server	*s = l->listen->server;

	(void)fd;
	(void)what;
	server_now(s);
	if (link_flush(l) && l->peer != NULL)
		peer_wake(l->peer);
	server_wake(s);
}

/* The first line of the far end of an ssh: agree on keys, answer, make the peer. */
static void
link_boot_error(struct peer_link *l, const struct boot_hello *h, const char *text)
{
	struct boot_answer	a;
	char			line[BOOT_LINE_MAX];
	size_t			n;

	memset(&a, 0, sizeof a);
	if (h != NULL)
		memcpy(a.nonce, h->nonce, sizeof a.nonce);
	strlcpy(a.error, text, sizeof a.error);
	n = boot_write_answer(&a, line, sizeof line);
	buf_add(&l->out, line, n);
	l->closing = true;
}

static void
boot_addrs(struct boot_answer *a, uint16_t port)
{
	struct os_addr	addr[BOOT_ADDRS_MAX];
	int		i, n;

	n = os_addr_local(addr, BOOT_ADDRS_MAX);
	for (i = 0; i < n && a->naddrs < BOOT_ADDRS_MAX; i++) {
		os_addr_set_port(&addr[i], port);
		os_addr_format(&addr[i], a->addrs[a->naddrs], BOOT_ADDR_LEN);
		a->naddrs++;
	}
}

static bool
link_boot(struct peer_link *l)
{
	struct server		*s = l->listen->server;
	struct boot_hello	 h;
	struct boot_answer	 a;
	struct seal_keypair	 kp;
	struct seal_params	 sp;
	struct seal		*seal;
	struct peer		*p;
	char			 line[BOOT_LINE_MAX], *cause = NULL;
	size_t			 n;

	if (!boot_read_hello(l->line, l->line_len, &h)) {
		link_boot_error(l, NULL, "what came from the client is not a greeting");
		return (link_flush(l));
	}
	if (h.version_min > BOOT_VERSION || h.version_max < BOOT_VERSION) {
		link_boot_error(l, &h, h.version_min > BOOT_VERSION ?
		    "the rmux on the server is older than yours: update it there" :
		    "the rmux on the server is newer than yours: update it here");
		return (link_flush(l));
	}
	memset(&a, 0, sizeof a);
	memset(&sp, 0, sizeof sp);
	memcpy(a.nonce, h.nonce, sizeof a.nonce);
	a.version = BOOT_VERSION;
	if ((h.suites & 1) && ((h.aes_fast && seal_aes_is_fast()) || !(h.suites & 2)))
		a.suite = MSG_SUITE_AES256GCM;
	else
		a.suite = MSG_SUITE_CHACHA20;
	s->rng->fill(s->rng, a.psk, sizeof a.psk);
	do
		s->rng->fill(s->rng, a.cid, sizeof a.cid);
	while (!listen_cid_free(s, a.cid));
	if (seal_keypair(&kp, s->rng) != 0) {
		mem_wipe(a.psk, sizeof a.psk);
		link_boot_error(l, &h, "the server's crypto library gives no keys");
		return (link_flush(l));
	}
	memcpy(a.pub, kp.pub, sizeof a.pub);
	a.port = listen_udp_port(s, &cause);
	if (a.port == 0) {
		log_warn("%s", cause != NULL ? cause : "no UDP");
		free(cause);
	} else
		boot_addrs(&a, a.port);
	sp.role = SEAL_SERVER;
	sp.suite = a.suite;
	memcpy(sp.psk, a.psk, sizeof sp.psk);
	memcpy(sp.cid, a.cid, sizeof sp.cid);
	memcpy(sp.client_pub, h.pub, sizeof sp.client_pub);
	memcpy(sp.server_pub, kp.pub, sizeof sp.server_pub);
	memcpy(sp.priv, kp.priv, sizeof sp.priv);
	seal = seal_derive(&sp);
	n = boot_write_answer(&a, line, sizeof line);
	mem_wipe(&sp, sizeof sp);
	mem_wipe(a.psk, sizeof a.psk);
	seal_keypair_wipe(&kp);
	if (seal == NULL || n == 0) {
		mem_wipe(line, sizeof line);
		link_boot_error(l, &h, "no keys could be agreed on");
		return (link_flush(l));
	}
	l->secret = true;
	buf_add(&l->out, line, n);
	mem_wipe(line, sizeof line);
	mem_wipe(l->line, sizeof l->line);
	p = peer_new_remote(s, l, seal, a.cid);
	l->peer = p;
	l->state = LINK_FRAMES;
	return (link_flush(l));
}

/* Bytes of a link.  False: it was freed. */
static bool
link_take(struct peer_link *l, const uint8_t *data, size_t n)
{
	const uint8_t		*packet, *nl;
	struct conn_path	 path;
	size_t			 len;
	int			 r;

	while (n > 0 && l->state != LINK_FRAMES) {
		if (l->closing)
			return (true);
		if (l->state == LINK_NEW) {
			if (*data == BOOT_SOCKET_LOCAL) {
				l->state = LINK_FRAMES;
				l->peer = peer_new_local(l->listen->server, l);
			} else if (*data == BOOT_SOCKET_REMOTE)
				l->state = LINK_LINE;
			else {
				link_free(l);
				return (false);
			}
			data++;
			n--;
			continue;
		}
		nl = memchr(data, '\n', n);
		len = nl != NULL ? (size_t)(nl - data) : n;
		if (l->line_len + len >= sizeof l->line) {
			link_free(l);
			return (false);
		}
		memcpy(l->line + l->line_len, data, len);
		l->line_len += len;
		if (nl == NULL)
			return (true);
		data += len + 1;
		n -= len + 1;
		if (!link_boot(l))
			return (false);
	}
	link_path(l, &path);
	while ((r = framing_next(&l->framing, &data, &n, &packet, &len)) == 1) {
		if (l->peer != NULL)
			peer_input(l->peer, &path, packet, len);
	}
	if (r == -1) {
		link_free(l);
		return (false);
	}
	return (true);
}

static void
link_readable(int fd, short what, void *arg)
{
	static uint8_t	 chunk[65536];
	struct peer_link	*l = arg;
	struct server	*s = l->listen->server;
	ssize_t		 n;

	(void)what;
	server_now(s);
	server_wake(s);
	n = recv(fd, chunk, sizeof chunk, 0);
	if (n > 0)
		link_take(l, chunk, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR && errno != EWOULDBLOCK))
		link_free(l);
}

uint32_t
link_id(const struct peer_link *l)
{
	return (LINK_PATH_ID + l->id);
}

pid_t
link_pid(const struct peer_link *l)
{
	return (l->pid);
}

bool
link_full(const struct peer_link *l)
{
	return (buf_len(&l->out) >= LINK_OUT_FULL);
}

bool
link_send(struct peer_link *l, const uint8_t *packet, size_t n)
{
	if (l->closing || framing_add(&l->out, packet, n) != 0)
		return (false);
	/* Written at the end of the turn, in one go. */
	if (!l->on_dirty) {
		TAILQ_INSERT_TAIL(&l->listen->dirty, l, dentry);
		l->on_dirty = true;
	}
	return (true);
}

void
link_set_peer(struct peer_link *l, struct peer *p)
{
	l->peer = p;
}

void
link_close(struct peer_link *l)
{
	l->peer = NULL;
	l->closing = true;
	link_flush(l);
}

/*** The Unix socket ***/

/* Those who came and never said what they are. */
static void
links_sweep(struct listen_state *ls)
{
	struct peer_link	*l, *next;

	TAILQ_FOREACH_SAFE(l, &ls->links, entry, next) {
		if (l->state != LINK_FRAMES && ls->server->now >= l->born + LINK_GREETING)
			link_free(l);
	}
}

static void
unix_readable(int fd, short what, void *arg)
{
	struct listen_state	*ls = arg;
	struct server		*s = ls->server;
	struct peer_link		*l;
	uid_t			 uid;
	pid_t			 pid;
	int			 c, i;

	(void)what;
	server_now(s);
	links_sweep(ls);
	for (i = 0; i < ACCEPT_TURN_MAX; i++) {
		if ((c = os_sock_accept(fd)) == -1)
			break;
		if (os_sock_peer_uid(c, &uid, &pid) != 0 || (uid != geteuid() && uid != 0) ||
		    ls->nlinks >= LINKS_MAX || s->exiting) {
			close(c);
			continue;
		}
		l = xcalloc(1, sizeof *l);
		l->listen = ls;
		l->fd = c;
		l->pid = pid;
		l->id = ls->next_link++ & 0x7fffffff;
		l->born = s->now;
		framing_init(&l->framing);
		buf_init(&l->out, LINK_OUT_MAX);
		l->read_ev = event_new(s->base, c, EV_READ | EV_PERSIST, link_readable, l);
		l->write_ev = event_new(s->base, c, EV_WRITE, link_writable, l);
		event_add(l->read_ev, NULL);
		TAILQ_INSERT_TAIL(&ls->links, l, entry);
		ls->nlinks++;
	}
	server_wake(s);
}

/*** UDP ***/

static void
udp_addr_from(struct conn_addr *to, const struct os_addr *from, int ifindex)
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
		if (to->scope == 0 && IN6_IS_ADDR_LINKLOCAL(&in6->sin6_addr))
			to->scope = (uint32_t)ifindex;
	}
}

static void
udp_addr_to(struct os_addr *to, const struct conn_addr *from)
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

static uint32_t
cid_key(const uint8_t *cid)
{
	return ((uint32_t)cid[0] << 24 | (uint32_t)cid[1] << 16 | (uint32_t)cid[2] << 8 | cid[3]);
}

static void
udp_datagram(struct listen_state *ls, unsigned which, const struct os_udp_packet *pkt)
{
	struct conn_path	 path;
	const uint8_t		*id;
	struct cid		*cid;

	if (pkt->truncated || (id = seal_cid(pkt->data, pkt->len)) == NULL ||
	    (cid = map_u32_get(&ls->cids, cid_key(id))) == NULL ||
	    memcmp(cid->id, id, MSG_CID_LEN) != 0) {
		ls->udp_unknown++;
		return;
	}
	memset(&path, 0, sizeof path);
	path.id = which;
	udp_addr_from(&path.remote, &pkt->peer, pkt->ifindex);
	udp_addr_from(&path.local, &pkt->local, pkt->ifindex);
	path.local.port = 0;
	peer_input(cid->peer, &path, pkt->data, pkt->len);
}

static void
udp_readable(int fd, short what, void *arg)
{
	static uint8_t			 room[OS_UDP_BATCH][DATAGRAM_MAX + 64];
	static struct os_udp_packet	 pkts[OS_UDP_BATCH];
	struct listen_state		*ls = arg;
	unsigned			 which = fd == ls->udp[1] ? 1 : 0;
	int				 i, n, batch;

	(void)what;
	server_now(ls->server);
	for (batch = 0; batch < UDP_TURN_BATCHES; batch++) {
		for (i = 0; i < OS_UDP_BATCH; i++) {
			memset(&pkts[i], 0, sizeof pkts[i]);
			pkts[i].data = room[i];
			pkts[i].size = sizeof room[i];
		}
		n = os_udp_recv(fd, pkts, OS_UDP_BATCH);
		for (i = 0; i < n; i++)
			udp_datagram(ls, which, &pkts[i]);
		if (n < OS_UDP_BATCH)
			break;
	}
	server_wake(ls->server);
}

static void
udp_range(struct server *s, uint16_t *lo, uint16_t *hi)
{
	const char	*text = s->udp_ports;

	if (text == NULL)
		text = options_string(s->model->server_options, "udp-port");
	if (text == NULL || !str_to_ports(text, lo, hi)) {
		*lo = UDP_DEFAULT_LO;
		*hi = UDP_DEFAULT_HI;
	}
}

uint16_t
listen_udp_port(struct server *s, char **cause)
{
	struct listen_state	*ls = s->listen;
	uint16_t		 lo, hi, port, port6;
	char			*no6 = NULL;
	int			 i;

	if (ls->udp_port != 0)
		return (ls->udp_port);
	udp_range(s, &lo, &hi);
	ls->udp[0] = os_udp_open(AF_INET, NULL, lo, hi, &port, cause);
	if (ls->udp[0] == -1)
		return (0);
	ls->udp[1] = os_udp_open(AF_INET6, NULL, port, port, &port6, &no6);
	if (ls->udp[1] == -1)
		log_info("no IPv6: %s", no6 != NULL ? no6 : "");
	free(no6);
	for (i = 0; i < 2; i++) {
		if (ls->udp[i] == -1)
			continue;
		ls->udp_ev[i] = event_new(s->base, ls->udp[i], EV_READ | EV_PERSIST,
		    udp_readable, ls);
		event_add(ls->udp_ev[i], NULL);
		ls->queue[i] = xcalloc(OS_UDP_BATCH, sizeof *ls->queue[i]);
	}
	ls->udp_port = port;
	return (port);
}

bool
listen_cid_free(struct server *s, const uint8_t *cid)
{
	return (map_u32_get(&s->listen->cids, cid_key(cid)) == NULL);
}

void
listen_add_cid(struct server *s, const uint8_t *id, struct peer *p)
{
	struct cid	*cid = xcalloc(1, sizeof *cid);

	memcpy(cid->id, id, sizeof cid->id);
	cid->peer = p;
	map_u32_set(&s->listen->cids, cid_key(id), cid);
}

void
listen_del_cid(struct server *s, const uint8_t *id)
{
	free(map_u32_del(&s->listen->cids, cid_key(id)));
}

static void
udp_flush(struct listen_state *ls, unsigned which)
{
	struct os_udp_packet	 pkts[OS_UDP_BATCH];
	int			 i, n, done = 0;

	for (i = 0; i < ls->queued[which]; i++) {
		pkts[i] = ls->queue[which][i].packet;
		pkts[i].data = ls->queue[which][i].data;
	}
	while (done < ls->queued[which]) {
		n = os_udp_send(ls->udp[which], pkts + done, ls->queued[which] - done);
		if (n == 0)
			break;		/* full: what is lost is sent anew when needed */
		done += n < 0 ? 1 : n;	/* one that cannot be sent is lost */
	}
	ls->queued[which] = 0;
}

bool
listen_send_udp(struct server *s, const struct conn_path *path, const uint8_t *data, size_t n)
{
	struct listen_state	*ls = s->listen;
	unsigned		 which = path->id == 1 ? 1 : 0;
	struct udp_queued	*q;

	if (ls->udp[which] == -1 || n > DATAGRAM_MAX)
		return (false);
	q = &ls->queue[which][ls->queued[which]++];
	memset(&q->packet, 0, sizeof q->packet);
	memcpy(q->data, data, n);
	q->packet.size = n;
	udp_addr_to(&q->packet.peer, &path->remote);
	udp_addr_to(&q->packet.local, &path->local);
	if (path->local.family == MSG_ADDR_V6)
		q->packet.ifindex = (int)path->local.scope;
	if (ls->queued[which] == OS_UDP_BATCH)
		udp_flush(ls, which);
	return (true);
}

void
listen_flush(struct server *s)
{
	struct peer_link	*l;
	unsigned		 which;

	while ((l = TAILQ_FIRST(&s->listen->dirty)) != NULL) {
		TAILQ_REMOVE(&s->listen->dirty, l, dentry);
		l->on_dirty = false;
		link_flush(l);
	}
	for (which = 0; which < 2; which++) {
		if (s->listen->queued[which] > 0)
			udp_flush(s->listen, which);
	}
}

void
listen_path_text(const struct conn_path *path, char *out, size_t size)
{
	struct os_addr	addr;
	char		text[OS_ADDR_STRLEN];

	if (path->stream) {
		snprintf(out, size, "ssh");
		return;
	}
	udp_addr_to(&addr, &path->remote);
	snprintf(out, size, "udp %s", os_addr_format(&addr, text, sizeof text));
}

/*** The whole ***/

struct listen_state *
listen_new(struct server *s, int unix_fd)
{
	struct listen_state	*ls = xcalloc(1, sizeof *ls);

	ls->server = s;
	ls->unix_fd = unix_fd;
	ls->udp[0] = ls->udp[1] = -1;
	TAILQ_INIT(&ls->links);
	TAILQ_INIT(&ls->dirty);
	map_u32_init(&ls->cids, rng_u64(s->rng));
	ls->unix_ev = event_new(s->base, unix_fd, EV_READ | EV_PERSIST, unix_readable, ls);
	event_add(ls->unix_ev, NULL);
	return (ls);
}

void
listen_close_unix(struct listen_state *ls)
{
	if (ls->unix_fd == -1)
		return;
	event_free(ls->unix_ev);
	close(ls->unix_fd);
	ls->unix_fd = -1;
}

void
listen_free(struct listen_state *ls)
{
	struct peer_link	*l;
	size_t		 at = 0;
	uint32_t	 key;
	void		*v;
	int		 i;

	listen_close_unix(ls);
	while ((l = TAILQ_FIRST(&ls->links)) != NULL) {
		l->peer = NULL;
		link_free(l);
	}
	for (i = 0; i < 2; i++) {
		if (ls->udp[i] == -1)
			continue;
		event_free(ls->udp_ev[i]);
		close(ls->udp[i]);
		free(ls->queue[i]);
	}
	while (map_u32_next(&ls->cids, &at, &key, &v))
		free(v);
	map_u32_fini(&ls->cids);
	free(ls);
}
