/* SPDX-License-Identifier: ISC */

/*
 * From what the bootstrap exchanged to the keys of packets.
 *
 *	psk ---> early ---> salt --.
 *	                            Extract ---> root ---> c2s ---> key iv hp
 *	X25519(client, server) ----'                 '---> s2c ---> key iv hp
 *
 *	th, the hash over all that was said, goes into each step that has a
 *	context, so both sides have the same keys only if they saw the same.
 *
 * Both inputs are needed: psk travelled inside ssh, the private keys never
 * travelled.  A later leak of either alone opens nothing that was recorded.
 *
 * Sources: RFC 5869 (HKDF), RFC 8446 section 7.1 (shape of labels), RFC 7748.
 * Differences: the prefix of labels, and psk enters before the shared secret.
 */

#include "seal/keys.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <string.h>

#include "base/mem.h"

#define LABEL_PREFIX	"rmux1 "
#define LABEL_MAX	32		/* with the prefix; ours are short */
#define CONTEXT_MAX	MSG_SECRET_LEN
#define EXPAND_MAX	64

static int
hmac_sha256(const uint8_t *key, size_t key_len, const uint8_t *data, size_t n,
    uint8_t out[MSG_SECRET_LEN])
{
	unsigned	len = 0;

	if (HMAC(EVP_sha256(), key, (int)key_len, data, n, out, &len) ==
	    NULL || len != MSG_SECRET_LEN) {
		mem_wipe(out, MSG_SECRET_LEN);
		return (-1);
	}
	return (0);
}

int
keys_extract(const uint8_t *salt, size_t salt_len, const uint8_t *ikm,
    size_t ikm_len, uint8_t out[MSG_SECRET_LEN])
{
	return (hmac_sha256(salt, salt_len, ikm, ikm_len, out));
}

/* T(i) = HMAC(secret, T(i - 1) || info || i), joined and cut to n. */
static int
keys_expand(const uint8_t secret[MSG_SECRET_LEN], const uint8_t *info,
    size_t info_len, uint8_t *out, size_t n)
{
	uint8_t	in[MSG_SECRET_LEN + 4 + LABEL_MAX + CONTEXT_MAX + 1];
	uint8_t	t[MSG_SECRET_LEN];
	size_t	have = 0, in_len, take;
	uint8_t	i;
	int	rv = -1;

	for (i = 1; have < n; i++) {
		in_len = 0;
		if (i > 1) {
			memcpy(in, t, sizeof t);
			in_len = sizeof t;
		}
		memcpy(in + in_len, info, info_len);
		in_len += info_len;
		in[in_len++] = i;
		if (hmac_sha256(secret, MSG_SECRET_LEN, in, in_len, t) != 0)
			goto out;
		take = n - have < sizeof t ? n - have : sizeof t;
		memcpy(out + have, t, take);
		have += take;
	}
	rv = 0;
out:
	mem_wipe(in, sizeof in);
	mem_wipe(t, sizeof t);
	if (rv != 0)
		mem_wipe(out, n);
	return (rv);
}

int
keys_label(const uint8_t secret[MSG_SECRET_LEN], const char *label,
    const uint8_t *context, size_t context_len, uint8_t *out, size_t n)
{
	uint8_t	info[4 + LABEL_MAX + CONTEXT_MAX];
	size_t	len = 0, full = strlen(LABEL_PREFIX) + strlen(label);

	if (full > LABEL_MAX || context_len > CONTEXT_MAX || n > EXPAND_MAX)
		return (-1);
	info[len++] = (uint8_t)(n >> 8);
	info[len++] = (uint8_t)n;
	info[len++] = (uint8_t)full;
	memcpy(info + len, LABEL_PREFIX, strlen(LABEL_PREFIX));
	len += strlen(LABEL_PREFIX);
	memcpy(info + len, label, strlen(label));
	len += strlen(label);
	info[len++] = (uint8_t)context_len;
	if (context_len > 0)
		memcpy(info + len, context, context_len);
	len += context_len;
	return (keys_expand(secret, info, len, out, n));
}

int
keys_pub(const uint8_t priv[MSG_PUB_LEN], uint8_t pub[MSG_PUB_LEN])
{
	EVP_PKEY	*key;
	size_t		 n = MSG_PUB_LEN;
	int		 rv = -1;

	key = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, priv,
	    MSG_PUB_LEN);
	if (key != NULL && EVP_PKEY_get_raw_public_key(key, pub, &n) == 1 &&
	    n == MSG_PUB_LEN)
		rv = 0;
	EVP_PKEY_free(key);
	return (rv);
}

int
keys_dh(const uint8_t priv[MSG_PUB_LEN], const uint8_t peer[MSG_PUB_LEN],
    uint8_t out[MSG_SECRET_LEN])
{
	static const uint8_t	 zero[MSG_SECRET_LEN];
	EVP_PKEY		*ours, *theirs;
	EVP_PKEY_CTX		*ctx = NULL;
	size_t			 n = MSG_SECRET_LEN;
	int			 rv = -1;

	ours = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, priv,
	    MSG_PUB_LEN);
	theirs = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, peer,
	    MSG_PUB_LEN);
	if (ours == NULL || theirs == NULL ||
	    (ctx = EVP_PKEY_CTX_new(ours, NULL)) == NULL ||
	    EVP_PKEY_derive_init(ctx) != 1 ||
	    EVP_PKEY_derive_set_peer(ctx, theirs) != 1 ||
	    EVP_PKEY_derive(ctx, out, &n) != 1 || n != MSG_SECRET_LEN)
		goto out;
	/* The library refuses a result of zeros; older ones did not. */
	if (mem_equal_ct(out, zero, sizeof zero))
		goto out;
	rv = 0;
