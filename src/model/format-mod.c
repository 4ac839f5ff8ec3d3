/* SPDX-License-Identifier: ISC */

/*
 * format-mod.c - the inside of #{...}.
 *
 *	braces    = [modifier {";" modifier} ":"] rest
 *	modifier  = word | letter argument | letter X argument X argument ...
 *
 * where X is any punctuation, which then parts the arguments: =/10/..., s|a|b|
 * and the like.  What rest is depends on the modifiers: a condition if it
 * begins with ?, two texts to compare, text to loop with, an expression; or
 * by default a text if it has a #{ in it and the name of a variable if not.
 * What comes of it then goes through the modifiers that change text, in a fixed
 * order, however they were written: b d q E T s = p n w.
 */

#include <ctype.h>
#include <fnmatch.h>
#include <libgen.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "model/environ.h"
#include "model/format-int.h"
#include "model/option.h"
#include "model/style.h"
#include "term/canvas.h"

#define MODIFIERS_MAX	64	/* of one #{...} */
#define ARGUMENTS_MAX	16	/* of one modifier */
#define ANIMATION_US	100000	/* one frame of A */
#define LINE_BYTES	(ROW_COLS_MAX * 8)

struct modifier {
	char	 name[3];
	int	 argc;
	char	*argv[ARGUMENTS_MAX];
};

/* What is being made of one #{...}. */
struct braces {
	struct format_state	*fs;
	struct modifier		 mods[MODIFIERS_MAX];
	size_t			 nmods;
	char			*rest;		/* after the modifiers */
	/* How the value came about. */
	bool			 done;		/* nothing is applied to it */
	bool			 escape;	/* its #s are no styles */
};

/* --- reading modifiers --- */

static bool
modifier_ends(char c)
{
	return (c == ':' || c == ';');
}

static void
braces_free(struct braces *br)
{
	size_t	i;
	int	j;

	for (i = 0; i < br->nmods; i++) {
		for (j = 0; j < br->mods[i].argc; j++)
			free(br->mods[i].argv[j]);
	}
	free(br->rest);
}

static struct modifier *
braces_add(struct braces *br, const char *name, size_t len)
{
	struct modifier	*m;

	if (br->nmods == MODIFIERS_MAX)
		return (NULL);
	m = &br->mods[br->nmods++];
	memset(m, 0, sizeof *m);
	memcpy(m->name, name, len);
	return (m);
}

static void
modifier_argument(struct braces *br, struct modifier *m, const char *s,
    size_t len)
{
	char	*text;

	if (m->argc == ARGUMENTS_MAX)
		return;
	text = xstrndup(s, len);
	m->argv[m->argc++] = format_expand_in(br->fs, text, FS_OPERAND);
	free(text);
}

/*
 * The arguments between punctuation; returns what follows, or NULL.  The last
 * one need not be closed.
 */
static const char *
modifier_arguments(struct braces *br, struct modifier *m, const char *s)
{
	const char	end[4] = { *s, ';', ':', '\0' };
	const char	*stop;

	do {
		if (s[0] == end[0] && modifier_ends(s[1]))
			return (s + 1);
		if ((stop = format_skip(s + 1, end)) == NULL)
			return (NULL);
		modifier_argument(br, m, s + 1, (size_t)(stop - s - 1));
		s = stop;
	} while (!modifier_ends(*s));
	return (s);
}

/* One modifier; returns what follows, or NULL if there is none. */
static const char *
braces_modifier(struct braces *br, const char *s)
{
	static const char *const	pairs[] = {
		"||", "&&", "!!", "!=", "==", "<=", ">="
	};
	struct modifier			*m;
	const char			*stop;
	size_t				 i;

	for (i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		if (strncmp(s, pairs[i], 2) == 0 && modifier_ends(s[2])) {
			m = braces_add(br, s, 2);
			return (m == NULL ? NULL : s + 2);
		}
	}
	if (*s == '\0')
		return (NULL);
	if (strchr("labcdnwETRSWPLOV!<>NmCtqsIAep=", *s) == NULL)
		return (NULL);
	if (modifier_ends(s[1])) {
		m = braces_add(br, s, 1);
		return (m == NULL ? NULL : s + 1);
	}
	if (strchr("mCNSst=peqcWPLIAO", *s) == NULL)
		return (NULL);

	if (!ispunct((unsigned char)s[1]) || s[1] == '-') {
		/* One argument without anything around it. */
		if ((stop = format_skip(s + 1, ":;")) == NULL ||
		    (m = braces_add(br, s, 1)) == NULL)
			return (NULL);
		modifier_argument(br, m, s + 1, (size_t)(stop - s - 1));
		return (stop);
	}
	if ((m = braces_add(br, s, 1)) == NULL)
		return (NULL);
	return (modifier_arguments(br, m, s + 1));
}

/* Read the modifiers; without any the whole is rest. */
static void
braces_parse(struct braces *br, const char *text)
{
	const char	*s = text;
	size_t		 i;
	int		 j;

	while (s != NULL && *s != '\0' && *s != ':') {
		if (*s == ';')
			s++;
		if (*s == ':')
			break;
		s = braces_modifier(br, s);
	}
	if (s != NULL && *s == ':') {
		br->rest = xstrdup(s + 1);
		return;
	}
	for (i = 0; i < br->nmods; i++) {
		for (j = 0; j < br->mods[i].argc; j++)
			free(br->mods[i].argv[j]);
	}
	br->nmods = 0;
	br->rest = xstrdup(text);
}

