# SPDX-License-Identifier: EUPL-1.2
"""Frames that say of themselves which clip they are of and which frame of it they are, and whose colours are known.

A frame is 16 x 9 cells. The first and the last row of them say what it is: 12 cells with its number in Gray code (lowest bit first, white
is 1), 2 in the clip's own colour, a white one, a black one. Whoever reads one line of the screen through either row knows clip and frame
(clip-watch does), and a frame that is turned or mirrored says nothing. Rows 2 and 3 are eight colours, rows 5 and 6 eight greys, all the
rest is the clip's own colour. Frames are made as YUV, so that what must be on the screen is known without another converter.
"""
COLUMNS, ROWS, BITS = 16, 9, 12
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
# Unlike one another by 80 of 255 in some channel, and no greys.
PALETTE = [(r, g, b) for r in (48, 128, 208) for g in (48, 128, 208) for b in (48, 128, 208) if not r == g == b]
PATCHES = [(191, 0, 0), (0, 191, 0), (0, 0, 191), (191, 191, 0), (0, 191, 191), (191, 0, 191), (224, 160, 128), (96, 128, 64)]
GREYS = [(level, level, level) for level in (0, 36, 73, 109, 146, 182, 219, 255)]
WEIGHTS = {"601": (0.299, 0.114), "709": (0.2126, 0.0722)}  # of red and blue: ITU-R BT.601, BT.709


def to_yuv(rgb, matrix, full, depth=8):
    """Whole numbers of `depth` bits."""
    red_weight, blue_weight = WEIGHTS[matrix]
    red, green, blue = (channel / 255 for channel in rgb)
    light = red_weight * red + (1 - red_weight - blue_weight) * green + blue_weight * blue
    chroma = ((blue - light) / (2 * (1 - blue_weight)), (red - light) / (2 * (1 - red_weight)))
    unit, top = 1 << depth - 8, (1 << depth) - 1
    low, light_span, chroma_span = (0, top, top) if full else (16 * unit, 219 * unit, 224 * unit)
    return tuple(min(top, max(0, round(value))) for value in
                 (low + light * light_span, 128 * unit + chroma[0] * chroma_span, 128 * unit + chroma[1] * chroma_span))


def to_rgb(yuv, matrix, full, depth=8):
    """What a screen must show of these numbers: 0..255 each, as fractions."""
    red_weight, blue_weight = WEIGHTS[matrix]
    unit, top = 1 << depth - 8, (1 << depth) - 1
    low, light_span, chroma_span = (0, top, top) if full else (16 * unit, 219 * unit, 224 * unit)
    light = (yuv[0] - low) / light_span
    u, v = (yuv[1] - 128 * unit) / chroma_span, (yuv[2] - 128 * unit) / chroma_span
    red, blue = light + 2 * (1 - red_weight) * v, light + 2 * (1 - blue_weight) * u
    green = (light - red_weight * red - blue_weight * blue) / (1 - red_weight - blue_weight)
    return tuple(min(255.0, max(0.0, 255 * channel)) for channel in (red, green, blue))


def shown(rgb, matrix, full, depth=8):
    """What is on the screen where a frame was told to have this colour."""
    return to_rgb(to_yuv(rgb, matrix, full, depth), matrix, full, depth)


def code_row(number, own):
    gray = number ^ number >> 1
    return [WHITE if gray >> bit & 1 else BLACK for bit in range(BITS)] + [own, own, WHITE, BLACK]


def cells(number, own):
    """ROWS lists of COLUMNS colours."""
    doubled = lambda colours: [colour for colour in colours for _ in range(2)]
    plain, code = [own] * COLUMNS, code_row(number, own)
    return [code, plain, doubled(PATCHES), doubled(PATCHES), plain, doubled(GREYS), doubled(GREYS), plain, code]


def patches(own):
    """[(x, y, colour)]: where the middle of each patch that never changes is, as shares of width and height."""
    return [((2 * i + 1) / COLUMNS, row / ROWS, colour) for row, colours in ((3, PATCHES), (6, GREYS)) for i, colour in enumerate(colours)
            ] + [(x / COLUMNS, y / ROWS, own) for x, y in ((0.5, 1.5), (15.5, 1.5), (0.5, 7.5), (15.5, 7.5))]


def edges(count, length):
    return [round(i * length / count) for i in range(count + 1)]


class Painter:
    """Frames of one clip as bytes: planar 4:2:0 of 8 bits, or of 10 in two bytes each, lowest first. Where there is no room for cells, all
    of a frame is the clip's own colour."""

    def __init__(self, width, height, own, matrix="709", full=False, depth=8):
        self.planes = ((width, height), ((width + 1) // 2, (height + 1) // 2), ((width + 1) // 2, (height + 1) // 2))
        self.own, self.depth = own, depth
        self._yuv = lambda rgb: to_yuv(rgb, matrix, full, depth)
        self._known, self._rows = {}, {}

    def _sample(self, colour, plane):
        if colour not in self._known:
            self._known[colour] = [value.to_bytes((self.depth + 7) // 8, "little") for value in self._yuv(colour)]
        return self._known[colour][plane]

    def _row_of_cells(self, colours, index, plane):
        """The bytes of one row of cells; those that never change are made once."""
        key = (index, plane)
        if key in self._rows:
            return self._rows[key]
        (width, height), columns = self.planes[plane], edges(COLUMNS, self.planes[plane][0])
        line = b"".join(self._sample(colour, plane) * (columns[i + 1] - columns[i]) for i, colour in enumerate(colours))
        lines = edges(ROWS, height)
        made = line * (lines[index + 1] - lines[index])
        if 0 < index < ROWS - 1:
            self._rows[key] = made
        return made

    def frame(self, number):
        rows = cells(number, self.own) if self.planes[0][0] >= COLUMNS else [[self.own] * COLUMNS] * ROWS
        return [b"".join(self._row_of_cells(colours, index, plane) for index, colours in enumerate(rows)) for plane in range(3)]


def turned(planes, sizes, degrees):
    """Planes of 8 bits turned against the clock, so that a player that turns them by `degrees` with the clock shows them upright."""
    made = []
    for plane, (width, _) in zip(planes, sizes):
        if degrees == 90:
            plane = b"".join(plane[x::width] for x in reversed(range(width)))
        elif degrees == 180:
            plane = plane[::-1]
        elif degrees == 270:
            plane = b"".join(plane[x::width][::-1] for x in range(width))
        made.append(plane)
    return made
