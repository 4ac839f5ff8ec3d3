/* SPDX-License-Identifier: ISC */

/*
 * What tty/draw.c writes, as an independent terminal (libvterm) understands it:
 * after each frame of a random sequence the terminal must show the canvas, for
 * several kinds of terminal.  The sequences scroll, undo, blank, type and move
 * wide characters about, because that is where pictures rot.  Then what the
 * frames cost, and the modes around them.
 */

#include "config.h"
#include "tap.h"

#include "base/buf.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "term/canvas.h"
#include "term/emu.h"
#include "tty/draw.h"

#ifdef HAVE_VTERM
#include <vterm.h>
#endif

#define OUT_MAX		(1 << 22)

static struct rng_seeded	seeded;

static int
below(int n)
{
	return ((int)rng_below(&seeded.rng, (uint64_t)n));
}

struct profile {
	const char	*term, *features, *overrides;
	bool		 utf8;
	int		 cols, rows;
};

static const struct profile profiles[] = {
	{ "xterm-256color", "margins", NULL, true, 80, 24 },
	{ "xterm-256color", "RGB", "*:rep@", true, 37, 11 },
	{ "xterm", "", NULL, true, 80, 24 },
	{ "screen", "", NULL, true, 60, 20 },
	{ "screen-256color", "", NULL, true, 20, 6 },
	{ "linux", "", NULL, true, 80, 25 },
	{ "vt100", "", NULL, true, 40, 12 },
	{ "vt220", "", NULL, false, 40, 12 },
	{ "no-such-terminal", "256", NULL, true, 50, 15 },
	{ "xterm-256color", "", "*:ech@:el@:ed@:csr@:hpa@:vpa@:cub@", true,
	    50, 15 },
	{ "xterm-256color", "margins,rectfill", "*:bce@:indn@", true, 50, 15 },
};
#define PROFILES	((int)(sizeof profiles / sizeof profiles[0]))

/* A terminal, the object under test, and what goes between. */
struct rig {
	struct tinfo		*ti;
	struct tty_features	 f;
	struct tty_draw		*d;
	struct buf		 out;
	int			 cols, rows;
#ifdef HAVE_VTERM
	VTerm			*vt;
	VTermScreen		*vs;
#endif
	int			 cursor_on;
};

#ifdef HAVE_VTERM
static int
on_prop(VTermProp prop, VTermValue *v, void *arg)
{
	struct rig	*r = arg;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		r->cursor_on = v->boolean;
	return (1);
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_prop };
#endif

static void
rig_init(struct rig *r, const struct profile *p)
{
	char	*cause;

	memset(r, 0, sizeof *r);
	r->ti = tinfo_load(p->term, &cause);
	free(cause);
	if (p->overrides != NULL)
		tinfo_override(r->ti, p->overrides);
	features_init(&r->f, r->ti, NULL, p->utf8);
	features_add(&r->f, p->features);
	if (p->overrides != NULL && strstr(p->overrides, "rep@") != NULL)
		r->f.have &= ~FEATURE_REP;
	/* The libvterm of today's distributions knows no REP. */
	r->f.have &= ~FEATURE_REP;
	r->d = tty_draw_new(r->ti, &r->f);
	buf_init(&r->out, OUT_MAX);
	r->cols = p->cols;
	r->rows = p->rows;
	r->cursor_on = 1;
	tty_draw_resize(r->d, p->cols, p->rows);
#ifdef HAVE_VTERM
	r->vt = vterm_new(p->rows, p->cols);
	vterm_set_utf8(r->vt, p->utf8);
	r->vs = vterm_obtain_screen(r->vt);
	vterm_screen_set_callbacks(r->vs, &callbacks, r);
	vterm_screen_enable_altscreen(r->vs, 1);
	vterm_screen_reset(r->vs, 1);
#endif
	tty_draw_start(r->d, &r->out);
}

static void
rig_fini(struct rig *r)
{
	tty_draw_free(r->d);
	tinfo_free(r->ti);
	buf_fini(&r->out);
#ifdef HAVE_VTERM
	vterm_free(r->vt);
#endif
}

/* --- random pictures --------------------------------------------------- */

static const uint32_t chars[] = {
	'a', 'b', 'z', 'M', '0', '~', ' ', ' ', ' ', 'x', 'x', 'x', '-', '=',
	0xe9, 0x3b1, 0x416, 0x4e00, 0x3042, 0xac00, 0x2500, 0x2502, 0x253c,
	0x2592, 0x20ac, 0x2192
};

