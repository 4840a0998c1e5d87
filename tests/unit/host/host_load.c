/* SPDX-License-Identifier: EUPL-1.2 */
/* The host's configuration: what each key becomes, and what is said of bad ones, at their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "host/host.h"

#define KEY "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"

struct folder {
    char path[64], file[96], secret[96];
    struct sw_arena arena;
    struct sw_diags diags;
};

static void write_file(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(path, mode), 0);
}

static int setup(void **state)
{
    struct folder *folder = calloc(1, sizeof *folder);
    snprintf(folder->path, sizeof folder->path, "/tmp/sw-host-XXXXXX");
    if (mkdtemp(folder->path) == NULL)
        return -1;
    snprintf(folder->file, sizeof folder->file, "%s/wall.json", folder->path);
    snprintf(folder->secret, sizeof folder->secret, "%s/token", folder->path);
    sw_diags_init(&folder->diags);
    *state = folder;
    return 0;
}

static int teardown(void **state)
{
    struct folder *folder = *state;
    unlink(folder->file);
    unlink(folder->secret);
    rmdir(folder->path);
    sw_arena_finish(&folder->arena);
    sw_diags_finish(&folder->diags);
    free(folder);
    return 0;
}

static bool load(struct folder *folder, struct sw_host *host, const char *text)
{
    write_file(folder->file, text, 0644);
    return sw_host_load(host, folder->file, &folder->arena, &folder->diags);
}

static bool read_text(struct folder *folder, struct sw_host *host, const char *text)
{
    return sw_host_read(host, text, strlen(text), "wall.json", &folder->arena, &folder->diags);
}

static void all_of_it_is_taken(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    assert_true(load(folder, &host,
                     "{\"base\": \"https://walls.example.org/site/\", \"wall\": \"foyer\", // ours\n"
                     "\"root_key\": \"" KEY "\", \"access\": {\"user\": \"wall\", \"secret\": \"site\"},\n"
                     "\"poll\": \"30s\", \"cache\": \"/srv/walls\", \"quota\": \"20 GB\",\n"
                     "\"live\": true, \"allow\": [\"127.0.0.1:8080\", \"10.0.0.0/8\"], \"secrets\": {\"site\": \"/etc/schauwand/site\"},\n"
                     "\"proxy\": \"http://proxy.city.lan:3128\", \"ca\": \"/etc/schauwand/ca.pem\", \"contact\": \"wall@example.org\",\n"
                     "\"state\": \"/var/lib/schauwand\", \"call\": \"Haustechnik, Durchwahl 12\", \"log\": \"debug\",}"));
    assert_string_equal(host.base, "https://walls.example.org/site");
    assert_string_equal(host.wall, "foyer");
    assert_string_equal(host.root_key, KEY);
    assert_string_equal(host.access.user, "wall");
    assert_string_equal(host.access.secret, "site");
    assert_int_equal(host.poll, 30 * SW_SECOND);
    assert_string_equal(host.cache, "/srv/walls");
    assert_int_equal(host.quota, 20000000000);
    assert_true(host.live);
    assert_int_equal(host.allow_count, 2);
    assert_int_equal(host.secret_count, 1);
    assert_string_equal(host.secrets[0].file, "/etc/schauwand/site");
    assert_string_equal(host.proxy, "http://proxy.city.lan:3128");
    assert_string_equal(host.ca, "/etc/schauwand/ca.pem");
    assert_string_equal(host.contact, "wall@example.org");
    assert_string_equal(host.state, "/var/lib/schauwand");
    assert_string_equal(host.call, "Haustechnik, Durchwahl 12");
    assert_int_equal(host.log, SW_LOG_DEBUG);
}

static void nothing_said_is_the_usual(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    assert_true(load(folder, &host, "{}"));
    assert_null(host.base);
    assert_null(host.wall);
    assert_null(host.root_key);
    assert_null(host.access.secret);
    assert_null(host.cache);
    assert_null(host.call);
    assert_false(host.live);
    assert_int_equal(host.poll, 10 * SW_SECOND);
    assert_int_equal(host.quota, 0);
    assert_int_equal(host.log, SW_LOG_INFO);
    assert_true(read_text(folder, &host, "{\"secrets\": {\"t\": \"/t\"}, \"access\": {\"secret\": \"t\"}, \"quota\": \"0\"}"));
    assert_null(host.access.user);
    assert_string_equal(host.access.secret, "t");
    assert_int_equal(host.quota, 0);
}

static void every_level_of_the_log_has_its_word(void **state)
{
    struct folder *folder = *state;
    static const char *const words[] = {"error", "warning", "notice", "info", "debug"};
    for (size_t i = 0; i < SW_COUNT(words); i++) {
        struct sw_host host;
        char text[32];
        snprintf(text, sizeof text, "{\"log\": \"%s\"}", words[i]);
        assert_true(read_text(folder, &host, text));
        assert_int_equal(host.log, SW_LOG_ERROR + (int)i);
    }
}

static void an_address_may_be_asked_more_often(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    struct sw_target target;
    const char *why = NULL;
    static const struct {
        const char *url;
        int64_t least;
    } cases[] = {{"http://127.0.0.1:8080/a", SW_SECOND},   {"http://127.0.0.1:8081/a", 0},       {"https://probe.city.lan/a", 0},
                 {"http://10.1.2.3/a", 3 * SW_SECOND / 2}, {"http://10.1.9.9/a", 2 * SW_SECOND}, {"http://10.2.0.1/a", 0}};
    assert_true(read_text(folder, &host,
                          "{\"allow\": [{\"host\": \"127.0.0.1:8080\", \"every_at_least\": \"1s\"}, \"probe.city.lan\",\n"
                          "{\"host\": \"10.1.0.0/16\", \"every_at_least\": \"2s\"},\n"
                          "{\"host\": \"10.1.2.3\", \"every_at_least\": \"1500ms\"}]}"));
    assert_int_equal(host.allow_count, 4);
    for (size_t i = 0; i < SW_COUNT(cases); i++) {
        assert_true(sw_target_parse(cases[i].url, &target, &why));
        if (sw_allow_least(host.allow, host.allow_count, &target) != cases[i].least)
            fail_msg("%s", cases[i].url);
    }
}

/* A base without TLS is one that the house has allowed. */
static void plain_bases_are_named(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    assert_true(read_text(folder, &host, "{\"base\": \"http://127.0.0.1:8080/w\", \"allow\": [\"127.0.0.1:8080\"]}"));
    assert_string_equal(host.base, "http://127.0.0.1:8080/w");
    assert_true(read_text(folder, &host, "{\"base\": \"http://10.1.2.3/\", \"allow\": [\"10.1.0.0/16\"]}"));
}

