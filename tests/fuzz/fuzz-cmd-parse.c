/* SPDX-License-Identifier: ISC */
/* links: base term view model cmd */
/*
 * Any text either parses or is refused with a cause, and what is printed of
 * a parsed list reads back as the same list.
 */

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "cmd/cmd.h"
#include "model/model.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct model	*m;
	struct cmd_parse	 in = { .file = "f", .flags = CMD_PARSE_ASSIGN };
	struct cmd_list		*list, *again;
	char			*cause = NULL, *first, *second;

	if (n > 65536)
		return (0);
	if (m == NULL)
		m = model_new(NULL, NULL);
	in.model = m;
	list = cmd_parse_data(p, n, &in, &cause);
	if (list == NULL) {
		must(cause != NULL);
		free(cause);
		return (0);
	}
	first = cmd_list_print(list, false);
	in.flags = CMD_PARSE_NOALIAS;
	again = cmd_parse_text(first, &in, &cause);
	must(again != NULL);
	second = cmd_list_print(again, false);
	must(strcmp(first, second) == 0);
	free(first);
	free(second);
	first = cmd_list_print(list, true);
	free(first);
	cmd_list_unref(list);
	cmd_list_unref(again);
	return (0);
}
