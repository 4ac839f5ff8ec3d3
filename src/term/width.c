/* SPDX-License-Identifier: ISC */

/*
 * width.c - columns of characters, and where one ends and the next begins.
 *
 * The only file that knows utf8proc.  What it says of a code point is folded
 * into one byte and kept in pages of 256, filled when first asked for: a
 * cache of constants, but for what cp_width_set() says.
 *
 * Widths follow what terminals agree on today: East Asian Wide and Fullwidth
 * take two columns, marks and format characters none, ambiguous ones one
 * unless the user says otherwise (UAX #11).  Clusters follow UAX #29, with
 * tables of our own for Indic conjuncts (GB9c), which utf8proc does not know.
 * A cluster is as wide as its first code point, but for VS16 and flags.
 *
 * Differences from utf8proc: pictographs and CJK planes that it does not know
 * yet are wide, as Unicode's defaults for unassigned code points say, so that
 * new emoji do not depend on the age of a library; U+00AD is narrow.
 */

#include "term/width.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "base/xmalloc.h"
#include "term/canvas.h"

/* East_Asian_Width=A below U+FFFE, marks and private use left out. */
static const uint16_t ambiguous[][2] = {
	{ 0x00a1, 0x00a1 }, { 0x00a4, 0x00a4 }, { 0x00a7, 0x00a8 },
	{ 0x00aa, 0x00aa }, { 0x00ae, 0x00ae }, { 0x00b0, 0x00b4 },
	{ 0x00b6, 0x00ba }, { 0x00bc, 0x00bf }, { 0x00c6, 0x00c6 },
	{ 0x00d0, 0x00d0 }, { 0x00d7, 0x00d8 }, { 0x00de, 0x00e1 },
	{ 0x00e6, 0x00e6 }, { 0x00e8, 0x00ea }, { 0x00ec, 0x00ed },
	{ 0x00f0, 0x00f0 }, { 0x00f2, 0x00f3 }, { 0x00f7, 0x00fa },
	{ 0x00fc, 0x00fc }, { 0x00fe, 0x00fe }, { 0x0101, 0x0101 },
	{ 0x0111, 0x0111 }, { 0x0113, 0x0113 }, { 0x011b, 0x011b },
	{ 0x0126, 0x0127 }, { 0x012b, 0x012b }, { 0x0131, 0x0133 },
	{ 0x0138, 0x0138 }, { 0x013f, 0x0142 }, { 0x0144, 0x0144 },
	{ 0x0148, 0x014b }, { 0x014d, 0x014d }, { 0x0152, 0x0153 },
	{ 0x0166, 0x0167 }, { 0x016b, 0x016b }, { 0x01ce, 0x01ce },
	{ 0x01d0, 0x01d0 }, { 0x01d2, 0x01d2 }, { 0x01d4, 0x01d4 },
	{ 0x01d6, 0x01d6 }, { 0x01d8, 0x01d8 }, { 0x01da, 0x01da },
	{ 0x01dc, 0x01dc }, { 0x0251, 0x0251 }, { 0x0261, 0x0261 },
	{ 0x02c4, 0x02c4 }, { 0x02c7, 0x02c7 }, { 0x02c9, 0x02cb },
	{ 0x02cd, 0x02cd }, { 0x02d0, 0x02d0 }, { 0x02d8, 0x02db },
	{ 0x02dd, 0x02dd }, { 0x02df, 0x02df }, { 0x0391, 0x03a1 },
	{ 0x03a3, 0x03a9 }, { 0x03b1, 0x03c1 }, { 0x03c3, 0x03c9 },
	{ 0x0401, 0x0401 }, { 0x0410, 0x044f }, { 0x0451, 0x0451 },
	{ 0x2010, 0x2010 }, { 0x2013, 0x2016 }, { 0x2018, 0x2019 },
	{ 0x201c, 0x201d }, { 0x2020, 0x2022 }, { 0x2024, 0x2027 },
	{ 0x2030, 0x2030 }, { 0x2032, 0x2033 }, { 0x2035, 0x2035 },
	{ 0x203b, 0x203b }, { 0x203e, 0x203e }, { 0x2074, 0x2074 },
	{ 0x207f, 0x207f }, { 0x2081, 0x2084 }, { 0x20ac, 0x20ac },
	{ 0x2103, 0x2103 }, { 0x2105, 0x2105 }, { 0x2109, 0x2109 },
	{ 0x2113, 0x2113 }, { 0x2116, 0x2116 }, { 0x2121, 0x2122 },
	{ 0x2126, 0x2126 }, { 0x212b, 0x212b }, { 0x2153, 0x2154 },
	{ 0x215b, 0x215e }, { 0x2160, 0x216b }, { 0x2170, 0x2179 },
	{ 0x2189, 0x2189 }, { 0x2190, 0x2199 }, { 0x21b8, 0x21b9 },
	{ 0x21d2, 0x21d2 }, { 0x21d4, 0x21d4 }, { 0x21e7, 0x21e7 },
	{ 0x2200, 0x2200 }, { 0x2202, 0x2203 }, { 0x2207, 0x2208 },
	{ 0x220b, 0x220b }, { 0x220f, 0x220f }, { 0x2211, 0x2211 },
	{ 0x2215, 0x2215 }, { 0x221a, 0x221a }, { 0x221d, 0x2220 },
	{ 0x2223, 0x2223 }, { 0x2225, 0x2225 }, { 0x2227, 0x222c },
	{ 0x222e, 0x222e }, { 0x2234, 0x2237 }, { 0x223c, 0x223d },
	{ 0x2248, 0x2248 }, { 0x224c, 0x224c }, { 0x2252, 0x2252 },
	{ 0x2260, 0x2261 }, { 0x2264, 0x2267 }, { 0x226a, 0x226b },
	{ 0x226e, 0x226f }, { 0x2282, 0x2283 }, { 0x2286, 0x2287 },
	{ 0x2295, 0x2295 }, { 0x2299, 0x2299 }, { 0x22a5, 0x22a5 },
	{ 0x22bf, 0x22bf }, { 0x2312, 0x2312 }, { 0x2460, 0x24e9 },
	{ 0x24eb, 0x254b }, { 0x2550, 0x2573 }, { 0x2580, 0x258f },
	{ 0x2592, 0x2595 }, { 0x25a0, 0x25a1 }, { 0x25a3, 0x25a9 },
	{ 0x25b2, 0x25b3 }, { 0x25b6, 0x25b7 }, { 0x25bc, 0x25bd },
	{ 0x25c0, 0x25c1 }, { 0x25c6, 0x25c8 }, { 0x25cb, 0x25cb },
	{ 0x25ce, 0x25d1 }, { 0x25e2, 0x25e5 }, { 0x25ef, 0x25ef },
	{ 0x2605, 0x2606 }, { 0x2609, 0x2609 }, { 0x260e, 0x260f },
	{ 0x261c, 0x261c }, { 0x261e, 0x261e }, { 0x2640, 0x2640 },
	{ 0x2642, 0x2642 }, { 0x2660, 0x2661 }, { 0x2663, 0x2665 },
	{ 0x2667, 0x266a }, { 0x266c, 0x266d }, { 0x266f, 0x266f },
	{ 0x269e, 0x269f }, { 0x26bf, 0x26bf }, { 0x26c6, 0x26cd },
	{ 0x26cf, 0x26d3 }, { 0x26d5, 0x26e1 }, { 0x26e3, 0x26e3 },
	{ 0x26e8, 0x26e9 }, { 0x26eb, 0x26f1 }, { 0x26f4, 0x26f4 },
	{ 0x26f6, 0x26f9 }, { 0x26fb, 0x26fc }, { 0x26fe, 0x26ff },
	{ 0x273d, 0x273d }, { 0x2776, 0x277f }, { 0x2b56, 0x2b59 },
	{ 0x3248, 0x324f },
};

