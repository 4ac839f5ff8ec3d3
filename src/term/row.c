/* SPDX-License-Identifier: ISC */

/*
 * row.c - one line of cells, reference counted, frozen once shared.
 *
 * The rare parts of cells (clusters, underline colours, links) are in a table
 * that belongs to the row.  Entries are only appended: a cell that is
 * overwritten leaves its entry behind, and when the table is full the entries
 * that no cell names any more are squeezed out before it grows.  Equal
 * neighbours share an entry, so that a hyperlinked line costs one.
 *
 * A row of refs > 1 or with an id is never written; every writer here
 * checks that with must(), for a write to a shared row would show up on
 * another's screen, far from its cause.
 */

#include "term/row.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static const struct cell cell_blank;

/* --- links ------------------------------------------------------------- */

struct link *
link_new(const char *id, const char *uri)
{
	struct link	*l = xcalloc(1, sizeof *l);

	l->refs = 1;
	l->id = xstrndup(id == NULL ? "" : id, LINK_ID_MAX);
	l->uri = xstrndup(uri, LINK_URI_MAX);
	return (l);
}

struct link *
link_ref(struct link *l)
{
	if (l != NULL)
		l->refs++;
	return (l);
}

void
link_unref(struct link *l)
{
	if (l == NULL || --l->refs != 0)
		return;
	free(l->id);
	free(l->uri);
	free(l);
}

bool
link_same(const struct link *a, const struct link *b)
{
	if (a == b)
		return (true);
	if (a == NULL || b == NULL)
		return (false);
	return (strcmp(a->id, b->id) == 0 && strcmp(a->uri, b->uri) == 0);
}

/* --- the table of rare parts ------------------------------------------- */

static bool
ext_same(const struct cell_ext *a, const struct cell_ext *b)
{
	return (a->us == b->us && a->more == b->more &&
	    link_same(a->link, b->link) &&
	    memcmp(a->cps, b->cps, a->more * sizeof a->cps[0]) == 0);
}

static bool
ext_is_plain(const struct cell_ext *e)
{
	return (e == NULL ||
	    (e->us == COLOUR_DEFAULT && e->link == NULL && e->more == 0));
}

static void
ext_drop_all(struct row *r)
{
	int	 i;

	for (i = 0; i < r->next; i++)
		link_unref(r->ext[i].link);
	r->next = 0;
}

/* Squeeze out the entries that no cell names. */
static void
ext_squeeze(struct row *r)
{
	uint16_t	*to = xcalloc(r->next, sizeof *to);
	int		 i, n = 0;

	for (i = 0; i < r->used; i++) {
		if (r->cells[i].ext != 0)
			to[r->cells[i].ext - 1] = 1;
	}
	for (i = 0; i < r->next; i++) {
		if (to[i] == 0) {
			link_unref(r->ext[i].link);
			continue;
		}
		r->ext[n] = r->ext[i];
		to[i] = ++n;
	}
	for (i = 0; i < r->used; i++) {
		if (r->cells[i].ext != 0)
			r->cells[i].ext = to[r->cells[i].ext - 1];
	}
	r->next = n;
	free(to);
}

/* The index + 1 of an entry equal to e, which is not plain. */
static uint16_t
ext_add(struct row *r, const struct cell_ext *e)
{
	struct cell_ext	 keep = *e;	/* e may point into the table */
	int		 cap;

	if (r->next > 0 && ext_same(&r->ext[r->next - 1], &keep))
		return (r->next);
	link_ref(keep.link);
	if (r->next == r->ext_cap) {
		ext_squeeze(r);
		if (r->next * 2 >= r->ext_cap) {
			cap = r->ext_cap == 0 ? 4 : r->ext_cap * 2;
			r->ext = xreallocarray(r->ext, cap, sizeof *r->ext);
			r->ext_cap = cap;
		}
	}
	r->ext[r->next] = keep;
	if (r->ext[r->next].more > CLUSTER_MORE_MAX)
		r->ext[r->next].more = CLUSTER_MORE_MAX;
	return (++r->next);
}

/* What is left of a wide character when its other half went. */
static void
cell_halve(struct cell *c)
{
	c->ch = 0;
	c->ext = 0;
}

/* --- life -------------------------------------------------------------- */

struct row *
row_new(int cols)
{
	struct row	*r;

	must(cols >= 1 && cols <= ROW_COLS_MAX);
	r = xcalloc(1, sizeof *r + cols * sizeof r->cells[0]);
	r->refs = 1;
	r->cols = cols;
	return (r);
}

struct row *
row_ref(struct row *r)
{
	r->refs++;
	return (r);
}

