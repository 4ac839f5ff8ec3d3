/* SPDX-License-Identifier: ISC */

/*
 * hist.c - lines that left the screen, packed.
 *
 * A line on the screen is 16 bytes a cell; in history it is its text as
 * UTF-8, followed by runs of renditions if it has any: a plain line of 80
 * columns takes 84 bytes.  Packed lines are appended to blocks of 64 KiB:
 *
 *	block -> data   | line | line | line | ...           |  free  |
 *	         off    |  0   |  84  | 190  | ...           |
 *	         links  | hyperlinks of this block's lines   |
 *
 * and unpacked into a row whenever somebody looks.  Blocks behind the newest
 * WARM_LINES are cold: when a block is begun, one that has become so is frozen,
 * its data made smaller (compress.h), at a cost that is bounded by its size.  Whoever
 * looks into a frozen block thaws it into a place of which each history has
 * one, so that going through line by line thaws each block once.
 *
 * Trimming the oldest line only counts `first` up; a block goes when its last
 * line has gone.  All
 * links live in their block and go with it, so nobody walks lines to free.
 *
 * A packed line:
 *
 *	flags	1 byte	HL_*
 *	more	1 byte	row flags above bit 2, if HL_FLAGS
 *	used	varint	cells
 *	text		plain: one byte a cell, ASCII or 0 for a blank
 *			HL_WIDE: see below
 *	exts	varint count, then each; if HL_EXT
 *	runs		if HL_STYLED: varint cells (0: end), rendition
 *
 * HL_WIDE text is UTF-8 with these bytes before a character, which never
 * occur in a cell: 0 a blank, 1 wide character follows, 2 varint count of
 * blanks.  A tail has no text of its own but counts as a cell in runs.
 * A rendition is a byte of RUN_*, then fg, bg (1 byte index or 3 of RGB), attr
 * and ext as varints, whichever it names.
 *
 * Invariants: 1. lines of a block are contiguous, blocks are in order, without
 * gaps: block[i].first + n == block[i + 1].first.  2. no block is empty but
 * perhaps the only one.  3. frozen blocks are never appended to.
 * 4. off[i] < 64 Ki; a line that is longer than a block has one to itself.
 */

#include "term/hist.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/compress.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLOCK_BYTES	65536
#define BLOCK_BYTES_MIN	2048	/* what the first block starts with */
#define WARM_LINES	16384	/* the newest: not frozen, if these are less */
#define WARM_BYTES	(4u << 20)
#define WARM_LINES_MIN	1024
_Static_assert(BLOCK_BYTES <= COMPRESS_MAX, "a block is frozen in one piece");

#define HL_ROW_FLAGS	0x07	/* ROW_WRAPPED, ROW_PROMPT, ROW_OUTPUT */
#define HL_STYLED	0x08
#define HL_WIDE		0x10
#define HL_EXT		0x20
#define HL_FLAGS	0x40

#define RUN_FG		0x01
#define RUN_BG		0x02
#define RUN_ATTR	0x04
#define RUN_EXT		0x08
#define RUN_FG_RGB	0x10
#define RUN_BG_RGB	0x20

#define TEXT_BLANK	0
#define TEXT_WIDE	1
#define TEXT_BLANKS	2

/* Most bytes that a line can take: see the encoders below. */
#define LINE_BYTES_FIXED	24
#define LINE_BYTES_CELL		(5 + 18)
#define LINE_BYTES_EXT		(5 + 3 + 1 + 4 * CLUSTER_MORE_MAX)

struct hist_block {
	uint8_t		*data;
	uint32_t	 len, cap;	/* of lines; of data */
	uint32_t	 frozen;	/* bytes in data now, 0: as they are */
	uint16_t	*off;
	uint32_t	 n, off_cap;
	uint64_t	 first;
	struct link	**links;
	uint32_t	 nlinks, links_cap;
	uint16_t	 max_used;	/* of its lines */
	bool		 wrapped;	/* some line is */
};

