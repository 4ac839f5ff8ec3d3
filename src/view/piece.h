/* SPDX-License-Identifier: ISC */

/*
 * piece.h - a frame that does not fit into a packet: the frame PIECE.
 *
 * The frame (type and body) becomes a numbered string of bytes, and pieces of
 * it travel in any order, each begun at a multiple of VIEW_PIECE_LEN.  A
 * number names the same bytes for ever.
 */

#ifndef VIEW_PIECE_H
#define VIEW_PIECE_H

#include "view/limits.h"
#include "view/out.h"
#include "wire/reader.h"

/*** Sender ***/

struct piece_out {
	uint32_t	 number;
	uint8_t		*bytes;
	size_t		 len;
	unsigned	 count;		/* pieces */
	unsigned	 acked;
	unsigned	 due;
	uint8_t		*state;		/* of each: */
};
enum piece_state {
	PIECE_DUE, PIECE_IN_FLIGHT, PIECE_ACKED
};

/* Takes a copy of the bytes; len is 1 to VIEW_PIECE_TOTAL_MAX. */
void	piece_out_init(struct piece_out *, uint32_t number, const void *,
	    size_t len);
void	piece_out_fini(struct piece_out *);
/*
 * Write pieces that are due while there is room.  Notes: a the number, b the
 * first piece, c how many.
 */
void	piece_out_fill(struct piece_out *, struct view_out *);
/* Of notes with this number.  acked: true if that was the last of them. */
bool	piece_out_acked(struct piece_out *, uint64_t first, uint64_t n);
void	piece_out_lost(struct piece_out *, uint64_t first, uint64_t n);

/*** Receiver ***/

struct piece_in_one {
	uint32_t	 number;	/* 0: free */
	uint8_t		*bytes;
	size_t		 len;
	unsigned	 missing;
	uint8_t		*have;
};
struct piece_in {
	struct piece_in_one	 one[VIEW_ASSEMBLE_MAX];
	uint32_t		 done[4 * VIEW_ASSEMBLE_MAX]; /* ring */
	unsigned		 ndone;
};
void	piece_in_init(struct piece_in *);
void	piece_in_fini(struct piece_in *);
/*
 * Read the body of one PIECE.  1: a frame is whole, its bytes are in *bytes,
 * to be freed by the caller; 0: not yet; -1: malformed.
 */
int	piece_in_read(struct piece_in *, struct reader *, uint8_t **bytes,
	    size_t *len);

#endif
