/* SPDX-License-Identifier: ISC */

/*
 * terminal.c - the user's terminal as a device: raw and back, its size, its features.
 *
 * What is drawn comes from screen.c into a buffer, which is written as fast as the terminal
 * takes it.  Whatever takes the terminal away from us for a while (suspend, lock, the end)
 * goes through terminal_leave(), so that it is always left as it was found.
 *
 * Its features have four sources, each above the one before: terminfo and the environment;
 * -T; the server's options; what the terminal itself answers.  They are made anew from all of
 * them when one changes.
 */

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "client/client-int.h"
#include "os/clock.h"
#include "tty/query.h"

void
terminal_flush(struct app *a)
{
	ssize_t	n;

	while (buf_len(&a->tty_out) > 0 && !a->tty_closed) {
		n = write(a->tty_fd, buf_data(&a->tty_out), buf_len(&a->tty_out));
		if (n > 0)
			buf_drain(&a->tty_out, (size_t)n);
		else if (n < 0 && errno == EINTR)
			continue;
		else if (n < 0 && errno == EAGAIN) {
			event_add(a->tty_write, NULL);
			return;
		} else
			a->tty_closed = true;
	}
}

void
terminal_writable(int fd, short what, void *arg)
{
	struct app	*a = arg;

	(void)fd;
	(void)what;
	a->now = os_clock();
	terminal_flush(a);
}

void
terminal_enter(struct app *a)
{
	if (!a->have_tty)
		return;
	os_tty_raw(&a->tty);
	os_set_nonblock(a->tty_fd, true);
	screen_start(a->screen, &a->tty_out);
	query_start(a->tinfo, &a->tty_out);
	event_add(a->tty_read, NULL);
	terminal_flush(a);
}

void
terminal_leave(struct app *a)
{
	struct pollfd	pf = { .fd = a->tty_fd, .events = POLLOUT };
	int		tries;

	if (!a->have_tty)
		return;
	event_del(a->tty_read);
	buf_clear(&a->tty_out);
	screen_stop(a->screen, &a->tty_out);
	for (tries = 0; tries < 20 && buf_len(&a->tty_out) > 0 && !a->tty_closed; tries++) {
		terminal_flush(a);
		if (buf_len(&a->tty_out) > 0)
			poll(&pf, 1, 50);
	}
	os_set_nonblock(a->tty_fd, false);
	/* Replies to our questions that are still under way are not for the shell. */
	tcflush(a->tty_fd, TCIFLUSH);
	os_tty_restore(&a->tty);
}

/* Make the features anew from all that they come from.  False if nothing changed. */
static bool
features_make(struct app *a)
{
	struct tty_features	old = a->features;
	int			i;

	features_init(&a->features, a->tinfo, getenv("COLORTERM"), a->utf8);
	if (a->args->features != NULL)
		features_add(&a->features, a->args->features);
	for (i = 0; i < a->terminal.nfeatures; i++)
		features_option(&a->features, a->tinfo, a->terminal.features[i]);
	features_merge(&a->features, &a->told);
	features_deny(&a->features, a->tinfo);
	return (memcmp(&old, &a->features, sizeof old) != 0);
}

void
terminal_features_send(struct app *a)
{
	struct talk_features	 f;
	char			 list[512];

	memset(&f, 0, sizeof f);
	f.features = features_list(&a->features, list, sizeof list);
	f.term_type = a->features.name;
	f.colours = (uint32_t)a->features.colours;
	f.fg = a->features.fg;
	f.bg = a->features.bg;
	f.theme = a->features.theme == 1 ? 2 : a->features.theme == 2 ? 1 : 0;
	talk_add_features(&a->talk_out, &f);
	client_talk_flush(a);
	conn_wake(a->conn);
}

void
terminal_reply(struct app *a, const struct tty_reply *r)
{
	if (features_reply(&a->told, r) && features_make(a)) {
		screen_features_changed(a->screen, &a->tty_out);
		terminal_features_send(a);
	}
}

