/* SPDX-License-Identifier: ISC */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/*
 * The compiler reads this before every file under src/ (see ALL_CFLAGS).  The
 * functions named here cannot be used safely, or not by us: they do not know
 * the size of what they write to, keep their state in a static, or hide
 * errors.  Whatever mentions them legitimately has to be included first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncat stpcpy sprintf vsprintf
#pragma GCC poison gets strtok
#pragma GCC poison gmtime localtime ctime asctime
#pragma GCC poison atoi atol atoll
#pragma GCC poison mktemp tmpnam tempnam

#endif /* BASE_BANNED_H */
