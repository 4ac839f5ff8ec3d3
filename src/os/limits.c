/* SPDX-License-Identifier: ISC */
/* What the system lets this process do. */

#include "os/limits.h"

#include "config.h"

#include <sys/types.h>
#include <sys/resource.h>
#include <sys/time.h>
#ifdef HAVE_SYS_PRCTL_H
#include <sys/prctl.h>
#endif

#include <limits.h>
#include <stdbool.h>

/* Where there is no hard limit; more only makes close loops slow. */
#define FILES_MAX	65536

static struct rlimit	files_old, core_old;
static bool		files_changed, core_changed;

long
os_limit_files(void)
{
	struct rlimit	rl;
	rlim_t		want;

	if (getrlimit(RLIMIT_NOFILE, &rl) == -1)
		return (-1);
	want = rl.rlim_max;
	if (want == RLIM_INFINITY || want > FILES_MAX)
		want = FILES_MAX;
#if defined(__APPLE__) && defined(OPEN_MAX)
	if (want > OPEN_MAX)
		want = OPEN_MAX;
#endif
	if (want > rl.rlim_cur) {
		files_old = rl;
		rl.rlim_cur = want;
		if (setrlimit(RLIMIT_NOFILE, &rl) == 0)
			files_changed = true;
		else
			rl = files_old;
	}
	return ((long)rl.rlim_cur);
}

int
os_limit_nodump(void)
{
#ifdef PR_SET_DUMPABLE
	/* Not inherited by what a child executes. */
	return (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
#else
	struct rlimit	rl;

	if (getrlimit(RLIMIT_CORE, &rl) == -1)
		return (-1);
	if (!core_changed)
		core_old = rl;
	rl.rlim_cur = 0;
	if (setrlimit(RLIMIT_CORE, &rl) == -1)
		return (-1);
	core_changed = true;
	return (0);
#endif
}

void
os_limit_restore(void)
{
	if (files_changed)
		setrlimit(RLIMIT_NOFILE, &files_old);
	if (core_changed)
		setrlimit(RLIMIT_CORE, &core_old);
}
