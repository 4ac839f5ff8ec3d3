/* SPDX-License-Identifier: ISC */

/*
 * emu-charset.c - character sets: what a byte of seven bits stands for.
 *
 * The sets of a VT320 that still matter: graphics, technical, supplemental,
 * Latin-1 and the national replacement sets (NRCS), which differ from ASCII in
 * a dozen places each (VT510, "Character sets"; ISO 646).  As the stream is
 * UTF-8, only what a locking or single shift has put into GL is translated.
 *
 * A set is designated by ESC, ( ) * or + (sets of 94) or - . / (of 96), and a
 * final of one or two bytes.  One that we do not know changes nothing.
 */

#include <string.h>

#include "term/emu-int.h"

/* DEC Special Graphics, 0x5f to 0x7e (VT220 manual, table 2-4). */
static const uint16_t graphics[] = {
	0x00a0, 0x25c6, 0x2592, 0x2409, 0x240c, 0x240d, 0x240a, 0x00b0,
	0x00b1, 0x2424, 0x240b, 0x2518, 0x2510, 0x250c, 0x2514, 0x253c,
	0x23ba, 0x23bb, 0x2500, 0x23bc, 0x23bd, 0x251c, 0x2524, 0x2534,
	0x252c, 0x2502, 0x2264, 0x2265, 0x03c0, 0x2260, 0x00a3, 0x00b7
};

/* DEC Technical, 0x21 to 0x7e (VT330 manual); 0: no character. */
static const uint16_t technical[] = {
	0x23b7, 0x250c, 0x2500, 0x2320, 0x2321, 0x2502, 0x23a1, 0x23a3,
	0x23a4, 0x23a6, 0x23a7, 0x23a9, 0x23ab, 0x23ad, 0x23a8, 0x23ac,
	0,      0,      0,      0,      0,      0,      0,      0,
	0,      0,      0,      0x2264, 0x2260, 0x2265, 0x222b, 0x2234,
	0x221d, 0x221e, 0x00f7, 0x0394, 0x2207, 0x03a6, 0x0393, 0x223c,
	0x2243, 0x0398, 0x00d7, 0x039b, 0x21d4, 0x21d2, 0x2261, 0x03a0,
	0x03a8, 0,      0x03a3, 0,      0,      0x221a, 0x03a9, 0x039e,
	0x03a5, 0x2282, 0x2283, 0x2229, 0x222a, 0x2227, 0x2228, 0x00ac,
	0x03b1, 0x03b2, 0x03c7, 0x03b4, 0x03b5, 0x03c6, 0x03b3, 0x03b7,
	0x03b9, 0x03b8, 0x03ba, 0x03bb, 0,      0x03bd, 0x2202, 0x03c0,
	0x03c8, 0x03c1, 0x03c3, 0x03c4, 0,      0x0192, 0x03c9, 0x03be,
	0x03c5, 0x03b6, 0x2190, 0x2191, 0x2192, 0x2193
};

/* Where a national set may differ from ASCII. */
static const char	places[] = "#@[\\]^_`{|}~";

static const struct charset_entry {
	char		 final[3];
	uint8_t		 set;		/* enum charset */
	bool		 wide;		/* of 96 characters */
	uint16_t	 national[12];	/* in the order of places; 0: as ASCII */
} sets[] = {
	{ "B",	CHARSET_ASCII,		false,	{ 0 } },
	{ "1",	CHARSET_ASCII,		false,	{ 0 } },
	{ "A",	CHARSET_UK,		false,	{ 0xa3 } },
	{ "0",	CHARSET_GRAPHICS,	false,	{ 0 } },
	{ "2",	CHARSET_GRAPHICS,	false,	{ 0 } },
	{ ">",	CHARSET_TECHNICAL,	false,	{ 0 } },
	{ "<",	CHARSET_SUPPLEMENTAL,	false,	{ 0 } },
	{ "%5",	CHARSET_SUPPLEMENTAL,	false,	{ 0 } },
	{ "A",	CHARSET_LATIN1,		true,	{ 0 } },
	{ "4",	CHARSET_DUTCH,		false,	{ 0xa3, 0xbe, 0x133, 0xbd, '|',
		0, 0, 0, 0xa8, 0x192, 0xbc, 0xb4 } },
	{ "C",	CHARSET_FINNISH,	false,	{ 0, 0, 0xc4, 0xd6, 0xc5,
		0xdc, 0, 0xe9, 0xe4, 0xf6, 0xe5, 0xfc } },
	{ "5",	CHARSET_FINNISH,	false,	{ 0 } },
	{ "R",	CHARSET_FRENCH,		false,	{ 0xa3, 0xe0, 0xb0, 0xe7, 0xa7,
		0, 0, 0, 0xe9, 0xf9, 0xe8, 0xa8 } },
	{ "f",	CHARSET_FRENCH,		false,	{ 0 } },
	{ "Q",	CHARSET_CANADIAN,	false,	{ 0, 0xe0, 0xe2, 0xe7, 0xea,
		0xee, 0, 0xf4, 0xe9, 0xf9, 0xe8, 0xfb } },
	{ "9",	CHARSET_CANADIAN,	false,	{ 0 } },
	{ "K",	CHARSET_GERMAN,		false,	{ 0, 0xa7, 0xc4, 0xd6, 0xdc,
		0, 0, 0, 0xe4, 0xf6, 0xfc, 0xdf } },
	{ "Y",	CHARSET_ITALIAN,	false,	{ 0xa3, 0xa7, 0xb0, 0xe7, 0xe9,
		0, 0, 0xf9, 0xe0, 0xf2, 0xe8, 0xec } },
	{ "E",	CHARSET_NORWEGIAN,	false,	{ 0, 0xc4, 0xc6, 0xd8, 0xc5,
		0xdc, 0, 0xe4, 0xe6, 0xf8, 0xe5, 0xfc } },
	{ "6",	CHARSET_NORWEGIAN,	false,	{ 0 } },
	{ "`",	CHARSET_NORWEGIAN,	false,	{ 0 } },
	{ "%6",	CHARSET_PORTUGUESE,	false,	{ 0, 0, 0xc3, 0xc7, 0xd5,
		0, 0, 0, 0xe3, 0xe7, 0xf5, 0 } },
	{ "Z",	CHARSET_SPANISH,	false,	{ 0xa3, 0xa7, 0xa1, 0xd1, 0xbf,
		0, 0, 0, 0xb0, 0xf1, 0xe7, 0 } },
	{ "H",	CHARSET_SWEDISH,	false,	{ 0, 0xc9, 0xc4, 0xd6, 0xc5,
		0xdc, 0, 0xe9, 0xe4, 0xf6, 0xe5, 0xfc } },
	{ "7",	CHARSET_SWEDISH,	false,	{ 0 } },
	{ "=",	CHARSET_SWISS,		false,	{ 0xf9, 0xe0, 0xe9, 0xe7, 0xea,
		0xee, 0xe8, 0xf4, 0xe4, 0xf6, 0xfc, 0xfb } },
};

