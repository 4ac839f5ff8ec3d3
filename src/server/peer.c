/* SPDX-License-Identifier: ISC */

/*
 * peer.c - see peer.h.
 *
 * The path of a picture: something changed (screen_version, version_seen, redraw) ->
 * peer_turn() settles the view, at most once in VIEW_GATE -> the sender compares it with what
 * the client is known to hold -> conn_output() asks for frames by class.  The path of
 * input: frame INPUT -> inlog_in, exactly once and in order -> dispatch_input().
 */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/xmalloc.h"
#include "model/environ.h"
#include "model/option.h"
#include "os/random.h"
#include "seal/phase.h"
#include "seal/seal.h"
#include "server/alerts.h"
#include "server/dispatch.h"
#include "server/modes.h"
#include "server/pane-echo.h"
#include "server/pane-io.h"
#include "server/peer.h"
#include "server/server.h"
#include "sync/stream.h"
#include "view/kv.h"
#include "view/sender.h"

#define TALK_OUT_MAX	(64 << 20)	/* queued for one client */
#define FILE_MAX	(64 << 20)	/* read from a client */
#define FILES_MAX	64		/* at a time */
#define VIEW_GATE	(4 * USEC_PER_MSEC)	/* least time between two views, ... */
#define VIEW_URGENT	(20 * USEC_PER_MSEC)	/* ... but not so soon after input */
#define TITLE_MAX	512		/* bytes */
#define EXIT_WAIT	(5 * USEC_PER_SEC)	/* for a client to take its leave */
#define ORPHAN_WAIT	(60 * USEC_PER_SEC)	/* for one whose ssh ended while on ssh */
#define HELLO_WAIT	(60 * USEC_PER_SEC)
#define DORMANT_MAX	(7ull * 86400 * USEC_PER_SEC) /* a remote client unheard of */

struct peer_file {
	TAILQ_ENTRY(peer_file)	 entry;
	uint32_t		 id;
	bool			 write;
	struct buf		 data;
	void			(*done)(void *, int, const void *, size_t);
	void			*arg;
};

/* What the values beside the picture are made of; zeroed before it is filled in. */
struct kv_source {
	uint64_t		 model;
	time_t			 wall;
	uint32_t		 pane, emu_modes;
	int			 kitty;
	bool			 elsewhere;
	struct view_bell	 bell;
	const void		*mode, *overlay;
};

struct peer {
	TAILQ_ENTRY(peer)	 entry;
	struct server		*s;
	struct client		*client;
	struct peer_link		*link;		/* or NULL */
	struct seal		*seal;		/* NULL: local */
	struct conn_seal_ops	 seal_ops;
	uint8_t			 cid[MSG_CID_LEN];
	struct conn		*conn;
	struct stream_set	*streams;
	struct stream		*talk;
	struct buf		 talk_in, talk_out;
	struct inlog_in		*inlog;
	struct sender		*sender;
	uint32_t		 want_version;
	usec_t			 born, exit_at;
	usec_t			 orphan_at;	/* 0; or it has no way to us until then */

	bool			 hello, attached, exiting, exit_sent, dead;
	bool			 dirty;		/* conn has something to say */
	int			 status;
	struct view_bell	 bell;
	struct kv_source	 kvs_of;

	/* What the last view was made of. */
	uint64_t		 seen_screen, seen_model, seen_redraw;
	usec_t			 view_at;
	usec_t			 urgent_until;	/* the answer to input may come any time */
	usec_t			 silent_at;	/* then, unless it was heard, the client is away */
	struct view		*view;

	uint32_t		 next_file;
	TAILQ_HEAD(, peer_file)	 files;
	unsigned		 nfiles;
};

/*** Frames ***/

static bool	peer_talk_flush(struct peer *);
static void	peer_hello(struct peer *, const struct record *);

static void
peer_want(struct peer *p)
{
	struct view_want	 want;
	struct client		*c = p->client;

	if (sender_want_version(p->sender) == p->want_version || !sender_want(p->sender, &want))
		return;
	p->want_version = sender_want_version(p->sender);
	if (want.cols > 0 && want.rows > 0 && (c->cols != want.cols || c->rows != want.rows)) {
		c->cols = want.cols;
		c->rows = want.rows;
		if (c->session != NULL) {
			model_recalculate(p->s->model);
			model_notify(p->s->model, "client-resized", c, c->session, NULL, NULL);
		}
		peer_redraw(p);
	}
	c->cell_width = want.xpixel;
	c->cell_height = want.ypixel;
	server_wake(p->s);
}

static int
peer_frame(void *arg, uint8_t type, struct reader *r, uint64_t pn)
{
	struct peer	*p = arg;

	(void)pn;
	if (type == FRAME_INPUT)
		return (inlog_in_frame(p->inlog, type, r));
	if (stream_set_owns(type))
		return (stream_set_frame(p->streams, type, r));
	if (type == FRAME_VIEW || type == FRAME_ROW_MISS) {
		if (sender_frame(p->sender, type, r, p->s->now) != 0)
			return (-CLOSE_PROTOCOL);
		peer_want(p);
		return (0);
	}
	return (-CLOSE_PROTOCOL);
}

/* view/out.h over sync's packets. */
static size_t
out_left(void *arg)
{
	return (packet_left(arg));
}

static struct writer *
out_begin(void *arg, uint8_t type)
{
	return (packet_begin(arg, type));
}

