/* SPDX-License-Identifier: ISC */

/* job.c - see job.h. */

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "model/environ.h"
#include "model/option.h"
#include "os/sock.h"
#include "os/spawn.h"
#include "server/job.h"
#include "server/server.h"

#define STATUS_JOBS_MAX		256
#define STATUS_LINE_MAX		4096
#define STATUS_INTERVAL_MIN	USEC_PER_SEC

struct job {
	TAILQ_ENTRY(job)	 entry;
	struct server		*server;
	char			*command;
	pid_t			 pid;
	int			 fd, in_fd;
	struct event		*read_ev, *write_ev;
	struct buf		 output, input;
	int			 status;
	bool			 exited, closed;
	void			(*done)(void *, int, const void *, size_t);
	void			*done_arg;
};

/* The state of one #(command). */
struct status_job {
	struct server	*server;
	char		*key;
	char		*last;
	usec_t		 next_at;
	bool		 running;
};

static void
job_free(struct job *j)
{
	TAILQ_REMOVE(&j->server->jobs, j, entry);
	if (j->read_ev != NULL)
		event_free(j->read_ev);
	if (j->write_ev != NULL)
		event_free(j->write_ev);
	if (j->fd != -1)
		close(j->fd);
	if (j->in_fd != -1)
		close(j->in_fd);
	buf_fini(&j->output);
	buf_fini(&j->input);
	free(j->command);
	free(j);
}

static void
job_finish(struct job *j)
{
	if (!j->exited || !j->closed)
		return;
	if (j->done != NULL)
		j->done(j->done_arg, j->status, buf_data(&j->output), buf_len(&j->output));
	server_wake(j->server);
	job_free(j);
}

