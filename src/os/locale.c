/* SPDX-License-Identifier: ISC */
/* The character set of the user's environment. */

#include "os/locale.h"

#include <langinfo.h>
#include <locale.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static int
is_utf8(void)
{
	const char	*s = nl_langinfo(CODESET);

	return (strcasecmp(s, "UTF-8") == 0 || strcasecmp(s, "UTF8") == 0);
}

enum os_locale
os_locale_init(void)
{
	static const char *const	try[] = {
		"C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8", "POSIX.UTF-8"
	};
	size_t				i;

	setlocale(LC_TIME, "");
	if (setlocale(LC_CTYPE, "") != NULL && is_utf8())
		return (OS_LOCALE_UTF8);
	for (i = 0; i < sizeof try / sizeof *try; i++) {
		if (setlocale(LC_CTYPE, try[i]) != NULL && is_utf8())
			return (OS_LOCALE_FALLBACK);
	}
	return (OS_LOCALE_NONE);
}