static struct modifier *
braces_get(struct braces *br, const char *name)
{
	size_t	i;

	for (i = br->nmods; i > 0; i--) {
		if (strcmp(br->mods[i - 1].name, name) == 0)
			return (&br->mods[i - 1]);
	}
	return (NULL);
}

static bool
modifier_has(const struct modifier *m, char flag)
{
	return (m != NULL && m->argc > 0 && strchr(m->argv[0], flag) != NULL);
}

/* --- pieces of text --- */

/* Take the escapes off that kept a text in one piece. */
static char *
format_unescape(const char *s)
{
	char	*out = xmalloc(strlen(s) + 1), *o = out;
	int	 depth = 0;

	for (; *s != '\0'; s++) {
		if (s[0] == '#' && s[1] == '{')
			depth++;
		if (depth == 0 && s[0] == '#' && s[1] != '\0' &&
		    strchr(",#{}:", s[1]) != NULL) {
			*o++ = *++s;
			continue;
		}
		if (*s == '}' && depth > 0)
			depth--;
		*o++ = *s;
	}
	*o = '\0';
	return (out);
}

/* The same for what has no braces to keep. */
static char *
format_strip(const char *s)
{
	char	*out = xmalloc(strlen(s) + 1), *o = out;

	for (; *s != '\0'; s++) {
		if (s[0] == '#' && s[1] != '\0' &&
		    strchr(",#{}:", s[1]) != NULL)
			continue;
		*o++ = *s;
	}
	*o = '\0';
	return (out);
}

/*
 * Cut off the first part of a comma list; *rest is what comes after the
 * comma, or NULL if there was none.  The caller frees.
 */
static char *
format_part(const char *s, const char **rest)
{
	const char	*comma = format_skip(s, ",");

	if (comma == NULL) {
		*rest = NULL;
		return (xstrdup(s));
	}
	*rest = comma + 1;
	return (xstrndup(s, (size_t)(comma - s)));
}

/* Expand both sides of "a,b"; false without a comma. */
static bool
format_two(struct format_state *fs, const char *s, unsigned flags,
    char **left, char **right)
{
	const char	*rest;
	char		*part;

	part = format_part(s, &rest);
	if (rest == NULL) {
		free(part);
		return (false);
	}
	*left = format_expand_in(fs, part, flags);
	*right = format_expand_in(fs, rest, flags);
	free(part);
	return (true);
}

static char *
format_truth(bool value)
{
	return (xstrdup(value ? "1" : "0"));
}

/* --- conditions and comparisons --- */

/* Whether a condition holds: a name, or a text that expands to something. */
static bool
format_holds(struct format_state *fs, const char *condition)
{
	struct format_found	 found;
	bool			 tainted = fs->tainted, result;

	format_lookup(fs->ft, condition, &found);
	if (found.is_time && found.value == NULL)
		result = found.time != 0;
	else {
		if (found.value == NULL) {
			found.value = format_expand_in(fs, condition,
			    FS_OPERAND);
			/* A name that nobody knows. */
			if (strcmp(found.value, condition) == 0)
				found.value[0] = '\0';
		}
		result = format_true(found.value);
	}
	free(found.value);
	fs->tainted = tainted;
	return (result);
}

/* ?c,a,c,a,...,b */
static char *
format_condition(struct format_state *fs, const char *s)
{
	const char	*rest, *next;
	char		*condition, *value, *out;
	bool		 holds, first = true;

	for (;; first = false) {
		condition = format_part(s, &rest);
		if (rest == NULL) {
			/* What is left when nothing held. */
			free(condition);
			return (first ? NULL : format_expand_in(fs, s, 0));
		}
		holds = format_holds(fs, condition);
		free(condition);
		value = format_part(rest, &next);
		if (holds) {
			out = format_expand_in(fs, value, 0);
			free(value);
			return (out);
		}
		free(value);
		if (next == NULL)
			return (xstrdup(""));
		s = next;
	}
}

/* || and &&, of any number of parts. */
static char *
format_logic(struct format_state *fs, const char *s, bool all)
{
	const char	*rest;
	char		*part, *value;
	bool		 is;

	for (; s != NULL; s = rest) {
		part = format_part(s, &rest);
		value = format_expand_in(fs, part, FS_OPERAND);
		is = format_true(value);
		free(value);
		free(part);
		if (is != all)
			return (format_truth(is));
	}
	return (format_truth(all));
}

/* Letters of the pattern in this order somewhere in the text. */
static bool
format_fuzzy(const char *pattern, const char *text)
{
	for (; *pattern != '\0'; pattern++) {
		if (*pattern == ' ')
			continue;
		while (*text != '\0' && tolower((unsigned char)*text) !=
		    tolower((unsigned char)*pattern))
			text++;
		if (*text == '\0')
			return (false);
		text++;
	}
	return (true);
}

