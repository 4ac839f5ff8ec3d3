/* SPDX-License-Identifier: ISC */

/*
 * cell.h - one character position of a row.
 *
 * A cell is 16 bytes and says everything about itself except for what is
 * rare: further code points of a cluster, the colour of an underline and a
 * hyperlink live in the row's own table (row.h), so that a row is
 * self-contained: it may be shared, sent or compared without any other table.
 */

#ifndef TERM_CELL_H
#define TERM_CELL_H

#include <stdbool.h>
#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/*
 * Colours.  0 is the terminal's default; else the kind in the top byte and an
 * index (0-255) or 0xrrggbb below.  COLOUR_NONE: "not set here", only used in
 * styles that are laid over others (model/style.h), never stored in a row.
 */
#define COLOUR_DEFAULT	0u
#define COLOUR_KIND	0xff000000u
#define COLOUR_INDEXED	0x01000000u
#define COLOUR_RGB	0x02000000u
#define COLOUR_NONE	0xff000000u
#define colour_index(n)		(COLOUR_INDEXED | ((uint32_t)(n) & 0xff))
#define colour_rgb(r, g, b)	(COLOUR_RGB | ((uint32_t)(r) & 0xff) << 16 | \
				 ((uint32_t)(g) & 0xff) << 8 | ((uint32_t)(b) & 0xff))

/* cell.attr */
#define ATTR_BOLD	0x0001u
#define ATTR_DIM	0x0002u
#define ATTR_ITALIC	0x0004u
#define ATTR_BLINK	0x0008u
#define ATTR_REVERSE	0x0010u
#define ATTR_HIDDEN	0x0020u
#define ATTR_STRIKE	0x0040u
#define ATTR_OVERLINE	0x0080u
#define ATTR_UL_SHIFT	8			/* underline style, 3 bits */
#define ATTR_UL_MASK	0x0700u
#define ATTR_UL_SINGLE	0x0100u
#define ATTR_UL_DOUBLE	0x0200u
#define ATTR_UL_CURLY	0x0300u
#define ATTR_UL_DOTTED	0x0400u
#define ATTR_UL_DASHED	0x0500u
#define ATTR_PROTECTED	0x0800u			/* DECSCA or SPA */
#define ATTR_ZONE_MASK	0x3000u			/* OSC 133: what the cell is */
#define ATTR_ZONE_PROMPT 0x1000u
#define ATTR_ZONE_INPUT	0x2000u
/* What a viewer can see of attr: the rest stays on the server. */
#define ATTR_VISIBLE	0x07ffu

/* cell.ch: a code point in the low 21 bits and these. */
#define CELL_CP_MASK	0x001fffffu
#define CELL_WIDE	0x01000000u	/* occupies this cell and the next */
#define CELL_TAIL	0x02000000u	/* second half of a wide character */
#define CELL_CLUSTER	0x04000000u	/* row->ext[ext - 1] has more code points */

/* 0 in the code point: never written or erased; shown as a space. */
struct cell {
	uint32_t	ch;
	uint32_t	fg;
	uint32_t	bg;
	uint16_t	attr;
	uint16_t	ext;	/* 0, or 1 + index into the row's ext table */
};
_Static_assert(sizeof(struct cell) == 16, "cells are copied in bulk");

static inline uint32_t
cell_cp(const struct cell *c)
{
	return (c->ch & CELL_CP_MASK);
}

static inline bool
cell_is_blank(const struct cell *c)
{
	return ((c->ch | c->fg | c->bg | c->attr | c->ext) == 0);
}

/* *to = *from with other contents; from->ch is 0.  One store where it can be. */
static inline void
cell_stamp(struct cell *to, const struct cell *from, uint32_t ch)
{
#ifdef __SSE2__
	_mm_storeu_si128((__m128i *)to, _mm_or_si128(
	    _mm_loadu_si128((const __m128i *)from),
	    _mm_cvtsi32_si128((int)ch)));
#else
	*to = *from;
	to->ch = ch;
#endif
}

/* Do two cells differ in nothing but what they contain? */
static inline bool
cell_same_style(const struct cell *a, const struct cell *b)
{
#ifdef __SSE2__
	return ((_mm_movemask_epi8(_mm_cmpeq_epi32(
	    _mm_loadu_si128((const __m128i *)a),
	    _mm_loadu_si128((const __m128i *)b))) | 0xf) == 0xffff);
#else
	return (a->fg == b->fg && a->bg == b->bg && a->attr == b->attr &&
	    a->ext == b->ext);
#endif
}

static inline int
cell_width(const struct cell *c)
{
	return ((c->ch & CELL_TAIL) ? 0 : (c->ch & CELL_WIDE) ? 2 : 1);
}

#endif
