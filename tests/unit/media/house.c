/* SPDX-License-Identifier: EUPL-1.2 */
#include "house.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/child.h"
#include "base/log.h"
#include "base/message.h"

#define PATIENCE (60 * SW_SECOND)

static void wake(void *context)
{
    struct house *house = context;
    atomic_fetch_add(&house->wakes, 1);
}

void house_open(struct house *house, size_t budget)
{
    int ends[2];
    enum sw_file_status status;
    *house = (struct house){.folder = "/tmp/sw-house-XXXXXX"};
    sw_log_init("test", SW_LOG_ERROR);
    /* for the workers, not for us: nobody may look into them, so a leak checker cannot do its work there */
    assert_int_equal(setenv("ASAN_OPTIONS", "detect_leaks=0", 1), 0);
    assert_non_null(mkdtemp(house->folder));
    house->root = sw_root_create(house->folder, &status);
    assert_non_null(house->root);
    assert_true(sw_message_pair(ends));
    house->link = ends[0];
    house->media = sw_media_create(&(struct sw_media_config){.link = ends[1], .workers = {-1, -1}, .budget = budget, .wake = wake,
                                                             .wake_context = house});
    assert_non_null(house->media);
    house->gallery = sw_media_open(house->media, house->root);
}

void house_close(struct house *house)
{
    char command[64];
    sw_media_shut(house->gallery);
    sw_media_destroy(house->media);
    sw_root_destroy(house->root);
    for (int worker = 0; worker < SW_MEDIA_WORKERS; worker++) {
        if (house->pids[worker] > 0) {
            int status;
            assert_int_equal(waitpid(house->pids[worker], &status, 0), house->pids[worker]); /* it ends when media lets go */
            assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        }
    }
    close(house->link);
    snprintf(command, sizeof command, "rm -r %s", house->folder);
    assert_int_equal(system(command), 0);
}

void house_kill(struct house *house, enum sw_link_peer worker)
{
    kill(house->pids[worker], SIGKILL);
    assert_int_equal(waitpid(house->pids[worker], NULL, 0), house->pids[worker]);
    house->pids[worker] = 0;
}

void house_start(struct house *house, enum sw_link_peer worker)
{
    static const char *const programs[SW_MEDIA_WORKERS] = {SW_BINARY_DIR "/schauwand-worker-picture",
                                                           SW_BINARY_DIR "/schauwand-worker-svg"};
    const char *const arguments[] = {programs[worker], NULL};
    int ends[2];
    if (house->pids[worker] > 0)
        house_kill(house, worker);
    assert_true(sw_message_pair(ends));
    house->pids[worker] = sw_child_start(arguments, &ends[1], 1);
    assert_true(house->pids[worker] > 0);
    assert_int_equal(sw_link_send(house->link, (struct sw_link_message){.type = SW_LINK_PEER, .peer = worker}, ends[0]), SW_MESSAGE_OK);
    close(ends[0]);
    close(ends[1]);
}

void house_serve(struct house *house)
{
    struct sw_link_message message;
    int fd;
    while (sw_link_receive(house->link, &message, &fd) == SW_MESSAGE_OK) {
        assert_int_equal(message.type, SW_LINK_NEED);
        house->needs[message.peer]++;
        house_start(house, message.peer);
    }
    for (int worker = 0; worker < SW_MEDIA_WORKERS; worker++) { /* one that died by itself */
        if (house->pids[worker] > 0 && waitpid(house->pids[worker], NULL, WNOHANG) == house->pids[worker]) {
            house->pids[worker] = 0;
            house_start(house, (enum sw_link_peer)worker);
        }
    }
}

void house_settle(struct house *house)
{
    sw_tick end = sw_tick_now() + PATIENCE;
    do {
        house_serve(house);
        if (sw_media_settle(house->media, sw_tick_now() + 20 * SW_MS))
            return;
    } while (sw_tick_now() < end);
    fail_msg("%zu requests were never answered", sw_media_pending(house->media));
}

static void put(struct house *house, const char *name, const void *bytes, size_t length)
{
    char path[128], temporary[128];
    snprintf(path, sizeof path, "%s/%s", house->folder, name);
    snprintf(temporary, sizeof temporary, "%s/.new", house->folder);
    FILE *file = fopen(temporary, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rename(temporary, path), 0);
}

void house_put(struct house *house, const char *name, struct sample_file file)
{
    put(house, name, file.bytes, file.length);
    sample_file_finish(&file);
}

void house_put_text(struct house *house, const char *name, const char *text)
{
    put(house, name, text, strlen(text));
}

enum sw_asset_state house_get(struct house *house, const char *name, int width, int height, struct sw_bitmap **bitmap)
{
    const struct sw_pictures *pictures = sw_gallery_pictures(house->gallery);
    struct sw_picture_request request = {.path = name, .width = width, .height = height, .right = 1, .bottom = 1};
    return pictures->get(pictures->context, &request, bitmap);
}

enum sw_asset_state house_size(struct house *house, const char *name, int *width, int *height)
{
    const struct sw_pictures *pictures = sw_gallery_pictures(house->gallery);
    return pictures->size(pictures->context, name, width, height);
}
