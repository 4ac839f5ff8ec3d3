/* SPDX-License-Identifier: ISC */

/*
 * rowop.c - one row as operations on another row.
 *
 * The writer walks over characters, not cells: a wide character and its tail
 * are one unit, and a tail has no colours of its own on the wire.  Equal
 * stretches of three cells and more are skipped; shorter ones are cheaper as
 * text.  The reader builds from left to right into a blank row, so that it
 * never overwrites half of a wide character.
 */

#include "view/rowop.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "wire/messages.h"

#define OP_SKIP		0
#define OP_TEXT		1
#define OP_WIDE		2
#define OP_REPEAT	3
#define OP_STYLE	4
#define OP_CLUSTER	5
#define OP_CLUSTER2	6
#define OP_CONTROL	7

#define CONTROL_END	0
#define CONTROL_ERASE	1
#define CONTROL_FLAGS	2

#define OP_INLINE_MAX	30	/* larger n: 31 and a varint */

#define STYLE_FG	0x01
#define STYLE_BG	0x02
#define STYLE_ATTR	0x04
#define STYLE_US	0x08
#define STYLE_LINK	0x10
#define STYLE_ALL	0x1f

#define STYLES_MAX	(PALETTE_MAX + 1)	/* the default is not counted */
#define HASH_SIZE	16384			/* > 2 * STYLES_MAX */

#define SKIP_MIN	3	/* cells; a SKIP and a new TEXT are two bytes */
#define REPEAT_MIN	4

#define ROW_FLAGS_ALL	(ROW_WRAPPED | ROW_PROMPT | ROW_OUTPUT | ROW_DWIDTH | \
			 ROW_DHIGH_TOP | ROW_DHIGH_LOW)

static const struct cell cell_blank;

/* --- palette ----------------------------------------------------------- */

void
rowop_palette_init(struct rowop_palette *p)
{
	memset(p, 0, sizeof *p);
	rowop_palette_clear(p);
}

void
rowop_palette_fini(struct rowop_palette *p)
{
	rowop_palette_cut(p, 1, 0);
	free(p->style);
	free(p->link);
	free(p->hash);
	memset(p, 0, sizeof *p);
}

void
rowop_palette_clear(struct rowop_palette *p)
{
	if (p->cstyle == 0) {
		p->cstyle = 16;
		p->style = xcalloc(p->cstyle, sizeof *p->style);
		p->nstyle = 1;
	}
	rowop_palette_cut(p, 1, 0);
}

static unsigned
style_hash(const struct rowop_style *s)
{
	uint64_t	 h;

	h = s->fg * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ s->bg) * UINT64_C(0xff51afd7ed558ccd);
	h = (h ^ s->us ^ (uint64_t)s->attr << 32) *
	    UINT64_C(0xc4ceb9fe1a85ec53);
	h ^= (uintptr_t)s->link;
	h ^= h >> 29;
	return ((unsigned)(h * UINT64_C(0x9e3779b97f4a7c15) >> 50));
}
_Static_assert(HASH_SIZE == 1 << 14, "style_hash gives 14 bits");

static bool
style_same(const struct rowop_style *a, const struct rowop_style *b)
{
	return (a->fg == b->fg && a->bg == b->bg && a->us == b->us &&
	    a->attr == b->attr && a->link == b->link);
}

/* The slot of a style in the hash, or the free one where it belongs. */
static unsigned
hash_find(const struct rowop_palette *p, const struct rowop_style *s)
{
	unsigned	 h = style_hash(s);

	while (p->hash[h] != 0 &&
	    !style_same(&p->style[p->hash[h] - 1], s))
		h = (h + 1) % HASH_SIZE;
	return (h);
}

void
rowop_palette_cut(struct rowop_palette *p, size_t nstyle, size_t nlink)
{
	size_t		 i;
	unsigned	 h;

	/* Last in, first out, so chains stay whole. */
	if (p->hash != NULL) {
		for (i = p->nstyle; i > nstyle; i--) {
			h = hash_find(p, &p->style[i - 1]);
			p->hash[h] = 0;
		}
	}
	if (p->nstyle > nstyle)
		p->nstyle = nstyle;
	while (p->nlink > nlink)
		link_unref(p->link[--p->nlink]);
}