struct hist_thawed {
	struct hist_block	*block;
	uint8_t			*data;	/* BLOCK_BYTES, NULL if not needed */
};

/* --- blocks ------------------------------------------------------------ */

static struct hist_block *
block_at(const struct hist *h, uint32_t i)
{
	return (h->block[(h->head + i) & (h->cap - 1)]);
}

static struct hist_block *
block_last(const struct hist *h)
{
	return (h->n == 0 ? NULL : block_at(h, h->n - 1));
}

static size_t
block_bytes(const struct hist_block *b)
{
	return (sizeof *b + b->cap + b->off_cap * sizeof b->off[0] +
	    b->links_cap * sizeof b->links[0]);
}

/* --- cold blocks ------------------------------------------------------- */

static void
block_freeze(struct hist *h, struct hist_block *b)
{
	uint8_t	 small[BLOCK_BYTES];
	size_t	 n;

	if (b->frozen != 0 || b->len > BLOCK_BYTES || b->len == 0)
		return;
	/* Less than an eighth is not worth it. */
	if ((n = compress_pack(b->data, b->len, small, b->len - b->len / 8)) == 0)
		return;
	h->bytes -= block_bytes(b);
	free(b->data);
	b->data = xmemdup(small, n);
	b->frozen = b->cap = (uint32_t)n;
	h->bytes += block_bytes(b);
#ifdef RMUX_DEBUG
	must(compress_unpack(b->data, b->frozen, small, b->len));
#endif
}

static void
block_thaw_to(const struct hist_block *b, uint8_t *out)
{
	must(compress_unpack(b->data, b->frozen, out, b->len));
}

/* For good, in order to write to it. */
static void
block_thaw(struct hist *h, struct hist_block *b)
{
	uint8_t	*data;

	if (b->frozen == 0)
		return;
	if (h->cold > b->first)
		h->cold = b->first;
	h->bytes -= block_bytes(b);
	data = xmalloc(BLOCK_BYTES);
	block_thaw_to(b, data);
	free(b->data);
	b->data = data;
	b->cap = BLOCK_BYTES;
	b->frozen = 0;
	h->bytes += block_bytes(b);
	if (h->thawed->block == b)
		h->thawed->block = NULL;
}

/* The lines of a block, valid until another is looked at or changed. */
static const uint8_t *
block_data(const struct hist *h, struct hist_block *b)
{
	struct hist_thawed	*t = h->thawed;

	if (b->frozen == 0)
		return (b->data);
	if (t->block != b) {
		if (t->data == NULL)
			t->data = xmalloc(BLOCK_BYTES);
		block_thaw_to(b, t->data);
		t->block = b;
	}
	return (t->data);
}

static void
thawed_drop(struct hist *h)
{
	if (h->thawed == NULL)
		return;
	free(h->thawed->data);
	*h->thawed = (struct hist_thawed){ NULL, NULL };
}

static void
block_free(struct hist *h, struct hist_block *b)
{
	uint32_t	 i;

	h->bytes -= block_bytes(b);
	if (h->thawed->block == b)
		h->thawed->block = NULL;
	for (i = 0; i < b->nlinks; i++)
		link_unref(b->links[i]);
	free(b->links);
	free(b->off);
	free(b->data);
	free(b);
}

static void
ring_add(struct hist *h, struct hist_block *b)
{
	struct hist_block	**ring;
	uint32_t		  cap, i;

	if (h->thawed == NULL)
		h->thawed = xcalloc(1, sizeof *h->thawed);
	if (h->n == h->cap) {
		cap = h->cap == 0 ? 4 : h->cap * 2;
		ring = xcalloc(cap, sizeof *ring);
		for (i = 0; i < h->n; i++)
			ring[i] = block_at(h, i);
		free(h->block);
		h->block = ring;
		h->cap = cap;
		h->head = 0;
	}
	h->block[(h->head + h->n) & (h->cap - 1)] = b;
	h->n++;
}

