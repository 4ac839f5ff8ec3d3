/* SPDX-License-Identifier: ISC */

/*
 * option.c - trees of options.
 *
 *	server			global session	     global window
 *				      |			   |
 *				   session		 window
 *							   |
 *							  pane
 *
 * A tree holds what was set in it, sorted by name, and asks its parent for
 * the rest.  The roots were filled from option-table.c and so answer for
 * every name of their scope; unsetting there means going back to the default.
 *
 * A value is kept as it is used: strings, styles, commands and keys' names as
 * text, numbers, flags, choices, colours and keys as a number, arrays as
 * items in order of their index.  Whoever asks for the other form gets it
 * too (options_string() of a choice is its word), so callers need not know
 * the type.
 *
 * The messages on errors are those that tmux prints, since people and programs
 * know them.
 *
 * A struct option is valid until the option is unset or its tree freed; text
 * from options_string() and option_item() until it is set again.
 */

#include "model/option.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "model/format.h"
#include "model/style.h"

#define OPTION_TEXT_MAX		(1024 * 1024)	/* an array joined to text */
#define OPTION_STRING_MAX	(256 * 1024)	/* set -a in a loop */
#define OPTION_INDEX_MAX	INT32_MAX
#define OPTION_ITEMS_MAX	65536		/* of one array */
#define OPTION_SEPARATORS	" ,"

struct item {
	uint32_t	 index;
	char		*text;
};

struct option {
	struct options			*owner;
	char				*name;
	const struct option_entry	*entry;		/* NULL: user's */
	char				*string;
	long long			 number;
	struct item			*items;
	size_t				 nitems;
	char				*text;		/* options_string's */
	bool				 style_cached;
	struct style			 style;
};

struct options {
	struct options	*parent;
	struct option	**list;			/* sorted by name */
	size_t		 count, cap;
};

/* --- the table --- */

static size_t
option_table_hooks(void)
{
	static size_t	n;

	if (n == 0) {
		while (n < option_table_count &&
		    !(option_table[n].flags & OPTION_IS_HOOK))
			n++;
	}
	return (n);
}

/* Index of the first entry of [lo, hi) that does not come before name. */
static size_t
option_table_lower(const char *name, size_t lo, size_t hi)
{
	size_t	mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (strcmp(option_table[mid].name, name) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo);
}

static const struct option_entry *
option_table_get(const char *name)
{
	size_t	hooks = option_table_hooks(), i;

	i = option_table_lower(name, 0, hooks);
	if (i < hooks && strcmp(option_table[i].name, name) == 0)
		return (&option_table[i]);
	i = option_table_lower(name, hooks, option_table_count);
	if (i < option_table_count && strcmp(option_table[i].name, name) == 0)
		return (&option_table[i]);
	return (NULL);
}

const struct option_entry *
option_find(const char *name, bool *ambiguous)
{
	const struct option_entry	*oe, *found = NULL;
	size_t				 i, len = strlen(name);

	if (ambiguous != NULL)
		*ambiguous = false;
	if ((oe = option_table_get(name)) != NULL)
		return (oe);
	for (i = 0; i < option_table_count; i++) {
		oe = &option_table[i];
		if (oe->alternative != NULL &&
		    strcmp(oe->alternative, name) == 0)
			return (oe);
		if (strncmp(oe->name, name, len) != 0)
			continue;
		if (found != NULL) {
			if (ambiguous != NULL)
				*ambiguous = true;
			return (NULL);
		}
		found = oe;
	}
	return (found);
}

const char *
option_nearest(const char *name)
{
	const char	**names, *near;
	size_t		  i;

	names = xcalloc(option_table_count, sizeof *names);
	for (i = 0; i < option_table_count; i++)
		names[i] = option_table[i].name;
	near = str_nearest(name, names, option_table_count);
	free(names);
	return (near);
}

/* --- trees --- */

struct options *
options_new(struct options *parent)
{
	struct options	*oo;

	oo = xcalloc(1, sizeof *oo);
	oo->parent = parent;
	return (oo);
}

static void
option_clear_items(struct option *o)
{
	size_t	i;

	for (i = 0; i < o->nitems; i++)
		free(o->items[i].text);
	free(o->items);
	o->items = NULL;
	o->nitems = 0;
}

static void
option_free(struct option *o)
{
	option_clear_items(o);
	free(o->name);
	free(o->string);
	free(o->text);
	free(o);
}

