/* SPDX-License-Identifier: EUPL-1.2 */
/* What a table says by itself, and where its numbers have their decimal mark. */
#include <string.h>

#include "base/must.h"
#include "elements/table.h"
#include "exhibition/language.h"

static const struct sw_table_words all_words[] = {
    {"en", "← Previous", "Next →", "Page # of #", "Sort", "Sorted: # #"},
    {"de", "← Vorige", "Nächste →", "Seite # von #", "Sortieren", "Sortiert: # #"},
    {"tr", "← Önceki", "Sonraki →", "Sayfa # / #", "Sırala", "Sıralama: # #"},
    {"ar", "→ السابقة", "التالية ←", "الصفحة # من #", "ترتيب", "الترتيب: # #"},
};

const struct sw_table_words *sw_table_words(const char *language)
{
    return sw_language_row(all_words, SW_COUNT(all_words), sizeof all_words[0], language);
}

const char *sw_table_say(struct sw_arena *arena, const char *pattern, const char *first, const char *second)
{
    const char *one = strchr(pattern, '#'), *two = strrchr(pattern, '#');
    return sw_arena_printf(arena, "%.*s%s%.*s%s%s", (int)(one - pattern), pattern, first, (int)(two - one - 1), one + 1, second, two + 1);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The length of what stands between two digits of one number: a mark of groups, a space, a narrow or no-break one; 0: nothing such. */
static size_t between_digits(const char *at)
{
    static const char *const marks[] = {".", ",", "'", "’", " ", "\u00a0", "\u202f"};
    for (size_t i = 0; i < SW_COUNT(marks); i++) {
        size_t length = strlen(marks[i]);
        if (strncmp(at, marks[i], length) == 0 && is_digit(at[length])) {
            return length;
        }
    }
    return 0;
}

size_t sw_table_decimal(const char *text, const char *mark)
{
    const char *at = text;
    while (*at != '\0' && !is_digit(*at)) {
        at++;
    }
    if (*at == '\0') {
        return strlen(text);
    }
    for (;;) {
        while (is_digit(*at)) {
            at++;
        }
        size_t step = between_digits(at);
        if (step == 0 || (step == strlen(mark) && strncmp(at, mark, step) == 0)) {
            return (size_t)(at - text);
        }
        at += step;
    }
}