static void
ring_drop_first(struct hist *h)
{
	h->head = (h->head + 1) & (h->cap - 1);
	h->n--;
}

/* Give back what a block that will not grow any more does not need. */
static void
block_close(struct hist *h, struct hist_block *b)
{
	h->bytes -= block_bytes(b);
	if (b->frozen == 0 && b->cap - b->len > b->cap / 8) {
		b->cap = b->len == 0 ? 1 : b->len;
		b->data = xrealloc(b->data, b->cap);
	}
	if (b->off_cap > b->n && b->n != 0) {
		b->off_cap = b->n;
		b->off = xreallocarray(b->off, b->n, sizeof b->off[0]);
	}
	h->bytes += block_bytes(b);
}

static inline bool
block_holds(const struct hist_block *b, uint64_t line)
{
	return (line >= b->first && line - b->first < b->n);
}

/* The block that holds a line which is in range. */
static struct hist_block *
block_find(const struct hist *h, uint64_t line)
{
	struct hist_block	*b = h->thawed->block;
	uint32_t		 lo = 0, hi = h->n, mid;

	/* Going through all of it, it is mostly one of these. */
	if ((b != NULL && block_holds(b, line)) ||
	    block_holds(b = block_at(h, 0), line))
		return (b);
	while (hi - lo > 1) {
		mid = (lo + hi) / 2;
		if (block_at(h, mid)->first <= line)
			lo = mid;
		else
			hi = mid;
	}
	return (block_at(h, lo));
}

/* A block was added: some may have become cold. */
static void
grow_cold(struct hist *h)
{
	struct hist_block	*b;
	uint64_t		 after;
	int			 k;

	if (h->cold < h->first)
		h->cold = h->first;
	/* Two at most: then the cost of a line is bounded, and none is left. */
	for (k = 0; k < 2 && h->cold < h->end; k++) {
		b = block_find(h, h->cold);
		after = h->end - (b->first + b->n);
		if (after < WARM_LINES &&
		    (h->bytes < WARM_BYTES || after < WARM_LINES_MIN))
			return;
		thawed_drop(h);
		block_freeze(h, b);
		h->cold = b->first + b->n;
	}
}

/* The block to append `need` bytes to. */
static struct hist_block *
block_for(struct hist *h, size_t need)
{
	struct hist_block	*b = block_last(h);
	uint32_t		 cap;
	bool			 open = b != NULL && b->frozen == 0;

	if (open && b->len + need <= b->cap && b->len < BLOCK_BYTES)
		goto out;
	if (open && (b->len + need <= BLOCK_BYTES || b->n == 0)) {
		for (cap = b->cap; cap < b->len + need; cap *= 2)
			;
		if (cap > BLOCK_BYTES && b->len + need <= BLOCK_BYTES)
			cap = BLOCK_BYTES;
		h->bytes += cap - b->cap;
		b->data = xrealloc(b->data, cap);
		b->cap = cap;
		goto out;
	}
	cap = b == NULL ? BLOCK_BYTES_MIN : BLOCK_BYTES;
	if (b != NULL)
		block_close(h, b);
	if (cap < need)
		cap = need;
	b = xcalloc(1, sizeof *b);
	b->data = xmalloc(cap);
	b->cap = cap;
	b->first = h->end;
	h->bytes += block_bytes(b);
	ring_add(h, b);
	grow_cold(h);
out:
	if (b->n == b->off_cap) {
		cap = b->off_cap == 0 ? 32 : b->off_cap * 2;
		h->bytes += (cap - b->off_cap) * sizeof b->off[0];
		b->off = xreallocarray(b->off, cap, sizeof b->off[0]);
		b->off_cap = cap;
	}
	return (b);
}

