/* SPDX-License-Identifier: EUPL-1.2 */
#include "setup/interview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "host/judge.h"
#include "setup/dialogue.h"
#include "store/key.h"

#define NOTHING "-" /* the answer that takes back what stands there */
#define ACCESS_NAME "base"

struct question {
    enum sw_setup_key key;
    const char *words; /* the question, then what helps to answer it */
    const char *usual; /* what Enter means where nothing is said yet; NULL: nothing */
    bool required;
};

static const struct question questions[] = {
    {SW_SETUP_WALL, "Which of its walls is this machine?\n  The name of its file in scenes/walls, e.g. foyer", NULL, true},
    {SW_SETUP_ROOT_KEY,
     "Whose releases may play here?\n  The public root key, RW...: the line \"root\" of `schauwand keys`, or the path of the file root.pub",
     NULL, true},
    {SW_SETUP_CACHE,
     "In which folder are releases to be kept?\n  Enter: where whoever plays keeps what it knows, ~/.local/state/schauwand/cache", NULL,
     false},
    {SW_SETUP_QUOTA, "How much of the disk may they take?\n  e.g. 20 GB; Enter: as much as there is", NULL, false},
    {SW_SETUP_CALL,
     "Whom should people call when the wall has nothing to show?\n  It will stand on the wall, e.g. Haustechnik, Durchwahl 12", NULL,
     false},
    {SW_SETUP_LIVE, "May the wall ask the exhibition's live sources over the network?\n  yes or no; no: samples are shown, and said to be",
     "yes", false},
    {SW_SETUP_CONTACT, "Whom may the owners of these sources write to?\n  e.g. wall@example.org; it goes along with each request", NULL,
     false},
    {SW_SETUP_PROXY, "Does the network want a proxy?\n  Its address, e.g. http://proxy.city.lan:3128; Enter: no", NULL, false},
    {SW_SETUP_CA, "Has the house certificates of its own?\n  The path of a PEM file; Enter: no", NULL, false},
};

/* ---- one answer ---- */

/* False: no more answers. An empty answer is `suggested`. */
static bool ask(const char *words, const char *suggested, char answer[SW_ANSWER_MAX])
{
    char prompt[SW_ANSWER_MAX + 16];
    enum sw_answer status;
    (void)printf("\n%s\n", words);
    (void)snprintf(prompt, sizeof prompt, suggested != NULL ? "  [%s] > " : "  > ", suggested);
    do
        status = sw_dialogue_line(prompt, answer);
    while (status == SW_ANSWER_REFUSED);
    if (status == SW_ANSWER_GIVEN && answer[0] == '\0' && suggested != NULL)
        (void)snprintf(answer, SW_ANSWER_MAX, "%s", suggested);
    return status == SW_ANSWER_GIVEN;
}

static bool ask_yes(const char *words, bool usual, bool *yes)
{
    char answer[SW_ANSWER_MAX];
    for (;;) {
        if (!ask(words, usual ? "yes" : "no", answer))
            return false;
        *yes = strcmp(answer, "yes") == 0 || strcmp(answer, "y") == 0;
        if (*yes || strcmp(answer, "no") == 0 || strcmp(answer, "n") == 0)
            return true;
        (void)printf("  yes or no is wanted\n");
    }
}

bool sw_interview_agree(const char *question)
{
    bool yes = false;
    return ask_yes(question, true, &yes) && yes;
}

/* A key may be named by the file that it lies in: then `text` becomes the key. NULL, or else what is wrong. */
static const char *read_key_file(char text[SW_ANSWER_MAX])
{
    struct sw_diags diags;
    struct sw_public_key key;
    char *bytes = NULL;
    size_t length = 0;
    if (strchr(text, '/') == NULL && strchr(text, '.') == NULL)
        return NULL;
    if (sw_judge_root_key(text) == NULL)
        return NULL;
    if (sw_file_read(text, SW_KEY_FILE_MAX, &bytes, &length) != SW_FILE_OK)
        return "that is neither a key nor a file that can be read";
    sw_diags_init(&diags);
    bool good = sw_public_key_read(bytes, length, text, &key, &diags);
    sw_diags_finish(&diags);
    free(bytes);
    if (good)
        (void)sw_public_key_text(&key, text);
    return good ? NULL : "that file is no public key of `schauwand keys` or minisign";
}

