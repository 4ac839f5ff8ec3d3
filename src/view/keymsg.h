/* SPDX-License-Identifier: ISC */

/*
 * keymsg.h - what a user did, as the data of an entry of the input log.
 *
 * The log (sync/inlog.h) keeps surface, kind (INPUT_*) and length of each
 * entry; this is what is inside.
 */

#ifndef VIEW_KEYMSG_H
#define VIEW_KEYMSG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "term/key.h"
#include "wire/messages.h"
#include "wire/writer.h"

#define KEYMSG_PASTE_START	0x01	/* first chunk of a paste */
#define KEYMSG_PASTE_END	0x02	/* last chunk */

struct keymsg {
	uint8_t		 kind;		/* INPUT_* of wire/messages.h */
	struct key_event key;		/* INPUT_KEY; INPUT_MOUSE: key.mouse */
	uint8_t		 paste;		/* INPUT_PASTE: KEYMSG_PASTE_* */
	const uint8_t	*data;		/* INPUT_BYTES, INPUT_PASTE: borrowed */
	size_t		 len;
	uint16_t	 cols, rows;	/* INPUT_RESIZE */
	uint16_t	 xpixel, ypixel; /* of a cell; 0 unknown */
	bool		 focus;		/* INPUT_FOCUS: in or out */
};

/* Longest data: a paste chunk and its flags. */
#define KEYMSG_MAX	(INPUT_PASTE_CHUNK + 1)

/* The writer is full if it does not fit; false if m is over a limit. */
bool	keymsg_write(struct writer *, const struct keymsg *);
/*
 * Read the data of one entry.  False if it is malformed.  m->data points into
 * the input.
 */
bool	keymsg_read(uint8_t kind, const void *, size_t, struct keymsg *m);

#endif
