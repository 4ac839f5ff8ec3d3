/* SPDX-License-Identifier: ISC */

/*
 * limits.h - numbers of the screen frames that wire/messages.h does not have.
 */

#ifndef VIEW_LIMITS_H
#define VIEW_LIMITS_H

#include "wire/messages.h"

/* On the wire; both sides refuse what is above. */
#define VIEW_SURFACES_MAX	256	/* that a client remembers */
#define VIEW_PLACES_MAX		256	/* in one layout */
#define VIEW_ROWS_MAX		4096	/* slots of a grid */
#define VIEW_KV_KEY_MAX		255	/* keys are 1 to this */
#define VIEW_MISS_MAX		64	/* row ids in one ROW_MISS */
#define VIEW_PIECE_LEN		128	/* pieces begin at multiples of this */
#define VIEW_PIECE_TOTAL_MAX	131072	/* a row of 4096 colours */
#define VIEW_PIECES_MAX		1024	/* TOTAL_MAX / LEN */

/* Replica. */
#define VIEW_GRIDS_KEPT		12	/* 8 in flight, base, shown, spare */
#define VIEW_ASSEMBLE_MAX	16	/* frames in pieces at a time */
#define VIEW_LOOSE_MAX		1024	/* rows of a surface without a grid */
#define VIEW_REPLICA_BYTES_MAX	(96 << 20) /* rows and grids of one replica */
#define VIEW_MISS_MIN_US	300000	/* a row is late after this + 3 RTT */
#define VIEW_MISS_AGAIN_US	1000000	/* and asked for again after this */

/* Sender. */
#define VIEW_HELD_MAX		64	/* surfaces not in the view */
#define VIEW_HIDDEN_US		1000000	/* between pictures of a hidden pane */
#define VIEW_INPUT_RECENT_US	100000	/* input so recent: collect shorter */

#endif