static bool
format_matches(const struct modifier *m, const char *pattern,
    const char *text)
{
	regex_t	re;
	int	flags = REG_EXTENDED | REG_NOSUB;
	bool	found;

	if (modifier_has(m, 'z') || modifier_has(m, 'p'))
		return (format_fuzzy(pattern, text));
	if (!modifier_has(m, 'r'))
		return (fnmatch(pattern, text,
		    modifier_has(m, 'i') ? FNM_CASEFOLD : 0) == 0);
	if (modifier_has(m, 'i'))
		flags |= REG_ICASE;
	if (regcomp(&re, pattern, flags) != 0)
		return (false);
	found = regexec(&re, text, 0, NULL, 0) == 0;
	regfree(&re);
	return (found);
}

static char *
format_compare(struct format_state *fs, const struct modifier *m,
    const char *s)
{
	const char	*op = m->name;
	char		*left, *right;
	int		 cmp;
	bool		 is;

	if (!format_two(fs, s, FS_OPERAND, &left, &right))
		return (xstrdup(""));
	cmp = strcmp(left, right);
	if (*op == 'm')
		is = format_matches(m, left, right);
	else if (strcmp(op, "==") == 0)
		is = cmp == 0;
	else if (strcmp(op, "!=") == 0)
		is = cmp != 0;
	else if (strcmp(op, "<") == 0)
		is = cmp < 0;
	else if (strcmp(op, ">") == 0)
		is = cmp > 0;
	else if (strcmp(op, "<=") == 0)
		is = cmp <= 0;
	else
		is = cmp >= 0;
	free(left);
	free(right);
	return (format_truth(is));
}

/* C: the line of the pane's screen that has the text, from 1; or 0. */
static char *
format_search(struct format_state *fs, const struct modifier *m,
    const char *s)
{
	struct pane	*p = fs->ft->p;
	struct row	*row;
	char		*term, *pattern, *line, *out;
	uint64_t	 top;
	size_t		 n;
	int		 y, at = 0;

	if (p == NULL || p->emu == NULL)
		return (xstrdup("0"));
	term = format_expand_in(fs, s, FS_OPERAND);
	if (modifier_has(m, 'r'))
		pattern = xstrdup(term);
	else
		xasprintf(&pattern, "*%s*", term);
	free(term);

	line = xmalloc(LINE_BYTES);
	top = emu_top_line(p->emu, EMU_SHOWN);
	for (y = 0; y < emu_rows(p->emu) && at == 0; y++) {
		row = emu_line(p->emu, EMU_SHOWN, top + (uint64_t)y);
		if (row == NULL)
			continue;
		n = row_text(row, 0, row->used, line, LINE_BYTES);
		if (n >= LINE_BYTES)
			n = LINE_BYTES - 1;
		while (n > 0 && line[n - 1] == ' ')
			n--;
		line[n] = '\0';
		row_unref(row);
		if (!format_spend(fs, n + 1))
			break;
		if (format_matches(m, pattern, line))
			at = y + 1;
	}
	free(line);
	free(pattern);
	xasprintf(&out, "%d", at);
	return (out);
}

/* --- expressions --- */

static bool
format_number(const char *s, bool fractions, double *n)
{
	char	*end;

	*n = strtod(s, &end);
	if (*end != '\0')
		return (false);
	if (!fractions && isfinite(*n))
		*n = trunc(*n);
	return (true);
}

/* Without decimals: what does not fit is the smallest, as in tmux. */
static double
format_whole(double n)
{
	if (!isfinite(n) || n >= 9223372036854775808.0 ||
	    n < -9223372036854775808.0)
		return (-9223372036854775808.0);
	return (trunc(n));
}

static char *
format_expression(struct format_state *fs, const struct modifier *m,
    const char *s)
{
	static const char *const	ops[] = {
		"+", "-", "*", "/", "%", "m", "==", "!=", ">", "<", ">=", "<="
	};
	char				*left, *right, *out;
	double				 a, b, n = 0;
	long long			 decimals;
	size_t				 op;
	bool				 fractions, ok;

	if (m->argc < 1)
		return (xstrdup(""));
	for (op = 0; op < sizeof ops / sizeof ops[0]; op++) {
		if (strcmp(ops[op], m->argv[0]) == 0)
			break;
	}
	fractions = m->argc >= 2 && strchr(m->argv[1], 'f') != NULL;
	decimals = fractions ? 2 : 0;
	if (m->argc >= 3 && str_to_int(m->argv[2], -FORMAT_PRECISION_MAX,
	    FORMAT_PRECISION_MAX, &decimals, NULL) != 0)
		return (xstrdup(""));
	if (op == sizeof ops / sizeof ops[0] ||
	    !format_two(fs, s, FS_OPERAND, &left, &right))
		return (xstrdup(""));
	ok = format_number(left, fractions, &a) &&
	    format_number(right, fractions, &b);
	free(left);
	free(right);
	if (!ok)
		return (xstrdup(""));

	switch (op) {
	case 0: n = a + b; break;
	case 1: n = a - b; break;
	case 2: n = a * b; break;
	case 3: n = a / b; break;
	case 4:
	case 5: n = fmod(a, b); break;
	case 6: n = fabs(a - b) < 1e-9; break;
	case 7: n = fabs(a - b) > 1e-9; break;
	case 8: n = a > b; break;
	case 9: n = a < b; break;
	case 10: n = a >= b; break;
	default: n = a <= b; break;
	}
	xasprintf(&out, "%.*f", (int)(decimals < 0 ? -decimals : decimals),
	    fractions ? n : format_whole(n));
	return (out);
}