void
row_unref(struct row *r)
{
	if (r == NULL)
		return;
	must(r->refs > 0);
	if (--r->refs != 0)
		return;
	ext_drop_all(r);
	free(r->ext);
	free(r);
}

struct row *
row_copy(const struct row *r, int cols)
{
	struct row	*c = row_new(cols);
	int		 i;

	c->flags = r->flags;
	c->used = r->used < cols ? r->used : cols;
	memcpy(c->cells, r->cells, c->used * sizeof c->cells[0]);
	if (c->used > 0 && (c->cells[c->used - 1].ch & CELL_WIDE))
		cell_halve(&c->cells[c->used - 1]);
	if (r->next != 0) {
		c->ext = xreallocarray(NULL, r->next, sizeof *c->ext);
		c->ext_cap = c->next = r->next;
		memcpy(c->ext, r->ext, r->next * sizeof *c->ext);
		for (i = 0; i < c->next; i++)
			link_ref(c->ext[i].link);
	}
	return (c);
}

struct row *
row_own(struct row **slot, int cols)
{
	struct row	*r = *slot;

	if (r->refs == 1 && r->id == 0 && r->cols >= cols)
		return (r);
	*slot = row_copy(r, r->cols > cols ? r->cols : cols);
	row_unref(r);
	return (*slot);
}

void
row_wipe(struct row *r)
{
	must(r->refs == 1 && r->id == 0);
	memset(r->cells, 0, r->used * sizeof r->cells[0]);
	if (r->next != 0)
		ext_drop_all(r);
	r->used = 0;
	r->flags = 0;
}

/* --- comparing --------------------------------------------------------- */

static bool
cell_same(const struct row *a, const struct cell *ca, const struct row *b,
    const struct cell *cb)
{
	if (ca->ch != cb->ch || ca->fg != cb->fg || ca->bg != cb->bg ||
	    ca->attr != cb->attr || (ca->ext == 0) != (cb->ext == 0))
		return (false);
	return (ca->ext == 0 ||
	    ext_same(&a->ext[ca->ext - 1], &b->ext[cb->ext - 1]));
}

bool
row_same(const struct row *a, const struct row *b)
{
	const struct row	*l = a->used > b->used ? a : b;
	int			 i, n = a->used < b->used ? a->used : b->used;

	if (a == b)
		return (true);
	if (a->flags != b->flags)
		return (false);
	if (a->next == 0 && b->next == 0) {
		if (memcmp(a->cells, b->cells, n * sizeof a->cells[0]) != 0)
			return (false);
	} else {
		for (i = 0; i < n; i++) {
			if (!cell_same(a, &a->cells[i], b, &b->cells[i]))
				return (false);
		}
	}
	for (i = n; i < l->used; i++) {
		if (memcmp(&l->cells[i], &cell_blank, sizeof cell_blank) != 0)
			return (false);
	}
	return (true);
}

int
row_extent(const struct row *r)
{
	int	 n = r->used;

	while (n > 0 && cell_is_blank(&r->cells[n - 1]))
		n--;
	return (n);
}

const char *
row_check(const struct row *r)
{
	int	 i;

	if (r->refs == 0)
		return ("row without references");
	if (r->cols < 1 || r->cols > ROW_COLS_MAX || r->used > r->cols)
		return ("row with impossible sizes");
	if (r->next > r->ext_cap)
		return ("row with more rare parts than room");
	for (i = r->used; i < r->cols; i++) {
		if (memcmp(&r->cells[i], &cell_blank, sizeof cell_blank) != 0)
			return ("cell beyond used is not blank");
	}
	for (i = 0; i < r->used; i++) {
		const struct cell	*c = &r->cells[i];

		if (c->ext > r->next)
			return ("cell names a rare part that is not there");
		if ((c->ch & CELL_CLUSTER) &&
		    (c->ext == 0 || r->ext[c->ext - 1].more == 0))
			return ("cluster without code points");
		if (!(c->ch & CELL_CLUSTER) &&
		    c->ext != 0 && r->ext[c->ext - 1].more != 0)
			return ("code points without a cluster");
		if ((c->ch & CELL_WIDE) && (i + 1 >= r->used ||
		    !(r->cells[i + 1].ch & CELL_TAIL)))
			return ("wide character without its tail");
		if ((c->ch & CELL_TAIL) &&
		    (i == 0 || !(r->cells[i - 1].ch & CELL_WIDE)))
			return ("tail without its wide character");
		if (cell_cp(c) > 0x10ffff)
			return ("not a code point");
	}
	return (NULL);
}