static bool
is_ambiguous(uint32_t cp)
{
	size_t	 lo = 0, hi = sizeof ambiguous / sizeof ambiguous[0], mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (cp > ambiguous[mid][1])
			lo = mid + 1;
		else if (cp < ambiguous[mid][0])
			hi = mid;
		else
			return (true);
	}
	return (false);
}

/* Indic_Conjunct_Break=Consonant (DerivedCoreProperties.txt). */
static const uint16_t consonants[][2] = {
	{ 0x0915, 0x0939 }, { 0x0958, 0x095f }, { 0x0978, 0x097f },
	{ 0x0995, 0x09a8 }, { 0x09aa, 0x09b0 }, { 0x09b2, 0x09b2 },
	{ 0x09b6, 0x09b9 }, { 0x09dc, 0x09dd }, { 0x09df, 0x09df },
	{ 0x09f0, 0x09f1 }, { 0x0a95, 0x0aa8 }, { 0x0aaa, 0x0ab0 },
	{ 0x0ab2, 0x0ab3 }, { 0x0ab5, 0x0ab9 }, { 0x0af9, 0x0af9 },
	{ 0x0b15, 0x0b28 }, { 0x0b2a, 0x0b30 }, { 0x0b32, 0x0b33 },
	{ 0x0b35, 0x0b39 }, { 0x0b5c, 0x0b5d }, { 0x0b5f, 0x0b5f },
	{ 0x0b71, 0x0b71 }, { 0x0c15, 0x0c28 }, { 0x0c2a, 0x0c39 },
	{ 0x0c58, 0x0c5a }, { 0x0d15, 0x0d3a },
};

