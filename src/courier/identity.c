/* SPDX-License-Identifier: EUPL-1.2 */
#include "courier/identity.h"

#include "base/hash.h"

/* One that is not there is not the same as an empty one. */
static uint64_t hash_text(uint64_t hash, const char *text)
{
    return text != NULL ? sw_hash_text(sw_hash_number(hash, 1), text) : sw_hash_number(hash, 0);
}

static uint64_t hash_flags(uint64_t hash, int a, int b, int c)
{
    return sw_hash_number(sw_hash_number(sw_hash_number(hash, (uint64_t)a), (uint64_t)b), (uint64_t)c);
}

static uint64_t hash_words(uint64_t hash, const struct sw_word *words, size_t count)
{
    hash = sw_hash_number(hash, count);
    for (size_t i = 0; i < count; i++)
        hash = hash_text(hash_text(hash, words[i].from), words[i].to);
    return hash;
}

/* The names of the secrets stand for them: they are not read for this. */
static uint64_t hash_sent(const struct sw_request *request)
{
    const struct sw_auth *auth = &request->auth;
    uint64_t hash = hash_words(hash_text(SW_HASH_START, request->address), request->headers, request->header_count);
    hash = hash_text(hash_text(sw_hash_number(hash, (uint64_t)auth->kind), auth->name), auth->first);
    hash = hash_text(hash_text(hash, auth->second), auth->scope);
    return sw_hash_number(hash, (uint64_t)request->format);
}

static uint64_t hash_paging(uint64_t hash, const struct sw_paging *paging)
{
    hash = hash_text(hash_text(sw_hash_number(hash, (uint64_t)paging->kind), paging->name), paging->size_name);
    return hash_flags(hash, paging->size, paging->max, 0);
}

static uint64_t hash_field(uint64_t hash, const struct sw_field *field)
{
    hash = hash_flags(hash_text(hash, field->name), (int)field->type, (int)field->encoding, field->decimal);
    for (size_t i = 0; field->from != NULL && field->from[i] != NULL; i++)
        hash = hash_text(hash, field->from[i]);
    hash = sw_hash_number(hash, field->ranged);
    if (field->ranged)
        hash = sw_hash_mix_double(sw_hash_mix_double(hash, field->minimum), field->maximum);
    hash = sw_hash_number(hash, field->missing_count);
    for (size_t i = 0; i < field->missing_count; i++)
        hash = sw_hash_mix_double(hash_text(hash, field->missing[i].text), field->missing[i].text != NULL ? 0 : field->missing[i].number);
    return hash_text(hash_words(hash, field->words, field->word_count), field->otherwise);
}

uint64_t sw_identity_declared(const struct sw_source *source)
{
    const struct sw_request *request = &source->request;
    uint64_t hash = hash_paging(hash_sent(request), &request->paging);
    hash = hash_flags(hash, request->csv.delimiter, request->csv.skip, request->csv.header);
    hash = hash_flags(hash, (int)request->csv.charset, request->rows, request->limit);
    hash = hash_text(hash_text(hash_text(hash, request->pick), request->select), request->vars);
    for (size_t i = 0; i < request->field_count; i++)
        hash = hash_field(hash, &request->fields[i]);
    return sw_hash_number(hash, (uint64_t)request->observed);
}

uint64_t sw_identity_asked(const struct sw_source *source)
{
    if (source->transport != SW_TRANSPORT_HTTP || source->off || source->faulty || source->request.paging.kind != SW_PAGING_NONE)
        return 0;
    return hash_sent(&source->request) | 1;
}
