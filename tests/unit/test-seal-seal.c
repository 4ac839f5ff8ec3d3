/* SPDX-License-Identifier: ISC */

/* Two ends of a sealed connection, and what strangers can do to it. */

#include "base/rng.h"
#include "seal/seal.h"
#include "tap.h"

static struct rng_seeded	rng;

static void
pair(uint8_t suite, struct seal **c, struct seal **s)
{
	struct seal_keypair	ck, sk;
	struct seal_params	p;

	memset(&p, 0, sizeof p);
	p.suite = suite;
	rng.rng.fill(&rng.rng, p.psk, sizeof p.psk);
	rng.rng.fill(&rng.rng, p.cid, sizeof p.cid);
	seal_keypair(&ck, &rng.rng);
	seal_keypair(&sk, &rng.rng);
	memcpy(p.client_pub, ck.pub, sizeof ck.pub);
	memcpy(p.server_pub, sk.pub, sizeof sk.pub);
	p.features = (const uint8_t *)"ab";
	p.features_len = 2;
	p.role = SEAL_CLIENT;
	memcpy(p.priv, ck.priv, sizeof ck.priv);
	*c = seal_derive(&p);
	p.role = SEAL_SERVER;
	memcpy(p.priv, sk.priv, sizeof sk.priv);
	*s = seal_derive(&p);
	seal_keypair_wipe(&ck);
	seal_keypair_wipe(&sk);
}

static void
test_suite(uint8_t suite)
{
	static const uint8_t	zero[1200];
	struct seal		*c, *s;
	struct seal_stats	 before, after;
	uint8_t			 plain[1200], d[1300], out[1300], bad[1300];
	uint64_t		 pn, got;
	int			 n, m, i, opened = 0, wrong = 0;

	pair(suite, &c, &s);
	if (!ok(c != NULL && s != NULL, "suite %d can be had", suite))
		return;
	rng.rng.fill(&rng.rng, plain, sizeof plain);

	for (pn = 0; pn < 100; pn++) {
		n = seal_seal(c, pn, plain, pn * 12, d, sizeof d);
		m = seal_open(s, d, (size_t)n, out, sizeof out, &got);
		if (n != (int)pn * 12 + MSG_OVERHEAD_C2S || m != (int)pn * 12 ||
		    got != pn || memcmp(out, plain, pn * 12) != 0)
			wrong++;
		n = seal_seal(s, pn, plain, pn * 12, d, sizeof d);
		m = seal_open(c, d, (size_t)n, out, sizeof out, &got);
		if (n != (int)pn * 12 + MSG_OVERHEAD_S2C || m != (int)pn * 12 ||
		    got != pn || memcmp(out, plain, pn * 12) != 0)
			wrong++;
	}
	is_int(wrong, 0, "what was sealed opens, both ways");

	n = seal_seal(c, 100, plain, 40, d, sizeof d);
	seal_stats(s, &before);
	for (i = 0; i < n * 8; i++) {
		memcpy(bad, d, (size_t)n);
		bad[i / 8] ^= (uint8_t)(1 << i % 8);
		memset(out, 0, sizeof out);
		if (seal_open(s, bad, (size_t)n, out, sizeof out, &got) >= 0) {
			opened++;
		} else if (memcmp(out, zero, 40) != 0)
			wrong++;
	}
	is_int(opened, 0, "one flipped bit, and it does not open");
	is_int(wrong, 0, "and no plain text is left behind");
	for (i = 0; i < n; i++) {
		if (seal_open(s, d, (size_t)i, out, sizeof out, &got) >= 0)
			opened++;
	}
	is_int(opened, 0, "nor when cut short");
	is_int(seal_open(c, d, (size_t)n, out, sizeof out, &got) < 0, 1,
	    "nor when reflected");
	seal_stats(s, &after);
	is_int(after.opened, before.opened, "none of this counts as opened");
	is_int(seal_open(s, d, (size_t)n, out, sizeof out, &got), 40,
	    "the true one still opens after all that");
	is_int(seal_open(s, d, (size_t)n, out, sizeof out, &got),
	    SEAL_E_REPLAY, "but only once");

	is_int(seal_seal(c, 100, plain, 40, d, sizeof d), SEAL_E_LIMIT,
	    "no number is sealed twice");
	is_int(seal_seal(c, 99, plain, 40, d, sizeof d), SEAL_E_LIMIT,
	    "nor do they go back");
	is_int(seal_seal(c, 200, plain, 40, d, 68), SEAL_E_SPACE,
	    "a small buffer is noticed");
	is_int(seal_seal(c, 200, plain, 40, d, sizeof d), SEAL_E_LIMIT,
	    "and has used the number up");
	n = seal_seal(c, 300, plain, 40, d, sizeof d);
	is_int(seal_open(s, d, (size_t)n, out, 39, &got), SEAL_E_SPACE,
	    "no room for the plain text");
	is_mem(seal_cid(d, (size_t)n), d + 1, MSG_CID_LEN, "the id is found");
	ok(seal_cid(d, 28) == NULL, "not in what is too short");
	d[0] |= MSG_FLAG_LONG;
	ok(seal_cid(d, (size_t)n) == NULL, "nor in a long header");
	seal_free(c);
	seal_free(s);
}

static void
test_limit(void)
{
	struct seal	*c, *s;
	uint8_t		 d[100];

	pair(MSG_SUITE_AES256GCM, &c, &s);
	ok(seal_seal(c, KEY_PACKETS_MAX - 1, d, 1, d + 50, 50) > 0,
	    "the last packet of a key");
	is_int(seal_seal(c, KEY_PACKETS_MAX, d, 1, d + 50, 50), SEAL_E_LIMIT,
	    "and none after it");
	seal_free(c);
	seal_free(s);
}

/* Two keys that differ in anything the bootstrap said do not understand. */
static void
test_transcript(void)
{
	struct seal	*c, *s, *c2, *s2;
	uint8_t		 d[100], out[100];
	uint64_t	 pn;
	int		 n;

	pair(MSG_SUITE_AES256GCM, &c, &s);
	pair(MSG_SUITE_AES256GCM, &c2, &s2);
	n = seal_seal(s, 0, out, 1, d, sizeof d);
	is_int(seal_open(c2, d, (size_t)n, out, sizeof out, &pn), SEAL_E_AUTH,
	    "another connection's keys do not open");
	n = seal_seal(c, 0, out, 1, d, sizeof d);
	is_int(seal_open(s2, d, (size_t)n, out, sizeof out, &pn),
	    SEAL_E_AUTH, "in either direction");
	pn = 7;
	seal_use_cid(c, (const uint8_t *)"otherone");
	n = seal_seal(c, 1, out, 1, d, sizeof d);
	is_mem(d + 1, "otherone", MSG_CID_LEN, "another id can be used");
	is_int(seal_open(s, d, (size_t)n, out, sizeof out, &pn), 1,
	    "and opens");
	n = seal_seal(c, 2, out, 1, d, sizeof d);
	d[8] ^= 1;
	is_int(seal_open(s, d, (size_t)n, out, sizeof out, &pn), SEAL_E_AUTH,
	    "but not when it was changed on the way");
	seal_free(c);
	seal_free(s);
	seal_free(c2);
	seal_free(s2);
}

int
main(void)
{
	rng_seeded_init(&rng, 7);
	test_suite(MSG_SUITE_AES256GCM);
	test_suite(MSG_SUITE_CHACHA20);
	test_limit();
	test_transcript();
	return (done_testing());
}