static uint32_t
block_link(struct hist *h, struct hist_block *b, struct link *l)
{
	uint32_t	 i, cap;

	/* The same link mostly comes again soon. */
	for (i = b->nlinks; i-- > 0 && b->nlinks - i <= 8;) {
		if (link_same(b->links[i], l))
			return (i);
	}
	if (b->nlinks == b->links_cap) {
		cap = b->links_cap == 0 ? 4 : b->links_cap * 2;
		h->bytes += (cap - b->links_cap) * sizeof b->links[0];
		b->links = xreallocarray(b->links, cap, sizeof b->links[0]);
		b->links_cap = cap;
	}
	b->links[b->nlinks] = link_ref(l);
	return (b->nlinks++);
}

/* --- packing ----------------------------------------------------------- */

static uint8_t *
put_varint(uint8_t *p, uint32_t v)
{
	while (v >= 0x80) {
		*p++ = (uint8_t)(v | 0x80);
		v >>= 7;
	}
	*p++ = (uint8_t)v;
	return (p);
}

static const uint8_t *
get_varint(const uint8_t *p, uint32_t *v)
{
	unsigned	 shift = 0;

	*v = 0;
	for (;; p++, shift += 7) {
		*v |= (uint32_t)(*p & 0x7f) << shift;
		if (!(*p & 0x80))
			return (p + 1);
	}
}

#define PACK_ASCII_SLACK 16	/* bytes that pack_ascii() may write beyond */

#ifdef __SSE2__
/* The ch of four cells; all that is set in them is added to *any. */
static inline __m128i
chars_of_four(const struct cell *c, __m128i *any)
{
	__m128i	 a = _mm_loadu_si128((const __m128i *)c);
	__m128i	 b = _mm_loadu_si128((const __m128i *)(c + 1));
	__m128i	 d = _mm_loadu_si128((const __m128i *)(c + 2));
	__m128i	 e = _mm_loadu_si128((const __m128i *)(c + 3));

	*any = _mm_or_si128(*any, _mm_or_si128(_mm_or_si128(a, b),
	    _mm_or_si128(d, e)));
	return (_mm_unpacklo_epi64(_mm_unpacklo_epi32(a, b),
	    _mm_unpacklo_epi32(d, e)));
}
#endif

/*
 * Text of n cells as if all were ASCII, one byte each.  What the line needs
 * beside it comes out as well: the text is of use if that is not HL_WIDE.
 */
static uint8_t
pack_ascii(uint8_t *out, const struct row *r, int n)
{
	const struct cell	*c = r->cells;
	struct cell		 seen = { 0 };
	int			 i = 0;

#ifdef __SSE2__
	__m128i	 any = _mm_setzero_si128(), low, high;

	/* Cells from n up to the row's end are blank and do no harm. */
	for (; i < n && i + 16 <= r->cols; i += 16) {
		low = _mm_packs_epi32(chars_of_four(&c[i], &any),
		    chars_of_four(&c[i + 4], &any));
		high = _mm_packs_epi32(chars_of_four(&c[i + 8], &any),
		    chars_of_four(&c[i + 12], &any));
		_mm_storeu_si128((__m128i *)&out[i],
		    _mm_packus_epi16(low, high));
	}
	_mm_storeu_si128((__m128i *)&seen, any);
#endif
	for (; i < n; i++) {
		out[i] = (uint8_t)c[i].ch;
		seen.ch |= c[i].ch;
		seen.fg |= c[i].fg | c[i].bg;
		seen.attr |= c[i].attr;
		seen.ext |= c[i].ext;
	}
	return ((seen.fg | seen.bg | seen.attr | seen.ext ? HL_STYLED : 0) |
	    (seen.ch & ~0x7fu ? HL_WIDE : 0) | (seen.ext ? HL_EXT : 0) |
	    (r->flags & ~HL_ROW_FLAGS ? HL_FLAGS : 0));
}

