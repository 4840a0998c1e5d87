/* SPDX-License-Identifier: EUPL-1.2 */
/* What follower and player tell each other arrives as it was; what neither would say is not taken. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/notice.h"

#define NUMBERS_END (INT64_C(1) << 53)
#define INSTANTS_END (INT64_C(253402300799000000) + 1) /* after 9999-12-31T23:59:59Z */
#define NOVEMBER INT64_C(1795442700000000)

/* One whole notice of each type. */
static const struct sw_notice whole[] = {
    {.type = SW_NOTICE_PROGRESS,
     .phase = SW_NOTICE_OBJECTS,
     .done_bytes = 5,
     .all_bytes = 9,
     .done_objects = 1,
     .all_objects = 2,
     .text = "media/rhein.svg"},
    {.type = SW_NOTICE_RELEASE, .number = 3, .version = 7, .activate = NOVEMBER, .trusted = NOVEMBER - 1},
    {.type = SW_NOTICE_PLAYLISTS, .playlists = 4},
    {.type = SW_NOTICE_CONTACT, .contact = NOVEMBER, .text = "HTTP 503"},
    {.type = SW_NOTICE_KEYS, .version = 2, .list_ends = NOVEMBER, .publishing_end = NOVEMBER + 1, .operating_end = NOVEMBER + 2},
    {.type = SW_NOTICE_TRYING, .number = 3, .playlists = 4},
    {.type = SW_NOTICE_PLAYS, .number = 3, .playlists = 4, .instead_of = 2},
    {.type = SW_NOTICE_REFUSED, .number = 3, .playlists = 4, .text = "scenes/playlists/foyer.json:3:4: ..."},
    {.type = SW_NOTICE_GOOD, .number = 3},
    {.type = SW_NOTICE_LOOK},
};

static enum sw_notice_side side_of(enum sw_notice_type type) { return type >= SW_NOTICE_TRYING ? SW_NOTICE_PLAYER : SW_NOTICE_FOLLOWER; }

static bool equal(const struct sw_notice *a, const struct sw_notice *b)
{
    return a->type == b->type && a->phase == b->phase && a->number == b->number && a->version == b->version &&
           a->playlists == b->playlists && a->instead_of == b->instead_of && a->activate == b->activate && a->trusted == b->trusted &&
           a->contact == b->contact && a->list_ends == b->list_ends && a->publishing_end == b->publishing_end &&
           a->operating_end == b->operating_end && a->done_bytes == b->done_bytes && a->all_bytes == b->all_bytes &&
           a->done_objects == b->done_objects && a->all_objects == b->all_objects && strcmp(a->text, b->text) == 0;
}

static int open_pair(void **state)
{
    static int ends[2];
    *state = ends;
    return sw_message_pair(ends) ? 0 : -1;
}

static int close_pair(void **state)
{
    const int *ends = *state;
    return close(ends[0]) + close(ends[1]);
}

static enum sw_message_status cross(const int ends[2], const struct sw_notice *sent, enum sw_notice_side from, struct sw_notice *got)
{
    assert_int_equal(sw_notice_send(ends[0], sent), SW_MESSAGE_OK);
    return sw_notice_receive(ends[1], from, got);
}

static void every_type_arrives(void **state)
{
    const int *ends = *state;
    struct sw_notice got;
    for (size_t i = 0; i < SW_COUNT(whole); i++) {
        assert_int_equal(whole[i].type, i + 1);
        assert_int_equal(cross(ends, &whole[i], side_of(whole[i].type), &got), SW_MESSAGE_OK);
        assert_true(equal(&whole[i], &got));
    }
    assert_int_equal(sw_notice_receive(ends[1], SW_NOTICE_PLAYER, &got), SW_MESSAGE_AGAIN);
}

static void nobody_speaks_for_the_other(void **state)
{
    const int *ends = *state;
    struct sw_notice got = {.version = 99};
    for (size_t i = 0; i < SW_COUNT(whole); i++) {
        enum sw_notice_side other = side_of(whole[i].type) == SW_NOTICE_PLAYER ? SW_NOTICE_FOLLOWER : SW_NOTICE_PLAYER;
        assert_int_equal(cross(ends, &whole[i], other, &got), SW_MESSAGE_CLOSED);
        assert_int_equal(got.version, 99);
    }
}