/* --- things that are not the value of a variable --- */

static char *
format_character(struct format_state *fs, const char *s)
{
	char		*text = format_expand_in(fs, s, FS_OPERAND), *out;
	long long	 n;

	if (str_to_int(text, 32, 126, &n, NULL) != 0)
		out = xstrdup("");
	else
		xasprintf(&out, "%c", (int)n);
	free(text);
	return (out);
}

/* The usual RGB of an index: xterm's palette, with dim first eight. */
static uint32_t
format_palette(uint32_t index)
{
	static const uint32_t	first[16] = {
		0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080,
		0x008080, 0xc0c0c0, 0x808080, 0xff0000, 0x00ff00, 0xffff00,
		0x0000ff, 0xff00ff, 0x00ffff, 0xffffff
	};
	static const uint32_t	level[6] = { 0, 0x5f, 0x87, 0xaf, 0xd7, 0xff };
	uint32_t		v;

	if (index < 16)
		return (first[index]);
	if (index >= 232) {
		v = 8 + (index - 232) * 10;
		return (v << 16 | v << 8 | v);
	}
	index -= 16;
	return (level[index / 36] << 16 | level[index / 6 % 6] << 8 |
	    level[index % 6]);
}

/* c: six hex digits; c/f and c/b: the SGR sequence. */
static char *
format_colour(struct format_state *fs, const struct modifier *m,
    const char *s)
{
	char		*text, *out;
	uint32_t	 c, rgb;
	int		 base;

	text = format_expand_in(fs, s, FS_OPERAND);
	c = colour_parse(text);
	free(text);
	if (modifier_has(m, 'f') || modifier_has(m, 'b')) {
		base = modifier_has(m, 'f') ? 38 : 48;
		rgb = c & ~COLOUR_KIND;
		if (c == COLOUR_NONE)
			return (xstrdup(""));
		if (c == COLOUR_DEFAULT)
			xasprintf(&out, "\033[%dm", base + 1);
		else if ((c & COLOUR_KIND) == COLOUR_INDEXED)
			xasprintf(&out, "\033[%d;5;%um", base, (unsigned)rgb);
		else
			xasprintf(&out, "\033[%d;2;%u;%u;%um", base,
			    (unsigned)(rgb >> 16), (unsigned)(rgb >> 8 & 0xff),
			    (unsigned)(rgb & 0xff));
		return (out);
	}
	if (c == COLOUR_NONE || c == COLOUR_DEFAULT)
		return (xstrdup(""));
	rgb = c & ~COLOUR_KIND;
	if ((c & COLOUR_KIND) == COLOUR_INDEXED)
		rgb = format_palette(rgb);
	xasprintf(&out, "%06x", (unsigned)rgb);
	return (out);
}

/* R: the first part as often as the second says. */
static char *
format_repeat(struct format_state *fs, const char *s)
{
	struct buf	 b;
	char		*left, *right, *out;
	long long	 n, i;

	if (!format_two(fs, s, 0, &left, &right))
		return (xstrdup(""));
	if (str_to_int(right, 0, FORMAT_WIDTH_MAX, &n, NULL) != 0)
		n = 0;
	buf_init(&b, FORMAT_TEXT_MAX);
	for (i = 0; i < n && format_spend(fs, strlen(left)); i++) {
		if (buf_addstr(&b, left) != 0)
			break;
	}
	out = xstrndup(buf_len(&b) == 0 ? "" : (char *)buf_data(&b),
	    buf_len(&b));
	buf_fini(&b);
	free(left);
	free(right);
	return (out);
}

/* N: whether there is a window, or a session, of that name. */
static char *
format_exists(struct format_state *fs, const struct modifier *m,
    const char *s)
{
	struct format	*ft = fs->ft;
	struct session	*session;
	struct winlink	*wl;
	char		*name;
	bool		 found = false;

	name = format_expand_in(fs, s, FS_OPERAND);
	if (modifier_has(m, 's')) {
		TAILQ_FOREACH(session, &ft->model->sessions, entry)
			found = found || strcmp(session->name, name) == 0;
	} else if (ft->s != NULL) {
		TAILQ_FOREACH(wl, &ft->s->windows, entry)
			found = found || str_eq(wl->window->name, name);
	}
	free(name);
	return (format_truth(found));
}

/* I: what the client's terminal can do, or has in its environment. */
static char *
format_client_has(struct format_state *fs, const struct modifier *m,
    const char *s)
{
	const struct environ_entry	*ee;
	struct client			*c = fs->ft->c;
	char				*name, *copy, *next, *word, *out;
	bool				 found = false;

	if (c == NULL)
		return (xstrdup(""));
	name = format_expand_in(fs, s, FS_OPERAND);
	if (modifier_has(m, 'e')) {
		ee = c->environ == NULL ? NULL : environ_find(c->environ, name);
		out = xstrdup(ee == NULL || ee->value == NULL ? "" :
		    ee->value);
		fs->tainted = true;
		free(name);
		return (out);
	}
	copy = next = xstrdup(c->term_features == NULL ? "" :
	    c->term_features);
	while ((word = strsep(&next, ",")) != NULL)
		found = found || (*word != '\0' && strcmp(word, name) == 0);
	free(copy);
	free(name);
	return (format_truth(found));
}

