/* SPDX-License-Identifier: ISC */
/* links: seal wire base */
/*
 * Opening what a stranger sent: the first byte chooses who opens it, the rest
 * is the datagram, or, with bit 1, how to spoil one that was good.
 */

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/rng.h"
#include "seal/seal.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct seal	*ends[2];
static uint64_t		 next;

static void
start(void)
{
	struct rng_seeded	rng;
	struct seal_keypair	c, s;
	struct seal_params	p;

	rng_seeded_init(&rng, 1);
	memset(&p, 0, sizeof p);
	p.suite = MSG_SUITE_CHACHA20;
	memset(p.cid, 'A', sizeof p.cid);
	seal_keypair(&c, &rng.rng);
	seal_keypair(&s, &rng.rng);
	memcpy(p.client_pub, c.pub, sizeof c.pub);
	memcpy(p.server_pub, s.pub, sizeof s.pub);
	p.role = SEAL_CLIENT;
	memcpy(p.priv, c.priv, sizeof p.priv);
	ends[0] = seal_derive(&p);
	p.role = SEAL_SERVER;
	memcpy(p.priv, s.priv, sizeof p.priv);
	ends[1] = seal_derive(&p);
	must(ends[0] != NULL && ends[1] != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	uint8_t		d[2048], plain[2048], text[64];
	uint64_t	pn;
	bool		spoilt = false;
	size_t		i;
	int		to, len;

	if (ends[0] == NULL)
		start();
	if (n == 0 || n > sizeof d)
		return (0);
	to = p[0] & 1;
	if ((p[0] & 2) == 0) {
		seal_cid(p + 1, n - 1);
		len = seal_open(ends[to], p + 1, n - 1, plain, sizeof plain,
		    &pn);
		must(len < 0);
		return (0);
	}
	memset(text, 'x', sizeof text);
	len = seal_seal(ends[!to], next++, text, sizeof text, d, sizeof d);
	must(len > 0);
	for (i = 0; i + 1 < n && i < (size_t)len; i++) {
		d[i] ^= p[i + 1];
		spoilt = spoilt || p[i + 1] != 0;
	}
	len = seal_open(ends[to], d, (size_t)len, plain, sizeof plain, &pn);
	must((len >= 0) == !spoilt);
	must(len < 0 || memcmp(plain, text, sizeof text) == 0);
	return (0);
}
