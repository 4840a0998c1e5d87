/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/font_file.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define HEADER_BYTES 12
#define RECORD_BYTES 16
#define TABLES_MAX 256

static uint32_t big32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Each table's record (OpenType, "Organization of an OpenType Font") names offset and length: all must lie in the file. */
static const char *tables_fault(FILE *file, int tables, long size)
{
    uint8_t record[RECORD_BYTES];
    for (int i = 0; i < tables; i++) {
        if (fread(record, 1, sizeof record, file) != sizeof record)
            return "is cut short";
        uint64_t end = (uint64_t)big32(record + 8) + big32(record + 12);
        if (end > (uint64_t)size)
            return "is cut short";
    }
    return "";
}

static const char *fault_of(FILE *file)
{
    uint8_t header[HEADER_BYTES];
    if (fseek(file, 0, SEEK_END) != 0)
        return "cannot be read";
    long size = ftell(file);
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0)
        return "cannot be read";
    if (size == 0)
        return "is empty";
    if (fread(header, 1, sizeof header, file) != sizeof header)
        return "is no font";
    if (memcmp(header, "ttcf", 4) == 0) {
        uint8_t first[4];
        if (fread(first, 1, sizeof first, file) != sizeof first || big32(first) > (uint64_t)size ||
            fseek(file, (long)big32(first), SEEK_SET) != 0 || fread(header, 1, sizeof header, file) != sizeof header)
            return "is cut short";
    }
    bool known = big32(header) == 0x00010000 || memcmp(header, "OTTO", 4) == 0 || memcmp(header, "true", 4) == 0;
    int tables = header[4] << 8 | header[5];
    if (!known || tables == 0 || tables > TABLES_MAX)
        return "is no font";
    return tables_fault(file, tables, size);
}

const char *sw_font_file_fault(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return "is no file";
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return "cannot be opened";
    const char *fault = fault_of(file);
    fclose(file);
    return fault;
}