static void
random_cell(struct cell *c)
{
	static const uint16_t	attrs[] = {
		0, 0, 0, 0, ATTR_BOLD, ATTR_REVERSE, ATTR_UL_SINGLE,
		ATTR_ITALIC, ATTR_BLINK, ATTR_STRIKE,
		ATTR_BOLD | ATTR_UL_SINGLE, ATTR_REVERSE | ATTR_ITALIC,
		ATTR_UL_DOUBLE, ATTR_UL_CURLY
	};
	int			i;

	memset(c, 0, sizeof *c);
	c->ch = chars[below((int)(sizeof chars / sizeof chars[0]))];
	if (cp_width(c->ch) == 2)
		c->ch |= CELL_WIDE;
	if (below(3) == 0)
		c->attr = attrs[below((int)(sizeof attrs / sizeof attrs[0]))];
	for (i = 0; i < 2; i++) {
		uint32_t	*col = i == 0 ? &c->fg : &c->bg;

		switch (below(10)) {
		case 0:
			*col = colour_index(below(8));
			break;
		case 1:
			*col = colour_index(below(256));
			break;
		case 2:
			*col = colour_rgb(below(256), below(256), below(256));
			break;
		}
	}
}

static void
random_line(struct canvas *cv, int y)
{
	struct cell	c, blank;
	int		x = 0, n;

	memset(&blank, 0, sizeof blank);
	canvas_fill(cv, 0, y, cv->cols, 1, &blank);
	if (below(5) == 0)
		return;
	random_cell(&c);
	while (x < cv->cols && below(40) != 0) {
		if (below(4) == 0)
			random_cell(&c);
		else
			c.ch = (uint32_t)('a' + below(26));
		for (n = below(below(4) == 0 ? 30 : 3) + 1; n > 0 &&
		    x < cv->cols; n--) {
			canvas_put(cv, x, y, &c, NULL);
			x += cell_width(&c);
		}
	}
	/* Full lines may be said to go on: then the terminal is to wrap. */
	if (x >= cv->cols && cv->row[y]->refs == 1)
		cv->row[y]->flags |= ROW_WRAPPED;
}

static void
shift(struct canvas *cv, int top, int bottom, int by)
{
	struct row	*keep[256];
	int		 y, from;

	for (y = top; y < bottom; y++)
		keep[y] = row_ref(cv->row[y]);
	for (y = top; y < bottom; y++) {
		from = y + by;
		if (from >= top && from < bottom)
			canvas_set_row(cv, y, keep[from]);
		else
			random_line(cv, y);
	}
	for (y = top; y < bottom; y++)
		row_unref(keep[y]);
}

/* Shift a rectangle of columns, as a pane beside another does. */
static void
shift_part(struct canvas *cv, int x, int w, int by)
{
	struct row	*keep[256];
	struct cell	 blank;
	int		 y, from;

	memset(&blank, 0, sizeof blank);
	for (y = 0; y < cv->rows; y++)
		keep[y] = row_copy(cv->row[y], cv->cols);
	for (y = 0; y < cv->rows; y++) {
		from = y + by;
		canvas_fill(cv, x, y, w, 1, &blank);
		if (from >= 0 && from < cv->rows)
			canvas_row(cv, x, y, keep[from], x, w);
	}
	for (y = 0; y < cv->rows; y++)
		row_unref(keep[y]);
}