/* --- writing ----------------------------------------------------------- */

/* Leave no half of a wide character outside when [x, end) is overwritten. */
static void
split_edges(struct row *r, int x, int end)
{
	if (x > 0 && x < r->used && (r->cells[x].ch & CELL_TAIL))
		cell_halve(&r->cells[x - 1]);
	if (end < r->used && (r->cells[end].ch & CELL_TAIL))
		cell_halve(&r->cells[end]);
}

void
row_clear(struct row *r, int x, int n, uint32_t bg)
{
	int	 i, end;

	must(r->refs == 1 && r->id == 0);
	if (x < 0) {
		n += x;
		x = 0;
	}
	if (n <= 0 || x >= r->cols)
		return;
	end = n > r->cols - x ? r->cols : x + n;
	split_edges(r, x, end);
	if (bg == COLOUR_DEFAULT) {
		if (x >= r->used)
			return;
		if (end >= r->used) {
			memset(&r->cells[x], 0,
			    (r->used - x) * sizeof r->cells[0]);
			r->used = x;
			if (x == 0 && r->next != 0)
				ext_drop_all(r);
		} else
			memset(&r->cells[x], 0, (end - x) * sizeof r->cells[0]);
		return;
	}
	for (i = x; i < end; i++) {
		r->cells[i] = cell_blank;
		r->cells[i].bg = bg;
	}
	if (r->used < end)
		r->used = end;
}

void
row_put(struct row *r, int x, const struct cell *tmpl, const struct cell_ext *e)
{
	struct cell	 c = *tmpl;
	int		 w = cell_width(&c);

	must(r->refs == 1 && r->id == 0);
	if (x < 0 || x >= r->cols)
		return;
	c.ext = 0;
	c.ch &= ~CELL_CLUSTER;
	if (w == 0 || x + w > r->cols) {
		c.ch = 0;		/* half a character is a blank */
		e = NULL;
		w = 1;
	}
	split_edges(r, x, x + w);
	if (r->used < x + w)
		r->used = x + w;
	if (!ext_is_plain(e)) {
		bool	 more = e->more != 0;	/* e may lie in our table */

		/*
		 * What is overwritten must not keep an entry alive that
		 * squeezing renumbers under us.
		 */
		r->cells[x].ext = 0;
		if (w == 2)
			r->cells[x + 1].ext = 0;
		c.ext = ext_add(r, e);
		if (more)
			c.ch |= CELL_CLUSTER;
	}
	r->cells[x] = c;
	if (w == 2) {
		c.ch = CELL_TAIL;
		c.ext = 0;
		r->cells[x + 1] = c;
	}
}

#ifdef __SSE2__
/* Four cells: characters v, foreground fg, and what is above it. */
static inline void
fill4(struct cell *d, __m128i v, __m128i fg, __m128i rest)
{
	__m128i	*to = (__m128i *)d;
	__m128i	 low = _mm_unpacklo_epi32(v, fg);
	__m128i	 high = _mm_unpackhi_epi32(v, fg);

	_mm_storeu_si128(to, _mm_unpacklo_epi64(low, rest));
	_mm_storeu_si128(to + 1, _mm_unpackhi_epi64(low, rest));
	_mm_storeu_si128(to + 2, _mm_unpacklo_epi64(high, rest));
	_mm_storeu_si128(to + 3, _mm_unpackhi_epi64(high, rest));
}

/* Sixteen cells of a template. */
static inline void
fill16(struct cell *d, const uint8_t *s, __m128i fg, __m128i rest)
{
	const __m128i	 zero = _mm_setzero_si128();
	__m128i		 v = _mm_loadu_si128((const __m128i *)s);
	__m128i		 low = _mm_unpacklo_epi8(v, zero);
	__m128i		 high = _mm_unpackhi_epi8(v, zero);

	fill4(d, _mm_unpacklo_epi16(low, zero), fg, rest);
	fill4(d + 4, _mm_unpackhi_epi16(low, zero), fg, rest);
	fill4(d + 8, _mm_unpacklo_epi16(high, zero), fg, rest);
	fill4(d + 12, _mm_unpackhi_epi16(high, zero), fg, rest);
}
#endif

