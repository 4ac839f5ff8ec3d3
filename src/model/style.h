/* SPDX-License-Identifier: ISC */

/* style.h - "fg=red,bold,align=right" and #[...]: how a piece of text looks and lies. */

#ifndef MODEL_STYLE_H
#define MODEL_STYLE_H

#include <stddef.h>
#include <stdint.h>
#include "term/cell.h"

enum style_align { STYLE_ALIGN_DEFAULT, STYLE_ALIGN_LEFT, STYLE_ALIGN_CENTRE,
	STYLE_ALIGN_RIGHT, STYLE_ALIGN_ABSOLUTE_CENTRE };
enum style_list { STYLE_LIST_OFF, STYLE_LIST_ON, STYLE_LIST_FOCUS,
	STYLE_LIST_LEFT_MARKER, STYLE_LIST_RIGHT_MARKER };
enum style_range { STYLE_RANGE_NONE, STYLE_RANGE_LEFT, STYLE_RANGE_RIGHT,
	STYLE_RANGE_PANE, STYLE_RANGE_WINDOW, STYLE_RANGE_SESSION, STYLE_RANGE_USER,
	STYLE_RANGE_CONTROL };
enum style_default { STYLE_DEFAULT_BASE, STYLE_DEFAULT_PUSH, STYLE_DEFAULT_POP,
	STYLE_DEFAULT_SET };

struct style {
	uint32_t		fg, bg, us;	/* COLOUR_*; COLOUR_NONE not allowed here */
	uint32_t		fill;		/* COLOUR_NONE: no fill */
	uint16_t		attr;
	bool			acs;		/* ATTR: line drawing */
	bool			ignore;
	int			width, pad;	/* -1 not given */
	bool			width_percent;
	enum style_align	align;
	enum style_list		list;
	enum style_range	range;
	uint32_t		range_arg;	/* id or index */
	char			range_user[16];
	enum style_default	def;
};

void	style_default(struct style *);
/* Parse over *st; base gives what "default" means.  -1: not a style (st unchanged). */
int	style_parse(struct style *st, const struct style *base, const char *text);
char	*style_to_string(const struct style *);
/* Put the rendition over a cell: default colours leave what is below. */
void	style_apply(const struct style *, struct cell *, uint32_t *us);

/* "red", "brightblue", "colour123", "#aabbcc", X11 names, "default"; COLOUR_NONE if unknown. */
uint32_t colour_parse(const char *);
const char *colour_name(uint32_t, char *buf, size_t cap);

#endif
