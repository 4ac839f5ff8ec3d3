/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/*
 * A sender and a replica, joined by a network that loses, delays, reorders
 * and doubles packets, in virtual time.  Random programs draw on several
 * surfaces, and undo what they drew as often as they do it: scroll, clear,
 * type again, change to another screen and back, resize, spin.
 *
 * Each picture that is given to the sender is numbered, and the number travels
 * as the `accepted' of its echo state; so of every grid that the replica
 * shows whole it is known which picture it should be, and it is compared with
 * that one.  At the end the programs stop, and then everything has to arrive.
 *
 * In some runs a picture that equals a recent one has its number too, so that
 * it is the same in everything, and there is a way back.
 *
 *	sim-view [first seed [count]]
 *
 * VIEW_PLANT=n breaks something on purpose (see enum plant); without
 * arguments the test does that too, to show that it would notice.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/xmalloc.h"
#include "term/canvas.h"
#include "view/gridmsg.h"
#include "view/layout.h"
#include "view/publish.h"
#include "view/replica.h"
#include "view/rowop.h"
#include "view/sender.h"
#include "wire/messages.h"

#include "tap.h"

#define MS		1000
#define TURNS		160		/* with programs running */
#define SURFACES	5		/* chrome, overlay, three panes */
#define PACKETS_MAX	4096
#define HISTORY_MAX	1024		/* pictures of a surface */
#define NOTES_MAX	64
#define PACKET_MAX	8192

enum plant {
	PLANT_NONE,
	PLANT_BASE,	/* a grid names another base than it was made for */
	PLANT_ROW_BASE,	/* so does a row */
	PLANT_LOST,	/* the loss of rows is not noticed */
	PLANT_STALE,	/* an old grid comes again as a new one */
	PLANT_COUNT
};

/* A packet under way, or its fate on the way back. */
struct packet {
	usec_t		 at;
	bool		 down, is_fate, acked, deliver;
	uint8_t		 bytes[PACKET_MAX];
	size_t		 len;
	struct view_note note[NOTES_MAX];
	unsigned	 notes;
	/* While it is being filled. */
	struct writer	 w;
	size_t		 mark;
};

struct program {
	uint32_t	 surface;
	struct canvas	*cv, *alt;
	struct publisher pub;
	struct snap	*snap;		/* what was published last */
	struct snap	*history[HISTORY_MAX];
	uint64_t	 count;		/* pictures */
	uint64_t	 number;	/* of the last: its accepted */
	uint64_t	 version;
	int		 x, y, spin;
	bool		 shown, hidden;
	/* What the replica showed. */
	uint64_t	 seen, seen_version;
};

struct sim {
	struct rng_seeded rng;
	enum plant	 plant;
	usec_t		 now;
	struct sender	*s;
	struct replica	*r;
	struct packet	*free[PACKETS_MAX], *way[PACKETS_MAX];
	int		 nfree, nway;	/* not in use; under way */
	struct program	 prog[SURFACES];
	size_t		 room, whole;
	unsigned	 loss, spurious, dup;	/* percent */
	usec_t		 delay, jitter;
	int		 cols, rows;
	int		 left;
	bool		 overlay;
	bool		 renumber;	/* equal pictures have one number */
	uint32_t	 title;
	struct packet	 old_grid;
	uint64_t	 sent, bytes, shown_whole;
	size_t		 memory;
	char		 why[200];
};

static uint32_t
below(struct sim *m, uint32_t n)
{
	return ((uint32_t)rng_below(&m->rng.rng, n));
}

static bool
percent(struct sim *m, unsigned n)
{
	return (below(m, 100) < n);
}

static void
broken(struct sim *m, const char *why, uint32_t surface, uint64_t n)
{
	if (*m->why == '\0')
		snprintf(m->why, sizeof m->why,
		    "at %ju ms: %s (surface %u, %ju)",
		    (uintmax_t)(m->now / MS), why, surface, (uintmax_t)n);
}

/* --- packets ----------------------------------------------------------- */

