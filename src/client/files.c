/* SPDX-License-Identifier: ISC */

/*
 * files.c - the files that a command reads and writes on the side of its client.
 *
 * save-buffer, load-buffer and source-file name files of the machine that the user sits at.
 * Reading one puts all of it into the talk at once; one that is written stays open under the
 * server's number until its last piece has come.  "-" is the client's own input and output.
 *
 * A server elsewhere gets no file that the user did not name: see file_allowed().
 */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "client/client-int.h"

/* All of it, to a descriptor that may be a slow pipe or a terminal. */
int
files_write(int fd, const uint8_t *data, size_t n)
{
	struct pollfd	pf = { .fd = fd, .events = POLLOUT };
	ssize_t		w;

	while (n > 0) {
		w = write(fd, data, n);
		if (w > 0) {
			data += w;
			n -= (size_t)w;
		} else if (w < 0 && errno == EAGAIN)
			poll(&pf, 1, -1);
		else if (w < 0 && errno != EINTR)
			return (errno);
	}
	return (0);
}

/*
 * A server elsewhere may be taken over; it must not get at the files of this machine, nor
 * run anything here.  Of files it gets what the user named in the command: no others.
 */
static bool
file_allowed(const struct app *a, const char *path)
{
	int	i;

	if (!a->remote || strcmp(path, "-") == 0)
		return (true);
	for (i = 1; i < a->args->argc; i++) {
		if (strcmp(a->args->argv[i], path) == 0)
			return (true);
	}
	return (false);
}

/* A file that a command wants from our side. */
void
files_read(struct app *a, const struct talk *ask)
{
	char		 path[4096];
	uint8_t		 chunk[TALK_CHUNK];
	struct talk	 t;
	ssize_t		 n = 0;
	int		 fd, error = 0;

	snprintf(path, sizeof path, "%.*s", (int)ask->text_len, ask->text);
	errno = EPERM;
	fd = !file_allowed(a, path) ? -1 : strcmp(path, "-") == 0 ? dup(STDIN_FILENO) :
	    open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		error = errno;
	memset(&t, 0, sizeof t);
	t.tag = TALK_FILE_DATA;
	t.id = ask->id;
	while (error == 0 && (n = read(fd, chunk, sizeof chunk)) != 0) {
		if (n < 0) {
			if (errno == EINTR)
				continue;
			error = errno;
			break;
		}
		t.data = chunk;
		t.len = (size_t)n;
		/* There must be room for the end, too. */
		if (buf_space(&a->talk_out) < 2 * sizeof chunk || client_talk(a, &t) != 0)
			error = EFBIG;
	}
	if (fd != -1)
		close(fd);
	t.data = NULL;
	t.len = 0;
	t.n = error;
	t.fin = true;
	client_talk(a, &t);
	client_talk_flush(a);
}

static struct out_file *
out_file(struct app *a, uint32_t id, bool make)
{
	int	i;

	for (i = 0; i < FILES_MAX; i++) {
		if (a->files[i].used && a->files[i].id == id)
			return (&a->files[i]);
	}
	for (i = 0; make && i < FILES_MAX; i++) {
		if (!a->files[i].used) {
			memset(&a->files[i], 0, sizeof a->files[i]);
			a->files[i].used = true;
			a->files[i].id = id;
			a->files[i].fd = -1;
			return (&a->files[i]);
		}
	}
	return (NULL);
}

void
files_open(struct app *a, const struct talk *t)
{
	struct out_file	*f;
	char		 path[4096];

	if (out_file(a, t->id, false) != NULL)
		return;		/* no server of ours opens one twice */
	if ((f = out_file(a, t->id, true)) == NULL) {
		client_talk_word(a, TALK_FILE_DONE, t->id, EMFILE);
		return;
	}
	snprintf(path, sizeof path, "%.*s", (int)t->text_len, t->text);
	errno = EPERM;
	f->fd = !file_allowed(a, path) ? -1 : strcmp(path, "-") == 0 ? dup(STDOUT_FILENO) :
	    open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (t->n ? O_APPEND : O_TRUNC), 0666);
	if (f->fd == -1)
		f->error = errno;
}

void
files_put(struct app *a, const struct talk *t)
{
	struct out_file	*f = out_file(a, t->id, false);

	if (f == NULL)
		return;
	if (f->error == 0)
		f->error = files_write(f->fd, t->data, t->len);
	if (!t->fin)
		return;
	if (f->fd != -1 && close(f->fd) != 0 && f->error == 0)
		f->error = errno;
	client_talk_word(a, TALK_FILE_DONE, t->id, f->error);
	f->used = false;
}