static bool
out_note(void *arg, const struct view_note *vn)
{
	struct sent_note	n;

	memset(&n, 0, sizeof n);
	n.kind = vn->kind;
	n.a = vn->a;
	n.b = vn->b;
	n.c = vn->c;
	return (packet_note(arg, &n));
}

static bool
out_end(void *arg, const struct view_note *vn)
{
	struct sent_note	n;

	if (vn == NULL)
		return (packet_end(arg, NULL));
	memset(&n, 0, sizeof n);
	n.kind = vn->kind;
	n.a = vn->a;
	n.b = vn->b;
	n.c = vn->c;
	return (packet_end(arg, &n));
}

static void
out_cancel(void *arg)
{
	packet_cancel(arg);
}

static void
peer_fill(void *arg, enum conn_class cls, struct packet *pk)
{
	static const struct { enum conn_class cls; enum sender_class sc; } map[] = {
		{ CONN_CLASS_FOCUS, SENDER_FOCUS }, { CONN_CLASS_LAYOUT, SENDER_KV },
		{ CONN_CLASS_VISIBLE, SENDER_VISIBLE }, { CONN_CLASS_BULK, SENDER_HIDDEN },
	};
	struct peer	*p = arg;
	struct view_out	 out;
	size_t		 i;

	inlog_in_fill(p->inlog, cls, pk);
	if (p->attached) {
		memset(&out, 0, sizeof out);
		out.left = out_left;
		out.begin = out_begin;
		out.end = out_end;
		out.cancel = out_cancel;
		out.note = out_note;
		out.arg = pk;
		out.whole = p->seal == NULL ? 8000 : 440;
		for (i = 0; i < sizeof map / sizeof map[0]; i++) {
			if (map[i].cls == cls)
				sender_fill(p->sender, map[i].sc, &out, p->s->now);
		}
	}
	stream_set_fill(p->streams, cls, pk);
}

static usec_t
peer_due(void *arg, usec_t now, enum conn_class last)
{
	struct peer	*p = arg;
	enum sender_class sc;
	usec_t		 t, best;

	best = inlog_in_due(p->inlog, now);
	t = stream_set_due(p->streams, now, last);
	if (t < best)
		best = t;
	if (p->attached && last >= CONN_CLASS_FOCUS) {
		sc = last >= CONN_CLASS_BULK ? SENDER_HIDDEN : last >= CONN_CLASS_VISIBLE ?
		    SENDER_VISIBLE : last >= CONN_CLASS_LAYOUT ? SENDER_KV : SENDER_FOCUS;
		t = sender_due(p->sender, now, sc);
		if (t < best)
			best = t;
	}
	return (best);
}

static void
peer_fate(struct peer *p, const struct sent_note *n, bool acked)
{
	struct view_note	vn;

	if (n->kind == FRAME_INPUT_ACK) {
		if (acked)
			inlog_in_acked(p->inlog, n);
		else
			inlog_in_lost(p->inlog, n);
	} else if (stream_set_owns(n->kind)) {
		if (acked)
			stream_set_acked(p->streams, n);
		else
			stream_set_lost(p->streams, n);
	} else {
		vn.kind = n->kind;
		vn.a = n->a;
		vn.b = n->b;
		vn.c = n->c;
		if (acked)
			sender_acked(p->sender, &vn, p->s->now);
		else
			sender_lost(p->sender, &vn, p->s->now);
	}
}

static void
peer_acked(void *arg, const struct sent_note *n)
{
	peer_fate(arg, n, true);
}

static void
peer_lost(void *arg, const struct sent_note *n)
{
	peer_fate(arg, n, false);
}

/* One more id under which datagrams are this peer's. */
static bool
peer_cid_new(void *arg, uint8_t cid[MSG_CID_LEN])
{
	struct peer	*p = arg;

	do
		p->s->rng->fill(p->s->rng, cid, MSG_CID_LEN);
	while (!listen_cid_free(p->s, cid));
	listen_add_cid(p->s, cid, p);
	return (true);
}

static void
peer_cid_gone(void *arg, const uint8_t cid[MSG_CID_LEN])
{
	struct peer	*p = arg;

	listen_del_cid(p->s, cid);
}

static const struct conn_app_ops peer_app_ops = {
	.frame = peer_frame,
	.fill = peer_fill,
	.due = peer_due,
	.acked = peer_acked,
	.lost = peer_lost,
	.cid_new = peer_cid_new,
	.cid_gone = peer_cid_gone,
};

static bool
peer_deliver(void *arg, const struct inlog_entry *e)
{
	struct peer	*p = arg;

	if (!p->attached || p->exiting)
		return (true);		/* typed into nothing */
	return (dispatch_input(p->s, p->client, e));
}

/*** Talk ***/

static void
file_finish(struct peer *p, struct peer_file *f, int error)
{
	TAILQ_REMOVE(&p->files, f, entry);
	p->nfiles--;
	f->done(f->arg, error, buf_data(&f->data), buf_len(&f->data));
	buf_fini(&f->data);
	free(f);
	server_wake(p->s);
}

static struct peer_file *
file_find(struct peer *p, uint32_t id)
{
	struct peer_file	*f;

	TAILQ_FOREACH(f, &p->files, entry) {
		if (f->id == id)
			return (f);
	}
	return (NULL);
}