static const struct {
    const char *text, *line; /* of the fault, behind "wall.json:" */
} bad[] = {
    {"{\"base\": 5}", "1:10: error: base: a string is wanted"},
    {"{\n  \"base\": \"walls.example.org\"}",
     "2:11: error: base: the address of a published exhibition is wanted, e.g. \"https://walls.example.org\""},
    {"{\"base\": \"ftp://a.org\"}", "1:10: error: base: only https:// and http:// addresses are asked"},
    {"{\"base\": \"https://u:p@a.org\"}", "1:10: error: base: a user in the address: \"access\" says who asks"},
    {"{\"base\": \"https://a.org/?x\"}", "1:10: error: base: an address without \"?\" and \"#\" is wanted: files are asked for below it"},
    {"{\"base\": \"http://a.org/\", \"allow\": [\"b.org\"]}",
     "1:10: error: base: https:// is wanted; without TLS only for an address of the house that \"allow\" names"},
    {"{\"wall\": \"Foyer 1\"}", "1:10: error: wall: \"Foyer 1\" is no id; small letters a-z, digits and - are allowed, 1 to 64 of them"},
    {"{\"root_key\": \"RW\"}", "1:14: error: root_key: a public key of 56 characters is wanted, \"RW...\": the line \"root\" of `schauwand "
                               "keys`, or the second one of root.pub"},
    {"{\"access\": {\"user\": \"a\"}}", "1:12: error: access: missing key \"secret\""},
    {"{\"access\": {\"user\": \"a:b\", \"secret\": \"s\"}, \"secrets\": {\"s\": \"/s\"}}",
     "1:21: error: access.user: a user's name without \":\" is wanted; the password is a secret in a file of its own"},
    {"{\"access\": {\"secret\": \"site\"}}", "1:23: error: access.secret: there is no secret \"site\"; \"secrets\" has none"},
    {"{\"access\": {\"secret\": \"site\"},\n \"secrets\": {\"sight\": \"/a\", \"b\": \"/b\"}}",
     "1:23: error: access.secret: there is no secret \"site\"; \"secrets\" has \"sight\", \"b\""},
    {"{\"poll\": \"1s\"}", "1:10: error: poll: \"1s\" is outside 2s..1h"},
    {"{\"poll\": \"2h\"}", "1:10: error: poll: \"2h\" is outside 2s..1h"},
    {"{\"cache\": \"walls\"}", "1:11: error: cache: an absolute path is wanted: one that begins with \"/\""},
    {"{\"quota\": 20}", "1:11: error: quota: a string is wanted"},
    {"{\"quota\": \"20\"}",
     "1:11: error: quota: an amount between 1 MB and 1000 TB is wanted, e.g. \"20 GB\" or \"500 MB\"; \"0\": no bound"},
    {"{\"live\": \"yes\"}", "1:10: error: live: is a string; true or false is wanted"},
    {"{\"allow\": [\"10.0.0.0/99\"]}", "1:12: error: allow[0]: a host, host:port or network is wanted, e.g. \"10.1.0.0/16\" or "
                                       "\"broker.city.lan:8080\""},
    {"{\"secrets\": {\"a\": \"b\"}}", "1:19: error: secrets.a: an absolute path is wanted: one that begins with \"/\""},
    {"{\"secrets\": {\"A b\": \"/b\"}}",
     "1:14: error: secrets: \"A b\" is no id; small letters a-z, digits and - are allowed, 1 to 64 of them"},
    {"{\"proxy\": \"http://u:p@proxy\"}", "1:11: error: proxy: a user in the proxy's address: everybody may read this file"},
    {"{\"ca\": \"ca.pem\"}", "1:8: error: ca: an absolute path is wanted: one that begins with \"/\""},
    {"{\"contact\": \"a\\nb\"}", "1:13: error: contact: one line of plain text is wanted"},
    {"{\"state\": 1}", "1:11: error: state: a string is wanted"},
    {"{\"call\": \"\"}", "1:10: error: call: it is empty: leave it out, or say whom"},
    {"{\"log\": \"verbose\"}", "1:9: error: log: \"verbose\" is not one of \"error\", \"warning\", \"notice\", \"info\" or \"debug\""},
    {"{\"log\": \"inf\"}",
     "1:9: error: log: \"inf\" is not one of \"error\", \"warning\", \"notice\", \"info\" or \"debug\"; did you mean \"info\"?"},
    {"{\"rootkey\": 5}", "1:2: error: unknown key \"rootkey\"; did you mean \"root_key\"?"},
    {"[]", "1:1: error: is a list; an object is wanted (host)"},
    {"{\"wall\": \"a\", \"wall\": \"b\"}", "1:15: error: key \"wall\" stands twice in this object (before: line 1); keep one of them"},
    {"{\"wall\": \"a\"", "1:13: error: the file ends, but { in line 1 is still open; } is missing"},
};

