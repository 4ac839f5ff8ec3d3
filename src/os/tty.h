/* SPDX-License-Identifier: ISC */
#ifndef OS_TTY_H
#define OS_TTY_H

#include <termios.h>

/* The terminal that the user sits at. */
struct os_tty {
	int		fd;
	int		raw;	/* we have changed it */
	struct termios	saved;
};

/* Take fd (not owned) and note its flags.  0, or -1 with errno. */
int	os_tty_init(struct os_tty *, int fd);

/* Raw: no echo, no signals, 8 bits, one byte at a time.  0, or -1. */
int	os_tty_raw(struct os_tty *);

/* As it was found; safe to call twice and in a signal handler. */
void	os_tty_restore(struct os_tty *);

/* Size in cells and, if known, pixels (else 0).  0, or -1 with errno. */
struct os_tty_size {
	int	cols;
	int	rows;
	int	xpixel;
	int	ypixel;
};
int	os_tty_size(int fd, struct os_tty_size *);

#endif /* OS_TTY_H */
