/* SPDX-License-Identifier: EUPL-1.2 */
#include "host/judge.h"

#include <stdlib.h>
#include <string.h>

#define BASE_MAX 1024
#define LINE_MAX_BYTES 200
#define KEY_TEXT 56 /* of 42 bytes: "Ed", eight of its name, 32 of the point */
#define QUOTA_LEAST ((int64_t)1000 * 1000)
#define QUOTA_MOST ((int64_t)1000 * 1000 * 1000 * 1000 * 1000)

const char *sw_judge_base(const char *text)
{
    struct sw_target target;
    const char *why, *rest = strstr(text, "://");
    if (rest == NULL)
        return "the address of a published exhibition is wanted, e.g. \"https://walls.example.org\"";
    if (strcspn(rest + 3, "@") < strcspn(rest + 3, "/?#"))
        return "a user in the address: \"access\" says who asks";
    if (!sw_target_parse(text, &target, &why))
        return why;
    if (strlen(text) > BASE_MAX)
        return "the address is too long: at most 1024 bytes";
    return text[strcspn(text, "?#")] != '\0' ? "an address without \"?\" and \"#\" is wanted: files are asked for below it" : NULL;
}

const char *sw_judge_plain(const char *base, const struct sw_allow *list, size_t count)
{
    struct sw_target target;
    const char *why;
    if (!sw_target_parse(base, &target, &why) || target.https || sw_allow_has_target(list, count, &target))
        return NULL;
    return "https:// is wanted; without TLS only for an address of the house that \"allow\" names";
}

const char *sw_base_trim(const char *base, struct sw_arena *arena)
{
    size_t length = strlen(base);
    while (length > 0 && base[length - 1] == '/')
        length--;
    return sw_arena_strndup(arena, base, length);
}

const char *sw_judge_root_key(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bool good =
        strlen(text) == KEY_TEXT && strspn(text, letters) == KEY_TEXT && strncmp(text, "RW", 2) == 0 && strchr("QRST", text[2]) != NULL;
    return good
               ? NULL
               : "a public key of 56 characters is wanted, \"RW...\": the line \"root\" of `schauwand keys`, or the second one of root.pub";
}

const char *sw_judge_path(const char *text) { return text[0] == '/' ? NULL : "an absolute path is wanted: one that begins with \"/\""; }

const char *sw_judge_line(const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
            return "one line of plain text is wanted";
    }
    if (length == 0)
        return "it is empty: leave it out, or say whom";
    return length > LINE_MAX_BYTES ? "too long for one line: at most 200 bytes" : NULL;
}

const char *sw_judge_user(const char *text)
{
    return strchr(text, ':') != NULL ? "a user's name without \":\" is wanted; the password is a secret in a file of its own"
                                     : sw_judge_line(text);
}

const char *sw_judge_proxy(const char *text)
{
    static const char *const schemes[] = {"http://", "https://", "socks5://", "socks5h://"};
    static const char wanted[] = "a proxy is wanted, e.g. \"http://proxy.city.lan:3128\"; http, https, socks5 and socks5h are known";
    char asked[512] = "http://";
    struct sw_target target;
    const char *rest = text, *why;
    for (size_t i = 0; i < SW_COUNT(schemes); i++) {
        if (strncmp(text, schemes[i], strlen(schemes[i])) == 0)
            rest = text + strlen(schemes[i]);
    }
    if (strlen(rest) >= sizeof asked - strlen(asked) || strstr(rest, "://") != NULL)
        return wanted;
    memcpy(asked + strlen(asked), rest, strlen(rest) + 1);
    if (strchr(rest, '@') != NULL)
        return "a user in the proxy's address: everybody may read this file";
    return sw_target_parse(asked, &target, &why) && rest[strcspn(rest, "/?#")] == '\0' ? NULL : wanted;
}

/* "1.5" of `unit` in bytes; false: no number, or more than QUOTA_MOST. */
static bool read_amount(const char *text, size_t length, int64_t unit, int64_t *bytes)
{
    int64_t total = 0, place = 0;
    if (length == 0 || text[0] == '.' || text[length - 1] == '.')
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.' && place == 0) {
            place = unit;
        } else if (text[i] < '0' || text[i] > '9') {
            return false;
        } else if (place > 0) {
            place /= 10;
            total += (text[i] - '0') * place;
        } else {
            total = total * 10 + (text[i] - '0') * unit;
        }
        if (total > QUOTA_MOST)
            return false;
    }
    *bytes = total;
    return true;
}

const char *sw_judge_quota(const char *text, int64_t *bytes)
{
    static const char wanted[] = "an amount between 1 MB and 1000 TB is wanted, e.g. \"20 GB\" or \"500 MB\"; \"0\": no bound";
    static const struct {
        const char *name;
        int64_t bytes;
    } units[] = {{"MB", QUOTA_LEAST}, {"GB", 1000 * QUOTA_LEAST}, {"TB", 1000000 * QUOTA_LEAST}};
    size_t digits = strspn(text, "0123456789.");
    const char *unit = text + digits + (text[digits] == ' ' ? 1 : 0);
    if (strcmp(text, "0") == 0) {
        *bytes = 0;
        return NULL;
    }
    for (size_t i = 0; i < SW_COUNT(units); i++) {
        int64_t amount;
        if (strcmp(unit, units[i].name) == 0 && read_amount(text, digits, units[i].bytes, &amount) && amount >= QUOTA_LEAST) {
            *bytes = amount;
            return NULL;
        }
    }
    return wanted;
}
