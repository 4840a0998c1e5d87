# SPDX-License-Identifier: EUPL-1.2
"""A keyboard and a mouse by the XTest extension, for windows of a test."""
import ctypes

APART_MS = 5  # what is pressed again sooner is taken for a key that is held

class Keyboard:
    """Keys by their X names ("space", "Right", "F1", "b"), texts, and the mouse."""

    def __init__(self, display):
        self.x11, self.xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XStringToKeysym.restype = ctypes.c_ulong
        self.x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(display.encode()))
        assert self.display.value, "no display"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.x11.XCloseDisplay(self.display)

    def _code(self, name):
        code = self.x11.XKeysymToKeycode(self.display, self.x11.XStringToKeysym(name.encode()))
        assert code, f"this keyboard has no {name}"
        return code

    def press(self, name, shift=False):
        steps = [(self._code(name), 1), (self._code(name), 0)]
        if shift:
            steps = [(self._code("Shift_L"), 1), *steps, (self._code("Shift_L"), 0)]
        for code, down in steps:
            self.xtst.XTestFakeKeyEvent(self.display, code, down, APART_MS)
        self.x11.XSync(self.display, 0)

    def type(self, text):
        for character in text:
            if character == ":":
                self.press("semicolon", shift=True)
            elif character == "-":
                self.press("minus")
            else:
                self.press(character, shift=character.isupper())

    def point(self, x, y):
        self.xtst.XTestFakeMotionEvent(self.display, -1, int(x), int(y), 0)
        self.x11.XSync(self.display, 0)

    def click(self, x, y):
        self.point(x, y)
        for down in (1, 0):
            self.xtst.XTestFakeButtonEvent(self.display, 1, down, 0)
        self.x11.XSync(self.display, 0)
