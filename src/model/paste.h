/* SPDX-License-Identifier: ISC */

/* paste.h - paste buffers: automatic ones (bufferN, limited in number) and named ones. */

#ifndef MODEL_PASTE_H
#define MODEL_PASTE_H

#include "model/model.h"

struct paste {
	char		*name;
	uint8_t		*data;
	size_t		 len;
	time_t		 created;
	unsigned	 order;
	bool		 automatic;
};

struct pastes	*pastes_new(void);
void		 pastes_free(struct pastes *);
struct paste	*paste_get(struct pastes *, const char *name);	/* NULL name: newest automatic */
struct paste	*paste_top(struct pastes *);
size_t		 paste_count(struct pastes *);
struct paste	*paste_at(struct pastes *, size_t i);	/* newest first */
/* Takes data.  name NULL: automatic, the oldest beyond limit go. */
int		 paste_set(struct model *, const char *name, uint8_t *data, size_t len,
		    char **cause);
void		 paste_add(struct model *, const char *prefix, uint8_t *data, size_t len);
int		 paste_rename(struct pastes *, const char *from, const char *to, char **cause);
void		 paste_delete(struct model *, struct paste *);
char		*paste_sample(const struct paste *);	/* 200 columns, safe; caller frees */

#endif
