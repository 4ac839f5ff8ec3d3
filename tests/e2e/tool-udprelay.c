/* SPDX-License-Identifier: ISC */

/*
 * tool-udprelay.c - a bad network on loopback: pass datagrams between a client
 * and a server, losing, delaying, reordering and doubling some of them, and
 * moving the client's address.
 *
 *	tool-udprelay seed
 *
 * prints "port N", where clients shall send to; then obeys lines of stdin:
 *
 *	server PORT		where the server is, on 127.0.0.1
 *	loss P			lose each datagram with this probability
 *	delay MS		in each direction
 *	jitter MS		up to so much more, at random: this reorders
 *	dup P			deliver twice with this probability
 *	roam			from now on come from another address and port
 *	blackout on|off		lose everything
 *	hold up|down|off	keep what goes to the server, or to the client,
 *				until "off": then it goes on, in order
 *	mtu N			lose what is longer
 *	forge N			send the server N forged datagrams and the client
 *				as many: garbage, and real ones with a bit turned
 *	replay N		send N of the last ones once more, from elsewhere
 *	stats			print "stats up N down N lost N last S": datagrams,
 *				and milliseconds since the last one of the client
 *	quit
 *
 * Each is answered with "ok" (or the stats).  All is decided by the seed and
 * the order of datagrams.
 */

#include <sys/socket.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DATAGRAM_MAX	2048
#define QUEUE_MAX	20000
#define KEEP_MAX	64
#define OLD_MAX		16	/* sockets of addresses before: still heard */

struct datagram {
	int64_t	 at;
	uint64_t seq;
	bool	 up;
	size_t	 len;
	uint8_t	 data[DATAGRAM_MAX];
};

static struct datagram	*queue[QUEUE_MAX], *kept[KEEP_MAX];
static size_t		 queued, keep_next;
static int		 front;			/* clients send to it */
static int		 back[OLD_MAX], backs;	/* the last is in use */
static struct sockaddr_in client, server;
static bool		 have_client, have_server, blackout;
static bool		 hold_up, hold_down;
static double		 loss, dup_p, delay, jitter, mtu = DATAGRAM_MAX;
static uint64_t		 random_state, seq;
static unsigned long	 n_up, n_down, n_lost, moves;
static int64_t		 last_up;

static int64_t
now_us(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000);
}

/* splitmix64 */
static uint64_t
next_random(void)
{
	uint64_t	z = random_state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (z ^ z >> 31);
}

static double
chance(void)
{
	return ((double)(next_random() >> 11) / 9007199254740992.0);
}

static int
bind_socket(const char *addr)
{
	struct sockaddr_in	sin;
	int			fd = socket(AF_INET, SOCK_DGRAM, 0);

	memset(&sin, 0, sizeof sin);
	sin.sin_family = AF_INET;
	inet_pton(AF_INET, addr, &sin.sin_addr);
	if (fd == -1 || bind(fd, (struct sockaddr *)&sin, sizeof sin) != 0) {
		if (fd != -1)
			close(fd);
		return (-1);
	}
	fcntl(fd, F_SETFL, O_NONBLOCK);
	return (fd);
}

static void
roam(void)
{
	char	addr[32];
	int	fd;

	/* All of 127/8 is this machine on Linux; elsewhere the port moves. */
	snprintf(addr, sizeof addr, "127.0.0.%lu", 2 + moves++ % 200);
	if ((fd = bind_socket(addr)) == -1)
		fd = bind_socket("127.0.0.1");
	if (fd == -1)
		return;
	if (backs == OLD_MAX) {
		close(back[0]);
		memmove(back, back + 1, sizeof back[0] * (OLD_MAX - 1));
		backs--;
	}
	back[backs++] = fd;
}

static void
enqueue(bool up, const uint8_t *data, size_t n)
{
	struct datagram	*d;

	if (queued == QUEUE_MAX || (d = malloc(sizeof *d)) == NULL)
		return;
	d->at = now_us() + (int64_t)((delay + jitter * chance()) * 1000);
	d->seq = seq++;
	d->up = up;
	d->len = n;
	memcpy(d->data, data, n);
	queue[queued++] = d;
}

static void
take(bool up, const uint8_t *data, size_t n)
{
	struct datagram	*d;

	if (up) {
		n_up++;
		last_up = now_us();
	} else
		n_down++;
	if (blackout || n > mtu || chance() < loss) {
		n_lost++;
		return;
	}
	enqueue(up, data, n);
	if (chance() < dup_p)
		enqueue(up, data, n);
	if ((d = kept[keep_next % KEEP_MAX]) == NULL)
		d = kept[keep_next % KEEP_MAX] = malloc(sizeof *d);
	if (d != NULL) {
		d->up = up;
		d->len = n;
		memcpy(d->data, data, n);
		keep_next++;
	}
}

static void
send_up(int fd, const uint8_t *data, size_t n)
{
	if (have_server)
		sendto(fd, data, n, 0, (struct sockaddr *)&server,
		    sizeof server);
}

static void
send_down(const uint8_t *data, size_t n)
{
	if (have_client)
		sendto(front, data, n, 0, (struct sockaddr *)&client,
		    sizeof client);
}

/* The first of those that nobody holds back; queued if there is none. */
static size_t
next_due(void)
{
	size_t	i, best = queued;

	for (i = 0; i < queued; i++) {
		if (queue[i]->up ? hold_up : hold_down)
			continue;
		if (best == queued || queue[i]->at < queue[best]->at ||
		    (queue[i]->at == queue[best]->at &&
		    queue[i]->seq < queue[best]->seq))
			best = i;
	}
	return (best);
}

