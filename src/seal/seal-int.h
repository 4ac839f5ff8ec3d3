/* SPDX-License-Identifier: ISC */
#ifndef SEAL_SEAL_INT_H
#define SEAL_SEAL_INT_H

#include "seal/aead.h"
#include "seal/replay.h"
#include "seal/seal.h"

/* For seal.c, phase.c and the tests of them. */

struct seal {
	enum seal_role		 role;
	uint8_t			 suite;
	uint8_t			 cid[MSG_CID_LEN];
	struct aead		*ours;		/* seals */
	struct aead		*theirs;	/* opens: the phase heard last */
	struct replay		 replay;
	uint64_t		 next;		/* least number to seal */
	struct seal_stats	 stats;

	/* Phases: what phase.c says of them. */
	uint64_t		 phase;		/* of ours */
	uint64_t		 phase_first;	/* number sealed under it */
	uint64_t		 heard;		/* of theirs */
	struct aead		*ours_next;	/* server: until heard */
	struct aead		*theirs_other;	/* the next or the old one */
	bool			 other_is_next;
	uint8_t			 th[MSG_SECRET_LEN];
	uint8_t			 root[MSG_SECRET_LEN];
	uint8_t			 hp_ours[MSG_KEY_LEN];
	uint8_t			 hp_theirs[MSG_KEY_LEN];
	bool			 asking;	/* client: kp is to be used */
	struct seal_keypair	 kp;
	uint8_t			 asked[MSG_PUB_LEN];	/* server */
	uint8_t			 answered[MSG_PUB_LEN];
};

/* Seal under the next phase from now on; a packet opened under it. */
void	phase_switch(struct seal *);
void	phase_heard(struct seal *);

/*
 * Lay out, seal and mask one packet.  flags: what goes into byte 0 besides
 * MSG_FLAG_SHORT; cid NULL for none.  Returns the length, or a seal_error.
 */
int	seal_packet(struct aead *, uint8_t flags, const uint8_t *cid,
	    uint64_t pn, const uint8_t *plain, size_t n, uint8_t *out,
	    size_t cap);

#endif /* SEAL_SEAL_INT_H */
