/* SPDX-License-Identifier: ISC */

/*
 * draw-pen.c - renditions: what a cell should look like, in as few bytes.
 *
 * A cell's rendition is first brought down to what the terminal has (colours to
 * the nearest of 256, 16 or 8; underline styles to a plain one; what it cannot
 * do at all away), then compared with the pen the terminal is known to hold, so
 * that two colours that become the same cost nothing.  Where a difference
 * cannot be seen (the foreground of a space) the pen's own is taken.
 *
 * The change is written the shorter of two ways: what is different, or SGR 0
 * and everything.  Terminals whose terminfo does not look like ECMA-48 get
 * sgr0 and their own strings.
 *
 * Invariant: text that is ATTR_HIDDEN never leaves as text on a terminal which
 * cannot hide it (tty_draw prints spaces then).
 */

#include "tty/draw-int.h"

#include "base/str.h"

#define SGR_MAX		160	/* bytes of one change, more than all of it */

/* Of these a space shows the effect. */
#define ATTR_ON_BLANK	(ATTR_REVERSE | ATTR_UL_MASK | ATTR_STRIKE | \
			 ATTR_OVERLINE)

/* xterm's first 16; only for distances. */
static const uint32_t basic[16] = {
	0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd,
	0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff,
	0x00ffff, 0xffffff
};

static const int cube_levels[6] = { 0, 95, 135, 175, 215, 255 };

uint32_t
draw_colour_to_rgb(uint32_t c)
{
	uint32_t	n = c & 0xff;

	if ((c & COLOUR_KIND) == COLOUR_RGB)
		return (c & 0xffffff);
	if (n < 16)
		return (basic[n]);
	if (n >= 232) {
		n = 8 + (n - 232) * 10;
		return (n << 16 | n << 8 | n);
	}
	n -= 16;
	return ((uint32_t)cube_levels[n / 36] << 16 |
	    (uint32_t)cube_levels[n / 6 % 6] << 8 |
	    (uint32_t)cube_levels[n % 6]);
}

static int
distance(uint32_t a, uint32_t b)
{
	int	r = (int)(a >> 16 & 0xff) - (int)(b >> 16 & 0xff);
	int	g = (int)(a >> 8 & 0xff) - (int)(b >> 8 & 0xff);
	int	l = (int)(a & 0xff) - (int)(b & 0xff);

	/* The eye is most sensitive to green and least to blue. */
	return (3 * r * r + 4 * g * g + 2 * l * l);
}

static int
cube_level(uint32_t v)
{
	return (v < 48 ? 0 : v < 115 ? 1 : (int)(v - 35) / 40);
}

static uint32_t
rgb_to_256(uint32_t rgb)
{
	uint32_t	cube, grey;
	int		r, g, b, avg;

	r = cube_level(rgb >> 16 & 0xff);
	g = cube_level(rgb >> 8 & 0xff);
	b = cube_level(rgb & 0xff);
	cube = colour_index(16 + 36 * r + 6 * g + b);
	avg = (int)((rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff)) / 3;
	grey = colour_index(232 + (avg < 8 ? 0 : avg > 238 ? 23 :
	    (avg - 3) / 10));
	if (distance(draw_colour_to_rgb(grey), rgb) <
	    distance(draw_colour_to_rgb(cube), rgb))
		return (grey);
	return (cube);
}

static uint32_t
rgb_to_16(uint32_t rgb, int n)
{
	int	i, best = 0, d, least = INT32_MAX;

	for (i = 0; i < n; i++) {
		d = distance(basic[i], rgb);
		if (d < least) {
			least = d;
			best = i;
		}
	}
	return (colour_index(best));
}

