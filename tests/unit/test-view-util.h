/* SPDX-License-Identifier: ISC */
#ifndef TEST_VIEW_UTIL_H
#define TEST_VIEW_UTIL_H

/* What the tests of view/ share: a packet to fill, screens of text. */

#include <string.h>

#include "base/xmalloc.h"
#include "term/canvas.h"
#include "view/out.h"
#include "view/publish.h"
#include "view/replica.h"
#include "view/sender.h"
#include "wire/messages.h"

#include "tap.h"

struct test_packet {
	uint8_t			 bytes[16384];
	struct writer		 w;
	size_t			 mark;
	struct view_note	 note[256];
	unsigned		 notes, notes_max;
	struct view_out		 out;
};

static inline size_t
test_left(void *arg)
{
	return (writer_left(&((struct test_packet *)arg)->w));
}

static inline struct writer *
test_begin(void *arg, uint8_t type)
{
	struct test_packet	*p = arg;

	p->mark = writer_mark(&p->w);
	writer_u8(&p->w, type);
	return (&p->w);
}

static inline bool
test_note(void *arg, const struct view_note *n)
{
	struct test_packet	*p = arg;

	if (p->notes == p->notes_max)
		return (false);
	p->note[p->notes++] = *n;
	return (true);
}

static inline void
test_cancel(void *arg)
{
	struct test_packet	*p = arg;

	writer_rewind(&p->w, p->mark);
}

static inline bool
test_end(void *arg, const struct view_note *n)
{
	struct test_packet	*p = arg;

	if (!writer_ok(&p->w) || !test_note(p, n)) {
		test_cancel(p);
		return (false);
	}
	return (true);
}

/* An empty packet of so many bytes. */
static inline void
test_packet_init(struct test_packet *p, size_t room)
{
	writer_init(&p->w, p->bytes, room);
	p->notes = 0;
	p->notes_max = 256;
	p->out = (struct view_out){ .left = test_left, .begin = test_begin,
	    .end = test_end, .cancel = test_cancel, .note = test_note,
	    .arg = p, .whole = room < 1000 ? room : 440 };
}

/* Everything that the sender wants to put into it. */
static inline size_t
test_send(struct test_packet *p, struct sender *s, size_t room, usec_t now)
{
	int	 c;

	test_packet_init(p, room);
	for (c = 0; c < SENDER_CLASSES; c++)
		sender_fill(s, c, &p->out, now);
	return (writer_len(&p->w));
}

static inline void
test_acked(struct test_packet *p, struct sender *s, usec_t now)
{
	unsigned	 i;

	for (i = 0; i < p->notes; i++)
		sender_acked(s, &p->note[i], now);
}

static inline void
test_lost(struct test_packet *p, struct sender *s, usec_t now)
{
	unsigned	 i;

	for (i = 0; i < p->notes; i++)
		sender_lost(s, &p->note[i], now);
}

static inline int
test_receive(const struct test_packet *p, struct replica *r, usec_t now)
{
	struct reader	 rd;
	int		 rv = 0;

	reader_init(&rd, p->bytes, p->w.p - p->w.base);
	while (rv == 0 && reader_left(&rd) > 0) {
		uint8_t	 type = reader_u8(&rd);

		rv = replica_frame(r, type, &rd, now);
	}
	return (rv);
}

/* Whatever there is, over a perfect network, in a moment.  Bytes sent. */
static inline size_t
test_exchange(struct sender *s, struct replica *r, size_t room, usec_t now)
{
	static struct test_packet	 p;
	size_t				 n, sum = 0;

	while ((n = test_send(&p, s, room, now)) > 0) {
		sum += n;
		if (test_receive(&p, r, now) != 0)
			bail("a frame is malformed");
		test_acked(&p, s, now);
	}
	return (sum);
}

/* A place that fills a screen of cols by rows at 0, 0. */
static inline struct view *
test_view(uint32_t surface, struct snap *snap, unsigned flags)
{
	struct view		*v = view_new(snap->cols, snap->rows);
	struct view_place	 p = { .surface = surface, .w = snap->cols,
				    .h = snap->rows, .flags = flags,
				    .snap = snap };

	view_add(v, &p);
	v->focus = surface;
	return (v);
}

static inline void
test_text(struct canvas *cv, int x, int y, const char *text)
{
	struct cell	 plain = { 0 };

	canvas_text(cv, x, y, cv->cols - x, &plain, text, strlen(text));
}

/* The canvas as it is, published. */
static inline struct snap *
test_snap(struct canvas *cv, struct publisher *p)
{
	struct snap	*raw = canvas_snap(cv, 1, MODE_WRAP), *s;

	s = publisher_take(p, raw);
	snap_unref(raw);
	return (s);
}

static inline void
test_scroll(struct canvas *cv)
{
	struct row	*r = cv->row[0];

	memmove(cv->row, cv->row + 1, (cv->rows - 1) * sizeof cv->row[0]);
	row_unref(r);
	cv->row[cv->rows - 1] = row_new(cv->cols);
}

/* Give the sender what the canvas shows as the picture of one pane. */
static inline void
test_set(struct sender *s, struct canvas *cv, struct publisher *p,
    uint32_t surface, usec_t now)
{
	struct snap	*snap = test_snap(cv, p);
	struct view	*v = test_view(surface, snap, VIEW_PLACE_PANE);

	sender_set(s, v, now);
	view_unref(v);
	snap_unref(snap);
}

/* A sender that does not wait. */
static inline struct sender *
test_sender(void)
{
	struct sender		*s = sender_new();
	struct sender_pace	 pace;

	sender_pace_default(&pace, 0, true);
	sender_pace(s, &pace);
	return (s);
}

/* Line of a snap as text without trailing blanks, in a static buffer. */
static inline const char *
test_line(const struct snap *s, int y)
{
	static char	 text[4096 * 4 + 1];
	size_t		 n;

	if (s == NULL || y >= s->rows)
		return (NULL);
	n = row_text(s->row[y], 0, s->row[y]->used, text, sizeof text);
	while (n > 0 && text[n - 1] == ' ')
		text[--n] = '\0';
	return (text);
}

/* "0a 1b ..." to bytes. */
static inline size_t
test_hex(const char *hex, uint8_t *out, size_t cap)
{
	unsigned	 v;
	size_t		 n = 0;
	int		 k;

	while (n < cap && sscanf(hex, " %2x%n", &v, &k) == 1) {
		out[n++] = v;
		hex += k;
	}
	return (n);
}

static inline void
test_golden(const void *got, size_t n, const char *hex, const char *name)
{
	uint8_t	 want[1024];
	size_t	 k = test_hex(hex, want, sizeof want);

	if (n == k && memcmp(got, want, n) == 0) {
		pass("%s", name);
		return;
	}
	fail("%s", name);
	tap_hex(" got", got, n);
	tap_hex("want", want, k);
}

#endif