static uint8_t *
pack_text(uint8_t *p, const struct row *r, int n)
{
	uint32_t	 ch, cp;
	int		 i, k;

	for (i = 0; i < n; i++) {
		ch = r->cells[i].ch;
		if (ch - 1 < 0x7f) {
			*p++ = (uint8_t)ch;
			continue;
		}
		cp = ch & CELL_CP_MASK;
		if (cp == 0) {
			for (k = 1; i + k < n && r->cells[i + k].ch == 0; k++)
				;
			if (k == 1)
				*p++ = TEXT_BLANK;
			else {
				*p++ = TEXT_BLANKS;
				p = put_varint(p, k);
				i += k - 1;
			}
			continue;
		}
		if (ch & CELL_WIDE) {
			*p++ = TEXT_WIDE;
			i++;			/* its tail */
		}
		if (cp < 0x80)
			*p++ = (uint8_t)cp;
		else if (cp < 0x800) {		/* the common ones at once */
			*p++ = (uint8_t)(0xc0 | cp >> 6);
			*p++ = (uint8_t)(0x80 | (cp & 0x3f));
		} else if (cp < 0xd800) {
			*p++ = (uint8_t)(0xe0 | cp >> 12);
			*p++ = (uint8_t)(0x80 | (cp >> 6 & 0x3f));
			*p++ = (uint8_t)(0x80 | (cp & 0x3f));
		} else
			p += utf8_encode(cp, (char *)p);
	}
	return (p);
}

static uint8_t *
pack_exts(struct hist *h, struct hist_block *b, uint8_t *p, const struct row *r)
{
	const struct cell_ext	*e;
	int			 i, k;

	p = put_varint(p, r->next);
	for (i = 0; i < r->next; i++) {
		e = &r->ext[i];
		p = put_varint(p, e->us);
		p = put_varint(p, e->link == NULL ? 0 :
		    block_link(h, b, e->link) + 1);
		*p++ = e->more;
		for (k = 0; k < e->more; k++)
			p = put_varint(p, e->cps[k]);
	}
	return (p);
}

static uint8_t *
put_colour(uint8_t *p, uint32_t c)
{
	if ((c & COLOUR_KIND) == COLOUR_RGB) {
		*p++ = c >> 16 & 0xff;
		*p++ = c >> 8 & 0xff;
	}
	*p++ = c & 0xff;
	return (p);
}

static uint8_t *
pack_runs(uint8_t *p, const struct row *r, int n)
{
	const struct cell	*c;
	uint8_t			*mask;
	int			 i, k;

	for (i = 0; i < n; i += k) {
		c = &r->cells[i];
		for (k = 1; i + k < n && cell_same_style(c, c + k); k++)
			;
		p = put_varint(p, k);
		mask = p++;
		*mask = 0;
		if (c->fg != COLOUR_DEFAULT) {
			*mask |= RUN_FG;
			if ((c->fg & COLOUR_KIND) == COLOUR_RGB)
				*mask |= RUN_FG_RGB;
			p = put_colour(p, c->fg);
		}
		if (c->bg != COLOUR_DEFAULT) {
			*mask |= RUN_BG;
			if ((c->bg & COLOUR_KIND) == COLOUR_RGB)
				*mask |= RUN_BG_RGB;
			p = put_colour(p, c->bg);
		}
		if (c->attr != 0) {
			*mask |= RUN_ATTR;
			p = put_varint(p, c->attr);
		}
		if (c->ext != 0) {
			*mask |= RUN_EXT;
			p = put_varint(p, c->ext);
		}
	}
	*p++ = 0;
	return (p);
}

static void
line_added(struct hist *h, struct hist_block *b, size_t len, int used,
    unsigned flags)
{
	b->off[b->n++] = (uint16_t)b->len;
	b->len += len;
	if (b->max_used < used)
		b->max_used = used;
	if (flags & ROW_WRAPPED)
		b->wrapped = true;
	h->end++;
}

