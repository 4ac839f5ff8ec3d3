/* SPDX-License-Identifier: ISC */

/*
 * No option or hook of the table is silently without effect: its name is in some source
 * beside the table, or in the default of another option, or it is marked as idle, which
 * set-option tells.  That a name which is there does what it should is for other tests.
 */

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

#include "base/str.h"
#include "base/xmalloc.h"
#include "model/option.h"

/* All sources but the table, one after the other. */
static char *
read_sources(const char *dir)
{
	char	 pattern[1024], *all = NULL, *from, *to = NULL;
	size_t	 len = 0, i, n;
	glob_t	 g;
	FILE	*f;

	snprintf(pattern, sizeof pattern, "%s/src/*/*.c", dir);
	if (glob(pattern, 0, NULL, &g) != 0)
		bail("no sources in %s", dir);
	for (i = 0; i < g.gl_pathc; i++) {
		if (strstr(g.gl_pathv[i], "/option-table.c") != NULL)
			continue;
		if ((f = fopen(g.gl_pathv[i], "r")) == NULL)
			bail("%s cannot be read", g.gl_pathv[i]);
		do {
			all = xrealloc(all, len + 65536 + 1);
			n = fread(all + len, 1, 65536, f);
			len += n;
		} while (n > 0);
		fclose(f);
	}
	globfree(&g);
	all[len] = '\0';
	/* That something is done when an option changes is not yet a use of its value. */
	from = strstr(all, "ops_option_changed(void *arg");
	if (from == NULL || (to = strstr(from, "\n}\n")) == NULL)
		bail("the function that is told of changes has another name now");
	memset(from, ' ', (size_t)(to - from));
	return (all);
}

static bool
literal(const char *sources, const char *name)
{
	char	quoted[128];

	snprintf(quoted, sizeof quoted, "\"%s\"", name);
	return (strstr(sources, quoted) != NULL);
}

/* The name as a whole word, as formats have it. */
static bool
word_in(const char *text, const char *name)
{
	static const char	 inner[] = "abcdefghijklmnopqrstuvwxyz0123456789-_@";
	const char		*p;
	size_t			 n = strlen(name);

	for (p = text; p != NULL && (p = strstr(p, name)) != NULL; p++) {
		if ((p == text || strchr(inner, p[-1]) == NULL) &&
		    (p[n] == '\0' || strchr(inner, p[n]) == NULL))
			return (true);
	}
	return (false);
}

static bool
in_default(const struct option_entry *of)
{
	const struct option_entry	*oe;
	size_t				 i, k;

	for (i = 0; i < option_table_count; i++) {
		oe = &option_table[i];
		if (oe == of)
			continue;
		if (oe->def_str != NULL && word_in(oe->def_str, of->name))
			return (true);
		for (k = 0; oe->def_array != NULL && oe->def_array[k] != NULL; k++) {
			if (word_in(oe->def_array[k], of->name))
				return (true);
		}
	}
	return (false);
}

static bool
used(const char *sources, const struct option_entry *oe)
{
	const char	*name = oe->name;

	/* Run after the command of that name, whatever it is. */
	if (strncmp(name, "after-", 6) == 0 && (oe->flags & OPTION_IS_HOOK))
		name += 6;
	return (literal(sources, name) || in_default(oe));
}

static void
idle(void)
{
	struct options			*global = options_new(NULL), *own;
	const struct option_entry	*oe = option_find("pane-scrollbars", NULL);
	struct model			 m;

	memset(&m, 0, sizeof m);
	options_defaults(global, OPTION_WINDOW);
	own = options_new(global);
	ok(oe != NULL && oe->idle, "an option without effect");
	ok(!options_idle(&m, own, oe), "is not told of where it is not set");
	options_set_text(own, "pane-scrollbars", "off", false, NULL);
	ok(!options_idle(&m, own, oe), "nor when it says what is so anyway");
	options_set_text(own, "pane-scrollbars", "on", false, NULL);
	ok(options_idle(&m, own, oe), "but when it says something else");
	ok(!options_idle(&m, own, oe), "once");
	options_set_text(own, "mode-keys", "vi", false, NULL);
	ok(!options_idle(&m, own, option_find("mode-keys", NULL)), "others never");
	free(m.options_told);
	options_free(own);
	options_free(global);
}

int
main(void)
{
	const char	*dir = getenv("SRC_DIR");
	char		*sources;
	size_t		 i, n = 0;

	if (dir == NULL)
		bail("SRC_DIR is not set");
	sources = read_sources(dir);
	for (i = 0; i < option_table_count; i++) {
		if (option_table[i].idle || used(sources, &option_table[i]))
			continue;
		n++;
		diag("%s is nowhere used and not marked as idle", option_table[i].name);
	}
	is_int(n, 0, "every option and hook is used, or says that it is not");
	for (i = n = 0; i < option_table_count; i++) {
		if (!option_table[i].idle || !literal(sources, option_table[i].name))
			continue;
		/* A word that means other things too. */
		if (strcmp(option_table[i].name, "theme") == 0)
			continue;
		n++;
		diag("%s is used, though marked as idle", option_table[i].name);
	}
	is_int(n, 0, "what is used does not say that it is idle");
	free(sources);
	idle();
	return (done_testing());
}
