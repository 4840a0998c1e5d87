/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/subtitles_read.h"

#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/tick.h"
#include "base/utf8.h"
#include "exhibition/markup.h"

#define ARROW "-->"
#define HOURS_MAX 99
#define EXAMPLE "00:00:01.500 --> 00:00:04.000"

struct reader {
    struct sw_subtitle_cues *cues;
    struct sw_arena *arena;
    const char *name;
    struct sw_diags *diags;
    bool webvtt;
    const char *at, *end; /* what is still to be read */
    const char *line;     /* the one at hand, without its end */
    size_t length;
    int number; /* of it, from 1 */
};

/* At `at` of the line at hand; false, for the caller to return. */
SW_PRINTF(4, 5) static bool say(const struct reader *reader, enum sw_severity severity, const char *at, const char *format, ...)
{
    va_list arguments;
    int column = (int)sw_utf8_count(reader->line, (size_t)(at - reader->line)) + 1;
    va_start(arguments, format);
    sw_diags_vadd(reader->diags, severity, reader->name, reader->number, column, NULL, format, arguments);
    va_end(arguments);
    return false;
}

/* -- lines -- */

static bool next_line(struct reader *reader)
{
    if (reader->at == reader->end)
        return false;
    reader->line = reader->at;
    while (reader->at < reader->end && *reader->at != '\n' && *reader->at != '\r')
        reader->at++;
    reader->length = (size_t)(reader->at - reader->line);
    if (reader->at < reader->end && *reader->at++ == '\r' && reader->at < reader->end && *reader->at == '\n')
        reader->at++;
    reader->number++;
    return true;
}

static size_t blanks(const char *text, const char *end)
{
    size_t count = 0;
    while (text + count < end && (text[count] == ' ' || text[count] == '\t'))
        count++;
    return count;
}

static bool is_blank(const struct reader *reader) { return blanks(reader->line, reader->line + reader->length) == reader->length; }

static const char *find(const struct reader *reader, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= reader->length; i++)
        if (memcmp(reader->line + i, word, length) == 0)
            return reader->line + i;
    return NULL;
}

/* Whether the line is that word, with nothing or a blank behind it. */
static bool begins(const struct reader *reader, const char *word)
{
    size_t length = strlen(word);
    return reader->length >= length && memcmp(reader->line, word, length) == 0 &&
           (reader->length == length || reader->line[length] == ' ' || reader->line[length] == '\t');
}

static void skip_block(struct reader *reader)
{
    while (next_line(reader))
        if (is_blank(reader))
            return;
}

/* -- times -- */

/* Reads `least` to `most` digits. */
static bool read_digits(const char **at, const char *end, size_t least, size_t most, int64_t *out)
{
    size_t count = 0;
    *out = 0;
    for (; *at < end && **at >= '0' && **at <= '9' && count < most; count++)
        *out = *out * 10 + *(*at)++ - '0';
    return count >= least && (*at == end || **at < '0' || **at > '9');
}

/* "01:02:03.500", "02:03.500"; a comma in place of the point. */
static bool read_time(const char **at, const char *end, int64_t *out)
{
    int64_t first, second, third = -1, thousandths;
    const char *p = *at;
    if (!read_digits(&p, end, 1, 2, &first) || p == end || *p++ != ':' || !read_digits(&p, end, 2, 2, &second))
        return false;
    if (p < end && *p == ':') {
        p++;
        if (!read_digits(&p, end, 2, 2, &third))
            return false;
    }
    if (p == end || (*p != '.' && *p != ',') || (p++, !read_digits(&p, end, 3, 3, &thousandths)))
        return false;
    int64_t hours = third >= 0 ? first : 0, minutes = third >= 0 ? second : first, seconds = third >= 0 ? third : second;
    if (minutes > 59 || seconds > 59 || hours > HOURS_MAX)
        return false;
    *out = ((hours * 60 + minutes) * 60 + seconds) * SW_SECOND + thousandths * SW_MS;
    *at = p;
    return true;
}

