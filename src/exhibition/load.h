/* SPDX-License-Identifier: EUPL-1.2 */
/* The loader's own header: what its files share. Loading goes documents -> theme -> heads of parts and scenes -> their elements ->
 * playlists and walls -> what could only be judged at the end (addresses). Every file appends its faults and goes on. One thread, during
 * sw_exhibition_create alone. */
#ifndef SW_EXHIBITION_LOAD_H
#define SW_EXHIBITION_LOAD_H

#include "base/arena.h"
#include "base/diag.h"
#include "exhibition/exhibition.h"
#include "json/json.h"
#include "json/schema.h"

enum sw_document_kind {
    SW_DOCUMENT_EXHIBITION,
    SW_DOCUMENT_THEME,
    SW_DOCUMENT_SOURCES,
    SW_DOCUMENT_FONTS,
    SW_DOCUMENT_WALL,
    SW_DOCUMENT_PLAYLIST,
    SW_DOCUMENT_PART,
    SW_DOCUMENT_CALENDAR,
    SW_DOCUMENT_LANGUAGE,
    SW_DOCUMENT_SCENE,
};

struct sw_document {
    enum sw_document_kind kind;
    const char *id, *file, *folder; /* folder: what "./" means, with a '/' at the end, or "" */
    struct sw_json *json;           /* NULL: could not be read; the fault is said */
    bool faulty;
    uint64_t hash; /* of its bytes */
    size_t length; /* of them */
    void *made; /* struct sw_part *, sw_scene * ... */
};

/* Something named that can only be judged when everything is loaded. */
enum sw_referred { SW_REFERRED_ADDRESS, SW_REFERRED_POPUP, SW_REFERRED_VIDEO };
struct sw_reference {
    const char *target;
    enum sw_referred what;
    const struct sw_scene *scene; /* where it was written: what "#page", popups and videos mean; NULL: in a part */
    struct sw_document *document;
    int line, column;
    const char *path;
};

/* Of a file of scenes/lang/: what stands for the text at `path` of `file`. The loader keeps them sorted: file, path, language. */
struct sw_translation {
    const char *language, *file, *path;
    const cJSON *entry; /* as it is written: the text, or an object with the text and what is known of it */
    const cJSON *text;  /* NULL: it only says something of a text that stands in the file itself */
    struct sw_document *document;
    bool used;
};

struct sw_loader {
    struct sw_exhibition *exhibition;
    struct sw_arena *arena; /* the exhibition's */
    struct sw_diags *diags;
    struct sw_kept *kept; /* from load to load; NULL: nothing is */
    size_t errors_elsewhere; /* of diags: in a translation, while the text that it stands for was loaded */
    const struct sw_catalogue *catalogue;
    struct sw_document *documents;
    size_t document_count, document_capacity;
    const struct sw_scene *const *scenes; /* all of them, by id: the exhibition gets those without faults */
    size_t scene_count, lost_scenes;      /* lost: those with faults, or that could not be read */
    struct sw_reference *references;
    size_t reference_count, reference_capacity;
    struct sw_translation *translations;
    size_t translation_count, translation_capacity;
    struct sw_texts *texts; /* gets every text; NULL: nobody asks for them */
    struct sw_medium *media; /* in the order in which they are named, each time */
    size_t media_count, media_capacity;
    struct sw_film *films;
    size_t film_count, film_capacity;
    const struct sw_subtitles **subtitles; /* of each file that was read */
    size_t subtitle_count, subtitle_capacity;
    const struct sw_lengths *lengths; /* NULL: none are known */
    const char *const *canvas_names;   /* NULL-terminated */
    const char *const (*fallbacks)[8]; /* a language: what to fall back to, in order */
    const char *const *font_roles;     /* that fonts.json declares, sound or not; NULL-terminated; NULL: it could not be read */
    struct sw_calendar *calendars;
    size_t calendar_count;
    bool sources_unread; /* there are sources, but nobody knows which: any name may be one */
};

/* A place in a document while its values are compiled: which file and scene, which names are known, which canvas is meant. */
struct sw_writer {
    struct sw_loader *loader;
    struct sw_document *document;
    struct sw_verify verify;
    const struct sw_names *names;
    struct sw_scene *scene;     /* NULL outside scenes */
    const struct sw_part *part; /* NULL outside parts */
    const char *canvas;         /* inside a by-canvas value: its name; else NULL */
    const char *folder;         /* what "./" means: the document's, or that of the text a translation stands for */
    int depth;
    bool answers;               /* what was compiled says something of the subtitles of clips that it is handed */
};

void sw_writer_init(struct sw_writer *writer, struct sw_loader *loader, struct sw_document *document);