static void
random_step(struct canvas *cv, struct canvas *old)
{
	struct cell	c;
	int		n, y;

	switch (below(14)) {
	case 0:
		for (y = 0; y < cv->rows; y++)
			random_line(cv, y);
		break;
	case 1:
	case 2:
		n = below(3) + 1;
		shift(cv, 0, cv->rows, below(2) ? n : -n);
		break;
	case 3:
		n = below(cv->rows - 2);
		shift(cv, n, n + 2 + below(cv->rows - n - 1),
		    below(2) ? 1 : -2);
		break;
	case 4:
		n = below(cv->cols - 4);
		shift_part(cv, n, 3 + below(cv->cols - n - 3),
		    below(2) ? 1 : -1);
		break;
	case 5:		/* blank from somewhere on */
		memset(&c, 0, sizeof c);
		n = below(cv->rows);
		canvas_fill(cv, 0, n, cv->cols, cv->rows - n, &c);
		break;
	case 6:		/* an area of one colour */
		random_cell(&c);
		c.ch = ' ';
		c.attr = 0;
		canvas_fill(cv, below(cv->cols), below(cv->rows),
		    1 + below(cv->cols), 1 + below(4), &c);
		break;
	case 7:		/* back to what was */
		for (y = 0; y < cv->rows; y++)
			canvas_set_row(cv, y, old->row[y]);
		break;
	case 8:
		random_line(cv, below(cv->rows));
		break;
	default:
		for (n = below(12); n >= 0; n--) {
			random_cell(&c);
			canvas_put(cv, below(cv->cols), below(cv->rows), &c,
			    NULL);
		}
		break;
	}
	cv->cx = below(cv->cols);
	cv->cy = below(cv->rows);
	if (below(8) == 0)
		cv->cx = cv->cy = -1;
}

/* --- the terminal's opinion -------------------------------------------- */

#ifdef HAVE_VTERM
static void
feed(struct rig *r)
{
	vterm_input_write(r->vt, (const char *)buf_data(&r->out),
	    buf_len(&r->out));
	vterm_screen_flush_damage(r->vs);
	buf_clear(&r->out);
}

/* What a colour is there; -1 the default. */
static long
colour_of(struct rig *r, VTermColor c, bool fg)
{
	if (fg ? VTERM_COLOR_IS_DEFAULT_FG(&c) : VTERM_COLOR_IS_DEFAULT_BG(&c))
		return (-1);
	if (VTERM_COLOR_IS_INDEXED(&c))
		return (0x1000000 | c.indexed.idx);
	(void)r;
	return ((long)c.rgb.red << 16 | c.rgb.green << 8 | c.rgb.blue);
}

static bool
colour_right(struct rig *r, uint32_t want, VTermColor got, bool fg, bool bold)
{
	long	g = colour_of(r, got, fg);

	if (want == COLOUR_DEFAULT || r->f.colours < 8)
		return (g == -1);
	if ((want & COLOUR_KIND) == COLOUR_RGB && r->f.colours > 256)
		return (g == (long)(want & 0xffffff));
	if ((want & COLOUR_KIND) == COLOUR_INDEXED &&
	    ((want & 0xff) < 8 || r->f.colours >= 256)) {
		if (g == (0x1000000 | (long)(want & 0xff)))
			return (true);
		/* libvterm brightens the first eight of bold text. */
		return (bold && fg && (want & 0xff) < 8 &&
		    g == (0x1000000 | (long)((want & 0xff) + 8)));
	}
	/* Brought down to something: that it is some colour will do. */
	return (g != -1);
}

/* Why cell x, y differs from what is wanted, or NULL. */
static const char *
cell_wrong(struct rig *r, const struct canvas *cv, int x, int y)
{
	const struct row	*row = cv->row[y];
	const struct cell	*c = &row->cells[x];
	VTermPos		 pos = { .row = y, .col = x };
	VTermScreenCell		 sc;
	uint32_t		 cp = cell_cp(c);
	int			 width = cell_width(c);
	unsigned int		 ul;
	bool			 blank;
	long			 g;

	if (c->ch & CELL_TAIL)
		return (NULL);
	vterm_screen_get_cell(r->vs, pos, &sc);
	if (cp == 0)
		cp = ' ';
	if (sc.chars[0] == 0)
		sc.chars[0] = ' ';
	if (!(r->f.have & FEATURE_UTF8) && cp >= 0x80) {
		/* ACS comes back as line drawing, the rest as '_'. */
		if (sc.chars[0] != cp && sc.chars[0] != '_') {
			diag("U+%04X became U+%04X", cp, sc.chars[0]);
			return ("character");
		}
		width = sc.width;
	} else if (sc.chars[0] != cp) {
		diag("U+%04X became U+%04X", cp, sc.chars[0]);
		return ("character");
	}
	if (sc.width != width)
		return ("width");
	blank = (cp == ' ');
	if (!colour_right(r, c->bg, sc.bg, false, sc.attrs.bold))
		return ("background");
	if (!!(c->attr & ATTR_REVERSE) != sc.attrs.reverse)
		return ("reverse");
	ul = (c->attr & ATTR_UL_MASK) >> ATTR_UL_SHIFT;
	if ((ul != 0) != (sc.attrs.underline != 0) &&
	    strcmp(tinfo_str(r->ti, TI_SMUL), "") != 0)
		return ("underline");
	if ((r->f.have & FEATURE_UNDERSCORE) && ul != sc.attrs.underline)
		return ("underline style");
	if ((r->f.have & FEATURE_STRIKE) &&
	    !!(c->attr & ATTR_STRIKE) != sc.attrs.strike)
		return ("strike");
	if (blank)
		return (NULL);
	/* Text that would come to have its background's colour is helped. */
	g = colour_of(r, sc.fg, true);
	if (r->f.colours >= 256 && !(c->bg != COLOUR_DEFAULT &&
	    (g == 0x1000000 || g == 0x1000007)) &&
	    !colour_right(r, c->fg, sc.fg, true, sc.attrs.bold))
		return ("foreground");
	if (r->f.colours != 8 && !!(c->attr & ATTR_BOLD) != sc.attrs.bold)
		return ("bold");
	if ((r->f.have & FEATURE_ITALIC) &&
	    !!(c->attr & ATTR_ITALIC) != sc.attrs.italic)
		return ("italic");
	if (!!(c->attr & ATTR_BLINK) != sc.attrs.blink &&
	    tinfo_has(r->ti, TI_BLINK))
		return ("blink");
	return (NULL);
}

