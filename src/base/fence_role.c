/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/fence_role.h"

#define GIB ((int64_t)1 << 30)

#define WORKER_STACK ((int64_t)8 << 20)
#define VIDEO_MEMORY ((int64_t)768 << 20)
#define WORKER_MEMORY GIB /* a picture of the largest size, its decoder's copy and its output */

// clang-format off
/* Of who asks others: certificates, and how names become addresses. */
#define INTERNET_PLACES \
    {"/usr", SW_FENCE_READ}, {"/lib", SW_FENCE_READ}, {"/lib64", SW_FENCE_READ}, \
    {"/etc/ld.so.cache", SW_FENCE_READ}, {"/etc/localtime", SW_FENCE_READ}, {"/etc/ssl/certs", SW_FENCE_READ}, \
    {"/etc/ssl/openssl.cnf", SW_FENCE_READ}, {"/etc/ca-certificates", SW_FENCE_READ}, \
    {"/etc/resolv.conf", SW_FENCE_READ}, {"/run/systemd/resolve", SW_FENCE_READ}, {"/run/NetworkManager", SW_FENCE_READ}, \
    {"/etc/hosts", SW_FENCE_READ}, {"/etc/host.conf", SW_FENCE_READ}, {"/etc/nsswitch.conf", SW_FENCE_READ}, \
    {"/etc/gai.conf", SW_FENCE_READ}, {"/etc/services", SW_FENCE_READ}, {"/etc/protocols", SW_FENCE_READ}, \
    {"/etc/passwd", SW_FENCE_READ}, {"/etc/machine-id", SW_FENCE_READ}, {"/proc/self", SW_FENCE_READ}, \
    {"/proc/sys/crypto", SW_FENCE_READ}, {"/dev/null", SW_FENCE_DEVICE}, {"/dev/urandom", SW_FENCE_READ}

