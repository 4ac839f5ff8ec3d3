/* SPDX-License-Identifier: ISC */
#ifndef SEAL_SEAL_INT_H
#define SEAL_SEAL_INT_H

#include "seal/aead.h"
#include "seal/replay.h"
#include "seal/seal.h"

/* For seal.c and for the tests of it. */

/*
 * Lay out, seal and mask one packet.  flags: what goes into byte 0 besides
 * MSG_FLAG_SHORT; cid NULL for none.  Returns the length, or a seal_error.
 */
int	seal_packet(struct aead *, uint8_t flags, const uint8_t *cid,
	    uint64_t pn, const uint8_t *plain, size_t n, uint8_t *out,
	    size_t cap);

#endif /* SEAL_SEAL_INT_H */