static void
palette_add(struct rowop_palette *p, const struct rowop_style *s)
{
	if (p->nstyle == p->cstyle) {
		p->style = xreallocarray(p->style, p->cstyle * 2,
		    sizeof *p->style);
		p->cstyle *= 2;
	}
	p->style[p->nstyle++] = *s;
}

/* Takes the reference. */
static struct link *
palette_add_link(struct rowop_palette *p, struct link *l)
{
	if (p->nlink == p->clink) {
		p->clink = p->clink == 0 ? 8 : p->clink * 2;
		p->link = xreallocarray(p->link, p->clink, sizeof *p->link);
	}
	return (p->link[p->nlink++] = l);
}

/* --- what a viewer sees ------------------------------------------------ */

static const struct cell *
cell_at(const struct row *r, int x)
{
	return (r != NULL && x < r->used ? &r->cells[x] : &cell_blank);
}

/* Columns of the unit at x; a stray tail counts as a blank. */
static int
unit_width(const struct row *r, int x)
{
	return ((cell_at(r, x)->ch & CELL_WIDE) && x + 1 < r->cols ? 2 : 1);
}

static bool
ext_equal(const struct row *a, const struct cell *ca, const struct row *b,
    const struct cell *cb)
{
	static const struct cell_ext	 none;
	const struct cell_ext		*ea, *eb;

	if (ca->ext == 0 && cb->ext == 0)
		return (true);
	ea = ca->ext == 0 ? &none : row_ext(a, ca);
	eb = cb->ext == 0 ? &none : row_ext(b, cb);
	if (ea == NULL || eb == NULL)
		return (false);
	return (ea->us == eb->us && ea->more == eb->more &&
	    link_same(ea->link, eb->link) &&
	    memcmp(ea->cps, eb->cps, ea->more * sizeof ea->cps[0]) == 0);
}

/* The character at x is the same in both. */
static bool
unit_equal(const struct row *a, const struct row *b, int x)
{
	const struct cell	*ca = cell_at(a, x), *cb = cell_at(b, x);

	if (ca->ch & cb->ch & CELL_TAIL)
		return (true);	/* the heads were compared */
	return (ca->ch == cb->ch && ca->fg == cb->fg && ca->bg == cb->bg &&
	    ((ca->attr ^ cb->attr) & ATTR_VISIBLE) == 0 &&
	    ext_equal(a, ca, b, cb));
}

/* Behind the last cell that can be told from a blank one. */
static int
row_end(const struct row *r)
{
	int	 x = r->used;

	while (x > 0 && unit_equal(r, NULL, x - 1))
		x--;
	return (x);
}

bool
rowop_blank(const struct row *r)
{
	int	 x;

	if ((r->flags & ROW_FLAGS_ALL) != 0)
		return (false);
	for (x = 0; x < r->used; x++) {
		if (!unit_equal(r, NULL, x))
			return (false);
	}
	return (true);
}

bool
rowop_equal(const struct row *a, const struct row *b)
{
	int	 x, end;

	if (a == b)
		return (true);
	if ((a->flags & ROW_FLAGS_ALL) != (b->flags & ROW_FLAGS_ALL))
		return (false);
	end = a->used > b->used ? a->used : b->used;
	for (x = 0; x < end; x++) {
		if (!unit_equal(a, b, x))
			return (false);
	}
	return (true);
}

int
rowop_likeness(const struct row *r, const struct row *base)
{
	int	 x, n = 0, end = r->used < base->used ? r->used : base->used;

	for (x = 0; x < end; x++) {
		if ((r->cells[x].ch & CELL_CP_MASK) > ' ' &&
		    r->cells[x].ch == base->cells[x].ch &&
		    r->cells[x].fg == base->cells[x].fg)
			n++;
	}
	return (n);
}

/* --- writing ----------------------------------------------------------- */

static void
write_op(struct writer *w, unsigned kind, unsigned n)
{
	if (n <= OP_INLINE_MAX) {
		writer_u8(w, kind << 5 | n);
		return;
	}
	writer_u8(w, kind << 5 | (OP_INLINE_MAX + 1));
	writer_varint(w, n - (OP_INLINE_MAX + 1));
}

