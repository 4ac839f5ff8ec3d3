/* SPDX-License-Identifier: ISC */

/*
 * layout.h - the places of a view as bytes: the value of VIEW_KV_LAYOUT.
 */

#ifndef VIEW_LAYOUT_H
#define VIEW_LAYOUT_H

#include "view/view.h"
#include "wire/reader.h"
#include "wire/writer.h"

/* Hidden places are left out. */
void		 layout_write(struct writer *, const struct view *);
/*
 * A view of refs 1 whose places have no snaps; NULL if the bytes are
 * malformed, over a limit or followed by more.
 */
struct view	*layout_read(struct reader *);

#endif
