/* SPDX-License-Identifier: ISC */

/*
 * A packet on the wire, and who knows what of it:
 *
 *	byte 0	01gm mmmm	g: anything; m: masked
 *	[8]	connection id	clear; client to server only
 *	[4]	packet number	masked
 *	[n]	frames		encrypted
 *	[16]	tag		over the header, unmasked, and the frames
 *
 * The first 16 bytes behind the packet number are the sample that the mask is
 * made from, so it must be unmasked before anything is known to be true; that
 * is harmless, as a wrong guess ends in a wrong tag.
 *
 * Opening does, in this order: length, header, unmask, extend the number,
 * window, tag, mark.  Each datagram costs at most one AEAD.
 *
 * Invariants:
 * 1. A number is sealed once: they go up from call to call.
 * 2. A number is opened once: the window is marked after the tag was right.
 * 3. What does not open changes nothing but counters.
 * 4. No key seals more than its suite allows.
 * 5. A packet is opened with the key that its phase bit names, or not at all.
 *
 * Source: RFC 9001, sections 5.3 and 5.4.  Differences: packet numbers always
 * have 4 bytes, so the sample always is where the ciphertext begins; one kind
 * of packet.
 */

#include "seal/seal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/xmalloc.h"
#include "seal/keys.h"
#include "seal/nonce.h"
#include "seal/seal-int.h"

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#elif defined(__linux__) && (defined(__aarch64__) || defined(__arm__))
#include <sys/auxv.h>
#endif

static const char *const seal_errors[] = {
	"no error",
	"too short",
	"bad header",
	"seen before",
	"not authentic",
	"key worn out",
	"buffer too small",
};

const char *
seal_error_text(int error)
{
	if (error > 0 || -error >= (int)(sizeof seal_errors /
	    sizeof seal_errors[0]))
		return ("unknown error");
	return (seal_errors[-error]);
}

int
seal_keypair_from(struct seal_keypair *kp, const uint8_t priv[MSG_PUB_LEN])
{
	memcpy(kp->priv, priv, sizeof kp->priv);
	if (keys_pub(kp->priv, kp->pub) != 0) {
		seal_keypair_wipe(kp);
		return (-1);
	}
	return (0);
}

int
seal_keypair(struct seal_keypair *kp, struct rng *rng)
{
	uint8_t	priv[MSG_PUB_LEN];
	int	rv;

	rng->fill(rng, priv, sizeof priv);
	rv = seal_keypair_from(kp, priv);
	mem_wipe(priv, sizeof priv);
	return (rv);
}

void
seal_keypair_wipe(struct seal_keypair *kp)
{
	mem_wipe(kp, sizeof *kp);
}

struct seal *
seal_derive(const struct seal_params *p)
{
	struct keys		 k;
	struct seal		*s = NULL;
	const uint8_t		*mine;
	uint8_t			 pub[MSG_PUB_LEN];
	const struct keys_dir	*out, *in;

	memset(&k, 0, sizeof k);
	mine = p->role == SEAL_CLIENT ? p->client_pub : p->server_pub;
	if (keys_pub(p->priv, pub) != 0 ||
	    !mem_equal_ct(pub, mine, sizeof pub) || keys_derive(&k, p) != 0)
		goto out;
	out = p->role == SEAL_CLIENT ? &k.c2s : &k.s2c;
	in = p->role == SEAL_CLIENT ? &k.s2c : &k.c2s;
	s = xcalloc(1, sizeof *s);
	s->role = p->role;
	s->suite = p->suite;
	memcpy(s->cid, p->cid, sizeof s->cid);
	replay_init(&s->replay);
	memcpy(s->th, k.th, sizeof s->th);
	memcpy(s->root, k.root, sizeof s->root);
	memcpy(s->hp_ours, out->hp, sizeof s->hp_ours);
	memcpy(s->hp_theirs, in->hp, sizeof s->hp_theirs);
	s->ours = aead_new(p->suite, out, true);
	s->theirs = aead_new(p->suite, in, false);
	if (s->ours == NULL || s->theirs == NULL) {
		seal_free(s);
		s = NULL;
	}
out:
	keys_wipe(&k);
	return (s);
}

void
seal_free(struct seal *s)
{
	if (s == NULL)
		return;
	aead_free(s->ours);
	aead_free(s->theirs);
	aead_free(s->ours_next);
	aead_free(s->theirs_other);
	mem_wipe(s, sizeof *s);
	free(s);
}

bool
seal_aes_is_fast(void)
{
#if defined(__x86_64__) || defined(__i386__)
	unsigned	a, b, c, d;

	if (__get_cpuid(1, &a, &b, &c, &d) == 0)
		return (false);
	return ((c & bit_AES) != 0 && (c & bit_PCLMUL) != 0);
#elif defined(__APPLE__) && defined(__aarch64__)
	return (true);
#elif defined(__linux__) && defined(__aarch64__)
	/* HWCAP_AES and HWCAP_PMULL. */
	return ((getauxval(AT_HWCAP) & 0x18) == 0x18);
#else
	return (false);
#endif
}

void
seal_use_cid(struct seal *s, const uint8_t cid[MSG_CID_LEN])
{
	memcpy(s->cid, cid, sizeof s->cid);
}

size_t
seal_overhead(const struct seal *s)
{
	return (s->role == SEAL_CLIENT ? MSG_OVERHEAD_C2S : MSG_OVERHEAD_S2C);
}

