/* SPDX-License-Identifier: ISC */

/* lib-remote.c - see lib-remote.h. */

#include <sys/socket.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "e2e/lib-remote.h"

static int	relay_in = -1, relay_out = -1, port;

int
relay_port(void)
{
	return (port);
}

const char *
fake_ssh(void)
{
	static char	path[1024];

	snprintf(path, sizeof path, "%s/e2e/fake-ssh", getenv("TESTS_DIR"));
	return (path);
}

void
relay(const char *fmt, ...)
{
	va_list	 ap;
	char	*line, answer[128];

	va_start(ap, fmt);
	if (vasprintf(&line, fmt, ap) == -1)
		bail("out of memory");
	va_end(ap);
	if (dprintf(relay_in, "%s\n", line) < 0 ||
	    !read_line(relay_out, answer, sizeof answer) ||
	    strcmp(answer, "ok") != 0)
		bail("the relay does not do: %s", line);
	free(line);
}

struct relay_stats
relay_stats(void)
{
	struct relay_stats	s;
	char			answer[128];

	memset(&s, 0, sizeof s);
	if (dprintf(relay_in, "stats\n") < 0 ||
	    !read_line(relay_out, answer, sizeof answer) ||
	    sscanf(answer, "stats up %ld down %ld lost %ld last %ld", &s.up,
	    &s.down, &s.lost, &s.last_ms) != 4)
		bail("the relay has no numbers");
	return (s);
}

int
free_port(int type)
{
	struct sockaddr_in	sin;
	socklen_t		len = sizeof sin;
	int			fd = socket(AF_INET, type, 0);

	memset(&sin, 0, sizeof sin);
	sin.sin_family = AF_INET;
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd == -1 || bind(fd, (struct sockaddr *)&sin, sizeof sin) != 0 ||
	    getsockname(fd, (struct sockaddr *)&sin, &len) != 0)
		bail("no port is free");
	close(fd);
	return (ntohs(sin.sin_port));
}

void
remote_init(int cols, int rows)
{
	char		 line[128];
	const char	*tools = getenv("TOOLS_DIR");
	int		 udp;

	mux_init();
	if (!mux_is_rmux()) {
		mux_expect_no_server();
		printf("1..0 # SKIP only for rmux\n");
		exit(0);
	}
	if (tools == NULL || getenv("TESTS_DIR") == NULL)
		bail("TOOLS_DIR or TESTS_DIR is not set");
	udp = free_port(SOCK_DGRAM);
	mux("-p %d new-session -d -s main -n first -x %d -y %d", udp, cols,
	    rows);
	if (mux_status() != 0)
		bail("no server: %s", mux_err());
	mux_server_pid();
	start_process(&relay_in, &relay_out, "exec '%s/tool-udprelay' 7",
	    tools);
	if (!read_line(relay_out, line, sizeof line) ||
	    sscanf(line, "port %d", &port) != 1)
		bail("no relay");
	relay("server %d", udp);
}

struct term *
remote_attach(int cols, int rows, const char *options)
{
	return (mux_client(cols, rows, "attach-session --ssh='%s' "
	    "--server='%s' --udp=127.0.0.1:%d %s here.example", fake_ssh(),
	    mux_program(), port, options != NULL ? options : ""));
}

bool
remote_no_ssh(struct term *t)
{
	struct until	u = until();

	/* Processes that have ended but are not waited for do not count. */
	while (*shell("ps -o stat= -o args= --ppid %ld | grep -v '^Z'",
	    (long)term_pid(t)) != '\0') {
		u.step = 20;
		if (!until_more(&u)) {
			later("the client still has: %s", shell("ps -o stat= "
			    "-o args= --ppid %ld", (long)term_pid(t)));
			return (false);
		}
	}
	return (true);
}

bool
remote_on_udp(struct term *t)
{
	struct until		u = until();
	struct relay_stats	s;

	for (s = relay_stats(); s.up < 2 || s.down < 2; s = relay_stats()) {
		u.step = 20;
		if (!until_more(&u)) {
			later("datagrams: %ld up, %ld down", s.up, s.down);
			return (false);
		}
	}
	return (remote_no_ssh(t));
}
