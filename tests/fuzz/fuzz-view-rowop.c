/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/*
 * Rows of a hostile peer: the input is a row, and another one against it.
 * What can be read is sound, can be written, and is then read the same.
 */

#include <stdlib.h>

#include "base/log.h"
#include "base/xmalloc.h"
#include "view/limits.h"
#include "view/rowop.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
again(struct rowop_palette *pal, const struct row *r, const struct row *base)
{
	uint8_t			*buf = xmalloc(VIEW_PIECE_TOTAL_MAX);
	struct rowop_palette	 out;
	struct writer		 w;
	struct reader		 rd;
	struct row		*got;

	rowop_palette_init(&out);
	writer_init(&w, buf, VIEW_PIECE_TOTAL_MAX);
	rowop_write(&out, &w, r, base, ROWOP_ALL);
	if (writer_ok(&w)) {
		reader_init(&rd, buf, writer_len(&w));
		rowop_palette_clear(pal);
		got = rowop_read(pal, &rd, base, 1);
		must(got != NULL && reader_left(&rd) == 0);
		must(rowop_equal(got, r));
		row_unref(got);
	}
	rowop_palette_fini(&out);
	free(buf);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct rowop_palette	 pal;
	struct reader		 rd;
	struct row		*a, *b = NULL;

	rowop_palette_init(&pal);
	reader_init(&rd, p, n);
	a = rowop_read(&pal, &rd, NULL, 1);
	if (a != NULL)
		b = rowop_read(&pal, &rd, a, 80);
	if (a != NULL) {
		must(row_check(a) == NULL);
		again(&pal, a, NULL);
	}
	if (b != NULL) {
		must(row_check(b) == NULL);
		again(&pal, b, a);
		again(&pal, a, b);
	}
	row_unref(a);
	row_unref(b);
	rowop_palette_fini(&pal);
	return (0);
}
