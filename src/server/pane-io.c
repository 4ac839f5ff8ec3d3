/* SPDX-License-Identifier: ISC */

/* pane-io.c - see pane-io.h.  What is known of the echo is in pane-echo.c. */

#include <sys/ioctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/xmalloc.h"
#include "model/option.h"
#include "os/proc.h"
#include "os/sock.h"
#include "os/spawn.h"
#include "server/pane-echo.h"
#include "server/pane-io-int.h"
#include "server/server.h"

#define READ_CHUNK	65536
#define READ_GATHER	4096
#define READ_TURN_MAX	(64 * 1024)	/* per turn, shared by the panes that have output */
#define PROC_INTERVAL	(100 * USEC_PER_MSEC)
#define PIPE_QUEUE_MAX	(16 << 20)

static void	pane_io_flush(struct pane_io *);

/*** Lists, so that no turn costs what idle panes cost ***/

static void
pane_io_mark(struct pane_io *io)
{
	if (!io->on_changed) {
		TAILQ_INSERT_TAIL(&io->server->changed_panes, io, centry);
		io->on_changed = true;
	}
}

void
pane_io_changed(struct server *s, void (*handle)(struct server *, struct pane *))
{
	struct pane_io	*io;
	struct pane_io	*last = TAILQ_LAST(&s->changed_panes, pane_io_list);
	bool		 end = last == NULL;

	s->busy_panes = 0;
	while (!end && (io = TAILQ_FIRST(&s->changed_panes)) != NULL) {
		end = io == last;
		TAILQ_REMOVE(&s->changed_panes, io, centry);
		io->on_changed = false;
		s->busy_panes++;
		handle(s, io->pane);
	}
}

/*** Output of the program ***/

void
pane_io_exited(struct pane_io *io)
{
	if (io->read_ev != NULL)
		event_del(io->read_ev);
	if (io->write_ev != NULL)
		event_del(io->write_ev);
	io->pane->flags |= PANE_EXITED;
	pane_io_mark(io);
	server_wake(io->server);
}

static void
pane_io_take(struct pane_io *io, const uint8_t *data, size_t n)
{
	struct pane	*p = io->pane;
	struct buf	*replies;

	io->last_output = io->server->now;
	if (io->pipe_fd != -1 && io->pipe_out) {
		/* A pipe that does not read loses the output, not the pane. */
		if (buf_add(&io->pipe_buf, data, n) == 0)
			event_add(io->pipe_write, NULL);
	}
	emu_feed(p->emu, data, n);
	replies = emu_replies(p->emu);
	if (buf_len(replies) > 0) {
		pane_io_write(p, buf_data(replies), buf_len(replies), false);
		buf_clear(replies);
	}
	p->activity = p->model->wall;
	io->server->screen_version++;
	pane_echo_output(io);
	pane_io_mark(io);
}

/*
 * Read what is there, at most this pane's part of READ_TURN_MAX: however many panes flood,
 * what a client types waits for no more than that.  True if the pty is still open.
 */
bool
pane_io_drain(struct pane_io *io)
{
	static uint8_t	 chunk[READ_CHUNK];
	size_t		 total = 0, have, most = READ_TURN_MAX;
	ssize_t		 n;
	bool		 open = true, full = false;

	/*
	 * The kernel gives a pty's output in pieces of 4 kB, which a worker of its own puts
	 * there: a read that comes too early waits for it, at the cost of two switches.  So
	 * each piece is emulated at once, while the next is made; only crumbs are gathered.
	 */
	if (io->server->busy_panes > 1)
		most /= io->server->busy_panes;
	while (open && !full && total < most) {
		have = 0;
		while (have < READ_GATHER) {
			n = read(io->pty.master, chunk + have, sizeof chunk - have);
			if (n > 0) {
				have += (size_t)n;
				continue;
			}
			if (n < 0 && errno == EINTR)
				continue;
			full = true;
			if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
				open = false;
			break;
		}
		if (have > 0)
			pane_io_take(io, chunk, have);
		total += have;
	}
	if (total > 0)
		server_wake(io->server);
	return (open);
}

static void
pane_io_readable(int fd, short what, void *arg)
{
	struct pane_io	*io = arg;

	(void)fd;
	(void)what;
	server_now(io->server);
	if (!pane_io_drain(io))
		pane_io_exited(io);
}

/*** Input to the program ***/

static void
pane_io_writable(int fd, short what, void *arg)
{
	struct pane_io	*io = arg;

	(void)fd;
	(void)what;
	server_now(io->server);
	pane_io_flush(io);
	server_wake(io->server);	/* there may be room for what was refused */
}

static void
pane_io_flush(struct pane_io *io)
{
	ssize_t	n;

	while (buf_len(&io->out) > 0) {
		n = write(io->pty.master, buf_data(&io->out), buf_len(&io->out));
		if (n > 0) {
			buf_drain(&io->out, (size_t)n);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			if (io->write_ev == NULL)
				io->write_ev = event_new(io->server->base, io->pty.master,
				    EV_WRITE, pane_io_writable, io);
			event_add(io->write_ev, NULL);
			return;
		}
		buf_clear(&io->out);	/* the program is gone; the read side sees it */
		return;
	}
}

