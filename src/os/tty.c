/* SPDX-License-Identifier: ISC */
/*
 * The terminal that the user sits at: raw while we draw on it, and back as it
 * was whatever happens.  Bytes in between are the business of tty/.
 */

#include "os/tty.h"

#include <sys/ioctl.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

int
os_tty_init(struct os_tty *t, int fd)
{
	memset(t, 0, sizeof *t);
	t->fd = fd;
	return (tcgetattr(fd, &t->saved));
}

int
os_tty_raw(struct os_tty *t)
{
	struct termios	tio = t->saved;

	tio.c_iflag &= ~(tcflag_t)(BRKINT|ICRNL|IGNCR|INLCR|INPCK|ISTRIP|
	    IXON|IXOFF|PARMRK);
	tio.c_iflag |= IGNBRK;
	tio.c_oflag &= ~(tcflag_t)OPOST;
	tio.c_lflag &= ~(tcflag_t)(ECHO|ECHOE|ECHOK|ECHONL|ICANON|IEXTEN|ISIG);
	tio.c_cflag &= ~(tcflag_t)(CSIZE|PARENB);
	tio.c_cflag |= CS8;
	tio.c_cc[VMIN] = 1;
	tio.c_cc[VTIME] = 0;
	if (tcsetattr(t->fd, TCSANOW, &tio) == -1)
		return (-1);
	t->raw = 1;
	return (0);
}

void
os_tty_restore(struct os_tty *t)
{
	int	saved = errno;

	if (t->raw) {
		/* Not TCSAFLUSH: what was typed ahead is the shell's now. */
		tcsetattr(t->fd, TCSADRAIN, &t->saved);
		t->raw = 0;
	}
	errno = saved;
}

int
os_tty_size(int fd, struct os_tty_size *size)
{
	struct winsize	ws;

	memset(&ws, 0, sizeof ws);
	if (ioctl(fd, TIOCGWINSZ, &ws) == -1)
		return (-1);
	size->cols = ws.ws_col != 0 ? ws.ws_col : 80;
	size->rows = ws.ws_row != 0 ? ws.ws_row : 24;
	size->xpixel = ws.ws_xpixel;
	size->ypixel = ws.ws_ypixel;
	return (0);
}