void
options_free(struct options *oo)
{
	size_t	i;

	if (oo == NULL)
		return;
	for (i = 0; i < oo->count; i++)
		option_free(oo->list[i]);
	free(oo->list);
	free(oo);
}

struct options *
options_parent(struct options *oo)
{
	return (oo->parent);
}

void
options_set_parent(struct options *oo, struct options *parent)
{
	oo->parent = parent;
}

static size_t
options_place(const struct options *oo, const char *name, bool *found)
{
	size_t	lo = 0, hi = oo->count, mid;
	int	cmp;

	*found = false;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		cmp = strcmp(oo->list[mid]->name, name);
		if (cmp == 0) {
			*found = true;
			return (mid);
		}
		if (cmp < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo);
}

static struct option *
options_look(struct options *oo, const char *name, bool upward)
{
	size_t	i;
	bool	found;

	for (; oo != NULL; oo = upward ? oo->parent : NULL) {
		i = options_place(oo, name, &found);
		if (found)
			return (oo->list[i]);
	}
	return (NULL);
}

/* The name that the table has for another spelling of it. */
static const char *
option_spelling(const char *name)
{
	size_t	i;

	if (strstr(name, "color") == NULL)
		return (name);
	for (i = 0; i < option_table_count; i++) {
		if (str_eq(option_table[i].alternative, name))
			return (option_table[i].name);
	}
	return (name);
}

struct option *
options_get_only(struct options *oo, const char *name)
{
	return (options_look(oo, option_spelling(name), false));
}

struct option *
options_get(struct options *oo, const char *name)
{
	return (options_look(oo, option_spelling(name), true));
}

/* The option of that name in this tree, empty if it was not there. */
static struct option *
options_make(struct options *oo, const char *name,
    const struct option_entry *oe)
{
	struct option	*o;
	size_t		 i;
	bool		 found;

	i = options_place(oo, name, &found);
	if (found) {
		o = oo->list[i];
		o->style_cached = false;
		return (o);
	}
	if (oo->count == oo->cap) {
		oo->cap = oo->cap == 0 ? 16 : oo->cap * 2;
		oo->list = xreallocarray(oo->list, oo->cap, sizeof *oo->list);
	}
	memmove(oo->list + i + 1, oo->list + i,
	    (oo->count - i) * sizeof *oo->list);
	oo->count++;
	o = oo->list[i] = xcalloc(1, sizeof *o);
	o->owner = oo;
	o->name = xstrdup(name);
	o->entry = oe;
	return (o);
}

static void
options_remove(struct option *o)
{
	struct options	*oo = o->owner;
	size_t		 i;
	bool		 found;

	i = options_place(oo, o->name, &found);
	must(found);
	memmove(oo->list + i, oo->list + i + 1,
	    (oo->count - i - 1) * sizeof *oo->list);
	oo->count--;
	option_free(o);
}

struct option *
options_first(struct options *oo)
{
	return (oo->count == 0 ? NULL : oo->list[0]);
}

struct option *
options_next(struct options *oo, struct option *o)
{
	size_t	i;
	bool	found;

	i = options_place(oo, o->name, &found);
	if (found)
		i++;
	return (i < oo->count ? oo->list[i] : NULL);
}

const char *
option_name(const struct option *o)
{
	return (o->name);
}

const struct option_entry *
option_entry(const struct option *o)
{
	return (o->entry);
}

/* --- arrays --- */

bool
option_is_array(const struct option *o)
{
	return (o->entry != NULL && (o->entry->flags & OPTION_IS_ARRAY));
}

/* Where an index is or would be. */
static size_t
option_item_place(const struct option *o, uint32_t index, bool *found)
{
	size_t	i;

	for (i = 0; i < o->nitems && o->items[i].index < index; i++)
		;
	*found = i < o->nitems && o->items[i].index == index;
	return (i);
}

static void
option_item_set(struct option *o, uint32_t index, const char *text)
{
	size_t	i;
	bool	found;

	i = option_item_place(o, index, &found);
	if (found) {
		free(o->items[i].text);
		o->items[i].text = xstrdup(text);
		return;
	}
	if (o->nitems == OPTION_ITEMS_MAX)
		return;
	o->items = xreallocarray(o->items, o->nitems + 1, sizeof *o->items);
	memmove(o->items + i + 1, o->items + i,
	    (o->nitems - i) * sizeof *o->items);
	o->nitems++;
	o->items[i].index = index;
	o->items[i].text = xstrdup(text);
}

