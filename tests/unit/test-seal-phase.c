/* SPDX-License-Identifier: ISC */

/* New keys for a connection that lives. */

#include "base/rng.h"
#include "seal/phase.h"
#include "seal/seal-int.h"
#include "seal/seal.h"
#include "tap.h"

static struct rng_seeded	rng;
static struct seal		*c, *s;
static uint64_t			cpn, spn;

struct kept {
	uint8_t	d[128];
	int	n;
};

static void
pair(uint8_t suite)
{
	struct seal_keypair	ck, sk;
	struct seal_params	p;

	seal_free(c);
	seal_free(s);
	cpn = spn = 0;
	memset(&p, 0, sizeof p);
	p.suite = suite;
	rng.rng.fill(&rng.rng, p.psk, sizeof p.psk);
	rng.rng.fill(&rng.rng, p.cid, sizeof p.cid);
	seal_keypair(&ck, &rng.rng);
	seal_keypair(&sk, &rng.rng);
	memcpy(p.client_pub, ck.pub, sizeof ck.pub);
	memcpy(p.server_pub, sk.pub, sizeof sk.pub);
	p.role = SEAL_CLIENT;
	memcpy(p.priv, ck.priv, sizeof ck.priv);
	c = seal_derive(&p);
	p.role = SEAL_SERVER;
	memcpy(p.priv, sk.priv, sizeof sk.priv);
	s = seal_derive(&p);
}

static struct kept
put(struct seal *from)
{
	static const uint8_t	text[16] = "sixteen letters";
	struct kept		k;

	k.n = seal_seal(from, from == c ? cpn++ : spn++, text, sizeof text,
	    k.d, sizeof k.d);
	return (k);
}

static bool
takes(struct seal *to, const struct kept *k)
{
	uint8_t		out[128];
	uint64_t	pn;

	return (seal_open(to, k->d, (size_t)k->n, out, sizeof out, &pn) == 16);
}

static bool
both(void)
{
	struct kept	a = put(c), b = put(s);

	return (takes(s, &a) && takes(c, &b));
}

static void
test_whole(uint8_t suite)
{
	uint8_t		q[MSG_PUB_LEN], q2[MSG_PUB_LEN], a[MSG_PUB_LEN];
	uint8_t		a2[MSG_PUB_LEN];
	struct kept	late_c, late_s, k;
	unsigned	i;

	pair(suite);
	ok(both(), "phase 0");
	for (i = 1; i <= 4; i++) {
		late_c = put(c);
		late_s = put(s);
		is_int(seal_rekey_ask(c, &rng.rng, q), 0, "asked");
		seal_rekey_ask(c, &rng.rng, q2);
		is_mem(q2, q, sizeof q, "asked again it is the same key");
		is_int(seal_rekey_answer(s, &rng.rng, i, q, a), 0, "answered");
		is_int(seal_rekey_answer(s, &rng.rng, i, q2, a2), 0,
		    "answered again");
		is_mem(a2, a, sizeof a, "with the same key");
		q2[0] ^= 1;
		is_int(seal_rekey_answer(s, &rng.rng, i, q2, a2), -1,
		    "another question for the same phase is refused");
		ok(both(), "until the answer is there both go on");
		is_int(seal_phase(s), i - 1, "under the phase before");
		is_int(seal_rekey_finish(c, i + 1, a), -1,
		    "an answer for another phase is not taken");
		is_int(seal_rekey_finish(c, i, a), 0, "finished");
		is_int(seal_rekey_finish(c, i, a), -1, "once");
		is_int(seal_phase(c), i, "the client changes at once");
		k = put(s);
		ok(takes(c, &k), "and still takes the old phase");
		is_int(seal_rekey_ask(c, &rng.rng, q2), -1,
		    "nothing new is begun before this is over");
		k = put(c);
		ok(takes(s, &k), "the new phase opens");
		is_int(seal_phase(s), i, "and the server follows");
		is_int(seal_rekey_answer(s, &rng.rng, i, q, a2), 1,
		    "a question that comes late is only old");
		ok(both(), "now all is new");
		ok(seal_old(c) && seal_old(s), "the old key is kept");
		ok(takes(s, &late_c) && takes(c, &late_s),
		    "what is late opens");
		late_c = put(c);
		seal_old_wipe(c);
		seal_old_wipe(s);
		ok(!seal_old(c) && !seal_old(s), "until it is wiped");
		ok(takes(s, &late_c) && both(), "that does not hurt the new");
	}
}