static struct packet *
packet_new(struct sim *m)
{
	struct packet	*p;

	if (m->nfree == 0)
		bail("too many packets");
	p = m->free[--m->nfree];
	p->is_fate = p->acked = p->deliver = false;
	p->notes = 0;
	p->len = 0;
	return (p);
}

static void
packet_free(struct sim *m, struct packet *p)
{
	m->free[m->nfree++] = p;
}

static size_t
out_left(void *arg)
{
	struct packet	*p = arg;

	return (writer_left(&p->w));
}

static struct writer *
out_begin(void *arg, uint8_t type)
{
	struct packet	*p = arg;

	p->mark = writer_mark(&p->w);
	writer_u8(&p->w, type);
	return (&p->w);
}

static bool
out_note(void *arg, const struct view_note *n)
{
	struct packet	*p = arg;

	if (p->notes == NOTES_MAX)
		return (false);
	p->note[p->notes++] = *n;
	return (true);
}

static void
out_cancel(void *arg)
{
	struct packet	*p = arg;

	writer_rewind(&p->w, p->mark);
}

static bool
out_end(void *arg, const struct view_note *n)
{
	struct packet	*p = arg;

	if (!writer_ok(&p->w) || !out_note(p, n)) {
		out_cancel(p);
		return (false);
	}
	return (true);
}

/* Fill one; false if there was nothing. */
static bool
packet_fill(struct sim *m, struct packet *p, bool down)
{
	struct view_out	 out = { .left = out_left, .begin = out_begin,
			    .end = out_end, .cancel = out_cancel,
			    .note = out_note, .arg = p, .whole = m->whole };
	int		 c;

	p->down = down;
	/* Acknowledgements take some of it now and then. */
	writer_init(&p->w, p->bytes, m->room - below(m, 40));
	if (down) {
		for (c = 0; c < SENDER_CLASSES; c++)
			sender_fill(m->s, c, &out, m->now);
	} else
		replica_fill(m->r, &out, m->now);
	p->len = writer_len(&p->w);
	return (p->len > 0);
}

static void
packet_send(struct sim *m, struct packet *p)
{
	struct packet	*fate = packet_new(m), *twin;
	bool		 lost = percent(m, m->loss);
	usec_t		 there;

	m->sent++;
	m->bytes += p->down ? p->len : 0;
	there = m->now + m->delay + (m->jitter ? below(m, m->jitter) : 0);
	memcpy(fate->note, p->note, p->notes * sizeof p->note[0]);
	fate->notes = p->notes;
	fate->is_fate = true;
	fate->down = p->down;
	fate->acked = !lost && !percent(m, m->spurious);
	fate->at = fate->acked ? there + m->delay : there + 2 * m->delay +
	    m->jitter + 30 * MS;
	m->way[m->nway++] = fate;
	p->at = there;
	p->deliver = true;
	if (lost) {
		packet_free(m, p);
		return;
	}
	m->way[m->nway++] = p;
	if (percent(m, m->dup)) {
		twin = packet_new(m);
		*twin = *p;
		twin->notes = 0;
		twin->at += below(m, 100 * MS);
		m->way[m->nway++] = twin;
	}
}

/* --- the planted bugs -------------------------------------------------- */