/* A: one frame of a list, by the time. */
static char *
format_animate(struct format_state *fs, const char *s)
{
	const char	*rest;
	char		*part, *out;
	uint64_t	 count = 0, wanted;
	const char	*t;

	for (t = s; t != NULL; count++) {
		part = format_part(t, &t);
		free(part);
	}
	wanted = fs->ft->model->now_us / ANIMATION_US % count;
	for (;;) {
		part = format_part(s, &rest);
		if (wanted-- == 0 || rest == NULL)
			break;
		free(part);
		s = rest;
	}
	out = format_expand_in(fs, part, 0);
	free(part);
	return (out);
}

/* --- loops --- */

/* What a loop goes over: one of these is set. */
struct loop_item {
	struct session	*s;
	struct winlink	*wl;
	struct pane	*p;
	struct client	*c;
	const char	*name;
	long long	 key;		/* sorted by, if not by name */
	size_t		 order;
};

struct loop {
	struct loop_item	*items;
	size_t			 count;
	char			 kind;
	char			 sort;		/* 0: as they come */
	bool			 reverse;
};

static void
loop_add(struct loop *l, const struct loop_item *li)
{
	l->items = xreallocarray(l->items, l->count + 1, sizeof *l->items);
	l->items[l->count] = *li;
	l->items[l->count].order = l->count;
	l->count++;
}

static int
loop_by_name(const void *a, const void *b)
{
	const struct loop_item	*x = a, *y = b;
	int			 cmp = strcmp(x->name, y->name);

	return (cmp != 0 ? cmp : (x->order > y->order) - (x->order < y->order));
}

static int
loop_by_key(const void *a, const void *b)
{
	const struct loop_item	*x = a, *y = b;

	if (x->key != y->key)
		return (x->key < y->key ? -1 : 1);
	return ((x->order > y->order) - (x->order < y->order));
}

static void
loop_collect(struct loop *l, struct format *ft)
{
	struct session	*s;
	struct winlink	*wl;
	struct pane	*p;
	struct client	*c;
	bool		 by_time = l->sort == 't';

	switch (l->kind) {
	case 'S':
		TAILQ_FOREACH(s, &ft->model->sessions, entry)
			loop_add(l, &(struct loop_item){ .s = s,
			    .name = s->name,
			    .key = by_time ? -(long long)s->activity :
			    (long long)s->id });
		break;
	case 'W':
		if (ft->s == NULL)
			break;
		TAILQ_FOREACH(wl, &ft->s->windows, entry)
			loop_add(l, &(struct loop_item){ .s = ft->s, .wl = wl,
			    .name = wl->window->name,
			    .key = by_time ? -(long long)wl->window->activity :
			    wl->index });
		break;
	case 'P':
		if (ft->w == NULL)
			break;
		TAILQ_FOREACH(p, &ft->w->panes, entry)
			loop_add(l, &(struct loop_item){ .s = ft->s,
			    .wl = ft->wl, .p = p, .name = "",
			    .key = by_time ? -(long long)p->activity :
			    (long long)l->count });
		break;
	default:
		TAILQ_FOREACH(c, &ft->model->clients, entry) {
			if (!client_here(c))
				continue;
			loop_add(l, &(struct loop_item){ .s = c->session,
			    .c = c, .name = c->name == NULL ? "" : c->name,
			    .key = by_time ? -(long long)c->activity :
			    (long long)c->id });
		}
		break;
	}
	if (l->count < 2)
		return;
	/* Sessions come by name unless told otherwise. */
	if (l->sort == 'n' || (l->sort == 0 && l->kind == 'S'))
		qsort(l->items, l->count, sizeof *l->items, loop_by_name);
	else if (l->sort != 0)
		qsort(l->items, l->count, sizeof *l->items, loop_by_key);
}

static bool
loop_is_current(const struct loop *l, const struct loop_item *li,
    const struct format *ft)
{
	switch (l->kind) {
	case 'S':
		return (li->s == ft->s);
	case 'W':
		return (li->wl == ft->s->current);
	case 'P':
		return (li->p == ft->w->active);
	default:
		return (li->c == ft->c);
	}
}

/* In W: what the neighbours are. */
static void
loop_add_neighbours(struct format *inner, const struct loop *l, size_t i)
{
	const struct loop_item	*li = &l->items[i], *other;
	struct winlink		*current = li->s->current;

	other = i + 1 < l->count ? &l->items[i + 1] : NULL;
	format_add(inner, "window_after_active", "%d",
	    i > 0 && l->items[i - 1].wl == current);
	format_add(inner, "window_before_active", "%d",
	    other != NULL && other->wl == current);
	if (other != NULL) {
		format_add(inner, "next_window_index", "%d", other->wl->index);
		format_add(inner, "next_window_active", "%d",
		    other->wl == current);
	}
	if (i > 0) {
		other = &l->items[i - 1];
		format_add(inner, "prev_window_index", "%d", other->wl->index);
		format_add(inner, "prev_window_active", "%d",
		    other->wl == current);
	}
}

