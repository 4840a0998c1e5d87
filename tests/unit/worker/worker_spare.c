/* SPDX-License-Identifier: EUPL-1.2 */
/* Memory that is made ready ahead: whatever size is taken then, it is as if it were new. */
#include "worker/spare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/must.h"
#include "base/shared.h"

static void take(struct sw_spare *spare, size_t size)
{
    int fd = -1;
    void *bytes = NULL;
    const void *seen = NULL;
    assert_true(sw_spare_take(spare, size, &fd, &bytes));
    for (size_t i = 0; i < size; i += i < 4096 || i + 4096 >= size ? 1 : 4096)
        assert_int_equal(((const uint8_t *)bytes)[i], 0);
    memset(bytes, 0x77, size);
    sw_shared_unmap(bytes, size);
    assert_true(sw_shared_seal(fd));
    assert_true(sw_shared_map(fd, size, &seen)); /* of that size exactly */
    sw_shared_unmap(seen, size);
    close(fd);
}

static void test_any_size(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 4096, SW_SPARE_BYTES / 2, SW_SPARE_BYTES - 1, SW_SPARE_BYTES, SW_SPARE_BYTES + 1, SW_SPARE_BYTES * 3};
    for (size_t i = 0; i < SW_COUNT(sizes); i++)
        for (int prepared = 0; prepared < 3; prepared++) {
            struct sw_spare spare = {.fd = -1};
            if (prepared == 1)
                assert_true(sw_spare_prepare(&spare));
            while (prepared == 2 && sw_spare_prepare(&spare)) {
            }
            take(&spare, sizes[i]);
            take(&spare, sizes[i]);
            sw_spare_drop(&spare);
            assert_null(spare.bytes);
        }
}

static void test_small_ones_leave_it(void **state)
{
    (void)state;
    struct sw_spare spare = {.fd = -1};
    assert_true(sw_spare_prepare(&spare));
    take(&spare, 64 * 64 * 4);
    assert_non_null(spare.bytes);
    take(&spare, SW_SPARE_BYTES);
    assert_null(spare.bytes);
    sw_spare_drop(&spare);
    sw_spare_drop(&spare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_size), cmocka_unit_test(test_small_ones_leave_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
