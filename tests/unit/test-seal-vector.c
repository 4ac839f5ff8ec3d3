/* SPDX-License-Identifier: ISC */

/*
 * The vectors of tests/golden/seal.txt: key schedule, header mask, packets.
 * Another implementation checks the same file (tests/golden/check-seal.py).
 */

#include "seal/keys.h"
#include "seal/nonce.h"
#include "seal/seal-int.h"
#include "tap.h"

struct vector {
	char	name[32];
	uint8_t	data[128];
	size_t	n;
};
static struct vector	vectors[64];
static int		vectors_n;

static void
vectors_read(void)
{
	const char	*dir = getenv("TESTS_DIR");
	char		 path[1024], line[512], hex[400];
	unsigned	 x;
	struct vector	*v;
	size_t		 i;
	FILE		*f;

	snprintf(path, sizeof path, "%s/golden/seal.txt",
	    dir == NULL ? "tests" : dir);
	if ((f = fopen(path, "r")) == NULL)
		bail("no golden/seal.txt");
	while (fgets(line, sizeof line, f) != NULL && vectors_n < 64) {
		v = &vectors[vectors_n];
		if (line[0] == '#' ||
		    sscanf(line, "%31s %399s", v->name, hex) != 2)
			continue;
		v->n = strlen(hex) / 2;
		for (i = 0; i < v->n && i < sizeof v->data; i++) {
			sscanf(hex + 2 * i, "%2x", &x);
			v->data[i] = (uint8_t)x;
		}
		vectors_n++;
	}
	fclose(f);
}

static const struct vector *
vector(const char *name)
{
	int	i;

	for (i = 0; i < vectors_n; i++) {
		if (strcmp(vectors[i].name, name) == 0)
			return (&vectors[i]);
	}
	bail("a vector is missing");
	return (NULL);
}

static uint64_t
vector_u64(const char *name)
{
	uint64_t	x = 0;
	int		i;

	for (i = 0; i < 8; i++)
		x = x << 8 | vector(name)->data[i];
	return (x);
}

#define IS(got, name)							\
	is_mem(got, vector(name)->data, vector(name)->n, "%s is right", name)

static void
params(struct seal_params *p, enum seal_role role)
{
	memset(p, 0, sizeof *p);
	p->role = role;
	p->suite = vector("suite")->data[0];
	memcpy(p->psk, vector("psk")->data, 32);
	memcpy(p->cid, vector("cid")->data, 8);
	memcpy(p->client_pub, vector("client_pub")->data, 32);
	memcpy(p->server_pub, vector("server_pub")->data, 32);
	memcpy(p->priv, vector(role == SEAL_CLIENT ? "client_priv" :
	    "server_priv")->data, 32);
}

static void
test_schedule(void)
{
	struct seal_params	p;
	struct keys		k, other;
	uint8_t			out[32];

	params(&p, SEAL_CLIENT);
	is_int(keys_pub(p.priv, out), 0, "a public key is computed");
	IS(out, "client_pub");
	is_int(keys_dh(p.priv, p.server_pub, out), 0, "secrets are shared");
	IS(out, "dh");
	is_int(keys_derive(&k, &p), 0, "the client derives");
	IS(k.th, "th");
	IS(k.early, "early");
	IS(k.root, "root");
	IS(k.c2s_secret, "c2s_secret");
	IS(k.s2c_secret, "s2c_secret");
	IS(k.c2s.key, "c2s_key");
	IS(k.c2s.iv, "c2s_iv");
	IS(k.c2s.hp, "c2s_hp");
	keys_label(k.root, "resume", vector("resume_nonce")->data, 8, out, 32);
	IS(out, "resume");

	params(&p, SEAL_SERVER);
	is_int(keys_derive(&other, &p), 0, "the server derives");
	is_mem(&other, &k, sizeof k, "both have the same keys");
}

static void
test_update(void)
{
	struct seal_params	p;
	struct keys		k;
	struct keys_dir		c2s, s2c;
	uint8_t			root[32];

	params(&p, SEAL_CLIENT);
	keys_derive(&k, &p);
	is_int(keys_update(k.root, k.th, vector("client_priv2")->data,
	    vector("server_pub2")->data, root, &c2s, &s2c), 0,
	    "the client has a second phase");
	IS(root, "root2");
	IS(c2s.key, "c2s_key2");
	IS(c2s.iv, "c2s_iv2");
	IS(s2c.key, "s2c_key2");
	IS(s2c.iv, "s2c_iv2");
	is_int(keys_update(k.root, k.th, vector("server_priv2")->data,
	    vector("client_pub2")->data, root, &c2s, &s2c), 0,
	    "the server too");
	IS(root, "root2");
}

