/* SPDX-License-Identifier: ISC */
/*
 * Hash maps with open addressing and linear probing, at most three quarters
 * full.  A deleted key leaves a grave, which a probe walks over and a new key
 * may take; graves count as used, and go when the table is built anew.  That
 * nothing moves on deletion is what allows it while iterating.
 *
 * The hash is keyed.  For strings it is SipHash-1-3 (Aumasson and Bernstein;
 * the variant that hash tables elsewhere use): without the seed nobody can
 * find keys which collide.  For numbers two rounds of a 64-bit finaliser with
 * the seed mixed in between do.
 *
 * Invariants: cap is a power of two or 0; count <= used <= cap * 3 / 4, so a
 * probe always ends at a slot never used; a slot is empty if its value is
 * NULL, and a grave if it is &map_grave.
 */

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/xmalloc.h"

#define MAP_CAP_MIN	8

struct map_u32_slot {
	void		*value;
	uint32_t	 key;
};

struct map_str_slot {
	void		*value;
	char		*key;
	uint64_t	 hash;
};

static char	map_grave;

static size_t
new_cap(size_t count)
{
	size_t	cap = MAP_CAP_MIN;

	/* Half full at most, so that the next build is some way off. */
	while (cap / 2 < count + 1)
		cap *= 2;
	return (cap);
}

static uint64_t
mix(uint64_t v)
{
	v = (v ^ v >> 32) * UINT64_C(0xd6e8feb86659fd93);
	v = (v ^ v >> 32) * UINT64_C(0xd6e8feb86659fd93);
	return (v ^ v >> 32);
}

/*** Numbers ***/

static struct map_u32_slot *
u32_find(const struct map_u32 *m, uint32_t key)
{
	size_t			 i, mask = m->cap - 1;
	struct map_u32_slot	*s, *grave = NULL;

	i = (size_t)mix(mix(key ^ m->seed) + m->seed);
	for (;; i++) {
		s = &m->slots[i & mask];
		if (s->value == NULL)
			return (grave != NULL ? grave : s);
		if (s->value == &map_grave) {
			if (grave == NULL)
				grave = s;
		} else if (s->key == key)
			return (s);
	}
}

static bool
taken(const void *value)
{
	return (value != NULL && value != &map_grave);
}

static void
u32_build(struct map_u32 *m)
{
	struct map_u32_slot	*old = m->slots;
	size_t			 i, oldcap = m->cap;

	m->cap = new_cap(m->count);
	m->slots = xcalloc(m->cap, sizeof *m->slots);
	m->used = m->count;
	for (i = 0; i < oldcap; i++) {
		if (taken(old[i].value))
			*u32_find(m, old[i].key) = old[i];
	}
	free(old);
}

void
map_u32_init(struct map_u32 *m, uint64_t seed)
{
	memset(m, 0, sizeof *m);
	m->seed = seed;
}

void
map_u32_fini(struct map_u32 *m)
{
	free(m->slots);
	map_u32_init(m, m->seed);
}

void *
map_u32_get(const struct map_u32 *m, uint32_t key)
{
	struct map_u32_slot	*s;

	if (m->count == 0)
		return (NULL);
	s = u32_find(m, key);
	return (taken(s->value) ? s->value : NULL);
}

void *
map_u32_set(struct map_u32 *m, uint32_t key, void *value)
{
	struct map_u32_slot	*s;
	void			*old;

	must(value != NULL);
	if (m->cap != 0) {
		s = u32_find(m, key);
		if (taken(s->value)) {
			old = s->value;
			s->value = value;
			return (old);
		}
	}
	if (m->used >= m->cap / 4 * 3)
		u32_build(m);
	s = u32_find(m, key);
	if (s->value == NULL)
		m->used++;
	s->key = key;
	s->value = value;
	m->count++;
	return (NULL);
}

void *
map_u32_del(struct map_u32 *m, uint32_t key)
{
	struct map_u32_slot	*s;
	void			*old;

	if (m->count == 0)
		return (NULL);
	s = u32_find(m, key);
	if (!taken(s->value))
		return (NULL);
	old = s->value;
	s->value = &map_grave;
	m->count--;
	return (old);
}

size_t
map_u32_count(const struct map_u32 *m)
{
	return (m->count);
}

bool
map_u32_next(const struct map_u32 *m, size_t *cursor, uint32_t *key,
    void **value)
{
	const struct map_u32_slot	*s;

	while (*cursor < m->cap) {
		s = &m->slots[(*cursor)++];
		if (!taken(s->value))
			continue;
		if (key != NULL)
			*key = s->key;
		if (value != NULL)
			*value = s->value;
		return (true);
	}
	return (false);
}

/*** Strings ***/

static uint64_t
rotl(uint64_t v, int n)
{
	return (v << n | v >> (64 - n));
}

