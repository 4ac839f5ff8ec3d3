/* SPDX-License-Identifier: ISC */

/* lib-term.c - see lib-term.h. */

#include <sys/ioctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "config.h"
#ifdef HAVE_VTERM
#include <vterm.h>
#endif
#include "e2e/lib-term.h"
#include "tap.h"

#if defined(__SANITIZE_ADDRESS__)
#define SLOWER	4
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOWER	4
#endif
#endif
#ifndef SLOWER
#define SLOWER	1
#endif

#define PATIENCE	20000	/* ms: a loaded machine is no failure */
#define PATIENCE_LEFT	4000	/* once several waits were in vain */
#define VAIN_MAX	3
#define TERMS_MAX	32
#define RAW_MAX		(64u << 20)

struct term {
	pid_t		 pid;
	int		 fd;
	int		 cols, rows;
	bool		 ended, closed, frozen;
	int		 status;
	int		 bells, mouse, shape;
	bool		 alternate, cursor_shown;
	char		*raw;
	size_t		 raw_len, raw_cap, seen;
	char		*text;		/* of term_row, term_screen */
	size_t		 text_cap;
	char		*title;
	int64_t		 drawn;
#ifdef HAVE_VTERM
	VTerm		*vt;
	VTermScreen	*screen;
	VTermState	*state;
#endif
};

static struct term	*terms[TERMS_MAX];
static int		 vain;

/*** Diagnostics that belong to the next point ***/

static char	*pending;
static size_t	 npending;

void
later(const char *fmt, ...)
{
	va_list	 ap;
	char	*s, *p, *q;
	int	 n;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n == -1)
		return;
	pending = realloc(pending, npending + (size_t)n * 3 + 4);
	p = pending + npending;
	p += sprintf(p, "# ");
	for (q = s; *q != '\0'; q++) {
		*p++ = *q;
		if (*q == '\n')
			p += sprintf(p, "# ");
	}
	*p++ = '\n';
	npending = (size_t)(p - pending);
	free(s);
}

void
later_show(const char *label, const char *text)
{
	char	*s = malloc(strlen(text) * 4 + 1), *p = s;

	for (; *text != '\0'; text++) {
		if (*text == '\n')
			p += sprintf(p, "\\n");
		else if ((unsigned char)*text < 0x20 || *text == 0x7f)
			p += sprintf(p, "\\%03o", (unsigned char)*text);
		else
			*p++ = *text;
	}
	*p = '\0';
	later("%6s \"%s\"", label, s);
	free(s);
}

bool
later_flush(bool good)
{
	if (!good && npending > 0) {
		fwrite(pending, 1, npending, stdout);
		fflush(stdout);
	}
	npending = 0;
	return (good);
}

int64_t
now_ms(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000);
}

int
patience_ms(void)
{
	return ((vain >= VAIN_MAX ? PATIENCE_LEFT : PATIENCE) * SLOWER);
}

struct until
until_ms(int ms)
{
	struct until	u;

	u.end = now_ms() + ms;
	u.step = 1;
	return (u);
}

struct until
until(void)
{
	return (until_ms(patience_ms()));
}

bool
until_more(struct until *u)
{
	if (now_ms() >= u->end) {
		vain++;
		return (false);
	}
	pump(u->step);
	if (u->step < 20)
		u->step++;
	return (true);
}

#ifdef HAVE_VTERM

bool
term_available(void)
{
	return (true);
}

/*** What libvterm tells ***/

static int
on_prop(VTermProp prop, VTermValue *val, void *user)
{
	struct term	*t = user;

	if (prop == VTERM_PROP_ALTSCREEN)
		t->alternate = val->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor_shown = val->boolean;
	else if (prop == VTERM_PROP_CURSORSHAPE)
		t->shape = val->number;
	else if (prop == VTERM_PROP_MOUSE)
		t->mouse = val->number;
	return (1);
}

static int
on_bell(void *user)
{
	struct term	*t = user;

	t->bells++;
	return (1);
}