void
row_fill_ascii(struct row *r, int x, const uint8_t *s, int n,
    const struct cell *tmpl, const struct cell_ext *e)
{
	struct cell	*d, c = *tmpl;
	int		 i = 0;

	must(r->refs == 1 && r->id == 0 && x >= 0 && n >= 0 &&
	    x + n <= r->cols);
	if (n == 0)
		return;
	split_edges(r, x, x + n);
	if (r->used < x + n)
		r->used = x + n;
	d = &r->cells[x];
	c.ch = 0;
	c.ext = 0;
	if (!ext_is_plain(e)) {
		for (; i < n; i++)
			d[i].ext = 0;
		i = 0;
		c.ext = ext_add(r, e);
	}
#ifdef __SSE2__
	if (n >= 16) {
		__m128i	 t = _mm_loadu_si128((const __m128i *)&c);
		__m128i	 fg = _mm_shuffle_epi32(t, 0x55);
		__m128i	 rest = _mm_unpackhi_epi64(t, t);

		for (; i + 16 <= n; i += 16)
			fill16(&d[i], s + i, fg, rest);
		if (i < n)		/* some of them again */
			fill16(&d[n - 16], s + n - 16, fg, rest);
		return;
	}
#endif
	for (; i < n; i++)
		cell_stamp(&d[i], &c, s[i]);
}

void
row_copy_cells(struct row *dst, int dx, const struct row *src, int sx, int n)
{
	struct cell	*tmp = NULL;
	const struct cell *from;
	bool		 cut_l, cut_r;
	int		 i;

	must(dst->refs == 1 && dst->id == 0);
	if (sx < 0) {
		dx -= sx;
		n += sx;
		sx = 0;
	}
	if (dx < 0) {
		sx -= dx;
		n += dx;
		dx = 0;
	}
	if (n > src->cols - sx)
		n = src->cols - sx;
	if (n > dst->cols - dx)
		n = dst->cols - dx;
	if (n <= 0)
		return;
	/* Which halves lose their other half, outside and at the seams. */
	cut_l = dx > 0 && (dst->cells[dx].ch & CELL_TAIL);
	cut_r = dx + n < dst->cols && (dst->cells[dx + n].ch & CELL_TAIL);
	from = &src->cells[sx];
	if (dst == src) {
		/* Rare parts stay where they are: the cells can just move. */
		memmove(&dst->cells[dx], from, n * sizeof *from);
	} else if (src->next == 0)
		memcpy(&dst->cells[dx], from, n * sizeof *from);
	else {
		const struct cell_ext	*last = NULL;
		uint16_t		 last_ext = 0;

		memset(&dst->cells[dx], 0, n * sizeof *from);
		if (dst->used < dx + n)
			dst->used = dx + n;
		tmp = &dst->cells[dx];
		for (i = 0; i < n; i++) {
			const struct cell_ext *e = row_ext(src, &from[i]);

			tmp[i] = from[i];
			tmp[i].ext = 0;
			if (e == NULL)
				continue;
			if (e != last || dst->next == dst->ext_cap) {
				last_ext = ext_add(dst, e);
				last = e;
			}
			tmp[i].ext = last_ext;
		}
	}
	if (dst->used < dx + n)
		dst->used = dx + n;
	if (cut_l)
		cell_halve(&dst->cells[dx - 1]);
	if (cut_r)
		cell_halve(&dst->cells[dx + n]);
	if (dst->cells[dx].ch & CELL_TAIL)
		cell_halve(&dst->cells[dx]);
	if (dst->cells[dx + n - 1].ch & CELL_WIDE)
		cell_halve(&dst->cells[dx + n - 1]);
	dst->used = row_extent(dst);
}

/* --- reading ----------------------------------------------------------- */

const struct cell_ext *
row_ext(const struct row *r, const struct cell *c)
{
	if (c->ext == 0 || c->ext > r->next)
		return (NULL);
	return (&r->ext[c->ext - 1]);
}

size_t
row_text(const struct row *r, int x, int n, char *out, size_t cap)
{
	const struct cell_ext	*e;
	const struct cell	*c;
	char			 u[4];
	size_t			 len = 0, k, l;
	int			 i;

	if (cap == 0)
		return (0);
	if (x < 0) {
		n += x;
		x = 0;
	}
	for (; n > 0 && x < r->cols; x++, n--) {
		c = &r->cells[x];
		if (c->ch & CELL_TAIL)
			continue;
		e = (c->ch & CELL_CLUSTER) ? row_ext(r, c) : NULL;
		for (i = 0; i <= (e == NULL ? 0 : e->more); i++) {
			uint32_t cp = i == 0 ? cell_cp(c) : e->cps[i - 1];

			l = utf8_encode(cp == 0 ? ' ' : cp, u);
			if (len + l >= cap) {
				out[len] = '\0';
				return (len);
			}
			for (k = 0; k < l; k++)
				out[len++] = u[k];
		}
	}
	out[len] = '\0';
	return (len);
}
