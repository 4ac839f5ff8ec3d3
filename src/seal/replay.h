/* SPDX-License-Identifier: ISC */
#ifndef SEAL_REPLAY_H
#define SEAL_REPLAY_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/messages.h"

/*
 * Which packet numbers were seen.  Check before a packet is opened, mark when
 * it turned out authentic, never otherwise.
 */
struct replay {
	uint64_t	bits[REPLAY_WINDOW / 64];
	uint64_t	next;		/* one above the highest marked */
};

void	replay_init(struct replay *);

/* False if the number was marked, or is too old to tell. */
bool	replay_check(const struct replay *, uint64_t pn);
void	replay_mark(struct replay *, uint64_t pn);

#endif /* SEAL_REPLAY_H */
