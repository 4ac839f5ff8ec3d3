/* SPDX-License-Identifier: ISC */

/*
 * publish.h - rows get their names.
 *
 * A surface has one publisher, kept beside the thing that draws it and shared
 * by all clients that look at it.  Before a picture goes into a view it is
 * published: rows that are new get the surface's next id, and with it are
 * frozen for ever (term/row.h).  A row that was drawn again with the same
 * content as the one it replaces gets no new name: the old row is put in its
 * place.  Blank rows need no name.
 *
 * A row belongs to one surface.  Whoever shows rows of one surface in another
 * (a preview) copies them (row_copy, canvas_row), so that they get ids there.
 */

#ifndef VIEW_PUBLISH_H
#define VIEW_PUBLISH_H

#include "term/snap.h"

struct publisher {
	uint32_t	 next;		/* id to be given next */
	bool		 wrapped;	/* 2^32 were given once */
	struct snap	*src;		/* what was published last, ... */
	struct snap	*out;		/* ... and as what */
};

void		 publisher_init(struct publisher *);
void		 publisher_fini(struct publisher *);
/*
 * The picture to be put into views: a new reference.  It is the one given or,
 * if rows could be taken from the picture before, a copy.
 */
struct snap	*publisher_take(struct publisher *, struct snap *);

#endif