/* What a curator may write, for the schema (exhibition/schema.h): each file's table, or the row of its map. */
extern const struct sw_table sw_exhibition_table, sw_theme_table, sw_wall_table, sw_playlist_table, sw_part_table, sw_calendar_table,
    sw_fonts_table, sw_scene_table, sw_translation_table;
extern const struct sw_row sw_sources_row, sw_translations_row;

/* -- load_help.c -- */
/* Whether `row` finds no fault in `node` (none is said: that was done). NULL is not sound. */
bool sw_load_sound(struct sw_writer *writer, const struct sw_row *row, const cJSON *node);
/* The member `key` of `object` if it is sound by its row of `table`, else NULL. */
const cJSON *sw_load_member(struct sw_writer *writer, const struct sw_table *table, const cJSON *object, const char *key);
/* Errors so far; what is added while a document is loaded is of that document. */
size_t sw_load_errors(const struct sw_loader *loader);
/* `; did you mean "x"?` for the nearest of the NULL-terminated `known`, or "". Of the arena. */
const char *sw_load_hint(struct sw_loader *loader, const char *word, const char *const *known);
const char *sw_load_key_hint(struct sw_loader *loader, const char *word, const struct sw_table *known);
/* NULL-terminated, of the arena: the keys of an object (NULL: none); the ids of all documents of a kind. */
const char *const *sw_load_keys(struct sw_loader *loader, const cJSON *object);
const char *const *sw_load_ids(struct sw_loader *loader, enum sw_document_kind kind);
/* The items of a list that may stand without its brackets (NULL: none). */
size_t sw_load_count(const cJSON *node);
const cJSON *sw_load_item(const cJSON *node, size_t index);
/* -- load_document.c -- */
void sw_load_documents(struct sw_loader *loader);
/* Only those that sources are loaded from. */
void sw_load_source_documents(struct sw_loader *loader);
struct sw_document *sw_loader_document(struct sw_loader *loader, enum sw_document_kind kind, const char *id); /* id NULL: any */
struct sw_document *sw_loader_file(struct sw_loader *loader, const char *file);                               /* "scenes/hub.json" */
/* -- load_exhibition.c -- */
/* With the texts of the language files (load_translation.c), which all that is loaded later looks into. */
bool sw_load_exhibition(struct sw_loader *loader);
int64_t sw_load_duration(struct sw_writer *writer, const struct sw_table *table, const cJSON *object, const char *key, int64_t otherwise);
/* The member `key`, a string, read as an instant of the exhibition's clock; false: there is none, or a fault. */
bool sw_load_instant(struct sw_writer *writer, const struct sw_table *table, const cJSON *object, const char *key, sw_instant *out);
/* -- load_translation.c -- */
void sw_load_translations(struct sw_loader *loader);
/* What a file of scenes/lang/ has for the text at the writer's place; NULL: nothing. */
struct sw_translation *sw_load_translation(struct sw_writer *writer, const char *language);
/* A translation that stands at no text any more. Of a file with faults not all texts were seen. */
void sw_load_check_translations(struct sw_loader *loader);
/* -- load_texts.c: for those who translate -- */
/* Notes the text `node` at the writer's place, of which `given` has a value a language. */
void sw_load_note_text(struct sw_writer *writer, const cJSON *node, const bool *given);
/* Notes a translation that stands at no text. */
void sw_load_note_stray(struct sw_loader *loader, const struct sw_translation *translation);
/* -- load_transition.c -- */
/* The member `key` of `parent` into *transition, which is left where there is none; true if there is one. It comes in as what holds
 * where nothing sound is given. */
bool sw_load_transition(struct sw_writer *writer, const cJSON *parent, const char *key, struct sw_transition *transition);
extern const struct sw_table sw_transition_table;
/* -- load_source.c -- */
/* After the exhibition's session state. */
void sw_load_sources(struct sw_loader *loader);
/* -- load_font.c -- */
void sw_load_fonts(struct sw_loader *loader);
/* -- load_state.c -- */
/* Compiles `state` or `session` (NULL: none), maps of sw_state_row, once they are verified. What is not sound keeps its name. */
struct sw_states sw_load_states(struct sw_writer *writer, const cJSON *object);
extern const struct sw_row sw_state_row;
/* -- load_theme.c -- */
bool sw_load_theme(struct sw_loader *loader);
/* -- load_part.c, load_scene.c -- */
void sw_load_part_heads(struct sw_loader *loader);
void sw_load_part_elements(struct sw_loader *loader);
void sw_load_scene_heads(struct sw_loader *loader);
void sw_load_scene_elements(struct sw_loader *loader);
void sw_load_keep_scenes(struct sw_loader *loader); /* those without faults so far become the exhibition's */
/* Compiles the arguments that `object` (NULL: none) hands to `part`; one property a parameter. `kind` is that of the element whose keys
 * they are, NULL for a frame; what lacks is said at `object`, or at `use`. */
