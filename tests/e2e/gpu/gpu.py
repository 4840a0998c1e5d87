# SPDX-License-Identifier: EUPL-1.2
"""usage: gpu.py [CASE...]

The wall drawn with the gpu backend, as a visitor sees it on a real X server: the pictures that `render` makes with the processor, also
after the driver has lost what was drawn or all textures, in a window that is moved and resized, and where the driver fails, hangs or
crashes."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "stage"))
from playing import Exhibition, Play, WallError, tool, wait_for  # noqa: E402
from wall import Xorg, Xvfb  # noqa: E402

STILL = {"changing": False, "contacts": 0}
AT = ("--at", "2026-11-23T00:00:01")
EMPTY = (1890, 540)  # of the hub: ground where nothing is to be touched
TITLE = "Schauwand"


class Test:
    """A screen with the wall on it, drawn by the GPU, and a file whose word the driver does with the next frame."""

    def __init__(self, exhibition, screen, folder, *options):
        self.exhibition, self.screen, self.folder = exhibition, screen, folder
        self.fault = os.path.join(folder, "fault")
        env = screen.env(LD_PRELOAD=tool("gpu-faults.so"), SW_GPU_FAULT=self.fault, XDG_RUNTIME_DIR=folder)  # within the player's fence
        self.player = Play(exhibition, "--backend", "gpu", *AT, *options, env=env)

    def backend(self):
        return (self.player.status() or {}).get("backend")

    def looks(self, address, what):
        """Until the screen shows what the processor renders, within the golden tolerance."""
        shot, reference, said = os.path.join(self.folder, "shot.png"), os.path.join(self.folder, "reference.png"), []
        self.exhibition.render(address, reference, "--language", "de")

        def same():
            self.screen.shot(shot)
            done = subprocess.run([tool("golden-compare"), reference, shot, "--max", "8", "--mean", "0.5"], capture_output=True, text=True,
                                  timeout=60)
            said[:] = [done.stderr.strip()]
            return done.returncode == 0
        wait_for(same, lambda: f"{address} {what}: {said[0]}; {self.player.errors()[-800:]}")

    def suffer(self, word, nudge):
        """The driver does it with the next frame, which `nudge` brings about."""
        with open(self.fault + ".new", "w", encoding="ascii") as file:
            file.write(word)
        os.rename(self.fault + ".new", self.fault)
        wait_for(lambda: nudge() or not os.path.exists(self.fault), f"the driver to {word}")


def go_to_hub(test):
    test.player.wait_zone(scene="welcome", visit=False, **STILL)
    assert test.backend() == "gpu", f"not drawn by the GPU: {test.player.errors()}"
    touch = test.screen.touch("touch0")
    touch.tap(*test.exhibition.find("welcome", "Ansehen →"))
    test.player.wait_zone(scene="hub", visit=True, **STILL)
    return touch


def losses(exhibition, folder):
    """A touch mark is drawn each time, so that there is a frame to lose."""
    with Xorg() as screen:
        test = Test(exhibition, screen, folder)
        with test.player as player:
            touch = go_to_hub(test)
            test.looks("hub", "after the change")
            for word in ("targets", "device", "targets", "device"):
                test.suffer(word, lambda: touch.tap(*EMPTY))
                test.looks("hub", f"after the loss of {word}")
                touch.tap(*exhibition.find("hub", "Masterplan Digitales Duisburg"))
                player.wait_zone(scene="masterplan", page="plan", **STILL)
                touch.tap(*exhibition.find("masterplan", "Übersicht"))
                player.wait_zone(scene="hub", **STILL)
                test.looks("hub", f"and changes, after the loss of {word}")
            assert test.backend() == "gpu", player.errors()
            test.suffer("fail", lambda: touch.tap(*EMPTY))
            wait_for(lambda: touch.tap(*EMPTY) or test.backend() == "cpu", "the processor to take over")
            test.looks("hub", "after the GPU has failed")
            assert "the GPU has failed: so the test wants it" in player.errors(), player.errors()
            touch.tap(*exhibition.find("hub", "Masterplan Digitales Duisburg"))
            player.wait_zone(scene="masterplan", page="plan", **STILL)
            assert player.errors().count("shows a picture") == 1, f"it was started again: {player.errors()}"
            assert player.stop() == 0, player.errors()
    return "4 losses, each drawn anew; a GPU that fails gives way to the processor in the same window"


def hangs(exhibition, folder):
    """Welcome moves all the time: there is always a next frame."""
    with Xvfb() as screen:
        test = Test(exhibition, screen, folder)
        with test.player as player:
            player.wait_zone(scene="welcome", **STILL)
            test.suffer("hang", lambda: None)
            wait_for(lambda: "with the GPU hang" in player.errors(), lambda: f"the supervisor to notice: {player.errors()}", 60)
            wait_for(lambda: test.backend() == "cpu", "a player without the GPU")
            wait_for(lambda: player.errors().count("shows a picture") == 2, "its picture")
            assert player.stop() == 0, player.errors()
    return "a driver that hangs: the next player draws with the processor"


def windows(exhibition, folder):
    """The same steps with both backends: the same windows."""
    places = [(100, 50, 1440, 810), (500, 200, 1280, 900), (0, 0, 1920, 1080), (37, 61, 1000, 1000), (20, 20, 480, 270)]
    shots = {}
    exhibition.write("scenes/playlists/foyer.json", '{"loop": [{"scene": "hub", "for": "1h"}]}')
    with Xvfb() as screen:
        for backend in ("cpu", "gpu"):
            with Play(exhibition, "--window=960x540", "--backend", backend, *AT, env=screen.env()) as player:
                player.wait_zone(scene="hub", **STILL)
                for index, place in enumerate(places):
                    placed = subprocess.run([tool("x-place"), TITLE, *map(str, place)], env=screen.env(), timeout=30, check=False)
                    assert placed.returncode == 0, f"no window to place: {player.errors()}"
                    shots[backend, index] = os.path.join(folder, f"{backend}-{index}.png")
                    await_shot(screen, shots[backend, index], shots.get(("cpu", index)))
                assert player.status()["backend"] == backend, player.errors()
                assert player.stop() == 0, player.errors()
    return f"{len(places)} places and sizes of a window, the same with both"


def await_shot(screen, path, wanted):
    """Until the screen looks as wanted, within the golden tolerance; if nothing is wanted, until it has come to rest."""
    before, said = [b""], [""]

    def same():
        screen.shot(path)
        if wanted == path or wanted is None:
            pixels = screen.pixels(0, 0, screen.width, screen.height)
            rest, before[0] = pixels == before[0], pixels
            return rest
        done = subprocess.run([tool("golden-compare"), wanted, path, "--max", "8", "--mean", "0.5"], capture_output=True, text=True,
                              timeout=60, check=False)
        said[0] = done.stderr
        return done.returncode == 0
    wait_for(same, lambda: f"the window as the processor draws it: {said[0]}")


class GpuPlay(Play):
    def __init__(self, exhibition, *options, env=None):
        super().__init__(exhibition, "--backend", "gpu", *options, env=env)


def near(shot, reference):
    done = subprocess.run([tool("golden-compare"), reference, shot, "--max", "8", "--mean", "0.5"], capture_output=True, text=True,
                          timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def turned(_exhibition, _folder):
    """The test of turned panels and the fingers on them, drawn by the GPU."""
    import turned as walls
    walls.Play, walls.assert_same = GpuPlay, near
    walls.main()
    return "as above, drawn by the GPU"


CASES = {"losses": losses, "hangs": hangs, "windows": windows, "turned": turned}


def main():
    for name in sys.argv[1:] or CASES:
        with Exhibition(idle="5m") as exhibition, tempfile.TemporaryDirectory(prefix="schauwand-gpu-") as folder:
            try:
                print(f"{name}: {CASES[name](exhibition, os.environ.get('SW_KEEP') or folder)}", flush=True)
            except (AssertionError, WallError) as fault:
                sys.exit(f"{name}: {fault}")


if __name__ == "__main__":
    main()
