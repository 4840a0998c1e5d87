/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/key.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "store/lines.h"

#define PUBLIC_BYTES 42
#define SECRET_BYTES 158
#define SECRET_TEXT 212 /* in base64 */
#define MEMORY_MAX crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE

static const unsigned char signs[2] = {'E', 'd'}, scrypt[2] = {'S', 'c'}, no_lock[2] = {0, 0}, blake[2] = {'B', '2'};

/* The bytes of a secret key's file, as minisign lays them out; from `id` on they are masked where the key is locked. */
struct secret_file {
    unsigned char signs[2], lock[2], check_by[2], salt[32], operations[8], memory[8];
    unsigned char id[SW_KEY_ID_BYTES], secret[64], check[32];
};
_Static_assert(sizeof(struct secret_file) == SECRET_BYTES, "no holes");
#define MASKED (SW_KEY_ID_BYTES + 64 + 32)

bool sw_public_key_equal(const struct sw_public_key *left, const struct sw_public_key *right)
{
    return memcmp(left, right, sizeof *left) == 0;
}

static bool unpack_public(const unsigned char bytes[PUBLIC_BYTES], struct sw_public_key *out)
{
    if (memcmp(bytes, signs, sizeof signs) != 0)
        return false;
    memcpy(out->id, bytes + 2, sizeof out->id);
    memcpy(out->point, bytes + 2 + sizeof out->id, sizeof out->point);
    return true;
}

bool sw_public_key_parse(const char *text, struct sw_public_key *out)
{
    unsigned char bytes[PUBLIC_BYTES];
    return sw_base64_read(text, strlen(text), bytes, sizeof bytes) && unpack_public(bytes, out);
}

const char *sw_public_key_text(const struct sw_public_key *key, char text[SW_KEY_TEXT + 1])
{
    unsigned char bytes[PUBLIC_BYTES] = {signs[0], signs[1]};
    memcpy(bytes + 2, key->id, sizeof key->id);
    memcpy(bytes + 2 + sizeof key->id, key->point, sizeof key->point);
    return sodium_bin2base64(text, SW_KEY_TEXT + 1, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
}

const char *sw_key_id_text(const unsigned char id[SW_KEY_ID_BYTES], char text[SW_KEY_ID_TEXT + 1])
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < SW_KEY_ID_BYTES; i++) {
        unsigned char byte = id[SW_KEY_ID_BYTES - 1 - i]; /* a number, its lowest byte first */
        text[2 * i] = digits[byte >> 4];
        text[2 * i + 1] = digits[byte & 15];
    }
    text[SW_KEY_ID_TEXT] = '\0';
    return text;
}

bool sw_public_key_read(const char *bytes, size_t length, const char *name, struct sw_public_key *out, struct sw_diags *diags)
{
    struct sw_lines lines = {.at = bytes, .end = bytes + length, .name = name, .diags = diags};
    unsigned char key[PUBLIC_BYTES];
    if (!sw_lines_comment(&lines, SW_LINES_UNTRUSTED, NULL) || !sw_lines_base64(&lines, "public key", key, sizeof key))
        return false;
    if (!unpack_public(key, out))
        return sw_lines_fault(&lines, "is a key of another kind; one of `minisign -G` or `schauwand keys` is wanted");
    return sw_lines_end(&lines);
}

char *sw_public_key_write(const struct sw_public_key *key)
{
    char id[SW_KEY_ID_TEXT + 1], text[SW_KEY_TEXT + 1];
    struct sw_buffer buffer;
    sw_buffer_init(&buffer, SW_KEY_FILE_MAX);
    sw_buffer_printf(&buffer, SW_LINES_UNTRUSTED "minisign public key %s\n%s\n", sw_key_id_text(key->id, id),
                     sw_public_key_text(key, text));
    return buffer.bytes;
}

void sw_key_make(struct sw_secret_key *secret, struct sw_public_key *public)
{
    randombytes_buf(secret->id, sizeof secret->id);
    memcpy(public->id, secret->id, sizeof public->id);
    (void)crypto_sign_keypair(public->point, secret->secret);
}

void sw_secret_key_public(const struct sw_secret_key *secret, struct sw_public_key *public)
{
    memcpy(public->id, secret->id, sizeof public->id);
    memcpy(public->point, secret->secret + 32, sizeof public->point);
}

void sw_secret_key_wipe(struct sw_secret_key *secret) { sodium_memzero(secret, sizeof *secret); }

static uint64_t load_number(const unsigned char bytes[8])
{
    uint64_t number = 0;
    for (int i = 7; i >= 0; i--)
        number = number << 8 | bytes[i];
    return number;
}

static void store_number(unsigned char bytes[8], uint64_t number)
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
}

static void check_of(const struct secret_file *file, unsigned char check[32])
{
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, 32);
    (void)crypto_generichash_update(&state, file->signs, sizeof file->signs);
    (void)crypto_generichash_update(&state, file->id, sizeof file->id);
    (void)crypto_generichash_update(&state, file->secret, sizeof file->secret);
    (void)crypto_generichash_final(&state, check, 32);
}