static void
test_after(void)
{
	uint8_t			q[MSG_PUB_LEN], a[MSG_PUB_LEN];
	uint8_t			root[MSG_SECRET_LEN];
	struct seal_stats	st;
	struct kept		late, k;

	pair(MSG_SUITE_AES256GCM);
	late = put(c);
	memcpy(root, s->root, sizeof root);
	seal_rekey_ask(c, &rng.rng, q);
	seal_rekey_answer(s, &rng.rng, 1, q, a);
	seal_rekey_finish(c, 1, a);
	ok(memcmp(root, s->root, sizeof root) != 0 &&
	    memcmp(c->root, s->root, sizeof root) == 0,
	    "the root is another, on both sides");
	k = put(c);
	takes(s, &k);
	seal_old_wipe(s);
	ok(!takes(s, &late), "after the wipe what is late does not open");
	seal_stats(s, &st);
	is_int(st.forged, 1, "and counts as forged");
	is_int(seal_rekey_answer(s, &rng.rng, 3, q, a), -1,
	    "no phase can be left out");
	is_int(seal_rekey_ask(s, &rng.rng, q), -1, "a server does not ask");
	is_int(seal_rekey_answer(c, &rng.rng, 2, q, a), -1,
	    "nor does a client answer");
	memset(q, 0, sizeof q);
	is_int(seal_rekey_answer(s, &rng.rng, 2, q, a), -1,
	    "a key of zeros is refused");
	ok(both(), "and harms nothing");
}

/* The limits are those of one key, and of all for what does not open. */
static void
test_limits(void)
{
	uint8_t		q[MSG_PUB_LEN], a[MSG_PUB_LEN], out[64];
	uint64_t	pn;
	struct kept	k;

	pair(MSG_SUITE_AES256GCM);
	cpn = KEY_PACKETS_MAX - 1;
	ok(put(c).n > 0, "the last packet of a key");
	is_int(put(c).n, SEAL_E_LIMIT, "and none after it");
	seal_rekey_ask(c, &rng.rng, q);
	seal_rekey_answer(s, &rng.rng, 1, q, a);
	seal_rekey_finish(c, 1, a);
	k = put(c);
	ok(takes(s, &k), "but under the next");
	cpn = KEY_PACKETS_MAX + KEY_PACKETS_MAX - 1;
	ok(put(c).n > 0, "as many again");
	cpn = KEY_PACKETS_MAX + KEY_PACKETS_MAX + 1;
	is_int(put(c).n, SEAL_E_LIMIT, "and no more");

	k = put(s);
	c->stats.forged = KEY_FAILURES_MAX - 1;
	k.d[20] ^= 1;
	is_int(seal_open(c, k.d, (size_t)k.n, out, sizeof out, &pn),
	    SEAL_E_AUTH, "one failure is still allowed");
	k.d[20] ^= 1;
	is_int(seal_open(c, k.d, (size_t)k.n, out, sizeof out, &pn),
	    SEAL_E_LIMIT, "after the last nothing opens any more");
}

int
main(void)
{
	rng_seeded_init(&rng, 5);
	test_whole(MSG_SUITE_AES256GCM);
	test_whole(MSG_SUITE_CHACHA20);
	test_after();
	test_limits();
	seal_free(c);
	seal_free(s);
	return (done_testing());
}
