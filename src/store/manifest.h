/* SPDX-License-Identifier: EUPL-1.2 */
/* The documents that a wall follows (design.md section 5): the manifest of a release, the playlists that change without one, and
 * `current.json`, which says what the newest of each is and is a hint only. Any thread. */
#ifndef SW_STORE_MANIFEST_H
#define SW_STORE_MANIFEST_H

#include "store/contents.h"
#include "store/keyring.h"

#define SW_CURRENT_MAX 4096 /* bytes */

struct sw_manifest {
    struct sw_statement statement;
    sw_instant activate;       /* all walls change then; 0: at once */
    int needs[3];              /* the oldest program that can play it */
    struct sw_object contents; /* the content list */
};

/* Operators' playlists. Finish it. */
struct sw_playlists {
    struct sw_statement statement;
    struct sw_json *json;   /* owned; NULL: none */
    const cJSON *playlists; /* of `json`: an object of playlists by their ids, each as a curator writes them; the caller verifies them */
};

struct sw_current {
    char wall[SW_ID_MAX + 1];
    int64_t release, playlists, keys; /* versions; 0: there is none */
};

/* Whom a document must suit. */
struct sw_trust {
    const struct sw_keyring *keyring;
    const char *wall;
    struct sw_accepted accepted; /* the newest of this kind so far */
    sw_instant now;              /* SW_NEVER_ENDED: it was taken long ago; no key has ended, nothing has expired */
    int program[3];              /* this one's version */
};

/* Whether a release may be taken; REFUSED with one fault that says why, else *out is filled. Nothing is parsed that no publishing key
 * signed. A manifest that needs a newer program is refused as such, whatever else that program may find in it. */
enum sw_verdict sw_release_judge(const struct sw_signed *document, const struct sw_trust *trust, struct sw_manifest *out,
                                 struct sw_diags *diags) SW_MUST;
/* The same for playlists, by an operating key. */
enum sw_verdict sw_playlists_judge(const struct sw_signed *document, const struct sw_trust *trust, struct sw_playlists *out,
                                   struct sw_diags *diags) SW_MUST;
void sw_playlists_finish(struct sw_playlists *playlists);

/* The manifest alone, whoever signed it. `program` NULL: not looked at. */
bool sw_manifest_read(const char *bytes, size_t length, const char *name, const int *program, struct sw_manifest *out,
                      struct sw_diags *diags) SW_MUST;
/* The same of playlists; finish them. */
bool sw_playlists_read(const char *bytes, size_t length, const char *name, struct sw_playlists *out, struct sw_diags *diags) SW_MUST;
bool sw_current_read(const char *bytes, size_t length, const char *name, struct sw_current *out, struct sw_diags *diags) SW_MUST;
/* Documents that read as these (but for the digest); the caller's to free(). */
char *sw_manifest_write(const struct sw_manifest *manifest) SW_MUST;
char *sw_current_write(const struct sw_current *current) SW_MUST;
/* NULL: longer than SW_STATEMENT_MAX. */
char *sw_playlists_write(const struct sw_statement *statement, const cJSON *playlists) SW_MUST;

#endif