/* Masks or unmasks what is secret. False: not enough memory. */
static bool apply_password(struct secret_file *file, const char *password)
{
    unsigned char mask[MASKED];
    unsigned char *masked = file->id;
    uint64_t operations = load_number(file->operations), memory = load_number(file->memory);
    if (crypto_pwhash_scryptsalsa208sha256(mask, sizeof mask, password, strlen(password), file->salt, operations, (size_t)memory) != 0)
        return false;
    for (size_t i = 0; i < sizeof mask; i++)
        masked[i] ^= mask[i];
    sodium_memzero(mask, sizeof mask);
    return true;
}

static bool unlock(struct sw_lines *lines, struct secret_file *file, const char *password)
{
    if (password == NULL)
        return sw_lines_fault(lines, "is locked; its password is wanted");
    if (load_number(file->operations) > crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE || load_number(file->memory) > MEMORY_MAX)
        return sw_lines_fault(lines, "wants more than 1 GiB of memory to be unlocked; it is damaged, or not made by minisign");
    if (!apply_password(file, password))
        return sw_lines_fault(lines, "cannot be unlocked; it takes as much memory as was given to lock it, mostly 1 GiB");
    return true;
}

/* Whether the file is what was written. Where minisign sets no lock it leaves the checksum zero: then the halves of the secret must fit. */
static bool is_sound(const struct secret_file *file, bool is_locked)
{
    unsigned char check[32], point[32], pair[64];
    check_of(file, check);
    bool sound = sodium_memcmp(check, file->check, sizeof check) == 0;
    if (!sound && !is_locked && sodium_is_zero(file->check, sizeof file->check)) {
        (void)crypto_sign_seed_keypair(point, pair, file->secret);
        sound = sodium_memcmp(pair, file->secret, sizeof pair) == 0;
        sodium_memzero(pair, sizeof pair);
    }
    return sound;
}

static bool take_secret(struct sw_lines *lines, struct secret_file *file, const char *password, struct sw_secret_key *out, bool *locked)
{
    bool is_locked = memcmp(file->lock, scrypt, sizeof scrypt) == 0;
    if (memcmp(file->signs, signs, sizeof signs) != 0 || memcmp(file->check_by, blake, sizeof blake) != 0 ||
        (!is_locked && memcmp(file->lock, no_lock, sizeof no_lock) != 0))
        return sw_lines_fault(lines, "is a key of another kind; one of `minisign -G` or `schauwand keys` is wanted");
    if (locked != NULL)
        *locked = is_locked;
    if (is_locked && !unlock(lines, file, password))
        return false;
    if (!is_sound(file, is_locked))
        return sw_lines_fault(lines, is_locked ? "cannot be unlocked: the password is wrong" : "is damaged: its checksum is wrong");
    memcpy(out->id, file->id, sizeof out->id);
    memcpy(out->secret, file->secret, sizeof out->secret);
    return true;
}

bool sw_secret_key_read(const char *bytes, size_t length, const char *name, const char *password, struct sw_secret_key *out, bool *locked,
                        struct sw_diags *diags)
{
    struct sw_lines lines = {.at = bytes, .end = bytes + length, .name = name, .diags = diags};
    unsigned char raw[SECRET_BYTES];
    struct secret_file file;
    bool taken = sw_lines_comment(&lines, SW_LINES_UNTRUSTED, NULL) && sw_lines_base64(&lines, "secret key", raw, sizeof raw);
    if (taken) {
        memcpy(&file, raw, sizeof file);
        taken = sw_lines_end(&lines) && take_secret(&lines, &file, password, out, locked);
    }
    sodium_memzero(raw, sizeof raw);
    sodium_memzero(&file, sizeof file);
    return taken;
}

char *sw_secret_key_write(const struct sw_secret_key *secret, const char *password, enum sw_lock_cost cost)
{
    static const char *const comments[] = {SW_LINES_UNTRUSTED "minisign secret key\n",
                                           SW_LINES_UNTRUSTED "minisign encrypted secret key\n"};
    struct secret_file file = {{signs[0], signs[1]}, {0, 0}, {blake[0], blake[1]}, {0}, {0}, {0}, {0}, {0}, {0}};
    char text[SECRET_TEXT + 1], *written = NULL;
    bool light = cost == SW_LOCK_LIGHT;
    memcpy(file.id, secret->id, sizeof file.id);
    memcpy(file.secret, secret->secret, sizeof file.secret);
    check_of(&file, file.check);
    if (password != NULL) {
        memcpy(file.lock, scrypt, sizeof scrypt);
        randombytes_buf(file.salt, sizeof file.salt);
        store_number(file.operations, light ? crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_INTERACTIVE
                                            : crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE);
        store_number(file.memory, light ? crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_INTERACTIVE : MEMORY_MAX);
    }
    if (password == NULL || apply_password(&file, password)) {
        const char *comment = comments[password != NULL];
        size_t head = strlen(comment);
        (void)sodium_bin2base64(text, sizeof text, (const unsigned char *)&file, sizeof file, sodium_base64_VARIANT_ORIGINAL);
        written = sw_alloc(head + SECRET_TEXT + 2);
        memcpy(written, comment, head);
        memcpy(written + head, text, SECRET_TEXT);
        written[head + SECRET_TEXT] = '\n';
    }
    sodium_memzero(&file, sizeof file);
    sodium_memzero(text, sizeof text);
    return written;
}
