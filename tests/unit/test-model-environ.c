/* SPDX-License-Identifier: ISC */

/* Sets of environment variables. */

#include <string.h>

#include "model/environ.h"
#include "tap.h"

static void
test_set(void)
{
	struct environ			*env = environ_new();
	const struct environ_entry	*ee;

	environ_set(env, "B", false, "2");
	environ_set(env, "A", false, "1");
	environ_set(env, "C", true, "3");
	is_int(environ_count(env), 3, "three variables");
	is_str(environ_at(env, 0)->name, "A", "they are in order");
	is_str(environ_at(env, 2)->name, "C", "to the last");
	ok(environ_at(env, 3) == NULL, "there is no fourth");
	environ_set(env, "B", false, environ_find(env, "B")->value);
	is_str(environ_find(env, "B")->value, "2",
	    "a value may be set to itself");
	environ_clear(env, "B");
	ee = environ_find(env, "B");
	ok(ee != NULL && ee->value == NULL, "a cleared one is to be removed");
	environ_unset(env, "A");
	ok(environ_find(env, "A") == NULL, "an unset one is gone");
	environ_unset(env, "A");
	is_int(environ_count(env), 2, "unsetting twice does no harm");
	environ_free(env);
}

static void
test_put(void)
{
	struct environ	*env = environ_new();

	environ_put(env, "X=a=b", false);
	environ_put(env, "nothing", false);
	environ_put(env, "=x", false);
	environ_put(env, "EMPTY=", false);
	is_int(environ_count(env), 2, "what is no NAME=value is ignored");
	is_str(environ_find(env, "X")->value, "a=b",
	    "the first = ends the name");
	is_str(environ_find(env, "EMPTY")->value, "", "a value may be empty");
	environ_free(env);
}

static void
test_update(void)
{
	struct environ	*from = environ_new(), *to = environ_new();

	environ_set(from, "SSH_TTY", false, "t");
	environ_set(from, "SSH_CONNECTION", false, "c");
	environ_set(from, "OTHER", false, "o");
	environ_set(to, "DISPLAY", false, ":0");
	environ_update("DISPLAY SSH_*", from, to);
	is_str(environ_find(to, "SSH_TTY")->value, "t",
	    "a pattern names several variables");
	is_str(environ_find(to, "SSH_CONNECTION")->value, "c", "all of them");
	ok(environ_find(to, "OTHER") == NULL, "and no others");
	ok(environ_find(to, "DISPLAY")->value == NULL,
	    "what the client does not have is removed");
	environ_free(from);
	environ_free(to);
}

static void
test_vec(void)
{
	struct environ	*env = environ_new(), *copy = environ_new();
	char		**vec;

	environ_set(env, "A", false, "1");
	environ_set(env, "H", true, "hidden");
	environ_clear(env, "R");
	environ_copy(env, copy);
	is_int(environ_count(copy), 3, "a copy has all of it");
	ok(environ_find(copy, "H")->hidden, "what is hidden stays hidden");
	vec = environ_vec(copy);
	is_str(vec[0], "A=1", "a child gets the variable");
	ok(vec[1] == NULL, "and neither hidden nor removed ones");
	environ_vec_free(vec);
	environ_vec_free(NULL);		/* of a child with no other than ours */
	environ_free(env);
	environ_free(copy);
}

int
main(void)
{
	test_set();
	test_put();
	test_update();
	test_vec();
	return (done_testing());
}