static bool
cp_good(uint32_t cp)
{
	return ((cp >= 0x20 && cp < 0x7f) || (cp >= 0xa0 && cp < 0xd800) ||
	    (cp >= 0xe000 && cp <= 0x10ffff));
}

static void
write_cp(struct writer *w, uint32_t cp)
{
	char	 u[4];

	if (cp < 0x80) {
		writer_u8(w, cp_good(cp) || cp == 0 ? cp : '?');
		return;
	}
	writer_bytes(w, u, utf8_encode(cp_good(cp) ? cp : UTF8_REPLACEMENT, u));
}

void
rowop_write_colour(struct writer *w, uint32_t c)
{
	if ((c & COLOUR_KIND) == COLOUR_RGB)
		writer_varint(w, 256 + (c & 0xffffff));
	else
		writer_varint(w, c & 0xff);
}

/* No byte that a terminal would act upon. */
static bool
text_good(const char *s, size_t len)
{
	uint32_t	 cp;
	int		 n;

	while (len > 0) {
		n = utf8_decode((const uint8_t *)s, len, &cp);
		if (n == 0 || !cp_good(cp))
			return (false);
		s += n;
		len -= n;
	}
	return (true);
}

static void
write_link(struct rowop_palette *p, struct writer *w, struct link *l)
{
	size_t	 i;

	for (i = 0; i < p->nlink; i++) {
		if (link_same(p->link[i], l))
			break;
	}
	writer_varint(w, i);
	if (i < p->nlink)
		return;
	writer_str(w, l->id, strlen(l->id));
	writer_str(w, l->uri, strlen(l->uri));
	palette_add_link(p, link_ref(l));
}

static void
write_style(struct rowop_palette *p, struct writer *w,
    const struct rowop_style *s)
{
	uint8_t		 what = 0;
	unsigned	 h;

	if (p->hash == NULL) {
		p->hash = xcalloc(HASH_SIZE, sizeof *p->hash);
		/* The writer's alone: a reader has no use for it. */
		must(p->nstyle == 1);
	}
	if (s->fg == 0 && s->bg == 0 && s->us == 0 && s->attr == 0 &&
	    s->link == NULL) {
		write_op(w, OP_STYLE, 0);
		return;
	}
	h = hash_find(p, s);
	if (p->hash[h] != 0) {
		write_op(w, OP_STYLE, p->hash[h] - 1);
		return;
	}
	if (p->nstyle == STYLES_MAX) {
		write_op(w, OP_STYLE, 0);	/* out of paint */
		return;
	}
	write_op(w, OP_STYLE, p->nstyle);
	what |= s->fg != COLOUR_DEFAULT ? STYLE_FG : 0;
	what |= s->bg != COLOUR_DEFAULT ? STYLE_BG : 0;
	what |= s->attr != 0 ? STYLE_ATTR : 0;
	what |= s->us != COLOUR_DEFAULT ? STYLE_US : 0;
	what |= s->link != NULL ? STYLE_LINK : 0;
	writer_u8(w, what);
	if (what & STYLE_FG)
		rowop_write_colour(w, s->fg);
	if (what & STYLE_BG)
		rowop_write_colour(w, s->bg);
	if (what & STYLE_ATTR)
		writer_varint(w, s->attr);
	if (what & STYLE_US)
		rowop_write_colour(w, s->us);
	if (what & STYLE_LINK)
		write_link(p, w, s->link);
	palette_add(p, s);
	p->hash[h] = p->nstyle;
}

static void
cell_style(const struct row *r, int x, enum rowop_level level,
    struct rowop_style *s)
{
	const struct cell	*c = cell_at(r, x);
	const struct cell_ext	*e;

	s->fg = c->fg;
	s->bg = c->bg;
	s->attr = c->attr & ATTR_VISIBLE;
	s->us = COLOUR_DEFAULT;
	s->link = NULL;
	if (c->ext == 0 || (e = row_ext(r, c)) == NULL)
		return;
	s->us = e->us;
	if (level == ROWOP_ALL && e->link != NULL && *e->link->uri != '\0' &&
	    text_good(e->link->id, strlen(e->link->id)) &&
	    text_good(e->link->uri, strlen(e->link->uri)))
		s->link = e->link;
}

