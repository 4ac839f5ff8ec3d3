/* SPDX-License-Identifier: ISC */
/*
 * Local sockets, and where they may live.
 *
 * Whoever can write to the directory can put a socket of his own where we look
 * for the server, so the directory must be ours and closed; it is looked at
 * with lstat(), as a link in /tmp is a stranger's.
 *
 * A socket that nobody listens to is what a crashed server leaves behind.  It
 * is replaced, but only while holding a lock, since "nobody answers" and
 * "unlink" are two steps between which another server may have bound.  The
 * file of the lock stays: removing it would be the same race again.
 */

#include "os/sock.h"

#include "config.h"

#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/xmalloc.h"

#define BACKLOG	128

int
os_set_nonblock(int fd, bool on)
{
	int	flags = fcntl(fd, F_GETFL);

	if (flags == -1)
		return (-1);
	flags = on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
	return (fcntl(fd, F_SETFL, flags) == -1 ? -1 : 0);
}

int
os_set_cloexec(int fd, bool on)
{
	int	flags = fcntl(fd, F_GETFD);

	if (flags == -1)
		return (-1);
	flags = on ? flags | FD_CLOEXEC : flags & ~FD_CLOEXEC;
	return (fcntl(fd, F_SETFD, flags) == -1 ? -1 : 0);
}

static void
close_keep_errno(int fd)
{
	int	saved = errno;

	if (fd != -1)
		close(fd);
	errno = saved;
}

int
os_sock_check_dir(const char *dir, char **cause)
{
	struct stat	st;

	if (mkdir(dir, 0700) == -1 && errno != EEXIST) {
		xasprintf(cause, "cannot make the directory %s: %s", dir,
		    strerror(errno));
		return (-1);
	}
	if (lstat(dir, &st) == -1) {
		xasprintf(cause, "cannot look at %s: %s", dir,
		    strerror(errno));
		return (-1);
	}
	errno = EPERM;
	if (!S_ISDIR(st.st_mode)) {
		xasprintf(cause, "%s is not a directory; remove it, or give "
		    "another place for the socket with -S", dir);
		return (-1);
	}
	if (st.st_uid != getuid()) {
		xasprintf(cause, "%s belongs to user %lu, not to you; give "
		    "another place for the socket with -S", dir,
		    (unsigned long)st.st_uid);
		return (-1);
	}
	if ((st.st_mode & 077) != 0) {
		xasprintf(cause, "%s is open to others (mode %03o); to close "
		    "it: chmod 700 %s", dir, (unsigned int)st.st_mode & 0777,
		    dir);
		return (-1);
	}
	return (0);
}

static int
unix_addr(const char *path, struct sockaddr_un *sun, char **cause)
{
	memset(sun, 0, sizeof *sun);
	sun->sun_family = AF_UNIX;
	if (strlcpy(sun->sun_path, path, sizeof sun->sun_path) <
	    sizeof sun->sun_path)
		return (0);
	xasprintf(cause, "the path of the socket is too long (%zu bytes, at "
	    "most %zu): %s; give a shorter one with -S", strlen(path),
	    sizeof sun->sun_path - 1, path);
	errno = ENAMETOOLONG;
	return (-1);
}

static int
unix_socket(char **cause)
{
#ifdef SOCK_CLOEXEC
	int	fd = socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0);
#else
	int	fd = socket(AF_UNIX, SOCK_STREAM, 0);
#endif
#ifdef SO_NOSIGPIPE
	int	on = 1;
#endif

	if (fd == -1) {
		xasprintf(cause, "cannot make a socket: %s", strerror(errno));
		return (-1);
	}
#ifndef SOCK_CLOEXEC
	os_set_cloexec(fd, true);
#endif
#ifdef SO_NOSIGPIPE
	setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
	return (fd);
}