static void
peer_features(struct peer *p, const struct record *rec)
{
	struct talk_features	 f;
	struct client		*c = p->client;

	if (!talk_parse_features(rec, &f))
		return;
	free(c->term_features);
	c->term_features = xstrdup(f.features);
	free(c->term_type);
	c->term_type = xstrdup(f.term_type);
	c->colours = (int)f.colours;
	if (c->theme != f.theme) {
		c->theme = f.theme;
		if (c->session != NULL)
			model_notify(p->s->model, f.theme == 2 ? "client-dark-theme" :
			    "client-light-theme", c, c->session, NULL, NULL);
	}
	talk_features_fini(&f);
	model_touch(p->s->model);
}

static void
peer_record(struct peer *p, const struct record *rec)
{
	struct talk		 t;
	struct peer_file	*f;

	if (rec->tag == TALK_HELLO) {
		peer_hello(p, rec);
		return;
	}
	if (rec->tag == TALK_FEATURES) {
		peer_features(p, rec);
		return;
	}
	if (!p->hello || !talk_parse(rec, &t))
		return;
	switch (t.tag) {
	case TALK_FILE_DATA:
		if ((f = file_find(p, t.id)) == NULL || f->write)
			break;
		if (t.n != 0)
			file_finish(p, f, t.n);
		else if (buf_add(&f->data, t.data, t.len) != 0)
			file_finish(p, f, 27 /* EFBIG */);
		else if (t.fin)
			file_finish(p, f, 0);
		break;
	case TALK_FILE_DONE:
		if ((f = file_find(p, t.id)) != NULL && f->write)
			file_finish(p, f, t.n);
		break;
	case TALK_SUSPENDED:
		p->client->flags |= CLIENT_SUSPENDED;
		model_recalculate(p->s->model);
		break;
	case TALK_RESUMED:
		p->client->flags &= ~(unsigned)CLIENT_SUSPENDED;
		model_recalculate(p->s->model);
		peer_redraw(p);
		break;
	case TALK_CLIPBOARD_IS:
		alerts_clipboard(p->s, t.id, t.data, t.len);
		break;
	case TALK_BYE:
		if (!p->exiting)
			peer_exit(p, TALK_EXIT_DETACHED, 0, NULL);
		break;
	default:
		break;
	}
}

static void
talk_opened(void *arg, struct stream *st)
{
	struct peer	*p = arg;

	if (p->talk == NULL)
		p->talk = st;
	else
		stream_reset(st, CLOSE_PROTOCOL);
}

static void
talk_readable(void *arg, struct stream *st)
{
	struct peer	*p = arg;
	const uint8_t	*data;
	struct record	 rec;
	size_t		 n;
	int		 r;

	if (st != p->talk)
		return;
	while ((data = stream_peek(st, &n)) != NULL && n > 0) {
		if (buf_add(&p->talk_in, data, n) != 0) {
			stream_reset(st, CLOSE_LIMIT);
			return;
		}
		stream_consume(st, n);
		while ((r = record_next(buf_data(&p->talk_in), buf_len(&p->talk_in),
		    TALK_RECORD_MAX, &rec)) == 1) {
			peer_record(p, &rec);
			buf_drain(&p->talk_in, rec.size);
		}
		if (r == -1) {
			stream_reset(st, CLOSE_PROTOCOL);
			return;
		}
	}
	server_wake(p->s);
}

static void
talk_writable(void *arg, struct stream *st)
{
	struct peer	*p = arg;

	(void)st;
	peer_wake(p);
}

static void
talk_closed(void *arg, struct stream *st, bool reset, uint64_t code)
{
	struct peer	*p = arg;

	(void)reset;
	(void)code;
	if (st == p->talk)
		p->talk = NULL;
}

static const struct stream_ops talk_ops = {
	.opened = talk_opened,
	.readable = talk_readable,
	.writable = talk_writable,
	.closed = talk_closed,
};

/* Move what is queued into the stream.  True if all of it. */
static bool
peer_talk_flush(struct peer *p)
{
	size_t	n;

	while (p->talk != NULL && buf_len(&p->talk_out) > 0) {
		n = stream_write(p->talk, buf_data(&p->talk_out), buf_len(&p->talk_out));
		if (n == 0)
			break;
		buf_drain(&p->talk_out, n);
	}
	return (buf_len(&p->talk_out) == 0);
}

void
peer_talk(struct peer *p, const struct talk *t)
{
	if (p->exit_sent || p->dead)
		return;
	if (talk_add(&p->talk_out, t) != 0) {
		/* It asked for more than it takes. */
		conn_close(p->conn, p->s->now, CLOSE_LIMIT, "too much output is waiting");
		p->dead = true;
	}
	peer_wake(p);
}

void
peer_out(struct peer *p, int fd, const void *data, size_t n)
{
	struct talk	t;
	size_t		piece;

	while (n > 0) {
		piece = n < TALK_CHUNK ? n : TALK_CHUNK;
		memset(&t, 0, sizeof t);
		t.tag = TALK_OUT;
		t.n = fd;
		t.data = data;
		t.len = piece;
		peer_talk(p, &t);
		data = (const uint8_t *)data + piece;
		n -= piece;
	}
}

