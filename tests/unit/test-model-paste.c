/* SPDX-License-Identifier: ISC */

/* Paste buffers: names, order, limit, samples. */

#include <stdlib.h>
#include <string.h>

#include "model/model.h"
#include "model/option.h"
#include "model/paste.h"
#include "tap.h"

static int	set_count, deleted_count;

static void
changed(void *arg, const char *name, bool deleted)
{
	(void)arg;
	(void)name;
	if (deleted)
		deleted_count++;
	else
		set_count++;
}

static const struct model_ops	ops = { .paste_changed = changed };
static struct model		*m;

static uint8_t *
bytes(const char *s)
{
	return ((uint8_t *)strdup(s));
}

static int
set(const char *name, const char *text, char **cause)
{
	return (paste_set(m, name, bytes(text), strlen(text), cause));
}

static const char *
name_at(size_t i)
{
	struct paste	*pb = paste_at(m->pastes, i);

	return (pb == NULL ? NULL : pb->name);
}

static void
test_names(void)
{
	char	*cause = NULL;

	set(NULL, "zero", NULL);
	set("foo", "bar", NULL);
	set(NULL, "two", NULL);
	is_str(name_at(0), "buffer1", "the newest is first");
	is_str(name_at(1), "foo", "then what came before it");
	is_str(name_at(2), "buffer0", "numbers begin at nought");
	is_str(paste_get(m->pastes, NULL)->name, "buffer1",
	    "without a name it is the newest automatic one");
	is_int(paste_rename(m->pastes, "buffer0", "ren", &cause), 0,
	    "a buffer can be renamed");
	is_str(name_at(2), "ren", "and keeps its place");
	ok(!paste_get(m->pastes, "ren")->automatic,
	    "and is the user's from then on");
	is_int(set("ren", "again", NULL), 0, "a buffer can be set again");
	is_str(name_at(0), "ren", "and is the newest then");
	is_int(paste_count(m->pastes), 3, "and no second one");
	is_str(paste_top(m->pastes)->name, "buffer1",
	    "but never what a paste without a name takes");
}

static void
test_errors(void)
{
	char	*cause = NULL;

	is_int(set("", "x", &cause), -1, "a name is not empty");
	is_str(cause, "empty buffer name", "and the error says so");
	free(cause);
	is_int(paste_rename(m->pastes, "foo", "", &cause), -1,
	    "nor is a new name");
	is_str(cause, "new name is empty", "and the error says so too");
	free(cause);
	is_int(paste_rename(m->pastes, "nope", "x", &cause), -1,
	    "what is not there has no name");
	free(cause);
	is_int(set("\033]0;x\a", "x", NULL), 0, "any other name is fine");
	ok(strpbrk(name_at(0), "\033\a") == NULL,
	    "and has nothing in it that acts on a terminal");
	is_int(set(NULL, "", NULL), 0, "nothing makes no buffer");
	is_int(paste_count(m->pastes), 4, "there are four");
}

static void
test_limit(void)
{
	int	i;

	options_set_number(m->server_options, "buffer-limit", 3);
	for (i = 0; i < 10; i++)
		set(NULL, "x", NULL);
	is_int(paste_count(m->pastes), 3 + 3,
	    "of automatic ones the oldest go, of others none");
	is_str(name_at(0), "buffer11", "numbers go on");
	ok(deleted_count >= 8, "whoever asked was told of it");
	ok(set_count >= 14, "and of each new one");
	paste_delete(m, paste_get(m->pastes, "foo"));
	ok(paste_get(m->pastes, "foo") == NULL, "a deleted one is gone");
}

static void
test_sample(void)
{
	char		*sample, big[400];

	set("s", "a\tb\n\\\303\251", NULL);
	sample = paste_sample(paste_get(m->pastes, "s"));
	is_str(sample, "a\\tb\\n\\\\\303\251", "a sample shows controls");
	free(sample);
	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	set("s", big, NULL);
	sample = paste_sample(paste_get(m->pastes, "s"));
	is_int(strlen(sample), 203, "and is cut at 200 columns");
	is_str(sample + 200, "...", "with dots where");
	free(sample);
}

int
main(void)
{
	m = model_new(&ops, NULL);
	test_names();
	test_errors();
	test_limit();
	test_sample();
	model_free(m);
	return (done_testing());
}
