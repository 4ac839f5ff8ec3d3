/* SPDX-License-Identifier: ISC */

/*
 * style.c - "fg=red,bold,align=right": words that say how text looks and lies.
 *
 * A style is a list of words, parted by commas, blanks or newlines.  Most
 * come as NAME, noNAME or NAME=VALUE; the tables below hold the plain ones,
 * style_word_*() those with values.  style_parse() works on a copy and hands
 * it over only when every word was understood, so that a bad style changes
 * nothing.
 *
 * "default" puts back the colours and attributes of the base, which is what
 * stands under the text; the place (align, list, range) stays.
 */

#include "model/style.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/xmalloc.h"

#define STYLE_SEPARATORS	" ,\n"
#define STYLE_WORD_MAX		256	/* bytes; a longer word is no style */
#define STYLE_TEXT_MAX		1024	/* bytes that style_to_string makes */
#define STYLE_WIDTH_MAX		10000

static const struct {
	const char	*name;
	uint16_t	 attr;
	uint16_t	 mask;		/* what "no" takes away */
} style_attrs[] = {
	{ "bright", ATTR_BOLD, ATTR_BOLD },
	{ "bold", ATTR_BOLD, ATTR_BOLD },
	{ "dim", ATTR_DIM, ATTR_DIM },
	{ "underscore", ATTR_UL_SINGLE, ATTR_UL_MASK },
	{ "blink", ATTR_BLINK, ATTR_BLINK },
	{ "reverse", ATTR_REVERSE, ATTR_REVERSE },
	{ "hidden", ATTR_HIDDEN, ATTR_HIDDEN },
	{ "italics", ATTR_ITALIC, ATTR_ITALIC },
	{ "strikethrough", ATTR_STRIKE, ATTR_STRIKE },
	{ "overline", ATTR_OVERLINE, ATTR_OVERLINE },
	{ "double-underscore", ATTR_UL_DOUBLE, ATTR_UL_MASK },
	{ "curly-underscore", ATTR_UL_CURLY, ATTR_UL_MASK },
	{ "dotted-underscore", ATTR_UL_DOTTED, ATTR_UL_MASK },
	{ "dashed-underscore", ATTR_UL_DASHED, ATTR_UL_MASK },
};
#define STYLE_ATTRS	(sizeof style_attrs / sizeof style_attrs[0])

static const char *const style_aligns[] = {
	[STYLE_ALIGN_LEFT] = "left",
	[STYLE_ALIGN_CENTRE] = "centre",
	[STYLE_ALIGN_RIGHT] = "right",
	[STYLE_ALIGN_ABSOLUTE_CENTRE] = "absolute-centre",
};
static const char *const style_lists[] = {
	[STYLE_LIST_ON] = "on",
	[STYLE_LIST_FOCUS] = "focus",
	[STYLE_LIST_LEFT_MARKER] = "left-marker",
	[STYLE_LIST_RIGHT_MARKER] = "right-marker",
};
static const char *const style_defaults[] = {
	[STYLE_DEFAULT_PUSH] = "push-default",
	[STYLE_DEFAULT_POP] = "pop-default",
	[STYLE_DEFAULT_SET] = "set-default",
};
static const struct {
	const char	*name;
	char		 sigil;		/* before the number, or 0 */
	bool		 arg;		/* "|" and an argument must follow */
} style_ranges[] = {
	[STYLE_RANGE_NONE] = { "none", 0, false },
	[STYLE_RANGE_LEFT] = { "left", 0, false },
	[STYLE_RANGE_RIGHT] = { "right", 0, false },
	[STYLE_RANGE_PANE] = { "pane", '%', true },
	[STYLE_RANGE_WINDOW] = { "window", 0, true },
	[STYLE_RANGE_SESSION] = { "session", '$', true },
	[STYLE_RANGE_USER] = { "user", 0, true },
	[STYLE_RANGE_CONTROL] = { "control", 0, true },
};
#define STYLE_COUNT(a)	(sizeof (a) / sizeof (a)[0])

void
style_default(struct style *st)
{
	memset(st, 0, sizeof *st);
	st->fg = st->bg = st->us = COLOUR_DEFAULT;
	st->fill = COLOUR_NONE;
	st->width = st->pad = -1;
}

/* The index of a word in a list which may have holes, or -1. */
static int
style_lookup(const char *const *list, size_t n, const char *word)
{
	size_t	i;

	for (i = 0; i < n; i++) {
		if (list[i] != NULL && strcasecmp(list[i], word) == 0)
			return ((int)i);
	}
	return (-1);
}

/* Colours of a style: "default" is the base's. */
static int
style_colour(uint32_t *c, uint32_t base, const char *value)
{
	uint32_t	parsed = colour_parse(value);

	if (parsed == COLOUR_NONE && strcasecmp(value, "none") != 0)
		return (-1);
	if (parsed == COLOUR_NONE || strcasecmp(value, "default") == 0)
		parsed = base;
	*c = parsed;
	return (0);
}

