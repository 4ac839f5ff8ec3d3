/* SPDX-License-Identifier: ISC */

/* ssh.c - see ssh.h. */

#include <sys/wait.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "client/ssh.h"
#include "os/random.h"
#include "os/spawn.h"

#define SSH_ARGS_MAX	64
#define SSH_NOISE_MAX	(1 << 20)	/* bytes of motd and rc output before the answer */

/* "user@[::1]" as URLs have it: ssh wants the address bare. */
static void
strip_brackets(char *host)
{
	char	*at = strrchr(host, '@'), *p = at != NULL ? at + 1 : host;
	size_t	 n = strlen(p);

	if (n > 2 && *p == '[' && p[n - 1] == ']') {
		memmove(p, p + 1, n - 2);
		p[n - 2] = '\0';
	}
}

/* What users may call a host: no option, nothing that a shell or ssh would act upon. */
char *
client_parse_host(const char *text, int *port, char **cause)
{
	const char	*p, *end;
	char		*host, *colon;
	long long	 n;
	const char	*why;

	*port = 0;
	if (strncmp(text, "ssh://", 6) == 0) {
		host = xstrdup(text + 6);
		if ((end = strchr(host, '/')) != NULL)
			host[end - host] = '\0';
		colon = strrchr(host, ':');
		if (colon != NULL && strchr(colon, ']') == NULL) {
			*colon = '\0';
			if (str_to_int(colon + 1, 1, 65535, &n, &why) != 0) {
				xasprintf(cause, "port of %s: %s", text, why);
				free(host);
				return (NULL);
			}
			*port = (int)n;
		}
	} else
		host = xstrdup(text);
	strip_brackets(host);
	if (*host == '\0' || *host == '-' || strlen(host) > 255) {
		xasprintf(cause, "not a host: %s", text);
		free(host);
		return (NULL);
	}
	for (p = host; *p != '\0'; p++) {
		if ((unsigned char)*p <= ' ' || *p == 0x7f || strchr("\"'`$\\;&|<>(){}*?!", *p)) {
			xasprintf(cause, "a host's name has no such character: %s", text);
			free(host);
			return (NULL);
		}
	}
	return (host);
}

/*
 * The command for the shell over there.  That may be any: csh and fish know no
 * assignments, so all they get to do is to start sh.
 */
static char *
remote_command(const struct client_args *a)
{
	struct buf	 b;
	char		*q, *out;

	buf_init(&b, 16384);
	if (a->server == NULL)
		buf_addstr(&b, "PATH=\"$PATH:$HOME/.local/bin:$HOME/bin:/usr/local/bin:"
		    "/opt/homebrew/bin\"; export PATH; exec rmux");
	else if (strncmp(a->server, "~/", 2) == 0) {
		q = str_quote_sh(a->server + 2);
		buf_addf(&b, "exec \"$HOME\"/%s", q);
		free(q);
	} else {
		q = str_quote_sh(a->server);
		buf_addf(&b, "exec %s", q);
		free(q);
	}
	if (a->remote_socket != NULL) {
		q = str_quote_sh(a->remote_socket);
		buf_addf(&b, " %s %s", a->remote_socket_is_name ? "-L" : "-S", q);
		free(q);
	}
	if (a->remote_ports != NULL) {
		q = str_quote_sh(a->remote_ports);
		buf_addf(&b, " -p %s", q);
		free(q);
	}
	buf_addstr(&b, " bootstrap");
	buf_addc(&b, '\0');
	q = str_quote_sh((const char *)buf_data(&b));
	xasprintf(&out, "exec sh -c %s", q);
	free(q);
	buf_fini(&b);
	return (out);
}

/*
 * "ssh -o 'ProxyCommand=nc %h %p'": words as a shell splits them, with quotes and
 * backslashes, in place.  Returns how many; -1 if a quote is left open or there are
 * too many.
 */
static int
split_words(char *text, char **argv, int max)
{
	int	 n = 0;
	char	*from = text, *to = text, quote;

	for (;;) {
		from += strspn(from, " \t\n");
		if (*from == '\0')
			return (n);
		if (n == max)
			return (-1);
		argv[n++] = to;
		for (quote = '\0'; *from != '\0'; from++) {
			if (*from == quote)
				quote = '\0';
			else if (quote == '\0' && (*from == '\'' || *from == '"'))
				quote = *from;
			else if (quote == '\0' && strchr(" \t\n", *from) != NULL)
				break;
			else {
				if (*from == '\\' && quote != '\'' && from[1] != '\0' &&
				    (quote == '\0' || strchr("\\\"$`", from[1]) != NULL))
					from++;
				*to++ = *from;
			}
		}
		if (quote != '\0')
			return (-1);
		if (*from != '\0')
			from++;
		*to++ = '\0';	/* never ahead of what is read, see from++ */
	}
}