/* Compare all; 0 if right, else it has said where. */
static int
screen_wrong(struct rig *r, const struct canvas *cv, int step)
{
	const char	*why;
	VTermPos	 pos;
	int		 x, y;

	for (y = 0; y < cv->rows; y++) {
		for (x = 0; x < cv->cols; x++) {
			why = cell_wrong(r, cv, x, y);
			if (why == NULL)
				continue;
			diag("step %d, column %d, line %d: %s", step, x, y,
			    why);
			return (1);
		}
	}
	if (cv->cx >= 0) {
		vterm_state_get_cursorpos(vterm_obtain_state(r->vt), &pos);
		if (pos.row != cv->cy || pos.col != cv->cx) {
			diag("step %d: cursor at %d,%d, not %d,%d", step,
			    pos.col, pos.row, cv->cx, cv->cy);
			return (1);
		}
	}
	if (tinfo_has(r->ti, TI_CIVIS) && r->cursor_on != (cv->cx >= 0)) {
		diag("step %d: cursor visibility", step);
		return (1);
	}
	return (0);
}

static void
test_random(const struct profile *p, int seeds, int steps)
{
	struct rig	 r;
	struct canvas	*cv, *old;
	struct tty_rect	 hints[2];
	int		 seed, step, y, wrong = 0;

	for (seed = 1; seed <= seeds && !wrong; seed++) {
		rng_seeded_init(&seeded, (uint64_t)seed);
		rig_init(&r, p);
		cv = canvas_new(p->cols, p->rows);
		old = canvas_new(p->cols, p->rows);
		hints[0] = (struct tty_rect){ 0, 0, p->cols / 2, p->rows };
		hints[1] = (struct tty_rect){ p->cols / 2 + 1, 1,
		    p->cols - p->cols / 2 - 1, p->rows - 2 };
		tty_draw_hints(r.d, hints, 2);
		for (step = 0; step < steps && !wrong; step++) {
			if (below(3) == 0) {
				for (y = 0; y < cv->rows; y++)
					canvas_set_row(old, y, cv->row[y]);
			}
			random_step(cv, old);
			if (step > 0 && below(40) == 0)
				tty_draw_invalidate(r.d);
			tty_draw_update(r.d, cv, &r.out);
			feed(&r);
			wrong = screen_wrong(&r, cv, step);
		}
		canvas_free(cv);
		canvas_free(old);
		rig_fini(&r);
	}
	ok(!wrong, "%s %dx%d%s%s shows each of %d random frames (seed %d)",
	    p->term, p->cols, p->rows, p->utf8 ? "" : " without UTF-8",
	    p->overrides != NULL ? p->overrides : "", seeds * steps, seed - 1);
}
#endif

/* --- our own emulator, which knows what libvterm does not --------------- */

