/* SPDX-License-Identifier: ISC */
#ifndef SEAL_PHASE_H
#define SEAL_PHASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rng.h"
#include "seal/seal.h"

/*
 * New keys for a connection that lives: phase 0 has those of the bootstrap,
 * each further one those of a new exchange of public keys under the phase
 * before.
 *
 *	client				server
 *	seal_rekey_ask()   ------------> seal_rekey_answer(): opens both
 *	seal_rekey_finish() <----------- still sealed under the old phase
 *	seals under the new ------------> opens under the new: seals so too
 *	opens under the new <------------
 *
 * From the first packet that opens under the new phase on, the old key only
 * opens what is late, until seal_old_wipe().  Nothing depends on time: until
 * it is over both sides understand the old phase.
 */

/*
 * Client: the public key for the phase after the present one; the same until
 * it is finished.  -1: not now (the old key is still here), or no keys.
 */
int		 seal_rekey_ask(struct seal *, struct rng *,
		    uint8_t pub[MSG_PUB_LEN]);

/* Client: the server's answer.  -1: not what was asked for. */
int		 seal_rekey_finish(struct seal *, uint64_t phase,
		    const uint8_t theirs[MSG_PUB_LEN]);

/*
 * Server: the client's key for that phase; ours gets the answer, the same for
 * the same question.  1: an old question, there is nothing to answer; -1: one
 * that must not be.
 */
int		 seal_rekey_answer(struct seal *, struct rng *, uint64_t phase,
		    const uint8_t theirs[MSG_PUB_LEN],
		    uint8_t ours[MSG_PUB_LEN]);

/* The phase under which is sealed. */
uint64_t	 seal_phase(const struct seal *);

/* Is there a key of the phase before, for what is late?  Wipe it. */
bool		 seal_old(const struct seal *);
void		 seal_old_wipe(struct seal *);

#endif /* SEAL_PHASE_H */