static const VTermScreenCallbacks callbacks = {
	.settermprop = on_prop,
	.bell = on_bell,
};

static void
on_output(const char *s, size_t n, void *user)
{
	struct term	*t = user;
	ssize_t		 w;

	if (t->fd == -1 || t->closed)
		return;
	w = write(t->fd, s, n);
	(void)w;
}

static void
screen_init(struct term *t)
{
	t->vt = vterm_new(t->rows, t->cols);
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, on_output, t);
	t->screen = vterm_obtain_screen(t->vt);
	t->state = vterm_obtain_state(t->vt);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
}

static void
screen_write(struct term *t, const char *data, size_t n)
{
	vterm_input_write(t->vt, data, n);
}

static void
screen_resize(struct term *t)
{
	vterm_set_size(t->vt, t->rows, t->cols);
}

static void
screen_fini(struct term *t)
{
	vterm_free(t->vt);
}

static size_t
put_utf8(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return (1);
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return (2);
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return (3);
	}
	out[0] = (char)(0xf0 | (c >> 18 & 7));
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return (4);
}

static long
colour(VTermScreen *screen, VTermColor *c, bool back)
{
	if (back ? VTERM_COLOR_IS_DEFAULT_BG(c) : VTERM_COLOR_IS_DEFAULT_FG(c))
		return (TERM_DEFAULT);
	(void)screen;
	if (VTERM_COLOR_IS_INDEXED(c))
		return (c->indexed.idx);
	return (TERM_RGB | c->rgb.red << 16 | c->rgb.green << 8 | c->rgb.blue);
}

void
term_cell(struct term *t, int x, int y, struct term_cell *out)
{
	VTermScreenCell	 cell;
	VTermPos	 pos = { .row = y, .col = x };
	size_t		 n = 0;
	int		 i;

	memset(out, 0, sizeof *out);
	if (!vterm_screen_get_cell(t->screen, pos, &cell)) {
		strcpy(out->text, " ");
		out->width = 1;
		return;
	}
	for (i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++) {
		if (cell.chars[i] == (uint32_t)-1)
			break;
		n += put_utf8(out->text + n, cell.chars[i]);
	}
	if (i == 0 && cell.chars[0] == 0)
		out->text[n++] = ' ';
	out->text[n] = '\0';
	out->width = cell.width;
	out->bold = cell.attrs.bold;
	out->italic = cell.attrs.italic;
	out->reverse = cell.attrs.reverse;
	out->strike = cell.attrs.strike;
	out->blink = cell.attrs.blink;
	out->underline = cell.attrs.underline;
	out->fg = colour(t->screen, &cell.fg, false);
	out->bg = colour(t->screen, &cell.bg, true);
}

void
term_cursor(struct term *t, int *x, int *y)
{
	VTermPos	pos;

	vterm_state_get_cursorpos(t->state, &pos);
	*x = pos.col;
	*y = pos.row;
}

#else /* Tests are skipped then; this only lets them link. */

bool
term_available(void)
{
	return (false);
}

static void
screen_init(struct term *t)
{
	(void)t;
}

static void
screen_write(struct term *t, const char *data, size_t n)
{
	(void)t;
	(void)data;
	(void)n;
}

static void
screen_resize(struct term *t)
{
	(void)t;
}

static void
screen_fini(struct term *t)
{
	(void)t;
}

void
term_cell(struct term *t, int x, int y, struct term_cell *out)
{
	(void)t;
	(void)x;
	(void)y;
	memset(out, 0, sizeof *out);
}

void
term_cursor(struct term *t, int *x, int *y)
{
	(void)t;
	*x = *y = 0;
}

#endif

