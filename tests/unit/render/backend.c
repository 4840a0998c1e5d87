/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/backend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/gpu_device.h"

enum { AUTO = SW_BACKEND_AUTO, CPU = SW_BACKEND_CPU, GPU = SW_BACKEND_GPU };

static void test_before_anything_is_open(void **state)
{
    (void)state;
    static const struct {
        int wish;
        struct sw_backend_machine machine; /* display, device, software */
        int backend;
        const char *reason;
    } rows[] = {
        {AUTO, {true, true, false}, GPU, "there is a GPU"},
        {AUTO, {false, true, false}, CPU, "there is no display"},
        {AUTO, {true, false, false}, CPU, "there is no GPU that this process may open"},
        {AUTO, {true, true, true}, CPU, "LIBGL_ALWAYS_SOFTWARE is set"},
        {CPU, {true, true, false}, CPU, "it was asked for"},
        {GPU, {false, false, true}, GPU, "it was asked for"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sw_backend_choice choice = sw_backend_choose((enum sw_backend)rows[i].wish, &rows[i].machine);
        assert_int_equal((int)choice.backend, rows[i].backend);
        assert_string_equal(choice.reason, rows[i].reason);
    }
}

static void test_with_opengl_open(void **state)
{
    (void)state;
    static const struct {
        int wish;
        struct sw_backend_device device; /* software, side that it can, side that the wall has */
        int backend;
        const char *reason;
    } rows[] = {
        {AUTO, {false, 16384, 7680}, GPU, "there is a GPU"},
        {AUTO, {false, 4096, 4096}, GPU, "there is a GPU"},
        {AUTO, {true, 16384, 1920}, CPU, "OpenGL draws with the processor here, which takes longer"},
        {AUTO, {false, 4096, 7680}, CPU, "the wall has more pixels a side than the GPU's textures"},
        {GPU, {true, 16384, 1920}, GPU, "it was asked for"},
        {GPU, {false, 4096, 4097}, CPU, "the wall has more pixels a side than the GPU's textures"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sw_backend_choice choice = sw_backend_judge((enum sw_backend)rows[i].wish, &rows[i].device);
        assert_int_equal((int)choice.backend, rows[i].backend);
        assert_string_equal(choice.reason, rows[i].reason);
    }
}

static void test_names(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "GPU", "gpu ", "opengl", "automatic"};
    for (int i = 0; i < 3; i++) {
        enum sw_backend backend = SW_BACKEND_AUTO;
        assert_true(sw_backend_named(sw_backend_name((enum sw_backend)i), &backend));
        assert_int_equal((int)backend, i);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        enum sw_backend backend = SW_BACKEND_CPU;
        assert_false(sw_backend_named(wrong[i], &backend));
        assert_int_equal((int)backend, CPU);
    }
}

static void test_chips(void **state)
{
    (void)state;
    static const struct {
        const char *chip;
        bool software;
    } rows[] = {
        {"llvmpipe (LLVM 15.0.6, 256 bits)", true},
        {"softpipe", true},
        {"Software Rasterizer", true},
        {"zink (llvmpipe (LLVM 15.0.6, 256 bits))", true},
        {"ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)", true},
        {"Mesa Intel(R) UHD Graphics 630 (CFL GT2)", false},
        {"AMD Radeon RX 6600 (navi23, LLVM 15.0.6, DRM 3.49, 6.1.0-18-amd64)", false},
        {"NVIDIA GeForce RTX 3060/PCIe/SSE2", false},
        {"V3D 4.2", false},
        {"SVGA3D; build: RELEASE;  LLVM;", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (sw_gpu_chip_is_software(rows[i].chip) != rows[i].software)
            fail_msg("%s", rows[i].chip);
}

/* A folder as /dev with one file in it. */
static bool finds(const char *folder, const char *name)
{
    char dev[] = "/tmp/schauwand-dev-XXXXXX", path[256];
    assert_non_null(mkdtemp(dev));
    (void)snprintf(path, sizeof path, "%s/%s", dev, folder);
    assert_true(*folder == '\0' || mkdir(path, 0700) == 0);
    (void)snprintf(path, sizeof path, "%s/%s%s", dev, folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    bool found = sw_backend_has_device(dev);
    assert_int_equal(unlink(path), 0);
    (void)snprintf(path, sizeof path, "%s/%s", dev, folder);
    assert_int_equal(rmdir(path), 0);
    (void)rmdir(dev);
    return found;
}

static void test_devices(void **state)
{
    (void)state;
    assert_false(sw_backend_has_device("/nowhere"));
    assert_true(finds("dri/", "renderD128"));
    assert_true(finds("dri/", "renderD129"));
    assert_false(finds("dri/", "card0")); /* of a machine whose display is but memory */
    assert_true(finds("", "nvidiactl"));
    assert_false(finds("", "null"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_before_anything_is_open),
        cmocka_unit_test(test_with_opengl_open),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_chips),
        cmocka_unit_test(test_devices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
