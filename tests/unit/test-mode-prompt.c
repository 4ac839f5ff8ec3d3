/* SPDX-License-Identifier: ISC */

/* The line editor of prompts: keys in, text and results out. */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "mode/prompt.h"
#include "tap.h"

static struct mode		*mode;
static struct mode_result	 res;
static char			 inputs[1024];	/* all that was reported */
static bool			 left, forwarded;

static const char *
history(void *arg, size_t n)
{
	static const char *const	 list[] = { "newest", "older" };

	(void)arg;
	return (n < 2 ? list[n] : NULL);
}

static char *
complete(void *arg, const char *line, size_t at, size_t len)
{
	(void)arg;
	if (len == 3 && strncmp(line + at, "sel", 3) == 0)
		return (xstrdup("select-"));
	return (NULL);
}

static char *
paste(void *arg)
{
	(void)arg;
	return (xstrdup("pasted\nnot this"));
}

static void
begin(unsigned flags, bool vi, const char *initial)
{
	struct prompt_config	 pc = { .prompt = "(p) ", .flags = flags,
				    .vi = vi, .initial = initial,
				    .separators = " -_@", .history = history,
				    .complete = complete, .paste = paste };

	mode = prompt_new(&pc);
	inputs[0] = '\0';
	left = forwarded = false;
}

static void
finish(void)
{
	mode_free(mode);
	mode = NULL;
}

static void
key(key_code code)
{
	struct key_event	 ev = { .code = code };

	mode_result_init(&res);
	mode_key(mode, &ev, -1, -1, &res);
	if (res.acts & ACT_INPUT)
		snprintf(inputs + strlen(inputs),
		    sizeof inputs - strlen(inputs), "%s%s;",
		    res.text != NULL ? res.text : "NULL",
		    res.final ? "!" : "");
	left = left || (res.acts & ACT_LEAVE);
	forwarded = forwarded || (res.acts & ACT_FORWARD);
	mode_result_fini(&res);
}

/* Names of keys with blanks between; other words are typed. */
static void
keys(const char *names)
{
	char		*copy = xstrdup(names), *next = copy, *word, *cp;
	key_code	 code;

	while ((word = strsep(&next, " ")) != NULL) {
		code = strlen(word) > 1 ? key_parse(word) : KEY_UNKNOWN;
		if (code != KEY_UNKNOWN) {
			key(code);
			continue;
		}
		for (cp = word; *cp != '\0'; cp++)
			key((key_code)(unsigned char)*cp);
	}
	free(copy);
}

static void
edits(bool vi, const char *initial, const char *names, const char *want)
{
	begin(0, vi, initial);
	keys(names);
	keys(vi ? "" : "X");
	is_str(prompt_text(mode), want, "%s %s: %s", vi ? "vi" : "emacs",
	    initial, names);
	finish();
}

static void
test_emacs(void)
{
	edits(false, "", "abc", "abcX");
	edits(false, "abc", "Left Left", "aXbc");
	edits(false, "abc", "C-a", "Xabc");
	edits(false, "abc", "Home C-e", "abcX");
	edits(false, "abc", "BSpace", "abX");
	edits(false, "abc", "C-a DC", "Xbc");
	edits(false, "abc", "C-a C-d C-d", "Xc");
	edits(false, "one two", "C-w", "one X");
	edits(false, "one two ", "C-w", "one X");
	edits(false, "one-two", "C-w", "one-X");
	edits(false, "one two", "C-u", "X");
	edits(false, "one two", "C-w C-a C-y", "twoXone ");
	edits(false, "one two", "Home C-k", "X");
	edits(false, "one two", "Home Right C-k C-a C-y", "ne twoXo");
	edits(false, "one two", "M-b", "one Xtwo");
	edits(false, "one two", "M-b M-b M-f", "oneX two");
	edits(false, "one two", "C-Left C-Left", "Xone two");
	edits(false, "abc", "C-t", "acbX");
	edits(false, "abc", "Left C-t", "acbX");
	edits(false, "", "C-y", "pastedX");
	edits(false, "sel", "Tab", "select-X");
	edits(false, "x", "Up", "newestX");
	edits(false, "x", "Up Up Up", "olderX");
	edits(false, "x", "Up Up Down", "newestX");
	edits(false, "x", "Up Down", "xX");
	edits(false, "aé日b", "Left Left Left", "aXé日b");
	edits(false, "aé日b", "Left BSpace", "aéXb");
}

