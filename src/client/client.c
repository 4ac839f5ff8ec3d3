/* SPDX-License-Identifier: ISC */

/*
 * client.c - the loop of a client.
 *
 * What came is taken in by callbacks (terminal, links, signals); client_turn() then draws,
 * sends what is due and sets the timer.  A key is drawn as a guess before it is sent.
 *
 * The only keys that a client keeps to itself are those of the way out while nothing is
 * heard from the server: "~." (the notice says so).
 */

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <event2/event.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "client/client.h"
#include "client/link.h"
#include "client/screen.h"
#include "client/ssh.h"
#include "os/clock.h"
#include "os/locale.h"
#include "os/netmon.h"
#include "os/random.h"
#include "seal/phase.h"
#include "os/tty.h"
#include "os/user.h"
#include "sync/inlog.h"
#include "sync/stream.h"
#include "tty/query.h"
#include "view/boot.h"
#include "view/keymsg.h"
#include "view/talk.h"

extern char	**environ;

#define TTY_OUT_MAX	(8 << 20)
#define PENDING_MAX	(4 << 20)	/* typed and pasted, not yet in the log */
#define PENDING_FULL	(256 * 1024)	/* then the terminal is not read */
#define TALK_OUT_MAX	(64 << 20)
#define FILES_MAX	64
#define SUSPEND_JUMP	(2 * USEC_PER_SEC)
#define NET_SETTLE	(100 * USEC_PER_MSEC) /* changes of the network come in bursts */
#define SSH_LINGER	(1 * USEC_PER_SEC)	/* ssh goes so long after UDP is proved */
#define CALM_TIME	(6 * USEC_PER_SEC)	/* a passing notice */
#define BYE_WAIT	(500 * USEC_PER_MSEC)
#define CONNECT_WAIT	(20 * USEC_PER_SEC)
#define CUT_WAIT	(8 * USEC_PER_SEC)	/* a command without ssh and UDP */

struct out_file {
	uint32_t	id;
	int		fd;
	int		error;
	bool		used;
};

struct app {
	const struct client_args *args;
	struct event_base	*base;
	struct event		*timer, *tty_read, *tty_write, *net_ev;
	struct event		*sigs[6];
	usec_t			 now, started, mono_gap;

	struct links		*links;
	struct conn		*conn;
	struct seal		*seal;
	uint8_t			 cid[MSG_CID_LEN];
	struct conn_seal_ops	 seal_ops;
	pid_t			 ssh_pid;
	struct os_addr		 addrs[SSH_ADDRS_MAX];	/* of the server */
	int			 naddrs;
	usec_t			 udp_since;	/* 0: not on UDP */
	usec_t			 cut_at;	/* ssh ended while it was all we had; 0 */
	usec_t			 move_at;	/* 0: the network is as it was */
	bool			 remote, had_stream_notice;

	struct stream_set	*streams;
	struct stream		*talk;
	struct buf		 talk_in, talk_out;
	struct inlog_out	*inlog;
	struct replica		*replica;
	struct screen		*screen;
	struct buf		 pending;	/* entries that the log had no room for */
	bool			 paste_first;
	usec_t			 key_at;	/* of the key before */
	unsigned		 close_keys;	/* so close to each other; at most 2 */

	struct os_tty		 tty;
	bool			 have_tty, attached, tty_closed, tty_paused;
	enum os_locale		 locale;
	int			 tty_fd;
	struct tinfo		*tinfo;
	struct tty_features	 features, told;	/* in force; by replies alone */
	struct talk_terminal	 terminal;	/* what options say of it */
	bool			 utf8;
	size_t			 nuser;		/* user keys that were set */
	struct tty_keys		*keys;
	struct buf		 tty_out;
	int			 cols, rows;
	bool			 resized;

	bool			 way_out;	/* the notice with ~. is shown */
	bool			 tilde;		/* '~' was typed under it */
	bool			 clipboard_asked;	/* by the server, for ... */
	uint32_t		 clipboard_id;		/* ... this pane */
	char			 calm[200];
	usec_t			 calm_until;

	struct out_file		 files[FILES_MAX];
	int			 out_error;	/* of writing what a command printed */
	bool			 done, leaving;
	usec_t			 leave_at;
	int			 code;
	uint8_t			 exit_kind;
	char			*exit_text;
};

static void	client_turn(struct app *);
static void	tty_leave(struct app *);

/*** Frames ***/

static int
app_frame(void *arg, uint8_t type, struct reader *r, uint64_t pn)
{
	struct app	*a = arg;

	(void)pn;
	if (type == FRAME_INPUT_ACK)
		return (inlog_out_frame(a->inlog, type, r));
	if (stream_set_owns(type))
		return (stream_set_frame(a->streams, type, r));
	if (view_owns_frame(type))
		return (replica_frame(a->replica, type, r, a->now) == 0 ? 0 : -CLOSE_PROTOCOL);
	return (-CLOSE_PROTOCOL);
}

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

static void
note_of(const struct view_note *vn, struct sent_note *n)
{
	memset(n, 0, sizeof *n);
	n->kind = vn->kind;
	n->a = vn->a;
	n->b = vn->b;
	n->c = vn->c;
}

static bool
out_end(void *arg, const struct view_note *vn)
{
	struct sent_note	n;

	if (vn == NULL)
		return (packet_end(arg, NULL));
	note_of(vn, &n);
	return (packet_end(arg, &n));
}

static bool
out_note(void *arg, const struct view_note *vn)
{
	struct sent_note	n;

	note_of(vn, &n);
	return (packet_note(arg, &n));
}

static void
out_cancel(void *arg)
{
	packet_cancel(arg);
}

static void
app_fill(void *arg, enum conn_class cls, struct packet *pk)
{
	struct app	*a = arg;
	struct view_out	 out;

	inlog_out_fill(a->inlog, cls, pk);
	if (cls == CONN_CLASS_LAYOUT) {
		memset(&out, 0, sizeof out);
		out.left = out_left;
		out.begin = out_begin;
		out.end = out_end;
		out.note = out_note;
		out.cancel = out_cancel;
		out.arg = pk;
		out.whole = a->remote ? 440 : 8000;
		replica_fill(a->replica, &out, a->now);
	}
	stream_set_fill(a->streams, cls, pk);
}

static usec_t
app_due(void *arg, usec_t now, enum conn_class last)
{
	struct app	*a = arg;
	usec_t		 t, best = inlog_out_due(a->inlog, now);

	if (last >= CONN_CLASS_LAYOUT && (t = replica_due(a->replica, now)) < best)
		best = t;
	if ((t = stream_set_due(a->streams, now, last)) < best)
		best = t;
	return (best);
}

static void
app_fate(struct app *a, const struct sent_note *n, bool acked)
{
	struct view_note	vn;

	if (n->kind == FRAME_INPUT) {
		if (acked)
			inlog_out_acked(a->inlog, n);
		else
			inlog_out_lost(a->inlog, n);
	} else if (stream_set_owns(n->kind)) {
		if (acked)
			stream_set_acked(a->streams, n);
		else
			stream_set_lost(a->streams, n);
	} else {
		vn.kind = n->kind;
		vn.a = n->a;
		vn.b = n->b;
		vn.c = n->c;
		if (acked)
			replica_acked(a->replica, &vn);
		else
			replica_lost(a->replica, &vn);
	}
}

