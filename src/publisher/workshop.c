/* SPDX-License-Identifier: EUPL-1.2 */
#include "publisher/workshop.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "publisher/fault.h"
#include "store/moment.h"

#define PATH_ROOM 4096

static const char *path_in(const char *folder, const char *name, const char *end, char path[PATH_ROOM])
{
    (void)snprintf(path, PATH_ROOM, "%s/%s%s", folder, name, end);
    return path;
}

/* A new file that only its owner reads; never one in the place of another. */
static bool write_secret(const char *path, char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool written = fd >= 0 && sw_fd_write_all(fd, text, strlen(text)) && fsync(fd) == 0;
    if (!written)
        (void)fprintf(stderr, "schauwand: %s cannot be written: %s\n", path, strerror(errno));
    if (fd >= 0)
        (void)close(fd);
    if (fd >= 0 && !written) /* half a key would stand in the way of the next try */
        (void)unlink(path);
    sodium_memzero(text, strlen(text));
    free(text);
    return written;
}

static bool write_text(const char *path, char *text)
{
    bool written = sw_file_write_atomic(path, text, strlen(text));
    free(text);
    return written || sw_fault_say(path, "cannot be written");
}

/* Makes the pair NAME.key and NAME.pub. */
static bool make_pair(const char *folder, const char *name, struct sw_secret_key *secret, struct sw_public_key *public)
{
    char path[PATH_ROOM];
    sw_key_make(secret, public);
    return write_secret(path_in(folder, name, ".key", path), sw_secret_key_write(secret, NULL, SW_LOCK_MINISIGN)) &&
           write_text(path_in(folder, name, ".pub", path), sw_public_key_write(public));
}

static bool read_secret(const char *folder, const char *name, struct sw_secret_key *out)
{
    char path[PATH_ROOM], *text;
    size_t length;
    struct stat info;
    struct sw_diags diags;
    (void)path_in(folder, name, ".key", path);
    if (stat(path, &info) == 0 && (info.st_mode & 077) != 0)
        return sw_fault_say(path, "may be read by others; `chmod 600` it");
    enum sw_file_status status = sw_file_read(path, SW_KEY_FILE_MAX, &text, &length);
    if (status != SW_FILE_OK)
        return sw_fault_say(path, sw_file_status_text(status));
    sw_diags_init(&diags);
    bool read = sw_secret_key_read(text, length, path, getenv("SCHAUWAND_KEY_PASSWORD"), out, NULL, &diags);
    sodium_memzero(text, length);
    free(text);
    sw_faults_say(&diags);
    return read;
}

/* Signs the list with the root key and writes both. */
static bool write_list(const char *folder, const struct sw_keyring *keyring, const struct sw_secret_key *root)
{
    char path[PATH_ROOM], comment[64];
    (void)snprintf(comment, sizeof comment, "schauwand keys %" PRId64, keyring->version);
    char *list = sw_keyring_write(keyring), *signature = sw_signature_write(root, list, strlen(list), comment);
    bool written = write_text(path_in(folder, "keys.json", ".minisig", path), signature);
    return write_text(path_in(folder, "keys.json", "", path), list) && written;
}

bool sw_workshop_make(const char *folder, sw_instant now)
{
    struct sw_keyring keyring = {.version = 1, .epoch = 1, .issued = now, .expires = SW_NEVER, .root_count = 1, .threshold = 1};
    struct sw_secret_key root, other;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return sw_fault_say(folder, "cannot be made");
    bool made = make_pair(folder, "root", &root, &keyring.roots[0]);
    for (int role = 0; role < SW_KEY_ROLES && made; role++) {
        struct sw_keyring_key *key = &keyring.keys[role][0];
        key->until = SW_NEVER;
        keyring.key_counts[role] = 1;
        made = make_pair(folder, sw_key_role_text((enum sw_key_role)role), &other, &key->key);
    }
    made = made && write_list(folder, &keyring, &root);
    sw_secret_key_wipe(&root);
    sw_secret_key_wipe(&other);
    return made;
}

static char *read_text(const char *folder, const char *name, size_t maximum)
{
    char path[PATH_ROOM], *text = NULL;
    size_t length;
    enum sw_file_status status = sw_file_read(path_in(folder, name, "", path), maximum, &text, &length);
    if (status == SW_FILE_MISSING)
        (void)sw_fault_say(path, "does not exist; `schauwand keys DIR` makes keys");
    else if (status != SW_FILE_OK)
        (void)sw_fault_say(path, sw_file_status_text(status));
    return status == SW_FILE_OK ? text : NULL;
}