static void
test_vi(void)
{
	edits(true, "abc", "Escape h h i Z", "aZbc");
	edits(true, "abc", "Escape 0 x", "bc");
	edits(true, "abc", "Escape A Z", "abcZ");
	edits(true, "abc", "Escape I Z", "Zabc");
	edits(true, "abc def", "Escape 0 w i Z", "abc Zdef");
	edits(true, "abc def", "Escape b i Z", "abc Zdef");
	edits(true, "abc def", "Escape 0 e a Z", "abcZ def");
	edits(true, "abc-d ef", "Escape 0 W i Z", "abc-d Zef");
	edits(true, "abc def", "Escape 0 w D", "abc ");
	edits(true, "abc def", "Escape d", "");
	edits(true, "abc def", "Escape 0 w C Z", "abc Z");
	edits(true, "abc", "Escape S Z", "Z");
	edits(true, "abc", "Escape 0 s Z", "Zbc");
	edits(true, "abc", "Escape X", "ab");
	edits(true, "abc", "Escape k", "newest");
}

static void
test_ends(void)
{
	begin(0, false, "text");
	keys("Enter");
	is_str(inputs, "text!;", "Enter gives the text");
	ok(left, "and ends");
	finish();

	begin(0, false, "text");
	keys("Escape");
	is_str(inputs, "NULL!;", "Escape cancels");
	finish();

	begin(0, true, "text");
	keys("Escape");
	ok(!left, "with vi keys not the first");
	keys("Escape");
	is_str(inputs, "NULL!;", "but the second");
	finish();

	begin(ASK_SINGLE, false, "");
	keys("y");
	is_str(inputs, "y!;", "a single key");
	finish();

	begin(ASK_KEY, false, "");
	keys("C-M-Up");
	is_str(inputs, "C-M-Up!;", "the name of a key");
	finish();

	begin(ASK_NUMERIC, false, "1");
	keys("5");
	keys("x");
	is_str(inputs, "15!;", "digits, until there is another key");
	ok(forwarded, "which is used again");
	finish();

	begin(ASK_BSPACE_EXIT, false, "a");
	keys("BSpace");
	ok(!left, "Backspace");
	keys("BSpace");
	is_str(inputs, "NULL!;", "in an empty line cancels, if wanted");
	finish();

	begin(ASK_SINGLE | ASK_CONFIRM, false, "");
	keys("Enter");
	is_str(inputs, "NULL!;", "a question is not answered by Enter");
	finish();
	begin(ASK_SINGLE | ASK_CONFIRM | ASK_ACCEPT, false, "");
	keys("Enter");
	is_str(inputs, "\r!;", "unless Enter means yes");
	finish();
}

static void
test_incremental(void)
{
	begin(ASK_INCREMENTAL, false, "");
	keys("a b");
	keys("C-r");
	keys("C-s");
	keys("BSpace");
	keys("Left");
	keys("Enter");
	is_str(inputs, "=a;=ab;-ab;+ab;=a;a!;", "each change is reported");
	finish();

	begin(ASK_INCREMENTAL, false, "");
	keys("C-r");
	is_str(inputs, "=newest;", "what was sought before");
	finish();
}

static void
test_draw(void)
{
	struct canvas		*cv = canvas_new(12, 2);
	struct mode_result	 r;
	char			 out[64];

	begin(0, false, "abc");
	is_int(prompt_draw(mode, cv, 1, 12), 7, "the cursor is behind it");
	row_text(cv->row[1], 0, 12, out, sizeof out);
	is_str(out, "(p) abc     ", "label and text");
	keys("defghijk");
	is_int(prompt_draw(mode, cv, 1, 12), 11, "at the edge");
	row_text(cv->row[1], 0, 12, out, sizeof out);
	is_str(out, "(p) efghijk ", "a long text is scrolled");
	keys("Home");
	is_int(prompt_draw(mode, cv, 1, 12), 4, "at the start");
	row_text(cv->row[1], 0, 12, out, sizeof out);
	is_str(out, "(p) abcdefgh", "its beginning");
	mode_result_init(&r);
	prompt_insert(mode, "x\ny", 3, &r);
	mode_result_fini(&r);
	is_str(prompt_text(mode), "xyabcdefghijk", "a paste");
	prompt_update(mode, "q: ", "new");
	prompt_draw(mode, cv, 1, 12);
	row_text(cv->row[1], 0, 12, out, sizeof out);
	is_str(out, "q: new      ", "another question");
	finish();
	canvas_free(cv);
}

int
main(void)
{
	test_emacs();
	test_vi();
	test_ends();
	test_incremental();
	test_draw();
	return (done_testing());
}