/* Titles have another type in each version of the library: read our own. */
static void
find_title(struct term *t, size_t from)
{
	const char	*p, *end = t->raw + t->raw_len, *s;

	if (from > 4096)
		from -= 4096;
	else
		from = 0;
	for (p = t->raw + from; p + 4 < end; p++) {
		if (p[0] != '\033' || p[1] != ']' ||
		    (p[2] != '0' && p[2] != '2') || p[3] != ';')
			continue;
		for (s = p + 4; s < end && *s != '\007' && *s != '\033'; s++)
			;
		if (s == end)
			break;
		free(t->title);
		t->title = strndup(p + 4, (size_t)(s - p - 4));
	}
}

static void
take_bytes(struct term *t, const char *data, size_t n)
{
	if (t->raw_len + n + 1 > t->raw_cap) {
		t->raw_cap = (t->raw_len + n + 1) * 2;
		t->raw = realloc(t->raw, t->raw_cap);
	}
	if (t->raw_len + n < RAW_MAX) {
		memcpy(t->raw + t->raw_len, data, n);
		t->raw_len += n;
		t->raw[t->raw_len] = '\0';
	}
	find_title(t, t->raw_len - (n < t->raw_len ? n : t->raw_len));
	screen_write(t, data, n);
	t->drawn = now_ms();
}

/*** The program ***/

struct term *
term_run(int cols, int rows, const char *const env[], const char *fmt, ...)
{
	struct term	*t = calloc(1, sizeof *t);
	struct winsize	 ws = { .ws_row = (unsigned short)rows,
			    .ws_col = (unsigned short)cols };
	char		*command, *eq, *name;
	const char	*slave;
	va_list		 ap;
	int		 i, fd;

	va_start(ap, fmt);
	if (vasprintf(&command, fmt, ap) == -1)
		bail("out of memory");
	va_end(ap);
	t->cols = cols;
	t->rows = rows;
	t->cursor_shown = true;
	t->raw = calloc(1, 1);
	t->raw_cap = 1;
	screen_init(t);
	t->fd = posix_openpt(O_RDWR | O_NOCTTY);
	if (t->fd == -1 || grantpt(t->fd) != 0 || unlockpt(t->fd) != 0 ||
	    (slave = ptsname(t->fd)) == NULL)
		bail("no pty: %s", strerror(errno));
	fcntl(t->fd, F_SETFD, FD_CLOEXEC);
	ioctl(t->fd, TIOCSWINSZ, &ws);
	fflush(stdout);
	t->pid = fork();
	if (t->pid == 0) {
		setsid();
		if ((fd = open(slave, O_RDWR)) == -1)
			_exit(125);
		ioctl(fd, TIOCSCTTY, 0);
		ioctl(fd, TIOCSWINSZ, &ws);
		for (i = 0; i < 3; i++)
			dup2(fd, i);
		for (i = 3; i < 256; i++)
			close(i);
		signal(SIGPIPE, SIG_DFL);
		for (; env != NULL && *env != NULL; env++) {
			name = strdup(*env);
			if ((eq = strchr(name, '=')) != NULL) {
				*eq = '\0';
				setenv(name, eq + 1, 1);
			} else
				unsetenv(name);
		}
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(125);
	}
	if (t->pid == -1)
		bail("no process: %s", strerror(errno));
	free(command);
	fcntl(t->fd, F_SETFL, O_NONBLOCK);
	for (i = 0; i < TERMS_MAX; i++) {
		if (terms[i] == NULL) {
			terms[i] = t;
			return (t);
		}
	}
	bail("too many terminals in one test");
	return (NULL);
}

static void
read_some(struct term *t)
{
	char	chunk[16384];
	ssize_t	n;
	int	i;

	for (i = 0; i < 64; i++) {
		n = read(t->fd, chunk, sizeof chunk);
		if (n > 0) {
			take_bytes(t, chunk, (size_t)n);
			continue;
		}
		if (n == 0 || (errno != EAGAIN && errno != EINTR))
			t->closed = true;
		return;
	}
}

static void
reap(struct term *t)
{
	int	status;

	if (t->ended || t->pid <= 0)
		return;
	if (waitpid(t->pid, &status, WNOHANG) == t->pid) {
		t->ended = true;
		t->status = WIFEXITED(status) ? WEXITSTATUS(status) :
		    128 + WTERMSIG(status);
	}
}

