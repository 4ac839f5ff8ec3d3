/* SPDX-License-Identifier: ISC */

/*
 * The phases of a connection's keys, see the header.
 *
 * Invariants:
 * 1. At most two opening keys: those of the phase heard last, and of the one
 *    after or the one before it.  Which a packet wants its phase bit says, so
 *    each costs at most one AEAD.
 * 2. The root of a phase is wiped when that of the next is derived; private
 *    keys when they were used.
 *
 * Source: RFC 9001, section 6, for the bit and the old key.  Difference: there
 * is a new Diffie-Hellman exchange each time, so that who learns the keys of
 * one phase does not know the next; the header's key stays, as there.
 */

#include "seal/phase.h"

#include <string.h>

#include "base/mem.h"
#include "seal/seal-int.h"

/* Keys for the next phase from our private and their public key. */
static int
phase_next(struct seal *s, const uint8_t priv[MSG_PUB_LEN],
    const uint8_t theirs[MSG_PUB_LEN])
{
	struct keys_dir	 c2s, s2c, *out, *in;
	uint8_t		 root[MSG_SECRET_LEN];
	int		 rv = -1;

	out = s->role == SEAL_CLIENT ? &c2s : &s2c;
	in = s->role == SEAL_CLIENT ? &s2c : &c2s;
	if (keys_update(s->root, s->th, priv, theirs, root, &c2s, &s2c) != 0)
		return (-1);
	memcpy(out->hp, s->hp_ours, sizeof out->hp);
	memcpy(in->hp, s->hp_theirs, sizeof in->hp);
	s->ours_next = aead_new(s->suite, out, true);
	s->theirs_other = aead_new(s->suite, in, false);
	if (s->ours_next != NULL && s->theirs_other != NULL) {
		memcpy(s->root, root, sizeof s->root);
		s->other_is_next = true;
		rv = 0;
	} else {
		aead_free(s->ours_next);
		aead_free(s->theirs_other);
		s->ours_next = s->theirs_other = NULL;
	}
	mem_wipe(root, sizeof root);
	mem_wipe(&c2s, sizeof c2s);
	mem_wipe(&s2c, sizeof s2c);
	return (rv);
}

void
phase_switch(struct seal *s)
{
	if (s->ours_next == NULL)
		return;
	aead_free(s->ours);
	s->ours = s->ours_next;
	s->ours_next = NULL;
	s->phase++;
	s->phase_first = s->next;
}

void
phase_heard(struct seal *s)
{
	struct aead	*old = s->theirs;

	s->theirs = s->theirs_other;
	s->theirs_other = old;
	s->other_is_next = false;
	s->heard++;
	phase_switch(s);
}

int
seal_rekey_ask(struct seal *s, struct rng *rng, uint8_t pub[MSG_PUB_LEN])
{
	if (s->role != SEAL_CLIENT || s->theirs_other != NULL)
		return (-1);
	if (!s->asking) {
		if (seal_keypair(&s->kp, rng) != 0)
			return (-1);
		s->asking = true;
	}
	memcpy(pub, s->kp.pub, MSG_PUB_LEN);
	return (0);
}

int
seal_rekey_finish(struct seal *s, uint64_t phase,
    const uint8_t theirs[MSG_PUB_LEN])
{
	int	rv;

	if (s->role != SEAL_CLIENT || !s->asking || phase != s->phase + 1)
		return (-1);
	rv = phase_next(s, s->kp.priv, theirs);
	seal_keypair_wipe(&s->kp);
	s->asking = false;
	if (rv == 0)
		phase_switch(s);
	return (rv);
}

int
seal_rekey_answer(struct seal *s, struct rng *rng, uint64_t phase,
    const uint8_t theirs[MSG_PUB_LEN], uint8_t ours[MSG_PUB_LEN])
{
	struct seal_keypair	kp;
	int			rv;

	if (s->role != SEAL_SERVER || phase > s->heard + 1)
		return (-1);
	if (phase <= s->heard)
		return (1);
	if (s->theirs_other != NULL && s->other_is_next) {
		/* Asked again, as the answer was lost. */
		if (memcmp(s->asked, theirs, sizeof s->asked) != 0)
			return (-1);
		memcpy(ours, s->answered, MSG_PUB_LEN);
		return (0);
	}
	/* Whoever asks for the next has done with the one before. */
	seal_old_wipe(s);
	if (seal_keypair(&kp, rng) != 0)
		return (-1);
	rv = phase_next(s, kp.priv, theirs);
	if (rv == 0) {
		memcpy(s->asked, theirs, sizeof s->asked);
		memcpy(s->answered, kp.pub, sizeof s->answered);
		memcpy(ours, kp.pub, MSG_PUB_LEN);
	}
	seal_keypair_wipe(&kp);
	return (rv);
}

uint64_t
seal_phase(const struct seal *s)
{
	return (s->phase);
}

bool
seal_old(const struct seal *s)
{
	return (s->theirs_other != NULL && !s->other_is_next);
}

void
seal_old_wipe(struct seal *s)
{
	if (!seal_old(s))
		return;
	aead_free(s->theirs_other);
	s->theirs_other = NULL;
}