static void
sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotl(v[1], 13) ^ v[0];
	v[3] = rotl(v[3], 16) ^ v[2];
	v[0] = rotl(v[0], 32);
	v[2] += v[1];
	v[0] += v[3];
	v[1] = rotl(v[1], 17) ^ v[2];
	v[3] = rotl(v[3], 21) ^ v[0];
	v[2] = rotl(v[2], 32);
}

static uint64_t
str_hash(uint64_t seed, const char *s)
{
	uint64_t	 k0 = seed, k1 = mix(seed + 1), word, v[4];
	size_t		 i, j, n = strlen(s);

	v[0] = k0 ^ UINT64_C(0x736f6d6570736575);
	v[1] = k1 ^ UINT64_C(0x646f72616e646f6d);
	v[2] = k0 ^ UINT64_C(0x6c7967656e657261);
	v[3] = k1 ^ UINT64_C(0x7465646279746573);
	for (i = 0; i <= n; i += 8) {
		/* The last word has the length in its highest byte. */
		word = i + 8 <= n ? 0 : (uint64_t)n << 56;
		for (j = 0; j < 8 && i + j < n; j++)
			word |= (uint64_t)(uint8_t)s[i + j] << 8 * j;
		v[3] ^= word;
		sip_round(v);
		v[0] ^= word;
	}
	v[2] ^= 0xff;
	sip_round(v);
	sip_round(v);
	sip_round(v);
	return (v[0] ^ v[1] ^ v[2] ^ v[3]);
}

static struct map_str_slot *
str_find(const struct map_str *m, const char *key, uint64_t hash)
{
	size_t			 i, mask = m->cap - 1;
	struct map_str_slot	*s, *grave = NULL;

	for (i = (size_t)hash;; i++) {
		s = &m->slots[i & mask];
		if (s->value == NULL)
			return (grave != NULL ? grave : s);
		if (s->value == &map_grave) {
			if (grave == NULL)
				grave = s;
		} else if (s->hash == hash && strcmp(s->key, key) == 0)
			return (s);
	}
}

static void
str_build(struct map_str *m)
{
	struct map_str_slot	*old = m->slots;
	size_t			 i, oldcap = m->cap;

	m->cap = new_cap(m->count);
	m->slots = xcalloc(m->cap, sizeof *m->slots);
	m->used = m->count;
	for (i = 0; i < oldcap; i++) {
		if (taken(old[i].value))
			*str_find(m, old[i].key, old[i].hash) = old[i];
	}
	free(old);
}

void
map_str_init(struct map_str *m, uint64_t seed)
{
	memset(m, 0, sizeof *m);
	m->seed = seed;
}

void
map_str_fini(struct map_str *m)
{
	size_t	i;

	for (i = 0; i < m->cap; i++) {
		if (taken(m->slots[i].value))
			free(m->slots[i].key);
	}
	free(m->slots);
	map_str_init(m, m->seed);
}

void *
map_str_get(const struct map_str *m, const char *key)
{
	struct map_str_slot	*s;

	if (m->count == 0)
		return (NULL);
	s = str_find(m, key, str_hash(m->seed, key));
	return (taken(s->value) ? s->value : NULL);
}

void *
map_str_set(struct map_str *m, const char *key, void *value)
{
	struct map_str_slot	*s;
	uint64_t		 hash = str_hash(m->seed, key);
	void			*old;

	must(value != NULL);
	if (m->cap != 0) {
		s = str_find(m, key, hash);
		if (taken(s->value)) {
			old = s->value;
			s->value = value;
			return (old);
		}
	}
	if (m->used >= m->cap / 4 * 3)
		str_build(m);
	s = str_find(m, key, hash);
	if (s->value == NULL)
		m->used++;
	s->key = xstrdup(key);
	s->hash = hash;
	s->value = value;
	m->count++;
	return (NULL);
}

void *
map_str_del(struct map_str *m, const char *key)
{
	struct map_str_slot	*s;
	void			*old;

	if (m->count == 0)
		return (NULL);
	s = str_find(m, key, str_hash(m->seed, key));
	if (!taken(s->value))
		return (NULL);
	old = s->value;
	free(s->key);
	s->key = NULL;
	s->value = &map_grave;
	m->count--;
	return (old);
}

size_t
map_str_count(const struct map_str *m)
{
	return (m->count);
}

bool
map_str_next(const struct map_str *m, size_t *cursor, const char **key,
    void **value)
{
	const struct map_str_slot	*s;

	while (*cursor < m->cap) {
		s = &m->slots[(*cursor)++];
		if (!taken(s->value))
			continue;
		if (key != NULL)
			*key = s->key;
		if (value != NULL)
			*value = s->value;
		return (true);
	}
	return (false);
}
