/* SPDX-License-Identifier: ISC */
#ifndef SEAL_AEAD_H
#define SEAL_AEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "seal/keys.h"

/*
 * One direction of one suite with its key: cipher contexts that are made once
 * and only get a new nonce per packet, which is half the cost of setting the
 * key again and a third of a new context.
 */
struct aead;

/* NULL if the suite is unknown or the library does not have it. */
struct aead	*aead_new(uint8_t suite, const struct keys_dir *,
		    bool sealing);
void		 aead_free(struct aead *);	/* wipes; NULL is allowed */

/*
 * Seal n bytes; out gets n + MSG_TAG_LEN.  Returns 0, or -1 if the library
 * failed; then out is wiped.
 */
int		 aead_seal(struct aead *, uint64_t pn, const uint8_t *aad,
		    size_t aad_len, const uint8_t *plain, size_t n,
		    uint8_t *out);

/*
 * Open n bytes of which the last MSG_TAG_LEN are the tag; plain gets the
 * rest.  -1 if the tag is wrong; then plain is wiped.  n >= MSG_TAG_LEN.
 */
int		 aead_open(struct aead *, uint64_t pn, const uint8_t *aad,
		    size_t aad_len, const uint8_t *sealed, size_t n,
		    uint8_t *plain);

/* The mask for the header (RFC 9001, section 5.4). */
#define AEAD_MASK_LEN	(1 + MSG_PN_LEN)
int		 aead_mask(struct aead *,
		    const uint8_t sample[MSG_SAMPLE_LEN],
		    uint8_t mask[AEAD_MASK_LEN]);

/* Packets that one key may seal. */
uint64_t	 aead_packets_max(uint8_t suite);

#endif /* SEAL_AEAD_H */
