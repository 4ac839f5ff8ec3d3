/* SPDX-License-Identifier: ISC */
#ifndef OS_PTY_H
#define OS_PTY_H

#include <stdbool.h>

#include <termios.h>

/*
 * Pseudo terminals.  The master is ours: non-blocking and close-on-exec.
 * Nothing here, and nothing elsewhere, may call tcsetattr() on the master: on
 * macOS and NetBSD that discards pending output.  A slave descriptor kept
 * open would hide the hangup when the last program exits, so it is open only
 * from os_pty_open() to os_spawn().
 */
#define OS_PTY_NAME_MAX	64

struct os_pty {
	int	master;
	int	slave;		/* close-on-exec; -1 once closed */
	char	name[OS_PTY_NAME_MAX];
};

/*
 * Open a pair of this size.  The slave starts with the flags of tio, or, if
 * that is NULL, with those a login terminal has (UTF-8, echo, line mode,
 * erase is DEL).  Returns 0, or -1 with errno set.
 */
int	os_pty_open(struct os_pty *, int cols, int rows,
	    const struct termios *tio);

/* Close what is open of the slave, or of both ends. */
void	os_pty_close_slave(struct os_pty *);
void	os_pty_close(struct os_pty *);

/* The flags that os_pty_open() uses when it is given none. */
void	os_pty_termios(struct termios *);

/* New size in cells and pixels (0 if not known); the programs are told. */
int	os_pty_resize(int master, int cols, int rows, int xpixel, int ypixel);

/* What the program in the pty has set up, as seen from the master. */
struct os_tty_flags {
	bool		echo;
	bool		icanon;
	bool		isig;
	bool		iexten;
	bool		echoctl;
	bool		icrnl;
	bool		ixon;
	bool		iutf8;
	bool		echoe, echok, echoke;
	unsigned char	erase;	/* special characters; 0 when disabled */
	unsigned char	werase;
	unsigned char	kill;
	unsigned char	eof;
	unsigned char	intr;
	unsigned char	quit;
	unsigned char	susp;
	unsigned char	lnext;
	unsigned char	reprint;
};
/* One tcgetattr(). Returns 0, or -1 with errno set. */
int	os_pty_flags(int master, struct os_tty_flags *);

/*
 * Whether input that was written to the master has not been read by the
 * program yet.  In line mode only complete lines count.  Exact on Linux, with
 * everything written before the call accounted for (a poll on the slave is
 * the fence), so in cooked mode the kernel's echo is readable from the master
 * when this returns.  Costs about 20 us there.
 */
enum os_pty_pending {
	PENDING_NO,
	PENDING_YES,
	PENDING_UNKNOWN		/* this system cannot say */
};
enum os_pty_pending	os_pty_input_pending(const struct os_pty *);

#endif /* OS_PTY_H */
