/* SPDX-License-Identifier: ISC */

/*
 * capture.c - rows as text, for capture-pane, copying and dumps.
 *
 * The rendition is carried from cell to cell and from row to row, and only
 * what changes is written; as SGR cannot take single attributes away
 * everywhere alike, taking one away writes a reset and what stays.
 */

#include "term/capture.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define SGR_PARAMS_MAX	160	/* bytes: all attributes and three colours */

static const struct {
	uint16_t	 bit;
	const char	*param;
} sgr_attrs[] = {
	{ ATTR_BOLD,		"1" },
	{ ATTR_DIM,		"2" },
	{ ATTR_ITALIC,		"3" },
	{ ATTR_BLINK,		"5" },
	{ ATTR_REVERSE,		"7" },
	{ ATTR_HIDDEN,		"8" },
	{ ATTR_STRIKE,		"9" },
	{ ATTR_OVERLINE,	"53" },
};

struct params {
	char	 s[SGR_PARAMS_MAX];
	size_t	 len;
};

static void
params_add(struct params *p, const char *s)
{
	size_t	 n = strlen(s);

	if (p->len + n + 2 > sizeof p->s)
		return;
	if (p->len != 0)
		p->s[p->len++] = ';';
	memcpy(p->s + p->len, s, n + 1);
	p->len += n;
}

/* base: 30, 40; 0 for the colour of underlines, which has colons only. */
static void
params_colour(struct params *p, uint32_t c, int base)
{
	char		 t[32];
	unsigned	 r = c >> 16 & 0xff, g = c >> 8 & 0xff, b = c & 0xff;
	unsigned	 n = c & 0xff;

	if (base == 0) {
		if (c == COLOUR_DEFAULT)
			snprintf(t, sizeof t, "59");
		else if ((c & COLOUR_KIND) == COLOUR_INDEXED)
			snprintf(t, sizeof t, "58:5:%u", n);
		else
			snprintf(t, sizeof t, "58:2::%u:%u:%u", r, g, b);
	} else if (c == COLOUR_DEFAULT)
		snprintf(t, sizeof t, "%d", base + 9);
	else if ((c & COLOUR_KIND) != COLOUR_INDEXED)
		snprintf(t, sizeof t, "%d;2;%u;%u;%u", base + 8, r, g, b);
	else if (n < 8)
		snprintf(t, sizeof t, "%u", base + n);
	else if (n < 16)
		snprintf(t, sizeof t, "%u", base + 60 + n - 8);
	else
		snprintf(t, sizeof t, "%d;5;%u", base + 8, n);
	params_add(p, t);
}

static void
sgr_params(struct params *p, const struct cell *from, uint32_t from_us,
    const struct cell *to, uint32_t to_us)
{
	uint16_t	 fa = from->attr & ATTR_VISIBLE;
	uint16_t	 ta = to->attr & ATTR_VISIBLE;
	uint32_t	 ffg = from->fg, fbg = from->bg;
	size_t		 i;

	p->len = 0;
	p->s[0] = '\0';
	if (((fa & ~ta) & ~ATTR_UL_MASK) != 0 ||
	    ((fa & ATTR_UL_MASK) != 0 && (ta & ATTR_UL_MASK) == 0)) {
		params_add(p, "0");
		fa = 0;
		ffg = fbg = from_us = COLOUR_DEFAULT;
	}
	for (i = 0; i < sizeof sgr_attrs / sizeof sgr_attrs[0]; i++) {
		if ((ta & ~fa) & sgr_attrs[i].bit)
			params_add(p, sgr_attrs[i].param);
	}
	if ((ta & ATTR_UL_MASK) != (fa & ATTR_UL_MASK)) {
		char	 t[8];

		if ((ta & ATTR_UL_MASK) == ATTR_UL_SINGLE)
			snprintf(t, sizeof t, "4");
		else
			snprintf(t, sizeof t, "4:%u",
			    (unsigned)(ta & ATTR_UL_MASK) >> ATTR_UL_SHIFT);
		params_add(p, t);
	}
	if (to->fg != ffg)
		params_colour(p, to->fg, 30);
	if (to->bg != fbg)
		params_colour(p, to->bg, 40);
	if (to_us != from_us)
		params_colour(p, to_us, 0);
}

static int
add_sgr(struct buf *out, const struct params *p, const char *esc)
{
	if (p->len == 0)
		return (0);
	return (buf_addf(out, "%s[%sm", esc, p->s));
}

void
capture_sgr(struct buf *out, const struct cell *from, uint32_t from_us,
    const struct cell *to, uint32_t to_us)
{
	struct params	 p;

	sgr_params(&p, from, from_us, to, to_us);
	add_sgr(out, &p, "\033");
}