static void
test_packets(void)
{
	struct seal_params	 p;
	struct keys		 k;
	struct aead		*c2s, *s2c;
	uint8_t			 out[128];
	const struct vector	*plain = vector("c2s_plain");
	int			 n;

	params(&p, SEAL_CLIENT);
	keys_derive(&k, &p);
	c2s = aead_new(p.suite, &k.c2s, true);
	s2c = aead_new(p.suite, &k.s2c, true);
	n = seal_packet(c2s, 0, p.cid, vector_u64("c2s_pn"), plain->data,
	    plain->n, out, sizeof out);
	is_int(n, vector("c2s_packet")->n, "a packet has its length");
	out[0] |= vector("c2s_packet")->data[0] & MSG_FLAG_GREASE;
	IS(out, "c2s_packet");
	n = seal_packet(s2c, MSG_FLAG_PHASE, NULL, vector_u64("s2c_pn"), NULL,
	    0, out, sizeof out);
	is_int(n, vector("s2c_packet")->n, "an empty one too");
	IS(out, "s2c_packet");
	aead_free(c2s);
	aead_free(s2c);
}

static void
test_mask(void)
{
	struct keys_dir	 k;
	struct aead	*a;
	uint8_t		 mask[AEAD_MASK_LEN];

	memset(&k, 0, sizeof k);
	memcpy(k.hp, vector("chacha_hp")->data, sizeof k.hp);
	a = aead_new(MSG_SUITE_CHACHA20, &k, true);
	aead_mask(a, vector("chacha_sample")->data, mask);
	IS(mask, "chacha_mask");
	aead_free(a);
}

static void
test_refused(void)
{
	struct seal_params	p;

	params(&p, SEAL_CLIENT);
	p.suite = 9;
	ok(seal_derive(&p) == NULL, "an unknown suite is refused");
	params(&p, SEAL_CLIENT);
	memset(p.server_pub, 0, 32);
	ok(seal_derive(&p) == NULL, "a public key of zeros is refused");
	params(&p, SEAL_CLIENT);
	p.priv[5] ^= 1;
	ok(seal_derive(&p) == NULL, "a private key must fit the public one");
}

static void
test_nonce(void)
{
	static const uint8_t	iv[MSG_IV_LEN] = { 1, 2, 3, 4, 5 };
	static const struct {
		uint64_t	next;
		uint32_t	low;
		uint64_t	want;
	} v[] = {
		{ 0, 0, 0 },
		{ 1, 0xffffffff, 0xffffffff },	/* nothing lies below */
		{ 0x7fffffff, 0x80000001, 0x80000001 },
		{ 0x7fffffff, 0, 0 },
		{ 0x80000000, 0, UINT64_C(0x100000000) },
		{ 0x80000001, 0, UINT64_C(0x100000000) },
		{ 0xffffffff, 0, UINT64_C(0x100000000) },
		{ 0xfffffff0, 5, UINT64_C(0x100000005) },
		{ UINT64_C(0x100000000), 0xffffffff, 0xffffffff },
		{ UINT64_C(0x100000005), 2, UINT64_C(0x100000002) },
		{ UINT64_C(0x17fffffff), 0xffffffff,
		    UINT64_C(0xffffffff) + UINT64_C(0x100000000) },
	};
	uint8_t	a[MSG_IV_LEN], b[MSG_IV_LEN];
	size_t	i;

	for (i = 0; i < sizeof v / sizeof v[0]; i++)
		ok(nonce_recover(v[i].next, v[i].low) == v[i].want,
		    "number %zu is recovered", i);
	nonce_make(iv, 0, a);
	is_mem(a, iv, sizeof iv, "number 0 leaves the IV as it is");
	nonce_make(iv, UINT64_C(0x0102030405060708), b);
	is_int(b[MSG_IV_LEN - 1], 8, "the last byte is the lowest");
	is_int(b[4], 5 ^ 1, "the number begins at the fifth byte");
}

int
main(void)
{
	vectors_read();
	test_schedule();
	test_update();
	test_packets();
	test_mask();
	test_refused();
	test_nonce();
	return (done_testing());
}