/* The class of one in those scripts, CP_OTHER if it has none of its own. */
static enum cp_class
indic_class(uint32_t cp)
{
	size_t	 i;

	/* Indic_Conjunct_Break=Linker: the viramas. */
	switch (cp) {
	case 0x094d:
	case 0x09cd:
	case 0x0acd:
	case 0x0b4d:
	case 0x0c4d:
	case 0x0d4d:
		return (CP_LINKER);
	}
	for (i = 0; i < sizeof consonants / sizeof consonants[0]; i++) {
		if (cp >= consonants[i][0] && cp <= consonants[i][1])
			return (CP_CONSONANT);
	}
	return (CP_OTHER);
}

static enum cp_class
class_of(const utf8proc_property_t *p)
{
	switch (p->boundclass) {
	case UTF8PROC_BOUNDCLASS_CR:
	case UTF8PROC_BOUNDCLASS_LF:
	case UTF8PROC_BOUNDCLASS_CONTROL:
		return (CP_CONTROL);
	case UTF8PROC_BOUNDCLASS_EXTEND:
	case UTF8PROC_BOUNDCLASS_E_MODIFIER:
		return (CP_EXTEND);
	case UTF8PROC_BOUNDCLASS_ZWJ:
		return (CP_ZWJ);
	case UTF8PROC_BOUNDCLASS_SPACINGMARK:
		return (CP_SPACING);
	case UTF8PROC_BOUNDCLASS_PREPEND:
		return (CP_PREPEND);
	case UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR:
		return (CP_REGIONAL);
	case UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC:
	case UTF8PROC_BOUNDCLASS_E_BASE:
	case UTF8PROC_BOUNDCLASS_E_BASE_GAZ:
	case UTF8PROC_BOUNDCLASS_GLUE_AFTER_ZWJ:
		return (CP_PICT);
	case UTF8PROC_BOUNDCLASS_L:
		return (CP_L);
	case UTF8PROC_BOUNDCLASS_V:
		return (CP_V);
	case UTF8PROC_BOUNDCLASS_T:
		return (CP_T);
	case UTF8PROC_BOUNDCLASS_LV:
		return (CP_LV);
	case UTF8PROC_BOUNDCLASS_LVT:
		return (CP_LVT);
	default:
		return (CP_OTHER);
	}
}

/* See CP_BEGINS. */
static bool
class_begins(enum cp_class class)
{
	return (class == CP_OTHER || class == CP_PICT || class == CP_LV ||
	    class == CP_LVT || class == CP_CONSONANT);
}