/* The code points behind the first, 0 if there are none to be sent. */
static int
cell_more(const struct row *r, int x, enum rowop_level level,
    const struct cell_ext **e)
{
	const struct cell	*c = cell_at(r, x);

	if (!(c->ch & CELL_CLUSTER) || level == ROWOP_NO_CLUSTERS)
		return (0);
	if ((*e = row_ext(r, c)) == NULL || cell_cp(c) == 0)
		return (0);
	return ((*e)->more > CLUSTER_MORE_MAX ? CLUSTER_MORE_MAX : (*e)->more);
}

/*
 * One operation for the characters from x to end that share style s and the
 * width of the first; returns where it stopped.
 */
static int
write_text(struct writer *w, const struct row *r, const struct row *base,
    int x, int end, const struct rowop_style *s, enum rowop_level level)
{
	const struct cell_ext	*e;
	struct rowop_style	 t;
	uint32_t		 ch = cell_at(r, x)->ch;
	int			 width = unit_width(r, x), i, n, same, rep = 0;

	if ((n = cell_more(r, x, level, &e)) > 0) {
		write_op(w, width == 2 ? OP_CLUSTER2 : OP_CLUSTER, n - 1);
		write_cp(w, ch & CELL_CP_MASK);
		for (i = 0; i < n; i++)
			write_cp(w, e->cps[i] == 0 ? UTF8_REPLACEMENT :
			    e->cps[i]);
		return (x + width);
	}
	/* How far does it go: until style, width or worth changes. */
	same = 0;
	for (i = x; i < end; i += width) {
		if (i != x) {
			if (unit_width(r, i) != width ||
			    cell_more(r, i, level, &e) > 0)
				break;
			cell_style(r, i, level, &t);
			if (!style_same(&t, s))
				break;
		}
		if (unit_equal(r, base, i) && (same += width) >= SKIP_MIN) {
			i -= same - width;
			break;
		} else if (!unit_equal(r, base, i))
			same = 0;
		if (width == 1) {
			rep = i > x && cell_cp(cell_at(r, i)) ==
			    cell_cp(cell_at(r, i - 1)) ? rep + 1 : 1;
			if (rep == REPEAT_MIN) {
				if (i - (REPEAT_MIN - 1) != x) {
					i -= REPEAT_MIN - 1;
					break;
				}
				goto repeat;
			}
		}
	}
	if (i > end)
		i = end;
	n = (i - x) / width;
	write_op(w, width == 2 ? OP_WIDE : OP_TEXT, n - 1);
	for (i = 0; i < n; i++) {
		ch = cell_at(r, x + i * width)->ch;
		write_cp(w, (ch & CELL_TAIL) ? 0 : ch & CELL_CP_MASK);
	}
	return (x + n * width);
repeat:
	for (i++; i < end; i++) {
		if (unit_width(r, i) != 1 || cell_more(r, i, level, &e) > 0 ||
		    cell_cp(cell_at(r, i)) != (ch & CELL_CP_MASK))
			break;
		cell_style(r, i, level, &t);
		if (!style_same(&t, s))
			break;
	}
	write_op(w, OP_REPEAT, i - x - 1);
	write_cp(w, (ch & CELL_TAIL) ? 0 : ch & CELL_CP_MASK);
	return (i);
}

void
rowop_write(struct rowop_palette *p, struct writer *w, const struct row *r,
    const struct row *base, enum rowop_level level)
{
	struct rowop_style	 cur = { 0 }, s;
	unsigned		 flags = r->flags & ROW_FLAGS_ALL;
	int			 x = 0, i, end = row_end(r), old;

	old = base == NULL ? 0 : row_end(base);
	if (flags != (base == NULL ? 0u : base->flags & ROW_FLAGS_ALL)) {
		write_op(w, OP_CONTROL, CONTROL_FLAGS);
		writer_varint(w, flags);
	}
	while (x < end && writer_ok(w)) {
		for (i = x; i < end && unit_equal(r, base, i); )
			i += unit_width(r, i);
		/* Not in the middle of a wide character of the base. */
		if (i >= end && old <= end)
			break;
		if (i - x >= SKIP_MIN || i >= end) {
			write_op(w, OP_SKIP, i - x - 1);
			x = i;
			continue;
		}
		cell_style(r, x, level, &s);
		if (!style_same(&s, &cur)) {
			write_style(p, w, &s);
			cur = s;
		}
		x = write_text(w, r, base, x, end, &s, level);
	}
	write_op(w, OP_CONTROL, old > end ? CONTROL_ERASE : CONTROL_END);
}

