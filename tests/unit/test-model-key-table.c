/* SPDX-License-Identifier: ISC */

/* Key tables and the bindings that exist from the start. */

#include <stdlib.h>
#include <string.h>

#include "model/key-table.h"
#include "tap.h"

static int	freed;

static void
count_free(void *p)
{
	(void)p;
	freed++;
}

static const char *
command(struct key_tables *kts, const char *table, const char *key)
{
	struct key_table	*kt = key_table_get(kts, table, false);
	struct key_binding	*kb;

	if (kt == NULL || (kb = key_table_find(kt, key_parse(key))) == NULL)
		return (NULL);
	return (kb->command);
}

static void
test_bind(void)
{
	struct key_tables	*kts = key_tables_new();
	struct key_table	*kt;
	struct key_binding	*kb;
	size_t			 i;

	ok(key_table_get(kts, "t", false) == NULL, "no table at first");
	key_table_bind(kts, "t", 'b', NULL, false, "two");
	key_table_bind(kts, "t", 'a', "note", true, "one");
	key_table_bind(kts, "t", 'c' | KEY_CTRL, NULL, false, "three");
	kt = key_table_get(kts, "t", false);
	is_int(key_table_count(kt), 3, "binding makes it");
	for (i = 1; i < 3; i++)
		ok(key_table_at(kt, i - 1)->key < key_table_at(kt, i)->key,
		    "keys are in order");
	ok(key_table_at(kt, 3) == NULL, "and end");
	kb = key_table_find(kt, 'a');
	ok(kb != NULL && kb->repeat && strcmp(kb->note, "note") == 0,
	    "a binding has a note and may repeat");
	ok(key_table_find(kt, 'a' | KEY_META) == NULL,
	    "another modifier is another key");
	ok(key_table_find(kt, 'a' | KEY_KPAD | KEY_IMPLIED_META) == kb,
	    "how a key was typed is not");
	kb->parsed = kb;
	kb->parsed_free = count_free;
	key_table_bind(kts, "t", 'a', NULL, false, "new");
	is_int(freed, 1, "what was parsed goes with the binding");
	is_str(command(kts, "t", "a"), "new", "a new binding replaces it");
	key_table_unbind(kts, "t", 'a');
	ok(command(kts, "t", "a") == NULL, "an unbound key has none");
	key_table_unbind(kts, "t", 'a');
	key_table_unbind(kts, "nosuch", 'a');
	key_table_bind(kts, "a", 'x', NULL, false, "x");
	kt = key_table_next(kts, NULL);
	is_str(key_table_name(kt), "a", "tables are in order");
	kt = key_table_next(kts, kt);
	is_str(key_table_name(kt), "t", "of their names");
	ok(key_table_next(kts, kt) == NULL, "and end");
	key_table_remove(kts, "a");
	ok(key_table_get(kts, "a", false) == NULL, "a removed table is gone");
	key_tables_free(kts);
}

/* Commands as tmux 3.6 has them. */
static void
test_defaults(void)
{
	static const struct {
		const char	*table, *key, *command;
	}			 facts[] = {
		{ "prefix", "C-b", "send-prefix" },
		{ "prefix", "c", "new-window" },
		{ "prefix", "\"", "split-window" },
		{ "prefix", "%", "split-window -h" },
		{ "prefix", "0", "select-window -t :=0" },
		{ "prefix", "d", "detach-client" },
		{ "prefix", "[", "copy-mode" },
		{ "prefix", "M-Up", "resize-pane -U 5" },
		{ "prefix", "C-Left", "resize-pane -L" },
		{ "prefix", "DC", "refresh-client -c" },
		{ "prefix", "w", "choose-tree -Zw" },
		{ "prefix", "x",
		  "confirm-before -p \"kill-pane #P? (y/n)\" kill-pane" },
		{ "root", "MouseDown1Pane",
		  "select-pane -t = ; send-keys -M" },
		{ "root", "WheelUpStatus", "previous-window" },
		{ "copy-mode", "C-Space", "send-keys -X begin-selection" },
		{ "copy-mode", "M-w", "send-keys -X copy-pipe-and-cancel" },
		{ "copy-mode", "C-M-b",
		  "send-keys -X previous-matching-bracket" },
		{ "copy-mode", "1", NULL },
		{ "copy-mode", "M-1",
		  "command-prompt -N -I 1 -p (repeat) "
		  "{ send-keys -N \"%%\" }" },
		{ "copy-mode-vi", "v", "send-keys -X rectangle-toggle" },
		{ "copy-mode-vi", "Enter",
		  "send-keys -X copy-pipe-and-cancel" },
		{ "copy-mode-vi", "BSpace", "send-keys -X cursor-left" },
		{ "copy-mode-vi", "/",
		  "command-prompt -T search -p \"(search down)\" "
		  "{ send-keys -X search-forward -- \"%%\" }" },
	};
	struct key_tables	*kts = key_tables_new();
	struct key_table	*kt;
	const struct key_default *kd;
	size_t			 i, bad = 0, n = 0;

	key_tables_defaults(kts);
	for (i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		is_str(command(kts, facts[i].table, facts[i].key),
		    facts[i].command, "%s %s", facts[i].table, facts[i].key);
	}
	for (i = 0; i < key_defaults_count; i++) {
		kd = &key_defaults[i];
		if (key_parse(kd->key) == KEY_UNKNOWN || *kd->command == '\0') {
			diag("%s %s", kd->table, kd->key);
			bad++;
		}
		if (strcmp(kd->table, "prefix") == 0 && kd->note == NULL) {
			diag("%s %s has no note", kd->table, kd->key);
			bad++;
		}
	}
	is_int(bad, 0, "every key of the table is a key");
	for (kt = NULL; (kt = key_table_next(kts, kt)) != NULL; )
		n += key_table_count(kt);
	ok(n > 250, "there are many (%zu)", n);

	key_table_bind(kts, "prefix", 'c', NULL, false, "mine");
	key_table_unbind(kts, "prefix", 'd');
	key_table_reset(kts, "prefix");
	is_str(command(kts, "prefix", "c"), "new-window",
	    "a reset brings back what was changed");
	is_str(command(kts, "prefix", "d"), "detach-client",
	    "and what was taken away");
	key_tables_free(kts);
}

/* Braces and quotes of the default commands pair up. */
static void
test_balance(void)
{
	const char	*s;
	size_t		 i, bad = 0;
	int		 depth;
	bool		 quoted;

	for (i = 0; i < key_defaults_count; i++) {
		depth = 0;
		quoted = false;
		for (s = key_defaults[i].command; *s != '\0'; s++) {
			if (*s == '"')
				quoted = !quoted;
			else if (!quoted && *s == '{')
				depth++;
			else if (!quoted && *s == '}')
				depth--;
			if (depth < 0)
				break;
		}
		if (depth != 0 || quoted) {
			diag("%s: %s", key_defaults[i].key,
			    key_defaults[i].command);
			bad++;
		}
	}
	is_int(bad, 0, "every command has its braces and quotes closed");
}

int
main(void)
{
	test_bind();
	test_defaults();
	test_balance();
	return (done_testing());
}
