/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether the exhibition's fonts have the letters of its languages. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "player/doctor/doctor.h"
#include "view/text.h"

/* Of each script, or language with letters of its own, those that a font lacks which was not made for it. */
static const struct {
    const char *language; /* as it begins */
    const char *letters;
    const char *package; /* of Debian, whose fonts have them */
} scripts[] = {
    {"ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤةى", "fonts-noto-core (NotoSansArabic)"},
    {"bg", "АБВЩЪЬЮЯщъью", "fonts-noto-core (NotoSans)"},
    {"bs", "čćđšžČĆĐŠŽ", "fonts-noto-core (NotoSans)"},
    {"ckb", "ڕڵۆێەگچپژ", "fonts-noto-core (NotoSansArabic)"},
    {"cs", "ěščřžýáíéúůďťň", "fonts-noto-core (NotoSans)"},
    {"de", "äöüÄÖÜßẞ„“‚‘–…€", "fonts-inter"},
    {"el", "ΑΒΓΔάέήίόύώς", "fonts-noto-core (NotoSans)"},
    {"fa", "پچژگکی", "fonts-noto-core (NotoSansArabic)"},
    {"he", "אבגדהוזחטיכלמנסעפצקרשת", "fonts-noto-core (NotoSansHebrew)"},
    {"hi", "अआइईकखगघचनमरसह", "fonts-noto-core (NotoSansDevanagari)"},
    {"hr", "čćđšžČĆĐŠŽ", "fonts-noto-core (NotoSans)"},
    {"hu", "áéíóöőúüűŐŰ", "fonts-noto-core (NotoSans)"},
    {"ja", "あいうえおアイウエオ都市展示", "fonts-noto-cjk"},
    {"ko", "가나다라마바사도시전시", "fonts-noto-cjk"},
    {"ku", "çêîşûÇÊÎŞÛ", "fonts-noto-core (NotoSans)"},
    {"pl", "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "fonts-noto-core (NotoSans)"},
    {"ro", "ăâîșțĂÂÎȘȚ", "fonts-noto-core (NotoSans)"},
    {"ru", "АБВГДЕЁЖЗИЙыэюя", "fonts-noto-core (NotoSans)"},
    {"sr", "ЉЊЋЏљњћџčćđšž", "fonts-noto-core (NotoSans)"},
    {"ta", "அஆஇஈஉகசடதபமயரலவ", "fonts-noto-core (NotoSansTamil)"},
    {"th", "กขคงจฉชซณดตถทนบปผพ", "fonts-noto-core (NotoSansThai)"},
    {"tr", "çğıİöşüÇĞÖŞÜ", "fonts-noto-core (NotoSans)"},
    {"uk", "ҐґЄєІіЇїЩщЮюЯя", "fonts-noto-core (NotoSans)"},
    {"ur", "ٹڈڑںےہھ", "fonts-noto-core (NotoSansArabic)"},
    {"vi", "ăâđêôơưạảấầẩẫậắằ", "fonts-noto-core (NotoSans)"},
    {"zh", "城市展览欢迎触摸", "fonts-noto-cjk"},
};

static bool is_of(const char *language, const char *wanted)
{
    size_t length = strlen(wanted);
    return strncmp(language, wanted, length) == 0 && (language[length] == '\0' || language[length] == '-');
}

static void look_at(struct sw_doctor *doctor, const char *language, const char *letters, const char *package)
{
    const struct sw_text_request request = {
        .text = letters, .role = "text", .size = 32, .line = 1, .width = INFINITY, .language = language};
    const struct sw_text_layout *layout = sw_text_layout(doctor->typesetter, &request);
    char letter[8] = "";
    if (!layout->missing_glyph)
        return;
    (void)sw_utf8_encode(layout->missing, letter);
    sw_doctor_say(doctor, SW_DOCTOR_PROBLEM, "no font has \"%s\" (U+%04X) of the language \"%s\"", letter, (unsigned)layout->missing,
                  language);
    sw_doctor_advise(doctor, "apt-get install %.*s, and name %s among the \"fallbacks\" of fonts/fonts.json", (int)strcspn(package, " "),
                     package, package);
}

void sw_doctor_letters(struct sw_doctor *doctor)
{
    const char *const *languages = doctor->exhibition != NULL ? doctor->exhibition->languages : NULL;
    size_t count = 0;
    if (languages == NULL || doctor->typesetter == NULL)
        return;
    for (; languages[count] != NULL; count++)
        for (size_t i = 0; i < SW_COUNT(scripts); i++)
            if (is_of(languages[count], scripts[i].language))
                look_at(doctor, languages[count], scripts[i].letters, scripts[i].package);
    if (doctor->level == SW_DOCTOR_OK)
        sw_doctor_say(doctor, SW_DOCTOR_OK, "the fonts have those of all %zu languages", count);
}