const struct sw_property *sw_load_arguments(struct sw_writer *writer, const struct sw_part *part, const cJSON *object, const cJSON *use,
                                            const struct sw_kind *kind);
/* -- load_use.c -- */
/* Says which parts are inside themselves or become too many elements, and empties them. */
void sw_load_part_uses(struct sw_loader *loader);
bool sw_load_has_slot(const struct sw_elements *elements, const char *name);
/* Calls `each` for every element, those in others and those handed to parts included; not for those of the parts themselves. */
void sw_load_each_element(const struct sw_elements *elements, void (*each)(void *, const struct sw_element *), void *context);
/* The same for those that are handed to `part`. */
void sw_load_each_argument(const struct sw_part *part, const struct sw_property *arguments, void (*each)(void *, const struct sw_element *),
                           void *context);
/* -- load_calendar.c -- */
void sw_load_calendars(struct sw_loader *loader);
/* false where it has faults: then it must not be taken for what was meant. */
bool sw_load_schedule(struct sw_writer *writer, const cJSON *object, struct sw_schedule *schedule);
extern const struct sw_table sw_schedule_table;
/* -- load_panel.c -- */
#define SW_EDGE_MM 0.5 /* sizes of panels are rounded in data sheets */
extern const struct sw_row sw_panel_row;
/* Where something is; false where one of `at` and `size` is not sound. */
bool sw_load_place(struct sw_writer *writer, const struct sw_table *table, const cJSON *object, struct sw_mm_rect *rect);
bool sw_load_overlap(struct sw_mm_rect a, struct sw_mm_rect b);
/* "by 3 x 684.9 mm; the one further right would begin at 1217.6 mm": how two places overlap and how they would not. Of the arena. */
const char *sw_load_overlap_text(struct sw_writer *writer, struct sw_mm_rect a, struct sw_mm_rect b, const char *unit);
/* `id` of a panel or zone; a fault where it is one of `taken`. */
const char *sw_load_own_id(struct sw_writer *writer, const struct sw_table *table, const cJSON *object, const char *const *taken);
/* The panels that are placed, of the arena, *count of them; NULL for the list if there is none. */
struct sw_panel *sw_load_panels(struct sw_writer *writer, const cJSON *list, size_t *count);
/* -- load_playlist.c, load_wall.c -- */
void sw_load_playlists(struct sw_loader *loader);
void sw_load_walls(struct sw_loader *loader);
/* -- load_element.c -- */
struct sw_elements sw_load_elements(struct sw_writer *writer, const cJSON *node);
/* -- load_property.c, load_value.c -- */
/* By canvas and language first, then by the row's meaning. */
struct sw_property sw_load_property(struct sw_writer *writer, const struct sw_row *row, const cJSON *node);
/* -- load_value.c -- */
struct sw_property sw_load_value(struct sw_writer *writer, const struct sw_row *row, const cJSON *node);
extern const struct sw_table sw_gradient_table, sw_animation_table;
/* A string, or an array of lines joined; NULL with a fault else. Of the node or the arena. */
const char *sw_load_lines(struct sw_writer *writer, const cJSON *node);
/* -- load_expression.c -- */
/* Says faults of the text of `node`, `skipped` bytes further on; true if one of them is an error. */
bool sw_load_say(struct sw_writer *writer, const cJSON *node, size_t skipped, const struct sw_expression_faults *faults);
/* A bare expression in a string, faults said at their column; NULL where it has any. */
const struct sw_expression *sw_load_expression(struct sw_writer *writer, const cJSON *node);
/* As sw_load_expression, of a type as far as that is known. */
const struct sw_expression *sw_load_expression_of(struct sw_writer *writer, const cJSON *node, enum sw_value_type wanted);
/* A string with {...} in it, or a constant one. */
struct sw_property sw_load_template(struct sw_writer *writer, const cJSON *node, const char *text, bool markdown);
/* The same, the template itself; NULL where it is faulty. */
const struct sw_template *sw_load_template_only(struct sw_writer *writer, const cJSON *node, const char *text, bool markdown);
/* As sw_load_expression for the text of `node` from byte `skipped` on. */
const struct sw_expression *sw_load_expression_from(struct sw_writer *writer, const cJSON *node, size_t skipped);
/* -- load_property.c -- */
struct sw_property sw_load_string(struct sw_writer *writer, const char *text);
/* The language whose value stands for that of language `index`: itself where `given`, else its first fallback that is, else the first there
 * is. `given` has one a language, `count` of them, of which one is true at least. */
