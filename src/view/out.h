/* SPDX-License-Identifier: ISC */

/*
 * out.h - a packet being filled, as far as view/ has to know.
 *
 * The owner adapts it to the packets of its engine.  A note is attached to
 * the packet and given back exactly once: to *_acked() if the packet arrived,
 * to *_lost() if it seems lost (and then it may have arrived nevertheless).
 */

#ifndef VIEW_OUT_H
#define VIEW_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/writer.h"

/* kind is the type of the frame; a, b and c are ours. */
struct view_note {
	uint8_t		 kind;
	uint32_t	 a;
	uint64_t	 b;
	uint64_t	 c;
};

struct view_out {
	/* Room for the next frame, its type byte included. */
	size_t		(*left)(void *arg);
	/*
	 * Write one frame: begin writes the type and returns the writer for
	 * the rest; end closes it, attaches the note, and returns false after
	 * having taken all of it back if it did not fit or if there are too
	 * many notes; cancel takes the open frame back.
	 */
	struct writer	*(*begin)(void *arg, uint8_t type);
	bool		(*end)(void *arg, const struct view_note *);
	void		(*cancel)(void *arg);
	/* One more note for the packet, with no frame open; false: no room. */
	bool		(*note)(void *arg, const struct view_note *);
	void		*arg;
	/*
	 * What a packet with nothing but the usual acknowledgements in it can
	 * always take, type byte included: a lower bound (440 for datagrams,
	 * 8000 for streams).  A larger frame goes out in pieces unless it
	 * happens to fit where it is.  At least 200.
	 */
	size_t		 whole;
};

#endif