/* In a block where what is not assigned yet will be emoji. */
static bool
emoji_to_come(uint32_t cp)
{
	return ((cp >= 0x1f300 && cp <= 0x1f64f) ||
	    (cp >= 0x1f680 && cp <= 0x1f6ff) ||
	    (cp >= 0x1f7e0 && cp <= 0x1f7ff) ||
	    (cp >= 0x1f900 && cp <= 0x1f9ff) ||
	    (cp >= 0x1fa70 && cp <= 0x1faff));
}

static uint8_t
info_make(uint32_t cp)
{
	const utf8proc_property_t	*p = utf8proc_get_property(cp);
	enum cp_class			 class = class_of(p);
	int				 w = p->charwidth;

	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return (CP_CONTROL << CP_CLASS_SHIFT);
	if (p->category == UTF8PROC_CATEGORY_CN) {
		if ((cp >= 0x20000 && cp <= 0x3fffd) ||
		    (cp >= 0xf900 && cp <= 0xfaff))
			w = 2;
		else if (emoji_to_come(cp)) {
			w = 2;
			class = CP_PICT;
		} else if (w == 0 && class == CP_OTHER)
			w = 1;
	} else if (p->category == UTF8PROC_CATEGORY_CO || cp == 0xad)
		w = 1;
	/* A medial vowel or final consonant stands on its syllable's block. */
	if ((class == CP_V || class == CP_T) && cp >= 0x1160 && cp <= 0x11ff)
		w = 0;
	if (cp >= 0x1f3fb && cp <= 0x1f3ff)	/* skin tones, when alone */
		w = 2;
	/* Marks that take a column of their own would not fit a cell. */
	if (class == CP_EXTEND && w == 1)
		w = 0;
	if (cp >= 0x900 && cp <= 0xd7f && indic_class(cp) != CP_OTHER)
		class = indic_class(cp);
	return (w | (w == 1 && is_ambiguous(cp) ? CP_AMBIGUOUS : 0) |
	    class << CP_CLASS_SHIFT |
	    (w != 0 && class_begins(class) ? CP_BEGINS : 0));
}

const uint8_t	*cp_pages[0x1100];
static bool	 selector_narrow;

void
cp_widths_reset(void)
{
	uint8_t		*page;
	uint32_t	 high, i;

	for (high = 0; high < 0x1100; high++) {
		if ((page = (uint8_t *)(uintptr_t)cp_pages[high]) == NULL)
			continue;
		for (i = 0; i < 256; i++)
			page[i] = info_make(high << 8 | i);
	}
}

void
cp_width_set(uint32_t cp, int width)
{
	uint8_t	info, *page;

	/* Controls have none, and what ASCII takes is known to all. */
	if (cp < 0xa0 || cp > 0x10ffff || width < 0 || width > 2)
		return;
	info = cp_info(cp) & ~(CP_WIDTH_MASK | CP_AMBIGUOUS | CP_BEGINS);
	if (width != 0 && class_begins(cp_class(info)))
		info |= CP_BEGINS;
	page = (uint8_t *)(uintptr_t)cp_pages[cp >> 8];
	page[cp & 0xff] = info | (uint8_t)width;
}

void
cp_selector_wide(bool wide)
{
	selector_narrow = !wide;
}

uint8_t
cp_info_fill(uint32_t cp)
{
	uint8_t		*page;
	uint32_t	 i;

	if (cp > 0x10ffff)
		return (1 | CP_BEGINS);
	page = xmalloc(256);
	for (i = 0; i < 256; i++)
		page[i] = info_make((cp & ~0xffu) | i);
	cp_pages[cp >> 8] = page;
	return (page[cp & 0xff]);
}

int
cp_width(uint32_t cp)
{
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return (-1);
	return (cp_info(cp) & CP_WIDTH_MASK);
}

