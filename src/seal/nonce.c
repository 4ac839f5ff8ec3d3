/* SPDX-License-Identifier: ISC */

/*
 * Packet numbers as nonces.  A number is used for one packet of one direction
 * of one connection; that it never comes twice is kept by struct seal, which
 * refuses any that is not above the one before (invariant 2 of protocol(7)).
 */

#include "seal/nonce.h"

#include <string.h>

void
nonce_make(const uint8_t iv[MSG_IV_LEN], uint64_t pn, uint8_t out[MSG_IV_LEN])
{
	int	i;

	memcpy(out, iv, MSG_IV_LEN);
	for (i = 0; i < 8; i++)
		out[MSG_IV_LEN - 1 - i] ^= (uint8_t)(pn >> (8 * i));
}

uint64_t
nonce_recover(uint64_t next, uint32_t low)
{
	const uint64_t	span = UINT64_C(1) << 32, half = span / 2;
	uint64_t	pn;

	pn = (next & ~(span - 1)) | low;
	if (pn + half <= next && pn < (UINT64_C(1) << 62) - span)
		return (pn + span);
	if (pn > next + half && pn >= span)
		return (pn - span);
	return (pn);
}