/* A stand-in for ssh need not know what ssh knows. */
static bool
is_ssh(const struct client_args *a)
{
	char		*words, *argv[SSH_ARGS_MAX], *slash;
	bool		 is = true;

	if (a->ssh == NULL)
		return (true);
	words = xstrdup(a->ssh);
	if (split_words(words, argv, SSH_ARGS_MAX - 16) > 0) {
		slash = strrchr(argv[0], '/');
		is = strcmp(slash != NULL ? slash + 1 : argv[0], "ssh") == 0;
	}
	free(words);
	return (is);
}

/* ssh with its words and ours.  -1 with errno. */
static pid_t
ssh_spawn(const struct client_args *a, const char *const *more, int nmore, int in, int out)
{
	struct os_spawn	 os;
	char		*words, *argv[SSH_ARGS_MAX];
	int		 i, n, error;
	pid_t		 pid;

	words = xstrdup(a->ssh != NULL ? a->ssh : "ssh");
	n = split_words(words, argv, SSH_ARGS_MAX - 16);
	if (n <= 0) {
		free(words);
		errno = EINVAL;
		return (-1);
	}
	for (i = 0; i < nmore; i++)
		argv[n++] = (char *)(uintptr_t)more[i];
	argv[n] = NULL;
	memset(&os, 0, sizeof os);
	os.argv = argv;
	os.fds[0] = in;
	os.fds[1] = out;
	os.fds[2] = STDERR_FILENO;
	os.group = OS_SPAWN_SAME;
	pid = os_spawn(&os);
	error = errno;
	free(words);
	errno = error;
	return (pid);
}

/*
 * Wait for the answer among what login files print.  1 found, 0 the stream ended.
 */
static int
read_answer(int fd, const uint8_t *nonce, struct boot_answer *ans, struct ssh_boot *sb)
{
	char		 line[BOOT_LINE_MAX * 4];
	uint8_t		 chunk[2048];
	size_t		 len = 0, i, total = 0;
	ssize_t		 n;
	struct pollfd	 pf = { .fd = fd, .events = POLLIN };
	int		 found = 0;

	while (!found && total < SSH_NOISE_MAX) {
		if (poll(&pf, 1, -1) == -1 && errno != EINTR)
			break;
		n = read(fd, chunk, sizeof chunk);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			break;
		total += (size_t)n;
		for (i = 0; i < (size_t)n && !found; i++) {
			if (chunk[i] != '\n') {
				if (len < sizeof line)
					line[len++] = (char)chunk[i];
				continue;
			}
			found = boot_read_answer(line, len, nonce, ans);
			len = 0;
		}
		if (found) {
			sb->rest_len = (size_t)n - i;
			memcpy(sb->rest, chunk + i, sb->rest_len);
		}
	}
	mem_wipe(line, sizeof line);
	mem_wipe(chunk, sizeof chunk);
	return (found);
}

static int
ssh_failed(const struct client_args *a, pid_t pid)
{
	int	status = 0;

	if (waitpid(pid, &status, 0) == -1)
		status = 0;
	if (WIFEXITED(status) && (WEXITSTATUS(status) == 127 || WEXITSTATUS(status) == 126)) {
		fprintf(stderr, "rmux: no rmux on %s%s%s\n"
		    "Install it there (./configure --install-deps && make && make install),\n"
		    "or say where it is with --server=PATH.\n", a->host,
		    a->server != NULL ? " at " : "", a->server != NULL ? a->server : "");
		return (CLIENT_EXIT_ERROR);
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 255) {
		fprintf(stderr, "rmux: ssh could not log in to %s\n", a->host);
		return (255);
	}
	fprintf(stderr, "rmux: the far end on %s gave no answer%s\n", a->host,
	    WIFSIGNALED(status) ? " (ssh was killed)" : "");
	return (CLIENT_EXIT_ERROR);
}

/*** Where to send datagrams ***/

static void
add_addr(struct ssh_boot *sb, const struct os_addr *addr, int family)
{
	int	i, af = addr->ss.ss_family;

	if ((family == 4 && af != AF_INET) || (family == 6 && af != AF_INET6))
		return;
	for (i = 0; i < sb->naddrs; i++) {
		if (os_addr_equal(&sb->addrs[i], addr))
			return;
	}
	if (sb->naddrs < SSH_ADDRS_MAX)
		sb->addrs[sb->naddrs++] = *addr;
}

