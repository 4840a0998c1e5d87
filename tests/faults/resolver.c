/* SPDX-License-Identifier: EUPL-1.2 */
/* Preloaded (LD_PRELOAD) into the courier it answers for the name servers: "A-B-C-D.v4.test" is the address A.B.C.D, "A-B--C.v6.test" is
 * A:B::C, "NAME.silent.test" says nothing for half a minute, and nothing else exists. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SILENCE_S 30

typedef int resolve(const char *, const char *, const struct addrinfo *, struct addrinfo **);

static int is_below(const char *name, const char *domain)
{
    size_t length = strlen(name), tail = strlen(domain);
    return length > tail && strcmp(name + length - tail, domain) == 0;
}

static int numeric(const char *name, char separator, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
    char text[256];
    void *symbol = dlsym(RTLD_NEXT, "getaddrinfo");
    resolve *next;
    memcpy(&next, &symbol, sizeof next);
    struct addrinfo plain = hints != NULL ? *hints : (struct addrinfo){.ai_flags = 0};
    snprintf(text, sizeof text, "%.*s", (int)strcspn(name, "."), name);
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '-' ? separator : *c;
    plain.ai_flags |= AI_NUMERICHOST;
    plain.ai_family = AF_UNSPEC;
    return next(text, service, &plain, out);
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
    if (name == NULL)
        return EAI_NONAME;
    if (is_below(name, ".v4.test"))
        return numeric(name, '.', service, hints, out);
    if (is_below(name, ".v6.test"))
        return numeric(name, ':', service, hints, out);
    if (is_below(name, ".silent.test"))
        sleep(SILENCE_S);
    return is_below(name, ".test") ? EAI_NONAME : numeric(name, '.', service, hints, out);
}
