/* SPDX-License-Identifier: ISC */

/*
 * copy.h - copy mode: the lines of a pane, with a cursor, a selection and a search; and
 * view mode: the same over lines of text.
 *
 * The screen is frozen when the mode is entered; history is immutable anyway.  All the
 * commands of send-keys -X are in copy_commands[].
 */

#ifndef MODE_COPY_H
#define MODE_COPY_H

#include "mode/mode.h"

/* Renditions; ch is not used. */
struct copy_styles {
	struct cell	 selection;	/* mode-style, copy-mode-selection-style */
	struct cell	 match;		/* copy-mode-match-style */
	struct cell	 current;	/* copy-mode-current-match-style */
	struct cell	 mark;		/* copy-mode-mark-style */
	struct cell	 position;	/* copy-mode-position-style */
	struct cell	 line;		/* copy-mode-current-line-style: what it sets */
};

struct copy_config {
	bool		 vi;		/* mode-keys */
	bool		 wrap_search;
	const char	*separators;	/* word-separators */
	struct copy_styles styles;
	/*
	 * What stands in the first line, from copy-mode-position-format: caller frees;
	 * NULL, or a NULL result: "[position/limit]" in the corner.  It may ask
	 * mode_format() and is drawn over the whole line by text.
	 */
	char		*(*position)(void *arg, struct mode *);
	struct mode_text text;
	void		*arg;
	const char	*search;	/* pane's last search string, or NULL */
	bool		 search_regex;
};

/* flags of copy_new, as of the command copy-mode */
#define COPY_SCROLL_EXIT	0x1	/* -e: leave when scrolled to the end */
#define COPY_HIDE_POSITION	0x2	/* -H */

/* All of config and the source is copied; the cursor starts where the program's is. */
struct mode	*copy_new(const struct line_source *, int cols, int rows,
		    const struct copy_config *, unsigned flags);
/* Options changed. */
void		 copy_configure(struct mode *, const struct copy_config *);
/* copy-mode -u, -d: a page (half is false), -S: to where the slider is. */
void		 copy_page_up(struct mode *, bool half);
void		 copy_page_down(struct mode *, bool half);
bool		 mode_is_copy(struct mode *);	/* or view */

/* View mode: begins empty; lines may hold SGR sequences. */
struct mode	*view_mode_new(int cols, int rows, const struct copy_config *);
void		 view_mode_add(struct mode *, const char *line);

struct copy_command {
	const char	*name;
	const char	*flags;		/* getopt */
	int		 min, max;	/* other arguments */
	bool		 readonly;	/* allowed for a read-only client */
};
extern const struct copy_command copy_commands[];
extern const size_t copy_command_count;
const struct copy_command *copy_command_find(const char *name);

#endif
