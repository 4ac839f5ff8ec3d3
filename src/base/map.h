/* SPDX-License-Identifier: ISC */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Hash maps from a number or a string to a pointer, open addressing.  The
 * seed keys the hash: give a secret random one where the keys come from
 * outside, so that nobody can make them collide.  Values may not be NULL and
 * are not owned by the map; string keys are copied.  Order is arbitrary.
 *
 *	_set	returns the value that was there before, or NULL
 *	_del	removes, returns the value that was there, or NULL
 *	_next	steps through all: start with *cursor == 0; false at the end.
 *		Between steps any key may be deleted and values of existing
 *		keys may be set; nothing new may be added.  The key pointer
 *		and the value pointer may be NULL if not wanted.
 */
struct map_u32_slot;
struct map_u32 {
	struct map_u32_slot	*slots;
	size_t			 cap;	/* power of two, or 0 */
	size_t			 count;	/* keys */
	size_t			 used;	/* keys and graves */
	uint64_t		 seed;
};
void	 map_u32_init(struct map_u32 *, uint64_t seed);
void	 map_u32_fini(struct map_u32 *);
void	*map_u32_get(const struct map_u32 *, uint32_t);
void	*map_u32_set(struct map_u32 *, uint32_t, void *);
void	*map_u32_del(struct map_u32 *, uint32_t);
size_t	 map_u32_count(const struct map_u32 *);
bool	 map_u32_next(const struct map_u32 *, size_t *cursor, uint32_t *key,
	    void **value);

struct map_str_slot;
struct map_str {
	struct map_str_slot	*slots;
	size_t			 cap;
	size_t			 count;
	size_t			 used;
	uint64_t		 seed;
};
void	 map_str_init(struct map_str *, uint64_t seed);
void	 map_str_fini(struct map_str *);
void	*map_str_get(const struct map_str *, const char *);
void	*map_str_set(struct map_str *, const char *, void *);
void	*map_str_del(struct map_str *, const char *);
size_t	 map_str_count(const struct map_str *);
bool	 map_str_next(const struct map_str *, size_t *cursor,
	    const char **key, void **value);

#endif /* BASE_MAP_H */