void
pump(int ms)
{
	struct pollfd	pfd[TERMS_MAX];
	struct term	*of[TERMS_MAX];
	int		 i, n = 0, r;

	for (i = 0; i < TERMS_MAX; i++) {
		if (terms[i] == NULL)
			continue;
		reap(terms[i]);
		if (terms[i]->closed || terms[i]->frozen || terms[i]->fd == -1)
			continue;
		pfd[n].fd = terms[i]->fd;
		pfd[n].events = POLLIN;
		pfd[n].revents = 0;
		of[n++] = terms[i];
	}
	r = poll(pfd, (nfds_t)n, ms);
	for (i = 0; r > 0 && i < n; i++) {
		if (pfd[i].revents != 0)
			read_some(of[i]);
	}
}

void
term_hangup(struct term *t)
{
	if (t->fd != -1)
		close(t->fd);
	t->fd = -1;
	t->closed = true;
}

void
term_free(struct term *t)
{
	struct until	u = until_ms(3000);
	int		i;

	if (t == NULL)
		return;
	term_hangup(t);
	if (!t->ended)
		kill(t->pid, SIGCONT);
	for (reap(t); !t->ended && now_ms() < u.end; reap(t))
		pump(5);
	if (!t->ended) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, NULL, 0);
	}
	for (i = 0; i < TERMS_MAX; i++) {
		if (terms[i] == t)
			terms[i] = NULL;
	}
	screen_fini(t);
	free(t->raw);
	free(t->text);
	free(t->title);
	free(t);
}

/*** Typing ***/

void
term_send(struct term *t, const void *data, size_t n)
{
	const char	*p = data;
	struct until	 u = until();
	ssize_t		 w;

	while (n > 0 && t->fd != -1) {
		w = write(t->fd, p, n < 1024 ? n : 1024);
		if (w > 0) {
			p += w;
			n -= (size_t)w;
			u = until();
			pump(0);
			continue;
		}
		if (w == -1 && errno != EAGAIN && errno != EINTR)
			return;
		if (!until_more(&u)) {
			later("the program does not read its terminal");
			return;
		}
	}
}

void
term_type(struct term *t, const char *fmt, ...)
{
	va_list	 ap;
	char	*s;
	int	 n, first = 0;
	int64_t	 end = now_ms() + 3;

	va_start(ap, fmt);
	n = vasprintf(&s, fmt, ap);
	va_end(ap);
	if (n == -1)
		bail("out of memory");
	/* Keys that come all at once are taken for a paste: nobody types a
	 * prefix and a key in the same millisecond. */
	if (n > 1 && (*s == '\001' || *s == '\002')) {
		while (now_ms() < end)
			pump(1);
		term_send(t, s, 1);
		first = 1;
		for (end = now_ms() + 3; now_ms() < end; )
			pump(1);
	}
	term_send(t, s + first, (size_t)(n - first));
	free(s);
}

bool
term_type_until(struct term *t, const char *keys, const char *what)
{
	struct until	u = until();
	int64_t		next = 0;

	while (!term_has(t, what)) {
		if (now_ms() >= next) {
			term_type(t, "%s", keys);
			next = now_ms() + 500;
		}
		if (!until_more(&u)) {
			later("not on the screen: %s", what);
			term_dump(t);
			return (false);
		}
	}
	return (true);
}

void
term_click(struct term *t, int x, int y)
{
	term_type(t, "\033[<0;%d;%dM\033[<0;%d;%dm", x + 1, y + 1, x + 1, y + 1);
}

void
term_drag(struct term *t, int x0, int y0, int x1, int y1)
{
	term_type(t, "\033[<0;%d;%dM", x0 + 1, y0 + 1);
	term_type(t, "\033[<32;%d;%dM", (x0 + x1) / 2 + 1, (y0 + y1) / 2 + 1);
	term_type(t, "\033[<32;%d;%dM", x1 + 1, y1 + 1);
	term_type(t, "\033[<0;%d;%dm", x1 + 1, y1 + 1);
}