static void
add_name(struct ssh_boot *sb, const char *name, uint16_t port, int family)
{
	struct os_addr	 found[8];
	char		*cause = NULL;
	int		 i, n;

	n = os_addr_resolve(name, port, found, 8, &cause);
	free(cause);
	for (i = 0; i < n; i++)
		add_addr(sb, &found[i], family);
}

/* The name that ssh itself would connect to, by its configuration: ssh -G. */
static char *
ssh_hostname(const struct client_args *a)
{
	const char	*more[8];
	char		*host = NULL, line[1024];
	int		 fds[2], n = 0;
	FILE		*f;
	pid_t		 pid;

	if (os_pipe(fds) != 0)
		return (NULL);
	more[n++] = "-G";
	more[n++] = "--";
	more[n++] = a->host;
	pid = ssh_spawn(a, more, n, -1, fds[1]);
	close(fds[1]);
	if (pid != -1 && (f = fdopen(fds[0], "r")) != NULL) {
		while (fgets(line, sizeof line, f) != NULL) {
			line[strcspn(line, "\r\n")] = '\0';
			if (host == NULL && strncmp(line, "hostname ", 9) == 0)
				host = xstrdup(line + 9);
		}
		fclose(f);
	} else
		close(fds[0]);
	if (pid != -1)
		waitpid(pid, NULL, 0);
	return (host);
}

/* "HOST[:PORT]", "[ADDR]:PORT", a bare IPv6 address.  *port stays if none is given. */
static int
parse_udp(const char *text, char **host, uint16_t *port, char **cause)
{
	char		*name = xstrdup(text), *colon, *start = name;
	const char	*why = NULL;
	long long	 n;

	colon = strrchr(name, ':');
	if (*name == '[' && strchr(name, ']') != NULL) {
		start = name + 1;
		colon = strchr(name, ']');
		*colon++ = '\0';
		if (*colon != ':')
			colon = NULL;
	} else if (colon != NULL && strchr(name, ':') != colon)
		colon = NULL;
	if (colon != NULL) {
		*colon = '\0';
		if (str_to_int(colon + 1, 1, 65535, &n, &why) == 0)
			*port = (uint16_t)n;
		else
			xasprintf(cause, "--udp=%s: port is %s", text, why);
	}
	if (why == NULL && *start == '\0')
		xasprintf(cause, "--udp=%s: no host", text);
	if (*cause == NULL)
		*host = xstrdup(start);
	free(name);
	return (*cause == NULL ? 0 : -1);
}

/* Before ssh is run, so that nobody gives a password only to be told of a typo. */
static int
check_args(const struct client_args *a)
{
	struct os_addr	 found;
	char		*words, *argv[SSH_ARGS_MAX], *host = NULL, *cause = NULL;
	uint16_t	 port = 1;

	words = xstrdup(a->ssh != NULL ? a->ssh : "ssh");
	if (split_words(words, argv, SSH_ARGS_MAX - 16) <= 0)
		xasprintf(&cause, "--ssh=%s: empty, too long, or a quote is left open", a->ssh);
	free(words);
	if (cause == NULL && a->udp != NULL && parse_udp(a->udp, &host, &port, &cause) == 0 &&
	    os_addr_resolve(host, port, &found, 1, &cause) <= 0 && cause == NULL)
		xasprintf(&cause, "%s: no address", host);
	free(host);
	if (cause == NULL)
		return (0);
	fprintf(stderr, "rmux: %s\n", cause);
	free(cause);
	return (-1);
}

static void
find_addrs(const struct client_args *a, const struct boot_answer *ans, struct ssh_boot *sb)
{
	struct os_addr	 addr;
	char		*name = NULL, *colon, *host = NULL, *cause = NULL;
	const char	*at;
	unsigned	 i;
	uint16_t	 port = ans->port;

	if (ans->port == 0)
		return;
	if (a->udp != NULL) {
		if (parse_udp(a->udp, &host, &port, &cause) == 0)
			add_name(sb, host, port, a->family);
		free(cause);
		free(host);
		return;
	}
	if (is_ssh(a))
		name = ssh_hostname(a);
	at = strrchr(a->host, '@');
	host = xstrdup(at != NULL ? at + 1 : a->host);
	add_name(sb, name != NULL ? name : host, ans->port, a->family);
	free(name);
	free(host);
	for (i = 0; i < ans->naddrs; i++) {
		char text[BOOT_ADDR_LEN];
		strlcpy(text, ans->addrs[i], sizeof text);
		host = text;
		if (*host == '[')
			host++;
		if ((colon = strrchr(host, ':')) != NULL)
			*colon = '\0';
		host[strcspn(host, "]")] = '\0';
		if (os_addr_parse(&addr, host, ans->port) == 0)
			add_addr(sb, &addr, a->family);
	}
}

