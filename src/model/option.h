/* SPDX-License-Identifier: ISC */

/*
 * option.h - options: a table of what exists, and trees of what is set.
 *
 * A tree (server; global session, session; global window, window, pane) answers for
 * itself or asks its parent; the roots hold the defaults.  Names beginning with @ are
 * the user's own strings.  Hooks are options of type OPTION_COMMAND, arrays.
 */

#ifndef MODEL_OPTION_H
#define MODEL_OPTION_H

#include "model/model.h"
#include "term/key.h"

enum option_type {
	OPTION_STRING, OPTION_NUMBER, OPTION_KEY, OPTION_COLOUR, OPTION_FLAG,
	OPTION_CHOICE, OPTION_COMMAND
};
/* Bits: an option may be set in several kinds of trees. */
#define OPTION_SERVER	0x1
#define OPTION_SESSION	0x2
#define OPTION_WINDOW	0x4
#define OPTION_PANE	0x8

#define OPTION_IS_ARRAY	0x1
#define OPTION_IS_HOOK	0x2
#define OPTION_IS_STYLE	0x4
#define OPTION_IS_PORTS	0x10	/* a port, or first-last */
#define OPTION_IS_COLOUR_STRING 0x8	/* a string that is expanded to a colour */

struct option_entry {
	const char	*name;
	const char	*alternative;	/* other spelling, or NULL */
	enum option_type type;
	unsigned	 scope;
	unsigned	 flags;
	long long	 min, max;
	const char *const *choices;
	const char	*def_str;	/* string, style, command, or an array joined */
	const char *const *def_array;
	long long	 def_num;	/* number, flag, choice, colour, key */
	const char	*separator;	/* of arrays, NULL: " ," */
	const char	*pattern;	/* fnmatch for strings */
	const char	*unit;
	const char	*text;		/* one line of help */
	bool		 idle;		/* without effect in this version */
};
extern const struct option_entry option_table[];
extern const size_t option_table_count;
/* Full name or unique prefix ("stat" is ambiguous). */
const struct option_entry *option_find(const char *name, bool *ambiguous);
const char *option_nearest(const char *name);

struct option;			/* one set value */

struct options	*options_new(struct options *parent);
void		 options_free(struct options *);
struct options	*options_parent(struct options *);
void		 options_set_parent(struct options *, struct options *);
void		 options_defaults(struct options *, unsigned scope);	/* fill a root */

/* Values: options_get_* look upward; the roots always answer for table options. */
const char	*options_string(struct options *, const char *name);
/* Flag, choice, colour and key too; options_string() of these is their text. */
long long	 options_number(struct options *, const char *name);
struct option	*options_get(struct options *, const char *name);	/* or NULL; upward */
struct option	*options_get_only(struct options *, const char *name);	/* here only */
struct option	*options_first(struct options *), *options_next(struct options *, struct option *);
const char	*option_name(const struct option *);
const struct option_entry *option_entry(const struct option *);		/* NULL: user option */

/* Arrays (index order). */
bool		 option_is_array(const struct option *);
struct option_item { uint32_t index; const char *value; };
/* Caller frees the array. */
size_t		 option_items(const struct option *, struct option_item **items);
const char	*option_item(const struct option *, uint32_t index);

/*
 * The plain value as text (arrays: items with blanks between); index -1: the whole.
 * numeric: flags as 1 and 0.  option_quote() makes it what show-options prints.
 */
char		*option_to_string(const struct option *, long index, bool numeric);
/* Quoted as show-options and list-keys do, to be read back by the parser; caller frees. */
char		*option_quote(const char *value);
/*
 * Set from a user's text.  name may carry [index].  Checks type and range.  append as
 * set -a.  -1 and *cause on error.
 */
int		 options_set_text(struct options *, const char *name, const char *value,
		    bool append, char **cause);
/* value NULL for flags and choices: toggle. */
void		 options_set_string(struct options *, const char *name, const char *fmt, ...)
		    __attribute__((format(printf, 3, 4)));
void		 options_set_number(struct options *, const char *name, long long);
int		 options_unset(struct options *, const char *name_maybe_index, char **cause);
/* "name[3]" split: returns a copy of the name, *index -1 without one; NULL if malformed. */
char		*option_split_name(const char *, long *index);

/*
 * The tree that `set` means for this option: from flags -s -g -w -p and the target.
 * Names tell the scope; see reference of set-option.  NULL and *cause on error.
 */
struct option_target { bool server, global, window, pane; struct session *s;
	struct winlink *wl; struct pane *p; };
struct options	*options_for(struct model *, const struct option_target *,
		    const char *name, bool window_command, unsigned *scope, char **cause);
/*
 * Is this an option without effect that has another value here than the default, and was
 * that not said yet?  It counts as said then.
 */
bool		 options_idle(struct model *, struct options *, const struct option_entry *);
/* A value changed: spread what depends on it (key tables, status, panes, sizes). */
void		 options_changed(struct model *, const char *name);

/* Style of an option (style.h), expanded with a format tree and cached when constant. */
struct style;
struct format;
void		 options_style(struct options *, const char *name, struct format *, struct style *);

#endif
