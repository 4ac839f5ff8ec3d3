/* SPDX-License-Identifier: ISC */
#ifndef LIB_TERM_H
#define LIB_TERM_H

/*
 * A terminal for tests: a program in a pty, and what it draws read by
 * libvterm, which knows nothing of ours.
 *
 * Nothing here sleeps for a while and hopes.  Each wait is for a condition,
 * with a deadline, and reads all terminals meanwhile, so that none of several
 * programs is held up because the test looks at another.  A wait that fails
 * shows the screen as diagnostics.
 */

#include <sys/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tap.h"

struct term;

/* Colours: the default, 0 to 255, or TERM_RGB | 0xrrggbb. */
#define TERM_DEFAULT	(-1)
#define TERM_RGB	0x1000000

struct term_cell {
	char	text[40];	/* UTF-8; "" behind a wide one; " " empty */
	int	width;
	bool	bold, italic, reverse, strike, blink;
	int	underline;
	long	fg, bg;
};

/* Whether there is a libvterm to read with. */
bool		 term_available(void);

/*
 * Run a shell command line in a new pty.  The environment is the test's own
 * with env added: a list of NAME=VALUE, or NAME to take one away, ended by
 * NULL; NULL for none.
 */
struct term	*term_run(int cols, int rows, const char *const env[],
		    const char *command, ...)
		    __attribute__((format(printf, 4, 5)));
/* Hang up: close the pty's master, end the program if it goes on, free. */
void		 term_free(struct term *);
/* All of them. */
void		 term_free_all(void);

/* Typing.  term_type takes text with \e for Escape as C has it: bytes. */
void		 term_send(struct term *, const void *, size_t);
void		 term_type(struct term *, const char *, ...)
		    __attribute__((format(printf, 2, 3)));
/* Type it twice a second until it brings this onto the screen. */
bool		 term_type_until(struct term *, const char *keys,
		    const char *what);
/* As a terminal sends a click: press and release, SGR mouse, from 0,0. */
void		 term_click(struct term *, int x, int y);
void		 term_drag(struct term *, int x0, int y0, int x1, int y1);
void		 term_wheel(struct term *, int x, int y, bool up);
void		 term_paste(struct term *, const void *, size_t);
void		 term_resize(struct term *, int cols, int rows);
void		 term_kill(struct term *, int sig);
/* Hang up only: what a terminal window does when it is closed. */
void		 term_hangup(struct term *);
/* Stop reading what it writes, as a hung terminal would; and go on. */
void		 term_freeze(struct term *, bool);
pid_t		 term_pid(struct term *);

/* What is on the screen.  Rows without blanks at the end; to be freed never. */
const char	*term_row(struct term *, int y);
const char	*term_screen(struct term *);	/* rows joined by newlines */
bool		 term_has(struct term *, const char *);
int		 term_find(struct term *, const char *, int *x);
void		 term_cell(struct term *, int x, int y, struct term_cell *);
/* As the eye sees it: of a blank only the background counts, of a wide
 * character only the left half. */
bool		 term_same_cell(const struct term_cell *,
		    const struct term_cell *, bool colours);
void		 term_cursor(struct term *, int *x, int *y);
bool		 term_cursor_shown(struct term *);
int		 term_cursor_shape(struct term *);
bool		 term_alternate(struct term *);
int		 term_mouse(struct term *);
const char	*term_title(struct term *);
int		 term_bells(struct term *);
/* Every byte it wrote since the start or since term_forget. */
const char	*term_raw(struct term *, size_t *);
bool		 term_wrote(struct term *, const char *);
void		 term_forget(struct term *);

/* Conditions, with the usual deadline.  False: it did not come about. */
bool		 term_see(struct term *, const char *, ...)
		    __attribute__((format(printf, 2, 3)));
bool		 term_gone(struct term *, const char *, ...)
		    __attribute__((format(printf, 2, 3)));
bool		 term_see_row(struct term *, int y, const char *);
bool		 term_see_cursor(struct term *, int x, int y);
bool		 term_see_raw(struct term *, const char *);
bool		 term_see_title(struct term *, const char *);
/* The program has ended and all it wrote was read; then its exit status,
 * 128 + signal for a killed one. */
bool		 term_ended(struct term *);
int		 term_status(struct term *);
/* Nothing was drawn for so many milliseconds. */
bool		 term_quiet(struct term *, int ms);

void		 term_dump(struct term *);

/* Milliseconds of some clock. */
int64_t		 now_ms(void);
/* The usual deadline, longer when sanitizers slow all down. */
int		 patience_ms(void);
/* Read all terminals, for up to so long. */
void		 pump(int ms);

/*
 *	struct until u = until();
 *	while (!condition && until_more(&u))
 *		;
 */
struct until {
	int64_t	end;
	int	step;
};
struct until	 until(void);
struct until	 until_ms(int);
bool		 until_more(struct until *);

/* Say something with the next point, if that fails. */
void		 later(const char *, ...) __attribute__((format(printf, 1, 2)));
void		 later_show(const char *label, const char *);
bool		 later_flush(bool good);

#undef ok
#define ok(cond, ...)							\
	later_flush(tap_point((cond), __FILE__, __LINE__, __VA_ARGS__))

/* As test points. */
#define see(t, text, ...)	ok(term_see((t), "%s", (text)), __VA_ARGS__)
#define gone(t, text, ...)	ok(term_gone((t), "%s", (text)), __VA_ARGS__)

#endif