static void
peer_hello(struct peer *p, const struct record *rec)
{
	struct talk_hello	 h;
	struct client		*c = p->client;
	static char		*empty[] = { NULL };
	int			 i;

	if (p->hello || !talk_parse_hello(rec, &h)) {
		conn_close(p->conn, p->s->now, CLOSE_PROTOCOL, "bad greeting");
		return;
	}
	p->hello = true;
	free(c->name);
	free(c->tty);
	free(c->term);
	free(c->term_features);
	free(c->cwd);
	c->pid = (pid_t)h.pid;
	c->tty = xstrdup(h.tty);
	if (*h.tty != '\0' && p->seal == NULL)
		c->name = xstrdup(h.tty);
	else if (*h.tty != '\0')
		xasprintf(&c->name, "remote-%s-%u", h.tty[0] == '/' ? strrchr(h.tty, '/') + 1 :
		    h.tty, h.pid);
	else
		xasprintf(&c->name, "client-%u", h.pid);
	c->term = xstrdup(h.term);
	c->term_features = xstrdup(h.features);
	/* A directory over there means nothing here. */
	c->cwd = p->seal == NULL ? xstrdup(h.cwd) : NULL;
	if (c->cwd == NULL) {
		const char *home = getenv("HOME");
		c->cwd = xstrdup(home != NULL ? home : "/");
	}
	free(c->user);
	c->user = xstrdup(h.user);
	for (i = 0; i < h.envc; i++)
		environ_put(c->environ, h.env[i], false);
	c->cols = h.cols;
	c->rows = h.rows;
	c->cell_width = h.cell_width;
	c->cell_height = h.cell_height;
	c->flags |= CLIENT_FOCUSED;
	if (h.flags & TALK_UTF8)
		c->flags |= CLIENT_UTF8;
	if (p->seal == NULL)
		c->flags |= CLIENT_LOCAL;
	if (h.flags & (TALK_CONTROL | TALK_CONTROL_CC)) {
		peer_exit(p, TALK_EXIT_REFUSED, 1, "control mode is not supported by this version");
	} else if (h.version != TALK_VERSION) {
		peer_exit(p, TALK_EXIT_REFUSED, 1, h.version < TALK_VERSION ?
		    "your rmux is older than the server: update it here" :
		    "the server is older than your rmux: update it, or end it with kill-server");
	} else {
		model_notify(p->s->model, "client-created", c, NULL, NULL, NULL);
		dispatch_client_start(p->s, c, h.argc, h.argc > 0 ? h.argv : empty);
	}
	talk_hello_fini(&h);
	server_wake(p->s);
}

/*** Life ***/

static int
peer_seal(void *arg, uint64_t pn, const uint8_t *plain, size_t n, uint8_t *out, size_t cap)
{
	return (seal_seal(arg, pn, plain, n, out, cap));
}

static int
peer_open(void *arg, const uint8_t *datagram, size_t n, uint8_t *plain, size_t cap, uint64_t *pn)
{
	return (seal_open(arg, datagram, n, plain, cap, pn));
}

static int
peer_rekey_answer(void *arg, uint64_t phase, const uint8_t theirs[MSG_PUB_LEN],
    uint8_t ours[MSG_PUB_LEN])
{
	return (seal_rekey_answer(arg, os_rng(), phase, theirs, ours));
}

static uint64_t
peer_rekey_phase(void *arg)
{
	return (seal_phase(arg));
}

static bool
peer_rekey_old(void *arg)
{
	return (seal_old(arg));
}

static void
peer_rekey_old_wipe(void *arg)
{
	seal_old_wipe(arg);
}

static const struct conn_rekey_ops peer_rekey_ops = {
	.answer = peer_rekey_answer,
	.phase = peer_rekey_phase,
	.old = peer_rekey_old,
	.old_wipe = peer_rekey_old_wipe,
};

static struct peer *
peer_new(struct server *s, struct peer_link *l, struct seal *seal, const uint8_t *cid)
{
	struct conn_config	 cc;
	struct peer		*p = xcalloc(1, sizeof *p);

	p->s = s;
	p->link = l;
	p->seal = seal;
	p->born = s->now;
	p->silent_at = USEC_NEVER;
	TAILQ_INIT(&p->files);
	buf_init(&p->talk_in, TALK_RECORD_MAX + 64);
	buf_init(&p->talk_out, TALK_OUT_MAX);
	p->streams = stream_set_new(CONN_SERVER, &talk_ops, p);
	p->inlog = inlog_in_new(peer_deliver, p);
	p->sender = sender_new();
	memset(&cc, 0, sizeof cc);
	cc.role = CONN_SERVER;
	cc.reliable = seal == NULL;
	cc.packet_max = seal == NULL ? DATAGRAM_STREAM : 0;
	cc.rng = s->rng;
	if (seal != NULL) {
		p->seal_ops.seal = peer_seal;
		p->seal_ops.open = peer_open;
		p->seal_ops.overhead = seal_overhead(seal);
		p->seal_ops.rekey = &peer_rekey_ops;
		cc.seal = &p->seal_ops;
		cc.seal_arg = seal;
	}
	if (cid != NULL) {
		memcpy(p->cid, cid, sizeof p->cid);
		cc.cid = p->cid;
	}
	cc.app = &peer_app_ops;
	cc.app_arg = p;
	p->conn = conn_new(&cc, s->now);
	p->client = client_new(s->model);
	p->client->peer = p;
	p->client->uid = geteuid();
	p->client->created = p->client->activity = s->model->wall;
	if (p->client->environ == NULL)
		p->client->environ = environ_new();
	p->client->mode_free = modes_free;
	TAILQ_INSERT_TAIL(&s->peers, p, entry);
	return (p);
}

