/* SPDX-License-Identifier: ISC */

/* key-table.h - named tables of key bindings; a binding is command text. */

#ifndef MODEL_KEY_TABLE_H
#define MODEL_KEY_TABLE_H

#include "model/model.h"
#include "term/key.h"

struct key_binding {
	key_code	 key;
	char		*command;	/* canonical command text, "a ; b" */
	char		*note;		/* or NULL */
	bool		 repeat;
	void		*parsed;	/* cmd's cached parse, freed by parsed_free */
	void		(*parsed_free)(void *);
};
struct key_table;

struct key_tables *key_tables_new(void);
void		 key_tables_free(struct key_tables *);
struct key_table *key_table_get(struct key_tables *, const char *name, bool create);
const char	*key_table_name(const struct key_table *);
struct key_table *key_table_next(struct key_tables *, struct key_table *); /* NULL: first */
struct key_binding *key_table_find(struct key_table *, key_code);
size_t		 key_table_count(const struct key_table *);
struct key_binding *key_table_at(struct key_table *, size_t i);	/* sorted by key */
void		 key_table_bind(struct key_tables *, const char *table, key_code, const char *note,
		    bool repeat, const char *command);
void		 key_table_unbind(struct key_tables *, const char *table, key_code);
void		 key_table_remove(struct key_tables *, const char *table);
void		 key_table_reset(struct key_tables *, const char *table);	/* to defaults */
/* The built-in bindings; `prefix`, `root`, `copy-mode`, `copy-mode-vi`. */
void		 key_tables_defaults(struct key_tables *);
/* {table, key, note, repeat, command}: the table of defaults. */
struct key_default { const char *table, *key, *note; bool repeat; const char *command; };
extern const struct key_default key_defaults[];
extern const size_t key_defaults_count;

#endif