bool sw_workshop_open(struct sw_workshop *workshop, const char *folder)
{
    struct sw_public_key root;
    struct sw_diags diags;
    *workshop = (struct sw_workshop){.folder = folder};
    workshop->list = read_text(folder, "keys.json", SW_STATEMENT_MAX);
    workshop->signature = workshop->list != NULL ? read_text(folder, "keys.json.minisig", SW_SIGNATURE_FILE_MAX) : NULL;
    char *text = workshop->signature != NULL ? read_text(folder, "root.pub", SW_KEY_FILE_MAX) : NULL;
    if (text == NULL) {
        sw_workshop_finish(workshop);
        return false;
    }
    sw_diags_init(&diags);
    struct sw_signed document = {"keys.json", workshop->list, strlen(workshop->list), (const char *const *)&workshop->signature, 1};
    bool open = sw_public_key_read(text, strlen(text), "root.pub", &root, &diags) &&
                sw_keyring_judge(&document, NULL, &root, SW_NEVER_ENDED, &workshop->keyring, &diags) == SW_VERDICT_NEW;
    free(text);
    sw_faults_say(&diags);
    if (!open)
        sw_workshop_finish(workshop);
    return open;
}

void sw_workshop_finish(struct sw_workshop *workshop)
{
    free(workshop->list);
    free(workshop->signature);
    workshop->list = workshop->signature = NULL;
}

bool sw_workshop_secret(const struct sw_workshop *workshop, enum sw_key_role role, struct sw_secret_key *out)
{
    struct sw_public_key public;
    const struct sw_keyring *keyring = &workshop->keyring;
    if (!read_secret(workshop->folder, sw_key_role_text(role), out))
        return false;
    sw_secret_key_public(out, &public);
    for (size_t i = 0; i < keyring->key_counts[role]; i++)
        if (sw_public_key_equal(&keyring->keys[role][i].key, &public))
            return true;
    sw_secret_key_wipe(out);
    return sw_fault_say(workshop->folder, "has a key that is not in its list: no wall would take what it signs; `--replace` makes another");
}

bool sw_workshop_replace(struct sw_workshop *workshop, enum sw_key_role role, bool fresh, sw_instant now)
{
    char path[PATH_ROOM], old[PATH_ROOM], id[SW_KEY_ID_TEXT + 1], end[SW_KEY_ID_TEXT + 8];
    struct sw_keyring *keyring = &workshop->keyring;
    struct sw_secret_key root, secret;
    const char *name = sw_key_role_text(role);
    if (!read_secret(workshop->folder, "root", &root))
        return false;
    (void)snprintf(end, sizeof end, "-%s.old", sw_key_id_text(keyring->keys[role][0].key.id, id));
    bool done = rename(path_in(workshop->folder, name, ".key", path), path_in(workshop->folder, name, end, old)) == 0 || errno == ENOENT;
    keyring->version++;
    keyring->epoch += fresh;
    keyring->issued = now;
    keyring->key_counts[role] = 1;
    keyring->keys[role][0] = (struct sw_keyring_key){.until = SW_NEVER};
    done = done && make_pair(workshop->folder, name, &secret, &keyring->keys[role][0].key) && write_list(workshop->folder, keyring, &root);
    sw_secret_key_wipe(&root);
    sw_secret_key_wipe(&secret);
    return done;
}

void sw_workshop_print(const struct sw_workshop *workshop)
{
    char text[SW_KEY_TEXT + 1], id[SW_KEY_ID_TEXT + 1], moment[SW_MOMENT_TEXT + 1];
    const struct sw_keyring *keyring = &workshop->keyring;
    (void)printf("list %" PRId64 ", epoch %" PRId64 ", of %s\n", keyring->version, keyring->epoch, sw_moment_text(keyring->issued, moment));
    for (size_t i = 0; i < keyring->root_count; i++)
        (void)printf("%-11s %s  %s\n", "root", sw_key_id_text(keyring->roots[i].id, id), sw_public_key_text(&keyring->roots[i], text));
    for (int role = 0; role < SW_KEY_ROLES; role++)
        for (size_t i = 0; i < keyring->key_counts[role]; i++)
            (void)printf("%-11s %s  %s\n", sw_key_role_text((enum sw_key_role)role), sw_key_id_text(keyring->keys[role][i].key.id, id),
                         sw_public_key_text(&keyring->keys[role][i].key, text));
    (void)printf("Walls are told the root's key (RW...). Keep root.key away from this machine.\n");
}