static void
option_item_remove(struct option *o, uint32_t index)
{
	size_t	i;
	bool	found;

	i = option_item_place(o, index, &found);
	if (!found)
		return;
	free(o->items[i].text);
	memmove(o->items + i, o->items + i + 1,
	    (o->nitems - i - 1) * sizeof *o->items);
	o->nitems--;
}

static uint32_t
option_free_index(const struct option *o)
{
	uint32_t	i = 0;

	while (i < o->nitems && o->items[i].index == i)
		i++;
	return (i);
}

size_t
option_items(const struct option *o, struct option_item **items)
{
	size_t	i;

	*items = xcalloc(o->nitems, sizeof **items);
	for (i = 0; i < o->nitems; i++) {
		(*items)[i].index = o->items[i].index;
		(*items)[i].value = o->items[i].text;
	}
	return (o->nitems);
}

const char *
option_item(const struct option *o, uint32_t index)
{
	size_t	i;
	bool	found;

	i = option_item_place(o, index, &found);
	return (found ? o->items[i].text : NULL);
}

/* --- defaults --- */

static void
option_set_default(struct option *o)
{
	const struct option_entry	*oe = o->entry;
	const char			*separators;
	char				*copy, *next, *part;
	size_t				 i;

	o->style_cached = false;
	if (!(oe->flags & OPTION_IS_ARRAY)) {
		o->number = oe->def_num;
		free(o->string);
		o->string = oe->def_str == NULL ? NULL : xstrdup(oe->def_str);
		return;
	}
	option_clear_items(o);
	if (oe->def_array != NULL) {
		for (i = 0; oe->def_array[i] != NULL; i++)
			option_item_set(o, (uint32_t)i, oe->def_array[i]);
		return;
	}
	separators = oe->separator != NULL ? oe->separator : OPTION_SEPARATORS;
	copy = next = xstrdup(oe->def_str == NULL ? "" : oe->def_str);
	while ((part = strsep(&next, separators)) != NULL) {
		if (*part != '\0')
			option_item_set(o, option_free_index(o), part);
	}
	free(copy);
}

void
options_defaults(struct options *oo, unsigned scope)
{
	const struct option_entry	*oe;
	size_t				 i;

	for (i = 0; i < option_table_count; i++) {
		oe = &option_table[i];
		if (oe->scope & scope)
			option_set_default(options_make(oo, oe->name, oe));
	}
}

/* --- values --- */

static bool
option_is_text(const struct option *o)
{
	return (o->entry == NULL || o->entry->type == OPTION_STRING ||
	    o->entry->type == OPTION_COMMAND);
}

/* Text of one value that is no array. */
static char *
option_value_text(const struct option *o, bool numeric)
{
	const struct option_entry	*oe = o->entry;
	char				 tmp[64], *out;
	long long			 i;

	if (option_is_text(o))
		return (xstrdup(o->string == NULL ? "" : o->string));
	switch (oe->type) {
	case OPTION_FLAG:
		if (numeric)
			return (xstrdup(o->number ? "1" : "0"));
		return (xstrdup(o->number ? "on" : "off"));
	case OPTION_CHOICE:
		for (i = 0; oe->choices[i] != NULL; i++) {
			if (i == o->number)
				return (xstrdup(oe->choices[i]));
		}
		return (xstrdup(""));
	case OPTION_COLOUR:
		return (xstrdup(colour_name((uint32_t)o->number, tmp,
		    sizeof tmp)));
	case OPTION_KEY:
		return (xstrdup(key_name((key_code)o->number, tmp,
		    sizeof tmp)));
	default:
		xasprintf(&out, "%lld", o->number);
		return (out);
	}
}

char *
option_to_string(const struct option *o, long index, bool numeric)
{
	struct buf	 b;
	const char	*item;
	char		*out;
	size_t		 i;

	if (!option_is_array(o))
		return (option_value_text(o, numeric));
	if (index >= 0) {
		item = option_item(o, (uint32_t)index);
		return (xstrdup(item == NULL ? "" : item));
	}
	buf_init(&b, OPTION_TEXT_MAX);
	for (i = 0; i < o->nitems; i++) {
		if (buf_addf(&b, "%s%s", i == 0 ? "" : " ",
		    o->items[i].text) != 0)
			break;
	}
	out = xstrndup(buf_len(&b) == 0 ? "" : (char *)buf_data(&b),
	    buf_len(&b));
	buf_fini(&b);
	return (out);
}