/* Each value with the types that have it, and the ends of its range there. */
static const struct {
    const char *name;
    size_t offset;
    int64_t least, most;
    unsigned types; /* bits */
} values[] = {
#define OF(field) #field, offsetof(struct sw_notice, field)
#define PLAYED (1u << SW_NOTICE_TRYING | 1u << SW_NOTICE_PLAYS | 1u << SW_NOTICE_REFUSED)
    {OF(number), 1, NUMBERS_END - 1, PLAYED | 1u << SW_NOTICE_RELEASE | 1u << SW_NOTICE_GOOD},
    {OF(version), 1, NUMBERS_END - 1, 1u << SW_NOTICE_RELEASE | 1u << SW_NOTICE_KEYS},
    {OF(playlists), 0, NUMBERS_END - 1, PLAYED | 1u << SW_NOTICE_PLAYLISTS},
    {OF(instead_of), 0, NUMBERS_END - 1, 1u << SW_NOTICE_PLAYS},
    {OF(activate), 0, INSTANTS_END - 1, 1u << SW_NOTICE_RELEASE},
    {OF(trusted), 0, INSTANTS_END - 1, 1u << SW_NOTICE_RELEASE},
    {OF(contact), 0, INSTANTS_END - 1, 1u << SW_NOTICE_CONTACT},
    {OF(list_ends), 0, INSTANTS_END - 1, 1u << SW_NOTICE_KEYS},
    {OF(publishing_end), 0, INSTANTS_END - 1, 1u << SW_NOTICE_KEYS},
    {OF(operating_end), 0, INSTANTS_END - 1, 1u << SW_NOTICE_KEYS},
    {OF(done_bytes), 0, 9, 1u << SW_NOTICE_PROGRESS},
    {OF(all_bytes), 5, SW_NOTICE_BYTES_MAX, 1u << SW_NOTICE_PROGRESS},
    {OF(done_objects), 0, 2, 1u << SW_NOTICE_PROGRESS},
    {OF(all_objects), 1, SW_NOTICE_OBJECTS_MAX, 1u << SW_NOTICE_PROGRESS},
#undef PLAYED
#undef OF
};

static void every_value_has_its_range(void **state)
{
    const int *ends = *state;
    for (size_t i = 0; i < SW_COUNT(whole); i++) {
        for (size_t j = 0; j < SW_COUNT(values); j++) {
            bool has = (values[j].types & 1u << whole[i].type) != 0;
            int64_t least = has ? values[j].least : 0, most = has ? values[j].most : 0;
            const struct {
                int64_t value;
                bool good;
            } cases[] = {{least, true}, {most, true}, {least - 1, false}, {most + 1, false}, {INT64_MIN, false}, {INT64_MAX, false}};
            for (size_t k = 0; k < SW_COUNT(cases); k++) {
                struct sw_notice sent = whole[i], got;
                memcpy((char *)&sent + values[j].offset, &cases[k].value, sizeof cases[k].value);
                bool taken = cross(ends, &sent, side_of(sent.type), &got) == SW_MESSAGE_OK;
                if (taken != cases[k].good || (taken && !equal(&sent, &got)))
                    fail_msg("type %d, %s %" PRId64, (int)sent.type, values[j].name, cases[k].value);
            }
        }
    }
}

static void other_fields_have_theirs(void **state)
{
    const int *ends = *state;
    struct sw_notice got;
    for (size_t i = 0; i < SW_COUNT(whole); i++) {
        bool progress = whole[i].type == SW_NOTICE_PROGRESS;
        bool text = progress || whole[i].type == SW_NOTICE_CONTACT || whole[i].type == SW_NOTICE_REFUSED;
        enum sw_notice_side from = side_of(whole[i].type);
        for (int phase = 0; phase < 6; phase++) {
            struct sw_notice sent = whole[i];
            sent.phase = (enum sw_notice_phase)phase;
            bool good = progress ? phase <= SW_NOTICE_WAITING : phase == 0;
            assert_int_equal(cross(ends, &sent, from, &got), good ? SW_MESSAGE_OK : SW_MESSAGE_CLOSED);
        }
        struct sw_notice sent = whole[i];
        memcpy(sent.text, "x", 2);
        assert_int_equal(cross(ends, &sent, from, &got), text ? SW_MESSAGE_OK : SW_MESSAGE_CLOSED);
    }
    struct sw_notice sent = whole[SW_NOTICE_PLAYS - 1];
    sent.instead_of = sent.number;
    assert_int_equal(cross(ends, &sent, SW_NOTICE_PLAYER, &got), SW_MESSAGE_CLOSED);
    for (unsigned type = 0; type < 2; type++) { /* none, and one too many */
        sent = (struct sw_notice){.type = (enum sw_notice_type)(type == 0 ? 0 : SW_NOTICE_LOOK + 1)};
        assert_int_equal(cross(ends, &sent, SW_NOTICE_PLAYER, &got), SW_MESSAGE_CLOSED);
        assert_int_equal(cross(ends, &sent, SW_NOTICE_FOLLOWER, &got), SW_MESSAGE_CLOSED);
    }
}

static void texts_are_made_harmless(void **state)
{
    const int *ends = *state;
    struct sw_notice sent = {.type = SW_NOTICE_CONTACT}, got;
    (void)snprintf(sent.text, sizeof sent.text, "%s", "a\x1b[31m\n\xFFz");
    assert_int_equal(cross(ends, &sent, SW_NOTICE_FOLLOWER, &got), SW_MESSAGE_OK);
    assert_string_equal(got.text, "a?[31m??z");
    memset(sent.text, 'x', sizeof sent.text); /* no end */
    assert_int_equal(cross(ends, &sent, SW_NOTICE_FOLLOWER, &got), SW_MESSAGE_OK);
    assert_int_equal(strlen(got.text), SW_NOTICE_TEXT_MAX - 1);
}