static void
plant_packet(struct sim *m, struct packet *p)
{
	struct reader		 r;
	struct gridmsg_head	 h;
	uint8_t			*back;

	if (!p->down || p->len < 8)
		return;
	reader_init(&r, p->bytes + 1, p->len - 1);
	if (p->bytes[0] == FRAME_GRID) {
		gridmsg_read_head(&r, &h);
		back = p->bytes + (r.p - p->bytes) - 1;
		if (m->plant == PLANT_BASE && h.back > 1 && h.back < 62 &&
		    percent(m, 20))
			(*back)++;
		if (m->plant == PLANT_STALE && m->old_grid.len == 0 &&
		    h.back != 0 && m->now > 300 * MS) {
			m->old_grid = *p;
			m->old_grid.notes = 0;
		} else if (m->plant == PLANT_STALE && m->old_grid.len != 0 &&
		    h.back != 0 && percent(m, 10) &&
		    m->old_grid.bytes[1] == p->bytes[1]) {
			/* Its content, said to be as new as this one. */
			m->old_grid.bytes[2] = p->bytes[2];
			m->old_grid.bytes[3] = p->bytes[3];
			memcpy(p->bytes, m->old_grid.bytes, m->old_grid.len);
			p->len = m->old_grid.len;
		}
	}
	/* The rows of a packet come behind its first grid. */
	if (m->plant == PLANT_ROW_BASE && p->bytes[0] == FRAME_GRID) {
		gridmsg_read(&r, NULL, NULL);
		if (reader_u8(&r) != FRAME_ROWS)
			return;
		reader_varint(&r);		/* surface */
		reader_varint(&r);		/* id */
		if ((reader_varint(&r) & 3) != 2)
			return;
		back = p->bytes + (r.p - p->bytes);
		if (*back >= 2 && *back < 60)
			*back += 2;
	}
}

/* --- what arrives ------------------------------------------------------ */

static bool
snap_equal(const struct snap *a, const struct snap *b)
{
	int	 y;

	if (a->cols != b->cols || a->rows != b->rows || a->cx != b->cx ||
	    a->cy != b->cy || a->cursor_shape != b->cursor_shape ||
	    a->kitty_flags != b->kitty_flags || a->modes != b->modes ||
	    a->modify_other != b->modify_other || a->fg != b->fg ||
	    a->cursor_colour != b->cursor_colour || a->bg != b->bg ||
	    a->top != b->top || a->epoch != b->epoch)
		return (false);
	for (y = 0; y < a->rows; y++) {
		if (!rowop_equal(a->row[y], b->row[y]))
			return (false);
	}
	return (true);
}

static void
look(struct sim *m)
{
	struct replica_surface	 s;
	struct replica_stats	 st;
	struct program		*g;
	int			 i, y;

	for (i = 0; i < SURFACES; i++) {
		g = &m->prog[i];
		if (!replica_surface(m->r, g->surface, &s) || s.snap == NULL ||
		    s.version == g->seen_version)
			continue;
		if (s.version < g->seen_version)
			broken(m, "version went back", g->surface, s.version);
		if (s.catching_up)
			continue;
		g->seen_version = s.version;
		m->shown_whole++;
		if (s.echo.accepted < g->seen && !m->renumber)
			broken(m, "picture went back", g->surface,
			    s.echo.accepted);
		if (s.echo.accepted < 1 || s.echo.accepted > g->count) {
			broken(m, "picture never was", g->surface,
			    s.echo.accepted);
			continue;
		}
		g->seen = s.echo.accepted;
		if (!snap_equal(s.snap, g->history[g->seen - 1]))
			broken(m, "picture is not what was sent", g->surface,
			    g->seen);
		for (y = 0; y < s.snap->rows; y++) {
			if (row_check(s.snap->row[y]) != NULL)
				broken(m, row_check(s.snap->row[y]),
				    g->surface, y);
		}
	}
	replica_stats(m->r, &st);
	if (st.bytes > m->memory)
		m->memory = st.bytes;
}

static void
packet_arrive(struct sim *m, struct packet *p)
{
	struct reader	 r;
	unsigned	 i;
	uint8_t		 type;
	int		 rv;

	if (p->is_fate) {
		for (i = 0; i < p->notes; i++) {
			if (m->plant == PLANT_LOST && !p->acked &&
			    p->note[i].kind == FRAME_ROWS)
				continue;
			if (p->down && p->acked)
				sender_acked(m->s, &p->note[i], m->now);
			else if (p->down)
				sender_lost(m->s, &p->note[i], m->now);
			else if (p->acked)
				replica_acked(m->r, &p->note[i]);
			else
				replica_lost(m->r, &p->note[i]);
		}
		return;
	}
	if (!p->deliver)
		return;
	if (m->plant != PLANT_NONE)
		plant_packet(m, p);
	reader_init(&r, p->bytes, p->len);
	while (reader_left(&r) > 0) {
		type = reader_u8(&r);
		rv = p->down ? replica_frame(m->r, type, &r, m->now) :
		    sender_frame(m->s, type, &r, m->now);
		if (rv != 0) {
			broken(m, "frame is malformed", 0, type);
			return;
		}
		look(m);
	}
}