static void
seal_mask(uint8_t *head, size_t pn_at, const uint8_t mask[AEAD_MASK_LEN])
{
	int	i;

	head[0] ^= mask[0] & MSG_FLAG_MASKED;
	for (i = 0; i < MSG_PN_LEN; i++)
		head[pn_at + i] ^= mask[1 + i];
}

int
seal_packet(struct aead *a, uint8_t flags, const uint8_t *cid, uint64_t pn,
    const uint8_t *plain, size_t n, uint8_t *out, size_t cap)
{
	uint8_t	mask[AEAD_MASK_LEN];
	size_t	pn_at = 1 + (cid == NULL ? 0 : MSG_CID_LEN);
	size_t	head = pn_at + MSG_PN_LEN;
	int	i;

	if (n > DATAGRAM_STREAM || cap < head + n + MSG_TAG_LEN)
		return (SEAL_E_SPACE);
	out[0] = MSG_FLAG_SHORT | flags;
	if (cid != NULL)
		memcpy(out + 1, cid, MSG_CID_LEN);
	for (i = 0; i < MSG_PN_LEN; i++)
		out[pn_at + i] = (uint8_t)(pn >> (8 * (MSG_PN_LEN - 1 - i)));
	if (aead_seal(a, pn, out, head, plain, n, out + head) != 0 ||
	    aead_mask(a, out + head, mask) != 0)
		return (SEAL_E_LIMIT);
	seal_mask(out, pn_at, mask);
	return ((int)(head + n + MSG_TAG_LEN));
}

int
seal_seal(struct seal *s, uint64_t pn, const uint8_t *plain, size_t n,
    uint8_t *out, size_t cap)
{
	int	len;

	if (pn < s->next ||
	    pn - s->phase_first >= aead_packets_max(s->suite))
		return (SEAL_E_LIMIT);
	/*
	 * Used up before it is used, so that no failure below can lead to a
	 * second packet with this number.
	 */
	s->next = pn + 1;
	len = seal_packet(s->ours, s->phase & 1 ? MSG_FLAG_PHASE : 0,
	    s->role == SEAL_CLIENT ? s->cid : NULL,
	    pn, plain, n, out, cap);
	if (len > 0)
		s->stats.sealed++;
	return (len);
}

const uint8_t *
seal_cid(const uint8_t *d, size_t n)
{
	if (n < MSG_OVERHEAD_C2S ||
	    (d[0] & (MSG_FLAG_LONG | MSG_FLAG_SHORT)) != MSG_FLAG_SHORT)
		return (NULL);
	return (d + 1);
}

int
seal_open(struct seal *s, const uint8_t *d, size_t n, uint8_t *plain,
    size_t cap, uint64_t *pnp)
{
	struct aead	*key = s->theirs;
	uint8_t		head[1 + MSG_CID_LEN + MSG_PN_LEN];
	uint8_t		mask[AEAD_MASK_LEN];
	size_t		pn_at, len;
	uint32_t	low = 0;
	uint64_t	pn;
	int		i;

	pn_at = 1 + (s->role == SEAL_SERVER ? MSG_CID_LEN : 0);
	len = pn_at + MSG_PN_LEN;
	if (n < len + MSG_TAG_LEN) {
		s->stats.malformed++;
		return (SEAL_E_SHORT);
	}
	if ((d[0] & (MSG_FLAG_LONG | MSG_FLAG_SHORT)) != MSG_FLAG_SHORT) {
		s->stats.malformed++;
		return (SEAL_E_HEADER);
	}
	if (cap < n - len - MSG_TAG_LEN)
		return (SEAL_E_SPACE);
	if (s->stats.forged >= KEY_FAILURES_MAX)
		return (SEAL_E_LIMIT);

	memcpy(head, d, len);
	if (aead_mask(s->theirs, d + len, mask) != 0)
		return (SEAL_E_AUTH);
	seal_mask(head, pn_at, mask);
	for (i = 0; i < MSG_PN_LEN; i++)
		low = low << 8 | head[pn_at + i];
	pn = nonce_recover(s->replay.next, low);
	if (!replay_check(&s->replay, pn)) {
		s->stats.replayed++;
		return (SEAL_E_REPLAY);
	}
	if (((head[0] & MSG_FLAG_PHASE) != 0) != (s->heard & 1))
		key = s->theirs_other;
	/* A phase that there is no key for takes as long as a wrong tag. */
	if (aead_open(key != NULL ? key : s->theirs, pn, head, len, d + len,
	    n - len, plain) != 0 || key == NULL) {
		mem_wipe(plain, n - len - MSG_TAG_LEN);
		s->stats.forged++;
		return (SEAL_E_AUTH);
	}
	replay_mark(&s->replay, pn);
	if (key == s->theirs_other && s->other_is_next)
		phase_heard(s);
	/*
	 * Looked at only now: before the tag was right these bits were a
	 * stranger's, and to act on them would tell him about the mask.
	 */
	if ((head[0] & MSG_FLAG_RESERVED) != 0) {
		s->stats.malformed++;
		mem_wipe(plain, n - len - MSG_TAG_LEN);
		return (SEAL_E_HEADER);
	}
	s->stats.opened++;
	*pnp = pn;
	return ((int)(n - len - MSG_TAG_LEN));
}

void
seal_stats(const struct seal *s, struct seal_stats *st)
{
	*st = s->stats;
}
