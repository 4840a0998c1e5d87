/* SPDX-License-Identifier: EUPL-1.2 */
/* A CSV behind a byte that says how it is to be read. Cells are valid UTF-8 and no longer than what came; a second reading gives the same.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "data/csv.h"
#include "fuzz.h"

static uint64_t read_all(struct sw_csv_reader *reader, const struct sw_csv *form, const char *bytes, size_t length)
{
    char fault[200] = "";
    uint64_t hash = SW_HASH_START;
    size_t total = 0;
    enum sw_csv_status status = SW_CSV_DAMAGED;
    if (sw_csv_open(reader, form, bytes, length, fault, sizeof fault)) {
        while ((status = sw_csv_next(reader, fault, sizeof fault)) == SW_CSV_ROW) {
            assert(reader->count >= 1 && reader->count <= SW_CSV_COLUMNS_MAX && reader->next_line > reader->line - (reader->line > 0));
            for (size_t i = 0; i < reader->count; i++) {
                size_t cell = strlen(reader->cells[i]);
                assert(cell <= SW_CSV_CELL_MAX && sw_utf8_valid(reader->cells[i], cell) == cell);
                total += cell;
                hash = sw_hash_text(hash, reader->cells[i]);
            }
            hash = sw_hash_number(hash, reader->count);
        }
    }
    assert(total <= 3 * length);
    assert((status == SW_CSV_DAMAGED) == (fault[0] != '\0'));
    sw_csv_close(reader);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char delimiters[] = ";,\t|";
    if (length == 0)
        return 0;
    const struct sw_csv form = {
        .delimiter = delimiters[bytes[0] & 3], .charset = (enum sw_charset)((bytes[0] >> 2 & 3) % 3), .skip = bytes[0] >> 4 & 3};
    struct sw_csv_reader *reader = calloc(1, sizeof *reader);
    assert(reader != NULL);
    uint64_t first = read_all(reader, &form, (const char *)bytes + 1, length - 1);
    assert(first == read_all(reader, &form, (const char *)bytes + 1, length - 1));
    free(reader);
    return 0;
}