static void
network(struct sim *m)
{
	struct packet	*p;
	int		 i, next;

	for (;;) {
		next = -1;
		for (i = 0; i < m->nway; i++) {
			if (m->way[i]->at <= m->now && (next == -1 ||
			    m->way[i]->at < m->way[next]->at))
				next = i;
		}
		if (next == -1)
			return;
		p = m->way[next];
		m->way[next] = m->way[--m->nway];
		packet_arrive(m, p);
		packet_free(m, p);
	}
}

/* --- programs that draw ------------------------------------------------ */

static void
random_style(struct sim *m, struct cell *c)
{
	memset(c, 0, sizeof *c);
	if (percent(m, 50))
		return;
	if (percent(m, 60))
		c->fg = percent(m, 70) ? colour_index(below(m, 256)) :
		    COLOUR_RGB | below(m, 1 << 24);
	if (percent(m, 30))
		c->bg = percent(m, 70) ? colour_index(below(m, 16)) :
		    COLOUR_RGB | below(m, 1 << 24);
	if (percent(m, 40))
		c->attr = below(m, 0x800) | (percent(m, 50) ? ATTR_PROTECTED :
		    0) | (percent(m, 50) ? ATTR_ZONE_PROMPT : 0);
	if ((c->attr & ATTR_UL_MASK) > ATTR_UL_DASHED)
		c->attr &= ~ATTR_UL_MASK;
}

static void
random_ext(struct sim *m, struct cell_ext *e, struct link **link)
{
	char	 uri[300];
	size_t	 i, n;

	memset(e, 0, sizeof *e);
	*link = NULL;
	if (percent(m, 30))
		e->us = colour_index(below(m, 256));
	if (percent(m, 30)) {
		e->more = 1 + below(m, 3);
		for (i = 0; i < e->more; i++)
			e->cps[i] = 0x300 + below(m, 20);
	}
	if (percent(m, 50)) {
		n = percent(m, 10) ? sizeof uri - 1 : 20;
		for (i = 0; i < n; i++)
			uri[i] = 'a' + below(m, 26);
		uri[n] = '\0';
		e->link = *link = link_new(percent(m, 50) ? "x" : "", uri);
	}
}

static void
type_text(struct sim *m, struct program *g, int n)
{
	struct cell_ext	 e;
	struct link	*link = NULL;
	struct cell	 c;
	int		 w;
	bool		 rare = percent(m, 10);

	random_style(m, &c);
	if (rare)
		random_ext(m, &e, &link);
	while (n-- > 0) {
		if (percent(m, 5)) {
			c.ch = 0x4e00 + below(m, 500);
			c.ch |= CELL_WIDE;
			w = 2;
		} else {
			c.ch = percent(m, 15) ? ' ' : 'a' + below(m, 26);
			w = 1;
		}
		if (g->x + w > g->cv->cols) {
			g->x = 0;
			g->cv->row[g->y] = row_own(&g->cv->row[g->y],
			    g->cv->cols);
			g->cv->row[g->y]->flags |= ROW_WRAPPED;
			g->y = g->y + 1 < g->cv->rows ? g->y + 1 : 0;
		}
		canvas_put(g->cv, g->x, g->y, &c, rare ? &e : NULL);
		g->x += w;
	}
	if (g->x >= g->cv->cols)
		g->x = g->cv->cols - 1;
	link_unref(link);
}

static void
scroll(struct program *g, int n)
{
	struct row	*r;
	int		 y;

	while (n-- > 0) {
		r = g->cv->row[0];
		for (y = 0; y + 1 < g->cv->rows; y++)
			g->cv->row[y] = g->cv->row[y + 1];
		row_unref(r);
		g->cv->row[y] = row_new(g->cv->cols);
		g->version++;
	}
}

