/* SPDX-License-Identifier: EUPL-1.2 */
#include "json/pointer.h"

#include <string.h>

bool sw_pointer_next(const char **at, char token[SW_POINTER_TOKEN_MAX])
{
    const char *from = *at;
    size_t length = 0;
    if (*from++ != '/') {
        return false;
    }
    for (; *from != '\0' && *from != '/'; from++) {
        char c = *from;
        if (c == '~') {
            from++;
            if (*from != '0' && *from != '1') {
                return false;
            }
            c = *from == '0' ? '~' : '/';
        }
        if (length == SW_POINTER_TOKEN_MAX - 1) {
            return false;
        }
        token[length++] = c;
    }
    token[length] = '\0';
    *at = from;
    return true;
}

const char *sw_pointer_fault(const char *pointer)
{
    char token[SW_POINTER_TOKEN_MAX];
    const char *at = pointer;
    if (strlen(pointer) > SW_POINTER_BYTES_MAX) {
        return "has more than 1024 bytes";
    }
    if (*at != '\0' && *at != '/') {
        return "begins with a slash, or is empty";
    }
    for (const char *tilde = strchr(pointer, '~'); tilde != NULL; tilde = strchr(tilde + 1, '~')) {
        if (tilde[1] != '0' && tilde[1] != '1') {
            return "has a \"~\" by itself; write \"~0\" for it, and \"~1\" for a slash within a key";
        }
    }
    while (sw_pointer_next(&at, token)) {
    }
    return *at == '\0' ? NULL : "has a key of more than 255 bytes";
}

bool sw_pointer_index(const char *token, size_t end, size_t *index)
{
    size_t number = 0;
    if (*token == '\0' || (token[0] == '0' && token[1] != '\0')) {
        return false;
    }
    for (; *token != '\0'; token++) {
        if (*token < '0' || *token > '9' || number >= end) {
            return false;
        }
        number = number * 10 + (size_t)(*token - '0');
    }
    if (number >= end) {
        return false;
    }
    *index = number;
    return true;
}

static const cJSON *member_of(const cJSON *object, const char *key)
{
    const cJSON *found = NULL, *member;
    cJSON_ArrayForEach(member, object)
    {
        if (strcmp(member->string, key) == 0) {
            found = member;
        }
    }
    return found;
}

const cJSON *sw_pointer_find(const cJSON *root, const char *pointer)
{
    char token[SW_POINTER_TOKEN_MAX];
    const cJSON *node = root;
    while (*pointer != '\0' && node != NULL) {
        size_t index = 0;
        if (!sw_pointer_next(&pointer, token)) {
            return NULL;
        }
        if (cJSON_IsObject(node)) {
            node = member_of(node, token);
        } else if (cJSON_IsArray(node) && sw_pointer_index(token, (size_t)cJSON_GetArraySize(node), &index)) {
            node = cJSON_GetArrayItem(node, (int)index);
        } else {
            node = NULL;
        }
    }
    return node;
}
