/* SPDX-License-Identifier: ISC */
/* Signals: their names, and a clean slate for children. */

#include "os/signal.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

#ifndef NSIG
#define NSIG	65
#endif

static const struct {
	const char	*name;
	int		 sig;
} names[] = {
	{ "HUP", SIGHUP },	{ "INT", SIGINT },	{ "QUIT", SIGQUIT },
	{ "ILL", SIGILL },	{ "TRAP", SIGTRAP },	{ "ABRT", SIGABRT },
	{ "BUS", SIGBUS },	{ "FPE", SIGFPE },	{ "KILL", SIGKILL },
	{ "USR1", SIGUSR1 },	{ "SEGV", SIGSEGV },	{ "USR2", SIGUSR2 },
	{ "PIPE", SIGPIPE },	{ "ALRM", SIGALRM },	{ "TERM", SIGTERM },
	{ "CHLD", SIGCHLD },	{ "CONT", SIGCONT },	{ "STOP", SIGSTOP },
	{ "TSTP", SIGTSTP },	{ "TTIN", SIGTTIN },	{ "TTOU", SIGTTOU },
	{ "URG", SIGURG },	{ "XCPU", SIGXCPU },	{ "XFSZ", SIGXFSZ },
	{ "VTALRM", SIGVTALRM }, { "PROF", SIGPROF },
	{ "WINCH", SIGWINCH },	{ "IO", SIGIO },	{ "SYS", SIGSYS },
#ifdef SIGINFO
	{ "INFO", SIGINFO },
#endif
#ifdef SIGPWR
	{ "PWR", SIGPWR },
#endif
};

#define NAMES	(sizeof names / sizeof *names)

void
os_signal_reset(void)
{
	struct sigaction	sa;
	sigset_t		none;
	int			sig;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = SIG_DFL;
	sigemptyset(&sa.sa_mask);
	for (sig = 1; sig < NSIG; sig++)
		sigaction(sig, &sa, NULL);	/* fails for some; no matter */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

void
os_signal_ignore(int sig)
{
	struct sigaction	sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = SIG_IGN;
	sigemptyset(&sa.sa_mask);
	sigaction(sig, &sa, NULL);
}

const char *
os_signal_name(int sig)
{
	size_t	i;

	for (i = 0; i < NAMES; i++) {
		if (names[i].sig == sig)
			return (names[i].name);
	}
	return (NULL);
}

int
os_signal_number(const char *name)
{
	long long	n;
	size_t		i;

	if (str_to_int(name, 1, NSIG - 1, &n, NULL) == 0)
		return ((int)n);
	if (strncasecmp(name, "SIG", 3) == 0)
		name += 3;
	for (i = 0; i < NAMES; i++) {
		if (strcasecmp(names[i].name, name) == 0)
			return (names[i].sig);
	}
	return (-1);
}