static char *
format_loop(struct format_state *fs, const struct modifier *m, const char *s)
{
	struct format_state	 in;
	struct loop		 l = { .kind = m->name[0] };
	struct loop_item	*li;
	struct buf		 b;
	const char		*current, *flag;
	char			*all, *text, *out;
	size_t			 i, at;

	for (flag = m->argc > 0 ? m->argv[0] : ""; *flag != '\0'; flag++) {
		if (*flag == 'r')
			l.reverse = true;
		else if (strchr("intz", *flag) != NULL)
			l.sort = *flag;
	}
	all = format_part(s, &current);
	if (current == NULL)
		current = all;
	loop_collect(&l, fs->ft);

	buf_init(&b, FORMAT_TEXT_MAX);
	for (i = 0; i < l.count; i++) {
		at = l.reverse ? l.count - 1 - i : i;
		li = &l.items[at];
		if (!format_spend(fs, FORMAT_STEPS_LOOP))
			break;
		in = *fs;
		in.tainted = false;
		in.ft = format_inner(fs->ft,
		    l.kind == 'L' ? li->c : fs->ft->c, li->s, li->wl, li->p);
		format_add(in.ft, "loop_index", "%zu", i);
		format_add(in.ft, "loop_last_flag", "%d", i + 1 == l.count);
		if (l.kind == 'W')
			loop_add_neighbours(in.ft, &l, at);
		text = format_expand_in(&in,
		    loop_is_current(&l, li, fs->ft) ? current : all, 0);
		format_free(in.ft);
		fs->tainted = fs->tainted || in.tainted;
		if (buf_addstr(&b, text) != 0) {
			free(text);
			break;
		}
		free(text);
	}
	out = xstrndup(buf_len(&b) == 0 ? "" : (char *)buf_data(&b),
	    buf_len(&b));
	buf_fini(&b);
	free(l.items);
	free(all);
	return (out);
}

/* V: over the environment of the session, or the global one without. */
static char *
format_loop_environ(struct format_state *fs, const char *s)
{
	const struct environ_entry	*ee;
	const struct environ		*env = fs->ft->model->environ;
	struct format_state		 in;
	struct buf			 b;
	char				*text, *out;
	size_t				 i;

	if (fs->ft->s != NULL && fs->ft->s->environ != NULL)
		env = fs->ft->s->environ;
	buf_init(&b, FORMAT_TEXT_MAX);
	for (i = 0; env != NULL && i < environ_count(env); i++) {
		ee = environ_at(env, i);
		if (!format_spend(fs, FORMAT_STEPS_LOOP))
			break;
		in = *fs;
		in.ft = format_inner(fs->ft, fs->ft->c, fs->ft->s, fs->ft->wl,
		    fs->ft->p);
		format_add(in.ft, "environ_name", "%s", ee->name);
		format_add(in.ft, "environ_value", "%s",
		    ee->value == NULL ? "" : ee->value);
		format_add(in.ft, "environ_hidden", "%d", ee->hidden);
		format_add(in.ft, "environ_removed", "%d", ee->value == NULL);
		text = format_expand_in(&in, s, 0);
		format_free(in.ft);
		fs->tainted = true;
		buf_addstr(&b, text);
		free(text);
	}
	out = xstrndup(buf_len(&b) == 0 ? "" : (char *)buf_data(&b),
	    buf_len(&b));
	buf_fini(&b);
	return (out);
}

/* --- the value of a variable --- */

/* t: a time, or a number that is one, as text. */
static char *
format_as_time(struct braces *br, const struct modifier *m, time_t t)
{
	struct model	*model = br->fs->ft->model;
	char		*text, *out;

	if (modifier_has(m, 'p'))
		return (format_time(model, t, 'p'));
	if (modifier_has(m, 'r'))
		return (format_time(model, t, 'r'));
	if (modifier_has(m, 'd'))
		return (format_time(model, t, 'd'));
	if (modifier_has(m, 'f') && m->argc >= 2) {
		text = format_strip(m->argv[1]);
		out = format_strftime(t, text);
		free(text);
		return (out);
	}
	return (format_time(model, t, 0));
}

static char *
format_variable(struct braces *br)
{
	struct modifier		*m = braces_get(br, "t");
	struct format_found	 found;
	char			*value;
	long long		 n;

	if (strstr(br->rest, "#{") != NULL && m == NULL)
		return (format_expand_in(br->fs, br->rest, 0));
	if (strstr(br->rest, "#{") != NULL) {
		memset(&found, 0, sizeof found);
		found.value = format_expand_in(br->fs, br->rest, FS_OPERAND);
	} else
		format_lookup(br->fs->ft, br->rest, &found);
	br->fs->tainted = br->fs->tainted || found.tainted;
	br->escape = found.escape;

	if (m != NULL) {
		if (!found.is_time && found.value != NULL &&
		    str_to_int(found.value, 0, INT64_MAX, &n, NULL) == 0)
			found.time = (time_t)n;
		free(found.value);
		if (found.time == 0)
			return (NULL);
		br->fs->tainted = false;
		return (format_as_time(br, m, found.time));
	}
	if (found.is_time && found.value == NULL && found.time != 0) {
		xasprintf(&value, "%lld", (long long)found.time);
		return (value);
	}
	return (found.value);
}

