/* SPDX-License-Identifier: ISC */
/* Sockets: who may use them, stale ones, addresses, datagrams. */

#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <unistd.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "os/netmon.h"
#include "os/random.h"
#include "os/sock.h"
#include "tap.h"

static char	*cause;

static void
forget(void)
{
	free(cause);
	cause = NULL;
}

static bool
readable(int fd)
{
	struct pollfd	pfd = { .fd = fd, .events = POLLIN };

	return (poll(&pfd, 1, 10000) == 1);
}

static void
test_dir(void)
{
	is_int(os_sock_check_dir("own", &cause), 0, "a directory is made");
	is_int(os_sock_check_dir("own", &cause), 0, "and good when there");
	chmod("own", 0755);
	is_int(os_sock_check_dir("own", &cause), -1, "not if others may in");
	ok(strstr(cause, "chmod 700 own") != NULL, "with the remedy");
	forget();
	chmod("own", 0700);
	if (symlink("own", "link") == -1)
		bail("no symlink");
	is_int(os_sock_check_dir("link", &cause), -1, "a link is not good");
	ok(strstr(cause, "link is not a directory") != NULL, "told");
	forget();
	is_int(os_sock_check_dir("no/where", &cause), -1, "nor what cannot "
	    "be made");
	forget();
}

static void
test_unix(void)
{
	struct stat	 st;
	char		 long_path[200], byte;
	int		 fd, c, a, fds[2], got = -1;
	uid_t		 uid = (uid_t)-1;
	pid_t		 pid = 0;

	is_int(os_sock_connect("own/s", &cause), -1, "nobody is there");
	is_int(errno, ENOENT, "which errno says");
	forget();
	fd = os_sock_listen("own/s", &cause);
	ok(fd != -1, "somebody listens");
	ok(stat("own/s", &st) == 0 && (st.st_mode & 0777) == 0600,
	    "at a socket that is his");
	is_int(os_sock_listen("own/s", &cause), -1, "nobody else can");
	is_int(errno, EADDRINUSE, "as it is in use");
	ok(cause != NULL && strstr(cause, "already running") != NULL, "told");
	forget();
	c = os_sock_connect("own/s", &cause);
	ok(c != -1, "one connects");
	/* The probe above is first in the queue, and gone. */
	close(os_sock_accept(fd));
	a = os_sock_accept(fd);
	ok(a != -1 && (fcntl(a, F_GETFL) & O_NONBLOCK) != 0 &&
	    (fcntl(a, F_GETFD) & FD_CLOEXEC) != 0, "and is accepted");
	ok(os_sock_accept(fd) == -1 && errno == EAGAIN, "then none");
	is_int(os_sock_peer_uid(a, &uid, &pid), 0, "who is it?");
	ok(uid == getuid(), "we are");
#ifdef __linux__
	is_int(pid, getpid(), "by process id too");
#else
	skip(1, "not told here");
#endif

	if (pipe(fds) == -1)
		bail("no pipe");
	is_int(os_sock_send_fd(c, "!", 1, fds[1]), 1, "a descriptor is sent");
	ok(readable(a) && os_sock_recv_fd(a, &byte, 1, &got) == 1 &&
	    byte == '!' && got != -1, "and received");
	ok((fcntl(got, F_GETFD) & FD_CLOEXEC) != 0, "closed on exec");
	ok(write(got, "x", 1) == 1 && read(fds[0], &byte, 1) == 1 &&
	    byte == 'x', "it is the same pipe");
	close(got);
	is_int(os_sock_send_fd(c, "?", 1, -1), 1, "a byte alone");
	ok(os_sock_recv_fd(a, &byte, 1, &got) == 1 && got == -1, "comes so");
	close(fds[0]);
	close(fds[1]);
	close(a);
	close(c);
	close(fd);

	is_int(os_sock_connect("own/s", &cause), -1, "he has gone");
	is_int(errno, ECONNREFUSED, "leaving a stale socket");
	forget();
	fd = os_sock_listen("own/s", &cause);
	ok(fd != -1, "which the next one replaces");
	close(fd);
	unlink("own/s");
	if ((fd = open("own/s", O_WRONLY|O_CREAT, 0600)) != -1)
		close(fd);
	is_int(os_sock_listen("own/s", &cause), -1, "but never a file");
	ok(cause != NULL && access("own/s", F_OK) == 0, "it stays");
	forget();

	memset(long_path, 'a', sizeof long_path - 1);
	long_path[sizeof long_path - 1] = '\0';
	is_int(os_sock_connect(long_path, &cause), -1, "too long a path");
	ok(cause != NULL && strstr(cause, "too long") != NULL, "is told");
	forget();
}

/* Many servers start at once beside a stale socket: exactly one wins. */
static void
test_race(void)
{
	int	i, fd, won = 0, status, go[2], done[2];
	char	c;

	fd = os_sock_listen("own/race", &cause);
	close(fd);
	if (pipe(go) == -1 || pipe(done) == -1)
		bail("no pipe");
	fflush(stdout);
	for (i = 0; i < 20; i++) {
		if (fork() != 0)
			continue;
		close(go[1]);
		close(done[1]);
		if (read(go[0], &c, 1) != 0)
			_exit(2);
		fd = os_sock_listen("own/race", &cause);
		/* The winner lives until all have tried. */
		if (fd != -1) {
			readable(done[0]);
			_exit(1);
		}
		_exit(errno == EADDRINUSE ? 0 : 2);
	}
	close(go[0]);
	close(go[1]);
	close(done[0]);
	for (i = 0; i < 20; i++) {
		if (i == 19)
			close(done[1]);
		wait(&status);
		won += WEXITSTATUS(status);
	}
	is_int(won, 1, "of twenty servers one gets the socket");
}