int
os_sock_connect(const char *path, char **cause)
{
	struct sockaddr_un	sun;
	int			fd, r;

	if (unix_addr(path, &sun, cause) == -1 ||
	    (fd = unix_socket(cause)) == -1)
		return (-1);
	do
		r = connect(fd, (struct sockaddr *)&sun, sizeof sun);
	while (r == -1 && errno == EINTR);
	if (r == -1) {
		close_keep_errno(fd);
		r = errno;
		/* tmux's words: programs tell by them that there is none. */
		if (r == ECONNREFUSED)
			xasprintf(cause, "no server running on %s", path);
		else
			xasprintf(cause, "error connecting to %s (%s)", path,
			    strerror(r));
		errno = r;
		return (-1);
	}
	os_set_nonblock(fd, true);
	return (fd);
}

/* Hold the lock for path; closing the descriptor releases it. */
static int
lock(const char *path, char **cause)
{
	char	*file;
	int	 fd, r = 0;

	xasprintf(&file, "%s.lock", path);
	fd = open(file, O_WRONLY|O_CREAT|O_CLOEXEC|O_NOFOLLOW, 0600);
	if (fd != -1) {
		do
			r = flock(fd, LOCK_EX);
		while (r == -1 && errno == EINTR);
	}
	if (fd == -1 || r == -1) {
		r = errno;
		xasprintf(cause, "cannot lock %s: %s", file, strerror(r));
		if (fd != -1)
			close(fd);
		fd = -1;
		errno = r;
	}
	free(file);
	return (fd);
}

/* Make path free to bind to; -1 if something is there that must stay. */
static int
clear_stale(const char *path, const struct sockaddr_un *sun, char **cause)
{
	struct stat	st;
	int		fd, r;

	if (lstat(path, &st) == -1) {
		if (errno == ENOENT)
			return (0);
		xasprintf(cause, "cannot look at %s: %s", path,
		    strerror(errno));
		return (-1);
	}
	if (!S_ISSOCK(st.st_mode)) {
		xasprintf(cause, "%s is there and is not a socket; remove it, "
		    "or give another path with -S", path);
		errno = EEXIST;
		return (-1);
	}
	if ((fd = unix_socket(cause)) == -1)
		return (-1);
	/* A living server with a full queue must not make us wait. */
	os_set_nonblock(fd, true);
	r = connect(fd, (const struct sockaddr *)sun, sizeof *sun);
	close_keep_errno(fd);
	if (r == -1 && errno == ENOENT)
		return (0);
	if (r == 0 || errno != ECONNREFUSED) {
		xasprintf(cause, "a server is already running on %s", path);
		errno = EADDRINUSE;
		return (-1);
	}
	if (unlink(path) == -1 && errno != ENOENT) {
		xasprintf(cause, "cannot remove the stale socket %s: %s", path,
		    strerror(errno));
		return (-1);
	}
	return (0);
}

int
os_sock_listen(const char *path, char **cause)
{
	struct sockaddr_un	sun;
	mode_t			mask;
	int			fd = -1, lock_fd, r, saved;

	if (unix_addr(path, &sun, cause) == -1 ||
	    (lock_fd = lock(path, cause)) == -1)
		return (-1);
	if (clear_stale(path, &sun, cause) == -1 ||
	    (fd = unix_socket(cause)) == -1)
		goto out;
	mask = umask(0177);
	r = bind(fd, (struct sockaddr *)&sun, sizeof sun);
	saved = errno;
	umask(mask);
	errno = saved;
	if (r == -1 || listen(fd, BACKLOG) == -1) {
		saved = errno;
		xasprintf(cause, "cannot listen on %s: %s", path,
		    strerror(saved));
		close(fd);
		fd = -1;
		errno = saved;
		goto out;
	}
	os_set_nonblock(fd, true);
out:
	close_keep_errno(lock_fd);
	return (fd);
}

int
os_sock_accept(int fd)
{
	int	new;

	do {
#ifdef HAVE_ACCEPT4
		new = accept4(fd, NULL, NULL, SOCK_NONBLOCK|SOCK_CLOEXEC);
#else
		new = accept(fd, NULL, NULL);
#endif
	} while (new == -1 && (errno == EINTR || errno == ECONNABORTED));
#ifndef HAVE_ACCEPT4
	if (new != -1) {
		os_set_nonblock(new, true);
		os_set_cloexec(new, true);
	}
#endif
#ifdef SO_NOSIGPIPE
	if (new != -1) {
		int	on = 1;

		setsockopt(new, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
	}
#endif
	return (new);
}

int
os_sock_peer_uid(int fd, uid_t *uid, pid_t *pid)
{
#if defined(SO_PEERCRED) && defined(__linux__)
	struct ucred		uc;
	socklen_t		len = sizeof uc;

	*pid = -1;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &uc, &len) == -1)
		return (-1);
	*uid = uc.uid;
	*pid = uc.pid;
	return (0);