/* Whether a conjunct may go on after c, and how far it has come (GB9c). */
static uint8_t
indic_next(uint8_t now, enum cp_class c, uint32_t cp)
{
	if (c == CP_CONSONANT)
		return (1);
	if (now == 0 || cp == 0x200c)		/* ZWNJ is there to prevent it */
		return (0);
	if (c == CP_LINKER)
		return (2);
	return (c == CP_EXTEND || c == CP_ZWJ ? now : 0);
}

/* UAX #29, rules GB3 to GB13. */
bool
cluster_add(struct cluster *g, uint32_t cp)
{
	enum cp_class	 c = cp_class(cp_info(cp)), l = (enum cp_class)g->last;
	bool		 join;

	if (!g->any || l == CP_CONTROL || c == CP_CONTROL)
		join = false;
	else if (c == CP_EXTEND || c == CP_ZWJ || c == CP_SPACING ||
	    c == CP_LINKER)
		join = true;
	else if (l == CP_PREPEND)
		join = true;
	else if (l == CP_L)
		join = c == CP_L || c == CP_V || c == CP_LV || c == CP_LVT;
	else if (l == CP_LV || l == CP_V)
		join = c == CP_V || c == CP_T;
	else if (l == CP_LVT || l == CP_T)
		join = c == CP_T;
	else if (c == CP_CONSONANT)
		join = g->indic == 2;
	else if (c == CP_PICT)
		join = g->pict == 2;
	else if (c == CP_REGIONAL)
		join = g->odd;
	else
		join = false;

	if (c == CP_PICT)
		g->pict = 1;
	else if (c == CP_ZWJ)
		g->pict = g->pict == 1 ? 2 : 0;
	else if ((c != CP_EXTEND && c != CP_LINKER) || g->pict == 2)
		g->pict = 0;
	g->indic = indic_next(g->indic, c, cp);
	g->odd = c == CP_REGIONAL && !(join && g->odd);
	g->last = c;
	g->any = 1;
	return (join);
}

int
cluster_width(uint32_t base, int have, uint32_t cp)
{
	enum cp_class	 c;

	if (have != 1)
		return (have);
	c = cp_class(cp_info(base));
	if (cp == 0xfe0f && !selector_narrow && (c == CP_PICT ||
	    base == '#' || base == '*' || (base >= '0' && base <= '9')))
		return (2);
	if (c == CP_REGIONAL && cp_class(cp_info(cp)) == CP_REGIONAL)
		return (2);
	return (have);
}

size_t
text_next(const char *utf8, size_t len, int *cols)
{
	struct cluster	 g = { 0 };
	uint32_t	 cp, base = 0;
	size_t		 off = 0;
	int		 n, w;

	*cols = 0;
	while (off < len) {
		n = utf8_decode((const uint8_t *)utf8 + off, len - off, &cp);
		if (n == 0) {		/* cut short: one replacement */
			n = len - off;
			cp = UTF8_REPLACEMENT;
		}
		if (!cluster_add(&g, cp) && off != 0)
			break;
		if (off == 0) {
			base = cp;
			w = cp_width(cp);
			*cols = w < 0 ? 1 : w;	/* controls show as a space */
		} else if (*cols == 0)
			*cols = cp_width(cp) < 0 ? 0 : cp_width(cp);
		else
			*cols = cluster_width(base, *cols, cp);
		off += n;
	}
	return (off);
}

size_t
text_fit(const char *utf8, size_t len, int max_cols, int *cols)
{
	size_t	 off = 0, n;
	int	 w, sum = 0;

	while (off < len) {
		/* A lone printable: nothing can join two of them. */
		if (utf8[off] >= 0x20 && utf8[off] < 0x7f &&
		    (off + 1 == len ||
		    (utf8[off + 1] >= 0x20 && utf8[off + 1] < 0x7f))) {
			n = 1;
			w = 1;
		} else
			n = text_next(utf8 + off, len - off, &w);
		if (w > max_cols - sum)
			break;
		sum += w;
		off += n;
	}
	if (cols != NULL)
		*cols = sum;
	return (off);
}

int
text_width(const char *utf8, size_t len)
{
	int	 cols;

	text_fit(utf8, len, INT32_MAX, &cols);
	return (cols);
}