/* Columns worth writing. */
static int
row_end(const struct row *r, int cols, unsigned flags)
{
	int	 end = r->used < cols ? r->used : cols;

	if ((flags & CAPTURE_KEEP_SPACES) &&
	    !(flags & (CAPTURE_NO_TRIM | CAPTURE_JOIN)))
		return (cols);
	if (flags & (CAPTURE_KEEP_SPACES | CAPTURE_JOIN)) {
		/* A wrapped line goes on below: all of it counts. */
		if ((flags & CAPTURE_JOIN) && (r->flags & ROW_WRAPPED) &&
		    end < cols && cols <= r->cols)
			return (cols);
		return (end);
	}
	while (end > 0) {
		const struct cell	*c = &r->cells[end - 1];

		if (cell_cp(c) != 0 && cell_cp(c) != ' ')
			break;
		if (c->ch & CELL_TAIL)
			break;
		if ((flags & CAPTURE_SGR) && (c->bg != COLOUR_DEFAULT ||
		    (c->attr & (ATTR_REVERSE | ATTR_UL_MASK | ATTR_STRIKE |
		    ATTR_OVERLINE)) != 0))
			break;
		end--;
	}
	return (end);
}

static int
add_link(struct buf *out, const struct link *l, unsigned flags)
{
	const char	*esc = flags & CAPTURE_ESCAPE_C0 ? "\\033" : "\033";
	const char	*st = flags & CAPTURE_ESCAPE_C0 ? "\\033\\\\" : "\033\\";

	if (l == NULL)
		return (buf_addf(out, "%s]8;;%s", esc, st));
	if (l->id[0] == '\0')
		return (buf_addf(out, "%s]8;;%s%s", esc, l->uri, st));
	return (buf_addf(out, "%s]8;id=%s;%s%s", esc, l->id, l->uri, st));
}

static int
add_text(struct buf *out, const struct row *r, const struct cell *c,
    unsigned flags)
{
	const struct cell_ext	*e;
	char			 u[4];
	int			 i;
	uint32_t		 cp = cell_cp(c);

	if (cp == 0)
		cp = ' ';
	if (cp == '\\' && (flags & CAPTURE_ESCAPE_C0)) {
		if (buf_addc(out, '\\') != 0)
			return (-1);
	}
	if (buf_add(out, u, utf8_encode(cp, u)) != 0)
		return (-1);
	if (!(c->ch & CELL_CLUSTER) || (e = row_ext(r, c)) == NULL)
		return (0);
	for (i = 0; i < e->more; i++) {
		if (buf_add(out, u, utf8_encode(e->cps[i], u)) != 0)
			return (-1);
	}
	return (0);
}

/*
 * The text of n cells and nothing else, into the buffer's own memory: most
 * rows of most captures.  False if there may be no room for it.
 */
static bool
plain_text(struct buf *out, const struct row *r, int n, unsigned flags)
{
	const struct cell_ext	*e;
	uint8_t			*p, *start;
	uint32_t		 ch, cp;
	size_t			 max = (size_t)n * 4;
	int			 x, i;

	/* An escaped backslash has two bytes; a cluster more than four. */
	if (r->next != 0)
		max *= 1 + CLUSTER_MORE_MAX;
	if ((start = p = buf_reserve(out, max)) == NULL)
		return (false);
	for (x = 0; x < n; x++) {
		ch = r->cells[x].ch;
		if (ch - 1 < 0x7f && ch != '\\') {
			*p++ = (uint8_t)ch;
			continue;
		}
		if (ch & CELL_TAIL)
			continue;
		cp = ch & CELL_CP_MASK;
		if (cp == '\\' && (flags & CAPTURE_ESCAPE_C0))
			*p++ = '\\';
		p += utf8_encode(cp == 0 ? ' ' : cp, (char *)p);
		if (!(ch & CELL_CLUSTER) ||
		    (e = row_ext(r, &r->cells[x])) == NULL)
			continue;
		for (i = 0; i < e->more; i++)
			p += utf8_encode(e->cps[i], (char *)p);
	}
	buf_commit(out, (size_t)(p - start));
	return (true);
}

bool
capture_row(struct buf *out, const struct row *r, int cols, unsigned flags,
    struct capture_state *st)
{
	static const struct cell	 blank;
	const char	*esc = flags & CAPTURE_ESCAPE_C0 ? "\\033" : "\033";
	struct params	 p;
	int		 x, end = row_end(r, cols, flags), bad = 0;

	if (!(flags & (CAPTURE_SGR | CAPTURE_LINKS)) && end <= r->cols &&
	    plain_text(out, r, end, flags))
		return (true);
	for (x = 0; x < end && !bad; x++) {
		const struct cell	*c = x < r->cols ? &r->cells[x] : &blank;
		const struct cell_ext	*e = x < r->cols ? row_ext(r, c) : NULL;
		uint32_t		 us = e == NULL ? COLOUR_DEFAULT : e->us;
		const struct link	*l = e == NULL ? NULL : e->link;

		if (c->ch & CELL_TAIL)
			continue;
		if ((flags & CAPTURE_SGR) && (us != st->us ||
		    !cell_same_style(c, &st->last))) {
			sgr_params(&p, &st->last, st->us, c, us);
			bad |= add_sgr(out, &p, esc);
			st->last = *c;
			st->us = us;
		}
		if ((flags & CAPTURE_LINKS) && l != st->link &&
		    !link_same(l, st->link)) {
			bad |= add_link(out, l, flags);
			st->link = l;
		}
		bad |= add_text(out, r, c, flags);
	}
	/* Rows may be gone before the next: leave no link open. */
	if ((flags & CAPTURE_LINKS) && st->link != NULL) {
		bad |= add_link(out, NULL, flags);
		st->link = NULL;
	}
	return (bad == 0);
}
