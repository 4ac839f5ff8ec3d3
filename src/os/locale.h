/* SPDX-License-Identifier: ISC */
#ifndef OS_LOCALE_H
#define OS_LOCALE_H

/*
 * Set up LC_CTYPE and LC_TIME from the environment.  If the character set is
 * not UTF-8, try C.UTF-8 and its like for LC_CTYPE.
 */
enum os_locale {
	OS_LOCALE_UTF8,		/* the user's own is UTF-8 */
	OS_LOCALE_FALLBACK,	/* it is not; C.UTF-8 is in use */
	OS_LOCALE_NONE		/* there is no UTF-8 here */
};
enum os_locale	os_locale_init(void);

#endif /* OS_LOCALE_H */