static void
hist_trim(struct hist *h)
{
	struct hist_block	*b;

	while (h->end - h->first > h->limit) {
		b = block_at(h, 0);
		/* Whole blocks at once, when many lines go. */
		if (h->end - (b->first + b->n) >= h->limit)
			h->first = b->first + b->n;
		else
			h->first = h->end - h->limit;
		if (h->first == b->first + b->n) {
			ring_drop_first(h);
			block_free(h, b);
		}
	}
}

#ifdef RMUX_DEBUG
/* The newest line comes out as it went in. */
static void
check_newest(const struct hist *h, const struct row *r)
{
	struct row	*got = hist_get(h, h->end - 1, r->cols);

	must(got != NULL && row_same(got, r));
	must(row_check(got) == NULL);
	row_unref(got);
}
#endif

void
hist_push(struct hist *h, const struct row *r)
{
	struct hist_block	*b, *first;
	uint8_t			*p, *start, hl;
	int			 n = row_extent(r);
	size_t			 max;
	bool			 placed = true;

	if (h->limit == 0) {
		h->first = ++h->end;
		return;
	}
	max = LINE_BYTES_FIXED + (size_t)n + PACK_ASCII_SLACK;
	b = block_for(h, max);
	start = b->data + b->len;
	p = put_varint(start + 1, n);
	hl = pack_ascii(p, r, n);
	if (hl != 0) {
		max = LINE_BYTES_FIXED + PACK_ASCII_SLACK + (size_t)n *
		    LINE_BYTES_CELL;
		if (hl & HL_EXT)
			max += (size_t)r->next * LINE_BYTES_EXT;
		first = b;
		b = block_for(h, max);
		/* A block that grew took its contents along. */
		placed = b == first && !(hl & HL_FLAGS);
		start = p = b->data + b->len;
		p++;
		if (hl & HL_FLAGS)
			*p++ = (uint8_t)(r->flags >> 3);
		p = put_varint(p, n);
	}
	if (hl & HL_WIDE)
		p = pack_text(p, r, n);
	else {
		if (!placed)
			pack_ascii(p, r, n);
		p += n;
	}
	if (hl & HL_EXT)
		p = pack_exts(h, b, p, r);
	if (hl & HL_STYLED)
		p = pack_runs(p, r, n);
	*start = (uint8_t)((r->flags & HL_ROW_FLAGS) | hl);
	line_added(h, b, p - start, n, r->flags);
	hist_trim(h);
#ifdef RMUX_DEBUG
	check_newest(h, r);
#endif
}

/* --- unpacking --------------------------------------------------------- */

static const uint8_t *
unpack_head(const uint8_t *p, uint8_t *hl, unsigned *flags, int *used)
{
	uint32_t	 n;

	*hl = *p++;
	*flags = *hl & HL_ROW_FLAGS;
	if (*hl & HL_FLAGS)
		*flags |= (unsigned)*p++ << 3;
	p = get_varint(p, &n);
	*used = (int)n;
	return (p);
}

static const uint8_t *
unpack_text(const uint8_t *p, struct row *r, int n)
{
	uint32_t	 cp, k;
	int		 i = 0, wide;

	while (i < n) {
		if (*p == TEXT_BLANK) {
			p++;
			i++;
			continue;
		}
		if (*p == TEXT_BLANKS) {
			p = get_varint(p + 1, &k);
			i += k;
			continue;
		}
		wide = *p == TEXT_WIDE;
		p += wide;
		if (*p < 0x80)
			cp = *p++;
		else
			p += utf8_decode(p, 4, &cp);
		r->cells[i++].ch = cp | (wide ? CELL_WIDE : 0);
		if (wide)
			r->cells[i++].ch = CELL_TAIL;
	}
	return (p);
}

