/* SPDX-License-Identifier: ISC */

/*
 * talk.c - the talk with the server: what is neither screen nor input.
 *
 * One stream, opened by us.  It begins with a hello that says who we are and which command
 * is wanted; then come what the command prints, files (files.c), "attached", what the
 * terminal is asked for, and at the end the exit with its words.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "client/client-int.h"
#include "os/user.h"
#include "tty/query.h"

#define TALK_OUT_MAX	(64 << 20)

extern char	**environ;

int
client_talk(struct app *a, const struct talk *t)
{
	conn_wake(a->conn);
	return (talk_add(&a->talk_out, t));
}

void
client_talk_word(struct app *a, uint8_t tag, uint32_t id, int n)
{
	struct talk	t;

	memset(&t, 0, sizeof t);
	t.tag = tag;
	t.id = id;
	t.n = n;
	client_talk(a, &t);
}

void
client_talk_flush(struct app *a)
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

static void
client_attach(struct app *a)
{
	char	*cause = NULL;

	if (a->attached)
		return;
	if (!tinfo_usable(a->tinfo, &cause)) {
		client_say(a, TALK_EXIT_REFUSED, cause);
		client_talk_word(a, TALK_BYE, 0, 0);
		client_talk_flush(a);
		client_leave(a, CLIENT_EXIT_ERROR);
		return;
	}
	a->attached = true;
	if (a->locale == OS_LOCALE_FALLBACK && !a->args->utf8)
		fprintf(stderr, "rmux: the locale is not UTF-8: going on as if it were "
		    "(C.UTF-8)\n");
	/* Who comes looks; that nothing is heard he should learn soon. */
	conn_active(a->conn, a->now + ACTIVE_US);
	terminal_enter(a);
	terminal_features_send(a);
}

static void
take_talk(struct app *a, const struct record *rec)
{
	struct talk	 t;
	char		 sel[16];
	int		 error;

	if (rec->tag == TALK_TERMINAL) {
		terminal_take(a, rec);
		return;
	}
	if (!talk_parse(rec, &t))
		return;
	switch (t.tag) {
	case TALK_OUT:
		error = files_write(t.n == 2 ? STDERR_FILENO : STDOUT_FILENO, t.data, t.len);
		if (a->out_error == 0)
			a->out_error = error;
		break;
	case TALK_ATTACHED:
		client_attach(a);
		break;
	case TALK_EXIT:
		client_say(a, t.kind, xstrndup(t.text, t.text_len));
		client_leave(a, t.n);
		break;
	case TALK_SUSPEND:
		if (a->attached)
			a->suspend_asked = true;
		break;
	case TALK_LOCK:
		if (a->attached && !a->remote) {
			free(a->lock_asked);
			a->lock_asked = xstrndup(t.text, t.text_len);
		}
		break;
	case TALK_FILE_READ:
		files_read(a, &t);
		break;
	case TALK_FILE_WRITE:
		files_open(a, &t);
		break;
	case TALK_FILE_PUT:
		files_put(a, &t);
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
		terminal_flush(a);
		break;
	case TALK_RAW:
		if (a->attached && buf_add(&a->tty_out, t.data, t.len) == 0)
			terminal_flush(a);
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
	client_talk_flush(arg);
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
bool
client_talk_hello(struct app *a)
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
	a->talk = stream_open(a->streams, CONN_CLASS_STREAM);
	if (talk_add_hello(&a->talk_out, &h) != 0) {
		/* Too large an environment: go on with what matters. */
		h.envc = 0;
		if (talk_add_hello(&a->talk_out, &h) != 0)
			return (false);
	}
	return (true);
}

void
client_talk_init(struct app *a)
{
	buf_init(&a->talk_in, TALK_RECORD_MAX + 64);
	buf_init(&a->talk_out, TALK_OUT_MAX);
	a->streams = stream_set_new(CONN_CLIENT, &talk_ops, a);
}

void
client_talk_fini(struct app *a)
{
	stream_set_free(a->streams);
	free(a->lock_asked);
	buf_fini(&a->talk_in);
	buf_fini(&a->talk_out);
}