struct peer *
peer_new_local(struct server *s, struct peer_link *l)
{
	return (peer_new(s, l, NULL, NULL));
}

struct peer *
peer_new_remote(struct server *s, struct peer_link *l, struct seal *seal, const uint8_t *cid)
{
	struct peer	*p = peer_new(s, l, seal, cid);

	listen_add_cid(s, cid, p);
	return (p);
}

void
peer_input(struct peer *p, const struct conn_path *from, const uint8_t *data, size_t n)
{
	if (p->dead)
		return;
	conn_input(p->conn, p->s->now, from, data, n);
	p->dirty = true;
	server_wake(p->s);
}

void
peer_link_gone(struct peer *p, struct peer_link *l)
{
	struct conn_path	path;
	struct conn_stats	st;

	if (p->link != l)
		return;
	p->link = NULL;
	if (p->seal == NULL) {
		p->dead = true;		/* a local client has no other way back */
		return;
	}
	memset(&path, 0, sizeof path);
	path.id = link_id(l);
	path.stream = true;
	conn_event(p->conn, p->s->now, CONN_EVENT_PATH_DEL, &path);
	conn_stats(p->conn, &st);
	if (!st.path_known || st.path.stream)
		p->orphan_at = p->s->now + ORPHAN_WAIT;	/* it may come by UDP yet */
	p->dirty = true;
}

void
peer_wake(struct peer *p)
{
	conn_wake(p->conn);
	p->dirty = true;
	server_wake(p->s);
}

struct peer *
peer_next(struct peer *p)
{
	return (TAILQ_NEXT(p, entry));
}

struct peer *
peer_of(struct client *c)
{
	return (c->peer);
}

void
peer_redraw(struct peer *p)
{
	p->client->redraw++;
	server_wake(p->s);
}

void
peer_bell(struct peer *p, bool visual)
{
	if (visual)
		p->bell.visual++;
	else
		p->bell.audible++;
	p->seen_model = 0;
	server_wake(p->s);
}

/* The values of an array, in order; by_index: each at its place, with "" between. */
static char **
option_list(struct peer *p, const char *name, bool by_index, int *count)
{
	struct option		*o = options_get(p->s->model->server_options, name);
	struct option_item	*items;
	size_t			 n, i, at, end = 0;
	char			**list;

	*count = 0;
	if (o == NULL)
		return (NULL);
	n = option_items(o, &items);
	list = xcalloc(TALK_TERMINAL_MAX, sizeof *list);
	for (i = 0; i < n; i++) {
		at = by_index ? items[i].index : i;
		if (at >= TALK_TERMINAL_MAX)
			break;
		list[at] = (char *)(uintptr_t)items[i].value;
		end = at + 1;
	}
	free(items);
	*count = (int)end;
	return (list);
}

void
peer_terminal(struct peer *p)
{
	struct talk_terminal	t;

	if (p->exit_sent || p->dead)
		return;
	memset(&t, 0, sizeof t);
	t.features = option_list(p, "terminal-features", false, &t.nfeatures);
	t.overrides = option_list(p, "terminal-overrides", false, &t.noverrides);
	t.keys = option_list(p, "user-keys", true, &t.nkeys);
	if (talk_add_terminal(&p->talk_out, &t) != 0)
		log_warn("the options about terminals are too long for a client");
	free(t.features);
	free(t.overrides);
	free(t.keys);
	peer_wake(p);
}

void
peer_attached(struct peer *p)
{
	struct talk	 t;
	struct session	*s = p->client->session;

	/* First, so that the terminal is taken in the way that is wanted. */
	if (!p->attached)
		peer_terminal(p);
	memset(&t, 0, sizeof t);
	t.tag = TALK_ATTACHED;
	t.text = s != NULL ? s->name : "";
	t.text_len = strlen(t.text);
	peer_talk(p, &t);
	p->client->flags |= CLIENT_ATTACHED;
	p->attached = true;
	p->silent_at = p->s->now;	/* to be looked at */
	p->view_at = 0;
	peer_redraw(p);
}

bool
peer_exiting(const struct peer *p)
{
	return (p->exiting || p->dead);
}

void
peer_set_status(struct peer *p, int status)
{
	p->status = status;
}

void
peer_exit(struct peer *p, enum talk_exit kind, int status, const char *text)
{
	struct talk	t;

	if (p->exiting)
		return;
	p->exiting = true;
	p->exit_at = p->s->now + EXIT_WAIT;
	memset(&t, 0, sizeof t);
	t.tag = TALK_EXIT;
	t.kind = (uint8_t)kind;
	t.n = status;
	t.text = text;
	t.text_len = text != NULL ? strlen(text) : 0;
	peer_talk(p, &t);
	p->exit_sent = true;
	p->attached = false;
	p->client->flags &= ~(unsigned)CLIENT_ATTACHED;
	if (p->client->session != NULL)
		client_set_session(p->client, NULL);
}

void
peer_typed(struct peer *p, struct pane *pane)
{
	p->urgent_until = p->s->now + VIEW_URGENT;
	sender_input(p->sender, SURFACE_PANE(pane->id), p->s->now);
}

bool
peer_control(const struct peer *p)
{
	(void)p;
	return (false);
}

uint64_t
peer_input_offset(const struct peer *p)
{
	return (inlog_in_accepted(p->inlog));
}