static const uint8_t *
unpack_exts(const uint8_t *p, const struct hist_block *b, struct row *r)
{
	uint32_t	 n, v, i, k;

	p = get_varint(p, &n);
	r->ext = xcalloc(n, sizeof *r->ext);
	r->next = r->ext_cap = (uint16_t)n;
	for (i = 0; i < n; i++) {
		p = get_varint(p, &r->ext[i].us);
		p = get_varint(p, &v);
		if (v != 0)
			r->ext[i].link = link_ref(b->links[v - 1]);
		r->ext[i].more = *p++;
		for (k = 0; k < r->ext[i].more; k++)
			p = get_varint(p, &r->ext[i].cps[k]);
	}
	return (p);
}

static const uint8_t *
get_colour(const uint8_t *p, bool rgb, uint32_t *c)
{
	if (rgb) {
		*c = colour_rgb(p[0], p[1], p[2]);
		return (p + 3);
	}
	*c = colour_index(p[0]);
	return (p + 1);
}

static void
unpack_runs(const uint8_t *p, struct row *r)
{
	struct cell	 c = { 0 };
	uint32_t	 n, v;
	uint8_t		 mask;
	int		 i = 0;

	for (;;) {
		p = get_varint(p, &n);
		if (n == 0)
			return;
		c = (struct cell){ 0 };
		mask = *p++;
		if (mask & RUN_FG)
			p = get_colour(p, mask & RUN_FG_RGB, &c.fg);
		if (mask & RUN_BG)
			p = get_colour(p, mask & RUN_BG_RGB, &c.bg);
		if (mask & RUN_ATTR) {
			p = get_varint(p, &v);
			c.attr = (uint16_t)v;
		}
		if (mask & RUN_EXT) {
			p = get_varint(p, &v);
			c.ext = (uint16_t)v;
		}
		for (; n > 0; n--, i++) {
			c.ch = r->cells[i].ch;
			if (c.ext != 0 && r->ext[c.ext - 1].more != 0)
				c.ch |= CELL_CLUSTER;
			r->cells[i] = c;
		}
	}
}

static struct row *
unpack(const struct hist *h, struct hist_block *b, uint32_t i, int cols)
{
	struct row	*r;
	const uint8_t	*p = block_data(h, b) + b->off[i];
	uint8_t		 hl;
	unsigned	 flags;
	int		 used, k;

	p = unpack_head(p, &hl, &flags, &used);
	r = row_new(used > cols ? used : cols);
	r->flags = flags;
	r->used = used;
	if (hl & HL_WIDE)
		p = unpack_text(p, r, used);
	else {
		for (k = 0; k < used; k++)
			r->cells[k].ch = *p++;
	}
	if (hl & HL_EXT)
		p = unpack_exts(p, b, r);
	if (hl & HL_STYLED)
		unpack_runs(p, r);
	return (r);
}

struct row *
hist_get(const struct hist *h, uint64_t line, int cols)
{
	struct hist_block	*b;

	if (line < h->first || line >= h->end)
		return (NULL);
	b = block_find(h, line);
	return (unpack(h, b, (uint32_t)(line - b->first), cols));
}

struct row *
hist_pop(struct hist *h, int cols)
{
	struct hist_block	*b;
	struct row		*r;

	if (h->first == h->end)
		return (NULL);
	b = block_last(h);
	block_thaw(h, b);
	r = unpack(h, b, b->n - 1, cols);
	b->n--;
	b->len = b->off[b->n];
	h->end--;
	if (b->n == 0 || b->first + b->n == h->first) {
		h->n--;
		block_free(h, b);
	}
	return (r);
}

/* --- the whole --------------------------------------------------------- */

void
hist_init(struct hist *h, uint32_t limit)
{
	*h = (struct hist){ .limit = limit };
}

void
hist_clear(struct hist *h)
{
	while (h->n > 0) {
		struct hist_block	*b = block_at(h, 0);

		ring_drop_first(h);
		block_free(h, b);
	}
	h->first = h->end;
}

void
hist_fini(struct hist *h)
{
	hist_clear(h);
	free(h->block);
	h->block = NULL;
	h->cap = 0;
	thawed_drop(h);
	free(h->thawed);
	h->thawed = NULL;
}

