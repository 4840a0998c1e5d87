/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/os_pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"

#define HUGE ((size_t)2 << 20)

/* Address space is taken in whole huge pages; memory only for what is written. */
static size_t whole(size_t size)
{
    return (size + HUGE - 1) / HUGE * HUGE;
}

void *sw_pages_map(size_t size)
{
    size_t kept = whole(size);
    char *start = mmap(NULL, kept + HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) {
        sw_log(SW_LOG_ERROR, "pages", "no memory for %zu bytes of pixels", size);
        abort();
    }
    /* The part from a huge page's start on is kept; what is before and behind it goes back. */
    size_t before = (HUGE - (uintptr_t)start % HUGE) % HUGE;
    if (before > 0)
        munmap(start, before);
    if (before < HUGE)
        munmap(start + before + kept, HUGE - before);
    /* For what fills huge pages only, so that the rest takes no more memory than it needs. A kernel that cannot does without. */
    if (size >= HUGE)
        madvise(start + before, size / HUGE * HUGE, MADV_HUGEPAGE);
    return start + before;
}

void sw_pages_back(void *pixels, size_t size)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)pixels, before = (page - start % page) % page;
    if (size > before)
        madvise((char *)pixels + before, (size - before) / page * page, MADV_POPULATE_WRITE);
}

void sw_pages_unmap(void *pages, size_t size)
{
    if (pages != NULL)
        munmap(pages, whole(size));
}