static void
test_addr(void)
{
	struct os_addr	a, b;
	char		buf[OS_ADDR_STRLEN];

	is_int(os_addr_parse(&a, "192.0.2.1", 60001), 0, "an IPv4 address");
	is_str(os_addr_format(&a, buf, sizeof buf), "192.0.2.1:60001", "shown");
	is_int(os_addr_parse(&b, "::ffff:192.0.2.1", 60001), 0, "mapped");
	ok(!os_addr_equal(&a, &b), "is not the same");
	os_addr_unmap(&b);
	ok(os_addr_equal(&a, &b), "until it is unmapped");
	os_addr_set_port(&b, 7);
	ok(!os_addr_equal(&a, &b) && os_addr_equal_host(&a, &b) &&
	    os_addr_port(&b) == 7, "the port counts");
	is_int(os_addr_parse(&a, "2001:db8::1", 1), 0, "an IPv6 address");
	is_str(os_addr_format(&a, buf, sizeof buf), "[2001:db8::1]:1", "shown");
	is_int(os_addr_parse(&a, "localhost", 1), -1, "names are not numbers");
	memset(&a, 0, sizeof a);
	is_str(os_addr_format(&a, buf, sizeof buf), "-", "none is -");
	ok(os_addr_resolve("127.0.0.1", 5, &a, 1, &cause) == 1 &&
	    os_addr_port(&a) == 5, "looked up");
	is_int(os_addr_resolve("no such host", 5, &a, 1, &cause), -1,
	    "or not found");
	forget();
}

static void
test_udp(int family, const char *addr)
{
	struct os_udp_packet	 in[OS_UDP_BATCH], out[OS_UDP_BATCH];
	static uint8_t		 room[OS_UDP_BATCH][64], data[OS_UDP_BATCH];
	struct os_addr		 local;
	uint16_t		 port = 0, port2 = 0, port3 = 0;
	int			 fd, fd2, i, n, got, bad = 0;

	fd = os_udp_open(family, addr, 0, 0, &port, &cause);
	if (fd == -1) {
		skip(8, "%s: %s", addr, cause);
		forget();
		return;
	}
	ok(port != 0, "%s: a port", addr);
	is_int(os_udp_open(family, addr, port, port, &port2, &cause), -1,
	    "which is taken");
	forget();
	fd2 = os_udp_open(family, NULL, port, (uint16_t)(port + 20), &port2,
	    &cause);
	ok(fd2 != -1 && port2 > port, "so the next one is found");
	memset(out, 0, sizeof out);
	memset(in, 0, sizeof in);
	for (i = 0; i < OS_UDP_BATCH; i++) {
		data[i] = (uint8_t)i;
		out[i].data = &data[i];
		out[i].size = 1;
		out[i].ecn = 2;
		os_addr_parse(&out[i].peer, addr, port2);
		in[i].data = room[i];
		in[i].size = sizeof room[i];
	}
	n = os_udp_send(fd, out, OS_UDP_BATCH);
	is_int(n, OS_UDP_BATCH, "a batch is sent");
	for (got = 0; got < n && readable(fd2); got += i) {
		i = os_udp_recv(fd2, in, OS_UDP_BATCH);
		if (i <= 0)
			break;
		while (i-- > 0)
			bad += in[i].len != 1 || in[i].truncated ||
			    in[i].peer.len == 0 || in[i].local.len == 0 ||
			    in[i].data[0] >= n || in[i].ecn != 2 ||
			    os_addr_port(&in[i].peer) != port;
		i = 0;
		got = n;	/* loopback delivers at once */
	}
	is_int(bad, 0, "and comes with addresses, ports and ECN bits");
	os_addr_parse(&local, addr, 0);
	ok(os_addr_equal_host(&in[0].local, &local), "to the address it "
	    "was sent to");

	/* Answer from where it came to; and one too large for the room. */
	out[0].peer = in[0].peer;
	out[0].local = in[0].local;
	out[0].ifindex = in[0].ifindex;
	is_int(os_udp_send(fd2, out, 1), 1, "the answer");
	in[0].size = 0;
	got = readable(fd) ? os_udp_recv(fd, in, 1) : -1;
	ok(got == 1 && in[0].truncated && os_addr_port(&in[0].peer) == port2,
	    "what does not fit is marked");
	is_int(os_udp_recv(fd, in, 1), 0, "nothing more");
	close(fd);

	/* Nobody there now: ICMP tells, and that must not be an error. */
	for (i = 0; i < 3; i++)
		os_udp_send(fd2, out, 1);
	is_int(os_udp_recv(fd2, in, 1), 0, "a refusal is no error");
	close(fd2);

	ok(os_udp_open(family, addr, port2, (uint16_t)(port2 + 5), &port3,
	    &cause) != -1 && port3 == port2, "the first free port is taken");
}

int
main(void)
{
	uint8_t	a[32], b[32];
	int	fd;

	test_dir();
	test_unix();
	test_race();
	test_addr();
	test_udp(AF_INET, "127.0.0.1");
	test_udp(AF_INET6, "::1");
	is_int(os_udp_open(AF_INET, "::1", 0, 0, &(uint16_t){ 0 }, &cause), -1,
	    "an address of the other family is refused");
	forget();
	os_rng()->fill(os_rng(), a, sizeof a);
	os_rng()->fill(os_rng(), b, sizeof b);
	ok(memcmp(a, b, sizeof a) != 0, "random bytes differ");
	fd = os_netmon_open();
	ok(fd == -1 || os_netmon_drain(fd) == 0, "the network did not change");
	if (fd != -1)
		close(fd);
	return (done_testing());
}
