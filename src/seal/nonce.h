/* SPDX-License-Identifier: ISC */
#ifndef SEAL_NONCE_H
#define SEAL_NONCE_H

#include <stdint.h>

#include "wire/messages.h"

/* The nonce of a packet: the static IV with the number laid over its end. */
void		nonce_make(const uint8_t iv[MSG_IV_LEN], uint64_t pn,
		    uint8_t out[MSG_IV_LEN]);

/*
 * The number whose low 32 bits are low and which is nearest to next, the one
 * expected.  Source: RFC 9000, appendix A.3, for 32 bits.
 */
uint64_t	nonce_recover(uint64_t next, uint32_t low);

#endif /* SEAL_NONCE_H */
