/* SPDX-License-Identifier: ISC */

/*
 * prompt.h - one line of text edited on the status line.
 *
 * Results: ACT_INPUT with text and final; ACT_LEAVE after the last.  text NULL: it was
 * cancelled.  An incremental prompt reports every change with '=', '+' (C-s) or '-' (C-r)
 * in front and final false, and the finished text without.
 */

#ifndef MODE_PROMPT_H
#define MODE_PROMPT_H

#include "mode/mode.h"

/* The same bits as PROMPT_* of cmd/host.h. */
#define ASK_SINGLE	0x01	/* one key, as text */
#define ASK_NUMERIC	0x02	/* digits; any other key ends it and is used again */
#define ASK_INCREMENTAL	0x04
#define ASK_KEY		0x08	/* one key, by its name */
#define ASK_CONFIRM	0x10	/* one key, as text; Escape cancels */
#define ASK_ACCEPT	0x20	/* confirm: Enter gives "\r" as text, else it cancels */
#define ASK_LITERAL	0x40
#define ASK_BSPACE_EXIT	0x80	/* Backspace in an empty line cancels */

#define PROMPT_TEXT_MAX	65536	/* bytes */

struct prompt_config {
	const char	*prompt;	/* drawn with text; copied */
	const char	*initial;
	unsigned	 flags;
	bool		 vi;		/* status-keys */
	struct mode_text text;
	struct cell	 style, command_style;	/* message-style, and of vi's command state */
	/* Of prompts, and of vi's command state; 0: the terminal's. */
	uint32_t	 cursor_colour, command_cursor_colour;
	uint8_t		 cursor_shape, command_cursor_shape;	/* as in prompt-cursor-style */
	const char	*separators;	/* word-separators */
	void		*arg;
	/* Entry n back from the newest (0); NULL beyond. */
	const char	*(*history)(void *arg, size_t n);
	/*
	 * What word (bytes [at, at + len) of line) could be completed to: a copy with as much
	 * as is certain, NULL for nothing.
	 */
	char		*(*complete)(void *arg, const char *line, size_t at, size_t len);
	char		*(*paste)(void *arg);	/* C-y: newest buffer's text, caller frees */
};

struct mode	*prompt_new(const struct prompt_config *);
/* Into row y of a canvas, over width columns; the cursor's column, -1 for none. */
int		 prompt_draw(struct mode *, struct canvas *, int y, int width);
const char	*prompt_text(struct mode *);	/* what is in the line now */
/* As if typed: a paste.  Control characters are left out. */
void		 prompt_insert(struct mode *, const char *, size_t, struct mode_result *);
/* Another question in the same place. */
void		 prompt_update(struct mode *, const char *prompt, const char *text);

#endif