static void
app_acked(void *arg, const struct sent_note *n)
{
	app_fate(arg, n, true);
}

static void
app_lost(void *arg, const struct sent_note *n)
{
	app_fate(arg, n, false);
}

static const struct conn_app_ops app_ops = {
	.frame = app_frame,
	.fill = app_fill,
	.due = app_due,
	.acked = app_acked,
	.lost = app_lost,
};

static int
app_seal(void *arg, uint64_t pn, const uint8_t *plain, size_t n, uint8_t *out, size_t cap)
{
	return (seal_seal(arg, pn, plain, n, out, cap));
}

static int
app_rekey_ask(void *arg, uint8_t pub[MSG_PUB_LEN])
{
	return (seal_rekey_ask(arg, os_rng(), pub));
}

static int
app_rekey_finish(void *arg, uint64_t phase, const uint8_t theirs[MSG_PUB_LEN])
{
	return (seal_rekey_finish(arg, phase, theirs));
}

static uint64_t
app_rekey_phase(void *arg)
{
	return (seal_phase(arg));
}

static bool
app_rekey_old(void *arg)
{
	return (seal_old(arg));
}

static void
app_rekey_old_wipe(void *arg)
{
	seal_old_wipe(arg);
}

static const struct conn_rekey_ops app_rekey_ops = {
	.ask = app_rekey_ask,
	.finish = app_rekey_finish,
	.phase = app_rekey_phase,
	.old = app_rekey_old,
	.old_wipe = app_rekey_old_wipe,
};

static void
app_use_cid(void *arg, const uint8_t cid[MSG_CID_LEN])
{
	seal_use_cid(arg, cid);
}

static int
app_open(void *arg, const uint8_t *datagram, size_t n, uint8_t *plain, size_t cap, uint64_t *pn)
{
	return (seal_open(arg, datagram, n, plain, cap, pn));
}

/*** Talk ***/

static void
talk_send(struct app *a, const struct talk *t)
{
	talk_add(&a->talk_out, t);
	conn_wake(a->conn);
}

static void
talk_simple(struct app *a, uint8_t tag, uint32_t id, int n)
{
	struct talk	t;

	memset(&t, 0, sizeof t);
	t.tag = tag;
	t.id = id;
	t.n = n;
	talk_send(a, &t);
}

static void
talk_flush(struct app *a)
{
	size_t	n;

	while (a->talk != NULL && buf_len(&a->talk_out) > 0) {
		n = stream_write(a->talk, buf_data(&a->talk_out), buf_len(&a->talk_out));
		if (n == 0)
			break;
		buf_drain(&a->talk_out, n);
		conn_wake(a->conn);
	}
}

/* All of it, to a descriptor that may be a slow pipe or a terminal. */
static int
write_all(int fd, const uint8_t *data, size_t n)
{
	struct pollfd	pf = { .fd = fd, .events = POLLOUT };
	ssize_t		w;

	while (n > 0) {
		w = write(fd, data, n);
		if (w > 0) {
			data += w;
			n -= (size_t)w;
		} else if (w < 0 && errno == EAGAIN)
			poll(&pf, 1, -1);
		else if (w < 0 && errno != EINTR)
			return (errno);
	}
	return (0);
}

/*
 * A server elsewhere may be taken over; it must not get at the files of this machine, nor
 * run anything here.  Of files it gets what the user named in the command: no others.
 */
static bool
file_allowed(const struct app *a, const char *path)
{
	int	i;

	if (!a->remote || strcmp(path, "-") == 0)
		return (true);
	for (i = 1; i < a->args->argc; i++) {
		if (strcmp(a->args->argv[i], path) == 0)
			return (true);
	}
	return (false);
}

/* A file that a command wants from our side. */
static void
file_send(struct app *a, const struct talk *ask)
{
	char		 path[4096];
	uint8_t		 chunk[TALK_CHUNK];
	struct talk	 t;
	ssize_t		 n = 0;
	int		 fd, error = 0;

	snprintf(path, sizeof path, "%.*s", (int)ask->text_len, ask->text);
	errno = EPERM;
	fd = !file_allowed(a, path) ? -1 : strcmp(path, "-") == 0 ? dup(STDIN_FILENO) :
	    open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		error = errno;
	memset(&t, 0, sizeof t);
	t.tag = TALK_FILE_DATA;
	t.id = ask->id;
	while (error == 0 && (n = read(fd, chunk, sizeof chunk)) != 0) {
		if (n < 0) {
			if (errno == EINTR)
				continue;
			error = errno;
			break;
		}
		t.data = chunk;
		t.len = (size_t)n;
		if (talk_add(&a->talk_out, &t) != 0)
			error = EFBIG;
	}
	if (fd != -1)
		close(fd);
	t.data = NULL;
	t.len = 0;
	t.n = error;
	t.fin = true;
	talk_send(a, &t);
	talk_flush(a);
}

static struct out_file *
out_file(struct app *a, uint32_t id, bool make)
{
	int	i;

	for (i = 0; i < FILES_MAX; i++) {
		if (a->files[i].used && a->files[i].id == id)
			return (&a->files[i]);
	}
	for (i = 0; make && i < FILES_MAX; i++) {
		if (!a->files[i].used) {
			memset(&a->files[i], 0, sizeof a->files[i]);
			a->files[i].used = true;
			a->files[i].id = id;
			a->files[i].fd = -1;
			return (&a->files[i]);
		}
	}
	return (NULL);
}

static void
file_open(struct app *a, const struct talk *t)
{
	struct out_file	*f = out_file(a, t->id, true);
	char		 path[4096];

	if (f == NULL) {
		talk_simple(a, TALK_FILE_DONE, t->id, EMFILE);
		return;
	}
	snprintf(path, sizeof path, "%.*s", (int)t->text_len, t->text);
	errno = EPERM;
	f->fd = !file_allowed(a, path) ? -1 : strcmp(path, "-") == 0 ? dup(STDOUT_FILENO) :
	    open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (t->n ? O_APPEND : O_TRUNC), 0666);
	if (f->fd == -1)
		f->error = errno;
}

static void
file_put(struct app *a, const struct talk *t)
{
	struct out_file	*f = out_file(a, t->id, false);

	if (f == NULL)
		return;
	if (f->error == 0)
		f->error = write_all(f->fd, t->data, t->len);
	if (!t->fin)
		return;
	if (f->fd != -1 && close(f->fd) != 0 && f->error == 0)
		f->error = errno;
	talk_simple(a, TALK_FILE_DONE, t->id, f->error);
	f->used = false;
}

static void
client_leave(struct app *a, int code)
{
	if (a->leaving)
		return;
	a->leaving = true;
	a->code = code;
	a->leave_at = a->now + BYE_WAIT;
	conn_close(a->conn, a->now, CLOSE_NONE, "");
}

