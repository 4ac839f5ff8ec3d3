/* SPDX-License-Identifier: ISC */

/*
 * input.c - what the user types, from the terminal into the log of input.
 *
 * Keys, pastes, mouse and focus become entries of the log (sync/inlog.h), each for the pane
 * that has the focus then.  What the log has no room for waits in line, in order; when the
 * line is long the terminal is not read, so that a large paste stops where it comes from.
 *
 * The only keys that a client keeps to itself are those of the way out while nothing is heard
 * from the server: "~." (the notice says so).
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "client/client-int.h"
#include "os/clock.h"
#include "view/keymsg.h"

#define PENDING_FULL	(256 * 1024)	/* then the terminal is not read */

void
input_flush(struct app *a)
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

/* The '~' that was held back is no way out: it was typed. */
static void
input_tilde(struct app *a)
{
	struct key_event	tilde;

	a->tilde = false;
	memset(&tilde, 0, sizeof tilde);
	tilde.code = '~';
	input_key(a, &tilde);
}

void
input_release(struct app *a)
{
	if (a->tilde && !a->way_out)
		input_tilde(a);
}

/* The way out under the notice.  True: the key is ours. */
static bool
input_way_out(struct app *a, const struct key_event *ev)
{
	input_release(a);
	if (!a->way_out)
		return (false);
	if (a->tilde) {
		if (ev->code == '.') {
			a->tilde = false;
			client_say(a, TALK_EXIT_REFUSED,
			    xstrdup("left; the session goes on over there"));
			client_leave(a, CLIENT_EXIT_LOST);
			return (true);
		}
		input_tilde(a);
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
	client_talk(a, &t);
	mem_wipe(data, n);
	free(data);
}

void
input_take(struct app *a)
{
	struct tty_input	in;

	while (tty_keys_next(a->keys, a->now, &in)) {
		switch (in.kind) {
		case TTY_INPUT_REPLY:
			if (in.reply.kind == REPLY_CLIPBOARD)
				clipboard_send(a, &in.reply);
			terminal_reply(a, &in.reply);
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

void
input_readable(int fd, short what, void *arg)
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
		client_talk_word(a, TALK_BYE, 0, 0);
		client_leave(a, CLIENT_EXIT_ERROR);
		return;
	}
	while (n > 0 && at < (size_t)n) {
		at += tty_keys_feed(a->keys, chunk + at, (size_t)n - at, a->now);
		input_take(a);
	}
	mem_wipe(chunk, sizeof chunk);
}