static void
random_rare(struct canvas *cv)
{
	static const uint32_t	bases[] = { 'e', 'o', 0x1f600, 0x2764, 'n' };
	struct cell		c;
	struct cell_ext		e;
	int			i;

	for (i = below(4); i > 0; i--) {
		random_cell(&c);
		memset(&e, 0, sizeof e);
		c.attr |= below(2) ? ATTR_OVERLINE : ATTR_DIM;
		switch (below(3)) {
		case 0:
			c.ch = bases[below(5)];
			if (cp_width(c.ch) == 2)
				c.ch |= CELL_WIDE;
			else if (c.ch < 0x80) {
				e.more = 1;
				e.cps[0] = 0x301;
			}
			break;
		case 1:
			c.attr = (uint16_t)((c.attr & ~ATTR_UL_MASK) |
			    (1 + below(5)) << ATTR_UL_SHIFT);
			e.us = below(2) ? colour_index(below(256)) :
			    colour_rgb(below(256), 9, 9);
			break;
		case 2:
			e.link = link_new(below(2) ? "i" : "",
			    below(2) ? "http://a/" : "http://b/");
			break;
		}
		canvas_put(cv, below(cv->cols), below(cv->rows), &c, &e);
		link_unref(e.link);
	}
}

static bool
rare_same(const struct row *a, const struct cell *ca, const struct row *b,
    const struct cell *cb, bool underlined)
{
	static const struct cell_ext	 none;
	const struct cell_ext		*ea = row_ext(a, ca), *eb;

	eb = row_ext(b, cb);
	if (ea == NULL)
		ea = &none;
	if (eb == NULL)
		eb = &none;
	return ((!underlined || ea->us == eb->us) && ea->more == eb->more &&
	    memcmp(ea->cps, eb->cps, ea->more * sizeof ea->cps[0]) == 0 &&
	    (ea->link == NULL) == (eb->link == NULL) &&
	    (ea->link == NULL || strcmp(ea->link->uri, eb->link->uri) == 0));
}

static const char *
emu_cell_wrong(const struct row *w, const struct row *g, int x)
{
	static const struct cell	 blank;
	const struct cell		*a = x < w->used ? &w->cells[x] :
					    &blank;
	const struct cell		*b = x < g->used ? &g->cells[x] :
					    &blank;
	uint32_t			 ca = cell_cp(a), cb = cell_cp(b);
	uint16_t			 see = ATTR_VISIBLE;

	if ((a->ch & CELL_TAIL) && (b->ch & CELL_TAIL))
		return (NULL);
	if ((ca == 0 ? ' ' : ca) != (cb == 0 ? ' ' : cb) ||
	    ((a->ch ^ b->ch) & (CELL_WIDE | CELL_TAIL)))
		return ("character");
	if (a->bg != b->bg)
		return ("background");
	if (ca == 0 || ca == ' ')
		see = ATTR_REVERSE | ATTR_UL_MASK | ATTR_STRIKE |
		    ATTR_OVERLINE;
	if ((a->attr ^ b->attr) & see)
		return ("attributes");
	if ((see == ATTR_VISIBLE || (a->attr & see)) && a->fg != b->fg)
		return ("foreground");
	if (!rare_same(w, a, g, b, (a->attr & ATTR_UL_MASK) != 0))
		return ("rare parts");
	return (NULL);
}

static int
emu_wrong(struct emu *emu, const struct canvas *cv, int seed, int step)
{
	struct snap	*s = emu_snap(emu);
	const char	*why;
	int		 x, y, wrong = 0;

	for (y = 0; y < cv->rows && !wrong; y++) {
		for (x = 0; x < cv->cols && !wrong; x++) {
			why = emu_cell_wrong(cv->row[y], s->row[y], x);
			if (why == NULL)
				continue;
			diag("seed %d, step %d, column %d, line %d: %s",
			    seed, step, x, y, why);
			wrong = 1;
		}
	}
	if (cv->cx >= 0 && !wrong && (s->cx != cv->cx || s->cy != cv->cy)) {
		diag("seed %d, step %d: cursor", seed, step);
		wrong = 1;
	}
	snap_unref(s);
	return (wrong);
}