uint32_t
draw_colour(const struct tty_draw *d, uint32_t c)
{
	int	colours = d->f->colours;

	if (c == COLOUR_DEFAULT || (c & COLOUR_KIND) == COLOUR_NONE)
		return (COLOUR_DEFAULT);
	if (colours < 8)
		return (COLOUR_DEFAULT);
	if ((c & COLOUR_KIND) == COLOUR_RGB) {
		if (colours > 256)
			return (c);
		if (colours == 256)
			return (rgb_to_256(c & 0xffffff));
	} else {
		if (colours >= 256 || (c & 0xff) < 8)
			return (c);
		if ((c & 0xff) < 16)
			return (c);	/* 8 colours: see pen_of */
	}
	return (rgb_to_16(draw_colour_to_rgb(c), colours >= 16 ? 16 : 8));
}

char
draw_acs_letter(uint32_t cp)
{
	static const struct {
		uint16_t	cp;
		char		letter;
	} table[] = {
		{ 0x00a3, '}' }, { 0x00b0, 'f' }, { 0x00b1, 'g' },
		{ 0x00b7, '~' }, { 0x03c0, '{' }, { 0x2022, '~' },
		{ 0x2190, ',' }, { 0x2191, '-' }, { 0x2192, '+' },
		{ 0x2193, '.' }, { 0x2260, '|' }, { 0x2264, 'y' },
		{ 0x2265, 'z' }, { 0x23ba, 'o' }, { 0x23bb, 'p' },
		{ 0x23bc, 'r' }, { 0x23bd, 's' }, { 0x2500, 'q' },
		{ 0x2501, 'q' }, { 0x2502, 'x' }, { 0x2503, 'x' },
		{ 0x250c, 'l' }, { 0x250f, 'l' }, { 0x2510, 'k' },
		{ 0x2513, 'k' }, { 0x2514, 'm' }, { 0x2517, 'm' },
		{ 0x2518, 'j' }, { 0x251b, 'j' }, { 0x251c, 't' },
		{ 0x2523, 't' }, { 0x2524, 'u' }, { 0x252b, 'u' },
		{ 0x252c, 'w' }, { 0x2533, 'w' }, { 0x2534, 'v' },
		{ 0x253b, 'v' }, { 0x253c, 'n' }, { 0x254b, 'n' },
		{ 0x2550, 'q' }, { 0x2551, 'x' }, { 0x2554, 'l' },
		{ 0x2557, 'k' }, { 0x255a, 'm' }, { 0x255d, 'j' },
		{ 0x2560, 't' }, { 0x2563, 'u' }, { 0x2566, 'w' },
		{ 0x2569, 'v' }, { 0x256c, 'n' }, { 0x256d, 'l' },
		{ 0x256e, 'k' }, { 0x256f, 'j' }, { 0x2570, 'm' },
		{ 0x2588, '0' }, { 0x2592, 'a' }, { 0x25c6, '`' }
	};
	size_t	lo = 0, hi = sizeof table / sizeof table[0], mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (table[mid].cp == cp)
			return (table[mid].letter);
		if (table[mid].cp < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (0);
}

/* Whether expanding a string of terminfo gives just this. */
static bool
gives(const struct tinfo *ti, enum tinfo_str s, int n, int p1, int p2,
    const char *want)
{
	struct buf	b;
	int		p[2] = { p1, p2 };
	bool		same;

	buf_init(&b, TINFO_OUT_MAX);
	same = (tinfo_put(ti, &b, s, n, p) == 0 &&
	    buf_len(&b) == strlen(want) &&
	    memcmp(buf_data(&b), want, buf_len(&b)) == 0);
	buf_fini(&b);
	return (same);
}

static bool
absent_or(const struct tinfo *ti, enum tinfo_str s, const char *want)
{
	return (!tinfo_has(ti, s) || gives(ti, s, 0, 0, 0, want));
}

static int
ansi_flags(const struct tinfo *ti)
{
	int		 flags = 0;
	const char	*sgr0 = tinfo_str(ti, TI_SGR0);

	if (gives(ti, TI_CUP, 2, 4, 6, "\033[5;7H"))
		flags |= ANSI_MOVE;
	if (gives(ti, TI_CUF, 1, 3, 0, "\033[3C"))
		flags |= ANSI_CUF;
	if (gives(ti, TI_CUB, 1, 3, 0, "\033[3D"))
		flags |= ANSI_CUB;
	if (gives(ti, TI_CUU, 1, 3, 0, "\033[3A"))
		flags |= ANSI_CUU;
	if (gives(ti, TI_CUD, 1, 3, 0, "\033[3B"))
		flags |= ANSI_CUD;
	if (gives(ti, TI_HPA, 1, 3, 0, "\033[4G"))
		flags |= ANSI_HPA;
	if (gives(ti, TI_VPA, 1, 3, 0, "\033[4d"))
		flags |= ANSI_VPA;
	if (gives(ti, TI_CUD1, 0, 0, 0, "\n"))
		flags |= ANSI_LF;
	if ((strstr(sgr0, "\033[m") != NULL ||
	    strstr(sgr0, "\033[0m") != NULL ||
	    strstr(sgr0, "\033[0;10m") != NULL) &&
	    absent_or(ti, TI_BOLD, "\033[1m") &&
	    absent_or(ti, TI_SMUL, "\033[4m") &&
	    absent_or(ti, TI_REV, "\033[7m"))
		flags |= ANSI_SGR;
	if ((flags & ANSI_SGR) && gives(ti, TI_SETAF, 1, 1, 0, "\033[31m") &&
	    gives(ti, TI_SETAB, 1, 2, 0, "\033[42m")) {
		flags |= ANSI_COLOUR | ANSI_OFF;
		if (tinfo_flag(ti, TI_AX) ||
		    gives(ti, TI_OP, 0, 0, 0, "\033[39;49m"))
			flags |= ANSI_DEFAULT;
	} else if ((flags & ANSI_SGR) && tinfo_flag(ti, TI_XT))
		flags |= ANSI_OFF;
	return (flags);
}

void
draw_pen_init(struct tty_draw *d)
{
	const struct tinfo	*ti = d->ti;
	const char		*p;
	uint32_t		 have = d->f->have;

	d->ansi = ansi_flags(ti);
	d->attrs = 0;
	if (tinfo_has(ti, TI_BOLD))
		d->attrs |= ATTR_BOLD;
	if (tinfo_has(ti, TI_DIM))
		d->attrs |= ATTR_DIM;
	if (tinfo_has(ti, TI_BLINK))
		d->attrs |= ATTR_BLINK;
	if (tinfo_has(ti, TI_REV) || tinfo_has(ti, TI_SMSO))
		d->attrs |= ATTR_REVERSE;
	if (tinfo_has(ti, TI_INVIS))
		d->attrs |= ATTR_HIDDEN;
	if (tinfo_has(ti, TI_SMUL))
		d->attrs |= ATTR_UL_SINGLE;
	if ((have & FEATURE_UNDERSCORE) && (d->attrs & ATTR_UL_SINGLE))
		d->attrs |= ATTR_UL_MASK;
	if (have & FEATURE_ITALIC)
		d->attrs |= ATTR_ITALIC;
	if (have & FEATURE_STRIKE)
		d->attrs |= ATTR_STRIKE;
	if (have & FEATURE_OVERLINE)
		d->attrs |= ATTR_OVERLINE;
	memset(d->acs, 0, sizeof d->acs);
	if (tinfo_has(ti, TI_SMACS) && tinfo_has(ti, TI_RMACS)) {
		for (p = tinfo_str(ti, TI_ACSC); p[0] != '\0' && p[1] != '\0';
		    p += 2) {
			if (p[0] > 0)
				d->acs[(unsigned char)p[0]] = p[1];
		}
	}
}

void
draw_pen_forget(struct tty_draw *d)
{
	d->pen_known = false;
	link_unref(d->pen.link);
	memset(&d->pen, 0, sizeof d->pen);
}

void
draw_pen_of(struct tty_draw *d, const struct row *r, const struct cell *c,
    struct pen *p)
{
	const struct cell_ext	*e = NULL;
	uint16_t		 attr = c->attr & ATTR_VISIBLE;
	bool			 blank;

	if (c->ext != 0)
		e = row_ext(r, c);
	if ((attr & ATTR_UL_MASK) > ATTR_UL_SINGLE &&
	    (d->attrs & ATTR_UL_MASK) != ATTR_UL_MASK)
		attr = (attr & ~ATTR_UL_MASK) | ATTR_UL_SINGLE;
	if ((d->attrs & ATTR_UL_MASK) == 0)
		attr &= ~ATTR_UL_MASK;
	attr &= d->attrs | ATTR_UL_MASK;
	p->fg = draw_colour(d, c->fg);
	p->bg = draw_colour(d, c->bg);
	if (p->fg == p->bg && p->fg != COLOUR_DEFAULT && c->fg != c->bg &&
	    d->f->colours <= 256)
		p->fg = colour_index((p->bg & 0xff) == 0 ||
		    (p->bg & 0xff) == 4 ? 7 : 0);
	if (d->f->colours == 8) {
		/* The bright ones: bold for text, nothing for backgrounds. */
		if ((p->fg & 0xff) >= 8 && p->fg != COLOUR_DEFAULT) {
			p->fg = colour_index(p->fg & 7);
			attr |= ATTR_BOLD & d->attrs;
		}
		if (p->bg != COLOUR_DEFAULT)
			p->bg = colour_index(p->bg & 7);
	}
	p->us = COLOUR_DEFAULT;
	if (e != NULL && (attr & ATTR_UL_MASK) &&
	    (d->f->have & FEATURE_UNDERCOLOUR))
		p->us = draw_colour(d, e->us);
	p->link = NULL;
	if (e != NULL && (d->f->have & FEATURE_HYPERLINKS))
		p->link = e->link;

	blank = (cell_cp(c) == 0 || cell_cp(c) == ' ') &&
	    !(c->ch & CELL_CLUSTER);
	if (blank && d->pen_known) {
		attr = (attr & ATTR_ON_BLANK) |
		    (d->pen.attr & ~ATTR_ON_BLANK);
		if (!(attr & ATTR_ON_BLANK))
			p->fg = d->pen.fg;
		if (!(attr & ATTR_UL_MASK))
			p->us = d->pen.us;
	}
	p->attr = attr;
}

/* One SGR sequence in the making. */
struct sgr {
	char	text[SGR_MAX];
	size_t	len;
	int	n;
};

static void
sgr_add(struct sgr *s, const char *param)
{
	int	len;

	len = snprintf(s->text + s->len, sizeof s->text - s->len, "%s%s",
	    s->n > 0 ? ";" : "", param);
	if (len > 0 && (size_t)len < sizeof s->text - s->len)
		s->len += (size_t)len;
	s->n++;
}

static void
sgr_colour(struct sgr *s, uint32_t c, int base)
{
	char	p[32];
	int	n = (int)(c & 0xff);

	if (c == COLOUR_DEFAULT)
		snprintf(p, sizeof p, "%d", base + 9);
	else if ((c & COLOUR_KIND) == COLOUR_RGB)
		snprintf(p, sizeof p, "%d;2;%d;%d;%d", base + 8,
		    (int)(c >> 16 & 0xff), (int)(c >> 8 & 0xff), n);
	else if (n < 8)
		snprintf(p, sizeof p, "%d", base + n);
	else if (n < 16)
		snprintf(p, sizeof p, "%d", base + 60 + n - 8);
	else
		snprintf(p, sizeof p, "%d;5;%d", base + 8, n);
	sgr_add(s, p);
}

static void
sgr_us(struct sgr *s, uint32_t c)
{
	char	p[32];

	if (c == COLOUR_DEFAULT)
		snprintf(p, sizeof p, "59");
	else if ((c & COLOUR_KIND) == COLOUR_RGB)
		snprintf(p, sizeof p, "58:2::%d:%d:%d",
		    (int)(c >> 16 & 0xff), (int)(c >> 8 & 0xff),
		    (int)(c & 0xff));
	else
		snprintf(p, sizeof p, "58:5:%d", (int)(c & 0xff));
	sgr_add(s, p);
}

/* The attributes that have an SGR to turn on and one to turn off. */
static const struct {
	uint16_t	 attr;
	const char	*on, *off;
} attr_sgr[] = {
	{ ATTR_BOLD, "1", "22" }, { ATTR_DIM, "2", "22" },
	{ ATTR_ITALIC, "3", "23" }, { ATTR_BLINK, "5", "25" },
	{ ATTR_REVERSE, "7", "27" }, { ATTR_HIDDEN, "8", "28" },
	{ ATTR_STRIKE, "9", "29" }, { ATTR_OVERLINE, "53", "55" }
};

static void
sgr_change(struct sgr *s, const struct pen *from, const struct pen *to)
{
	static const char *const	 ul[] = {
		"24", "4", "4:2", "4:3", "4:4", "4:5"
	};
	uint16_t			 had = from->attr;
	size_t				 i, style;

	/* 22 ends bold and dim both. */
	if (had & ~to->attr & (ATTR_BOLD | ATTR_DIM)) {
		sgr_add(s, "22");
		had &= ~(ATTR_BOLD | ATTR_DIM);
	}
	for (i = 0; i < sizeof attr_sgr / sizeof attr_sgr[0]; i++) {
		if ((had ^ to->attr) & attr_sgr[i].attr)
			sgr_add(s, (to->attr & attr_sgr[i].attr) ?
			    attr_sgr[i].on : attr_sgr[i].off);
	}
	if ((had ^ to->attr) & ATTR_UL_MASK) {
		style = (to->attr & ATTR_UL_MASK) >> ATTR_UL_SHIFT;
		sgr_add(s, ul[style < 6 ? style : 1]);
	}
	if (from->fg != to->fg)
		sgr_colour(s, to->fg, 30);
	if (from->bg != to->bg)
		sgr_colour(s, to->bg, 40);
	if (from->us != to->us)
		sgr_us(s, to->us);
}

/* Terminals with strings of their own. */
static void
pen_by_tinfo(struct tty_draw *d, const struct pen *to)
{
	static const struct {
		uint16_t	attr;
		enum tinfo_str	cap;
	} caps[] = {
		{ ATTR_BOLD, TI_BOLD }, { ATTR_DIM, TI_DIM },
		{ ATTR_ITALIC, TI_SITM }, { ATTR_BLINK, TI_BLINK },
		{ ATTR_HIDDEN, TI_INVIS }, { ATTR_STRIKE, TI_SMXX },
		{ ATTR_OVERLINE, TI_SMOL }, { ATTR_UL_MASK, TI_SMUL }
	};
	size_t	i;
	int	n;

	tinfo_put(d->ti, &d->body, TI_SGR0, 0, NULL);
	d->acs_on = false;		/* sgr0 often ends that too */
	for (i = 0; i < sizeof caps / sizeof caps[0]; i++) {
		if (to->attr & caps[i].attr)
			tinfo_put(d->ti, &d->body, caps[i].cap, 0, NULL);
	}
	if (to->attr & ATTR_REVERSE)
		tinfo_put(d->ti, &d->body, tinfo_has(d->ti, TI_REV) ?
		    TI_REV : TI_SMSO, 0, NULL);
	if (to->fg != COLOUR_DEFAULT) {
		n = (int)(to->fg & 0xff);
		tinfo_put(d->ti, &d->body, TI_SETAF, 1, &n);
	}
	if (to->bg != COLOUR_DEFAULT) {
		n = (int)(to->bg & 0xff);
		tinfo_put(d->ti, &d->body, TI_SETAB, 1, &n);
	}
}

static bool
link_clean(const char *s, const char *bad)
{
	for (; *s != '\0'; s++) {
		if (*s <= 0x20 || *s >= 0x7f || strchr(bad, *s) != NULL)
			return (false);
	}
	return (true);
}

static void
pen_link(struct tty_draw *d, struct link *to)
{
	if (to != NULL && !link_clean(to->uri, ""))
		to = NULL;
	if (link_same(d->pen.link, to))
		return;
	if (to == NULL)
		buf_addstr(&d->body, "\033]8;;\033\\");
	else if (to->id != NULL && *to->id != '\0' &&
	    link_clean(to->id, ";:"))
		buf_addf(&d->body, "\033]8;id=%s;%s\033\\", to->id, to->uri);
	else
		buf_addf(&d->body, "\033]8;;%s\033\\", to->uri);
	link_unref(d->pen.link);
	d->pen.link = to != NULL ? link_ref(to) : NULL;
}

void
draw_pen_reset(struct tty_draw *d)
{
	if (d->pen_known && d->pen.link != NULL)
		buf_addstr(&d->body, "\033]8;;\033\\");
	tinfo_put(d->ti, &d->body, TI_SGR0, 0, NULL);
	if (d->acs_on)
		tinfo_put(d->ti, &d->body, TI_RMACS, 0, NULL);
	d->acs_on = false;
	draw_pen_forget(d);
	d->pen_known = true;
}

void
draw_pen_set(struct tty_draw *d, const struct pen *to)
{
	static const struct pen	 none;
	struct pen		*p = &d->pen;
	struct sgr		 diff, full, *s = NULL;

	if (!d->pen_known)
		draw_pen_reset(d);
	pen_link(d, to->link);
	if (p->fg == to->fg && p->bg == to->bg && p->us == to->us &&
	    p->attr == to->attr)
		return;
	if (!(d->ansi & ANSI_SGR) || (!(d->ansi & ANSI_COLOUR) &&
	    (to->fg | to->bg) != COLOUR_DEFAULT))
		pen_by_tinfo(d, to);
	else {
		memset(&full, 0, sizeof full);
		if (to->fg != 0 || to->bg != 0 || to->us != 0 ||
		    to->attr != 0) {
			sgr_add(&full, "");	/* an empty one is 0 */
			sgr_change(&full, &none, to);
		}
		s = &full;
		if (((d->ansi & ANSI_OFF) || !(p->attr & ~to->attr)) &&
		    ((d->ansi & ANSI_DEFAULT) ||
		    !((p->fg != to->fg && to->fg == COLOUR_DEFAULT) ||
		    (p->bg != to->bg && to->bg == COLOUR_DEFAULT)))) {
			memset(&diff, 0, sizeof diff);
			sgr_change(&diff, p, to);
			if (diff.len <= full.len)
				s = &diff;
		}
		buf_addf(&d->body, "\033[%sm", s->text);
	}
	p->fg = to->fg;
	p->bg = to->bg;
	p->us = to->us;
	p->attr = to->attr;
}

void
draw_pen_erase(struct tty_draw *d, uint32_t bg)
{
	struct pen	p;

	if (!d->pen_known)
		draw_pen_reset(d);
	p = d->pen;
	p.bg = bg;
	/* Whether erasing fills in reverse is not agreed upon. */
	p.attr &= ~ATTR_ON_BLANK;
	p.us = (p.attr & ATTR_UL_MASK) ? p.us : COLOUR_DEFAULT;
	p.link = NULL;
	draw_pen_set(d, &p);
}

void
draw_acs(struct tty_draw *d, bool on)
{
	if (d->acs_on == on)
		return;
	tinfo_put(d->ti, &d->body, on ? TI_SMACS : TI_RMACS, 0, NULL);
	d->acs_on = on;
}