/* Type one line again as it was in an earlier picture. */
static void
retype(struct sim *m, struct program *g)
{
	const struct snap	*old;
	int			 y;

	if (g->count == 0)
		return;
	old = g->history[below(m, g->count)];
	y = below(m, old->rows < g->cv->rows ? old->rows : g->cv->rows);
	canvas_row(g->cv, 0, y, old->row[y], 0, g->cv->cols);
}

/* Show again what was shown one or two pictures ago. */
static void
undo(struct sim *m, struct program *g)
{
	const struct snap	*old;
	int			 y;

	if (g->count < 3)
		return;
	old = g->history[g->count - 2 - below(m, 2)];
	if (old->cols != g->cv->cols || old->rows != g->cv->rows)
		return;
	for (y = 0; y < old->rows; y++)
		canvas_set_row(g->cv, y, old->row[y]);
	g->x = old->cx;
	g->y = old->cy;
	g->version = old->top;
	g->spin = old->cursor_shape;
}

static void
program_draw(struct sim *m, struct program *g)
{
	struct canvas	*cv;
	struct cell	 c = { 0 };
	int		 n;

	switch (below(m, m->renumber ? 30 : 22)) {
	case 0:
		canvas_clear(g->cv);
		g->x = g->y = 0;
		break;
	case 1: case 2: case 3:
		scroll(g, 1);
		g->y = g->cv->rows - 1;
		g->x = 0;
		type_text(m, g, 1 + below(m, 40));
		break;
	case 4:
		scroll(g, 1 + below(m, g->cv->rows));
		break;
	case 5: case 6:
		for (n = below(m, 4); n >= 0; n--)
			retype(m, g);
		break;
	case 7:
		cv = g->cv;
		g->cv = g->alt;
		g->alt = cv;
		g->x = g->y = 0;
		break;
	case 8: case 9: case 10:
		c.ch = "|/-\\"[g->spin++ & 3];
		canvas_put(g->cv, g->cv->cols - 1, 0, &c, NULL);
		break;
	case 11:		/* a whole screen of colours */
		for (g->y = 0; g->y < g->cv->rows; g->y++) {
			g->x = 0;
			for (n = 0; n < 8; n++)
				type_text(m, g, g->cv->cols / 8);
			if (g->y == 0 && below(m, 3) == 0)
				break;
		}
		if (g->y >= g->cv->rows)
			g->y = g->cv->rows - 1;
		break;
	case 12:
		c.bg = colour_index(below(m, 8));
		canvas_fill(g->cv, 0, g->y, g->cv->cols, 1, &c);
		break;
	case 13:
		g->x = below(m, g->cv->cols);
		g->y = below(m, g->cv->rows);
		break;
	case 14:		/* one row of very many colours */
		for (n = 0; n < g->cv->cols; n++) {
			c.ch = 'a' + n % 26;
			c.fg = COLOUR_RGB | below(m, 1 << 24);
			c.bg = COLOUR_RGB | below(m, 1 << 24);
			canvas_put(g->cv, n, g->y, &c, NULL);
		}
		break;
	case 22: case 23: case 24: case 25: case 26: case 27:
		undo(m, g);
		break;
	default:
		type_text(m, g, 1 + below(m, 3));
		break;
	}
}

/* Another size, as much as fits kept. */
static void
program_size(struct program *g, int cols, int rows)
{
	struct canvas	*cv;
	int		 i, y;

	if (g->cv != NULL && g->cv->cols == cols && g->cv->rows == rows)
		return;
	for (i = 0; i < 2; i++) {
		cv = canvas_new(cols, rows);
		for (y = 0; g->cv != NULL && y < rows && y < g->cv->rows; y++)
			canvas_row(cv, 0, y, g->cv->row[y], 0, cols);
		canvas_free(g->cv);
		g->cv = g->alt;
		g->alt = cv;
	}
	g->x = g->x < cols ? g->x : cols - 1;
	g->y = g->y < rows ? g->y : rows - 1;
}