/*
 * Killed, asleep or out of reach look all the same from here.  It is not counted among
 * those who look at a session, nor asked how large it is, until it is heard again.
 */
static void
peer_away(struct peer *p, bool away)
{
	struct client	*c = p->client;

	if (away == ((c->flags & CLIENT_AWAY) != 0))
		return;
	if (away)
		c->flags |= CLIENT_AWAY;
	else
		c->flags &= ~(unsigned)CLIENT_AWAY;
	if (c->session == NULL)
		return;
	model_recalculate(p->s->model);
	model_touch(p->s->model);
	peer_redraw(p);
	server_wake(p->s);
}

static void
peer_look_away(struct peer *p)
{
	struct conn_stats	st;

	conn_stats(p->conn, &st);
	p->silent_at = st.silent_at;
	peer_away(p, p->s->now >= p->silent_at);
}

void
peer_link_facts(const struct peer *p, struct client_link *cl)
{
	struct conn_stats	st;

	conn_stats(p->conn, &st);
	memset(cl, 0, sizeof *cl);
	cl->received = st.bytes_in;
	cl->written = st.bytes_out;
	if (st.last_heard != 0 && p->s->now > st.last_heard)
		cl->silence_us = p->s->now - st.last_heard;
	if (p->seal == NULL) {
		snprintf(cl->path, sizeof cl->path, "local");
		return;
	}
	listen_path_text(&st.path, cl->path, sizeof cl->path);
	if (st.rtt_known) {
		cl->rtt_us = st.srtt_us;
		cl->rtt_min_us = st.rtt_min_us;
	}
	cl->loss_ppm = st.loss_ppm;
	cl->moves = st.moves;
}

/*** Files at the client's side ***/

bool
peer_files_full(const struct peer *p)
{
	return (p->nfiles >= FILES_MAX);
}

static struct peer_file *
file_new(struct peer *p, bool is_write, void (*done)(void *, int, const void *, size_t), void *arg)
{
	struct peer_file	*f = xcalloc(1, sizeof *f);

	f->id = ++p->next_file;
	f->write = is_write;
	f->done = done;
	f->arg = arg;
	buf_init(&f->data, FILE_MAX);
	TAILQ_INSERT_TAIL(&p->files, f, entry);
	p->nfiles++;
	return (f);
}

void
peer_file_read(struct peer *p, const char *path,
    void (*done)(void *, int, const void *, size_t), void *arg)
{
	struct peer_file	*f = file_new(p, false, done, arg);
	struct talk		 t;

	memset(&t, 0, sizeof t);
	t.tag = TALK_FILE_READ;
	t.id = f->id;
	t.text = path;
	t.text_len = strlen(path);
	peer_talk(p, &t);
}

void
peer_file_write(struct peer *p, const char *path, bool append, const void *data, size_t n,
    void (*done)(void *, int, const void *, size_t), void *arg)
{
	struct peer_file	*f = file_new(p, true, done, arg);
	struct talk		 t;
	size_t			 piece;

	memset(&t, 0, sizeof t);
	t.tag = TALK_FILE_WRITE;
	t.id = f->id;
	t.n = append;
	t.text = path;
	t.text_len = strlen(path);
	peer_talk(p, &t);
	do {
		piece = n < TALK_CHUNK ? n : TALK_CHUNK;
		memset(&t, 0, sizeof t);
		t.tag = TALK_FILE_PUT;
		t.id = f->id;
		t.data = data;
		t.len = piece;
		t.fin = piece == n;
		peer_talk(p, &t);
		data = (const uint8_t *)data + piece;
		n -= piece;
	} while (n > 0);
}

/*** The view ***/

static void
peer_echo(struct peer *p, struct view *v)
{
	struct pane_echo_state	 st;
	struct view_echo	 e;
	struct pane		*pane;
	unsigned		 i;

	for (i = 0; i < v->nplaces; i++) {
		if (!SURFACE_IS_PANE(v->places[i].surface))
			continue;
		pane = model_pane(p->s->model, SURFACE_PANE_ID(v->places[i].surface));
		view_echo_init(&e);
		if (pane != NULL && pane_echo_get(pane, p->client->id,
		    !(p->client->flags & CLIENT_LOCAL), &st)) {
			e.accepted = st.accepted;
			e.settled = st.settled;
			e.tty = VIEW_TTY_KNOWN | (st.tty.echo ? VIEW_TTY_ECHO : 0) |
			    (st.tty.icanon ? VIEW_TTY_ICANON : 0) |
			    (st.tty.isig ? VIEW_TTY_ISIG : 0) |
			    (st.tty.iexten ? VIEW_TTY_IEXTEN : 0) |
			    (st.tty.echoctl ? VIEW_TTY_ECHOCTL : 0) |
			    (st.tty.icrnl ? VIEW_TTY_ICRNL : 0) |
			    (st.tty.ixon ? VIEW_TTY_IXON : 0) |
			    (st.tty.iutf8 ? VIEW_TTY_IUTF8 : 0) |
			    (st.tty.echoe ? VIEW_TTY_ECHOE : 0) |
			    (st.tty.echok ? VIEW_TTY_ECHOK : 0) |
			    (st.tty.echoke ? VIEW_TTY_ECHOKE : 0) |
			    (st.reading ? VIEW_TTY_READING : 0) | st.program |
			    (st.busy ? VIEW_TTY_BUSY : 0);
			e.chars[VIEW_CHAR_ERASE] = st.tty.erase;
			e.chars[VIEW_CHAR_WERASE] = st.tty.werase;
			e.chars[VIEW_CHAR_KILL] = st.tty.kill;
			e.chars[VIEW_CHAR_EOF] = st.tty.eof;
			e.chars[VIEW_CHAR_INTR] = st.tty.intr;
			e.chars[VIEW_CHAR_QUIT] = st.tty.quit;
			e.chars[VIEW_CHAR_SUSP] = st.tty.susp;
			e.chars[VIEW_CHAR_LNEXT] = st.tty.lnext;
			e.chars[VIEW_CHAR_REPRINT] = st.tty.reprint;
		}
		sender_echo(p->sender, v->places[i].surface, &e);
	}
}

