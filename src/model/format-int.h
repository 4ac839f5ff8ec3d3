/* SPDX-License-Identifier: ISC */

/* format-int.h - between the files of the format language only. */

#ifndef MODEL_FORMAT_INT_H
#define MODEL_FORMAT_INT_H

#include "base/buf.h"
#include "model/format.h"

/* Limits of one expansion, whoever wrote the text. */
#define FORMAT_DEPTH_MAX	100		/* levels of #{E:...} */
#define FORMAT_TEXT_MAX		(1024 * 1024)	/* bytes of a result */
#define FORMAT_STEPS_MAX	4000000		/* see format_spend() */
#define FORMAT_STEPS_BRACES	20		/* that one #{...} costs */
#define FORMAT_STEPS_LOOP	50		/* and one turn of a loop */
#define FORMAT_WIDTH_MAX	10000		/* =N, pN, R */
#define FORMAT_PRECISION_MAX	100		/* decimals of e */

/* What struct format stands for, as tmux counts it. */
enum format_type { FORMAT_TYPE_UNKNOWN, FORMAT_TYPE_SESSION,
	FORMAT_TYPE_WINDOW, FORMAT_TYPE_PANE };

struct format_extra {
	char	*key;
	char	*value;
};

struct format {
	struct model		*model;
	unsigned		 flags;
	enum format_type	 type;
	struct client		*c;
	struct session		*s;
	struct winlink		*wl;
	struct window		*w;
	struct pane		*p;
	struct paste		*pb;
	struct format		*outer;		/* of a loop: what is around it */
	struct format_extra	*extras;
	size_t			 nextras;
};

/* state.flags */
#define FS_TIME		0x1	/* strftime what is expanded */
#define FS_NOJOBS	0x2
#define FS_OPERAND	0x4	/* is compared, not shown */
#define FS_SHELL	0x8	/* the text of a #() */

/* One expansion that is going on. */
struct format_state {
	struct format	*ft;
	unsigned	 flags;
	unsigned	 depth;
	/*
	 * A value that a program could choose went into the result of the
	 * last #{...}: nobody may run it.
	 */
	bool		 tainted;
	uint64_t	*steps;		/* left, shared by all levels */
};

/* What a variable's value is. */
struct format_found {
	char	*value;			/* NULL: there is none of that name */
	time_t	 time;			/* of variables that are times, or 0 */
	bool	 is_time;
	bool	 tainted;		/* a program in a pane may choose it */
	bool	 escape;		/* and it is no text for styles */
};

/* format.c */
char	*format_expand_in(struct format_state *, const char *text,
	    unsigned add_flags);
void	 format_lookup(struct format *, const char *key,
	    struct format_found *);
const char *format_skip(const char *text, const char *end);
bool	 format_spend(struct format_state *, size_t n);
struct format *format_inner(struct format *, struct client *,
	    struct session *, struct winlink *, struct pane *);

/* format-mod.c: the inside of #{...}. */
char	*format_replace(struct format_state *, const char *key, size_t len);

/* format-var.c: the table of variables. */
struct format_var;
const struct format_var *format_var_find(const char *name);
void	 format_var_get(const struct format_var *, struct format *,
	    struct format_found *);
size_t	 format_var_count(void);
const char *format_var_name(size_t i);
char	*format_strftime(time_t, const char *text);	/* "" if too long */
/*
 * A time as t: shows it: how is 0 for ctime's way, p pretty, r how long ago,
 * d the difference in seconds.
 */
char	*format_time(struct model *, time_t, char how);

/* format-draw.c */
/*
 * Step over a run of #s: how many of them are to be seen, and whether a style
 * begins at the # that *s then stands on.
 */
const char *format_hashes(const char *s, size_t *shown, bool *style);

#endif
