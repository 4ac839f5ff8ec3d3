/* SPDX-License-Identifier: ISC */
#ifndef SYNC_SENT_H
#define SYNC_SENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sync/conn.h"

/*
 * The packets whose fate is not known, in a ring by packet number: the last
 * PACKETS_TRACKED_MAX that were built.
 *
 *	FREE --(built)--> FLYING --(acked)------------------> FREE
 *	                    | '----(lost)---> LOST --(acked)--> FREE, spurious
 *	                    '------(path changed)--> LEFT --'
 *
 * Notes are given back on the way out of FLYING, or before (told), when the
 * packet merely seems lost; never twice.
 */
enum sent_state {
	SENT_FREE,
	SENT_FLYING,		/* counted in its path's in_flight */
	SENT_LEFT,		/* not counted any more */
	SENT_LOST,
};

struct sent {
	uint64_t		 pn;
	usec_t			 at;
	uint32_t		 path;		/* serial */
	uint32_t		 size;
	uint32_t		 low;		/* of that, streams and below */
	enum sent_state		 state;
	bool			 told;
	bool			 mtu;		/* a probe for larger ones */
	bool			 acked;		/* outlives FREE */
	bool			 input;
	bool			 echo;		/* to be doubled at redo_at */
	bool			 addrs;		/* held SERVER_ADDRS */
	uint8_t			 rekey;		/* held frames about keys */
	uint8_t			 cids;		/* held ids of these slots */
	struct sent_note	*notes;
	unsigned		 notes_n;
	unsigned		 notes_cap;
};

struct sent_ring {
	struct sent	v[PACKETS_TRACKED_MAX];
	uint64_t	next;		/* packet number to be used next */
	uint64_t	low;		/* none below is FLYING */
};

_Static_assert((PACKETS_TRACKED_MAX & (PACKETS_TRACKED_MAX - 1)) == 0,
    "the ring's index is a mask");

void		 sent_init(struct sent_ring *);
void		 sent_fini(struct sent_ring *);

/* The packet with that number if it is still known and not FREE, or NULL. */
struct sent	*sent_find(struct sent_ring *, uint64_t pn);

/* Lowest number that may be known. */
uint64_t	 sent_first(const struct sent_ring *);

/* Lowest number that may be FLYING. */
uint64_t	 sent_flying(struct sent_ring *);

/* Its place, whatever is in it. */
struct sent	*sent_slot(struct sent_ring *, uint64_t pn);

void		 sent_set_notes(struct sent *, const struct sent_note *,
		    unsigned n);

#endif /* SYNC_SENT_H */