/* Publish what it drew, and number it. */
static void
program_publish(struct sim *m, struct program *g)
{
	struct snap		*raw, *s;
	struct view_echo	 e;
	uint64_t		 i;

	g->cv->cx = g->x;
	g->cv->cy = g->y;
	raw = canvas_snap(g->cv, g->version, MODE_WRAP |
	    (g->spin & 4 ? MODE_BRACKETPASTE | MODE_MOUSE_SGR : 0));
	raw->top = g->version;
	raw->epoch = g->spin & 8 ? 3 : 2;
	raw->fg = g->spin & 16 ? colour_rgb(1, 2, 3) : COLOUR_DEFAULT;
	raw->kitty_flags = g->spin & 32 ? 5 : 0;
	raw->cursor_shape = g->spin & 3;
	s = publisher_take(&g->pub, raw);
	snap_unref(raw);
	snap_unref(g->snap);
	g->snap = s;
	if (g->count == HISTORY_MAX)
		bail("history is full");
	g->history[g->count++] = snap_ref(s);
	g->number = g->count;
	for (i = 2; m->renumber && i < 10 && i <= g->count; i++) {
		if (snap_equal(s, g->history[g->count - i]))
			g->number = g->count - i + 1;
	}
	view_echo_init(&e);
	e.accepted = g->number;
	e.settled = g->number - g->number % 2;
	e.tty = VIEW_TTY_KNOWN | (g->number & 1 ? VIEW_TTY_ECHO : 0);
	e.chars[0] = g->number & 64 ? 8 : 0x7f;
	sender_echo(m->s, g->surface, &e);
}

/* --- one run ----------------------------------------------------------- */

static struct view *
scene(struct sim *m)
{
	struct view		*v = view_new(m->cols, m->rows);
	struct view_place	 p;
	struct program		*g;
	int			 i;

	for (i = 0; i < SURFACES; i++) {
		g = &m->prog[i == SURFACES - 1 ? 1 : i == 0 ? 0 : i + 1];
		if (!g->shown)
			continue;
		memset(&p, 0, sizeof p);
		p.surface = g->surface;
		p.snap = g->snap;
		p.x = m->left + i * 7;
		p.w = g->snap->cols;
		p.h = g->snap->rows;
		p.flags = (g->surface >= 16 ? VIEW_PLACE_PANE : 0) |
		    (g->hidden ? VIEW_PLACE_HIDDEN : 0);
		if (i == 2)
			p.bg = colour_index(4);
		view_add(v, &p);
	}
	v->focus = m->overlay ? 2 : 16;
	return (v);
}

static void
turn(struct sim *m, bool draw)
{
	struct program	*g;
	struct view	*v;
	char		 title[600];
	int		 i;

	if (draw && percent(m, 3)) {
		m->cols = 20 + below(m, 100);
		m->rows = 4 + below(m, 30);
		program_size(&m->prog[0], m->cols, m->rows);
		for (i = 2; i < SURFACES; i++)
			program_size(&m->prog[i], m->cols / 2, m->rows - 1);
	}
	if (draw && percent(m, 5))
		m->left = (int)below(m, 5) - 2;
	if (draw && percent(m, 10))
		m->overlay = !m->overlay;
	if (draw && percent(m, 5))
		m->prog[3].hidden = !m->prog[3].hidden;
	if (draw && percent(m, 5))
		m->prog[4].shown = !m->prog[4].shown;
	m->prog[1].shown = m->overlay;
	for (i = 0; i < SURFACES; i++) {
		g = &m->prog[i];
		if (draw && percent(m, i == 2 ? 60 : 25))
			program_draw(m, g);
		if (g->count == 0 || (draw && percent(m, 90)))
			program_publish(m, g);
	}
	if (draw && percent(m, 20)) {
		snprintf(title, sizeof title, "%0*u",
		    percent(m, 10) ? 500 : 8, ++m->title);
		sender_kv(m->s, VIEW_KV_TITLE, title, strlen(title));
	}
	v = scene(m);
	sender_set(m->s, v, m->now);
	view_unref(v);
	if (percent(m, 30))
		sender_input(m->s, 16, m->now);
}