static void
tty_flush(struct app *a)
{
	ssize_t	n;

	while (buf_len(&a->tty_out) > 0 && !a->tty_closed) {
		n = write(a->tty_fd, buf_data(&a->tty_out), buf_len(&a->tty_out));
		if (n > 0)
			buf_drain(&a->tty_out, (size_t)n);
		else if (n < 0 && errno == EINTR)
			continue;
		else if (n < 0 && errno == EAGAIN) {
			event_add(a->tty_write, NULL);
			return;
		} else
			a->tty_closed = true;
	}
}

static void
tty_enter(struct app *a)
{
	if (!a->have_tty)
		return;
	os_tty_raw(&a->tty);
	os_set_nonblock(a->tty_fd, true);
	screen_start(a->screen, &a->tty_out);
	query_start(a->tinfo, &a->tty_out);
	event_add(a->tty_read, NULL);
	tty_flush(a);
}

static void
tty_leave(struct app *a)
{
	struct pollfd	pf = { .fd = a->tty_fd, .events = POLLOUT };
	int		tries;

	if (!a->have_tty)
		return;
	event_del(a->tty_read);
	buf_clear(&a->tty_out);
	screen_stop(a->screen, &a->tty_out);
	for (tries = 0; tries < 20 && buf_len(&a->tty_out) > 0 && !a->tty_closed; tries++) {
		tty_flush(a);
		if (buf_len(&a->tty_out) > 0)
			poll(&pf, 1, 50);
	}
	os_set_nonblock(a->tty_fd, false);
	/* Replies to our questions that are still under way are not for the shell. */
	tcflush(a->tty_fd, TCIFLUSH);
	os_tty_restore(&a->tty);
}

/* Make the features anew from all that they come from.  False if nothing changed. */
static bool
features_make(struct app *a)
{
	struct tty_features	old = a->features;
	int			i;

	features_init(&a->features, a->tinfo, getenv("COLORTERM"), a->utf8);
	if (a->args->features != NULL)
		features_add(&a->features, a->args->features);
	for (i = 0; i < a->terminal.nfeatures; i++)
		features_option(&a->features, a->tinfo, a->terminal.features[i]);
	features_merge(&a->features, &a->told);
	features_deny(&a->features, a->tinfo);
	return (memcmp(&old, &a->features, sizeof old) != 0);
}

static void
features_send(struct app *a)
{
	struct talk_features	 f;
	char			 list[512];

	memset(&f, 0, sizeof f);
	f.features = features_list(&a->features, list, sizeof list);
	f.term_type = a->features.name;
	f.colours = (uint32_t)a->features.colours;
	f.fg = a->features.fg;
	f.bg = a->features.bg;
	f.theme = a->features.theme == 1 ? 2 : a->features.theme == 2 ? 1 : 0;
	talk_add_features(&a->talk_out, &f);
	talk_flush(a);
	conn_wake(a->conn);
}

static void
client_attach(struct app *a)
{
	char	*cause = NULL;

	if (a->attached)
		return;
	if (!tinfo_usable(a->tinfo, &cause)) {
		a->exit_kind = TALK_EXIT_REFUSED;
		free(a->exit_text);
		a->exit_text = cause;
		talk_simple(a, TALK_BYE, 0, 0);
		talk_flush(a);
		client_leave(a, CLIENT_EXIT_ERROR);
		return;
	}
	a->attached = true;
	if (a->locale == OS_LOCALE_FALLBACK && !a->args->utf8)
		fprintf(stderr, "rmux: the locale is not UTF-8: going on as if it were "
		    "(C.UTF-8)\n");
	/* Who comes looks; that nothing is heard he should learn soon. */
	conn_active(a->conn, a->now + ACTIVE_US);
	tty_enter(a);
	features_send(a);
}

static void
client_suspend(struct app *a)
{
	talk_simple(a, TALK_SUSPENDED, 0, 0);
	client_turn(a);
	links_flush(a->links, 200);
	tty_leave(a);
	kill(getpid(), SIGSTOP);
	/* Here we are again. */
	a->now = os_clock();
	tty_enter(a);
	screen_invalidate(a->screen);
	talk_simple(a, TALK_RESUMED, 0, 0);
	a->resized = true;
}

static void
client_lock(struct app *a, const struct talk *t)
{
	char	command[4096];

	snprintf(command, sizeof command, "%.*s", (int)t->text_len, t->text);
	tty_leave(a);
	if (system(command) == -1)
		fprintf(stderr, "rmux: %s: %s\n", command, strerror(errno));
	a->now = os_clock();
	tty_enter(a);
	screen_invalidate(a->screen);
}

/* The options about terminals, for the first time or changed. */
static void
take_terminal(struct app *a, const struct record *rec)
{
	struct talk_terminal	 t;
	size_t			 i;

	if (!a->have_tty || !talk_parse_terminal(rec, &t))
		return;
	talk_terminal_fini(&a->terminal);
	a->terminal = t;
	tinfo_reload(a->tinfo);
	for (i = 0; i < (size_t)t.noverrides; i++)
		tinfo_override(a->tinfo, t.overrides[i]);
	features_make(a);
	tty_keys_set_terminal(a->keys, a->tinfo, &a->features);
	for (i = 0; i < a->nuser || i < (size_t)t.nkeys; i++)
		tty_keys_set_user(a->keys, KEY_USER_0 + i,
		    i < (size_t)t.nkeys && *t.keys[i] != '\0' ? t.keys[i] : NULL);
	a->nuser = (size_t)t.nkeys;
	if (a->attached) {
		screen_features_changed(a->screen, &a->tty_out);
		features_send(a);
	}
}

static void
take_talk(struct app *a, const struct record *rec)
{
	struct talk	 t;
	char		 sel[16];
	int		 error;

	if (rec->tag == TALK_TERMINAL) {
		take_terminal(a, rec);
		return;
	}
	if (!talk_parse(rec, &t))
		return;
	switch (t.tag) {
	case TALK_OUT:
		error = write_all(t.n == 2 ? STDERR_FILENO : STDOUT_FILENO, t.data, t.len);
		if (a->out_error == 0)
			a->out_error = error;
		break;
	case TALK_ATTACHED:
		client_attach(a);
		break;
	case TALK_EXIT:
		a->exit_kind = t.kind;
		free(a->exit_text);
		a->exit_text = xstrndup(t.text, t.text_len);
		client_leave(a, t.n);
		break;
	case TALK_SUSPEND:
		if (a->attached)
			client_suspend(a);
		break;
	case TALK_LOCK:
		if (a->attached && !a->remote)
			client_lock(a, &t);
		break;
	case TALK_FILE_READ:
		file_send(a, &t);
		break;
	case TALK_FILE_WRITE:
		file_open(a, &t);
		break;
	case TALK_FILE_PUT:
		file_put(a, &t);
		break;
	case TALK_CLIPBOARD:
		snprintf(sel, sizeof sel, "%.*s", t.text_len > 8 ? 8 : (int)t.text_len, t.text);
		if (a->attached)
			screen_clipboard(a->screen, sel, t.data, t.len, &a->tty_out);
		break;
	case TALK_CLIPBOARD_ASK:
		snprintf(sel, sizeof sel, "%.*s", t.text_len > 8 ? 8 : (int)t.text_len, t.text);
		if (!a->attached || !(a->features.have & FEATURE_CLIPBOARD))
			break;
		a->clipboard_asked = true;
		a->clipboard_id = t.id;
		query_clipboard(a->tinfo, sel, &a->tty_out);
		tty_flush(a);
		break;
	case TALK_RAW:
		if (a->attached && buf_add(&a->tty_out, t.data, t.len) == 0)
			tty_flush(a);
		break;
	default:
		break;
	}
}

