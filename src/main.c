/* SPDX-License-Identifier: ISC */

/*
 * main.c - one program, four jobs: client, server, the far end of an ssh, and tmux.
 *
 * Options before the command are tmux's, with three of our own: -H host, -p port,
 * and the way of `attach host`.  Called by the name tmux it answers as tmux 3.6.
 */

#include <sys/types.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "client/client.h"
#include "client/start.h"
#include "server/start.h"

#define PROGRAM		"rmux " RMUX_VERSION
#define AS_TMUX		"tmux 3.6"

struct options_given {
	struct client_args	 client;
	struct server_start	 server;
	const char		*name;		/* -L */
	const char		*path;		/* -S */
	char			*shell_command;	/* -c */
	int			 verbose;
	bool			 as_tmux, foreground;
	char			**configs;
	int			 nconfigs;
};

static const char	usage_text[] =
    "usage: rmux [-2CDhlNuvV] [-c shell-command] [-f file] [-H [user@]host]\n"
    "            [-L socket-name] [-p udp-port] [-S socket-path] [-T features]\n"
    "            [--ssh=COMMAND] [--server=PATH] [--udp=HOST[:PORT]]\n"
    "            [command [flags]] [\\; command ...]\n"
    "       rmux attach [-46] [--ssh=COMMAND] [--server=PATH] [--udp=HOST[:PORT]]\n"
    "            [-dErx] [-t session] [user@]host | ssh://[user@]host[:port]\n";

static void
help(void)
{
	printf("%s", usage_text);
	printf("\n"
	    "  rmux                     start a session here, or one more\n"
	    "  rmux attach              attach to a session that runs here\n"
	    "  rmux attach user@host    attach to one there, over any network\n"
	    "  rmux -H user@host ls     any command there\n"
	    "\n"
	    "  -c command   run a shell command as the login shell would\n"
	    "  -D           stay in the foreground as server\n"
	    "  -f file      configuration (may be given several times)\n"
	    "  -H host      run the command at that host\n"
	    "  -L name      name of the server's socket (default: default)\n"
	    "  -N           never start a server\n"
	    "  -p port      UDP port or range of a server started now (60001-60999)\n"
	    "  -S path      path of the server's socket\n"
	    "  -T features  features of this terminal\n"
	    "  -u           this terminal is UTF-8 whatever the locale says\n"
	    "  -v           write a log file into this directory\n"
	    "  -V           print the version\n"
	    "\n"
	    "On the way to a host, before the command or behind attach:\n"
	    "  --ssh=COMMAND      the ssh to run, with its options (default: ssh)\n"
	    "  --server=PATH      the rmux over there (default: found by its PATH)\n"
	    "  --udp=HOST[:PORT]  where to send datagrams if not where ssh went\n"
	    "  -4, -6             IPv4 or IPv6 only\n"
	    "\n"
	    "Keys: C-b ? lists them; C-b d detaches.  Manual: man rmux.\n");
}

static int
start_server(void *arg, char **cause)
{
	struct options_given	*o = arg;

	return (server_start(&o->server, cause));
}

/* "attach" by any prefix or alias that means it. */
static bool
is_attach(const char *word)
{
	return (str_starts("attach-session", word) && strlen(word) >= 1 &&
	    word[0] == 'a');
}

/*
 * The long options, which say how to get there: before a command, or behind attach.  1 if
 * word is one; 0 if it is none; -1 after having said what is wrong with it.
 */
static int
far_option(struct options_given *o, const char *word)
{
	static const char *const names[] = { "--ssh=", "--server=", "--udp=" };
	const char		**value[3];
	const char		 *nearest;
	size_t			  i, n;

	value[0] = &o->client.ssh;
	value[1] = &o->client.server;
	value[2] = &o->client.udp;
	if (strncmp(word, "--", 2) != 0 || word[2] == '\0')
		return (0);
	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		n = strlen(names[i]);
		if (strncmp(word, names[i], n) == 0 && word[n] != '\0') {
			*value[i] = word + n;
			return (1);
		}
		if (strncmp(word, names[i], n - 1) == 0 && strlen(word) <= n) {
			fprintf(stderr, "rmux: %s needs a value: %sVALUE\n", word, names[i]);
			return (-1);
		}
	}
	nearest = str_nearest(word, names, sizeof names / sizeof names[0]);
	fprintf(stderr, "rmux: unknown option %s (%s%s%sknown: --ssh= --server= --udp= -4 -6)\n",
	    word, nearest != NULL ? "did you mean " : "", nearest != NULL ? nearest : "",
	    nearest != NULL ? "? " : "");
	return (-1);
}