/*** The whole ***/

int
ssh_boot(const struct client_args *a, struct ssh_boot *sb, int *code)
{
	struct boot_hello	 h;
	struct boot_answer	 ans;
	struct seal_keypair	 kp;
	struct seal_params	 sp;
	struct rng		*rng = os_rng();
	const char		*more[12];
	char			*command, line[BOOT_LINE_MAX], port[16];
	size_t			 n;
	int			 fds[2], nmore = 0;

	memset(sb, 0, sizeof *sb);
	sb->fd = -1;
	*code = CLIENT_EXIT_USAGE;
	if (check_args(a) != 0)
		return (-1);
	*code = CLIENT_EXIT_ERROR;
	memset(&h, 0, sizeof h);
	rng->fill(rng, h.nonce, sizeof h.nonce);
	h.version_min = h.version_max = BOOT_VERSION;
	h.suites = 3;
	h.aes_fast = seal_aes_is_fast();
	if (seal_keypair(&kp, rng) != 0 || os_socketpair(fds) != 0) {
		fprintf(stderr, "rmux: can't begin: %s\n", strerror(errno));
		seal_keypair_wipe(&kp);
		return (-1);
	}
	memcpy(h.pub, kp.pub, sizeof h.pub);
	command = remote_command(a);
	more[nmore++] = "-T";
	if (a->family == 4)
		more[nmore++] = "-4";
	if (a->family == 6)
		more[nmore++] = "-6";
	if (a->ssh_port != 0) {
		snprintf(port, sizeof port, "%d", a->ssh_port);
		more[nmore++] = "-p";
		more[nmore++] = port;
	}
	more[nmore++] = "--";
	more[nmore++] = a->host;
	more[nmore++] = command;
	sb->pid = ssh_spawn(a, more, nmore, fds[1], fds[1]);
	free(command);
	close(fds[1]);
	if (sb->pid == -1) {
		fprintf(stderr, "rmux: can't run %s: %s\n", a->ssh != NULL ? a->ssh : "ssh",
		    strerror(errno));
		close(fds[0]);
		seal_keypair_wipe(&kp);
		return (-1);
	}
	n = boot_write_hello(&h, line, sizeof line);
	if (write(fds[0], line, n) != (ssize_t)n || !read_answer(fds[0], h.nonce, &ans, sb)) {
		close(fds[0]);
		*code = ssh_failed(a, sb->pid);
		seal_keypair_wipe(&kp);
		return (-1);
	}
	if (ans.error[0] == '\0' && ans.version != BOOT_VERSION)
		strlcpy(ans.error, ans.version > BOOT_VERSION ?
		    "the rmux on the server is newer than yours: update it here" :
		    "the rmux on the server is older than yours: update it there",
		    sizeof ans.error);
	if (ans.error[0] != '\0') {
		fprintf(stderr, "rmux: %s: %s\n", a->host, ans.error);
		*code = CLIENT_EXIT_VERSION;
		close(fds[0]);
		waitpid(sb->pid, NULL, 0);
		seal_keypair_wipe(&kp);
		return (-1);
	}
	memset(&sp, 0, sizeof sp);
	sp.role = SEAL_CLIENT;
	sp.suite = ans.suite;
	memcpy(sp.psk, ans.psk, sizeof sp.psk);
	memcpy(sp.cid, ans.cid, sizeof sp.cid);
	memcpy(sp.client_pub, kp.pub, sizeof sp.client_pub);
	memcpy(sp.server_pub, ans.pub, sizeof sp.server_pub);
	memcpy(sp.priv, kp.priv, sizeof sp.priv);
	sb->seal = seal_derive(&sp);
	memcpy(sb->cid, ans.cid, sizeof sb->cid);
	mem_wipe(&sp, sizeof sp);
	seal_keypair_wipe(&kp);
	mem_wipe(ans.psk, sizeof ans.psk);
	if (sb->seal == NULL) {
		fprintf(stderr, "rmux: %s: the keys of the two sides do not fit\n", a->host);
		close(fds[0]);
		return (-1);
	}
	find_addrs(a, &ans, sb);
	sb->fd = fds[0];
	os_set_nonblock(sb->fd, true);
	return (0);
}