static void
test_emulator(int seeds, int steps)
{
	static const struct profile	 p = {
		"xterm-256color", "RGB,sync,margins,usstyle,overline,"
		"strikethrough,hyperlinks,rep", NULL, true, 50, 14
	};
	struct emu_config	 config = { .cols = 50, .rows = 14,
				    .history_limit = 0,
				    .alternate_screen = true,
				    .version = "test", .osc_max = 1 << 20 };
	struct rig		 r;
	struct emu		*emu;
	struct canvas		*cv, *old;
	struct tty_rect		 hints[2] = { { 0, 0, 24, 14 },
				    { 25, 1, 25, 12 } };
	int			 seed, step, y, wrong = 0;

	for (seed = 1; seed <= seeds && !wrong; seed++) {
		rng_seeded_init(&seeded, (uint64_t)seed);
		rig_init(&r, &p);
		r.f.have |= FEATURE_REP;
		emu = emu_new(&config);
		cv = canvas_new(p.cols, p.rows);
		old = canvas_new(p.cols, p.rows);
		tty_draw_hints(r.d, hints, 2);
		for (step = 0; step < steps && !wrong; step++) {
			if (below(3) == 0) {
				for (y = 0; y < cv->rows; y++)
					canvas_set_row(old, y, cv->row[y]);
			}
			random_step(cv, old);
			random_rare(cv);
			tty_draw_update(r.d, cv, &r.out);
			emu_feed(emu, buf_data(&r.out), buf_len(&r.out));
			buf_clear(&r.out);
			wrong = emu_wrong(emu, cv, seed, step);
		}
		emu_free(emu);
		canvas_free(cv);
		canvas_free(old);
		rig_fini(&r);
	}
	ok(!wrong, "our emulator shows each of %d frames with all that is rare",
	    seeds * steps);
}

/* --- what it costs ----------------------------------------------------- */

static size_t
cost(struct rig *r, struct canvas *cv)
{
	size_t	n;

	buf_clear(&r->out);
	tty_draw_update(r->d, cv, &r->out);
	n = buf_len(&r->out);
	return (n);
}

static void
test_cost(void)
{
	static const struct profile	 p = {
		"xterm-256color", "RGB,sync,margins", NULL, true, 80, 24
	};
	struct rig	 r;
	struct canvas	*cv;
	struct cell	 style, c;
	struct tty_rect	 hint = { 0, 0, 40, 23 };
	size_t		 n, full;
	int		 y;
	char		 text[128];

	rng_seeded_init(&seeded, 7);
	rig_init(&r, &p);
	cv = canvas_new(80, 24);
	memset(&style, 0, sizeof style);
	for (y = 0; y < 23; y++) {
		snprintf(text, sizeof text, "line %d of a listing with words "
		    "enough to be worth something: %d", y, y * 7919);
		canvas_text(cv, 0, y, 80, &style, text, strlen(text));
	}
	memset(&c, 0, sizeof c);
	c.bg = colour_index(2);
	canvas_fill(cv, 0, 23, 80, 1, &c);
	cv->cx = 5;
	cv->cy = 10;
	full = cost(&r, cv);
	ok(full < 2000, "a full screen of %d characters takes %zu bytes",
	    23 * 60, full);
	is_int(cost(&r, cv), 0, "the same picture again takes nothing");

	c.ch = 'x';
	c.bg = 0;
	canvas_put(cv, 5, 10, &c, NULL);
	cv->cx = 6;
	cost(&r, cv);		/* the rendition changes after the status line */
	canvas_put(cv, 6, 10, &c, NULL);
	cv->cx = 7;
	n = cost(&r, cv);
	is_int(n, 1, "the echo of a key takes one byte");
	cv->cx = 6;
	c.ch = ' ';
	canvas_put(cv, 6, 10, &c, NULL);
	n = cost(&r, cv);
	ok(n <= 3, "Backspace takes %zu bytes", n);
	cv->cx = 0;
	cv->cy = 11;
	n = cost(&r, cv);
	ok(n <= 2, "Enter takes %zu bytes", n);

	shift(cv, 0, 23, 1);
	memset(&c, 0, sizeof c);
	canvas_fill(cv, 0, 22, 80, 1, &c);
	canvas_text(cv, 0, 22, 80, &style, "$ ", 2);
	cv->cx = 2;
	cv->cy = 22;
	n = cost(&r, cv);
	ok(n <= 50, "scrolling a line above a status line takes %zu bytes", n);

	tty_draw_hints(r.d, &hint, 1);
	shift_part(cv, 0, 40, 2);
	n = cost(&r, cv);
	ok(n <= 90, "scrolling a pane beside another takes %zu bytes", n);

	cv->cx = 70;
	cv->cy = 3;
	n = cost(&r, cv);
	ok(n <= 7, "a jump of the cursor takes %zu bytes", n);

	memset(&c, 0, sizeof c);
	canvas_fill(cv, 0, 0, 80, 24, &c);
	n = cost(&r, cv);
	ok(n <= 50, "blanking the screen takes %zu bytes", n);
	c.ch = '-';
	canvas_fill(cv, 0, 5, 70, 1, &c);
	r.f.have |= FEATURE_REP;
	n = cost(&r, cv);
	ok(n <= 20, "a line of 70 dashes takes %zu bytes", n);
	canvas_free(cv);
	rig_fini(&r);
}

