/* SPDX-License-Identifier: EUPL-1.2 */
#include "view/text_character.h"

#include <fribidi.h>
#include <stddef.h>

#include "base/must.h"

struct range {
    uint32_t first, last;
    enum sw_script script;
};

/* Blocks of Blocks.txt, rising; what is not listed is common. */
static const struct range scripts[] = {
    {0x0041, 0x005a, SW_SCRIPT_LATIN},      {0x0061, 0x007a, SW_SCRIPT_LATIN},      {0x00aa, 0x00aa, SW_SCRIPT_LATIN},
    {0x00ba, 0x00ba, SW_SCRIPT_LATIN},      {0x00c0, 0x00d6, SW_SCRIPT_LATIN},      {0x00d8, 0x00f6, SW_SCRIPT_LATIN},
    {0x00f8, 0x02af, SW_SCRIPT_LATIN},      {0x0370, 0x03ff, SW_SCRIPT_GREEK},      {0x0400, 0x052f, SW_SCRIPT_CYRILLIC},
    {0x0531, 0x058f, SW_SCRIPT_ARMENIAN},   {0x0591, 0x05ff, SW_SCRIPT_HEBREW},     {0x0600, 0x06ff, SW_SCRIPT_ARABIC},
    {0x0700, 0x074f, SW_SCRIPT_SYRIAC},     {0x0750, 0x077f, SW_SCRIPT_ARABIC},     {0x0780, 0x07bf, SW_SCRIPT_THAANA},
    {0x0860, 0x086f, SW_SCRIPT_SYRIAC},     {0x0870, 0x08ff, SW_SCRIPT_ARABIC},     {0x0900, 0x097f, SW_SCRIPT_DEVANAGARI},
    {0x0980, 0x09ff, SW_SCRIPT_BENGALI},    {0x0a00, 0x0a7f, SW_SCRIPT_GURMUKHI},   {0x0a80, 0x0aff, SW_SCRIPT_GUJARATI},
    {0x0b00, 0x0b7f, SW_SCRIPT_ORIYA},      {0x0b80, 0x0bff, SW_SCRIPT_TAMIL},      {0x0c00, 0x0c7f, SW_SCRIPT_TELUGU},
    {0x0c80, 0x0cff, SW_SCRIPT_KANNADA},    {0x0d00, 0x0d7f, SW_SCRIPT_MALAYALAM},  {0x0d80, 0x0dff, SW_SCRIPT_SINHALA},
    {0x0e01, 0x0e7f, SW_SCRIPT_THAI},       {0x0e80, 0x0eff, SW_SCRIPT_LAO},        {0x0f00, 0x0fff, SW_SCRIPT_TIBETAN},
    {0x1000, 0x109f, SW_SCRIPT_MYANMAR},    {0x10a0, 0x10ff, SW_SCRIPT_GEORGIAN},   {0x1100, 0x11ff, SW_SCRIPT_HANGUL},
    {0x1200, 0x139f, SW_SCRIPT_ETHIOPIC},   {0x1780, 0x17ff, SW_SCRIPT_KHMER},      {0x1c80, 0x1c8f, SW_SCRIPT_CYRILLIC},
    {0x1c90, 0x1cbf, SW_SCRIPT_GEORGIAN},   {0x1d00, 0x1dbf, SW_SCRIPT_LATIN},      {0x1e00, 0x1eff, SW_SCRIPT_LATIN},
    {0x1f00, 0x1fff, SW_SCRIPT_GREEK},      {0x2c60, 0x2c7f, SW_SCRIPT_LATIN},      {0x2d80, 0x2ddf, SW_SCRIPT_ETHIOPIC},
    {0x2de0, 0x2dff, SW_SCRIPT_CYRILLIC},   {0x2e80, 0x2fdf, SW_SCRIPT_HAN},        {0x3005, 0x3007, SW_SCRIPT_HAN},
    {0x3021, 0x3029, SW_SCRIPT_HAN},        {0x3041, 0x309f, SW_SCRIPT_HIRAGANA},   {0x30a1, 0x30fa, SW_SCRIPT_KATAKANA},
    {0x30fd, 0x30ff, SW_SCRIPT_KATAKANA},   {0x3105, 0x312f, SW_SCRIPT_HAN},        {0x3131, 0x318f, SW_SCRIPT_HANGUL},
    {0x31f0, 0x31ff, SW_SCRIPT_KATAKANA},   {0x3400, 0x4dbf, SW_SCRIPT_HAN},        {0x4e00, 0x9fff, SW_SCRIPT_HAN},
    {0xa640, 0xa69f, SW_SCRIPT_CYRILLIC},   {0xa720, 0xa7ff, SW_SCRIPT_LATIN},      {0xa960, 0xa97f, SW_SCRIPT_HANGUL},
    {0xab30, 0xab6f, SW_SCRIPT_LATIN},      {0xac00, 0xd7ff, SW_SCRIPT_HANGUL},     {0xf900, 0xfaff, SW_SCRIPT_HAN},
    {0xfb00, 0xfb06, SW_SCRIPT_LATIN},      {0xfb13, 0xfb17, SW_SCRIPT_ARMENIAN},   {0xfb1d, 0xfb4f, SW_SCRIPT_HEBREW},
    {0xfb50, 0xfdff, SW_SCRIPT_ARABIC},     {0xfe70, 0xfefc, SW_SCRIPT_ARABIC},     {0xff21, 0xff3a, SW_SCRIPT_LATIN},
    {0xff41, 0xff5a, SW_SCRIPT_LATIN},      {0xff66, 0xff9f, SW_SCRIPT_KATAKANA},   {0xffa0, 0xffdc, SW_SCRIPT_HANGUL},
    {0x1ee00, 0x1eeff, SW_SCRIPT_ARABIC},   {0x20000, 0x3ffff, SW_SCRIPT_HAN},
};