/* The places were found by tracing: off-screen, on X11 and Wayland, with Mesa's drivers. */
static const struct sw_fence_row rows[SW_FENCE_ROLES] = {
    [SW_FENCE_SUPERVISOR] = {
        .name = "supervisor",
        .limits = {SW_FENCE_UNLIMITED, SW_FENCE_UNLIMITED, SW_FENCE_UNLIMITED, SW_FENCE_UNLIMITED, SW_FENCE_UNLIMITED,
                   SW_FENCE_UNLIMITED},
    },
    [SW_FENCE_PLAYER] = {
        .name = "player", .fenced = true, .hidden = true,
        /* drivers map what they like, so that only what is written to counts; shots are its only files */
        .limits = {SW_FENCE_UNLIMITED, 8 * GIB, 2 * GIB, 4096, SW_FENCE_UNLIMITED, SW_FENCE_UNLIMITED},
        .places = {
            {"/usr", SW_FENCE_READ}, {"/lib", SW_FENCE_READ}, {"/lib64", SW_FENCE_READ}, {"/opt", SW_FENCE_READ},
            {"/etc/ld.so.cache", SW_FENCE_READ}, {"/etc/localtime", SW_FENCE_READ}, {"/etc/locale.alias", SW_FENCE_READ},
            {"/etc/fonts", SW_FENCE_READ}, {"/etc/drirc", SW_FENCE_READ}, {"/etc/glvnd", SW_FENCE_READ}, {"/etc/vulkan", SW_FENCE_READ},
            {"/etc/OpenGL", SW_FENCE_READ}, {"/etc/egl", SW_FENCE_READ}, {"/etc/nvidia", SW_FENCE_READ},
            {"/etc/X11", SW_FENCE_READ}, {"/etc/alsa", SW_FENCE_READ}, {"/etc/asound.conf", SW_FENCE_READ},
            {"/etc/pulse", SW_FENCE_READ}, {"/etc/pipewire", SW_FENCE_READ}, {"/etc/machine-id", SW_FENCE_READ},
            {"/var/lib/dbus/machine-id", SW_FENCE_READ}, {"/etc/nsswitch.conf", SW_FENCE_READ}, {"/etc/passwd", SW_FENCE_READ},
            {"/proc", SW_FENCE_READ}, {"/sys", SW_FENCE_READ}, {"/run/udev", SW_FENCE_READ},
            {"/dev/null", SW_FENCE_DEVICE}, {"/dev/zero", SW_FENCE_DEVICE}, {"/dev/urandom", SW_FENCE_READ},
            {"/dev/shm", SW_FENCE_WRITE}, {"/dev/dri", SW_FENCE_DEVICE}, {"/dev/snd", SW_FENCE_DEVICE}, {"/dev/input", SW_FENCE_DEVICE},
            {"/dev/nvidiactl", SW_FENCE_DEVICE}, {"/dev/nvidia-modeset", SW_FENCE_DEVICE}, {"/dev/nvidia-uvm", SW_FENCE_DEVICE},
            {"/dev/nvidia0", SW_FENCE_DEVICE}, {"/dev/nvidia1", SW_FENCE_DEVICE}, {"/dev/mali0", SW_FENCE_DEVICE},
            {"/dev/tty", SW_FENCE_DEVICE}, {"/dev/tty0", SW_FENCE_DEVICE},
        },
    },
    [SW_FENCE_COURIER] = {
        .name = "courier", .fenced = true, .hidden = true, .internet = true,
        .limits = {SW_FENCE_UNLIMITED, 2 * GIB, 4 * GIB, 4096, SW_FENCE_UNLIMITED, SW_FENCE_UNLIMITED},
        .places = {INTERNET_PLACES},
    },
    [SW_FENCE_FOLLOWER] = {
        .name = "follower", .fenced = true, .hidden = true, .internet = true,
        .limits = {SW_FENCE_UNLIMITED, 2 * GIB, 64 * GIB, 4096, SW_FENCE_UNLIMITED, SW_FENCE_UNLIMITED},
        .places = {INTERNET_PLACES},
    },
    [SW_FENCE_PICTURE] = {
        .name = "picture worker", .fenced = true, .hidden = true,
        .limits = {WORKER_MEMORY, SW_FENCE_UNLIMITED, SW_FENCE_PICTURE_BYTES, 64, 0, WORKER_STACK},
    },
    [SW_FENCE_SVG] = {
        .name = "svg worker", .fenced = true, .hidden = true,
        .limits = {WORKER_MEMORY, SW_FENCE_UNLIMITED, SW_FENCE_PICTURE_BYTES, 64, SW_FENCE_UNLIMITED, WORKER_STACK},
        .places = {
            {"/usr", SW_FENCE_READ}, {"/lib", SW_FENCE_READ}, {"/etc/fonts", SW_FENCE_READ}, {"/etc/ld.so.cache", SW_FENCE_READ},
            {"/etc/locale.alias", SW_FENCE_READ},
            {"/var/cache/fontconfig", SW_FENCE_READ}, {"/var/lib/fontconfig", SW_FENCE_READ}, {"/proc/self", SW_FENCE_READ},
        },
    },
    [SW_FENCE_JQ] = {
        .name = "jq worker", .fenced = true, .hidden = true,
        .limits = {WORKER_MEMORY, SW_FENCE_UNLIMITED, SW_FENCE_JQ_BYTES, 64, SW_FENCE_UNLIMITED, WORKER_STACK},
    },
    [SW_FENCE_VIDEO] = {
        .name = "video worker", .fenced = true, .hidden = true, .signals_inside = true,
        /* what is the player's does not count: the slots, and the clip */
        .limits = {4 * GIB, VIDEO_MEMORY, SW_FENCE_PICTURE_BYTES, 64, SW_FENCE_UNLIMITED, WORKER_STACK},
        .places = {
            {"/usr", SW_FENCE_READ}, {"/lib", SW_FENCE_READ}, {"/lib64", SW_FENCE_READ}, {"/etc/ld.so.cache", SW_FENCE_READ},
        },
    },
    [SW_FENCE_LANG] = {
        .name = "lang", .fenced = true, .hidden = true,
        .limits = {4 * GIB, 4 * GIB, GIB, 64, 0, WORKER_STACK},
    },
};
// clang-format on

const struct sw_fence_row *sw_fence_row(enum sw_fence_role role) { return &rows[role]; }