int sw_load_fallback(const struct sw_loader *loader, int index, const bool *given, int count);
/* -- load_name.c -- */
/* The path of a file of the exhibition that a string names, of the arena; NULL after a fault. `things`: what such files are, for faults. */
const char *sw_load_file(struct sw_writer *writer, const cJSON *node, const char *things);
/* Whether a file of that name is taken for a picture. */
bool sw_load_is_picture_name(const char *path);
/* A file that is named at `node`. */
struct sw_medium sw_load_medium(struct sw_writer *writer, const cJSON *node, const char *path);
struct sw_property sw_load_media(struct sw_writer *writer, const cJSON *node);
extern const char *const sw_picture_endings[]; /* NULL-terminated, as those of clips and subtitles */
struct sw_property sw_load_colour(struct sw_writer *writer, const cJSON *node);
struct sw_property sw_load_style(struct sw_writer *writer, const cJSON *node);
struct sw_property sw_load_look(struct sw_writer *writer, const cJSON *node);
struct sw_property sw_load_area(struct sw_writer *writer, const cJSON *node);
/* -- load_clip.c -- */
struct sw_property sw_load_clip(struct sw_writer *writer, const cJSON *node);
extern const char *const sw_clip_endings[], *const sw_subtitle_endings[];
/* Notes of an element that plays clips what it says of their subtitles. True: it says it of clips that it is handed. */
bool sw_load_answer(struct sw_loader *loader, const struct sw_element *element);
/* The same of a clip that is handed to a part which answers. */
void sw_load_answer_for(struct sw_loader *loader, const struct sw_property *clip);
struct sw_property sw_load_subtitles(struct sw_writer *writer, const struct sw_row *row, const cJSON *node);
/* Whether a file of that name is taken for a clip; for subtitles. */
bool sw_load_is_clip_name(const char *path);
bool sw_load_is_subtitles_name(const char *path);
/* When all clips are known: what lies beside them. */
void sw_load_films(struct sw_loader *loader);
/* -- load_length.c -- */
extern const char *const sw_length_words[]; /* what `for` may be beside a duration: "clip" */
bool sw_load_is_clip(const cJSON *node);
/* How long `page` of `scene` stays for its clip; the default where the clip's length is not known, or after a fault at `node`, where
 * "clip" is written. `where`: what has the clip, for faults. Elements have been loaded. */
int64_t sw_load_length(struct sw_writer *writer, const cJSON *node, const struct sw_scene *scene, const struct sw_page *page,
                       const char *where);
/* -- load_records.c -- */
struct sw_property sw_load_records(struct sw_writer *writer, const struct sw_row *row, const cJSON *node);
struct sw_property sw_load_history(struct sw_writer *writer, const cJSON *node);
/* -- load_action.c -- */
/* Of actions with an object its only key; the words that stand for others. */
extern const struct sw_table sw_action_table, sw_action_word_table;
const struct sw_actions_model *sw_load_actions(struct sw_writer *writer, const cJSON *node);
/* -- load_reference.c -- */
void sw_load_refer(struct sw_writer *writer, const cJSON *node, const char *target, enum sw_referred what);
void sw_load_settle_references(struct sw_loader *loader);
/* -- load_routes.c, load_unused.c; for check, when all else is loaded -- */
/* Notes in which zones each scene shows; warns of scenes that nobody gets to, and of those that lead nobody home. */
void sw_load_routes(struct sw_loader *loader);
/* Warns of pictures, clips and subtitles that nothing names. */
void sw_load_unused(struct sw_loader *loader);
/* -- names.c -- */
/* Sources, built-ins and session state: what every expression may name. */
const struct sw_names *sw_names_global(struct sw_loader *loader);
/* For a playlist's `when`, which holds without a scene and a visit: session state as a visit finds it, clock, zone, sources. */
const struct sw_names *sw_names_playlist(struct sw_loader *loader);
const struct sw_names *sw_names_states(struct sw_arena *arena, const struct sw_names *outer, const struct sw_states *states);
const struct sw_names *sw_names_parameters(struct sw_arena *arena, const struct sw_names *outer, const struct sw_part *part);
/* A row of a list under the name `as`, and `index`. */
const struct sw_names *sw_names_row(struct sw_arena *arena, const struct sw_names *outer, const char *as, struct sw_name_type row);
/* The fields of a scene, bare: for a playlist's `scenes`. */
const struct sw_names *sw_names_scene_fields(struct sw_arena *arena);
/* What `name` is already, rows of a repeat not counted: "a built-in name" ...; NULL: free. */
const char *sw_names_taken(const struct sw_names *names, const char *name);
/* The same of what is known everywhere. */
const char *sw_names_global_taken(const struct sw_loader *loader, const char *name);

#endif