/* Send what is due; return the milliseconds until the next, -1 for none. */
static int
deliver(void)
{
	struct datagram	*d;
	size_t		 best;
	int64_t		 now = now_us();

	while ((best = next_due()) != queued) {
		d = queue[best];
		if (d->at > now)
			return ((int)((d->at - now + 999) / 1000));
		if (d->up)
			send_up(back[backs - 1], d->data, d->len);
		else
			send_down(d->data, d->len);
		free(d);
		queue[best] = queue[--queued];
	}
	return (-1);
}

static void
forge(int n, int fd)
{
	uint8_t			 data[DATAGRAM_MAX];
	const struct datagram	*d;
	size_t			 len, i;

	while (n-- > 0) {
		d = kept[next_random() % KEEP_MAX];
		if (n % 2 == 0 && d != NULL && d->len > 0) {
			len = d->len;
			memcpy(data, d->data, len);
			data[next_random() % len] ^= 1 << next_random() % 8;
			if (n % 4 == 0)
				len = next_random() % len;
		} else {
			len = next_random() % 1300;
			for (i = 0; i < len; i++)
				data[i] = (uint8_t)next_random();
		}
		send_up(fd, data, len);
		send_down(data, len);
	}
}

static void
replay(int n, int fd)
{
	const struct datagram	*d;

	while (n-- > 0) {
		if ((d = kept[next_random() % KEEP_MAX]) == NULL)
			continue;
		if (d->up)
			send_up(fd, d->data, d->len);
		else
			send_down(d->data, d->len);
	}
}

static void
command(char *line)
{
	char	*arg = strchr(line, ' ');
	double	 v = 0;
	int	 fd;

	if (arg != NULL) {
		*arg++ = '\0';
		v = atof(arg);
	} else
		arg = line + strlen(line);
	if (strcmp(line, "quit") == 0)
		exit(0);
	else if (strcmp(line, "server") == 0) {
		memset(&server, 0, sizeof server);
		server.sin_family = AF_INET;
		server.sin_port = htons((uint16_t)v);
		server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		have_server = true;
	} else if (strcmp(line, "loss") == 0)
		loss = v;
	else if (strcmp(line, "delay") == 0)
		delay = v;
	else if (strcmp(line, "jitter") == 0)
		jitter = v;
	else if (strcmp(line, "dup") == 0)
		dup_p = v;
	else if (strcmp(line, "mtu") == 0)
		mtu = v;
	else if (strcmp(line, "roam") == 0)
		roam();
	else if (strcmp(line, "blackout") == 0)
		blackout = strcmp(arg, "on") == 0;
	else if (strcmp(line, "hold") == 0) {
		hold_up = strcmp(arg, "up") == 0;
		hold_down = strcmp(arg, "down") == 0;
	} else if (strcmp(line, "forge") == 0 || strcmp(line, "replay") == 0) {
		if ((fd = bind_socket("127.0.0.1")) != -1) {
			if (*line == 'f')
				forge((int)v, fd);
			else
				replay((int)v, fd);
			close(fd);
		}
	} else if (strcmp(line, "stats") == 0) {
		printf("stats up %lu down %lu lost %lu last %lld\n", n_up,
		    n_down, n_lost, last_up == 0 ? -1LL :
		    (long long)(now_us() - last_up) / 1000);
		fflush(stdout);
		return;
	} else {
		printf("what is %s?\n", line);
		fflush(stdout);
		return;
	}
	printf("ok\n");
	fflush(stdout);
}

static void
read_commands(void)
{
	static char	line[256];
	static size_t	n;
	char		chunk[256];
	ssize_t		r, i;

	r = read(STDIN_FILENO, chunk, sizeof chunk);
	if (r <= 0)
		exit(0);
	for (i = 0; i < r; i++) {
		if (chunk[i] == '\n') {
			line[n] = '\0';
			n = 0;
			command(line);
		} else if (n < sizeof line - 1)
			line[n++] = chunk[i];
	}
}

int
main(int argc, char **argv)
{
	struct sockaddr_in	sin;
	socklen_t		len = sizeof sin;
	struct pollfd		pfd[OLD_MAX + 2];
	uint8_t			data[DATAGRAM_MAX];
	ssize_t			n;
	int			i, wait;

	random_state = argc > 1 ? (uint64_t)atoll(argv[1]) : 1;
	if ((front = bind_socket("127.0.0.1")) == -1 ||
	    (back[backs++] = bind_socket("127.0.0.1")) == -1 ||
	    getsockname(front, (struct sockaddr *)&sin, &len) != 0) {
		fprintf(stderr, "tool-udprelay: %s\n", strerror(errno));
		return (1);
	}
	printf("port %d\n", ntohs(sin.sin_port));
	fflush(stdout);
	for (;;) {
		wait = deliver();
		pfd[0].fd = STDIN_FILENO;
		pfd[1].fd = front;
		for (i = 0; i < backs; i++)
			pfd[2 + i].fd = back[i];
		for (i = 0; i < backs + 2; i++)
			pfd[i].events = POLLIN;
		if (poll(pfd, (nfds_t)backs + 2, wait) <= 0)
			continue;
		if (pfd[1].revents != 0) {
			len = sizeof client;
			while ((n = recvfrom(front, data, sizeof data, 0,
			    (struct sockaddr *)&client, &len)) >= 0) {
				have_client = true;
				take(true, data, (size_t)n);
			}
		}
		for (i = 0; i < backs; i++) {
			while (pfd[2 + i].revents != 0 && (n = recv(back[i],
			    data, sizeof data, 0)) >= 0)
				take(false, data, (size_t)n);
		}
		if (pfd[0].revents != 0)
			read_commands();
	}
}