static void
talk_readable(void *arg, struct stream *st)
{
	struct app	*a = arg;
	const uint8_t	*data;
	struct record	 rec;
	size_t		 n;
	int		 r;

	while ((data = stream_peek(st, &n)) != NULL && n > 0) {
		if (buf_add(&a->talk_in, data, n) != 0) {
			stream_reset(st, CLOSE_LIMIT);
			return;
		}
		stream_consume(st, n);
		while ((r = record_next(buf_data(&a->talk_in), buf_len(&a->talk_in),
		    TALK_RECORD_MAX, &rec)) == 1) {
			take_talk(a, &rec);
			buf_drain(&a->talk_in, rec.size);
		}
		if (r == -1) {
			stream_reset(st, CLOSE_PROTOCOL);
			return;
		}
	}
}

static void
talk_writable(void *arg, struct stream *st)
{
	(void)st;
	talk_flush(arg);
}

static void
talk_opened(void *arg, struct stream *st)
{
	(void)arg;
	stream_reset(st, CLOSE_PROTOCOL);
}

static void
talk_closed(void *arg, struct stream *st, bool reset, uint64_t code)
{
	struct app	*a = arg;

	(void)reset;
	(void)code;
	if (a->talk == st)
		a->talk = NULL;
}

static const struct stream_ops talk_ops = {
	.opened = talk_opened,
	.readable = talk_readable,
	.writable = talk_writable,
	.closed = talk_closed,
};

static bool
worth_sending(const struct app *a, const char *env)
{
	static const char *const remote[] = { "TERM=", "LANG=", "LC_", "COLORTERM=", "TZ=" };
	size_t			 i;

	if (strlen(env) > TALK_STRING_MAX)
		return (false);
	if (!a->remote)
		return (true);
	/* What else is in it means nothing over there, and is nobody's business. */
	for (i = 0; i < sizeof remote / sizeof remote[0]; i++) {
		if (strncmp(env, remote[i], strlen(remote[i])) == 0)
			return (true);
	}
	return (false);
}

/* False: the command does not fit. */
static bool
say_hello(struct app *a)
{
	struct talk_hello	 h;
	struct os_tty_size	 size;
	char			*env[TALK_ENV_MAX], cwd[4096], **e;
	const char		*tty = a->have_tty ? ttyname(a->tty_fd) : NULL;
	const char		*term = getenv("TERM");
	int			 i;

	memset(&h, 0, sizeof h);
	h.version = TALK_VERSION;
	h.flags = (a->features.have & FEATURE_UTF8 ? TALK_UTF8 : 0) |
	    (a->have_tty ? TALK_TTY : 0) | (a->args->control ? TALK_CONTROL : 0) |
	    (a->args->control_cc ? TALK_CONTROL_CC : 0);
	h.pid = (uint32_t)getpid();
	if (a->have_tty && os_tty_size(a->tty_fd, &size) == 0) {
		a->cols = size.cols > 0 ? size.cols : 80;
		a->rows = size.rows > 0 ? size.rows : 24;
		h.cols = (uint16_t)a->cols;
		h.rows = (uint16_t)a->rows;
		h.cell_width = (uint16_t)(size.xpixel / a->cols);
		h.cell_height = (uint16_t)(size.ypixel / a->rows);
	}
	h.tty = tty != NULL ? tty : "";
	h.term = term != NULL ? term : "";
	h.features = a->args->features != NULL ? a->args->features : "";
	h.user = getenv("USER") != NULL ? getenv("USER") : os_user_name();
	h.program = a->args->program;
	h.cwd = getcwd(cwd, sizeof cwd) != NULL ? cwd : "/";
	h.argc = a->args->argc;
	h.argv = a->args->argv;
	for (i = 0; i < h.argc; i++) {
		if (i == TALK_ARGS_MAX || strlen(h.argv[i]) > TALK_STRING_MAX)
			return (false);
	}
	for (e = environ; *e != NULL && h.envc < TALK_ENV_MAX; e++) {
		if (worth_sending(a, *e))
			env[h.envc++] = *e;
	}
	h.env = env;
	if (talk_add_hello(&a->talk_out, &h) != 0) {
		/* Too large an environment: go on with what matters. */
		h.envc = 0;
		if (talk_add_hello(&a->talk_out, &h) != 0)
			return (false);
	}
	return (true);
}

/*** Input ***/

static void
pending_flush(struct app *a)
{
	uint8_t		*p;
	uint64_t	 end;
	uint32_t	 surface;
	size_t		 len;

	while (buf_len(&a->pending) >= 7) {
		p = buf_data(&a->pending);
		len = (size_t)p[5] << 8 | p[6];
		surface = (uint32_t)p[1] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 8 | p[4];
		end = inlog_out_append(a->inlog, surface, p[0], p + 7, len);
		if (end == 0)
			break;
		buf_drain(&a->pending, 7 + len);
		conn_wake(a->conn);
	}
	if (a->attached && buf_len(&a->pending) < PENDING_FULL && !a->tty_closed) {
		event_add(a->tty_read, NULL);
		a->tty_paused = false;
	}
}

/* Put an entry into the log, or in line for it.  Returns its end offset, 0 if in line. */
static uint64_t
input_send(struct app *a, const struct keymsg *m)
{
	uint8_t		 data[KEYMSG_MAX + 16], head[7];
	struct writer	 w;
	uint32_t	 surface = screen_focus(a->screen);
	uint64_t	 end = 0;

	writer_init(&w, data, sizeof data);
	if (!keymsg_write(&w, m) || !writer_ok(&w))
		return (0);
	if (buf_len(&a->pending) == 0)
		end = inlog_out_append(a->inlog, surface, m->kind, data, writer_len(&w));
	if (end == 0) {
		head[0] = m->kind;
		head[1] = (uint8_t)(surface >> 24);
		head[2] = (uint8_t)(surface >> 16);
		head[3] = (uint8_t)(surface >> 8);
		head[4] = (uint8_t)surface;
		head[5] = (uint8_t)(writer_len(&w) >> 8);
		head[6] = (uint8_t)writer_len(&w);
		if (buf_space(&a->pending) >= sizeof head + writer_len(&w)) {
			buf_add(&a->pending, head, sizeof head);
			buf_add(&a->pending, data, writer_len(&w));
		}
		if (buf_len(&a->pending) >= PENDING_FULL) {
			event_del(a->tty_read);
			a->tty_paused = true;
		}
	}
	mem_wipe(data, sizeof data);
	conn_wake(a->conn);
	conn_active(a->conn, a->now + ACTIVE_US);
	return (end);
}

