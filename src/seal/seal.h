/* SPDX-License-Identifier: ISC */
#ifndef SEAL_SEAL_H
#define SEAL_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rng.h"
#include "wire/messages.h"

/*
 * Sealed datagrams.  A struct seal is both directions of one connection: it
 * seals with the keys of its own role and opens with those of the other.
 * It does no input or output and knows no addresses and no time.
 */
struct seal;

enum seal_role {
	SEAL_CLIENT,
	SEAL_SERVER,
};

/* Why a datagram was refused: one of these, negative. */
enum seal_error {
	SEAL_OK = 0,
	SEAL_E_SHORT = -1,	/* too short to be a packet */
	SEAL_E_HEADER = -2,	/* not a short header */
	SEAL_E_REPLAY = -3,	/* seen already, or too old to tell */
	SEAL_E_AUTH = -4,	/* the tag does not fit */
	SEAL_E_LIMIT = -5,	/* the key is worn out: close */
	SEAL_E_SPACE = -6,	/* the caller's buffer is too small */
};
const char	*seal_error_text(int);

struct seal_stats {
	uint64_t	sealed;		/* packets */
	uint64_t	opened;
	uint64_t	replayed;	/* refused, by reason */
	uint64_t	forged;
	uint64_t	malformed;
};

/*
 * A key pair for one connection.  Wipe it with seal_keypair_wipe() as soon as
 * the keys are derived.  Returns 0, or -1 if the library refuses.
 */
struct seal_keypair {
	uint8_t	priv[MSG_PUB_LEN];
	uint8_t	pub[MSG_PUB_LEN];
};
int		 seal_keypair(struct seal_keypair *, struct rng *);
int		 seal_keypair_from(struct seal_keypair *,
		    const uint8_t priv[MSG_PUB_LEN]);
void		 seal_keypair_wipe(struct seal_keypair *);

/*
 * What both sides know when the bootstrap is over.  The bytes are read, never
 * kept; the secrets among them are the caller's to wipe.
 */
struct seal_params {
	enum seal_role	 role;
	uint8_t		 suite;			/* MSG_SUITE_ */
	uint8_t		 psk[MSG_PSK_LEN];	/* from the server, by ssh */
	uint8_t		 cid[MSG_CID_LEN];
	uint8_t		 client_pub[MSG_PUB_LEN];
	uint8_t		 server_pub[MSG_PUB_LEN];
	uint8_t		 priv[MSG_PUB_LEN];	/* of this side */
	const uint8_t	*features;	/* as negotiated; goes into th */
	size_t		 features_len;	/* at most MSG_FEATURES_MAX */
};

/*
 * Derive all keys.  NULL if the suite is unknown or not to be had here, the
 * peer's public key is worthless (a shared secret of zeros), or the private
 * key is not that of this side's public key.
 */
struct seal	*seal_derive(const struct seal_params *);
void		 seal_free(struct seal *);	/* wipes; NULL is allowed */

/* Can this machine do AES fast, so that MSG_SUITE_AES256GCM is better? */
bool		 seal_aes_is_fast(void);

/* Bytes that sealing adds: MSG_OVERHEAD_C2S or MSG_OVERHEAD_S2C. */
size_t		 seal_overhead(const struct seal *);

/* Client: the connection id of what is sealed from now on. */
void		 seal_use_cid(struct seal *, const uint8_t cid[MSG_CID_LEN]);

/*
 * Seal n bytes as packet number pn into out.  Numbers must go up from call to
 * call; one that does not is a bug of ours and is refused, as no number may
 * ever be used twice.  plain and out may not overlap.  Returns the length of
 * the datagram, or a negative seal_error (SEAL_E_LIMIT, SEAL_E_SPACE).
 */
int		 seal_seal(struct seal *, uint64_t pn, const uint8_t *plain,
		    size_t n, uint8_t *out, size_t cap);

/*
 * Open a datagram: header, replay window, tag, in this order; then its number
 * is marked as seen.  plain needs room for n bytes; it is wiped if the tag
 * was wrong.  Which ids are those of this connection is the caller's business;
 * that the id is the one that was sealed is the tag's.  Returns the length of
 * the plain text and sets *pn, or a negative seal_error; then nothing changed
 * but counters.
 */
int		 seal_open(struct seal *, const uint8_t *datagram, size_t n,
		    uint8_t *plain, size_t cap, uint64_t *pn);

/*
 * The connection id in a datagram that came to a server, for finding the
 * struct seal to open it with.  NULL if it has none (long header, short).
 */
const uint8_t	*seal_cid(const uint8_t *datagram, size_t n);

void		 seal_stats(const struct seal *, struct seal_stats *);

#endif /* SEAL_SEAL_H */