/* The options about terminals, for the first time or changed. */
void
terminal_take(struct app *a, const struct record *rec)
{
	struct talk_terminal	 t;
	size_t			 i;

	if (!a->have_tty || !talk_parse_terminal(rec, &t))
		return;
	talk_terminal_fini(&a->terminal);
	a->terminal = t;
	tinfo_reload(a->tinfo);
	for (i = 0; i < (size_t)t.noverrides; i++)
		tinfo_override(a->tinfo, t.overrides[i]);
	features_make(a);
	tty_keys_set_terminal(a->keys, a->tinfo, &a->features);
	for (i = 0; i < a->nuser || i < (size_t)t.nkeys; i++)
		tty_keys_set_user(a->keys, KEY_USER_0 + i,
		    i < (size_t)t.nkeys && *t.keys[i] != '\0' ? t.keys[i] : NULL);
	a->nuser = (size_t)t.nkeys;
	if (a->attached) {
		screen_features_changed(a->screen, &a->tty_out);
		terminal_features_send(a);
	}
}

void
terminal_suspend(struct app *a)
{
	a->suspend_asked = false;
	client_talk_word(a, TALK_SUSPENDED, 0, 0);
	client_talk_flush(a);
	net_send(a);
	links_flush(a->links, 200);
	terminal_leave(a);
	kill(getpid(), SIGSTOP);
	/* Here we are again. */
	a->now = os_clock();
	terminal_enter(a);
	screen_invalidate(a->screen);
	client_talk_word(a, TALK_RESUMED, 0, 0);
	a->resized = true;
}

void
terminal_lock(struct app *a)
{
	char	*command = a->lock_asked;

	a->lock_asked = NULL;
	terminal_leave(a);
	/* That we ignore it is not for the programs of others. */
	signal(SIGPIPE, SIG_DFL);
	if (system(command) == -1)
		fprintf(stderr, "rmux: %s: %s\n", command, strerror(errno));
	signal(SIGPIPE, SIG_IGN);
	a->now = os_clock();
	terminal_enter(a);
	screen_invalidate(a->screen);
	free(command);
}

void
terminal_size(struct app *a)
{
	struct os_tty_size	 size;
	struct view_want	 want;

	if (!a->have_tty || os_tty_size(a->tty_fd, &size) != 0)
		return;
	a->cols = size.cols > 0 ? size.cols : 80;
	a->rows = size.rows > 0 ? size.rows : 24;
	memset(&want, 0, sizeof want);
	want.cols = (uint16_t)a->cols;
	want.rows = (uint16_t)a->rows;
	want.xpixel = (uint16_t)(size.xpixel / a->cols);
	want.ypixel = (uint16_t)(size.ypixel / a->rows);
	want.flags = VIEW_WANT_FOCUSED;
	replica_want(a->replica, &want);
	screen_resize(a->screen, a->cols, a->rows);
	conn_wake(a->conn);
}

void
terminal_init(struct app *a)
{
	enum os_locale	 loc;
	const char	*term = getenv("TERM");
	char		*cause = NULL;

	loc = a->locale = os_locale_init();
	a->tty_fd = STDIN_FILENO;
	a->have_tty = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) &&
	    os_tty_init(&a->tty, STDIN_FILENO) == 0;
	if (loc != OS_LOCALE_UTF8 && a->have_tty && !a->args->utf8 && a->args->argc > 0 &&
	    loc == OS_LOCALE_NONE)
		fprintf(stderr, "rmux: no UTF-8 locale on this machine: other letters than ASCII "
		    "will show as '_'\n");
	/* A command's output needs no knowledge of terminals. */
	a->tinfo = a->have_tty ? tinfo_load(term, &cause) : tinfo_fallback("dumb");
	if (cause != NULL && a->have_tty)
		fprintf(stderr, "rmux: %s\n", cause);
	free(cause);
	a->utf8 = loc == OS_LOCALE_UTF8 || loc == OS_LOCALE_FALLBACK || a->args->utf8;
	features_make(a);
	a->keys = tty_keys_new(a->tinfo, &a->features);
	if (a->have_tty)
		tty_keys_set_erase(a->keys, a->tty.saved.c_cc[VERASE]);
}

void
terminal_fini(struct app *a)
{
	screen_free(a->screen);
	talk_terminal_fini(&a->terminal);
	tinfo_free(a->tinfo);
	buf_fini(&a->tty_out);
}