static int
style_range(struct style *st, char *value)
{
	char		*arg;
	long long	 n;
	size_t		 i;

	if ((arg = strchr(value, '|')) != NULL)
		*arg++ = '\0';
	for (i = 1; i < STYLE_COUNT(style_ranges); i++) {
		if (strcasecmp(style_ranges[i].name, value) == 0)
			break;
	}
	if (i == STYLE_COUNT(style_ranges) ||
	    style_ranges[i].arg != (arg != NULL))
		return (-1);

	st->range_arg = 0;
	st->range_user[0] = '\0';
	if (i == STYLE_RANGE_USER) {
		if (*arg == '\0' || strlen(arg) >= sizeof st->range_user)
			return (-1);
		strlcpy(st->range_user, arg, sizeof st->range_user);
	} else if (arg != NULL) {
		if (style_ranges[i].sigil != 0 && *arg == style_ranges[i].sigil)
			arg++;
		if (str_to_int(arg, 0, i == STYLE_RANGE_CONTROL ? 9 :
		    UINT32_MAX, &n, NULL) != 0)
			return (-1);
		st->range_arg = (uint32_t)n;
	}
	st->range = (enum style_range)i;
	return (0);
}

static int
style_number(int *out, bool *percent, const char *value)
{
	char		 digits[16];
	size_t		 len = strlen(value);
	long long	 n;
	bool		 is_percent = false;

	if (len == 0 || len >= sizeof digits)
		return (-1);
	strlcpy(digits, value, sizeof digits);
	if (percent != NULL && digits[len - 1] == '%') {
		digits[len - 1] = '\0';
		is_percent = true;
	}
	if (str_to_int(digits, 0, is_percent ? 100 : STYLE_WIDTH_MAX, &n,
	    NULL) != 0)
		return (-1);
	*out = (int)n;
	if (percent != NULL)
		*percent = is_percent;
	return (0);
}

/* NAME=VALUE. */
static int
style_assign(struct style *st, const struct style *base, const char *name,
    char *value)
{
	int	n;

	if (strcasecmp(name, "fg") == 0)
		return (style_colour(&st->fg, base->fg, value));
	if (strcasecmp(name, "bg") == 0)
		return (style_colour(&st->bg, base->bg, value));
	if (strcasecmp(name, "us") == 0)
		return (style_colour(&st->us, base->us, value));
	if (strcasecmp(name, "fill") == 0) {
		if (strcasecmp(value, "none") == 0) {
			st->fill = COLOUR_NONE;
			return (0);
		}
		return (style_colour(&st->fill, base->bg, value));
	}
	if (strcasecmp(name, "align") == 0) {
		n = style_lookup(style_aligns, STYLE_COUNT(style_aligns),
		    value);
		if (n < 0)
			return (-1);
		st->align = (enum style_align)n;
		return (0);
	}
	if (strcasecmp(name, "list") == 0) {
		n = style_lookup(style_lists, STYLE_COUNT(style_lists), value);
		if (n < 0)
			return (-1);
		st->list = (enum style_list)n;
		return (0);
	}
	if (strcasecmp(name, "range") == 0)
		return (style_range(st, value));
	if (strcasecmp(name, "width") == 0)
		return (style_number(&st->width, &st->width_percent, value));
	if (strcasecmp(name, "pad") == 0)
		return (style_number(&st->pad, NULL, value));
	/* Known, and nothing that can be drawn here. */
	if (strcasecmp(name, "link") == 0)
		return (0);
	if (strcasecmp(name, "dim") == 0)
		return (style_number(&n, NULL, value));
	return (-1);
}

/* One attribute or several with bars between. */
static int
style_attribute(struct style *st, char *word)
{
	char		*part;
	size_t		 i;
	bool		 off;

	while ((part = strsep(&word, "|")) != NULL) {
		off = strncasecmp(part, "no", 2) == 0;
		if (off)
			part += 2;
		if (strcasecmp(part, "acs") == 0) {
			st->acs = !off;
			continue;
		}
		for (i = 0; i < STYLE_ATTRS; i++) {
			if (strcasecmp(style_attrs[i].name, part) == 0)
				break;
		}
		if (i == STYLE_ATTRS)
			return (-1);
		st->attr &= (uint16_t)~style_attrs[i].mask;
		if (!off)
			st->attr |= style_attrs[i].attr;
	}
	return (0);
}