static const char *take_answer(struct sw_draft *draft, enum sw_setup_key key, char answer[SW_ANSWER_MAX])
{
    const char *fault = key == SW_SETUP_ROOT_KEY ? read_key_file(answer) : NULL;
    if (key == SW_SETUP_CA && answer[0] == '/' && access(answer, R_OK) != 0)
        fault = "there is no such file that could be read";
    return fault != NULL ? fault : sw_draft_set(draft, key, answer);
}

static bool ask_question(struct sw_draft *draft, const struct question *question)
{
    char answer[SW_ANSWER_MAX];
    for (;;) {
        const char *said = sw_draft_text(draft, question->key);
        if (!ask(question->words, said != NULL ? said : question->usual, answer))
            return false;
        if (!question->required && strcmp(answer, NOTHING) == 0)
            answer[0] = '\0';
        const char *fault =
            answer[0] == '\0' && question->required ? "an answer is needed here" : take_answer(draft, question->key, answer);
        if (fault == NULL)
            return true;
        (void)printf("  No: %s\n", fault);
    }
}

/* ---- the address ---- */

static void place_of(const struct sw_target *target, char place[300])
{
    bool v6 = strchr(target->host, ':') != NULL;
    (void)snprintf(place, 300, "%s%s%s:%d", v6 ? "[" : "", target->host, v6 ? "]" : "", target->port);
}

/* Without TLS, and for addresses that are not public, the house must have allowed it. *agreed: it may be taken. False: no more answers. */
static bool ask_house(struct sw_draft *draft, const struct sw_target *target, bool *agreed)
{
    char place[300], words[640];
    bool inner = false;
    *agreed = true;
    if (sw_allow_has_target(draft->host.allow, draft->host.allow_count, target))
        return true;
    place_of(target, place);
    (void)snprintf(words, sizeof words, "Is %s in the house's own network?\n  %s", place,
                   target->https ? "yes: it may be asked though its address is not public"
                                 : "Without TLS (https://) nothing else may be asked");
    if (!ask_yes(words, false, &inner))
        return false;
    *agreed = inner || target->https;
    if (inner && sw_draft_allow(draft, place) != NULL)
        *agreed = false;
    return true;
}

static bool ask_base(struct sw_draft *draft)
{
    char answer[SW_ANSWER_MAX];
    struct sw_target target;
    for (;;) {
        bool agreed = false;
        const char *said = sw_draft_text(draft, SW_SETUP_BASE), *why = NULL;
        if (!ask("Where is the exhibition published?\n  Its address, e.g. https://walls.example.org", said, answer))
            return false;
        const char *fault = sw_judge_base(answer);
        if (fault == NULL && sw_target_parse(answer, &target, &why)) {
            if (!ask_house(draft, &target, &agreed))
                return false;
            fault = agreed ? sw_draft_set(draft, SW_SETUP_BASE, answer) : "then an address that begins with https:// is wanted";
        }
        if (fault == NULL)
            return true;
        (void)printf("  No: %s\n", fault);
    }
}

/* ---- what the server is told ---- */

/* Beside the configuration. */
static const char *secret_path(struct sw_interview *interview)
{
    const char *config = interview->order->config, *slash = strrchr(config, '/');
    return sw_arena_printf(&interview->draft->arena, "%.*s/%s.secret", slash != NULL ? (int)(slash - config) : 1,
                           slash != NULL ? config : ".", ACCESS_NAME);
}

bool sw_interview_secret(struct sw_interview *interview, const char *words, const char *path)
{
    char secret[SW_ANSWER_MAX];
    enum sw_answer status = SW_ANSWER_REFUSED;
    (void)printf("\n%s\n", words);
    while (status == SW_ANSWER_REFUSED || (status == SW_ANSWER_GIVEN && secret[0] == '\0'))
        status = sw_dialogue_secret("  (it is not shown) > ", secret);
    if (status == SW_ANSWER_GIVEN)
        sw_keep_add(interview->keep, path, secret, strlen(secret), true);
    sw_host_wipe(secret, sizeof secret);
    return status == SW_ANSWER_GIVEN;
}