static void faults_are_said_at_their_place(void **state)
{
    struct folder *folder = *state;
    for (size_t i = 0; i < SW_COUNT(bad); i++) {
        struct sw_host host;
        char expected[512];
        struct sw_diags diags;
        sw_diags_init(&diags);
        assert_false(sw_host_read(&host, bad[i].text, strlen(bad[i].text), "wall.json", &folder->arena, &diags));
        assert_int_equal(diags.count, 1);
        snprintf(expected, sizeof expected, "wall.json:%s\n", bad[i].line);
        const char *line = sw_diag_format(&diags.items[0], &folder->arena);
        assert_string_equal(line, expected);
        assert_true(host.base == NULL && host.poll == 10 * SW_SECOND && host.log == SW_LOG_INFO); /* nothing is half taken */
        sw_diags_finish(&diags);
    }
}

static void not_as_often_as_that(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    assert_false(read_text(folder, &host,
                           "{\"allow\": [{\"host\": \"a.lan\", \"every_at_least\": \"500ms\"}, {\"every_at_least\": \"1s\"},\n"
                           "{\"host\": \"a.lan/x\"}, {\"host\": \"a.lan\", \"evry_at_least\": \"1s\"}, 7]}"));
    assert_int_equal(folder->diags.errors, 5);
}

static void all_faults_are_said_and_nothing_is_half_taken(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    assert_false(load(folder, &host, "{\"live\": true, \"alow\": [], \"state\": \"relative\", \"allow\": [\"10.0.0.0/99\"]}"));
    assert_int_equal(folder->diags.errors, 3);
    assert_false(host.live);
    assert_false(sw_host_load(&host, "/nowhere/wall.json", &folder->arena, &folder->diags));
    assert_int_equal(folder->diags.errors, 4);
}

static void secrets_are_read_by_their_owner_only(void **state)
{
    struct folder *folder = *state;
    struct sw_host host;
    char text[256], secret[SW_SECRET_MAX + 1];
    snprintf(text, sizeof text, "{\"secrets\": {\"token\": \"%s\", \"gone\": \"/nowhere/x\"}}", folder->secret);
    assert_true(load(folder, &host, text));
    write_file(folder->secret, "s3cr3t\n", 0600);
    assert_null(sw_host_secret(&host, "token", secret));
    assert_string_equal(secret, "s3cr3t");
    assert_non_null(sw_host_secret(&host, "gone", secret));
    assert_non_null(sw_host_secret(&host, "other", secret));
    write_file(folder->secret, "s3cr3t\n", 0640);
    assert_non_null(sw_host_secret(&host, "token", secret));
    const char *why = NULL;
    assert_null(sw_host_secret_file(&host, "token", &why));
    assert_non_null(strstr(why, "0600"));
    write_file(folder->secret, "\n", 0600);
    assert_non_null(sw_host_secret(&host, "token", secret));
    assert_string_equal(sw_host_secret_file(&host, "token", &why), folder->secret);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(all_of_it_is_taken),
        TEST(nothing_said_is_the_usual),
        TEST(every_level_of_the_log_has_its_word),
        TEST(an_address_may_be_asked_more_often),
        TEST(plain_bases_are_named),
        TEST(faults_are_said_at_their_place),
        TEST(not_as_often_as_that),
        TEST(all_faults_are_said_and_nothing_is_half_taken),
        TEST(secrets_are_read_by_their_owner_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