static bool time_fault(const struct reader *reader, const char *at)
{
    const char *end = reader->line + reader->length;
    int shown = 0;
    while (at + shown < end && at[shown] != ' ' && at[shown] != '\t' && shown < 24)
        shown++;
    size_t whole = sw_utf8_valid(at, (size_t)shown);
    return say(reader, SW_ERROR, at, "\"%.*s\" is no time; write it like 00:00:01.500, up to 99:59:59.999", (int)whole, at);
}

/* The line with the times of a cue; what stands behind them says where and how it is to be seen, and is not heeded. */
static bool read_times(const struct reader *reader, struct sw_subtitle_cue *cue)
{
    const char *at = reader->line, *end = at + reader->length;
    at += blanks(at, end);
    if (!read_time(&at, end, &cue->from))
        return time_fault(reader, at);
    at += blanks(at, end);
    if ((size_t)(end - at) < strlen(ARROW) || memcmp(at, ARROW, strlen(ARROW)) != 0)
        return say(reader, SW_ERROR, at, "\"" ARROW "\" is wanted between the two times of a cue");
    at += strlen(ARROW);
    at += blanks(at, end);
    const char *second = at;
    if (!read_time(&at, end, &cue->until) || (at < end && blanks(at, end) == 0))
        return time_fault(reader, second);
    if (cue->until <= cue->from)
        return say(reader, SW_ERROR, second, "the cue ends before it has begun; the second time is that of its end");
    cue->line = reader->number;
    size_t before = reader->cues->count;
    if (before > 0 && reader->cues->items[before - 1].from > cue->from)
        (void)say(reader, SW_WARNING, reader->line, "begins before the cue above it; is the time right?");
    return true;
}

/* Whether the line can only be meant as the times of a cue: 00:01 ... */
static bool looks_timed(const struct reader *reader)
{
    size_t digits = 0;
    while (digits < reader->length && reader->line[digits] >= '0' && reader->line[digits] <= '9')
        digits++;
    return find(reader, ARROW) != NULL || (digits >= 1 && digits <= 3 && digits < reader->length && reader->line[digits] == ':');
}

/* -- texts -- */

/* A text that is being put together, and which marks are open in it. */
struct text {
    struct sw_buffer buffer;
    bool strong, emphasis;
};

static void turn(struct text *text, bool *open, bool on, char begin, char end)
{
    if (*open != on)
        sw_buffer_add(&text->buffer, on ? &begin : &end, 1);
    *open = on;
}

/* <b>, <i> and their ends; all other tags only go. */
static void heed_tag(struct text *text, const char *name, size_t length)
{
    bool on = length == 0 || name[0] != '/';
    char letter = length > (on ? 0U : 1U) ? name[on ? 0 : 1] : '\0';
    size_t of_name = strcspn(name + (on ? 0 : 1), ">. \t");
    if (of_name != 1)
        return;
    if (letter == 'b' || letter == 'B')
        turn(text, &text->strong, on, SW_MARK_STRONG, SW_MARK_STRONG_END);
    if (letter == 'i' || letter == 'I')
        turn(text, &text->emphasis, on, SW_MARK_EMPHASIS, SW_MARK_EMPHASIS_END);
}

/* The bytes of a tag at `at`: <c.yellow>, </v>, <00:00:02.000>, and SubRip's {\an8}; 0: it is none. */
static size_t tag_length(const char *at, const char *end)
{
    bool brace = at[0] == '{';
    if (at + 1 == end || (!brace && at[0] != '<'))
        return 0;
    bool named = (at[1] >= 'a' && at[1] <= 'z') || (at[1] >= 'A' && at[1] <= 'Z') || (at[1] >= '0' && at[1] <= '9') || at[1] == '/';
    if (brace ? at[1] != '\\' : !named)
        return 0;
    const char *close = memchr(at, brace ? '}' : '>', (size_t)(end - at));
    return close != NULL ? (size_t)(close - at) + 1 : 0;
}