static bool ask_user(struct sw_interview *interview, const char *path)
{
    char user[SW_ANSWER_MAX];
    for (;;) {
        if (!ask("Which user is that?", interview->draft->host.access.user, user))
            return false;
        const char *fault = user[0] == '\0' ? "a name is wanted" : sw_draft_access(interview->draft, ACCESS_NAME, path, user);
        if (fault == NULL)
            return sw_interview_secret(interview, "And the password?", path);
        (void)printf("  No: %s\n", fault);
    }
}

static bool ask_access(struct sw_interview *interview)
{
    char kind[SW_ANSWER_MAX];
    struct sw_draft *draft = interview->draft;
    const char *path = secret_path(interview);
    bool kept = draft->host.access.secret != NULL;
    for (;;) {
        if (!ask("Does that server want a password or a token?\n  no, password or token", kept ? "as it is" : "no", kind))
            return false;
        if (kept && strcmp(kind, "as it is") == 0)
            return true;
        if (strcmp(kind, "no") == 0)
            return sw_draft_access(draft, NULL, NULL, NULL) == NULL;
        if (strcmp(kind, "password") == 0)
            return ask_user(interview, path);
        if (strcmp(kind, "token") == 0 && sw_draft_access(draft, ACCESS_NAME, path, NULL) == NULL)
            return sw_interview_secret(interview, "Which token?", path);
        (void)printf("  no, password or token is wanted\n");
    }
}

/* ---- all of it ---- */

static bool is_asked(const struct sw_interview *interview, const struct question *question)
{
    bool said = sw_draft_text(interview->draft, question->key) != NULL;
    if (interview->order->values[question->key] != NULL)
        return false;
    if (question->key == SW_SETUP_CONTACT && !interview->draft->host.live && !said)
        return false;
    return interview->order->from == NULL || question->key == SW_SETUP_WALL || (question->required && !said);
}

bool sw_interview_ask(struct sw_interview *interview)
{
    const struct sw_setup_order *order = interview->order;
    struct sw_draft *draft = interview->draft;
    bool anew = order->from == NULL;
    (void)printf("Enter takes what stands in [ ]%s.\n", anew ? ", - takes it back" : "");
    if (order->values[SW_SETUP_BASE] == NULL && (anew || draft->host.base == NULL) && !ask_base(draft))
        return false;
    if (anew && order->access_secret == NULL && !ask_access(interview))
        return false;
    for (size_t i = 0; i < SW_COUNT(questions); i++) {
        if (is_asked(interview, &questions[i]) && !ask_question(draft, &questions[i]))
            return false;
    }
    return true;
}

static bool refuse(const char *option, const char *fault)
{
    (void)fprintf(stderr, "schauwand setup: --%s: %s\n", option, fault);
    return false;
}

static bool take_value(struct sw_interview *interview, enum sw_setup_key key)
{
    char text[SW_ANSWER_MAX], option[24];
    const char *value = interview->order->values[key];
    if (value == NULL)
        return true;
    (void)snprintf(option, sizeof option, "%s", sw_setup_key_name(key));
    for (char *c = option; *c != '\0'; c++)
        *c = *c == '_' ? '-' : *c;
    if (strlen(value) >= sizeof text)
        return refuse(option, "is too long");
    (void)snprintf(text, sizeof text, "%s", value);
    const char *fault = take_answer(interview->draft, key, text);
    return fault == NULL || refuse(option, fault);
}

bool sw_interview_take(struct sw_interview *interview)
{
    const struct sw_setup_order *order = interview->order;
    struct sw_draft *draft = interview->draft;
    bool good = true;
    for (size_t i = 0; i < order->allow_count; i++) {
        const char *fault = sw_draft_allow(draft, order->allow[i]);
        good = (fault == NULL || refuse("allow", fault)) && good;
    }
    for (int key = 0; key < SW_SETUP_KEYS; key++)
        good = take_value(interview, (enum sw_setup_key)key) && good;
    if (order->access_secret != NULL) {
        const char *fault = sw_draft_access(draft, ACCESS_NAME, order->access_secret, order->access_user);
        good = (fault == NULL || refuse("access-secret", fault)) && good;
    } else if (order->access_user != NULL) {
        good = refuse("access-user", "--access-secret FILE is wanted too: the file that holds the password");
    }
    return good;
}
