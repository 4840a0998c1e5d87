/* SPDX-License-Identifier: EUPL-1.2 */
/* A first look at a font file, before FreeType is given it. Any thread. */
#ifndef SW_VIEW_FONT_FILE_H
#define SW_VIEW_FONT_FILE_H

/* "" if the file is there, is TrueType or OpenType, and as long as its tables say; else what is wrong with it ("is cut short"). */
const char *sw_font_file_fault(const char *path);

#endif