void
term_wheel(struct term *t, int x, int y, bool up)
{
	term_type(t, "\033[<%d;%d;%dM", up ? 64 : 65, x + 1, y + 1);
}

void
term_paste(struct term *t, const void *data, size_t n)
{
	term_send(t, "\033[200~", 6);
	term_send(t, data, n);
	term_send(t, "\033[201~", 6);
}

void
term_resize(struct term *t, int cols, int rows)
{
	struct winsize	ws = { .ws_row = (unsigned short)rows,
			    .ws_col = (unsigned short)cols };

	t->cols = cols;
	t->rows = rows;
	screen_resize(t);
	ioctl(t->fd, TIOCSWINSZ, &ws);
}

void
term_kill(struct term *t, int sig)
{
	if (!t->ended)
		kill(t->pid, sig);
}

void
term_freeze(struct term *t, bool on)
{
	t->frozen = on;
}

pid_t
term_pid(struct term *t)
{
	return (t->pid);
}

/*** Looking ***/

static size_t
add_row(struct term *t, int y, size_t at)
{
	struct term_cell	 c;
	size_t			 last = at, n;
	int			 x;

	if (at + (size_t)t->cols * sizeof c.text + 2 > t->text_cap) {
		t->text_cap = (at + (size_t)t->cols * sizeof c.text + 2) * 2;
		t->text = realloc(t->text, t->text_cap);
	}
	for (x = 0; x < t->cols; x++) {
		term_cell(t, x, y, &c);
		n = strlen(c.text);
		memcpy(t->text + at, c.text, n);
		at += n;
		if (strcmp(c.text, " ") != 0)
			last = at;
	}
	t->text[last] = '\0';
	return (last);
}

const char *
term_row(struct term *t, int y)
{
	add_row(t, y, 0);
	return (t->text);
}

const char *
term_screen(struct term *t)
{
	size_t	at = 0;
	int	y;

	for (y = 0; y < t->rows; y++) {
		at = add_row(t, y, at);
		t->text[at++] = '\n';
		t->text[at] = '\0';
	}
	return (t->text);
}

int
term_find(struct term *t, const char *what, int *x)
{
	struct term_cell	 c;
	const char		*row, *at;
	int			 y, col;
	size_t			 n;

	for (y = 0; y < t->rows; y++) {
		row = term_row(t, y);
		if ((at = strstr(row, what)) == NULL)
			continue;
		if (x != NULL) {
			n = (size_t)(at - row);
			for (col = 0; n > 0 && col < t->cols; col++) {
				term_cell(t, col, y, &c);
				n -= strlen(c.text) < n ? strlen(c.text) : n;
			}
			*x = col;
		}
		return (y);
	}
	return (-1);
}

bool
term_has(struct term *t, const char *what)
{
	return (term_find(t, what, NULL) != -1);
}

bool
term_cursor_shown(struct term *t)
{
	return (t->cursor_shown);
}

int
term_cursor_shape(struct term *t)
{
	return (t->shape);
}

bool
term_alternate(struct term *t)
{
	return (t->alternate);
}

int
term_mouse(struct term *t)
{
	return (t->mouse);
}

const char *
term_title(struct term *t)
{
	return (t->title != NULL ? t->title : "");
}

int
term_bells(struct term *t)
{
	return (t->bells);
}

const char *
term_raw(struct term *t, size_t *n)
{
	if (n != NULL)
		*n = t->raw_len;
	return (t->raw);
}

bool
term_wrote(struct term *t, const char *what)
{
	return (memmem(t->raw, t->raw_len, what, strlen(what)) != NULL);
}

void
term_forget(struct term *t)
{
	t->raw_len = 0;
	t->raw[0] = '\0';
}