/* Every byte of a record changed and every length: taken, or the other side is given up; nothing is half taken, no descriptor is lost. */
static void records_that_are_none(void **state)
{
    const int *ends = *state;
    char bytes[SW_MESSAGE_MAX];
    size_t length = 0, taken = 0, refused = 0;
    int fd = -1;
    struct sw_notice got;
    for (size_t i = 0; i < SW_COUNT(whole); i++) {
        enum sw_notice_side from = side_of(whole[i].type);
        assert_int_equal(sw_notice_send(ends[0], &whole[i]), SW_MESSAGE_OK);
        assert_int_equal(sw_message_receive(ends[1], bytes, sizeof bytes, &length, &fd), SW_MESSAGE_OK);
        for (size_t at = 0; at < length; at++) {
            char was = bytes[at];
            for (unsigned change = 1; change < 256; change = change * 2 + 1) {
                bytes[at] = (char)((unsigned char)was ^ change);
                got = (struct sw_notice){.version = -7};
                assert_int_equal(sw_message_send(ends[0], bytes, length, -1), SW_MESSAGE_OK);
                enum sw_message_status status = sw_notice_receive(ends[1], from, &got);
                taken += status == SW_MESSAGE_OK;
                refused += status == SW_MESSAGE_CLOSED;
                assert_true(status == SW_MESSAGE_OK ? got.version >= 0 : got.version == -7);
            }
            bytes[at] = was;
        }
        for (size_t cut = 1; cut < length; cut += 7) {
            assert_int_equal(sw_message_send(ends[0], bytes, cut, -1), SW_MESSAGE_OK);
            assert_int_equal(sw_notice_receive(ends[1], from, &got), SW_MESSAGE_CLOSED);
        }
        memset(bytes + length, 0, 8);
        assert_int_equal(sw_message_send(ends[0], bytes, length + 8, -1), SW_MESSAGE_OK);
        assert_int_equal(sw_notice_receive(ends[1], from, &got), SW_MESSAGE_CLOSED);
        int before = dup(ends[0]), after;
        close(before);
        assert_int_equal(sw_message_send(ends[0], bytes, length, ends[0]), SW_MESSAGE_OK);
        assert_int_equal(sw_notice_receive(ends[1], from, &got), SW_MESSAGE_CLOSED);
        assert_int_equal(after = dup(ends[0]), before); /* what came was closed again */
        close(after);
    }
    assert_true(taken > 0 && refused > 0);
}

static void what_keys_say(void **state)
{
    (void)state;
    struct sw_keyring keyring = {.version = 4, .expires = SW_NEVER};
    struct sw_notice notice = sw_notice_keys(&keyring);
    assert_true(notice.type == SW_NOTICE_KEYS && notice.version == 4);
    assert_true(notice.list_ends == 0 && notice.publishing_end == 0 && notice.operating_end == 0);
    keyring.expires = NOVEMBER;
    keyring.key_counts[SW_KEY_PUBLISHING] = 2; /* the one that lasts longest counts */
    keyring.keys[SW_KEY_PUBLISHING][0].until = NOVEMBER + 9;
    keyring.keys[SW_KEY_PUBLISHING][1].until = NOVEMBER + 5;
    keyring.key_counts[SW_KEY_OPERATING] = 2;
    keyring.keys[SW_KEY_OPERATING][0].until = NOVEMBER + 9;
    keyring.keys[SW_KEY_OPERATING][1].until = SW_NEVER;
    notice = sw_notice_keys(&keyring);
    assert_true(notice.list_ends == NOVEMBER && notice.publishing_end == NOVEMBER + 9 && notice.operating_end == 0);
}

static void an_end_that_is_shut(void **state)
{
    (void)state;
    int ends[2];
    struct sw_notice got;
    assert_true(sw_message_pair(ends));
    close(ends[1]);
    assert_int_equal(sw_notice_receive(ends[0], SW_NOTICE_PLAYER, &got), SW_MESSAGE_CLOSED);
    assert_int_equal(sw_notice_send(ends[0], &whole[0]), SW_MESSAGE_CLOSED);
    close(ends[0]);
    assert_true(sw_message_pair(ends));
    enum sw_message_status status;
    size_t sent = 0;
    while ((status = sw_notice_send(ends[0], &whole[1])) == SW_MESSAGE_OK)
        sent++;
    assert_int_equal(status, SW_MESSAGE_AGAIN); /* nobody reads: the sender goes on */
    assert_true(sent > 0);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_arrives),
        cmocka_unit_test(nobody_speaks_for_the_other),
        cmocka_unit_test(every_value_has_its_range),
        cmocka_unit_test(other_fields_have_theirs),
        cmocka_unit_test(texts_are_made_harmless),
        cmocka_unit_test(records_that_are_none),
        cmocka_unit_test(what_keys_say),
        cmocka_unit_test(an_end_that_is_shut),
    };
    return cmocka_run_group_tests(tests, open_pair, close_pair);
}