static void
peer_kvs(struct peer *p)
{
	struct server		*s = p->s;
	struct client		*c = p->client;
	struct options		*so = c->session->options;
	struct options		*po;
	struct view_options	 vo;
	struct view_outer	 ou;
	struct pane		*pane = c->session->current->window->active;
	uint8_t			 bytes[VIEW_KV_STRUCT_MAX];
	struct kv_source	 now;
	uint32_t		 modes;
	size_t			 len;
	char			*title;

	memset(&now, 0, sizeof now);
	now.model = s->model->version_seen;
	now.pane = pane->id;
	now.mode = pane->mode;
	now.emu_modes = emu_modes(pane->emu);
	now.kitty = emu_kitty_flags(pane->emu);
	now.elsewhere = dispatch_keys_elsewhere(s, c);
	now.overlay = c->overlay;
	now.bell = p->bell;
	now.wall = options_number(so, "set-titles") ? s->model->wall : 0;
	if (p->view != NULL && memcmp(&now, &p->kvs_of, sizeof now) == 0)
		return;
	p->kvs_of = now;

	memset(&vo, 0, sizeof vo);
	memset(&ou, 0, sizeof ou);
	po = pane->options;
	vo.escape_ms = (uint32_t)options_number(s->model->server_options, "escape-time");
	vo.predict = (uint8_t)options_number(po, "predict");
	vo.set_titles = options_number(so, "set-titles") != 0;
	vo.key_elsewhere = dispatch_keys_elsewhere(s, c);
	vo.prefix = (uint64_t)options_number(so, "prefix");
	vo.prefix2 = (uint64_t)options_number(so, "prefix2");
	vo.paste_ms = (uint32_t)options_number(so, "assume-paste-time");
	vo.clipboard = options_number(s->model->server_options, "set-clipboard") != 0;
	sender_kv(p->sender, VIEW_KV_OPTIONS, bytes, kv_write_options(&vo, bytes, sizeof bytes));

	modes = pane->mode != NULL ? 0 : emu_modes(pane->emu);
	if (options_number(so, "mouse")) {
		ou.mouse = MODE_MOUSE_BUTTON;
		if (modes & MODE_MOUSE_ALL || options_number(so, "focus-follows-mouse") ||
		    c->overlay != NULL)
			ou.mouse = MODE_MOUSE_ALL;
	} else if (modes & MODE_MOUSE_ALL)
		ou.mouse = MODE_MOUSE_ALL;
	else if (modes & MODE_MOUSE_BUTTON)
		ou.mouse = MODE_MOUSE_BUTTON;
	else if (modes & (MODE_MOUSE_STANDARD | MODE_MOUSE_X10))
		ou.mouse = MODE_MOUSE_STANDARD;
	ou.focus = true;
	ou.paste = true;
	ou.extended_keys = (uint8_t)options_number(s->model->server_options, "extended-keys");
	ou.kitty_flags = pane->mode != NULL ? 0 : (uint8_t)emu_kitty_flags(pane->emu);
	ou.theme = true;
	sender_kv(p->sender, VIEW_KV_OUTER, bytes, kv_write_outer(&ou, bytes, sizeof bytes));
	sender_kv(p->sender, VIEW_KV_BELL, bytes, kv_write_bell(&p->bell, bytes, sizeof bytes));

	if (vo.set_titles) {
		struct format *ft = format_for(s->model, FORMAT_NOJOBS, c, c->session,
		    c->session->current, pane);
		title = format_expand_time(ft, options_string(so, "set-titles-string"));
		format_free(ft);
		len = strlen(title);
		sender_kv(p->sender, VIEW_KV_TITLE, title, len < TITLE_MAX ? len : TITLE_MAX);
		free(title);
	}
}

/* When the next view may be settled. */
static usec_t
peer_view_time(const struct peer *p)
{
	return (p->s->now < p->urgent_until ? p->s->now : p->view_at + VIEW_GATE);
}

/* Does what this client sees differ from its last view? */
static bool
peer_view_stale(struct peer *p)
{
	return (p->view == NULL || p->seen_screen != p->s->screen_version ||
	    p->seen_model != p->s->model->version_seen || p->seen_redraw != p->client->redraw ||
	    scene_deadline(p->client) <= p->s->now);
}