static void
send_all(struct sim *m)
{
	struct packet	*p;
	int		 n;

	/* A window of a few packets for each turn. */
	for (n = 0; n < 6 && sender_due(m->s, m->now, SENDER_HIDDEN) <= m->now;
	    n++) {
		p = packet_new(m);
		if (!packet_fill(m, p, true)) {
			packet_free(m, p);
			break;
		}
		packet_send(m, p);
	}
	if (replica_due(m->r, m->now) <= m->now) {
		p = packet_new(m);
		if (packet_fill(m, p, false))
			packet_send(m, p);
		else
			packet_free(m, p);
	}
}

static void
step(struct sim *m, bool draw)
{
	struct sender_pace	 pace;

	m->now += MS + below(m, 10 * MS);
	network(m);
	sender_pace_default(&pace, 2 * m->delay,
	    m->loss == 0 && m->jitter == 0);
	sender_pace(m->s, &pace);
	replica_rtt(m->r, 2 * m->delay);
	turn(m, draw);
	if (replica_deadline(m->r) <= m->now)
		replica_tick(m->r, m->now);
	look(m);
	send_all(m);
}

/* What the replica shows is what was settled on. */
static void
compare(struct sim *m)
{
	struct view	*v = replica_view(m->r);
	struct program	*g;
	const uint8_t	*value;
	char		 title[600];
	size_t		 n;
	int		 i;

	if (v->cols != m->cols || v->rows != m->rows)
		broken(m, "layout differs at the end", 0, v->cols);
	for (i = 0; i < SURFACES; i++) {
		const struct view_place *p;

		g = &m->prog[i];
		p = view_find(v, g->surface);
		if ((p != NULL) != (g->shown && !g->hidden))
			broken(m, "places differ at the end", g->surface, 0);
		if (g->shown && g->seen != g->number)
			broken(m, "not up to date at the end", g->surface,
			    g->seen);
		if (p != NULL && (p->snap == NULL ||
		    !snap_equal(p->snap, g->snap)))
			broken(m, "picture differs at the end", g->surface, 0);
	}
	value = replica_kv(m->r, VIEW_KV_TITLE, &n);
	snprintf(title, sizeof title, "%08u", m->title);
	if (m->title != 0 && (n < 8 || memcmp(value + n - 8, title, 8) != 0))
		broken(m, "title differs at the end", 0, n);
	view_unref(v);
}

static void
sim_init(struct sim *m, uint64_t seed, enum plant plant)
{
	static struct packet	*packets;
	static const unsigned	 losses[] = { 0, 2, 10, 30, 50 };
	int			 i;

	memset(m, 0, sizeof *m);
	if (packets == NULL)
		packets = xcalloc(PACKETS_MAX, sizeof *packets);
	for (i = 0; i < PACKETS_MAX; i++)
		packet_free(m, &packets[i]);
	rng_seeded_init(&m->rng, seed);
	m->plant = plant;
	m->renumber = seed % 3 == 0;
	m->now = 1000 * MS;
	m->s = sender_new();
	m->r = replica_new();
	m->room = percent(m, 30) ? 500 : percent(m, 80) ? 1179 : PACKET_MAX;
	m->whole = m->room >= 8000 ? 4000 : 440;
	m->loss = losses[below(m, 5)];
	m->spurious = percent(m, 50) ? 0 : 5;
	m->dup = percent(m, 50) ? 0 : 10;
	m->delay = below(m, 150 * MS);
	m->jitter = percent(m, 30) ? 0 : below(m, 60 * MS);
	m->cols = 80;
	m->rows = 24;
	for (i = 0; i < SURFACES; i++) {
		m->prog[i].surface = i < 2 ? 1 + i : 14 + i;
		m->prog[i].shown = i != 1;
		publisher_init(&m->prog[i].pub);
		program_size(&m->prog[i], i == 0 ? 80 : i == 1 ? 20 : 40,
		    i == 0 ? 24 : i == 1 ? 5 : 23);
	}
}

