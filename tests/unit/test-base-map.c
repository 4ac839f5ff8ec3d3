/* SPDX-License-Identifier: ISC */
/* Maps against plain arrays, and deletion while stepping through. */

#include "base/map.h"
#include "base/rng.h"
#include "tap.h"

#define KEYS	512

static int	values[KEYS];

static void
test_u32(void)
{
	struct rng_seeded	 r;
	struct map_u32		 m;
	void			*model[KEYS] = { NULL }, *v, *old;
	size_t			 cursor, count = 0, seen;
	uint32_t		 key;
	int			 i, bad = 0;

	rng_seeded_init(&r, 1);
	map_u32_init(&m, rng_u64(&r.rng));
	ok(map_u32_get(&m, 1) == NULL, "an empty map has nothing");
	ok(map_u32_del(&m, 1) == NULL, "nor can anything be deleted");
	for (i = 0; i < 100000; i++) {
		key = (uint32_t)rng_below(&r.rng, KEYS);
		v = &values[rng_below(&r.rng, KEYS)];
		switch (rng_below(&r.rng, 3)) {
		case 0:
			old = map_u32_set(&m, key * 65536, v);
			if (old != model[key])
				bad++;
			count += model[key] == NULL;
			model[key] = v;
			break;
		case 1:
			old = map_u32_del(&m, key * 65536);
			if (old != model[key])
				bad++;
			count -= model[key] != NULL;
			model[key] = NULL;
			break;
		default:
			if (map_u32_get(&m, key * 65536) != model[key])
				bad++;
		}
		if (map_u32_count(&m) != count)
			bad++;
	}
	is_int(bad, 0, "100000 random steps agree with an array");
	ok(m.cap <= 4 * KEYS, "graves do not make it grow without end");

	cursor = seen = 0;
	while (map_u32_next(&m, &cursor, &key, &v)) {
		if (model[key / 65536] != v)
			bad++;
		map_u32_del(&m, key);
		seen++;
	}
	is_int(seen, count, "every key is met once while each is deleted");
	is_int(bad, 0, "with its own value");
	is_int(map_u32_count(&m), 0, "and none is left");
	map_u32_fini(&m);
}

static void
test_str(void)
{
	struct rng_seeded	 r;
	struct map_str		 m;
	void			*model[KEYS] = { NULL }, *v, *old;
	const char		*key;
	char			 name[32];
	size_t			 cursor, count = 0, seen, k;
	int			 i, bad = 0;

	rng_seeded_init(&r, 2);
	map_str_init(&m, rng_u64(&r.rng));
	for (i = 0; i < 50000; i++) {
		k = (size_t)rng_below(&r.rng, KEYS);
		snprintf(name, sizeof name, "%*s%zu", (int)(k % 17), "", k);
		v = &values[rng_below(&r.rng, KEYS)];
		switch (rng_below(&r.rng, 3)) {
		case 0:
			old = map_str_set(&m, name, v);
			if (old != model[k])
				bad++;
			count += model[k] == NULL;
			model[k] = v;
			break;
		case 1:
			old = map_str_del(&m, name);
			if (old != model[k])
				bad++;
			count -= model[k] != NULL;
			model[k] = NULL;
			break;
		default:
			if (map_str_get(&m, name) != model[k])
				bad++;
		}
	}
	is_int(bad, 0, "50000 random steps agree with an array");
	is_int(map_str_count(&m), count, "the count is right");
	cursor = seen = 0;
	while (map_str_next(&m, &cursor, &key, &v)) {
		k = strtoul(key, NULL, 10);
		if (k >= KEYS || model[k] != v)
			bad++;
		seen++;
	}
	is_int(seen, count, "every key is met once");
	is_int(bad, 0, "with its own value");
	map_str_fini(&m);

	map_str_set(&m, "", &values[0]);
	ok(map_str_get(&m, "") == &values[0], "the empty string is a key");
	ok(map_str_get(&m, "a") == NULL, "and not every key");
	map_str_fini(&m);
}

int
main(void)
{
	test_u32();
	test_str();
	return (done_testing());
}
