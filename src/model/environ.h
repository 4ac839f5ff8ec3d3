/* SPDX-License-Identifier: ISC */

/* environ.h - sets of environment variables, some hidden, some to be removed. */

#ifndef MODEL_ENVIRON_H
#define MODEL_ENVIRON_H

#include <stdbool.h>
#include <stddef.h>

struct environ_entry {
	const char	*name;
	const char	*value;		/* NULL: to be removed from children */
	bool		 hidden;
};
struct environ;

struct environ	*environ_new(void);
void		 environ_free(struct environ *);
void		 environ_copy(const struct environ *from, struct environ *to);
const struct environ_entry *environ_find(const struct environ *, const char *name);
void		 environ_set(struct environ *, const char *name, bool hidden,
		    const char *value);
void		 environ_clear(struct environ *, const char *name);	/* remove in children */
void		 environ_unset(struct environ *, const char *name);
/* "NAME=value"; ignores what has no '='. */
void		 environ_put(struct environ *, const char *, bool hidden);
/* As session_update_environ: copy what the pattern list names. */
void		 environ_update(const char *patterns, const struct environ *from,
		    struct environ *to);
size_t		 environ_count(const struct environ *);
const struct environ_entry *environ_at(const struct environ *, size_t i); /* sorted by name */
/* NULL-terminated "NAME=value" array for exec, hidden left out; see environ_vec_free. */
char		**environ_vec(const struct environ *);
void		 environ_vec_free(char **);

#endif
