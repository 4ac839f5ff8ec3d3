/* SPDX-License-Identifier: ISC */
/*
 * Pseudo terminals.
 *
 * Two findings shape this file (measured on Linux, read from the sources of
 * the others).  First, a slave descriptor kept open in the server hides the
 * hangup of a pane: so the slave is closed as soon as the child has it, and
 * opened again, for microseconds, when we need to ask it something.  Second,
 * on Linux what is written to the master travels to the line discipline by a
 * kernel worker, and only poll() on the slave waits for that worker: it is the
 * fence which makes FIONREAD mean something.
 *
 * Flags are read through the master, which every system allows, and never set
 * through it (see pty.h).
 */

#include "os/pty.h"

#include "config.h"

#include <sys/ioctl.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "os/sock.h"

void
os_pty_termios(struct termios *tio)
{
	memset(tio, 0, sizeof *tio);
	tio->c_iflag = ICRNL|IXON|BRKINT;
#ifdef IMAXBEL
	tio->c_iflag |= IMAXBEL;
#endif
#ifdef IUTF8
	tio->c_iflag |= IUTF8;
#endif
	tio->c_oflag = OPOST|ONLCR;
	tio->c_cflag = CREAD|CS8|HUPCL;
	tio->c_lflag = ICANON|ISIG|IEXTEN|ECHO|ECHOE|ECHOK;
#ifdef ECHOCTL
	tio->c_lflag |= ECHOCTL;
#endif
#ifdef ECHOKE
	tio->c_lflag |= ECHOKE;
#endif
	memset(tio->c_cc, _POSIX_VDISABLE, sizeof tio->c_cc);
	tio->c_cc[VINTR] = 'C' & 037;
	tio->c_cc[VQUIT] = '\\' & 037;
	tio->c_cc[VERASE] = 0177;
	tio->c_cc[VKILL] = 'U' & 037;
	tio->c_cc[VEOF] = 'D' & 037;
	tio->c_cc[VSTART] = 'Q' & 037;
	tio->c_cc[VSTOP] = 'S' & 037;
	tio->c_cc[VSUSP] = 'Z' & 037;
	tio->c_cc[VMIN] = 1;
	tio->c_cc[VTIME] = 0;
#ifdef VDSUSP
	tio->c_cc[VDSUSP] = 'Y' & 037;
#endif
#ifdef VREPRINT
	tio->c_cc[VREPRINT] = 'R' & 037;
#endif
#ifdef VWERASE
	tio->c_cc[VWERASE] = 'W' & 037;
#endif
#ifdef VLNEXT
	tio->c_cc[VLNEXT] = 'V' & 037;
#endif
#ifdef VDISCARD
	tio->c_cc[VDISCARD] = 'O' & 037;
#endif
#ifdef VSTATUS
	tio->c_cc[VSTATUS] = 'T' & 037;
#endif
	cfsetispeed(tio, B38400);
	cfsetospeed(tio, B38400);
}

static int
slave_name(int master, char *name, size_t size)
{
#ifdef HAVE_PTSNAME_R
	int		 error;

	if ((error = ptsname_r(master, name, size)) != 0) {
		errno = error;
		return (-1);
	}
#else
	const char	*s = ptsname(master);

	if (s == NULL)
		return (-1);
	if (strlcpy(name, s, size) >= size) {
		errno = ENAMETOOLONG;
		return (-1);
	}
#endif
	return (0);
}

/* A slave descriptor, by the master where that can be (no name, no race). */
static int
open_slave(int master, const char *name)
{
#ifdef TIOCGPTPEER
	int	fd = ioctl(master, TIOCGPTPEER, O_RDWR|O_NOCTTY|O_CLOEXEC);

	if (fd != -1)
		return (fd);
#else
	(void)master;
#endif
	return (open(name, O_RDWR|O_NOCTTY|O_CLOEXEC));
}