static bool
has(const struct buf *b, const char *s)
{
	size_t	i, n = strlen(s);

	for (i = 0; i + n <= buf_len(b); i++) {
		if (memcmp(buf_data(b) + i, s, n) == 0)
			return (true);
	}
	return (false);
}

static void
test_frames(void)
{
	static const struct profile	 p = {
		"xterm-256color", "RGB,sync,usstyle,hyperlinks", NULL, true,
		80, 24
	};
	struct rig	 r;
	struct canvas	*cv;
	struct cell	 c;
	struct cell_ext	 e;
	struct buf	 small;
	char		 text[161];

	rig_init(&r, &p);
	cv = canvas_new(80, 24);
	memset(&c, 0, sizeof c);
	c.ch = 'W';
	canvas_fill(cv, 0, 0, 80, 3, &c);
	buf_clear(&r.out);
	tty_draw_update(r.d, cv, &r.out);
	ok(has(&r.out, "\033[?2026h") && has(&r.out, "\033[?2026l"),
	    "a large frame is bracketed where the terminal can");
	canvas_put(cv, 3, 3, &c, NULL);
	buf_clear(&r.out);
	tty_draw_update(r.d, cv, &r.out);
	ok(!has(&r.out, "2026"), "a small one is not");

	memset(&e, 0, sizeof e);
	e.us = colour_rgb(1, 2, 3);
	e.link = link_new("a", "https://example.org/");
	c.attr = ATTR_UL_CURLY;
	canvas_put(cv, 0, 5, &c, &e);
	buf_clear(&r.out);
	tty_draw_update(r.d, cv, &r.out);
	ok(has(&r.out, "4:3") && has(&r.out, "58:2::1:2:3"),
	    "underlines have style and colour");
	ok(has(&r.out, "\033]8;id=a;https://example.org/\033\\"),
	    "a hyperlink is passed on");
	c.attr = 0;
	canvas_put(cv, 1, 5, &c, NULL);
	buf_clear(&r.out);
	tty_draw_update(r.d, cv, &r.out);
	ok(has(&r.out, "\033]8;;\033\\"), "and ended");
	link_unref(e.link);
	e.link = link_new("", "x\033]0;evil\007");
	canvas_put(cv, 2, 5, &c, &e);
	buf_clear(&r.out);
	tty_draw_update(r.d, cv, &r.out);
	ok(!has(&r.out, "evil"), "a hyperlink with controls is not");
	link_unref(e.link);

	/* So that the terminal's own selection knows that they are one. */
	c.ch = 'w';
	canvas_fill(cv, 0, 7, 80, 2, &c);
	cv->row[7]->flags |= ROW_WRAPPED;
	buf_clear(&r.out);
	r.f.have &= ~FEATURE_REP;
	tty_draw_update(r.d, cv, &r.out);
	memset(text, 'w', 160);
	text[160] = '\0';
	ok(has(&r.out, text), "a line that goes on is left to wrap");

	/* A frame that does not fit is not begun. */
	canvas_fill(cv, 0, 0, 80, 24, &c);
	buf_init(&small, 100);
	is_int(tty_draw_update(r.d, cv, &small), -1, "no room is reported");
	is_int(buf_len(&small), 0, "and nothing written");
	buf_fini(&small);
	buf_clear(&r.out);
	is_int(tty_draw_update(r.d, cv, &r.out), 0, "the next repaints");
	ok(buf_len(&r.out) > 80 * 20, "in full");

	/* Another size than the terminal's is cut. */
	canvas_free(cv);
	cv = canvas_new(200, 50);
	c.ch = 'Q';
	canvas_fill(cv, 0, 0, 200, 50, &c);
	buf_clear(&r.out);
	tty_draw_update(r.d, cv, &r.out);
	ok(buf_len(&r.out) < 80 * 24 + 200, "a canvas too large is cut");
	canvas_free(cv);
	rig_fini(&r);
}