/*
 * `attach` with a host among its words is ours: take host and our options out; what is
 * left goes to the server there.  Returns 0; 1 if there was no host; -1 on error.
 */
static int
attach_host(struct options_given *o, int argc, char **argv)
{
	static const char	with_value[] = "cft";
	struct client_args	*c = &o->client;
	char			**left, *cause = NULL;
	const char		*host = NULL;
	int			 i, r, n = 0;
	bool			 ours = c->ssh != NULL || c->server != NULL || c->udp != NULL;

	left = xcalloc((size_t)argc + 8, sizeof *left);
	left[n++] = argv[0];
	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], ";") == 0)
			break;
		if ((r = far_option(o, argv[i])) == -1) {
			free(left);
			return (-1);
		}
		if (r == 1)
			ours = true;
		else if (strcmp(argv[i], "-4") == 0 || strcmp(argv[i], "-6") == 0) {
			c->family = argv[i][1] - '0';
			ours = true;
		} else if (strcmp(argv[i], "--") == 0)
			continue;
		else if (argv[i][0] == '-' && argv[i][1] != '\0') {
			char last = argv[i][strlen(argv[i]) - 1];
			left[n++] = argv[i];
			if (strchr(with_value, last) != NULL && i + 1 < argc)
				left[n++] = argv[++i];
		} else if (host == NULL)
			host = argv[i];
		else {
			fprintf(stderr, "rmux: one host at a time: %s and %s\n", host, argv[i]);
			return (-1);
		}
	}
	for (; i < argc; i++)
		left[n++] = argv[i];
	if (host == NULL && c->host != NULL) {	/* of -H */
		c->argc = n;
		c->argv = left;
		return (0);
	}
	if (host != NULL && c->host != NULL) {
		fprintf(stderr, "rmux: one host at a time: %s and %s\n", c->host, host);
		free(left);
		return (-1);
	}
	if (host == NULL) {
		free(left);
		if (ours) {
			fprintf(stderr, "rmux: attach: which host?\n%s", usage_text);
			return (-1);
		}
		return (1);
	}
	if ((c->host = client_parse_host(host, &c->ssh_port, &cause)) == NULL) {
		fprintf(stderr, "rmux: %s\n", cause);
		return (-1);
	}
	if (n > 1) {
		c->argc = n;
		c->argv = left;
		return (0);
	}
	/* Join what is there, or start. */
	n = 0;
	left[n++] = xstrdup("if-shell");
	left[n++] = xstrdup("-F");
	left[n++] = xstrdup("#{server_sessions}");
	left[n++] = xstrdup("attach-session");
	left[n++] = xstrdup("new-session");
	c->argc = n;
	c->argv = left;
	return (0);
}

static void
set_far_side(struct options_given *o)
{
	struct client_args	*c = &o->client;

	if (o->path != NULL)
		c->remote_socket = o->path;
	else if (o->name != NULL) {
		c->remote_socket = o->name;
		c->remote_socket_is_name = true;
	}
	c->remote_ports = o->server.udp_ports;
}

static void
add_config(struct options_given *o, const char *path)
{
	char	cwd[4096], *full;

	if (*path == '/' || getcwd(cwd, sizeof cwd) == NULL)
		full = xstrdup(path);
	else
		xasprintf(&full, "%s/%s", cwd, path);
	o->configs = xreallocarray(o->configs, (size_t)o->nconfigs + 1, sizeof *o->configs);
	o->configs[o->nconfigs++] = full;
}

