/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads the one EXIF value that a viewer needs: the orientation (CIPA DC-008, tag 0x0112 of the first directory). Never fails: what is
 * not well-formed is orientation 1. */
#ifndef SW_WORKER_PICTURE_EXIF_H
#define SW_WORKER_PICTURE_EXIF_H

#include <stddef.h>
#include <stdint.h>

/* `bytes`: the payload of a JPEG's APP1 segment ("Exif\0\0" in front) or of a WebP's EXIF chunk (with or without). Returns 1..8. */
int sw_exif_orientation(const uint8_t *bytes, size_t length);

#endif