static void
test_modes(void)
{
	static const struct profile	 p = {
		"xterm-256color", "title,mouse,extkeys,osc7,progressbar", NULL,
		true, 80, 24
	};
	struct rig		 r;
	struct canvas		*cv;
	struct tty_modes	 m;
	struct tty_reply	 reply;

	rig_init(&r, &p);
	ok(has(&r.out, "\033[?1049h"), "the alternate screen is entered");
	ok(has(&r.out, "\033[?2004h"), "bracketed paste is on");
	memset(&m, 0, sizeof m);
	m.mouse = MODE_MOUSE_BUTTON;
	m.title = "a\033]0;b\007c\xc2\x9b" "d\xe2\x80\xae";
	m.extkeys = true;
	m.kitty_flags = -1;
	m.progress = 1 << 8 | 50;
	buf_clear(&r.out);
	tty_draw_set_modes(r.d, &m, &r.out);
	ok(has(&r.out, "\033[?1006h\033[?1000h\033[?1002h") &&
	    !has(&r.out, "1003"), "the mouse mode wanted is set");
	ok(has(&r.out, "\033]0;a ]0;b c d\007"), "the title is made harmless");
	ok(has(&r.out, "\033[>4;2m"), "extended keys are on");
	ok(has(&r.out, "\033]9;4;1;50\033\\"), "progress is shown");
	buf_clear(&r.out);
	tty_draw_set_modes(r.d, &m, &r.out);
	is_int(buf_len(&r.out), 0, "the same again writes nothing");

	memset(&reply, 0, sizeof reply);
	reply.kind = REPLY_KITTY_KEYS;
	ok(features_reply(&r.f, &reply), "a late reply changes features");
	tty_draw_features(r.d, &r.out);
	ok(has(&r.out, "\033[>4m") && has(&r.out, "\033[>1u"),
	    "and the better keys are taken");

	cv = canvas_new(80, 24);
	cv->cx = cv->cy = 0;
	cv->cursor_shape = CURSOR_BAR;
	cv->cursor_colour = colour_rgb(255, 0, 16);
	buf_clear(&r.out);
	tty_draw_update(r.d, cv, &r.out);
	ok(has(&r.out, "\033[6 q") && has(&r.out, "\033]12;#ff0010\007"),
	    "the cursor has shape and colour");

	buf_clear(&r.out);
	ok(tty_draw_clipboard(r.d, "c", "hello", 5, &r.out) &&
	    has(&r.out, "\033]52;c;aGVsbG8=\007"), "OSC 52 carries base64");
	ok(!tty_draw_clipboard(r.d, "c;x", "a", 1, &r.out),
	    "an odd selection is refused");

	buf_clear(&r.out);
	tty_draw_stop(r.d, &r.out);
	ok(has(&r.out, "\033[?1000l") && has(&r.out, "\033[?2004l") &&
	    has(&r.out, "\033[<u") && has(&r.out, "\033[?1049l") &&
	    has(&r.out, "\033]112\007") && has(&r.out, "\033[2 q") &&
	    has(&r.out, "\033]9;4;0;0") && has(&r.out, "\033[?1l\033>"),
	    "everything is taken back at the end");
	buf_clear(&r.out);
	tty_draw_update(r.d, cv, &r.out);
	is_int(buf_len(&r.out), 0, "after which nothing is drawn");
	tty_draw_start(r.d, &r.out);
	ok(has(&r.out, "\033[?1006h") && has(&r.out, "]0;a"),
	    "coming back sets it all again");
	canvas_free(cv);
	rig_fini(&r);
}

int
main(int argc, char **argv)
{
	int	i, seeds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 10;

	(void)i;
	(void)seeds;
#ifdef HAVE_VTERM
	for (i = 0; i < PROFILES; i++)
		test_random(&profiles[i], seeds, 150);
#else
	skip(PROFILES, "libvterm is not here");
#endif
	test_emulator(3 * seeds, 150);
	test_cost();
	test_frames();
	test_modes();
	return (done_testing());
}
