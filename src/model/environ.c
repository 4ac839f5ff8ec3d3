/* SPDX-License-Identifier: ISC */

/*
 * environ.c - sets of environment variables.
 *
 * An array sorted by name: sets are small (a login has some thirty), read
 * far more often than changed, and always shown in order.  An entry without
 * a value says that children must not have the variable although a set
 * below this one does.
 */

#include "model/environ.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

struct environ {
	struct environ_entry	*entries;	/* names and values are ours */
	size_t			 count, cap;
};

struct environ *
environ_new(void)
{
	return (xcalloc(1, sizeof(struct environ)));
}

void
environ_free(struct environ *env)
{
	size_t	i;

	if (env == NULL)
		return;
	for (i = 0; i < env->count; i++) {
		free((char *)env->entries[i].name);
		free((char *)env->entries[i].value);
	}
	free(env->entries);
	free(env);
}

/* Where a name is or would be. */
static size_t
environ_place(const struct environ *env, const char *name, bool *found)
{
	size_t	lo = 0, hi = env->count, mid;
	int	cmp;

	*found = false;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		cmp = strcmp(env->entries[mid].name, name);
		if (cmp == 0) {
			*found = true;
			return (mid);
		}
		if (cmp < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo);
}

const struct environ_entry *
environ_find(const struct environ *env, const char *name)
{
	size_t	i;
	bool	found;

	i = environ_place(env, name, &found);
	return (found ? &env->entries[i] : NULL);
}

static void
environ_store(struct environ *env, const char *name, bool hidden,
    const char *value)
{
	struct environ_entry	*ee;
	char			*copy;
	size_t			 i;
	bool			 found;

	/* The value may be the one which is replaced. */
	copy = value == NULL ? NULL : xstrdup(value);
	i = environ_place(env, name, &found);
	if (!found) {
		if (env->count == env->cap) {
			env->cap = env->cap == 0 ? 32 : env->cap * 2;
			env->entries = xreallocarray(env->entries, env->cap,
			    sizeof *env->entries);
		}
		memmove(env->entries + i + 1, env->entries + i,
		    (env->count - i) * sizeof *env->entries);
		env->count++;
		env->entries[i].name = xstrdup(name);
	} else
		free((char *)env->entries[i].value);
	ee = &env->entries[i];
	ee->value = copy;
	ee->hidden = hidden;
}

void
environ_set(struct environ *env, const char *name, bool hidden,
    const char *value)
{
	environ_store(env, name, hidden, value == NULL ? "" : value);
}

void
environ_clear(struct environ *env, const char *name)
{
	environ_store(env, name, false, NULL);
}

void
environ_unset(struct environ *env, const char *name)
{
	size_t	i;
	bool	found;

	i = environ_place(env, name, &found);
	if (!found)
		return;
	free((char *)env->entries[i].name);
	free((char *)env->entries[i].value);
	memmove(env->entries + i, env->entries + i + 1,
	    (env->count - i - 1) * sizeof *env->entries);
	env->count--;
}

void
environ_put(struct environ *env, const char *text, bool hidden)
{
	const char	*equals = strchr(text, '=');
	char		*name;

	if (equals == NULL || equals == text)
		return;
	name = xstrndup(text, (size_t)(equals - text));
	environ_set(env, name, hidden, equals + 1);
	free(name);
}

void
environ_copy(const struct environ *from, struct environ *to)
{
	size_t	i;

	for (i = 0; i < from->count; i++) {
		environ_store(to, from->entries[i].name,
		    from->entries[i].hidden, from->entries[i].value);
	}
}

void
environ_update(const char *patterns, const struct environ *from,
    struct environ *to)
{
	const struct environ_entry	*ee;
	char				*copy, *next, *pattern;
	size_t				 i;
	bool				 found;

	copy = next = xstrdup(patterns);
	while ((pattern = strsep(&next, " ")) != NULL) {
		if (*pattern == '\0')
			continue;
		found = false;
		for (i = 0; i < from->count; i++) {
			ee = &from->entries[i];
			if (ee->value == NULL ||
			    fnmatch(pattern, ee->name, 0) != 0)
				continue;
			environ_set(to, ee->name, false, ee->value);
			found = true;
		}
		if (!found)
			environ_clear(to, pattern);
	}
	free(copy);
}

size_t
environ_count(const struct environ *env)
{
	return (env->count);
}

const struct environ_entry *
environ_at(const struct environ *env, size_t i)
{
	return (i < env->count ? &env->entries[i] : NULL);
}

char **
environ_vec(const struct environ *env)
{
	const struct environ_entry	*ee;
	char				**vec;
	size_t				  i, n = 0;

	vec = xcalloc(env->count + 1, sizeof *vec);
	for (i = 0; i < env->count; i++) {
		ee = &env->entries[i];
		if (ee->value != NULL && !ee->hidden)
			xasprintf(&vec[n++], "%s=%s", ee->name, ee->value);
	}
	return (vec);
}

void
environ_vec_free(char **vec)
{
	size_t	i;

	for (i = 0; vec != NULL && vec[i] != NULL; i++)
		free(vec[i]);
	free(vec);
}
