/* SPDX-License-Identifier: ISC */

/*
 * width.h - columns of characters, and where one ends and the next begins.
 *
 * cp_width(), text_width() and text_fit() are declared in canvas.h.
 */

#ifndef TERM_WIDTH_H
#define TERM_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What is known of a code point, one byte: columns in the low two bits,
 * whether East Asian tradition takes two (ambiguous), its grapheme break
 * class, and on top whether it begins a cell of its own whatever was before.
 * That is to say: it has columns, and joins at most to what is kept out of
 * runs of such (UAX #29: L before a syllable, ZWJ before a pictograph,
 * prepended marks).
 */
#define CP_WIDTH_MASK	0x03
#define CP_AMBIGUOUS	0x04
#define CP_CLASS_SHIFT	3
#define CP_CLASS_MASK	0x0f
#define CP_BEGINS	0x80

/* Grapheme break classes (UAX #29), those that matter in a terminal. */
enum cp_class {
	CP_OTHER,	/* never joins to what is before it */
	CP_CONTROL,
	CP_EXTEND,
	CP_ZWJ,
	CP_SPACING,
	CP_PREPEND,
	CP_REGIONAL,
	CP_PICT,	/* Extended_Pictographic */
	CP_L, CP_V, CP_T, CP_LV, CP_LVT,
	CP_CONSONANT,	/* Indic, of a script that forms conjuncts */
	CP_LINKER	/* its virama: extends, and joins the next consonant */
};

/* Pages of 256, NULL until asked for; a number past Unicode is narrow. */
extern const uint8_t	*cp_pages[0x1100];
uint8_t		cp_info_fill(uint32_t cp);

static inline uint8_t
cp_info(uint32_t cp)
{
	if (cp <= 0x10ffff && cp_pages[cp >> 8] != NULL)
		return (cp_pages[cp >> 8][cp & 0xff]);
	return (cp_info_fill(cp));
}

static inline enum cp_class
cp_class(uint8_t info)
{
	return ((enum cp_class)(info >> CP_CLASS_SHIFT & CP_CLASS_MASK));
}

/*
 * Feed the code points of a text one by one; true if this one belongs to the
 * character before it.  A zeroed state stands before the first.
 */
struct cluster {
	uint8_t	 last;		/* enum cp_class of the last code point */
	uint8_t	 pict;		/* 1: pictograph and extends, 2: and then ZWJ */
	uint8_t	 odd;		/* an unpaired regional indicator is open */
	uint8_t	 indic;		/* 1: consonant and extends, 2: and a linker */
	uint8_t	 any;		/* something was fed */
};
bool		cluster_add(struct cluster *, uint32_t cp);

/*
 * Columns of a character of `have` columns that began with `base` once cp has
 * joined it: a variation selector 16 or a second regional indicator widen.
 */
int		cluster_width(uint32_t base, int have, uint32_t cp);

/*
 * What the user says of widths (0, 1 or 2), against all of the above: for the whole
 * program, since a text has one width in it.  Changes nothing that is already in cells.
 */
void		cp_widths_reset(void);
void		cp_width_set(uint32_t cp, int width);
/* Whether a variation selector 16 widens; it does unless told otherwise. */
void		cp_selector_wide(bool);

/* Bytes of the first whole character of a string; its columns in *cols. */
size_t		text_next(const char *utf8, size_t len, int *cols);

#endif