/* What the rest stands for; NULL for nothing. */
static char *
braces_value(struct braces *br)
{
	struct format_state	*fs = br->fs;
	struct modifier		*m;
	const char		*rest = br->rest;
	char			*text;
	size_t			 i;
	bool			 is;

	if (braces_get(br, "l") != NULL)
		return (format_unescape(rest));
	if (braces_get(br, "a") != NULL)
		return (format_character(fs, rest));
	if ((m = braces_get(br, "c")) != NULL)
		return (format_colour(fs, m, rest));
	for (i = 0; i < br->nmods; i++) {
		if (strchr("SWPL", br->mods[i].name[0]) != NULL)
			return (format_loop(fs, &br->mods[i], rest));
	}
	if (braces_get(br, "V") != NULL)
		return (format_loop_environ(fs, rest));
	if ((m = braces_get(br, "N")) != NULL)
		return (format_exists(fs, m, rest));
	if ((m = braces_get(br, "I")) != NULL)
		return (format_client_has(fs, m, rest));
	if (braces_get(br, "R") != NULL)
		return (format_repeat(fs, rest));
	if (braces_get(br, "A") != NULL)
		return (format_animate(fs, rest));
	if (braces_get(br, "!") != NULL || braces_get(br, "!!") != NULL) {
		text = format_expand_in(fs, rest, FS_OPERAND);
		is = format_true(text);
		free(text);
		return (format_truth(is == (braces_get(br, "!") == NULL)));
	}
	if ((m = braces_get(br, "C")) != NULL)
		return (format_search(fs, m, rest));
	if (braces_get(br, "||") != NULL)
		return (format_logic(fs, rest, false));
	if (braces_get(br, "&&") != NULL)
		return (format_logic(fs, rest, true));
	for (i = 0; i < br->nmods; i++) {
		m = &br->mods[i];
		if (strchr("=!", m->name[1]) != NULL && m->name[1] != '\0')
			return (format_compare(fs, m, rest));
		if (strchr("m<>", m->name[0]) != NULL && m->name[1] == '\0')
			return (format_compare(fs, m, rest));
	}
	if ((m = braces_get(br, "e")) != NULL)
		return (format_expression(fs, m, rest));
	if (*rest == '?')
		return (format_condition(fs, rest + 1));
	return (format_variable(br));
}

/* --- changing text --- */

static char *
format_escape(const char *s, const char *specials, char with)
{
	char	*out = xmalloc(strlen(s) * 2 + 1), *o = out;

	for (; *s != '\0'; s++) {
		if (strchr(specials, *s) != NULL)
			*o++ = with == 0 ? *s : with;
		*o++ = *s;
	}
	*o = '\0';
	return (out);
}

/* q: for the shell, q/s inside of '', q/e for styles, q/a as an argument. */
static char *
format_quote(struct braces *br, const struct modifier *m, char *value)
{
	struct buf	 b;
	const char	*s;
	char		*out, *quoted;

	if (modifier_has(m, 'e') || modifier_has(m, 'h')) {
		out = format_escape(value, "#", 0);
		br->escape = false;
	} else if (modifier_has(m, 's')) {
		buf_init(&b, FORMAT_TEXT_MAX);
		for (s = value; *s != '\0'; s++) {
			if (*s == '\'')
				buf_addstr(&b, "'\\''");
			else
				buf_addc(&b, (uint8_t)*s);
		}
		out = xstrndup(buf_len(&b) == 0 ? "" : (char *)buf_data(&b),
		    buf_len(&b));
		buf_fini(&b);
		br->fs->tainted = false;
	} else if (modifier_has(m, 'a')) {
		out = option_quote(value);
		br->fs->tainted = false;
	} else {
		/* A tilde means something only where a word begins. */
		quoted = format_escape(value,
		    "|&;<>()$`\\\"'*?[# =%\n\t", '\\');
		xasprintf(&out, "%s%s", *quoted == '~' ? "\\" : "", quoted);
		free(quoted);
		br->fs->tainted = false;
	}
	free(value);
	return (out);
}

/* Add what stands for one match. */
static void
format_substitute_one(struct buf *b, const char *with, const char *text,
    const regmatch_t *rm)
{
	int	n;

	for (; *with != '\0'; with++) {
		if (*with == '\\' && with[1] >= '0' && with[1] <= '9') {
			n = *++with - '0';
			if (rm[n].rm_so >= 0)
				buf_add(b, text + rm[n].rm_so,
				    (size_t)(rm[n].rm_eo - rm[n].rm_so));
		} else if (*with == '\\' && with[1] != '\0') {
			buf_addc(b, (uint8_t)*with);
			buf_addc(b, (uint8_t)*++with);
		} else
			buf_addc(b, (uint8_t)*with);
	}
}

static char *
format_substitute(struct format_state *fs, const struct modifier *m,
    char *value)
{
	regex_t		 re;
	regmatch_t	 rm[10];
	struct buf	 b;
	const char	*s = value;
	char		*out;
	int		 flags = REG_EXTENDED;

	if (m->argc < 2)
		return (value);
	if (m->argc >= 3 && strchr(m->argv[2], 'i') != NULL)
		flags |= REG_ICASE;
	if (regcomp(&re, m->argv[0], flags) != 0)
		return (value);
	buf_init(&b, FORMAT_TEXT_MAX);
	while (*s != '\0' && format_spend(fs, strlen(s)) &&
	    regexec(&re, s, 10, rm, s == value ? 0 : REG_NOTBOL) == 0) {
		buf_add(&b, s, (size_t)rm[0].rm_so);
		if (rm[0].rm_so == rm[0].rm_eo) {
			/* Of nothing: step over one character before it. */
			if (s[rm[0].rm_so] == '\0')
				break;
			buf_addc(&b, (uint8_t)s[rm[0].rm_so]);
			format_substitute_one(&b, m->argv[1], s, rm);
			s += rm[0].rm_so + 1;
			continue;
		}
		format_substitute_one(&b, m->argv[1], s, rm);
		s += rm[0].rm_eo;
		/* What is anchored to the beginning matches once. */
		if (m->argv[0][0] == '^')
			break;
	}
	buf_addstr(&b, s);
	regfree(&re);
	out = xstrndup(buf_len(&b) == 0 ? "" : (char *)buf_data(&b),
	    buf_len(&b));
	buf_fini(&b);
	free(value);
	return (out);
}