size_t
pane_io_room(struct pane *p)
{
	struct pane_io	*io = p->io;
	size_t		 have;

	if (io == NULL || io->pty.master == -1 || (p->flags & PANE_EXITED))
		return (PANE_INPUT_MAX);	/* typed at nothing: taken and dropped */
	have = buf_len(&io->out);
	return (have >= PANE_INPUT_MAX ? 0 : PANE_INPUT_MAX - have);
}

bool
pane_io_write(struct pane *p, const void *data, size_t n, bool limited)
{
	struct pane_io	*io = p->io;

	if (io == NULL || io->pty.master == -1 || (p->flags & PANE_EXITED))
		return (true);
	if (limited && pane_io_room(p) < n)
		return (false);
	if (buf_add(&io->out, data, n) != 0)
		return (false);
	pane_io_flush(io);
	return (true);
}

/*** Start and end ***/

int
pane_io_spawn(struct server *s, struct pane *p, const struct pane_spawn *sp, char **cause)
{
	struct pane_io	*io;
	struct os_spawn	 os;
	struct os_pty	 pty;
	pid_t		 pid;
	int		 cols = p->cols > 0 ? p->cols : 80, rows = p->rows > 0 ? p->rows : 24;

	if (os_pty_open(&pty, cols, rows, NULL) != 0) {
		xasprintf(cause, "no terminal for the new pane: %s%s", strerror(errno),
		    errno == ENOSPC ? " (see kernel.pty.max)" : "");
		return (-1);
	}
	memset(&os, 0, sizeof os);
	os.argv = sp->argv;
	os.command = sp->command;
	os.shell = sp->shell;
	os.cwd = sp->cwd;
	os.env = sp->env;
	os.pty = &pty;
	os.fds[0] = os.fds[1] = os.fds[2] = -1;
	if ((pid = os_spawn(&os)) == -1) {
		const char *what = sp->argv != NULL ? sp->argv[0] :
		    sp->shell != NULL ? sp->shell : "/bin/sh";
		xasprintf(cause, "can't run %s: %s", what, strerror(errno));
		os_pty_close(&pty);
		return (-1);
	}
	os_pty_close_slave(&pty);
	pane_io_close(p);
	io = p->io = xcalloc(1, sizeof *io);
	io->server = s;
	io->pane = p;
	io->pipe_fd = -1;
	buf_init(&io->out, PANE_QUEUE_MAX);
	buf_init(&io->pipe_buf, PIPE_QUEUE_MAX);
	io->pty = pty;
	pane_echo_init(io);
	io->cols = cols;
	io->rows = rows;
	p->pid = pid;
	snprintf(p->tty, sizeof p->tty, "%s", pty.name);
	p->flags &= ~(unsigned)(PANE_DEAD | PANE_STATUS_READY | PANE_EXITED | PANE_EMPTY);
	io->read_ev = event_new(s->base, pty.master, EV_READ | EV_PERSIST, pane_io_readable, io);
	event_add(io->read_ev, NULL);
	server_wake(s);
	return (0);
}

static void
pane_io_close_pty(struct pane_io *io)
{
	if (io->read_ev != NULL)
		event_free(io->read_ev);
	if (io->write_ev != NULL)
		event_free(io->write_ev);
	io->read_ev = io->write_ev = NULL;
	if (io->pty.master != -1)
		os_pty_close(&io->pty);
	io->pty.master = -1;
}

static void
pane_io_close_pipe(struct pane_io *io)
{
	if (io->pipe_fd == -1)
		return;
	event_free(io->pipe_read);
	event_free(io->pipe_write);
	io->pipe_read = io->pipe_write = NULL;
	close(io->pipe_fd);
	io->pipe_fd = -1;
	buf_clear(&io->pipe_buf);
}

void
pane_io_close(struct pane *p)
{
	struct pane_io	*io = p->io;
	struct server	*s;

	if (io == NULL)
		return;
	s = io->server;
	if (p->pid > 0 && !(p->flags & PANE_STATUS_READY))
		kill(p->pid, SIGHUP);
	pane_io_close_pipe(io);
	pane_io_close_pty(io);
	pane_echo_fini(io);
	if (io->on_changed)
		TAILQ_REMOVE(&s->changed_panes, io, centry);
	buf_fini(&io->out);
	buf_fini(&io->pipe_buf);
	free(io->name);
	free(io->path);
	free(io);
	p->io = NULL;
}

void
pane_io_resize(struct pane *p)
{
	struct pane_io	*io = p->io;

	if (io == NULL || io->pty.master == -1 || (io->cols == p->cols && io->rows == p->rows))
		return;
	if (p->cols <= 0 || p->rows <= 0)
		return;
	os_pty_resize(io->pty.master, p->cols, p->rows, p->cols * p->window->xpixel,
	    p->rows * p->window->ypixel);
	io->cols = p->cols;
	io->rows = p->rows;
}