/* --- reading ----------------------------------------------------------- */

/* Strict: what write_cp() would not have written is malformed. */
static uint32_t
read_cp(struct reader *r)
{
	uint32_t	 cp = 0;
	int		 n;

	if (reader_left(r) == 0) {
		reader_fail(r);
		return (0);
	}
	if (*r->p < 0x80) {
		cp = reader_u8(r);
		if (cp != 0 && !cp_good(cp))
			reader_fail(r);
		return (cp);
	}
	n = utf8_decode(r->p, reader_left(r), &cp);
	if (n == 0 || !cp_good(cp) || (cp == UTF8_REPLACEMENT &&
	    (n != 3 || memcmp(r->p, "\357\277\275", 3) != 0))) {
		reader_fail(r);
		return (0);
	}
	reader_bytes(r, n);
	return (cp);
}

uint32_t
rowop_read_colour(struct reader *r)
{
	uint64_t	 v = reader_varint_max(r, 256 + 0xffffff);

	return (v < 256 ? COLOUR_INDEXED | (uint32_t)v :
	    COLOUR_RGB | (uint32_t)(v - 256));
}

static struct link *
read_link(struct rowop_palette *p, struct reader *r)
{
	const uint8_t	*id, *uri;
	struct link	*l;
	char		*a, *b;
	size_t		 n, nid, nuri;

	n = reader_varint_max(r, p->nlink);
	if (!reader_ok(r))
		return (NULL);
	if (n < p->nlink)
		return (p->link[n]);
	id = reader_str(r, LINK_ID_MAX, &nid);
	uri = reader_str(r, LINK_URI_MAX, &nuri);
	if (!reader_ok(r) || p->nlink >= PALETTE_MAX || nuri == 0 ||
	    !text_good((const char *)id, nid) ||
	    !text_good((const char *)uri, nuri)) {
		reader_fail(r);
		return (NULL);
	}
	a = xstrndup((const char *)id, nid);
	b = xstrndup((const char *)uri, nuri);
	l = palette_add_link(p, link_new(a, b));
	free(a);
	free(b);
	return (l);
}

static void
read_style(struct rowop_palette *p, struct reader *r, uint64_t n,
    struct rowop_style *s)
{
	uint8_t	 what;

	if (n < p->nstyle) {
		*s = p->style[n];
		return;
	}
	memset(s, 0, sizeof *s);
	what = reader_u8(r);
	if (n != p->nstyle || n >= STYLES_MAX || what > STYLE_ALL) {
		reader_fail(r);
		return;
	}
	if (what & STYLE_FG)
		s->fg = rowop_read_colour(r);
	if (what & STYLE_BG)
		s->bg = rowop_read_colour(r);
	if (what & STYLE_ATTR)
		s->attr = reader_varint_max(r, ATTR_VISIBLE);
	if (what & STYLE_US)
		s->us = rowop_read_colour(r);
	if (what & STYLE_LINK)
		s->link = read_link(p, r);
	if (reader_ok(r))
		palette_add(p, s);
}

/* Room for cells up to end; false (and bad) if that is too much. */
static bool
row_reach(struct reader *r, struct row **row, uint64_t end)
{
	int	 cols;

	if (end > ROW_CELLS_MAX) {
		reader_fail(r);
		return (false);
	}
	if ((int)end > (*row)->cols) {
		cols = (int)end + (int)end / 2;
		row_own(row, cols > ROW_CELLS_MAX ? ROW_CELLS_MAX : cols);
	}
	return (true);
}

