/* SPDX-License-Identifier: ISC */

/*
 * gridmsg.h - which rows a surface shows, cursor, modes and echo: the frame
 * GRID.
 *
 * A grid is a small state: a row id for each line (0: blank) and some
 * numbers.  The frame says how it differs from another one, the base, or from
 * nothing.  It is what makes a scroll cost five bytes: "lines 0 to 48 are what
 * 1 to 49 were, line 49 is row 8123".
 */

#ifndef VIEW_GRIDMSG_H
#define VIEW_GRIDMSG_H

#include "view/view.h"
#include "wire/reader.h"
#include "wire/writer.h"

struct gridstate {
	uint16_t	 cols, rows;
	uint16_t	 cx, cy;
	uint8_t		 cursor_shape, kitty_flags, modify_other;
	uint32_t	 cursor_colour, modes, fg, bg, epoch;
	uint64_t	 top;
	struct view_echo echo;
	uint32_t	*id;		/* rows of them */
};

/* What an absent base counts as: no lines, all numbers 0. */
void	gridstate_init(struct gridstate *);
void	gridstate_fini(struct gridstate *);
/* A published snap as a grid; gs is initialised. */
void	gridstate_set(struct gridstate *, const struct snap *,
	    const struct view_echo *);
/* The numbers of a grid into a snap: all but rows and version. */
void	gridstate_snap(const struct gridstate *, struct snap *);
bool	gridstate_same(const struct gridstate *, const struct gridstate *);

/* The frame behind its type.  base NULL: none, then base_version is 0. */
void	gridmsg_write(struct writer *, uint32_t surface, uint64_t version,
	    uint64_t base_version, const struct gridstate *base,
	    const struct gridstate *);

struct gridmsg_head {
	uint32_t	 surface;
	uint16_t	 version;	/* the low 16 bits */
	uint32_t	 back;		/* version of the base is so much less;
					   0: no base */
};
/* Read the head; then the rest against the base. */
void	gridmsg_read_head(struct reader *, struct gridmsg_head *);
/*
 * False, and the reader is bad, if it is malformed.  out NULL: the base is
 * not known, only read over it.  out is initialised by the caller.
 */
bool	gridmsg_read(struct reader *, const struct gridstate *base,
	    struct gridstate *out);
/* The whole version, given the newest one known. */
uint64_t gridmsg_version(uint16_t low, uint64_t newest);

#endif