/* The first entry of a set: its usual name, and what it has of its own. */
static const struct charset_entry *
set_entry(uint8_t set)
{
	size_t	 i;

	for (i = 0; sets[i].set != set; i++)
		continue;
	return (&sets[i]);
}

#define UNDEFINED	0x2e2e	/* a reversed question mark, as DEC's have */

/* Latin-1 with what DEC had in some places before there was Latin-1. */
static uint32_t
supplemental(uint32_t c)
{
	if (strchr("$&,-./48>P^p~", (int)c) != NULL)
		return (UNDEFINED);
	switch (c | 0x80) {
	case 0xa8:
		return (0xa4);
	case 0xd7:
		return (0x152);
	case 0xdd:
		return (0x178);
	case 0xf7:
		return (0x153);
	case 0xfd:
		return (0xff);
	}
	return (c | 0x80);
}

uint32_t
emu_charset_map(const struct emu *e, uint8_t set, uint32_t c)
{
	const char	*place;
	uint16_t	 to;

	if (c < 0x20 || c > 0x7f ||
	    ((c == ' ' || c == 0x7f) && set != CHARSET_LATIN1))
		return (c);
	switch (set) {
	case CHARSET_ASCII:
		return (c);
	case CHARSET_GRAPHICS:
		return (c >= 0x5f ? graphics[c - 0x5f] : c);
	case CHARSET_TECHNICAL:
		to = technical[c - 0x21];
		return (to != 0 ? to : UNDEFINED);
	case CHARSET_SUPPLEMENTAL:
		return (supplemental(c));
	case CHARSET_LATIN1:
		return (c | 0x80);
	}
	/* The British set was there before there was a mode for such. */
	if (set != CHARSET_UK && !(e->priv & PRIV_NATIONAL))
		return (c);
	if ((place = strchr(places, (int)c)) == NULL)
		return (c);
	to = set_entry(set)->national[place - places];
	return (to != 0 ? to : c);
}

bool
emu_charset_set(struct emu *e, int g, const char *name, bool wide)
{
	size_t	 i;

	for (i = 0; i < sizeof sets / sizeof sets[0]; i++) {
		if (sets[i].wide == wide && strcmp(sets[i].final, name) == 0) {
			e->charset[g] = sets[i].set;
			return (true);
		}
	}
	return (false);
}

void
emu_charset_designate(struct emu *e, const uint8_t *inter, int ninter,
    uint8_t final)
{
	static const char	 to[] = "()*+-./";
	const char		*at = strchr(to, inter[0]);
	char			 name[3] = { 0 };
	int			 g;

	if (at == NULL || inter[0] == '\0')
		return;
	g = (int)(at - to);
	name[0] = (char)inter[1];
	name[ninter - 1] = (char)final;
	emu_charset_set(e, g < 4 ? g : g - 3, name, g >= 4);
}

const char *
emu_charset_name(uint8_t set, bool *wide)
{
	const struct charset_entry	*c = set_entry(set);

	*wide = c->wide;
	return (c->final);
}

uint32_t
emu_charset_right(const struct emu *e, uint8_t set, uint8_t c)
{
	/* The supplemental set that users prefer is Latin-1, as everywhere. */
	if (set == CHARSET_ASCII || c == 0xa0 || c == 0xff)
		return (c);
	return (emu_charset_map(e, set, c & 0x7f));
}