/* The bytes of a character reference at `at`, *meant being what it stands for; 0: it is none. */
static size_t reference_length(const char *at, const char *end, const char **meant)
{
    static const struct {
        const char *written, *meant;
    } references[] = {{"&amp;", "&"},           {"&lt;", "<"}, {"&gt;", ">"}, {"&nbsp;", "\xc2\xa0"}, {"&lrm;", "\xe2\x80\x8e"},
                      {"&rlm;", "\xe2\x80\x8f"}};
    for (size_t i = 0; i < SW_COUNT(references); i++) {
        size_t length = strlen(references[i].written);
        if ((size_t)(end - at) >= length && memcmp(at, references[i].written, length) == 0) {
            *meant = references[i].meant;
            return length;
        }
    }
    return 0;
}

static bool has_letters(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text > ' ')
            return true;
    return false;
}

/* False: there is nothing to be seen in it, and nothing is added. */
static bool add_line(struct text *text, bool further, const char *at, const char *end)
{
    const bool strong = text->strong, emphasis = text->emphasis;
    const size_t before = text->buffer.length;
    if (further)
        sw_buffer_add_text(&text->buffer, "\n");
    while (end > at && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    at += blanks(at, end);
    while (at < end) {
        const char *meant = NULL;
        size_t tag = tag_length(at, end), reference = tag > 0 ? 0 : reference_length(at, end, &meant);
        if (tag > 0 && *at == '<')
            heed_tag(text, at + 1, tag - 2);
        else if (reference > 0)
            sw_buffer_add_text(&text->buffer, meant);
        else if (tag == 0)
            sw_buffer_add(&text->buffer, *at == '\t' ? " " : at, 1);
        at += tag + reference + (tag + reference == 0);
    }
    if (has_letters(sw_buffer_text(&text->buffer) + before))
        return true;
    text->strong = strong;
    text->emphasis = emphasis;
    text->buffer.length = before;
    if (text->buffer.bytes != NULL)
        text->buffer.bytes[before] = '\0';
    return false;
}

static bool has_controls(const struct reader *reader)
{
    for (size_t i = 0; i < reader->length; i++)
        if (!sw_markup_allowed(reader->line[i]) || reader->line[i] == 0x7f)
            return !say(reader, SW_ERROR, reader->line + i, "a control character; only letters can be shown");
    return false;
}

static void keep_cue(struct reader *reader, struct sw_subtitle_cue *cue, struct text *text)
{
    struct sw_subtitle_cues *cues = reader->cues;
    turn(text, &text->strong, false, SW_MARK_STRONG, SW_MARK_STRONG_END);
    turn(text, &text->emphasis, false, SW_MARK_EMPHASIS, SW_MARK_EMPHASIS_END);
    if (text->buffer.full || cue->lines > SW_SUBTITLE_LINES_MAX) {
        sw_diags_add(reader->diags, SW_ERROR, reader->name, cue->line, 1, NULL,
                     "the cue has more than %d lines, or %d bytes; part it in two", SW_SUBTITLE_LINES_MAX, SW_SUBTITLE_BYTES_MAX);
    } else if (cue->lines > 0) {
        cue->text = sw_arena_strdup(reader->arena, sw_buffer_text(&text->buffer));
        cues->items = sw_grow(cues->items, &cues->capacity, cues->count + 1, sizeof *cues->items);
        cues->items[cues->count++] = *cue;
    }
}

/* The lines up to an empty one. True: the line at hand is the next cue's times, as there was no empty one. */
static bool read_text(struct reader *reader, struct sw_subtitle_cue *cue, bool keep)
{
    struct text text = {.strong = false};
    bool timed = false;
    sw_buffer_init(&text.buffer, SW_SUBTITLE_BYTES_MAX);
    while (next_line(reader) && !is_blank(reader)) {
        timed = find(reader, ARROW) != NULL;
        if (timed) {
            (void)say(reader, SW_ERROR, reader->line, "the times of a cue; an empty line is wanted above it, after the cue before");
            break;
        }
        if (has_controls(reader))
            continue;
        if (add_line(&text, cue->lines > 0, reader->line, reader->line + reader->length))
            cue->lines++;
    }
    if (keep)
        keep_cue(reader, cue, &text);
    sw_buffer_finish(&text.buffer);
    return timed;
}

/* -- blocks -- */

/* The line at hand begins a cue: with its number or name, or with its times. */
static void read_cue(struct reader *reader)
{
    bool again = true;
    if (!looks_timed(reader) && (!next_line(reader) || !looks_timed(reader))) {
        (void)say(reader, SW_ERROR, reader->line, "the times of a cue are wanted here, like " EXAMPLE);
        if (!is_blank(reader))
            skip_block(reader);
        return;
    }
    while (again) {
        struct sw_subtitle_cue cue = {.lines = 0};
        bool timed = read_times(reader, &cue);
        again = read_text(reader, &cue, timed);
    }
}

static bool read_head(struct reader *reader)
{
    bool marked = reader->length >= 6 && begins(reader, "WEBVTT");
    if (!reader->webvtt && marked)
        return say(reader, SW_ERROR, reader->line, "this is WebVTT; let the file's name end in \".vtt\"");
    if (reader->webvtt && !marked)
        return say(reader, SW_ERROR, reader->line, "a file of WebVTT begins with the line \"WEBVTT\" and an empty one");
    return true;
}

static void read_blocks(struct reader *reader)
{
    if (!next_line(reader)) {
        sw_diags_add(reader->diags, SW_ERROR, reader->name, 0, 0, NULL, "is empty");
        return;
    }
    if (!read_head(reader))
        return;
    if (reader->webvtt)
        skip_block(reader);
    bool more = !reader->webvtt || next_line(reader);
    for (; more; more = next_line(reader)) {
        if (is_blank(reader))
            continue;
        if (reader->webvtt && (begins(reader, "NOTE") || begins(reader, "STYLE") || begins(reader, "REGION"))) {
            skip_block(reader);
            continue;
        }
        if (reader->cues->count == SW_SUBTITLES_MAX) {
            (void)say(reader, SW_ERROR, reader->line, "more than %d cues; part the clip", SW_SUBTITLES_MAX);
            return;
        }
        read_cue(reader);
    }
}

/* Whether all of it is text; else what is wrong, at its place. */
static bool is_text(struct reader *reader)
{
    size_t length = (size_t)(reader->end - reader->at), valid = sw_utf8_valid(reader->at, length);
    const char *bad = memchr(reader->at, '\0', valid);
    if (length >= 2 && (memcmp(reader->at, "\xff\xfe", 2) == 0 || memcmp(reader->at, "\xfe\xff", 2) == 0)) {
        sw_diags_add(reader->diags, SW_ERROR, reader->name, 0, 0, NULL, "is UTF-16; save it as UTF-8");
        return false;
    }
    bad = bad == NULL && valid < length ? reader->at + valid : bad;
    if (bad == NULL)
        return true;
    struct reader there = *reader;
    while (next_line(&there) && there.at <= bad && there.at < there.end) {
    }
    return say(&there, SW_ERROR, bad, *bad == '\0' ? "a NUL byte; this is no text" : "no valid UTF-8; save the file as UTF-8");
}

void sw_subtitles_read(struct sw_subtitle_cues *cues, struct sw_arena *arena, const char *bytes, size_t length, const char *name,
                       struct sw_diags *diags)
{
    size_t named = strlen(name);
    struct reader reader = {.cues = cues,
                            .arena = arena,
                            .name = name,
                            .diags = diags,
                            .webvtt = named >= 4 && strcmp(name + named - 4, ".vtt") == 0,
                            .at = bytes,
                            .end = bytes + length,
                            .line = bytes};
    if (length > SW_SUBTITLES_BYTES_MAX) {
        sw_diags_add(diags, SW_ERROR, name, 0, 0, NULL, "has more than %zu KiB", SW_SUBTITLES_BYTES_MAX >> 10);
        return;
    }
    if (!is_text(&reader))
        return;
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        reader.at += 3;
    read_blocks(&reader);
}
