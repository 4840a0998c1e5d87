/* SPDX-License-Identifier: EUPL-1.2 */
/* Signed documents: the text and its `.minisig`, which has four lines for each signature. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "follow/follow_internal.h"

#define SIGNATURE_LINES 4
#define SIGNATURES_BYTES_MAX ((size_t)SW_SIGNATURE_FILE_MAX * SW_KEYRING_SIGNATURES_MAX)

static bool take(void *context, uint64_t at, const void *bytes, size_t length)
{
    struct sw_half *half = context;
    (void)at;
    sw_buffer_add(&half->bytes, bytes, length);
    return !half->bytes.full;
}

/* Where the fourth line of `text` ends. */
static char *behind_one(char *text)
{
    for (int i = 0; i < SIGNATURE_LINES && *text != '\0'; i++) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return text;
}

/* Takes the file of signatures apart: they are NUL-terminated in a place of their own behind each other. */
static bool split(struct sw_paper *paper)
{
    struct sw_buffer *buffer = &paper->halves[1].bytes;
    char *text = buffer->bytes;
    size_t length = buffer->length, count = 0;
    if (length == 0 || memchr(text, '\0', length) != NULL)
        return false;
    char *room = sw_alloc(length + SW_KEYRING_SIGNATURES_MAX + 1), *to = room;
    while (*text != '\0' && count < SW_KEYRING_SIGNATURES_MAX) {
        size_t one = (size_t)(behind_one(text) - text);
        memcpy(to, text, one);
        to[one] = '\0';
        paper->signatures[count++] = to;
        to += one + 1;
        text += one;
    }
    bool all = *text == '\0';
    free(buffer->bytes);
    buffer->bytes = room;
    paper->document.signature_count = count;
    return all;
}

/* Nothing more is wanted of it. */
static void end(struct sw_paper *paper)
{
    for (int i = 0; i < 2; i++)
        sw_follow_cancel(paper->follow, &paper->halves[i].request);
    paper->done(paper->follow);
}

static void both_here(struct sw_paper *paper)
{
    const struct sw_half *half = &paper->halves[0];
    for (int i = 0; i < 2; i++) {
        if (sw_follow_is_page(paper->follow, paper->halves[i].path, &paper->halves[i].bytes)) {
            end(paper);
            return;
        }
    }
    paper->here = split(paper);
    paper->document.name = half->path;
    paper->document.bytes = sw_buffer_text(&half->bytes);
    paper->document.length = half->bytes.length;
    paper->document.signatures = paper->signatures;
    if (!paper->here)
        sw_follow_refuse(paper->follow, paper->halves[1].path, "is no signature of minisign's");
    end(paper);
}

static void came(void *context, const struct sw_fetched *fetched)
{
    struct sw_half *half = context;
    struct sw_paper *paper = half->paper;
    half->request = 0;
    switch (fetched->status) {
    case SW_FETCH_WHOLE:
        paper->follow->view.contact = paper->follow->now;
        half->here = true;
        if (paper->halves[0].here && paper->halves[1].here)
            both_here(paper);
        return;
    case SW_FETCH_FAILED:
    case SW_FETCH_BUSY: sw_follow_broken(paper->follow, half->path, fetched); return;
    case SW_FETCH_MISSING:
        if (!paper->may_miss)
            sw_follow_refuse(paper->follow, half->path, "%s", fetched->fault);
        end(paper);
        return;
    case SW_FETCH_SAME:
    case SW_FETCH_WRONG:
    case SW_FETCH_STOPPED:
        sw_follow_refuse(paper->follow, half->path, "%s", fetched->status == SW_FETCH_STOPPED ? "is too large" : fetched->fault);
        end(paper);
        return;
    }
}

void sw_paper_begin(struct sw_follow *follow, const char *path, bool may_miss, void (*done)(struct sw_follow *follow))
{
    static const char *const ends[] = {"", ".minisig"};
    static const size_t most[] = {SW_STATEMENT_MAX, SIGNATURES_BYTES_MAX};
    struct sw_paper *paper = &follow->paper;
    sw_paper_forget(paper);
    *paper = (struct sw_paper){.follow = follow, .done = done, .may_miss = may_miss};
    for (int i = 0; i < 2; i++) {
        struct sw_half *half = &paper->halves[i];
        half->paper = paper;
        (void)snprintf(half->path, sizeof half->path, "%s%s", path, ends[i]);
        sw_buffer_init(&half->bytes, most[i]);
    }
    (void)snprintf(follow->view.doing, sizeof follow->view.doing, "%s", path);
    for (int i = 0; i < 2; i++) {
        struct sw_half *half = &paper->halves[i];
        struct sw_fetch fetch = {.path = half->path, .bytes = most[i], .take = take, .done = came, .context = half};
        half->request = sw_follow_begin(follow, &fetch);
    }
}

void sw_paper_forget(struct sw_paper *paper)
{
    for (int i = 0; i < 2; i++) {
        struct sw_half *half = &paper->halves[i];
        if (half->paper == NULL)
            continue;
        sw_follow_cancel(paper->follow, &half->request);
        sw_buffer_finish(&half->bytes);
    }
    *paper = (struct sw_paper){.follow = paper->follow};
}