static void
peer_settle(struct peer *p)
{
	struct sender_pace	 pace;
	struct conn_stats	 st;
	struct view		*v;

	if (!peer_view_stale(p) || p->s->now < peer_view_time(p))
		return;
	if (p->client->flags & CLIENT_SUSPENDED)
		return;
	p->view_at = p->s->now;
	p->seen_screen = p->s->screen_version;
	p->seen_model = p->s->model->version_seen;
	p->seen_redraw = p->client->redraw;
	conn_stats(p->conn, &st);
	sender_pace_default(&pace, st.srtt_us, p->seal == NULL);
	/* With the delay cap in it. */
	if (p->seal != NULL)
		pace.interval_us = st.frame_interval_us;
	sender_pace(p->sender, &pace);
	v = scene_build(p->client, modes_scene_ops(), p->s);
	if (v == NULL)
		return;
	peer_echo(p, v);
	peer_kvs(p);
	sender_set(p->sender, v, p->s->now);
	view_unref(p->view);
	p->view = v;
	conn_wake(p->conn);
	p->dirty = true;
}

/* Tell the connection whether its stream takes more; as it is now. */
static void
peer_note_full(struct peer *p)
{
	conn_stream_full(p->conn, p->link != NULL && link_full(p->link));
}

static void
peer_send(struct peer *p)
{
	static uint8_t		packet[DATAGRAM_STREAM + 64];
	struct conn_path	to;
	size_t			n;

	for (;;) {
		peer_note_full(p);
		n = conn_output(p->conn, p->s->now, packet, sizeof packet, &to);
		if (n == 0)
			break;
		if (!to.stream)
			listen_send_udp(p->s, &to, packet, n);
		else if (p->link != NULL)
			link_send(p->link, packet, n);
	}
}

void
peer_turn(struct peer *p)
{
	struct server	*s = p->s;

	if (p->dead)
		return;
	if (s->now >= p->silent_at || (p->client->flags & CLIENT_AWAY))
		peer_look_away(p);
	if (p->attached && p->client->session != NULL && p->client->session->current != NULL)
		peer_settle(p);
	if (inlog_in_retry(p->inlog))
		peer_wake(p);
	/* A command line client leaves when all of its commands are done. */
	if (p->hello && !p->attached && !p->exiting && TAILQ_EMPTY(&p->files) &&
	    dispatch_client_idle(s, p->client))
		peer_exit(p, TALK_EXIT_DONE, p->status, NULL);
	if (buf_len(&p->talk_out) > 0 && peer_talk_flush(p)) {
		if (p->exit_sent && p->talk != NULL)
			stream_finish(p->talk);
		conn_wake(p->conn);
	}
	peer_note_full(p);
	if (p->dirty || conn_deadline(p->conn) <= s->now) {
		p->dirty = false;
		peer_send(p);
	}
	if (conn_state(p->conn) == CONN_CLOSED)
		p->dead = true;
}

usec_t
peer_deadline(struct peer *p)
{
	usec_t	t, best;

	peer_note_full(p);		/* it was written out since */
	best = conn_deadline(p->conn);
	if (p->attached && !(p->client->flags & CLIENT_SUSPENDED)) {
		t = peer_view_stale(p) ? peer_view_time(p) : scene_deadline(p->client);
		if (t < best)
			best = t;
	}
	if (p->exiting && p->exit_at < best)
		best = p->exit_at;
	/* As known when last looked at: it may have been heard since. */
	if (p->attached && !(p->client->flags & CLIENT_AWAY) && p->silent_at < best)
		best = p->silent_at;
	if (p->orphan_at != 0 && p->orphan_at < best)
		best = p->orphan_at;
	if (!p->hello && p->born + HELLO_WAIT < best)
		best = p->born + HELLO_WAIT;
	return (best);
}

static bool
peer_over(struct peer *p)
{
	struct conn_stats	st;

	if (p->dead || (p->exiting && p->s->now >= p->exit_at) ||
	    (!p->hello && p->s->now >= p->born + HELLO_WAIT))
		return (true);
	if (p->seal == NULL)
		return (false);
	conn_stats(p->conn, &st);
	if (p->orphan_at != 0 && p->s->now >= p->orphan_at) {
		if (!st.path_known || st.path.stream)
			return (true);
		p->orphan_at = 0;
	}
	return (p->s->now > DORMANT_MAX && st.last_heard < p->s->now - DORMANT_MAX);
}

bool
peer_reap(struct peer *p)
{
	if (!peer_over(p))
		return (false);
	peer_free(p);
	return (true);
}

void
peer_free(struct peer *p)
{
	struct server		*s = p->s;
	struct peer_file	*f;

	TAILQ_REMOVE(&s->peers, p, entry);
	p->dead = true;
	while ((f = TAILQ_FIRST(&p->files)) != NULL)
		file_finish(p, f, 32 /* EPIPE */);
	dispatch_client_gone(s, p->client);
	if (p->client->session != NULL) {
		client_set_session(p->client, NULL);
		model_notify(s->model, "client-detached", p->client, NULL, NULL, NULL);
	}
	if (p->hello)
		model_notify(s->model, "client-closed", p->client, NULL, NULL, NULL);
	view_unref(p->view);
	conn_free(p->conn);
	stream_set_free(p->streams);
	inlog_in_free(p->inlog);
	sender_free(p->sender);
	buf_fini(&p->talk_in);
	buf_fini(&p->talk_out);
	seal_free(p->seal);
	if (p->link != NULL)
		link_close(p->link);
	p->client->peer = NULL;
	client_free(p->client);
	mem_wipe(p->cid, sizeof p->cid);
	free(p);
	server_wake(s);
}