static void
sim_fini(struct sim *m)
{
	struct program	*g;
	uint64_t	 k;
	int		 i;

	for (i = 0; i < SURFACES; i++) {
		g = &m->prog[i];
		for (k = 0; k < g->count; k++)
			snap_unref(g->history[k]);
		snap_unref(g->snap);
		publisher_fini(&g->pub);
		canvas_free(g->cv);
		canvas_free(g->alt);
	}
	sender_free(m->s);
	replica_free(m->r);
}

struct totals {
	uint64_t	 sent, bytes, shown, settle_ms, misses;
	size_t		 memory;
};

static bool
run(uint64_t seed, enum plant plant, char *why, size_t cap, struct totals *t)
{
	static struct sim	 m;
	struct sender_stats	 st;
	usec_t			 end;
	int			 i;

	sim_init(&m, seed, plant);
	if (seed % 4 == 0) {	/* a replica that knows other counts */
		for (i = 0; i < 70; i++)
			turn(&m, false);
	}
	for (i = 0; i < TURNS && *m.why == '\0'; i++)
		step(&m, true);
	end = m.now + 60 * USEC_PER_SEC;
	t->settle_ms -= m.now / MS;
	while (*m.why == '\0' && m.now < end && !sender_settled(m.s))
		step(&m, false);
	t->settle_ms += m.now / MS;
	if (*m.why == '\0' && !sender_settled(m.s))
		broken(&m, "not settled after 60 s", 0, 0);
	/* Nobody may have anything to say any more. */
	for (i = 0; i < 200 && *m.why == '\0'; i++)
		step(&m, false);
	if (*m.why == '\0')
		compare(&m);
	sender_stats(m.s, &st);
	t->misses += st.misses;
	t->sent += m.sent;
	t->bytes += m.bytes;
	t->shown += m.shown_whole;
	if (m.memory > t->memory)
		t->memory = m.memory;
	snprintf(why, cap, "%s", m.why);
	sim_fini(&m);
	return (*why == '\0');
}

static const char *const plants[] = {
	"nothing", "a grid with the wrong base", "a row with the wrong base",
	"a loss that goes unnoticed", "a stale grid that is accepted"
};

int
main(int argc, char **argv)
{
	struct totals	 t = { 0 }, none;
	char		 why[200];
	uint64_t	 first = 1, count = 1000, seed, bad = 0;
	const char	*p = getenv("VIEW_PLANT");
	enum plant	 plant = p == NULL ? PLANT_NONE : strtoul(p, NULL, 10);

	if (argc > 1)
		first = strtoull(argv[1], NULL, 10);
	if (argc > 1)
		count = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	for (seed = first; seed < first + count && bad < 5; seed++) {
		if (run(seed, plant, why, sizeof why, &t))
			continue;
		bad++;
		diag("seed %ju: %s", (uintmax_t)seed, why);
	}
	ok(bad == 0, "every grid shown is one that was sent, and in the end "
	    "all is equal");
	diag("packets %ju, bytes %ju, grids shown %ju, mean settling %ju ms, "
	    "misses %ju, most memory %zu", (uintmax_t)t.sent,
	    (uintmax_t)t.bytes, (uintmax_t)t.shown,
	    (uintmax_t)(t.settle_ms / (count ? count : 1)),
	    (uintmax_t)t.misses, t.memory);
	for (plant = PLANT_BASE; argc == 1 && p == NULL && plant < PLANT_COUNT;
	    plant++) {
		for (seed = 1; seed <= 50; seed++) {
			if (!run(seed, plant, why, sizeof why, &none))
				break;
		}
		ok(seed <= 50, "it notices %s", plants[plant]);
		diag("by seed %ju: %s", (uintmax_t)seed, why);
	}
	return (done_testing());
}
