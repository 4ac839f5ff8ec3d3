/* SPDX-License-Identifier: ISC */

/*
 * colour.c - the names of colours.
 *
 * Three kinds of names give three kinds of colours.  The eight of the
 * palette and their bright forms, "colour0" to "colour255" and the SGR
 * numbers 30 and up less 30 ("3", "93") give an index, whose look is the
 * business of the user's terminal.  "#rrggbb" and the names of X11
 * (term/x11.h) give RGB.  "default" and "terminal" give COLOUR_DEFAULT.
 * Blanks inside of a name are nothing, and case does not matter.
 *
 * Source: the names of the palette as in tmux.
 */

#include "model/style.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "term/x11.h"

#define COLOUR_NAME_MAX	X11_NAME_MAX

static const char *const colour_palette[8] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"
};

/* A theme's colours, for those who have not set another: see option-table.c. */
static const struct {
	const char	*name;
	uint8_t		 index;
} colour_theme[] = {
	{ "themeblack", 0 },
	{ "themered", 1 },
	{ "themegreen", 2 },
	{ "themeyellow", 3 },
	{ "themeblue", 4 },
	{ "thememagenta", 5 },
	{ "themecyan", 6 },
	{ "themelightgrey", 7 },
	{ "themedarkgrey", 8 },
	{ "themewhite", 15 },
};

/* A plain number from 0 to max at the end of a name, or -1. */
static int
colour_number(const char *s, int max)
{
	long long	n;

	if (!isdigit((unsigned char)*s) ||
	    str_to_int(s, 0, max, &n, NULL) != 0)
		return (-1);
	return ((int)n);
}

/* Lower case without blanks; false if too long for a name. */
static bool
colour_fold(const char *s, char out[COLOUR_NAME_MAX])
{
	size_t	 n = 0;

	for (; *s != '\0'; s++) {
		if (*s == ' ')
			continue;
		if (n == COLOUR_NAME_MAX - 1)
			return (false);
		out[n++] = (char)tolower((unsigned char)*s);
	}
	out[n] = '\0';
	return (true);
}

static uint32_t
colour_parse_hex(const char *s)
{
	char	*end;
	size_t	 i;

	if (strlen(s) != 6)
		return (COLOUR_NONE);
	for (i = 0; i < 6; i++) {
		if (!isxdigit((unsigned char)s[i]))
			return (COLOUR_NONE);
	}
	return (COLOUR_RGB | (uint32_t)strtoul(s, &end, 16));
}

uint32_t
colour_parse(const char *s)
{
	char		 name[COLOUR_NAME_MAX];
	const char	*rest;
	size_t		 i;
	int		 n;

	if (*s == '#')
		return (colour_parse_hex(s + 1));
	if (strncasecmp(s, "colour", 6) == 0 ||
	    strncasecmp(s, "color", 5) == 0) {
		rest = s + (tolower((unsigned char)s[4]) == 'u' ? 6 : 5);
		if ((n = colour_number(rest, 255)) < 0)
			return (COLOUR_NONE);
		return (colour_index(n));
	}
	if (isdigit((unsigned char)*s)) {
		if ((n = colour_number(s, 97)) < 0 || (n > 7 && n < 90))
			return (COLOUR_NONE);
		return (colour_index(n < 8 ? n : n - 90 + 8));
	}

	if (!colour_fold(s, name))
		return (COLOUR_NONE);
	if (str_eq(name, "default") || str_eq(name, "terminal"))
		return (COLOUR_DEFAULT);
	rest = str_starts(name, "bright") ? name + 6 : name;
	for (i = 0; i < 8; i++) {
		if (str_eq(rest, colour_palette[i]))
			return (colour_index(rest == name ? i : i + 8));
	}
	for (i = 0; i < sizeof colour_theme / sizeof colour_theme[0]; i++) {
		if (str_eq(name, colour_theme[i].name))
			return (colour_index(colour_theme[i].index));
	}
	return (x11_colour(name));
}

const char *
colour_name(uint32_t c, char *buf, size_t cap)
{
	uint32_t	v = c & ~COLOUR_KIND;

	switch (c & COLOUR_KIND) {
	case COLOUR_INDEXED:
		if (v < 8)
			snprintf(buf, cap, "%s", colour_palette[v]);
		else if (v < 16)
			snprintf(buf, cap, "bright%s", colour_palette[v - 8]);
		else
			snprintf(buf, cap, "colour%u", (unsigned)v);
		break;
	case COLOUR_RGB:
		snprintf(buf, cap, "#%06x", (unsigned)v);
		break;
	case COLOUR_DEFAULT:
		snprintf(buf, cap, "default");
		break;
	default:
		snprintf(buf, cap, "none");
		break;
	}
	return (buf);
}