static void
dump(struct term *t)
{
	int	y, x, last = -1;

	for (y = 0; y < t->rows; y++) {
		if (*term_row(t, y) != '\0')
			last = y;
	}
	term_cursor(t, &x, &y);
	later("screen %dx%d, cursor %d,%d%s%s%s:", t->cols, t->rows, x, y,
	    t->cursor_shown ? "" : " hidden",
	    t->alternate ? ", alternate" : "", t->ended ? ", ended" : "");
	for (y = 0; y <= last; y++)
		later("%3d|%s", y, term_row(t, y));
}

void
term_dump(struct term *t)
{
	dump(t);
	later_flush(false);
}

bool
term_same_cell(const struct term_cell *a, const struct term_cell *b, bool colours)
{
	if (strcmp(a->text, b->text) != 0)
		return (false);
	if (!colours || *a->text == '\0')
		return (true);
	if (a->bg != b->bg || a->reverse != b->reverse ||
	    a->underline != b->underline)
		return (false);
	return (strcmp(a->text, " ") == 0 || (a->fg == b->fg &&
	    a->bold == b->bold && a->italic == b->italic &&
	    a->strike == b->strike && a->blink == b->blink));
}

/*** Waiting ***/

bool
term_see(struct term *t, const char *fmt, ...)
{
	struct until	 u = until();
	va_list		 ap;
	char		*s;
	bool		 good;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) == -1)
		bail("out of memory");
	va_end(ap);
	while (!(good = term_has(t, s)) && until_more(&u)) {
		if (t->ended && t->closed && !(good = term_has(t, s)))
			break;
	}
	if (!good) {
		later("not on the screen: %s", s);
		dump(t);
	}
	free(s);
	return (good);
}

bool
term_gone(struct term *t, const char *fmt, ...)
{
	struct until	 u = until();
	va_list		 ap;
	char		*s;
	bool		 good;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) == -1)
		bail("out of memory");
	va_end(ap);
	while (!(good = !term_has(t, s)) && until_more(&u))
		;
	if (!good) {
		later("still on the screen: %s", s);
		dump(t);
	}
	free(s);
	return (good);
}

bool
term_see_row(struct term *t, int y, const char *want)
{
	struct until	u = until();

	while (strcmp(term_row(t, y), want) != 0) {
		if (!until_more(&u)) {
			later("row %d is not: %s", y, want);
			dump(t);
			return (false);
		}
	}
	return (true);
}

bool
term_see_cursor(struct term *t, int wx, int wy)
{
	struct until	u = until();
	int		x, y;

	for (;;) {
		term_cursor(t, &x, &y);
		if (x == wx && y == wy)
			return (true);
		if (!until_more(&u)) {
			later("the cursor is not at %d,%d", wx, wy);
			dump(t);
			return (false);
		}
	}
}

bool
term_see_raw(struct term *t, const char *what)
{
	struct until	u = until();

	while (!term_wrote(t, what)) {
		if (!until_more(&u)) {
			later("these bytes were not written:");
			later_show("want", what);
			dump(t);
			return (false);
		}
	}
	return (true);
}

bool
term_see_title(struct term *t, const char *what)
{
	struct until	u = until();

	while (strstr(term_title(t), what) == NULL) {
		if (!until_more(&u)) {
			later("the title is \"%s\", without \"%s\"",
			    term_title(t), what);
			return (false);
		}
	}
	return (true);
}

bool
term_ended(struct term *t)
{
	struct until	u = until();

	while (!t->ended) {
		if (!until_more(&u)) {
			later("the program did not end");
			dump(t);
			return (false);
		}
	}
	/* What it wrote last may still be in the pty. */
	if (!t->closed && t->fd != -1)
		read_some(t);
	return (true);
}

int
term_status(struct term *t)
{
	return (t->ended ? t->status : -1);
}

bool
term_quiet(struct term *t, int ms)
{
	struct until	u = until();

	while (now_ms() - t->drawn < ms) {
		if (!until_more(&u))
			return (false);
	}
	return (true);
}

void
term_free_all(void)
{
	int	i;

	for (i = 0; i < TERMS_MAX; i++)
		term_free(terms[i]);
}