static int
style_word(struct style *st, const struct style *base, char *word)
{
	char	*value;
	int	 n;

	if ((value = strchr(word, '=')) != NULL) {
		*value++ = '\0';
		return (style_assign(st, base, word, value));
	}
	if (strcasecmp(word, "default") == 0) {
		st->fg = base->fg;
		st->bg = base->bg;
		st->us = base->us;
		st->attr = base->attr;
		st->acs = base->acs;
		return (0);
	}
	if (strcasecmp(word, "none") == 0 || strcasecmp(word, "noattr") == 0) {
		st->attr = 0;
		st->acs = false;
		return (0);
	}
	if (strcasecmp(word, "ignore") == 0)
		st->ignore = true;
	else if (strcasecmp(word, "noignore") == 0)
		st->ignore = false;
	else if (strcasecmp(word, "noalign") == 0)
		st->align = base->align;
	else if (strcasecmp(word, "nolist") == 0)
		st->list = STYLE_LIST_OFF;
	else if (strcasecmp(word, "norange") == 0) {
		st->range = base->range;
		st->range_arg = base->range_arg;
		memcpy(st->range_user, base->range_user,
		    sizeof st->range_user);
	} else if (strcasecmp(word, "nolink") == 0)
		return (0);
	else if ((n = style_lookup(style_defaults, STYLE_COUNT(style_defaults),
	    word)) >= 0)
		st->def = (enum style_default)n;
	else
		return (style_attribute(st, word));
	return (0);
}

int
style_parse(struct style *st, const struct style *base, const char *text)
{
	struct style	 new = *st, blank;
	char		 word[STYLE_WORD_MAX];
	size_t		 len;

	if (base == NULL) {
		style_default(&blank);
		base = &blank;
	}
	new.def = STYLE_DEFAULT_BASE;
	for (;;) {
		text += strspn(text, STYLE_SEPARATORS);
		if (*text == '\0')
			break;
		len = strcspn(text, STYLE_SEPARATORS);
		if (len >= sizeof word)
			return (-1);
		memcpy(word, text, len);
		word[len] = '\0';
		text += len;
		if (style_word(&new, base, word) != 0)
			return (-1);
	}
	*st = new;
	return (0);
}

static void
style_add_colour(struct buf *b, const char *name, uint32_t c)
{
	char	tmp[32];

	buf_addf(b, ",%s=%s", name, colour_name(c, tmp, sizeof tmp));
}

static void
style_add_range(struct buf *b, const struct style *st)
{
	buf_addf(b, ",range=%s", style_ranges[st->range].name);
	if (st->range == STYLE_RANGE_USER)
		buf_addf(b, "|%s", st->range_user);
	else if (style_ranges[st->range].sigil != 0)
		buf_addf(b, "|%c%u", style_ranges[st->range].sigil,
		    (unsigned)st->range_arg);
	else if (style_ranges[st->range].arg)
		buf_addf(b, "|%u", (unsigned)st->range_arg);
}

char *
style_to_string(const struct style *st)
{
	struct buf	 b;
	char		*out;
	size_t		 i;
	uint16_t	 done = 0;

	buf_init(&b, STYLE_TEXT_MAX);
	if (st->list != STYLE_LIST_OFF)
		buf_addf(&b, ",list=%s", style_lists[st->list]);
	if (st->range != STYLE_RANGE_NONE)
		style_add_range(&b, st);
	if (st->align != STYLE_ALIGN_DEFAULT)
		buf_addf(&b, ",align=%s", style_aligns[st->align]);
	if (st->def != STYLE_DEFAULT_BASE)
		buf_addf(&b, ",%s", style_defaults[st->def]);
	if (st->fill != COLOUR_NONE)
		style_add_colour(&b, "fill", st->fill);
	if (st->fg != COLOUR_DEFAULT)
		style_add_colour(&b, "fg", st->fg);
	if (st->bg != COLOUR_DEFAULT)
		style_add_colour(&b, "bg", st->bg);
	if (st->us != COLOUR_DEFAULT)
		style_add_colour(&b, "us", st->us);
	for (i = 0; i < STYLE_ATTRS; i++) {
		if ((st->attr & style_attrs[i].mask) != style_attrs[i].attr ||
		    (done & style_attrs[i].attr) != 0)
			continue;
		done |= style_attrs[i].attr;
		buf_addf(&b, ",%s", style_attrs[i].name);
	}
	if (st->acs)
		buf_addstr(&b, ",acs");
	if (st->ignore)
		buf_addstr(&b, ",ignore");
	if (st->width >= 0)
		buf_addf(&b, ",width=%d%s", st->width,
		    st->width_percent ? "%" : "");
	if (st->pad >= 0)
		buf_addf(&b, ",pad=%d", st->pad);

	if (buf_len(&b) == 0)
		out = xstrdup("default");
	else
		out = xstrndup((char *)buf_data(&b) + 1, buf_len(&b) - 1);
	buf_fini(&b);
	return (out);
}

void
style_apply(const struct style *st, struct cell *c, uint32_t *us)
{
	if (st->fg != COLOUR_DEFAULT)
		c->fg = st->fg;
	if (st->bg != COLOUR_DEFAULT)
		c->bg = st->bg;
	if (us != NULL && st->us != COLOUR_DEFAULT)
		*us = st->us;
	if ((st->attr & ATTR_UL_MASK) != 0)
		c->attr &= (uint16_t)~ATTR_UL_MASK;
	c->attr |= st->attr;
}