bool
pane_io_child(struct server *s, pid_t pid, int status)
{
	struct window	*w;
	struct pane	*p;
	struct pane_io	*io;
	size_t		 at = 0;
	uint32_t	 id;
	void		*v;

	while (map_u32_next(&s->model->window_by_id, &at, &id, &v)) {
		w = v;
		TAILQ_FOREACH(p, &w->panes, entry) {
			io = p->io;
			if (io != NULL && io->pipe_fd != -1 && io->pipe_pid == pid) {
				pane_io_close_pipe(io);
				return (true);
			}
			if (p->pid != pid)
				continue;
			p->status = status;
			p->dead_time = s->model->wall;
			p->flags |= PANE_STATUS_READY;
			if (io != NULL && io->pty.master != -1) {
				/* Its last words are in the pty. */
				pane_io_drain(io);
				pane_io_exited(io);
			}
			server_wake(s);
			return (true);
		}
	}
	return (false);
}

/*** What runs there ***/

const char *
pane_io_command(struct pane *p)
{
	struct pane_io	*io = p->io;
	char		 name[64];

	if (io == NULL || io->pty.master == -1)
		return ("");
	if (io->name == NULL || io->name[0] == '\0' || io->server->now >= io->name_at) {
		io->name_at = io->server->now + PROC_INTERVAL;
		if (os_proc_foreground_name(io->pty.master, name, sizeof name) != 0)
			name[0] = '\0';
		free(io->name);
		io->name = xstrdup(name);
	}
	return (io->name);
}

const char *
pane_io_path(struct pane *p)
{
	struct pane_io	*io = p->io;
	char		 path[1024];

	if (io == NULL || io->pty.master == -1)
		return (p->cwd != NULL ? p->cwd : "");
	if (io->path == NULL || io->path[0] == '\0' || io->server->now >= io->path_at) {
		io->path_at = io->server->now + PROC_INTERVAL;
		if (os_proc_foreground_cwd(io->pty.master, path, sizeof path) != 0)
			path[0] = '\0';
		free(io->path);
		io->path = xstrdup(path);
	}
	return (io->path);
}

/*** pipe-pane ***/

static void
pane_pipe_writable(int fd, short what, void *arg)
{
	struct pane_io	*io = arg;
	ssize_t		 n;

	(void)what;
	while (buf_len(&io->pipe_buf) > 0) {
		n = write(fd, buf_data(&io->pipe_buf), buf_len(&io->pipe_buf));
		if (n > 0) {
			buf_drain(&io->pipe_buf, (size_t)n);
		} else if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
			event_add(io->pipe_write, NULL);
			return;
		} else {
			pane_io_close_pipe(io);
			return;
		}
	}
}

static void
pane_pipe_readable(int fd, short what, void *arg)
{
	struct pane_io	*io = arg;
	uint8_t		 chunk[4096];
	ssize_t		 n;

	(void)what;
	n = read(fd, chunk, sizeof chunk);
	if (n > 0 && io->pipe_in) {
		pane_io_write(io->pane, chunk, (size_t)n, false);
	} else if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		pane_io_close_pipe(io);
		server_wake(io->server);
	}
}

bool
pane_io_piped(struct pane *p)
{
	struct pane_io	*io = p->io;

	return (io != NULL && io->pipe_fd != -1);
}

int
pane_io_pipe(struct pane *p, const char *command, bool in, bool out, char **cause)
{
	struct pane_io	*io = p->io;
	struct os_spawn	 os;
	int		 fds[2];

	if (io == NULL) {
		xasprintf(cause, "pane has no program to pipe");
		return (-1);
	}
	pane_io_close_pipe(io);
	if (command == NULL || *command == '\0')
		return (0);
	if (os_socketpair(fds) != 0) {
		xasprintf(cause, "no pipe for %s: %s", command, strerror(errno));
		return (-1);
	}
	memset(&os, 0, sizeof os);
	os.command = command;
	os.shell = options_string(io->server->model->session_options, "default-shell");
	os.cwd = p->cwd;
	os.fds[0] = out ? fds[1] : -1;
	os.fds[1] = in ? fds[1] : -1;
	os.fds[2] = -1;
	if ((io->pipe_pid = os_spawn(&os)) == -1) {
		xasprintf(cause, "can't run %s: %s", command, strerror(errno));
		close(fds[0]);
		close(fds[1]);
		return (-1);
	}
	close(fds[1]);
	os_set_nonblock(fds[0], true);
	io->pipe_fd = fds[0];
	io->pipe_in = in;
	io->pipe_out = out;
	io->pipe_read = event_new(io->server->base, fds[0], EV_READ | EV_PERSIST,
	    pane_pipe_readable, io);
	io->pipe_write = event_new(io->server->base, fds[0], EV_WRITE, pane_pipe_writable, io);
	event_add(io->pipe_read, NULL);
	return (0);
}