static void
input_key(struct app *a, const struct key_event *ev)
{
	struct keymsg	m;
	uint64_t	end;

	memset(&m, 0, sizeof m);
	m.key = *ev;
	m.kind = INPUT_KEY;
	if (ev->code == KEY_MOUSE)
		m.kind = INPUT_MOUSE;
	else if (ev->code == KEY_FOCUS_IN || ev->code == KEY_FOCUS_OUT) {
		m.kind = INPUT_FOCUS;
		m.focus = ev->code == KEY_FOCUS_IN;
	}
	end = input_send(a, &m);
	if (end == 0)
		return;
	if (m.kind == INPUT_KEY)
		screen_key(a->screen, ev, end, inlog_out_accepted(a->inlog), a->now);
	else if (m.kind == INPUT_MOUSE)
		screen_other(a->screen, end, a->now);
}

static void
input_paste(struct app *a, const uint8_t *data, size_t n, bool last)
{
	struct keymsg	m;
	uint64_t	end;
	size_t		piece;

	do {
		piece = n < INPUT_PASTE_CHUNK - 16 ? n : INPUT_PASTE_CHUNK - 16;
		memset(&m, 0, sizeof m);
		m.kind = INPUT_PASTE;
		m.data = data;
		m.len = piece;
		m.paste = (a->paste_first ? KEYMSG_PASTE_START : 0) |
		    (last && piece == n ? KEYMSG_PASTE_END : 0);
		a->paste_first = false;
		end = input_send(a, &m);
		if (end != 0)
			screen_other(a->screen, end, a->now);
		data += piece;
		n -= piece;
	} while (n > 0);
}

/*
 * Of a terminal that cannot say so: keys too close to each other to be typed are a paste,
 * from the third on.  True: it went as one.
 */
static bool
input_assume_paste(struct app *a, const struct key_event *ev)
{
	usec_t		limit = screen_options(a->screen)->paste_ms * (usec_t)USEC_PER_MSEC;
	usec_t		gap = a->now - a->key_at;
	key_code	code = ev->code & ~KEY_KPAD;
	char		u[4];

	a->key_at = a->now;
	if ((a->features.have & FEATURE_PASTE) || gap >= limit) {
		a->close_keys = 0;
		return (false);
	}
	if ((code & KEY_MODIFIERS) == KEY_CTRL && (code & KEY_MASK) < 0x80)
		code &= 0x1f;
	if (a->close_keys < 2)
		a->close_keys++;
	if (a->close_keys < 2 || code >= KEY_BASE || ev->action != 0)
		return (false);
	input_paste(a, (const uint8_t *)u, utf8_encode((uint32_t)code, u), false);
	return (true);
}

/* The way out under the notice.  True: the key is ours. */
static bool
input_way_out(struct app *a, const struct key_event *ev)
{
	struct key_event	tilde;

	if (!a->way_out) {
		a->tilde = false;
		return (false);
	}
	if (a->tilde) {
		a->tilde = false;
		if (ev->code == '.') {
			a->exit_kind = TALK_EXIT_REFUSED;
			free(a->exit_text);
			a->exit_text = xstrdup("left; the session goes on over there");
			client_leave(a, CLIENT_EXIT_LOST);
			return (true);
		}
		memset(&tilde, 0, sizeof tilde);
		tilde.code = '~';
		input_key(a, &tilde);
		return (false);
	}
	if (ev->code != '~' || ev->action == 2)
		return (false);
	a->tilde = true;
	return (true);
}

/* What the terminal holds goes to nobody who did not ask for it. */
static void
clipboard_send(struct app *a, const struct tty_reply *r)
{
	struct talk	t;
	uint8_t		*data;
	size_t		n;

	if (!a->clipboard_asked || (data = str_base64_decode(r->data, r->len, &n)) == NULL)
		return;
	a->clipboard_asked = false;
	memset(&t, 0, sizeof t);
	t.tag = TALK_CLIPBOARD_IS;
	t.id = a->clipboard_id;
	t.data = data;
	t.len = n;
	talk_send(a, &t);
	mem_wipe(data, n);
	free(data);
}

static void
input_take(struct app *a)
{
	struct tty_input	in;

	while (tty_keys_next(a->keys, a->now, &in)) {
		switch (in.kind) {
		case TTY_INPUT_REPLY:
			if (in.reply.kind == REPLY_CLIPBOARD)
				clipboard_send(a, &in.reply);
			if (features_reply(&a->told, &in.reply) && features_make(a)) {
				screen_features_changed(a->screen, &a->tty_out);
				features_send(a);
			}
			break;
		case TTY_INPUT_PASTE:
			input_paste(a, in.bytes, in.len, false);
			break;
		case TTY_INPUT_KEY:
			if (in.key.code == KEY_PASTE_START)
				a->paste_first = true;
			else if (in.key.code == KEY_PASTE_END)
				input_paste(a, (const uint8_t *)"", 0, true);
			else if (!input_way_out(a, &in.key) && !input_assume_paste(a, &in.key))
				input_key(a, &in.key);
			break;
		}
	}
}

static void
tty_readable(int fd, short what, void *arg)
{
	struct app	*a = arg;
	uint8_t		 chunk[8192];
	size_t		 at = 0;
	ssize_t		 n;

	(void)what;
	a->now = os_clock();
	n = read(fd, chunk, sizeof chunk);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		a->tty_closed = true;
		event_del(a->tty_read);
		talk_simple(a, TALK_BYE, 0, 0);
		client_leave(a, CLIENT_EXIT_ERROR);
		return;
	}
	while (n > 0 && at < (size_t)n) {
		at += tty_keys_feed(a->keys, chunk + at, (size_t)n - at, a->now);
		input_take(a);
	}
	mem_wipe(chunk, sizeof chunk);
}

static void
tty_writable(int fd, short what, void *arg)
{
	struct app	*a = arg;

	(void)fd;
	(void)what;
	a->now = os_clock();
	tty_flush(a);
}