out:
	if (rv != 0)
		mem_wipe(out, MSG_SECRET_LEN);
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(theirs);
	EVP_PKEY_free(ours);
	return (rv);
}

/* th = SHA256("rmux1 bootstrap" || suite || len(cid) || cid || pubs || ..) */
static int
keys_transcript(const struct seal_params *p, uint8_t th[MSG_SECRET_LEN])
{
	static const char	 head[] = "rmux1 bootstrap";
	uint8_t			 fixed[2];
	EVP_MD_CTX		*ctx;
	unsigned		 n = 0;
	int			 rv = -1;

	fixed[0] = p->suite;
	fixed[1] = MSG_CID_LEN;
	if ((ctx = EVP_MD_CTX_new()) == NULL)
		return (-1);
	if (EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1 &&
	    EVP_DigestUpdate(ctx, head, strlen(head)) == 1 &&
	    EVP_DigestUpdate(ctx, fixed, sizeof fixed) == 1 &&
	    EVP_DigestUpdate(ctx, p->cid, MSG_CID_LEN) == 1 &&
	    EVP_DigestUpdate(ctx, p->client_pub, MSG_PUB_LEN) == 1 &&
	    EVP_DigestUpdate(ctx, p->server_pub, MSG_PUB_LEN) == 1 &&
	    (p->features_len == 0 ||
	    EVP_DigestUpdate(ctx, p->features, p->features_len) == 1) &&
	    EVP_DigestFinal_ex(ctx, th, &n) == 1 && n == MSG_SECRET_LEN)
		rv = 0;
	EVP_MD_CTX_free(ctx);
	return (rv);
}

static int
keys_direction(const uint8_t secret[MSG_SECRET_LEN], struct keys_dir *d)
{
	if (keys_label(secret, "key", NULL, 0, d->key, sizeof d->key) != 0 ||
	    keys_label(secret, "iv", NULL, 0, d->iv, sizeof d->iv) != 0 ||
	    keys_label(secret, "hp", NULL, 0, d->hp, sizeof d->hp) != 0)
		return (-1);
	return (0);
}

int
keys_update(const uint8_t root[MSG_SECRET_LEN],
    const uint8_t th[MSG_SECRET_LEN], const uint8_t priv[MSG_PUB_LEN],
    const uint8_t peer[MSG_PUB_LEN], uint8_t next[MSG_SECRET_LEN],
    struct keys_dir *c2s, struct keys_dir *s2c)
{
	uint8_t	salt[MSG_SECRET_LEN], dh[MSG_SECRET_LEN];
	uint8_t	secret[2][MSG_SECRET_LEN];
	int	rv = -1;

	memset(salt, 0, sizeof salt);
	memset(dh, 0, sizeof dh);
	memset(secret, 0, sizeof secret);
	if (keys_label(root, "ku", NULL, 0, salt, sizeof salt) == 0 &&
	    keys_dh(priv, peer, dh) == 0 &&
	    keys_extract(salt, sizeof salt, dh, sizeof dh, next) == 0 &&
	    keys_label(next, "c2s", th, MSG_SECRET_LEN, secret[0],
	    sizeof secret[0]) == 0 &&
	    keys_label(next, "s2c", th, MSG_SECRET_LEN, secret[1],
	    sizeof secret[1]) == 0 && keys_direction(secret[0], c2s) == 0 &&
	    keys_direction(secret[1], s2c) == 0)
		rv = 0;
	mem_wipe(salt, sizeof salt);
	mem_wipe(dh, sizeof dh);
	mem_wipe(secret, sizeof secret);
	if (rv != 0) {
		mem_wipe(next, MSG_SECRET_LEN);
		mem_wipe(c2s, sizeof *c2s);
		mem_wipe(s2c, sizeof *s2c);
	}
	return (rv);
}

int
keys_derive(struct keys *k, const struct seal_params *p)
{
	static const uint8_t	zero[MSG_SECRET_LEN];
	const uint8_t		*peer;
	uint8_t			salt[MSG_SECRET_LEN], dh[MSG_SECRET_LEN];
	int			rv = -1;

	memset(salt, 0, sizeof salt);
	memset(dh, 0, sizeof dh);
	peer = p->role == SEAL_CLIENT ? p->server_pub : p->client_pub;
	if (p->features_len > MSG_FEATURES_MAX ||
	    keys_transcript(p, k->th) != 0 ||
	    keys_extract(zero, sizeof zero, p->psk, MSG_PSK_LEN,
	    k->early) != 0 ||
	    keys_label(k->early, "derived", k->th, sizeof k->th, salt,
	    sizeof salt) != 0 ||
	    keys_dh(p->priv, peer, dh) != 0 ||
	    keys_extract(salt, sizeof salt, dh, sizeof dh, k->root) != 0 ||
	    keys_label(k->root, "c2s", k->th, sizeof k->th, k->c2s_secret,
	    sizeof k->c2s_secret) != 0 ||
	    keys_label(k->root, "s2c", k->th, sizeof k->th, k->s2c_secret,
	    sizeof k->s2c_secret) != 0 ||
	    keys_direction(k->c2s_secret, &k->c2s) != 0 ||
	    keys_direction(k->s2c_secret, &k->s2c) != 0)
		goto out;
	rv = 0;
out:
	mem_wipe(salt, sizeof salt);
	mem_wipe(dh, sizeof dh);
	if (rv != 0)
		keys_wipe(k);
	return (rv);
}

void
keys_wipe(struct keys *k)
{
	mem_wipe(k, sizeof *k);
}