static void
put(struct row *row, int x, uint32_t ch, const struct rowop_style *s)
{
	struct cell	*c;
	struct cell	 t = { .ch = ch, .fg = s->fg, .bg = s->bg,
			    .attr = s->attr };
	struct cell_ext	 e;
	int		 width = (ch & CELL_WIDE) ? 2 : 1;

	if (s->us != COLOUR_DEFAULT || s->link != NULL) {
		memset(&e, 0, sizeof e);
		e.us = s->us;
		e.link = s->link;
		row_put(row, x, &t, &e);
		return;
	}
	c = &row->cells[x];
	*c = t;
	if (width == 2) {
		c[1] = t;
		c[1].ch = CELL_TAIL;
	}
	row->used = x + width;
}

static void
put_cluster(struct row *row, struct reader *r, int x, int width, int more,
    const struct rowop_style *s)
{
	struct cell	 t = { .fg = s->fg, .bg = s->bg, .attr = s->attr };
	struct cell_ext	 e = { .us = s->us, .link = s->link };
	int		 i;

	t.ch = read_cp(r);
	if (t.ch == 0)
		reader_fail(r);
	if (width == 2)
		t.ch |= CELL_WIDE;
	for (i = 0; i < more; i++) {
		if ((e.cps[i] = read_cp(r)) == 0)
			reader_fail(r);
	}
	e.more = more;
	if (reader_ok(r))
		row_put(row, x, &t, &e);
}

static void
skip(struct row *row, const struct row *base, int x, int n)
{
	if (base != NULL && x < base->used)
		row_copy_cells(row, x, base, x,
		    n > base->used - x ? base->used - x : n);
}

struct row *
rowop_read(struct rowop_palette *p, struct reader *r, const struct row *base,
    int cols)
{
	struct rowop_style	 s = { 0 };
	struct row		*row;
	uint64_t		 n, i, x = 0;
	uint32_t		 cp;
	unsigned		 kind;

	row = row_new(cols < 1 ? 1 : cols);
	row->flags = base == NULL ? 0 : base->flags;
	for (;;) {
		n = reader_u8(r);
		kind = (unsigned)n >> 5;
		n &= 0x1f;
		if (n == OP_INLINE_MAX + 1)
			n += reader_varint_max(r, ROW_CELLS_MAX);
		if (!reader_ok(r))
			break;
		switch (kind) {
		case OP_SKIP:
			if (row_reach(r, &row, x + n + 1))
				skip(row, base, x, n + 1);
			x += n + 1;
			break;
		case OP_TEXT:
			if (!row_reach(r, &row, x + n + 1))
				break;
			for (i = 0; i <= n && reader_ok(r); i++)
				put(row, x++, read_cp(r), &s);
			break;
		case OP_WIDE:
			if (!row_reach(r, &row, x + 2 * (n + 1)))
				break;
			for (i = 0; i <= n && reader_ok(r); i++, x += 2)
				put(row, x, read_cp(r) | CELL_WIDE, &s);
			break;
		case OP_REPEAT:
			cp = read_cp(r);
			if (!reader_ok(r) || !row_reach(r, &row, x + n + 1))
				break;
			for (i = 0; i <= n; i++)
				put(row, x++, cp, &s);
			break;
		case OP_STYLE:
			read_style(p, r, n, &s);
			break;
		case OP_CLUSTER:
		case OP_CLUSTER2:
			if (n + 1 > CLUSTER_MORE_MAX) {
				reader_fail(r);
				break;
			}
			i = kind == OP_CLUSTER ? 1 : 2;
			if (row_reach(r, &row, x + i))
				put_cluster(row, r, x, i, n + 1, &s);
			x += i;
			break;
		case OP_CONTROL:
			if (n == CONTROL_FLAGS) {
				row->flags = reader_varint_max(r,
				    ROW_FLAGS_ALL);
				break;
			}
			if (n > CONTROL_FLAGS)
				reader_fail(r);
			else if (n == CONTROL_END && base != NULL &&
			    x < base->used &&
			    row_reach(r, &row, base->used))
				skip(row, base, x, base->used - x);
			if (reader_ok(r))
				return (row);
			break;
		}
	}
	row_unref(row);
	return (NULL);
}
