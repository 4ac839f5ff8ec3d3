/* SPDX-License-Identifier: ISC */
#ifndef SEAL_KEYS_H
#define SEAL_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "seal/seal.h"

/*
 * The key schedule.  All functions return 0, or -1 when the library fails or
 * refuses; then their output is wiped.
 */

struct keys_dir {			/* one direction, one phase */
	uint8_t	key[MSG_KEY_LEN];
	uint8_t	iv[MSG_IV_LEN];
	uint8_t	hp[MSG_KEY_LEN];
};

struct keys {
	uint8_t		th[MSG_SECRET_LEN];
	uint8_t		early[MSG_SECRET_LEN];
	uint8_t		root[MSG_SECRET_LEN];
	uint8_t		c2s_secret[MSG_SECRET_LEN];
	uint8_t		s2c_secret[MSG_SECRET_LEN];
	struct keys_dir	c2s;
	struct keys_dir	s2c;
};

int	keys_extract(const uint8_t *salt, size_t salt_len,
	    const uint8_t *ikm, size_t ikm_len, uint8_t out[MSG_SECRET_LEN]);

/* L(secret, label, context, n) of protocol(7); n at most 64. */
int	keys_label(const uint8_t secret[MSG_SECRET_LEN], const char *label,
	    const uint8_t *context, size_t context_len, uint8_t *out,
	    size_t n);

/* X25519; a result of zeros is refused. */
int	keys_dh(const uint8_t priv[MSG_PUB_LEN],
	    const uint8_t peer[MSG_PUB_LEN], uint8_t out[MSG_SECRET_LEN]);
int	keys_pub(const uint8_t priv[MSG_PUB_LEN], uint8_t pub[MSG_PUB_LEN]);

/* Everything for phase 0. */
int	keys_derive(struct keys *, const struct seal_params *);

/*
 * The root of the next phase and its keys, both directions, without hp, which
 * stays that of phase 0.
 */
int	keys_update(const uint8_t root[MSG_SECRET_LEN],
	    const uint8_t th[MSG_SECRET_LEN], const uint8_t priv[MSG_PUB_LEN],
	    const uint8_t peer[MSG_PUB_LEN], uint8_t next[MSG_SECRET_LEN],
	    struct keys_dir *c2s, struct keys_dir *s2c);
void	keys_wipe(struct keys *);

#endif /* SEAL_KEYS_H */