int
os_pty_open(struct os_pty *pty, int cols, int rows, const struct termios *tio)
{
	struct termios	def;
	int		saved;

	memset(pty, 0, sizeof *pty);
	pty->slave = -1;
	if ((pty->master = posix_openpt(O_RDWR|O_NOCTTY)) == -1)
		return (-1);
	if (os_set_cloexec(pty->master, true) == -1 ||
	    os_set_nonblock(pty->master, true) == -1 ||
	    grantpt(pty->master) == -1 || unlockpt(pty->master) == -1 ||
	    slave_name(pty->master, pty->name, sizeof pty->name) == -1 ||
	    (pty->slave = open_slave(pty->master, pty->name)) == -1)
		goto fail;
	if (tio == NULL) {
		os_pty_termios(&def);
		tio = &def;
	}
	if (tcsetattr(pty->slave, TCSANOW, tio) == -1 ||
	    os_pty_resize(pty->slave, cols, rows, 0, 0) == -1)
		goto fail;
	return (0);

fail:
	saved = errno;
	os_pty_close(pty);
	errno = saved;
	return (-1);
}

void
os_pty_close_slave(struct os_pty *pty)
{
	if (pty->slave != -1)
		close(pty->slave);
	pty->slave = -1;
}

void
os_pty_close(struct os_pty *pty)
{
	os_pty_close_slave(pty);
	if (pty->master != -1)
		close(pty->master);
	pty->master = -1;
}

static unsigned short
clamp(int v)
{
	return ((unsigned short)(v < 0 ? 0 : v > 0xffff ? 0xffff : v));
}

int
os_pty_resize(int master, int cols, int rows, int xpixel, int ypixel)
{
	struct winsize	ws;

	memset(&ws, 0, sizeof ws);
	ws.ws_col = clamp(cols);
	ws.ws_row = clamp(rows);
	ws.ws_xpixel = clamp(xpixel);
	ws.ws_ypixel = clamp(ypixel);
	return (ioctl(master, TIOCSWINSZ, &ws));
}

int
os_pty_flags(int master, struct os_tty_flags *f)
{
	struct termios	tio;

	if (tcgetattr(master, &tio) == -1)
		return (-1);
	memset(f, 0, sizeof *f);
#define CC(n)	(tio.c_cc[n] == _POSIX_VDISABLE ? 0 : tio.c_cc[n])
	f->echo = (tio.c_lflag & ECHO) != 0;
	f->icanon = (tio.c_lflag & ICANON) != 0;
	f->isig = (tio.c_lflag & ISIG) != 0;
	f->iexten = (tio.c_lflag & IEXTEN) != 0;
	f->icrnl = (tio.c_iflag & ICRNL) != 0;
	f->ixon = (tio.c_iflag & IXON) != 0;
#ifdef ECHOCTL
	f->echoctl = (tio.c_lflag & ECHOCTL) != 0;
#endif
	f->echoe = (tio.c_lflag & ECHOE) != 0;
	f->echok = (tio.c_lflag & ECHOK) != 0;
#ifdef ECHOKE
	f->echoke = (tio.c_lflag & ECHOKE) != 0;
#endif
#ifdef IUTF8
	f->iutf8 = (tio.c_iflag & IUTF8) != 0;
#endif
	f->erase = CC(VERASE);
	f->kill = CC(VKILL);
	f->eof = CC(VEOF);
	f->intr = CC(VINTR);
	f->quit = CC(VQUIT);
	f->susp = CC(VSUSP);
#ifdef VWERASE
	f->werase = CC(VWERASE);
#endif
#ifdef VLNEXT
	f->lnext = CC(VLNEXT);
#endif
#ifdef VREPRINT
	f->reprint = CC(VREPRINT);
#endif
#undef CC
	return (0);
}

enum os_pty_pending
os_pty_input_pending(const struct os_pty *pty)
{
#if defined(__APPLE__) || defined(__NetBSD__)
	/* The line discipline runs inside write(); the master can be asked. */
	int	n;

	if (ioctl(pty->master, FIONREAD, &n) == -1)
		return (PENDING_UNKNOWN);
	return (n > 0 ? PENDING_YES : PENDING_NO);
#else
	struct pollfd	pfd;
	int		n = 0, ready, failed;

	pfd.fd = open_slave(pty->master, pty->name);
	if (pfd.fd == -1)
		return (PENDING_UNKNOWN);
	pfd.events = POLLIN;
	pfd.revents = 0;
	/* The fence; with VMIN > 1 it may say no where FIONREAD says yes. */
	ready = poll(&pfd, 1, 0);
	failed = ready == -1 || ioctl(pfd.fd, FIONREAD, &n) == -1;
	close(pfd.fd);
	if (failed)
		return (PENDING_UNKNOWN);
	if (n > 0 || (pfd.revents & POLLIN) != 0)
		return (PENDING_YES);
	return (PENDING_NO);
#endif
}
