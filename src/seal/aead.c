/* SPDX-License-Identifier: ISC */

/*
 * The two suites, by OpenSSL's EVP:
 *
 *	suite	packets			header mask
 *	0x01	AES-256-GCM		AES-256-ECB(hp, sample)
 *	0x02	ChaCha20-Poly1305	ChaCha20(hp, counter || nonce = sample)
 *
 * OpenSSL hands out plain text before it knows the tag, so opening goes into
 * the caller's scratch space, and that is wiped when the tag is wrong.
 *
 * Sources: RFC 5116, RFC 8439, RFC 9001 section 5.4.
 */

#include "seal/aead.h"

#include <openssl/evp.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/xmalloc.h"
#include "seal/nonce.h"

struct aead {
	EVP_CIPHER_CTX	*ctx;
	EVP_CIPHER_CTX	*hp;
	uint8_t		 suite;
	bool		 sealing;
	uint8_t		 iv[MSG_IV_LEN];
};

static const struct aead_suite {
	uint8_t			  id;
	const EVP_CIPHER	*(*cipher)(void);
	const EVP_CIPHER	*(*mask)(void);
	uint64_t		  packets_max;
} aead_suites[] = {
	{ MSG_SUITE_AES256GCM, EVP_aes_256_gcm, EVP_aes_256_ecb,
	    KEY_PACKETS_MAX },
	{ MSG_SUITE_CHACHA20, EVP_chacha20_poly1305, EVP_chacha20,
	    UINT64_C(1) << 62 },
};

static const struct aead_suite *
aead_suite(uint8_t id)
{
	size_t	i;

	for (i = 0; i < sizeof aead_suites / sizeof aead_suites[0]; i++) {
		if (aead_suites[i].id == id)
			return (&aead_suites[i]);
	}
	return (NULL);
}

uint64_t
aead_packets_max(uint8_t id)
{
	const struct aead_suite	*suite = aead_suite(id);

	return (suite == NULL ? 0 : suite->packets_max);
}

struct aead *
aead_new(uint8_t id, const struct keys_dir *k, bool sealing)
{
	const struct aead_suite	*suite = aead_suite(id);
	struct aead		*a;

	if (suite == NULL)
		return (NULL);
	a = xcalloc(1, sizeof *a);
	a->suite = id;
	a->sealing = sealing;
	memcpy(a->iv, k->iv, sizeof a->iv);
	if ((a->ctx = EVP_CIPHER_CTX_new()) == NULL ||
	    (a->hp = EVP_CIPHER_CTX_new()) == NULL ||
	    EVP_CipherInit_ex(a->ctx, suite->cipher(), NULL, k->key, NULL,
	    sealing ? 1 : 0) != 1 ||
	    EVP_CIPHER_CTX_get_iv_length(a->ctx) != MSG_IV_LEN ||
	    EVP_EncryptInit_ex(a->hp, suite->mask(), NULL, k->hp,
	    NULL) != 1) {
		aead_free(a);
		return (NULL);
	}
	EVP_CIPHER_CTX_set_padding(a->hp, 0);
	return (a);
}

void
aead_free(struct aead *a)
{
	if (a == NULL)
		return;
	EVP_CIPHER_CTX_free(a->ctx);
	EVP_CIPHER_CTX_free(a->hp);
	mem_wipe(a, sizeof *a);
	free(a);
}

int
aead_seal(struct aead *a, uint64_t pn, const uint8_t *aad, size_t aad_len,
    const uint8_t *plain, size_t n, uint8_t *out)
{
	uint8_t	nonce[MSG_IV_LEN];
	int	len, end;

	if (!a->sealing || n > INT_MAX - MSG_TAG_LEN || aad_len > INT_MAX)
		return (-1);
	nonce_make(a->iv, pn, nonce);
	if (EVP_EncryptInit_ex(a->ctx, NULL, NULL, NULL, nonce) != 1 ||
	    EVP_EncryptUpdate(a->ctx, NULL, &len, aad, (int)aad_len) != 1)
		return (-1);
	len = 0;
	if ((n > 0 &&
	    EVP_EncryptUpdate(a->ctx, out, &len, plain, (int)n) != 1) ||
	    EVP_EncryptFinal_ex(a->ctx, out + len, &end) != 1 ||
	    (size_t)(len + end) != n ||
	    EVP_CIPHER_CTX_ctrl(a->ctx, EVP_CTRL_AEAD_GET_TAG, MSG_TAG_LEN,
	    out + n) != 1) {
		mem_wipe(out, n + MSG_TAG_LEN);
		return (-1);
	}
	return (0);
}

int
aead_open(struct aead *a, uint64_t pn, const uint8_t *aad, size_t aad_len,
    const uint8_t *sealed, size_t n, uint8_t *plain)
{
	uint8_t	nonce[MSG_IV_LEN], tag[MSG_TAG_LEN];
	int	len, end;

	if (a->sealing || n < MSG_TAG_LEN || n > INT_MAX || aad_len > INT_MAX)
		return (-1);
	n -= MSG_TAG_LEN;
	nonce_make(a->iv, pn, nonce);
	memcpy(tag, sealed + n, sizeof tag);
	if (EVP_DecryptInit_ex(a->ctx, NULL, NULL, NULL, nonce) != 1 ||
	    EVP_DecryptUpdate(a->ctx, NULL, &len, aad, (int)aad_len) != 1)
		return (-1);
	len = 0;
	if ((n > 0 &&
	    EVP_DecryptUpdate(a->ctx, plain, &len, sealed, (int)n) != 1) ||
	    EVP_CIPHER_CTX_ctrl(a->ctx, EVP_CTRL_AEAD_SET_TAG, MSG_TAG_LEN,
	    tag) != 1 ||
	    EVP_DecryptFinal_ex(a->ctx, plain + len, &end) != 1 ||
	    (size_t)(len + end) != n) {
		mem_wipe(plain, n);
		return (-1);
	}
	return (0);
}

int
aead_mask(struct aead *a, const uint8_t sample[MSG_SAMPLE_LEN],
    uint8_t mask[AEAD_MASK_LEN])
{
	static const uint8_t	zero[AEAD_MASK_LEN];
	uint8_t			out[MSG_SAMPLE_LEN];
	int			len = 0, rv = -1;

	if (a->suite == MSG_SUITE_CHACHA20) {
		/* OpenSSL's IV is the counter, then the nonce: the sample. */
		if (EVP_EncryptInit_ex(a->hp, NULL, NULL, NULL, sample) == 1 &&
		    EVP_EncryptUpdate(a->hp, out, &len, zero,
		    sizeof zero) == 1 && len >= AEAD_MASK_LEN)
			rv = 0;
	} else if (EVP_EncryptUpdate(a->hp, out, &len, sample,
	    MSG_SAMPLE_LEN) == 1 && len == MSG_SAMPLE_LEN)
		rv = 0;
	if (rv == 0)
		memcpy(mask, out, AEAD_MASK_LEN);
	mem_wipe(out, sizeof out);
	return (rv);
}
