/* SPDX-License-Identifier: ISC */

/*
 * Copy mode, with the keys of emacs and of vi and with the mouse; the buffers;
 * what is pasted arrives whole; what is copied reaches the outer clipboard.
 */

#include "e2e/lib-rmux.h"

static bool
in_mode(bool on)
{
	return (mux_until(on ? "1" : "0",
	    "display-message -p '#{pane_in_mode}'"));
}

/* A key that asks, and the answer. */
static void
ask(struct term *t, const char *key, const char *question, const char *answer)
{
	term_type(t, "%s", key);
	term_see(t, "%s", question);
	term_type(t, "%s", answer);
}

static void
emacs_keys(struct term *t)
{
	mux("set-option -wg mode-keys emacs");
	term_type(t, "seq 1 200 | sed s/^/line-/\r");
	see(t, "line-200", "more lines than the screen has are printed");
	term_type(t, "\002[");
	ok(in_mode(true), "C-b [ enters copy mode");
	see(t, "[0/", "the position is shown");
	term_type(t, "\033v");
	see(t, "line-170", "M-v goes back a page");
	gone(t, "line-199", "the end is out of sight");
	term_type(t, "\033<");
	see(t, "line-1", "M-< goes to the top of the history");
	ok(term_see(t, "seq 1 200"), "the oldest line is there");
	term_type(t, "\033>");
	see(t, "line-200", "M-> goes to the end");
	term_type(t, "\022");
	see(t, "(search up)", "C-r asks what to search for");
	term_type(t, "line-77\r");
	see(t, "line-77", "the line is found in the history");
	ok(mux_until("line-77", "display-message -p '#{copy_cursor_line}'"),
	    "the cursor is there");
	mux("send-keys -X start-of-line");
	mux("send-keys -X begin-selection");
	mux("send-keys -X end-of-line");
	ok(mux_good("send-keys -X copy-selection-and-cancel"),
	    "a selection is copied");
	ok(in_mode(false), "copying leaves the mode");
	is_str(mux("show-buffer"), "line-77", "the buffer has the line");
	term_type(t, "echo ");
	term_type(t, "\002]");
	see(t, "$ echo line-77", "C-b ] pastes it");
	term_type(t, "\r");
	ok(in_mode(false), "the mode is left");
	term_type(t, "\002[");
	ok(in_mode(true), "copy mode once more");
	term_type(t, "q");
	ok(in_mode(false), "q leaves it");
	term_type(t, "\002\033[5~");
	ok(in_mode(true), "C-b PageUp enters it");
	term_type(t, "\003");
	ok(in_mode(false), "C-c leaves it");
}

static void
vi_keys(struct term *t)
{
	mux("set-option -wg mode-keys vi");
	term_type(t, "\002[");
	ok(in_mode(true), "copy mode with the keys of vi");
	ask(t, "?", "(search up)", "line-150\r");
	see(t, "line-150", "? searches backwards");
	term_type(t, "0");
	ok(mux_until("0", "display-message -p '#{copy_cursor_x}'"),
	    "0 goes to the start of the line");
	term_type(t, " ");
	ok(mux_until("1", "display-message -p '#{selection_present}'"),
	    "Space begins a selection");
	term_type(t, "jj$");
	term_type(t, "\r");
	ok(in_mode(false), "Enter copies and leaves");
	is_str(mux("show-buffer"), "line-150\nline-151\nline-152",
	    "three lines were copied");
	term_type(t, "\002[");
	ok(in_mode(true), "once more");
	ask(t, "?", "(search up)", "line-15\r");
	term_type(t, "n");
	see(t, "line-157", "n goes to the next match");
	term_type(t, "g");
	see(t, "seq 1 200", "g goes to the top");
	term_type(t, "G");
	see(t, "line-200", "G goes to the end");
	term_type(t, "q");
	ok(in_mode(false), "q leaves");
	mux("set-option -wg mode-keys emacs");
}

static void
by_mouse(struct term *t)
{
	struct until	u = until();
	int		x, y;

	mux("set-option -g mouse on");
	while (term_mouse(t) == 0 && until_more(&u))
		;
	term_wheel(t, 10, 10, true);
	ok(in_mode(true), "turning the wheel up enters copy mode");
	term_type(t, "q");
	ok(in_mode(false), "it is left");
	term_type(t, "clear; echo pick-this-word here\r");
	ok(term_see_row(t, 0, "pick-this-word here"), "a word is there");
	y = term_find(t, "pick-this-word", &x);
	term_quiet(t, 400);
	term_drag(t, x, y, x + 14, y);	/* the last is not in it */
	ok(mux_until("pick-this-word", "show-buffer"),
	    "dragging over a word copies it");
	mux("set-option -g mouse off");
	mux("send-keys -X cancel");
}