#elif defined(SO_PEERCRED) && defined(__OpenBSD__)
	struct sockpeercred	uc;
	socklen_t		len = sizeof uc;

	*pid = -1;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &uc, &len) == -1)
		return (-1);
	*uid = uc.uid;
	*pid = uc.pid;
	return (0);
#elif defined(HAVE_GETPEEREID)
	gid_t			gid;
#if defined(LOCAL_PEERPID) && defined(SOL_LOCAL)
	socklen_t		len = sizeof *pid;
#endif

	*pid = -1;
	if (getpeereid(fd, uid, &gid) == -1)
		return (-1);
#if defined(LOCAL_PEERPID) && defined(SOL_LOCAL)
	if (getsockopt(fd, SOL_LOCAL, LOCAL_PEERPID, pid, &len) == -1)
		*pid = -1;
#endif
	return (0);
#else
	(void)fd;
	(void)uid;
	*pid = -1;
	errno = ENOSYS;
	return (-1);
#endif
}

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL	0
#endif
#ifndef MSG_CMSG_CLOEXEC
#define MSG_CMSG_CLOEXEC	0
#endif

/* Room for one descriptor as control data, aligned. */
union fd_control {
	struct cmsghdr	hdr;
	char		room[CMSG_SPACE(sizeof(int))];
};

ssize_t
os_sock_send_fd(int fd, const void *data, size_t n, int pass_fd)
{
	union fd_control	 control;
	struct iovec		 iov;
	struct msghdr		 msg;
	struct cmsghdr		*cmsg;
	ssize_t			 r;

	memset(&msg, 0, sizeof msg);
	memset(&control, 0, sizeof control);
	iov.iov_base = (void *)(uintptr_t)data;
	iov.iov_len = n;
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	if (pass_fd != -1) {
		msg.msg_control = &control;
		msg.msg_controllen = CMSG_SPACE(sizeof(int));
		cmsg = CMSG_FIRSTHDR(&msg);
		cmsg->cmsg_level = SOL_SOCKET;
		cmsg->cmsg_type = SCM_RIGHTS;
		cmsg->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(cmsg), &pass_fd, sizeof(int));
	}
	do
		r = sendmsg(fd, &msg, MSG_NOSIGNAL);
	while (r == -1 && errno == EINTR);
	return (r);
}

ssize_t
os_sock_recv_fd(int fd, void *data, size_t n, int *passed_fd)
{
	union fd_control	 control;
	struct iovec		 iov;
	struct msghdr		 msg;
	struct cmsghdr		*cmsg;
	ssize_t			 r;

	*passed_fd = -1;
	memset(&msg, 0, sizeof msg);
	iov.iov_base = data;
	iov.iov_len = n;
	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = &control;
	msg.msg_controllen = sizeof control;
	do
		r = recvmsg(fd, &msg, MSG_CMSG_CLOEXEC);
	while (r == -1 && errno == EINTR);
	if (r == -1)
		return (-1);
	for (cmsg = CMSG_FIRSTHDR(&msg); cmsg != NULL;
	    cmsg = CMSG_NXTHDR(&msg, cmsg)) {
		if (cmsg->cmsg_level != SOL_SOCKET ||
		    cmsg->cmsg_type != SCM_RIGHTS ||
		    cmsg->cmsg_len != CMSG_LEN(sizeof(int)))
			continue;
		if (*passed_fd != -1)
			close(*passed_fd);
		memcpy(passed_fd, CMSG_DATA(cmsg), sizeof(int));
		os_set_cloexec(*passed_fd, true);
	}
	return (r);
}
