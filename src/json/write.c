/* SPDX-License-Identifier: EUPL-1.2 */
#include "json/write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sw_json_write_text(struct sw_buffer *buffer, const char *text)
{
    static const char plain[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
    const char *from = text;
    sw_buffer_add(buffer, "\"", 1);
    for (; *text != '\0'; text++) {
        const char *escape = strchr(plain, *text);
        if (escape == NULL && (unsigned char)*text >= 0x20) {
            continue;
        }
        sw_buffer_add(buffer, from, (size_t)(text - from));
        if (escape != NULL) {
            sw_buffer_printf(buffer, "\\%c", letters[escape - plain]);
        } else {
            sw_buffer_printf(buffer, "\\u%04x", (unsigned)(unsigned char)*text);
        }
        from = text + 1;
    }
    sw_buffer_add(buffer, from, (size_t)(text - from));
    sw_buffer_add(buffer, "\"", 1);
}

/* With as many digits, 15 to 17, as read back as the same number. */
static void write_number(struct sw_buffer *buffer, double number)
{
    char digits[40] = "null";
    for (int precision = 15; precision <= 17 && isfinite(number); precision++) {
        (void)snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (strtod(digits, NULL) == number) {
            break;
        }
    }
    sw_buffer_add_text(buffer, digits);
}

static void write_members(struct sw_buffer *buffer, const cJSON *node)
{
    bool object = cJSON_IsObject(node);
    sw_buffer_add(buffer, object ? "{" : "[", 1);
    for (const cJSON *member = node->child; member != NULL && !buffer->full; member = member->next) {
        if (member != node->child) {
            sw_buffer_add(buffer, ",", 1);
        }
        if (object) {
            sw_json_write_text(buffer, member->string);
            sw_buffer_add(buffer, ":", 1);
        }
        sw_json_write(buffer, member);
    }
    sw_buffer_add(buffer, object ? "}" : "]", 1);
}

void sw_json_write(struct sw_buffer *buffer, const cJSON *node)
{
    if (cJSON_IsObject(node) || cJSON_IsArray(node)) {
        write_members(buffer, node);
    } else if (cJSON_IsString(node)) {
        sw_json_write_text(buffer, node->valuestring);
    } else if (cJSON_IsNumber(node)) {
        write_number(buffer, node->valuedouble);
    } else {
        sw_buffer_add_text(buffer, cJSON_IsTrue(node) ? "true" : cJSON_IsFalse(node) ? "false" : "null");
    }
}
