/* SPDX-License-Identifier: ISC */

/*
 * key-table.c - named tables of key bindings.
 *
 * A handful of tables, each an array sorted by key code.  What the terminal
 * adds to a key only to tell how it was typed (from the keypad, Meta as a
 * leading Escape) makes no other key here and is taken off before a binding
 * is stored or looked up.
 *
 * A binding is command text.  Who runs it may keep the parsed form in it;
 * it is dropped with the binding.
 */

#include "model/key-table.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

/* Bits that do not make another key. */
#define KEY_HOW		(KEY_KPAD | KEY_IMPLIED_META)

struct key_table {
	char			 *name;
	struct key_binding	**list;		/* sorted by key */
	size_t			  count, cap;
};

struct key_tables {
	struct key_table	**list;		/* sorted by name */
	size_t			  count;
};

struct key_tables *
key_tables_new(void)
{
	return (xcalloc(1, sizeof(struct key_tables)));
}

static void
key_binding_free(struct key_binding *kb)
{
	if (kb->parsed != NULL && kb->parsed_free != NULL)
		kb->parsed_free(kb->parsed);
	free(kb->command);
	free(kb->note);
	free(kb);
}

static void
key_table_free(struct key_table *kt)
{
	size_t	i;

	for (i = 0; i < kt->count; i++)
		key_binding_free(kt->list[i]);
	free(kt->list);
	free(kt->name);
	free(kt);
}

void
key_tables_free(struct key_tables *kts)
{
	size_t	i;

	if (kts == NULL)
		return;
	for (i = 0; i < kts->count; i++)
		key_table_free(kts->list[i]);
	free(kts->list);
	free(kts);
}

struct key_table *
key_table_get(struct key_tables *kts, const char *name, bool create)
{
	struct key_table	*kt;
	size_t			 i;
	int			 cmp = 1;

	for (i = 0; i < kts->count; i++) {
		if ((cmp = strcmp(kts->list[i]->name, name)) >= 0)
			break;
	}
	if (cmp == 0)
		return (kts->list[i]);
	if (!create)
		return (NULL);

	kt = xcalloc(1, sizeof *kt);
	kt->name = xstrdup(name);
	kts->list = xreallocarray(kts->list, kts->count + 1,
	    sizeof *kts->list);
	memmove(kts->list + i + 1, kts->list + i,
	    (kts->count - i) * sizeof *kts->list);
	kts->count++;
	kts->list[i] = kt;
	return (kt);
}

const char *
key_table_name(const struct key_table *kt)
{
	return (kt->name);
}

struct key_table *
key_table_next(struct key_tables *kts, struct key_table *kt)
{
	size_t	i = 0;

	if (kt != NULL) {
		while (i < kts->count && kts->list[i] != kt)
			i++;
		i++;
	}
	return (i < kts->count ? kts->list[i] : NULL);
}

static size_t
key_table_place(const struct key_table *kt, key_code key, bool *found)
{
	size_t	lo = 0, hi = kt->count, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (kt->list[mid]->key < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	*found = lo < kt->count && kt->list[lo]->key == key;
	return (lo);
}

struct key_binding *
key_table_find(struct key_table *kt, key_code key)
{
	size_t	i;
	bool	found;

	i = key_table_place(kt, key & ~KEY_HOW, &found);
	return (found ? kt->list[i] : NULL);
}

size_t
key_table_count(const struct key_table *kt)
{
	return (kt->count);
}

struct key_binding *
key_table_at(struct key_table *kt, size_t i)
{
	return (i < kt->count ? kt->list[i] : NULL);
}

void
key_table_bind(struct key_tables *kts, const char *table, key_code key,
    const char *note, bool repeat, const char *command)
{
	struct key_table	*kt = key_table_get(kts, table, true);
	struct key_binding	*kb;
	size_t			 i;
	bool			 found;

	key &= ~KEY_HOW;
	kb = xcalloc(1, sizeof *kb);
	kb->key = key;
	kb->command = xstrdup(command);
	kb->note = note == NULL ? NULL : xstrdup(note);
	kb->repeat = repeat;

	i = key_table_place(kt, key, &found);
	if (found)
		key_binding_free(kt->list[i]);
	else {
		if (kt->count == kt->cap) {
			kt->cap = kt->cap == 0 ? 16 : kt->cap * 2;
			kt->list = xreallocarray(kt->list, kt->cap,
			    sizeof *kt->list);
		}
		memmove(kt->list + i + 1, kt->list + i,
		    (kt->count - i) * sizeof *kt->list);
		kt->count++;
	}
	kt->list[i] = kb;
}

void
key_table_unbind(struct key_tables *kts, const char *table, key_code key)
{
	struct key_table	*kt = key_table_get(kts, table, false);
	size_t			 i;
	bool			 found;

	if (kt == NULL)
		return;
	i = key_table_place(kt, key & ~KEY_HOW, &found);
	if (!found)
		return;
	key_binding_free(kt->list[i]);
	memmove(kt->list + i, kt->list + i + 1,
	    (kt->count - i - 1) * sizeof *kt->list);
	kt->count--;
}

void
key_table_remove(struct key_tables *kts, const char *table)
{
	struct key_table	*kt = key_table_get(kts, table, false);
	size_t			 i;

	if (kt == NULL)
		return;
	for (i = 0; kts->list[i] != kt; i++)
		;
	key_table_free(kt);
	memmove(kts->list + i, kts->list + i + 1,
	    (kts->count - i - 1) * sizeof *kts->list);
	kts->count--;
}

/* Bind the defaults of one table, or of all. */
static void
key_tables_fill(struct key_tables *kts, const char *table)
{
	const struct key_default	*kd;
	key_code			 key;
	size_t				 i;

	for (i = 0; i < key_defaults_count; i++) {
		kd = &key_defaults[i];
		if (table != NULL && strcmp(kd->table, table) != 0)
			continue;
		if ((key = key_parse(kd->key)) != KEY_UNKNOWN)
			key_table_bind(kts, kd->table, key, kd->note,
			    kd->repeat, kd->command);
	}
}

void
key_table_reset(struct key_tables *kts, const char *table)
{
	key_table_remove(kts, table);
	key_tables_fill(kts, table);
}

void
key_tables_defaults(struct key_tables *kts)
{
	key_tables_fill(kts, NULL);
}