/*** Links ***/

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
	if (a->ssh_pid > 0) {
		waitpid(a->ssh_pid, NULL, WNOHANG);
		a->ssh_pid = -1;
	}
	if (a->remote) {
		conn_event(a->conn, a->now, CONN_EVENT_PATH_DEL, path);
		if (a->udp_since == 0)
			a->cut_at = a->now;
		return;
	}
	/* The server is gone. */
	if (!a->leaving) {
		a->exit_kind = a->attached ? TALK_EXIT_SERVER : TALK_EXIT_REFUSED;
		free(a->exit_text);
		a->exit_text = xstrdup("lost the server");
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
links_others(struct app *a, enum conn_event event, const struct conn_path *but)
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
links_hop(struct app *a)
{
	struct conn_stats	st;
	struct conn_path	path;

	conn_stats(a->conn, &st);
	if (a->now < st.hop_at)
		return;
	/* The sockets of the other ways are closed soon, as that of this one is. */
	links_others(a, CONN_EVENT_PATH_DEL, &st.path);
	links_udp_renew(a->links, a->now);
	if (!links_udp_again(a->links, &st.path, &path))
		path = st.path;
	conn_event(a->conn, a->now, CONN_EVENT_PATH_HOP, &path);
	links_others(a, CONN_EVENT_PATH_ADD, &path);
}

/* On UDP and proved: ssh may go. */
static void
links_tend(struct app *a)
{
	struct conn_stats	st;
	struct conn_path	path;

	if (!a->remote)
		return;
	links_hop(a);
	links_expire(a->links, a->now);
	conn_stats(a->conn, &st);
	screen_link(a->screen, st.srtt_us, false);
	replica_rtt(a->replica, st.srtt_us);
	if (st.path_known && !st.path.stream && st.last_heard != 0) {
		a->cut_at = 0;
		if (a->udp_since == 0) {
			a->udp_since = a->now;
			if (a->had_stream_notice) {
				snprintf(a->calm, sizeof a->calm,
				    "rmux: UDP works now; ssh is no longer needed");
				a->calm_until = a->now + CALM_TIME;
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
			snprintf(a->calm, sizeof a->calm,
			    "rmux: UDP does not get through; going on over ssh");
			a->calm_until = a->now + CALM_TIME;
		}
	}
}

/*** Notices ***/

static void
notices(struct app *a)
{
	struct conn_stats	 st;
	char			 text[256], when[32];
	time_t			 since;
	struct tm		 tm;
	unsigned long long	 ago;

	a->way_out = false;
	if (!a->attached)
		return;
	conn_stats(a->conn, &st);
	if (a->remote && st.last_heard != 0 && (a->now >= st.stale_at || a->cut_at != 0)) {
		ago = (a->now - st.last_heard) / USEC_PER_SEC;
		since = (time_t)(os_time_us() / USEC_PER_SEC) - (time_t)ago;
		localtime_r(&since, &tm);
		strftime(when, sizeof when, "%H:%M:%S", &tm);
		/* The way out first: a narrow terminal cuts the end off. */
		if (a->cut_at != 0)
			snprintf(text, sizeof text, "rmux: ssh ended, no UDP (since %s). "
			    "To leave: ~. Trying %s", when, a->args->host);
		else
			snprintf(text, sizeof text, "rmux: nothing heard for %llu s (since %s). "
			    "To leave: ~. Trying %s", ago, when, a->args->host);
		a->way_out = true;
		screen_notice(a->screen, text);
	} else if (a->now < a->calm_until)
		screen_notice(a->screen, a->calm);
	else
		screen_notice(a->screen, NULL);
}

/* When notices would say something else. */
static usec_t
notices_deadline(struct app *a)
{
	struct conn_stats	st;
	usec_t			t = USEC_NEVER;

	if (!a->attached)
		return (t);
	if (a->now < a->calm_until)
		t = a->calm_until;
	if (!a->remote)
		return (t);
	conn_stats(a->conn, &st);
	if (st.hop_at < t)
		t = st.hop_at;
	if (st.last_heard != 0) {
		usec_t n = a->now < st.stale_at ? st.stale_at :
		    a->now + USEC_PER_SEC - (a->now - st.last_heard) % USEC_PER_SEC;
		if (n < t)
			t = n;
	}
	/* Later than that it waits for an answer. */
	if (a->udp_since != 0 && links_stream_open(a->links) &&
	    a->udp_since + SSH_LINGER > a->now && a->udp_since + SSH_LINGER < t)
		t = a->udp_since + SSH_LINGER;
	return (t);
}

/*** The turn ***/

static void
send_size(struct app *a)
{
	struct os_tty_size	 size;
	struct view_want	 want;

	if (!a->have_tty || os_tty_size(a->tty_fd, &size) != 0)
		return;
	a->cols = size.cols > 0 ? size.cols : 80;
	a->rows = size.rows > 0 ? size.rows : 24;
	memset(&want, 0, sizeof want);
	want.cols = (uint16_t)a->cols;
	want.rows = (uint16_t)a->rows;
	want.xpixel = (uint16_t)(size.xpixel / a->cols);
	want.ypixel = (uint16_t)(size.ypixel / a->rows);
	want.flags = VIEW_WANT_FOCUSED;
	replica_want(a->replica, &want);
	screen_resize(a->screen, a->cols, a->rows);
	conn_wake(a->conn);
}

static void
send_packets(struct app *a)
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

/* Perhaps we are on another network now: new sockets, and a try at once. */
static void
client_moved(struct app *a)
{
	struct conn_stats	 st;
	struct conn_path	 path;

	a->move_at = 0;
	conn_stats(a->conn, &st);
	if (!st.path_known || st.path.stream) {
		conn_event(a->conn, a->now, CONN_EVENT_NETWORK, NULL);
		return;
	}
	links_others(a, CONN_EVENT_PATH_DEL, &st.path);
	links_udp_renew(a->links, a->now);
	if (links_udp_again(a->links, &st.path, &path)) {
		conn_event(a->conn, a->now, CONN_EVENT_PATH_CHANGED, &path);
		conn_event(a->conn, a->now, CONN_EVENT_PATH_DEL, &st.path);
	} else {
		path = st.path;
		conn_event(a->conn, a->now, CONN_EVENT_NETWORK, NULL);
	}
	links_others(a, CONN_EVENT_PATH_ADD, &path);
}

/* The machine slept if boot time went ahead of the time that stands still asleep. */
static void
check_suspend(struct app *a)
{
	usec_t	gap = os_clock() - os_clock_mono();

	if (a->mono_gap != 0 && gap > a->mono_gap + SUSPEND_JUMP) {
		conn_event(a->conn, a->now, CONN_EVENT_SUSPENDED, NULL);
		if (a->remote)
			client_moved(a);
	}
	a->mono_gap = gap;
}

static void
client_turn(struct app *a)
{
	usec_t		at, t;
	struct timeval	tv;
	uint64_t	escape;
	bool		by_peer;

	a->now = os_clock();
	check_suspend(a);
	if (a->attached) {
		/* A paste that we do not read is not one whose end was lost. */
		if (a->tty_paused)
			tty_keys_feed(a->keys, "", 0, a->now);
		input_take(a);
		pending_flush(a);
	}
	if (a->resized) {
		a->resized = false;
		send_size(a);
	}
	if (a->move_at != 0 && a->now >= a->move_at)
		client_moved(a);
	links_tend(a);
	notices(a);
	/* A guess must not be seen of a key that has not left: that costs little here. */
	if (!a->remote)
		send_packets(a);
	if (a->attached && buf_len(&a->tty_out) == 0 && !a->leaving) {
		screen_update(a->screen, &a->tty_out, inlog_out_accepted(a->inlog), a->now);
		/* Never 0: what is cut in two by the terminal or its line must have a chance. */
		if (replica_kv_version(a->replica, VIEW_KV_OPTIONS) != 0) {
			escape = screen_options(a->screen)->escape_ms;
			if (escape == 0)
				escape = 1;
			tty_keys_set_escape_time(a->keys, escape * USEC_PER_MSEC);
		}
	}
	if (a->attached)
		tty_flush(a);
	talk_flush(a);
	send_packets(a);
	if (!a->leaving && a->remote && conn_state(a->conn) == CONN_CONNECTING &&
	    a->now >= a->started + CONNECT_WAIT) {
		a->leaving = true;
		a->leave_at = a->now;
		a->code = CLIENT_EXIT_LOST;
		a->exit_kind = TALK_EXIT_REFUSED;
		free(a->exit_text);
		xasprintf(&a->exit_text, "%s answers neither by UDP nor over ssh", a->args->host);
	}
	/* Who looks at a screen may wait for the network; a script may not. */
	if (!a->leaving && !a->attached && a->cut_at != 0 && a->now >= a->cut_at + CUT_WAIT) {
		a->leaving = true;
		a->leave_at = a->now;
		a->code = CLIENT_EXIT_LOST;
		a->exit_kind = TALK_EXIT_REFUSED;
		free(a->exit_text);
		xasprintf(&a->exit_text, "ssh to %s ended, and UDP does not get through",
		    a->args->host);
	}
	if (conn_state(a->conn) == CONN_CLOSED || (a->leaving && a->now >= a->leave_at)) {
		if (!a->leaving) {
			a->code = CLIENT_EXIT_LOST;
			conn_close_code(a->conn, &by_peer);
			a->exit_kind = TALK_EXIT_REFUSED;
			free(a->exit_text);
			xasprintf(&a->exit_text, "connection closed%s: %s", by_peer ?
			    " by the server" : "", conn_error(a->conn));
		}
		a->done = true;
	}
	if (a->done) {
		event_base_loopbreak(a->base);
		return;
	}
	at = conn_deadline(a->conn);
	if (a->attached) {
		if (buf_len(&a->tty_out) == 0 &&
		    (t = screen_deadline(a->screen, a->now)) < at)
			at = t;
		if ((t = tty_keys_wake(a->keys)) < at)
			at = t;
	}
	if ((t = notices_deadline(a)) < at)
		at = t;
	if (a->move_at != 0 && a->move_at < at)
		at = a->move_at;
	if (a->leaving && a->leave_at < at)
		at = a->leave_at;
	if (a->remote && conn_state(a->conn) == CONN_CONNECTING && a->started + CONNECT_WAIT < at)
		at = a->started + CONNECT_WAIT;
	if (!a->attached && !a->leaving && a->cut_at != 0 && a->cut_at + CUT_WAIT < at)
		at = a->cut_at + CUT_WAIT;
	if (at == USEC_NEVER) {
		event_del(a->timer);
		return;
	}
	t = at > a->now ? at - a->now : 0;
	tv.tv_sec = (time_t)(t / USEC_PER_SEC);
	tv.tv_usec = (suseconds_t)(t % USEC_PER_SEC);
	event_add(a->timer, &tv);
}

static void
on_timer(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

/* Not at once: changes come in bursts, and each move costs a socket and an id. */
static void
on_net(int fd, short what, void *arg)
{
	struct app	*a = arg;

	(void)what;
	if (os_netmon_drain(fd) && a->move_at == 0)
		a->move_at = os_clock() + NET_SETTLE;
}

static void
on_signal(int sig, short what, void *arg)
{
	struct app	*a = arg;
	pid_t		 pid;

	(void)what;
	a->now = os_clock();
	switch (sig) {
	case SIGWINCH:
		a->resized = true;
		break;
	case SIGCHLD:
		while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
			if (pid == a->ssh_pid)
				a->ssh_pid = -1;
		}
		break;
	case SIGCONT:
		if (a->attached) {
			os_tty_raw(&a->tty);
			screen_invalidate(a->screen);
			a->resized = true;
		}
		/* Stopped for who knows how long: as after a sleep. */
		if (a->remote)
			a->move_at = a->now;
		break;
	default:
		talk_simple(a, TALK_BYE, 0, 0);
		client_turn(a);
		client_leave(a, CLIENT_EXIT_ERROR);
		break;
	}
}

/*** Start and end ***/

static int
setup_tty(struct app *a)
{
	enum os_locale	 loc;
	const char	*term = getenv("TERM");
	char		*cause = NULL;

	loc = a->locale = os_locale_init();
	a->tty_fd = STDIN_FILENO;
	a->have_tty = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) &&
	    os_tty_init(&a->tty, STDIN_FILENO) == 0;
	if (loc != OS_LOCALE_UTF8 && a->have_tty && !a->args->utf8 && a->args->argc > 0 &&
	    loc == OS_LOCALE_NONE)
		fprintf(stderr, "rmux: no UTF-8 locale on this machine: other letters than ASCII "
		    "will show as '_'\n");
	/* A command's output needs no knowledge of terminals. */
	a->tinfo = a->have_tty ? tinfo_load(term, &cause) : tinfo_fallback("dumb");
	if (cause != NULL && a->have_tty)
		fprintf(stderr, "rmux: %s\n", cause);
	free(cause);
	a->utf8 = loc == OS_LOCALE_UTF8 || loc == OS_LOCALE_FALLBACK || a->args->utf8;
	features_make(a);
	a->keys = tty_keys_new(a->tinfo, &a->features);
	if (a->have_tty)
		tty_keys_set_erase(a->keys, a->tty.saved.c_cc[VERASE]);
	return (0);
}

/*
 * A socket to the server on this machine, or -1 and the user was told.  Before anything
 * else is made: the server that this may start is a fork of us, and would keep it all.
 */
static int
local_socket(const struct client_args *args)
{
	char	*cause = NULL;
	int	 fd;

	fd = os_sock_connect(args->socket_path, &cause);
	if (fd == -1 && (errno == ENOENT || errno == ECONNREFUSED)) {
		if (args->start_server == NULL || args->no_start) {
			fprintf(stderr, "%s\n", cause);
			free(cause);
			return (-1);
		}
		free(cause);
		cause = NULL;
		if (args->start_server(args->start_arg, &cause) == 0)
			fd = os_sock_connect(args->socket_path, &cause);
	}
	if (fd == -1) {
		fprintf(stderr, "rmux: %s\n", cause != NULL ? cause : strerror(errno));
		free(cause);
		return (-1);
	}
	return (fd);
}

static void
connect_local(struct app *a, int fd, struct conn_path *path)
{
	char	 kind = BOOT_SOCKET_LOCAL;

	links_stream(a->links, fd, NULL, 0, path);
	links_stream_raw(a->links, &kind, 1);
}

static void
make_conn(struct app *a)
{
	struct conn_config	cc;

	memset(&cc, 0, sizeof cc);
	cc.role = CONN_CLIENT;
	cc.reliable = !a->remote;
	cc.packet_max = a->remote ? 0 : DATAGRAM_STREAM;
	cc.rng = os_rng();
	if (a->seal != NULL) {
		a->seal_ops.seal = app_seal;
		a->seal_ops.open = app_open;
		a->seal_ops.use_cid = app_use_cid;
		a->seal_ops.rekey = &app_rekey_ops;
		a->seal_ops.overhead = seal_overhead(a->seal);
		cc.seal = &a->seal_ops;
		cc.seal_arg = a->seal;
		cc.cid = a->cid;
	}
	cc.app = &app_ops;
	cc.app_arg = a;
	a->conn = conn_new(&cc, a->now);
}

static void
client_events(struct app *a)
{
	static const int	sigs[] = { SIGWINCH, SIGCHLD, SIGCONT, SIGTERM, SIGHUP, SIGINT };
	size_t			i;
	int			fd;

	a->timer = event_new(a->base, -1, 0, on_timer, a);
	a->tty_read = event_new(a->base, a->tty_fd, EV_READ | EV_PERSIST, tty_readable, a);
	a->tty_write = event_new(a->base, a->tty_fd, EV_WRITE, tty_writable, a);
	for (i = 0; i < sizeof sigs / sizeof sigs[0]; i++) {
		a->sigs[i] = evsignal_new(a->base, sigs[i], on_signal, a);
		event_add(a->sigs[i], NULL);
	}
	if (a->remote && (fd = os_netmon_open()) != -1) {
		a->net_ev = event_new(a->base, fd, EV_READ | EV_PERSIST, on_net, a);
		event_add(a->net_ev, NULL);
	}
}

/* What is said at the end, as tmux's users know it. */
static void
say_goodbye(struct app *a)
{
	char		*text;

	/* From the other side: nothing in it may act upon the terminal. */
	text = a->exit_text != NULL ? str_vis(a->exit_text, strlen(a->exit_text)) : xstrdup("");
	switch (a->exit_kind) {
	case TALK_EXIT_DONE:
		break;
	case TALK_EXIT_DETACHED:
	case TALK_EXIT_DETACHED_HUP:
		if (*text != '\0')
			printf("[detached (from session %s)]\n", text);
		else
			printf("[detached]\n");
		break;
	case TALK_EXIT_EXEC:
		if (a->remote)
			printf("[detached; %s asked to run a command here: not done]\n",
			    a->args->host);
		break;
	case TALK_EXIT_EXITED:
		printf("[exited]\n");
		break;
	case TALK_EXIT_SERVER:
		printf("[server exited%s%s]\n", *text != '\0' &&
		    strcmp(text, "server exited") != 0 ? ": " : "",
		    strcmp(text, "server exited") != 0 ? text : "");
		break;
	default:
		fflush(stdout);
		fprintf(stderr, "rmux: %s\n", text);
		break;
	}
	fflush(stdout);
	free(text);
}

static void
client_exec(const char *command)
{
	const char	*shell = os_user_shell();

	execl(shell, shell, "-c", command, (char *)NULL);
	fprintf(stderr, "rmux: %s: %s\n", shell, strerror(errno));
}

static void
client_fini(struct app *a)
{
	size_t	i;

	conn_free(a->conn);
	stream_set_free(a->streams);
	inlog_out_free(a->inlog);
	screen_free(a->screen);
	replica_free(a->replica);
	links_free(a->links);
	tty_keys_free(a->keys);
	talk_terminal_fini(&a->terminal);
	tinfo_free(a->tinfo);
	seal_free(a->seal);
	buf_fini(&a->talk_in);
	buf_fini(&a->talk_out);
	buf_wipe(&a->pending);
	buf_fini(&a->pending);
	buf_fini(&a->tty_out);
	event_free(a->timer);
	event_free(a->tty_read);
	event_free(a->tty_write);
	if (a->net_ev != NULL)
		event_free(a->net_ev);
	for (i = 0; i < sizeof a->sigs / sizeof a->sigs[0]; i++)
		event_free(a->sigs[i]);
	event_base_free(a->base);
	free(a->exit_text);
}

int
client_main(const struct client_args *args)
{
	struct app		 a;
	struct ssh_boot		 sb;
	struct conn_path	 path;
	int			 i, code, fd = -1;

	if (args->host == NULL && (fd = local_socket(args)) == -1)
		return (CLIENT_EXIT_ERROR);
	memset(&a, 0, sizeof a);
	memset(&sb, 0, sizeof sb);
	a.args = args;
	a.remote = args->host != NULL;
	a.ssh_pid = -1;
	a.now = os_clock();
	/* An ssh that is gone at once must not take us along before we say so. */
	signal(SIGPIPE, SIG_IGN);
	setup_tty(&a);
	if (a.remote && ssh_boot(args, &sb, &code) != 0)
		return (code);
	a.now = a.started = os_clock();
	a.base = event_base_new();
	a.links = links_new(a.base, &link_ops, &a);
	a.seal = sb.seal;
	memcpy(a.cid, sb.cid, sizeof a.cid);
	buf_init(&a.talk_in, TALK_RECORD_MAX + 64);
	buf_init(&a.talk_out, TALK_OUT_MAX);
	buf_init(&a.pending, PENDING_MAX);
	buf_init(&a.tty_out, TTY_OUT_MAX);
	a.streams = stream_set_new(CONN_CLIENT, &talk_ops, &a);
	a.inlog = inlog_out_new();
	a.replica = replica_new();
	a.screen = screen_new(a.tinfo, &a.features, a.replica);
	screen_link(a.screen, 0, !a.remote);
	make_conn(&a);
	client_events(&a);
	if (a.remote) {
		a.ssh_pid = sb.pid;
		memcpy(a.addrs, sb.addrs, sizeof a.addrs);
		a.naddrs = sb.naddrs;
		for (i = 0; i < sb.naddrs; i++) {
			if (links_udp_path(a.links, &sb.addrs[i], &path))
				conn_event(a.conn, a.now, CONN_EVENT_PATH_ADD, &path);
		}
		links_stream(a.links, sb.fd, sb.rest, sb.rest_len, &path);
		conn_event(a.conn, a.now, CONN_EVENT_PATH_ADD, &path);
	} else {
		connect_local(&a, fd, &path);
		conn_event(a.conn, a.now, CONN_EVENT_PATH_ADD, &path);
	}
	a.talk = stream_open(a.streams, CONN_CLASS_STREAM);
	if (!say_hello(&a)) {
		fprintf(stderr, "rmux: command too long\n");
		client_fini(&a);
		return (CLIENT_EXIT_ERROR);
	}
	send_size(&a);
	talk_flush(&a);
	conn_wake(a.conn);
	do {
		client_turn(&a);
		if (!a.done)
			event_base_loop(a.base, EVLOOP_ONCE);
	} while (!a.done);
	if (a.attached)
		tty_leave(&a);
	links_flush(a.links, 100);
	say_goodbye(&a);
	/* A full disk is worth a word; a reader who had enough is not. */
	if (a.out_error != 0 && a.out_error != EPIPE) {
		fprintf(stderr, "rmux: cannot write: %s\n", strerror(a.out_error));
		if (a.code == CLIENT_EXIT_OK)
			a.code = CLIENT_EXIT_ERROR;
	}
	if (a.exit_kind == TALK_EXIT_DETACHED_HUP)
		kill(getppid(), SIGHUP);
	if (a.exit_kind == TALK_EXIT_EXEC && a.exit_text != NULL && !a.remote)
		client_exec(a.exit_text);
	code = a.code;
	client_fini(&a);
	return (code);
}