static int
parse_options(struct options_given *o, int argc, char **argv)
{
	const char	*host = NULL, *far = NULL;
	char		*cause = NULL;
	int		 ch, r;
	uint16_t	 lo, hi;

	for (;;) {
		if (!o->as_tmux && optind < argc && (r = far_option(o, argv[optind])) != 0) {
			if (r == -1)
				exit(CLIENT_EXIT_USAGE);
			far = argv[optind++];
			continue;
		}
		if ((ch = getopt(argc, argv, "+2CDH:L:NS:T:Vc:f:hlp:quv46")) == -1)
			break;
		switch (ch) {
		case '2':
			o->client.features = "256";
			break;
		case '4':
		case '6':
			o->client.family = ch - '0';
			break;
		case 'C':
			if (o->client.control)
				o->client.control_cc = true;
			o->client.control = true;
			break;
		case 'D':
			o->foreground = true;
			break;
		case 'H':
			host = optarg;
			break;
		case 'L':
			o->name = optarg;
			break;
		case 'N':
			o->client.no_start = true;
			break;
		case 'S':
			o->path = optarg;
			break;
		case 'T':
			o->client.features = optarg;
			break;
		case 'V':
			printf("%s\n", o->as_tmux ? AS_TMUX : PROGRAM);
			exit(0);
		case 'c':
			o->shell_command = optarg;
			break;
		case 'f':
			add_config(o, optarg);
			break;
		case 'h':
			help();
			exit(0);
		case 'p':
			if (!str_to_ports(optarg, &lo, &hi)) {
				fprintf(stderr, "rmux: -p %s: not a port, nor first-last\n",
				    optarg);
				exit(CLIENT_EXIT_USAGE);
			}
			o->server.udp_ports = optarg;
			break;
		case 'l':
		case 'q':
			break;
		case 'u':
			o->client.utf8 = true;
			break;
		case 'v':
			o->verbose++;
			break;
		default:
			fprintf(stderr, "%s", usage_text);
			exit(CLIENT_EXIT_USAGE);
		}
	}
	if (host != NULL &&
	    (o->client.host = client_parse_host(host, &o->client.ssh_port, &cause)) == NULL) {
		fprintf(stderr, "rmux: %s\n", cause);
		exit(CLIENT_EXIT_USAGE);
	}
	if (host == NULL && far != NULL && !(optind < argc && is_attach(argv[optind]))) {
		fprintf(stderr, "rmux: %s: for which host? (-H host, or attach host)\n", far);
		exit(CLIENT_EXIT_USAGE);
	}
	return (optind);
}

int
main(int argc, char **argv)
{
	struct options_given	 o;
	const char		*self;
	char			*cause = NULL, *path;
	int			 at, r;

	memset(&o, 0, sizeof o);
	server_title_init(argc, argv);
	self = strrchr(argv[0], '/');
	self = self != NULL ? self + 1 : argv[0];
	o.as_tmux = strcmp(self, "tmux") == 0;
	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		help();
		return (0);
	}
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		printf("%s\n", PROGRAM);
		return (0);
	}
	at = parse_options(&o, argc, argv);
	argc -= at;
	argv += at;
	if (o.shell_command != NULL)
		return (client_run_shell(o.shell_command));
	if (o.verbose > 0) {
		char log[64];
		snprintf(log, sizeof log, "rmux-client-%ld.log", (long)getpid());
		log_open(o.verbose > 1 ? LOG_LEVEL_DEBUG : LOG_LEVEL_INFO, log);
	}
	path = client_socket_path(o.path, o.name, &cause);
	if (path == NULL) {
		fprintf(stderr, "rmux: %s\n", cause);
		return (CLIENT_EXIT_ERROR);
	}
	o.server.socket_path = path;
	o.server.as_tmux = o.as_tmux;
	o.server.foreground = o.foreground;
	o.server.config_paths = o.configs;
	o.server.config_count = o.nconfigs;
	o.client.socket_path = path;
	o.client.program = PROGRAM;
	o.client.start_arg = &o;
	o.client.argc = argc;
	o.client.argv = argv;
	if (o.foreground) {
		if (server_start(&o.server, &cause) != 0)
			fprintf(stderr, "rmux: %s\n", cause);
		return (CLIENT_EXIT_ERROR);
	}
	if (argc == 1 && strcmp(argv[0], "bootstrap") == 0)
		exit(relay_main(path, start_server, &o));
	if (argc > 0 && is_attach(argv[0])) {
		r = attach_host(&o, argc, argv);
		if (r == -1)
			return (CLIENT_EXIT_USAGE);
	}
	if (o.client.host != NULL)
		set_far_side(&o);
	else if (server_command_starts(argc, argv))
		o.client.start_server = start_server;
	exit(client_main(&o.client));
}