enum sw_script sw_character_script(uint32_t code)
{
    size_t low = 0, high = SW_COUNT(scripts);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > scripts[middle].last)
            low = middle + 1;
        else if (code < scripts[middle].first)
            high = middle;
        else
            return scripts[middle].script;
    }
    return SW_SCRIPT_COMMON;
}

const char *sw_script_name(enum sw_script script)
{
    static const char *const names[SW_SCRIPT_COUNT] = {
        "Latn", "Latn", "Grek", "Cyrl", "Armn", "Hebr", "Arab", "Syrc", "Thaa", "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml",
        "Telu", "Knda", "Mlym", "Sinh", "Thai", "Laoo", "Tibt", "Mymr", "Geor", "Hang", "Ethi", "Khmr", "Hira", "Kana", "Hani",
    };
    return names[script];
}

bool sw_script_spreads(enum sw_script script)
{
    return script <= SW_SCRIPT_HEBREW || script == SW_SCRIPT_GEORGIAN || script == SW_SCRIPT_ETHIOPIC || script >= SW_SCRIPT_HIRAGANA;
}

bool sw_character_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0xa0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x202f ||
           code == 0x205f || code == 0x3000;
}

bool sw_character_sticky(uint32_t code)
{
    return code == 0xa0 || code == 0x202f || code == 0x2007;
}

bool sw_character_silent(uint32_t code)
{
    return (code < 0x20 && code != '\t') || (code >= 0x7f && code < 0xa0) || code == 0xad || code == 0x61c || code == 0x200b ||
           code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
           (code >= 0xfff0 && code <= 0xfffb) || (code >= 0xe0000 && code <= 0xe001f);
}

bool sw_character_extends(uint32_t code)
{
    if (code < 0x300)
        return false;
    if (code == 0x200c || code == 0x200d || (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0x1f3fb && code <= 0x1f3ff) ||
        (code >= 0xe0020 && code <= 0xe01ef) || code == 0x20e3)
        return true;
    return fribidi_get_bidi_type(code) == FRIBIDI_TYPE_NSM;
}

bool sw_character_ideograph(uint32_t code)
{
    return (code >= 0x2e80 && code <= 0x2fdf) || (code >= 0x3005 && code <= 0x3007) || (code >= 0x3041 && code <= 0x30ff) ||
           (code >= 0x3105 && code <= 0x4dbf) || (code >= 0x4e00 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) ||
           (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff66 && code <= 0xff9d) || (code >= 0x20000 && code <= 0x3ffff);
}

/* Emoji_Presentation of emoji-data.txt below U+1F1E6. */
static bool early_emoji(uint32_t code)
{
    static const uint32_t ranges[][2] = {
        {0x231a, 0x231b}, {0x23e9, 0x23ec}, {0x23f0, 0x23f0}, {0x23f3, 0x23f3}, {0x25fd, 0x25fe}, {0x2614, 0x2615}, {0x2648, 0x2653},
        {0x267f, 0x267f}, {0x2693, 0x2693}, {0x26a1, 0x26a1}, {0x26aa, 0x26ab}, {0x26bd, 0x26be}, {0x26c4, 0x26c5}, {0x26ce, 0x26ce},
        {0x26d4, 0x26d4}, {0x26ea, 0x26ea}, {0x26f2, 0x26f3}, {0x26f5, 0x26f5}, {0x26fa, 0x26fa}, {0x26fd, 0x26fd}, {0x2705, 0x2705},
        {0x270a, 0x270b}, {0x2728, 0x2728}, {0x274c, 0x274c}, {0x274e, 0x274e}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797},
        {0x27b0, 0x27b0}, {0x27bf, 0x27bf}, {0x2b1b, 0x2b1c}, {0x2b50, 0x2b50}, {0x2b55, 0x2b55}, {0x1f004, 0x1f004},
        {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a},
    };
    for (size_t i = 0; i < SW_COUNT(ranges); i++) {
        if (code >= ranges[i][0] && code <= ranges[i][1])
            return true;
    }
    return false;
}

bool sw_character_emoji(uint32_t code)
{
    if (code < 0x231a)
        return false;
    if (code < 0x1f1e6)
        return early_emoji(code);
    return (code >= 0x1f1e6 && code <= 0x1f1ff) || (code >= 0x1f300 && code <= 0x1f64f) || (code >= 0x1f680 && code <= 0x1f6ff) ||
           (code >= 0x1f7e0 && code <= 0x1f7eb) || (code >= 0x1f900 && code <= 0x1faff);
}

bool sw_character_turns(uint32_t code)
{
    if (code < 0x590)
        return false;
    if ((code >= 0x200e && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
        return true;
    return code < 0x900 || (code >= 0xfb1d && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc) ||
           (code >= 0x10800 && code <= 0x10fff) || (code >= 0x1e800 && code <= 0x1efff);
}

uint32_t sw_character_digits(uint32_t code)
{
    static const uint32_t zeros[] = {'0', 0x660, 0x6f0};
    for (size_t i = 0; i < SW_COUNT(zeros); i++) {
        if (code >= zeros[i] && code <= zeros[i] + 9)
            return zeros[i];
    }
    return 0;
}

bool sw_character_separates(uint32_t code)
{
    return code == '.' || code == ',' || code == ':' || code == '/' || code == '-' || code == '+' || code == '\'' || code == '%' ||
           code == 0xb0 || (code >= 0x66a && code <= 0x66c) || code == 0x2019 || code == 0x2013 || code == 0x2212;
}
