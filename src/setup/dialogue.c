/* SPDX-License-Identifier: EUPL-1.2 */
#include "setup/dialogue.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf8.h"

#define CTRL(letter) ((letter) - '@')
#define DELETE 0x7f

/* Byte by byte: nothing is read ahead that may be a secret. */
static bool read_byte(char *out)
{
    ssize_t got;
    do
        got = read(STDIN_FILENO, out, 1);
    while (got < 0 && errno == EINTR);
    return got == 1;
}

static void say(const char *text)
{
    (void)fputs(text, stdout);
    (void)fflush(stdout);
}

static enum sw_answer refuse(char *out, const char *why)
{
    out[0] = '\0';
    (void)printf("  %s\n", why);
    return SW_ANSWER_REFUSED;
}

static enum sw_answer judge(char *out, size_t length)
{
    if (length >= SW_ANSWER_MAX)
        return refuse(out, "That is too long.");
    out[length] = '\0';
    return sw_utf8_valid(out, length) == length ? SW_ANSWER_GIVEN : refuse(out, "That is no text: UTF-8 is wanted.");
}

enum sw_answer sw_dialogue_line(const char *prompt, char out[SW_ANSWER_MAX])
{
    char c = '\0';
    size_t length = 0;
    bool any = false;
    say(prompt);
    while (read_byte(&c) && c != '\n') {
        any = true;
        if (length == 0 && (c == ' ' || c == '\t'))
            continue;
        if (length < SW_ANSWER_MAX)
            out[length++] = c;
    }
    if (c != '\n' && !any) {
        say("\n");
        return SW_ANSWER_ENDED;
    }
    while (length > 0 && length < SW_ANSWER_MAX && strchr(" \t\r", out[length - 1]) != NULL)
        length--;
    return judge(out, length);
}

/* The length without its last character. */
static size_t without_last(const char *text, size_t length)
{
    while (length > 1 && ((unsigned char)text[length - 1] & 0xc0) == 0x80)
        length--;
    return length > 0 ? length - 1 : 0;
}

static enum sw_answer read_hidden(char out[SW_ANSWER_MAX])
{
    char c = '\0';
    size_t length = 0;
    bool got;
    while ((got = read_byte(&c)) && c != '\n' && c != '\r') {
        if (c == CTRL('C') || c == CTRL('\\') || (c == CTRL('D') && length == 0))
            return SW_ANSWER_ENDED;
        if (c == DELETE || c == CTRL('H'))
            length = without_last(out, length);
        else if (c == CTRL('U'))
            length = 0;
        else if (length < SW_ANSWER_MAX)
            out[length++] = c;
    }
    return got || length > 0 ? judge(out, length) : SW_ANSWER_ENDED;
}

/* Keys come one by one and signals as keys, so that no end of this leaves a terminal that shows nothing. */
enum sw_answer sw_dialogue_secret(const char *prompt, char out[SW_ANSWER_MAX])
{
    struct termios before, hidden;
    bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    if (terminal) {
        hidden = before;
        hidden.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
        hidden.c_cc[VMIN] = 1;
        hidden.c_cc[VTIME] = 0;
        terminal = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    say(prompt); /* who types as soon as it is asked types unseen */
    enum sw_answer answer = read_hidden(out);
    if (terminal)
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    say("\n");
    return answer;
}