/* The number of an argument, 0 if it is none. */
static int
modifier_number(const struct modifier *m)
{
	long long	n;

	if (m->argc < 1 || str_to_int(m->argv[0], -FORMAT_WIDTH_MAX,
	    FORMAT_WIDTH_MAX, &n, NULL) != 0)
		return (0);
	return ((int)n);
}

/* =N: the first columns, or with a negative number the last. */
static char *
format_cut(const struct modifier *m, char *value)
{
	const char	*marker = m->argc >= 2 ? m->argv[1] : "";
	char		*cut, *out;
	int		 n = modifier_number(m);

	if (n == 0)
		return (value);
	if (n > 0)
		cut = format_trim_left(value, n);
	else
		cut = format_trim_right(value, -n);
	if (*marker != '\0' && strcmp(cut, value) != 0) {
		if (n > 0)
			xasprintf(&out, "%s%s", cut, marker);
		else
			xasprintf(&out, "%s%s", marker, cut);
		free(cut);
		cut = out;
	}
	free(value);
	return (cut);
}

/* pN: blanks behind, or with a negative number before. */
static char *
format_pad(const struct modifier *m, char *value)
{
	int	 n = modifier_number(m), have = format_width(value), gap;
	char	*out;

	gap = (n < 0 ? -n : n) - have;
	if (gap <= 0)
		return (value);
	if (n > 0)
		xasprintf(&out, "%s%*s", value, gap, "");
	else
		xasprintf(&out, "%*s%s", gap, "", value);
	free(value);
	return (out);
}

/* E and T: expand the value once more; jobs only if the user wrote them. */
static char *
format_again(struct braces *br, char *value)
{
	struct format_state	*fs = br->fs;
	unsigned		 flags = 0;
	char			*out;

	if (fs->tainted)
		flags |= FS_NOJOBS;
	if (braces_get(br, "T") != NULL)
		flags |= FS_TIME;
	out = format_expand_in(fs, value, flags);
	br->escape = false;
	free(value);
	return (out);
}

static char *
braces_change(struct braces *br, char *value)
{
	struct modifier	*m;
	char		*out;
	size_t		 i;

	if (braces_get(br, "b") != NULL) {
		out = xstrdup(basename(value));
		free(value);
		value = out;
	}
	if (braces_get(br, "d") != NULL) {
		out = xstrdup(dirname(value));
		free(value);
		value = out;
	}
	if ((m = braces_get(br, "q")) != NULL)
		value = format_quote(br, m, value);
	if (braces_get(br, "E") != NULL || braces_get(br, "T") != NULL)
		value = format_again(br, value);
	for (i = 0; i < br->nmods; i++) {
		if (strcmp(br->mods[i].name, "s") == 0)
			value = format_substitute(br->fs, &br->mods[i], value);
	}

	if (braces_get(br, "n") != NULL || braces_get(br, "w") != NULL)
		br->escape = false;
	if (br->escape && (br->fs->ft->flags & FORMAT_STATUS) &&
	    !(br->fs->flags & (FS_OPERAND | FS_SHELL))) {
		out = format_escape(value, "#", 0);
		free(value);
		value = out;
	}
	for (i = 0; i < br->nmods; i++) {
		if (strcmp(br->mods[i].name, "=") == 0)
			value = format_cut(&br->mods[i], value);
	}
	for (i = 0; i < br->nmods; i++) {
		if (strcmp(br->mods[i].name, "p") == 0)
			value = format_pad(&br->mods[i], value);
	}
	if (braces_get(br, "n") != NULL) {
		xasprintf(&out, "%zu", strlen(value));
		free(value);
		value = out;
	}
	if (braces_get(br, "w") != NULL) {
		xasprintf(&out, "%d", format_width(value));
		free(value);
		value = out;
	}
	return (value);
}

char *
format_replace(struct format_state *fs, const char *key, size_t len)
{
	struct braces	*br;
	char		*text, *value;

	if (fs->depth >= FORMAT_DEPTH_MAX ||
	    !format_spend(fs, len + FORMAT_STEPS_BRACES))
		return (NULL);
	/* Large, and this recurses. */
	br = xcalloc(1, sizeof *br);
	br->fs = fs;
	text = xstrndup(key, len);
	braces_parse(br, text);
	free(text);
	if ((value = braces_value(br)) == NULL)
		value = xstrdup("");
	if (br->nmods != 0 || br->escape)
		value = braces_change(br, value);
	braces_free(br);
	free(br);
	return (value);
}