const char *
options_string(struct options *oo, const char *name)
{
	struct option	*o;

	if ((o = options_get(oo, name)) == NULL) {
		log_warn("no option %s here", name);
		return ("");
	}
	if (option_is_text(o) && !option_is_array(o))
		return (o->string == NULL ? "" : o->string);
	free(o->text);
	o->text = option_to_string(o, -1, false);
	return (o->text);
}

long long
options_number(struct options *oo, const char *name)
{
	struct option	*o;
	long long	 n;

	if ((o = options_get(oo, name)) == NULL) {
		log_warn("no option %s here", name);
		return (0);
	}
	if (!option_is_text(o))
		return (o->number);
	if (o->string == NULL)
		return (0);
	if (o->entry != NULL && (o->entry->flags & OPTION_IS_COLOUR_STRING))
		return ((long long)colour_parse(o->string));
	if (str_to_int(o->string, INT64_MIN, INT64_MAX, &n, NULL) == 0)
		return (n);
	return (str_eq(o->string, "on") || str_eq(o->string, "yes"));
}

/* --- setting from text --- */

static int
option_error(char **cause, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static int
option_error(char **cause, const char *fmt, ...)
{
	va_list	ap;

	if (cause != NULL) {
		va_start(ap, fmt);
		xvasprintf(cause, fmt, ap);
		va_end(ap);
	}
	return (-1);
}

static int
option_parse_number(struct option *o, const char *value, char **cause)
{
	const struct option_entry	*oe = o->entry;
	const char			*why;
	long long			 n;

	if (str_to_int(value, oe->min, oe->max, &n, &why) != 0)
		return (option_error(cause, "value is %s: %s", why, value));
	o->number = n;
	return (0);
}

static int
option_parse_key(struct option *o, const char *value, char **cause)
{
	key_code	key = key_parse(value);

	if (key == KEY_UNKNOWN)
		return (option_error(cause, "bad key: %s", value));
	o->number = (long long)key;
	return (0);
}

/* COLOUR_NONE only for "none". */
static int
option_check_colour(const char *value, uint32_t *c, char **cause)
{
	*c = colour_parse(value);
	if (*c == COLOUR_NONE && strcasecmp(value, "none") != 0)
		return (option_error(cause, "bad colour: %s", value));
	return (0);
}

static int
option_parse_flag(struct option *o, const char *value, char **cause)
{
	if (value == NULL || *value == '\0')
		o->number = !o->number;
	else if (strcmp(value, "1") == 0 || strcasecmp(value, "on") == 0 ||
	    strcasecmp(value, "yes") == 0)
		o->number = 1;
	else if (strcmp(value, "0") == 0 || strcasecmp(value, "off") == 0 ||
	    strcasecmp(value, "no") == 0)
		o->number = 0;
	else
		return (option_error(cause, "bad value: %s", value));
	return (0);
}

static int
option_parse_choice(struct option *o, const char *value, char **cause)
{
	const struct option_entry	*oe = o->entry;
	long long			 i;

	/* Without a value, the first two are an off and an on. */
	if (value == NULL) {
		if (o->number < 2)
			o->number = !o->number;
		return (0);
	}
	for (i = 0; oe->choices[i] != NULL; i++) {
		if (strcmp(oe->choices[i], value) == 0) {
			o->number = i;
			return (0);
		}
	}
	return (option_error(cause, "unknown value: %s", value));
}

/* Whether the option takes this text. */
static int
option_check_string(const struct option_entry *oe, const char *value,
    char **cause)
{
	struct style	st;
	uint32_t	c;
	uint16_t	lo, hi;

	if (strlen(value) > OPTION_STRING_MAX)
		return (option_error(cause, "value is too long: %s",
		    oe == NULL ? "user option" : oe->name));
	if (oe == NULL)
		return (0);
	if (oe->pattern != NULL && fnmatch(oe->pattern, value, 0) != 0)
		return (option_error(cause, "value is invalid: %s", value));
	if ((oe->flags & OPTION_IS_PORTS) && !str_to_ports(value, &lo, &hi))
		return (option_error(cause, "not a port, nor first-last: %s",
		    value));
	if (strstr(value, "#{") != NULL)
		return (0);	/* only known when it is expanded */
	style_default(&st);
	if ((oe->flags & OPTION_IS_STYLE) &&
	    style_parse(&st, NULL, value) != 0)
		return (option_error(cause, "invalid style: %s", value));
	if ((oe->flags & OPTION_IS_COLOUR_STRING) && *value != '\0')
		return (option_check_colour(value, &c, cause));
	return (0);
}

/* Text of an array's item as it is kept; NULL and cause if not allowed. */
static char *
option_check_item(const struct option_entry *oe, const char *value,
    char **cause)
{
	char		tmp[64];
	uint32_t	c;

	if (oe->type == OPTION_COLOUR) {
		if (option_check_colour(value, &c, cause) != 0)
			return (NULL);
		return (xstrdup(colour_name(c, tmp, sizeof tmp)));
	}
	if (option_check_string(oe, value, cause) != 0)
		return (NULL);
	return (xstrdup(value));
}

/* One item: name[index]. */
static int
option_set_item(struct option *o, uint32_t index, const char *value,
    bool append, char **cause)
{
	const char	*old;
	char		*joined, *text;

	old = append ? option_item(o, index) : NULL;
	xasprintf(&joined, "%s%s", old == NULL ? "" : old, value);
	text = option_check_item(o->entry, joined, cause);
	free(joined);
	if (text == NULL)
		return (-1);
	option_item_set(o, index, text);
	free(text);
	return (0);
}

/* All items: split, and added where there is room. */
static int
option_assign_items(struct option *o, const char *value, bool append,
    char **cause)
{
	const char	*separators = o->entry->separator;
	char		*copy, *next, *part, *text;
	int		 result = 0;

	if (separators == NULL)
		separators = OPTION_SEPARATORS;
	if (!append)
		option_clear_items(o);
	copy = next = xstrdup(value);
	while ((part = *separators == '\0' ? next :
	    strsep(&next, separators)) != NULL) {
		if (*separators == '\0')
			next = NULL;
		if (*part == '\0')
			continue;
		if ((text = option_check_item(o->entry, part, cause)) == NULL) {
			result = -1;
			break;
		}
		option_item_set(o, option_free_index(o), text);
		free(text);
	}
	free(copy);
	return (result);
}

static int
option_set_text(struct option *o, const char *value, bool append,
    char **cause)
{
	const struct option_entry	*oe = o->entry;
	const char			*old = "", *gap = "";
	char				*text;
	uint32_t			 c;

	if (value == NULL && (oe == NULL || (oe->type != OPTION_FLAG &&
	    oe->type != OPTION_CHOICE)))
		return (option_error(cause, "empty value"));
	if (!option_is_text(o)) {
		switch (oe->type) {
		case OPTION_NUMBER:
			return (option_parse_number(o, value, cause));
		case OPTION_KEY:
			return (option_parse_key(o, value, cause));
		case OPTION_FLAG:
			return (option_parse_flag(o, value, cause));
		case OPTION_CHOICE:
			return (option_parse_choice(o, value, cause));
		default:
			if (option_check_colour(value, &c, cause) != 0)
				return (-1);
			o->number = c;
			return (0);
		}
	}
	if (append && o->string != NULL) {
		old = o->string;
		if (oe != NULL && oe->separator != NULL && *old != '\0')
			gap = oe->separator;
	}
	xasprintf(&text, "%s%s%s", old, gap, value);
	if (option_check_string(oe, text, cause) != 0) {
		free(text);
		return (-1);
	}
	free(o->string);
	o->string = text;
	return (0);
}

char *
option_split_name(const char *s, long *index)
{
	const char	*open = strchr(s, '[');
	char		*digits;
	size_t		 len;
	long long	 n;
	int		 bad;

	*index = -1;
	if (*s == '\0')
		return (NULL);
	if (open == NULL)
		return (xstrdup(s));
	len = strlen(open);
	if (open == s || len < 3 || open[len - 1] != ']')
		return (NULL);
	digits = xstrndup(open + 1, len - 2);
	bad = str_to_int(digits, 0, OPTION_INDEX_MAX, &n, NULL);
	free(digits);
	if (bad)
		return (NULL);
	*index = (long)n;
	return (xstrndup(s, (size_t)(open - s)));
}

/*
 * What a user's name[index] means: the full name (to be freed) and the
 * entry, NULL for the user's own.
 */
static char *
option_resolve(const char *text, const struct option_entry **oe, long *index,
    char **cause)
{
	const char	*near;
	char		*name;
	bool		 ambiguous;

	*oe = NULL;
	if ((name = option_split_name(text, index)) == NULL) {
		option_error(cause, "invalid option: %s", text);
		return (NULL);
	}
	if (*name != '@') {
		if ((*oe = option_find(name, &ambiguous)) == NULL) {
			near = ambiguous ? NULL : option_nearest(name);
			if (near != NULL)
				option_error(cause, "invalid option: %s "
				    "(did you mean %s?)", text, near);
			else
				option_error(cause, "%s option: %s",
				    ambiguous ? "ambiguous" : "invalid", text);
			free(name);
			return (NULL);
		}
		free(name);
		name = xstrdup((*oe)->name);
	}
	if (*index >= 0 && (*oe == NULL ||
	    !((*oe)->flags & OPTION_IS_ARRAY))) {
		option_error(cause, "not an array: %s", text);
		free(name);
		return (NULL);
	}
	return (name);
}

int
options_set_text(struct options *oo, const char *text, const char *value,
    bool append, char **cause)
{
	const struct option_entry	*oe;
	struct option			*o, *above;
	char				*name;
	long				 index;
	bool				 fresh;
	int				 result;

	if (cause != NULL)
		*cause = NULL;
	if ((name = option_resolve(text, &oe, &index, cause)) == NULL)
		return (-1);
	above = options_get(oo, name);
	fresh = options_look(oo, name, false) == NULL;
	o = options_make(oo, name, oe);
	if (fresh && above != NULL)
		o->number = above->number;	/* what a toggle turns */
	free(name);

	if (oe == NULL || !(oe->flags & OPTION_IS_ARRAY))
		result = option_set_text(o, value, append, cause);
	else if (value == NULL)
		result = option_error(cause, "empty value");
	else if (index >= 0)
		result = option_set_item(o, (uint32_t)index, value, append,
		    cause);
	else
		result = option_assign_items(o, value, append, cause);
	if (result != 0 && fresh)
		options_remove(o);
	return (result);
}

void
options_set_string(struct options *oo, const char *name, const char *fmt,
    ...)
{
	char	*text, *cause = NULL;
	va_list	 ap;

	va_start(ap, fmt);
	xvasprintf(&text, fmt, ap);
	va_end(ap);
	if (options_set_text(oo, name, text, false, &cause) != 0) {
		log_warn("option %s: %s", name, cause);
		free(cause);
	}
	free(text);
}

void
options_set_number(struct options *oo, const char *name, long long n)
{
	const struct option_entry	*oe = option_find(name, NULL);

	if (oe == NULL || (oe->flags & OPTION_IS_ARRAY)) {
		log_warn("no option %s that is a number", name);
		return;
	}
	if (oe->type == OPTION_STRING || oe->type == OPTION_COMMAND)
		options_set_string(oo, name, "%lld", n);
	else
		options_make(oo, oe->name, oe)->number = n;
}

int
options_unset(struct options *oo, const char *text, char **cause)
{
	const struct option_entry	*oe;
	struct option			*o;
	char				*name;
	long				 index;

	if (cause != NULL)
		*cause = NULL;
	if ((name = option_resolve(text, &oe, &index, cause)) == NULL)
		return (-1);
	o = options_look(oo, name, false);
	free(name);
	if (o == NULL)
		return (0);
	if (index >= 0)
		option_item_remove(o, (uint32_t)index);
	else if (oe != NULL && oo->parent == NULL)
		option_set_default(o);
	else
		options_remove(o);
	return (0);
}

/* --- which tree --- */

static struct options *
options_for_session(struct model *m, const struct option_target *t,
    unsigned *scope, char **cause)
{
	*scope = OPTION_SESSION;
	if (t->global)
		return (m->session_options);
	if (t->s != NULL)
		return (t->s->options);
	option_error(cause, "no current session");
	return (NULL);
}

static struct options *
options_for_window(struct model *m, const struct option_target *t,
    unsigned *scope, char **cause)
{
	*scope = OPTION_WINDOW;
	if (t->global)
		return (m->window_options);
	if (t->wl != NULL)
		return (t->wl->window->options);
	if (t->p != NULL)
		return (t->p->window->options);
	option_error(cause, "no current window");
	return (NULL);
}

static struct options *
options_for_pane(const struct option_target *t, unsigned *scope, char **cause)
{
	*scope = OPTION_PANE;
	if (t->p != NULL)
		return (t->p->options);
	option_error(cause, "no current pane");
	return (NULL);
}

struct options *
options_for(struct model *m, const struct option_target *t, const char *text,
    bool window_command, unsigned *scope, char **cause)
{
	const struct option_entry	*oe = NULL;
	unsigned			 dummy;
	char				*name;
	long				 index;

	if (scope == NULL)
		scope = &dummy;
	if (cause != NULL)
		*cause = NULL;

	/* Without a name, or with one of the user's, the flags decide. */
	if (text != NULL && *text != '@') {
		name = option_resolve(text, &oe, &index, cause);
		if (name == NULL)
			return (NULL);
		free(name);
	}
	if (oe == NULL ? t->server : (oe->scope & OPTION_SERVER) != 0) {
		*scope = OPTION_SERVER;
		return (m->server_options);
	}
	if (oe != NULL && (oe->scope & OPTION_SESSION))
		return (options_for_session(m, t, scope, cause));
	if (t->pane && (oe == NULL || (oe->scope & OPTION_PANE)))
		return (options_for_pane(t, scope, cause));
	if (oe != NULL || t->window || window_command)
		return (options_for_window(m, t, scope, cause));
	return (options_for_session(m, t, scope, cause));
}

void
options_changed(struct model *m, const char *name)
{
	model_touch(m);
	if (m->ops != NULL && m->ops->option_changed != NULL)
		m->ops->option_changed(m->ops_arg, name);
}

bool
options_idle(struct model *m, struct options *oo, const struct option_entry *oe)
{
	struct option	*o = options_get_only(oo, oe->name);

	if (!oe->idle || o == NULL)
		return (false);
	if (oe->flags & OPTION_IS_ARRAY) {
		if (o->nitems == 0)
			return (false);
	} else if (oe->type == OPTION_STRING) {
		if (strcmp(options_string(oo, oe->name), oe->def_str) == 0)
			return (false);
	} else if (options_number(oo, oe->name) == oe->def_num)
		return (false);
	if (m->options_told == NULL)
		m->options_told = xcalloc(option_table_count, sizeof *m->options_told);
	if (m->options_told[oe - option_table])
		return (false);
	m->options_told[oe - option_table] = true;
	return (true);
}

/* --- styles --- */

void
options_style(struct options *oo, const char *name, struct format *ft,
    struct style *st)
{
	struct option	*o = options_get(oo, name);
	char		*text;
	const char	*value;

	style_default(st);
	if (o == NULL || !option_is_text(o) || o->string == NULL)
		return;
	if (o->style_cached) {
		*st = o->style;
		return;
	}
	value = o->string;
	if (strchr(value, '#') != NULL && ft != NULL &&
	    (strstr(value, "#{") != NULL || strstr(value, "#(") != NULL)) {
		text = format_expand(ft, value);
		style_parse(st, NULL, text);
		free(text);
		return;
	}
	style_parse(st, NULL, value);
	o->style = *st;
	o->style_cached = true;
}

/* --- as show-options prints --- */

char *
option_quote(const char *value)
{
	static const char	 dquoted[] = " #';${}%", squoted[] = " \"";
	char			*vis, *out, *q;
	size_t			 i, len = strlen(value);
	char			 quote = 0;

	if (len == 0)
		return (xstrdup("''"));
	if (value[strcspn(value, dquoted)] != '\0')
		quote = '"';
	else if (value[strcspn(value, squoted)] != '\0')
		quote = '\'';
	if (len == 1 && *value != ' ' && (quote != 0 || *value == '~')) {
		xasprintf(&out, "\\%c", *value);
		return (out);
	}

	vis = str_vis(value, len);
	q = out = xmalloc(strlen(vis) * 2 + 3);
	if (quote != 0)
		*q++ = quote;
	else if (*vis == '~')
		*q++ = '\\';
	for (i = 0; vis[i] != '\0'; i++) {
		if (quote == '"' && (vis[i] == '"' || (vis[i] == '$' &&
		    (vis[i + 1] == '_' || vis[i + 1] == '{' ||
		    isalpha((unsigned char)vis[i + 1])))))
			*q++ = '\\';
		*q++ = vis[i];
	}
	if (quote != 0)
		*q++ = quote;
	*q = '\0';
	free(vis);
	return (out);
}