static void
buffers(void)
{
	ok(mux_good("set-buffer -b mine 'some text'"), "set-buffer sets");
	is_str(mux("show-buffer -b mine"), "some text", "show-buffer shows");
	ok(strstr(mux("list-buffers"), "mine: 9 bytes: \"some text\"") != NULL,
	    "list-buffers lists");
	ok(mux_good("set-buffer -a -b mine ' more'"), "set-buffer -a appends");
	ok(mux_good("save-buffer -b mine %s", mux_file("saved")),
	    "save-buffer saves");
	is_str(mux_read_file("saved"), "some text more", "the file has it");
	mux_write_file("toload", "from\na file\n");
	ok(mux_good("load-buffer -b loaded %s", mux_file("toload")),
	    "load-buffer loads");
	is_str(mux("show-buffer -b loaded"), "from\na file",
	    "the buffer has the file");
	is_str(shell("printf piped | %s -S %s load-buffer -b p - && %s -S %s "
	    "save-buffer -b p -", mux_program(), mux_socket(), mux_program(),
	    mux_socket()), "piped", "- is standard input and output");
	ok(mux_good("delete-buffer -b mine"), "delete-buffer deletes");
	mux("show-buffer -b mine");
	ok(mux_status() == 1 && strstr(mux_err(), "no buffer mine") != NULL,
	    "it is gone");
}

static void
clipboard(struct term *t)
{
	mux("set-option -s set-clipboard on");
	term_forget(t);
	ok(mux_good("set-buffer -w clip-me"), "a buffer goes to the clipboard");
	ok(term_see_raw(t, "Y2xpcC1tZQ=="),
	    "the outer terminal is sent it as OSC 52");
	term_forget(t);
	term_type(t, "printf '\\033]52;c;aW5zaWRl\\007'\r");
	ok(mux_until("inside", "show-buffer"),
	    "a program's own OSC 52 becomes a buffer");
	ok(term_see_raw(t, "aW5zaWRl"), "and reaches the outer terminal");
}

/* A large paste arrives byte for byte, with and without brackets. */
static void
pastes(struct term *t)
{
	static char	text[100001];
	struct until	u;
	const char	*got;
	size_t		i, n = sizeof text - 1;

	for (i = 0; i < n; i++)
		text[i] = i % 61 == 60 ? '\n' : (char)('!' + (i * 7 + i / 61) %
		    90);
	text[n - 1] = '\n';
	/* In raw mode: the tty's own line buffer holds 4096 bytes only. */
	term_type(t, "clear; stty raw -echo; printf '\\033[?2004hre%%sy\\r\\n' ad; "
	    "head -c %zu >%s; stty sane; echo got-$((1+1))\r", n + 12,
	    mux_file("pasted"));
	see(t, "ready", "a program asks for bracketed paste");
	term_paste(t, text, n);
	see(t, "got-2", "a paste of 100 kB comes to its end");
	got = mux_read_file("pasted");
	if (strlen(got) != n + 12)
		diag("%zu bytes arrived of %zu, up to \"%s\"", strlen(got),
		    n + 12, strlen(got) > 70 ? got + strlen(got) - 70 : got);
	ok(strncmp(got, "\033[200~", 6) == 0, "it begins with its bracket");
	ok(strlen(got) == n + 12 && strcmp(got + 6 + n, "\033[201~") == 0,
	    "it ends with its bracket");
	for (i = 0; i < n && got[6 + i] != '\0'; i++) {
		if (got[6 + i] != text[i] &&
		    !(text[i] == '\n' && got[6 + i] == '\r'))
			break;
	}
	is_int(i, n, "every byte between is right");
	term_type(t, "printf '\\033[?2004l'; clear\r");
	gone(t, "got-2", "the screen is cleared");

	if (!mux_is_rmux())
		return;
	term_type(t, "cat >%s; echo done $?\r", mux_file("lines"));
	term_see(t, "cat >");
	term_paste(t, "first\rsecond \xc3\xa4\xe6\xbc\xa2\r", 19);
	u = until();
	while (strcmp(mux_read_file("lines"),
	    "first\nsecond \xc3\xa4\xe6\xbc\xa2\n") != 0 && until_more(&u))
		;
	is_str(mux_read_file("lines"), "first\nsecond \xc3\xa4\xe6\xbc\xa2\n",
	    "a paste without brackets is as if typed");
	term_type(t, "\004");
	see(t, "done 0", "the program ends at C-d");
}

int
main(void)
{
	struct term	*t;

	mux_init();
	t = mux_new(80, 24);
	emacs_keys(t);
	vi_keys(t);
	by_mouse(t);
	buffers();
	clipboard(t);
	pastes(t);
	return (mux_done());
}