void
hist_set_limit(struct hist *h, uint32_t limit)
{
	h->limit = limit;
	if (limit == 0)
		hist_fini(h);
	else
		hist_trim(h);
}

size_t
hist_bytes(const struct hist *h)
{
	return (h->bytes + h->cap * sizeof h->block[0] +
	    (h->thawed != NULL && h->thawed->data != NULL ? BLOCK_BYTES : 0));
}

void
hist_drop(struct hist *h, uint64_t n)
{
	uint32_t	 limit = h->limit;
	uint64_t	 have = h->end - h->first;

	if (n >= have) {
		hist_clear(h);
		return;
	}
	h->limit = (uint32_t)(have - n);
	hist_trim(h);
	h->limit = limit;
}

/* Append the oldest line of another history as it is packed. */
static void
move_line(struct hist *to, const uint8_t *p, size_t len, int used,
    unsigned flags)
{
	struct hist_block	*b = block_for(to, len);

	memcpy(b->data + b->len, p, len);
	line_added(to, b, len, used, flags);
	hist_trim(to);
}

uint64_t
hist_move(struct hist *to, struct hist *from, uint64_t until, int cols)
{
	struct hist_block	*b;
	uint64_t		 start = from->first;
	uint32_t		 i;
	const uint8_t		*p;
	uint8_t			 hl;
	unsigned		 flags;
	int			 used;

	while (from->first < until && from->n > 0) {
		b = block_at(from, 0);
		if (!b->wrapped && b->max_used <= cols &&
		    b->first == from->first && b->first + b->n <= until &&
		    b->n > 1 && to->limit != 0) {
			/* A whole block, by pointer. */
			if (block_last(to) != NULL)
				block_close(to, block_last(to));
			ring_drop_first(from);
			if (from->thawed->block == b)
				from->thawed->block = NULL;
			from->bytes -= block_bytes(b);
			from->first += b->n;
			b->first = to->end;
			ring_add(to, b);
			to->bytes += block_bytes(b);
			to->end += b->n;
			grow_cold(to);
			hist_trim(to);
			continue;
		}
		i = (uint32_t)(from->first - b->first);
		p = block_data(from, b) + b->off[i];
		unpack_head(p, &hl, &flags, &used);
		if ((flags & ROW_WRAPPED) || used > cols || (hl & HL_EXT) ||
		    to->limit == 0)
			break;
		move_line(to, p, (i + 1 < b->n ? b->off[i + 1] : b->len) -
		    b->off[i], used, flags);
		hist_drop(from, 1);
	}
	return (from->first - start);
}

const char *
hist_check(const struct hist *h)
{
	const struct hist_block	*b;
	uint64_t		 line = 0;
	size_t			 bytes = 0;
	uint32_t		 i, k;

	if (h->first > h->end || h->end - h->first > h->limit)
		return ("history longer than its limit");
	if (h->n == 0 && h->first != h->end)
		return ("history lines without a block");
	for (i = 0; i < h->n; i++) {
		b = block_at(h, i);
		bytes += block_bytes(b);
		if (i == 0 && (b->first > h->first ||
		    b->first + b->n <= h->first))
			return ("first block does not hold the first line");
		if (i != 0 && b->first != line)
			return ("gap between history blocks");
		if (b->n == 0 || b->n > b->off_cap || (b->frozen == 0 ?
		    b->len > b->cap : b->frozen != b->cap))
			return ("impossible history block");
		for (k = 1; k < b->n; k++) {
			if (b->off[k] <= b->off[k - 1] || b->off[k] >= b->len)
				return ("history lines out of order");
		}
		line = b->first + b->n;
	}
	if (h->n != 0 && line != h->end)
		return ("last block does not end where history does");
	if (bytes != h->bytes)
		return ("history bytes miscounted");
	return (NULL);
}
