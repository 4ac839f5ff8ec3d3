/* SPDX-License-Identifier: ISC */
#ifndef TTY_QUERY_H
#define TTY_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "tty/tinfo.h"

/*
 * Questions to the outer terminal and its answers.  Questions are asked once,
 * at the start; nothing waits for an answer, one that comes makes the features
 * better whenever it comes, and none ever becomes a key.
 */
#define REPLY_NUMS_MAX	16
#define REPLY_TEXT_MAX	128

enum tty_reply_kind {
	REPLY_OTHER,		/* understood to be a reply, of no use */
	REPLY_DA1,		/* num: attributes */
	REPLY_DA2,		/* num: type, version, ... */
	REPLY_XTVERSION,	/* text: "XTerm(370)" */
	REPLY_KITTY_KEYS,	/* num[0]: flags in force */
	REPLY_MODE,		/* num[0]: DEC mode, num[1]: state of DECRPM */
	REPLY_COLOUR,		/* num[0]: 10, 11, 12 or 4; num[1]: index; colour */
	REPLY_CELL_PIXELS,	/* num[0]: height, num[1]: width of a cell */
	REPLY_SCREEN_PIXELS,	/* num[0]: height, num[1]: width of the screen */
	REPLY_SCREEN_CELLS,	/* num[0]: rows, num[1]: columns */
	REPLY_THEME,		/* num[0]: 1 dark, 2 light */
	REPLY_CLIPBOARD		/* text: selection; data, len: still base64 */
};

struct tty_reply {
	enum tty_reply_kind	 kind;
	int			 nums;
	int			 num[REPLY_NUMS_MAX];
	uint32_t		 colour;	/* colour_rgb() */
	char			 text[REPLY_TEXT_MAX];
	const uint8_t		*data;		/* valid until the next call */
	size_t			 len;
};

/* Whether the terminal can be asked at all without printing rubbish. */
bool	query_safe(const struct tinfo *);

/*
 * The questions for the start, nothing if it is not safe.  To be written after
 * tty_draw_start() and before the first picture, which paints over what a
 * terminal may make of a question that it does not understand.
 */
void	query_start(const struct tinfo *, struct buf *out);

/* Ask anew for the colours, after a change of theme. */
void	query_colours(const struct tinfo *, struct buf *out);

/* Ask for the clipboard: sel is "c", "p" or "". */
void	query_clipboard(const struct tinfo *, const char *sel, struct buf *out);

/*
 * A complete control sequence of the input (between CSI and final byte: its
 * private prefix or 0, parameters, intermediate or 0) or string (after OSC
 * or DCS, without the terminator).  False if it is no reply.
 */
bool	query_parse_csi(char prefix, const int *num, int nums, char inter,
	    char final, struct tty_reply *);
bool	query_parse_string(char kind, const uint8_t *, size_t,
	    struct tty_reply *);

#endif /* TTY_QUERY_H */