static void
job_readable(int fd, short what, void *arg)
{
	struct job	*j = arg;
	uint8_t		 chunk[16384];
	size_t		 room;
	ssize_t		 n;

	(void)what;
	server_now(j->server);
	n = read(fd, chunk, sizeof chunk);
	if (n > 0) {
		room = buf_space(&j->output);
		buf_add(&j->output, chunk, (size_t)n < room ? (size_t)n : room);
		return;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	event_del(j->read_ev);
	j->closed = true;
	job_finish(j);
}

static void
job_writable(int fd, short what, void *arg)
{
	struct job	*j = arg;
	ssize_t		 n;

	(void)what;
	n = write(fd, buf_data(&j->input), buf_len(&j->input));
	if (n > 0)
		buf_drain(&j->input, (size_t)n);
	if (buf_len(&j->input) > 0 && (n > 0 || errno == EAGAIN || errno == EINTR)) {
		event_add(j->write_ev, NULL);
		return;
	}
	close(j->in_fd);
	j->in_fd = -1;
}

int
job_run(struct server *s, const struct cmd_job *cj, char **cause)
{
	struct os_spawn	 os;
	struct job	*j;
	char		**env;
	int		 out[2], in[2] = { -1, -1 };
	pid_t		 pid;

	if (os_pipe(out) != 0) {
		xasprintf(cause, "no pipe for a command: %s", strerror(errno));
		return (-1);
	}
	if (cj->input_len > 0 && os_pipe(in) != 0) {
		xasprintf(cause, "no pipe for a command: %s", strerror(errno));
		close(out[0]);
		close(out[1]);
		return (-1);
	}
	env = cj->environ != NULL ? environ_vec(cj->environ) : NULL;
	memset(&os, 0, sizeof os);
	if (cj->argc > 0)
		os.argv = cj->argv;
	else
		os.command = cj->command;
	os.shell = cj->shell;
	os.cwd = cj->cwd;
	os.env = env;
	os.fds[0] = in[0];
	os.fds[1] = out[1];
	os.fds[2] = cj->with_stderr ? out[1] : -1;
	pid = os_spawn(&os);
	if (pid == -1)
		xasprintf(cause, "can't run %s: %s",
		    cj->argc > 0 ? cj->argv[0] : cj->command, strerror(errno));
	environ_vec_free(env);
	close(out[1]);
	if (in[0] != -1)
		close(in[0]);
	if (pid == -1) {
		close(out[0]);
		if (in[1] != -1)
			close(in[1]);
		return (-1);
	}
	j = xcalloc(1, sizeof *j);
	j->server = s;
	j->command = xstrdup(cj->argc > 0 ? cj->argv[0] : cj->command);
	j->pid = pid;
	j->fd = out[0];
	j->in_fd = in[1];
	j->done = cj->done;
	j->done_arg = cj->done_arg;
	buf_init(&j->output, JOB_OUTPUT_MAX);
	buf_init(&j->input, cj->input_len + 1);
	os_set_nonblock(j->fd, true);
	j->read_ev = event_new(s->base, j->fd, EV_READ | EV_PERSIST, job_readable, j);
	event_add(j->read_ev, NULL);
	if (j->in_fd != -1) {
		os_set_nonblock(j->in_fd, true);
		buf_add(&j->input, cj->input, cj->input_len);
		j->write_ev = event_new(s->base, j->in_fd, EV_WRITE, job_writable, j);
		event_add(j->write_ev, NULL);
	}
	TAILQ_INSERT_TAIL(&s->jobs, j, entry);
	return (0);
}

bool
job_child(struct server *s, pid_t pid, int status)
{
	struct job	*j;
	uint8_t		 chunk[16384];
	size_t		 room;
	ssize_t		 n;

	TAILQ_FOREACH(j, &s->jobs, entry) {
		if (j->pid != pid || j->exited)
			continue;
		j->status = status;
		j->exited = true;
		/*
		 * What it left in the pipe; then do not wait for those who inherited it
		 * (a daemon that a script started keeps the pipe open for ever).
		 */
		while (!j->closed && (n = read(j->fd, chunk, sizeof chunk)) > 0) {
			room = buf_space(&j->output);
			buf_add(&j->output, chunk, (size_t)n < room ? (size_t)n : room);
		}
		j->closed = true;
		job_finish(j);
		return (true);
	}
	return (false);
}

void
job_stop_all(struct server *s)
{
	struct job	*j;

	while ((j = TAILQ_FIRST(&s->jobs)) != NULL) {
		if (!j->exited)
			kill(j->pid, SIGTERM);
		j->exited = j->closed = true;
		job_finish(j);
	}
}

void
job_list(struct server *s, void (*line)(void *, const char *), void *arg)
{
	struct job	*j;
	char		*text;
	int		 i = 0;

	TAILQ_FOREACH(j, &s->jobs, entry) {
		xasprintf(&text, "Job %d: %s [fd=%d, pid=%ld, status=%d]", i++, j->command,
		    j->fd, (long)j->pid, j->status);
		line(arg, text);
		free(text);
	}
}

/*** #() ***/

static void
status_job_done(void *arg, int status, const void *output, size_t len)
{
	struct status_job	*sj = arg;
	const char		*text = len != 0 ? output : "", *end, *start;
	char			*line;

	(void)status;
	sj->running = false;
	/* The last line that is not empty. */
	end = text + len;
	while (end > text && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	for (start = end; start > text && start[-1] != '\n'; start--)
		;
	if ((size_t)(end - start) > STATUS_LINE_MAX)
		end = start + STATUS_LINE_MAX;
	line = xstrndup(start, (size_t)(end - start));
	if (strcmp(line, sj->last) != 0) {
		free(sj->last);
		sj->last = line;
		model_touch(sj->server->model);
	} else
		free(line);
}

const char *
job_status(struct server *s, const char *command, const char *cwd, struct client *c)
{
	struct status_job	*sj;
	struct cmd_job		 cj;
	long long		 interval;
	char			*cause = NULL;

	sj = map_str_get(&s->status_jobs, command);
	if (sj == NULL) {
		if (map_str_count(&s->status_jobs) >= STATUS_JOBS_MAX)
			return ("");
		sj = xcalloc(1, sizeof *sj);
		sj->server = s;
		sj->key = xstrdup(command);
		sj->last = xstrdup("");
		map_str_set(&s->status_jobs, command, sj);
	}
	if (sj->running || s->now < sj->next_at || s->exiting)
		return (sj->last);
	interval = options_number(s->model->session_options, "status-interval");
	sj->next_at = s->now + (interval > 0 ? (usec_t)interval * USEC_PER_SEC * 9 / 10 :
	    STATUS_INTERVAL_MIN);
	memset(&cj, 0, sizeof cj);
	cj.command = command;
	cj.shell = "/bin/sh";
	cj.cwd = cwd;
	cj.client = c;
	cj.done = status_job_done;
	cj.done_arg = sj;
	sj->running = true;
	if (job_run(s, &cj, &cause) != 0) {
		sj->running = false;
		free(cause);
	}
	return (sj->last);
}

/*** Timers ***/

struct job_timer {
	struct event	*ev;
	struct server	*server;
	void		(*done)(void *);
	void		*arg;
};

static void
job_timer_fired(int fd, short what, void *arg)
{
	struct job_timer	*t = arg;

	(void)fd;
	(void)what;
	server_now(t->server);
	event_free(t->ev);
	t->done(t->arg);
	server_wake(t->server);
	free(t);
}

void
job_timer(struct server *s, usec_t after, void (*done)(void *), void *arg)
{
	struct job_timer	*t = xcalloc(1, sizeof *t);
	struct timeval		 tv;

	t->server = s;
	t->done = done;
	t->arg = arg;
	t->ev = event_new(s->base, -1, 0, job_timer_fired, t);
	tv.tv_sec = (time_t)(after / USEC_PER_SEC);
	tv.tv_usec = (suseconds_t)(after % USEC_PER_SEC);
	event_add(t->ev, &tv);
}
