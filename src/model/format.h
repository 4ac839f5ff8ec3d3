/* SPDX-License-Identifier: ISC */

/*
 * format.h - #{...}: text with variables, conditions, loops and modifiers.
 *
 * What a program wrote (titles, paths, names) is a value and never expanded
 * again as a format unless the user wrote E: or T:, and never run as #().
 */

#ifndef MODEL_FORMAT_H
#define MODEL_FORMAT_H

#include "model/client.h"
#include "model/pane.h"

#define FORMAT_NOJOBS	0x1	/* #() gives nothing */
#define FORMAT_STATUS	0x2	/* drawn as status: jobs refresh it */
#define FORMAT_VERBOSE	0x4

struct format;

struct format	*format_new(struct model *, unsigned flags);
/* With the defaults of what is not NULL filled in downward (session's window ...). */
struct format	*format_for(struct model *, unsigned flags, struct client *, struct session *,
		    struct winlink *, struct pane *);
void		 format_free(struct format *);
void		 format_add(struct format *, const char *key, const char *fmt, ...)
		    __attribute__((format(printf, 3, 4)));
void		 format_paste(struct format *, const char *buffer_name);
/* Mouse fields etc. are added by format_add. */
char		*format_expand(struct format *, const char *text);	/* caller frees */
char		*format_expand_time(struct format *, const char *text);	/* strftime first */
/* format_for + expand + free. */
char		*format_single(struct model *, const char *text, struct client *,
		    struct session *, struct winlink *, struct pane *);
bool		 format_true(const char *);	/* not "" and not "0" */
/* One variable, NULL if unknown; caller frees. */
char		*format_value(struct format *, const char *key);
/* All names, sorted: for display-message -a and tests. */
void		 format_each(struct format *, void (*)(const char *key, const char *value, void *),
		    void *arg);

/*
 * Draw text with #[styles] into a canvas row; returns columns.  Ranges (what a
 * click on a column means) are appended if ranges is not NULL.
 */
struct style_span { int x, w; int range; uint32_t arg; char user[16]; };
struct canvas;
struct style;
void		 format_draw(struct canvas *, int x, int y, int width, const struct style *base,
		    const char *expanded, struct style_span **ranges, size_t *nranges);
int		 format_width(const char *expanded);		/* columns without #[...] */
char		*format_trim_left(const char *, int cols);
char		*format_trim_right(const char *, int cols);

#endif
