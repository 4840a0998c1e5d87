# SPDX-License-Identifier: EUPL-1.2
"""A real web server on this machine's loopback."""
import os
import pathlib
import socket
import subprocess
import time

import house


class Nginx:
    """Serves `folder`/web from when it is made, and writes down who asked. `lines`: more of its server's configuration; `around`: of
    what is around that. `tls`: `lines` say by which certificate."""

    def __init__(self, folder, *lines, around=(), tls=False):
        self.folder = pathlib.Path(folder)
        self.files, self.log, self.conf = self.folder / "web", self.folder / "access.log", self.folder / "nginx.conf"
        self.second = int(time.time()) - 3600  # of the file that was written last
        self.files.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.place = f"127.0.0.1:{self.port}"
        self.conf.write_text(
            f"daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/error.log; user root;\n"
            "worker_rlimit_nofile 8192; events { worker_connections 4096; }\n"
            f"http {{ access_log {self.log}; types {{ application/json json; }}\n" + "\n".join(around) +
            f"\nserver {{ listen {self.place}{' ssl' if tls else ''}; root {self.files};\n" + "\n".join(lines) + "\n} }\n")
        self.start()

    def start(self):
        self.process = subprocess.Popen(["nginx", "-c", self.conf], stderr=subprocess.DEVNULL)
        house.wait_until("nginx", self.answers)

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def write(self, name, body):
        """As a whole, and a second younger than any before: nginx knows a file by its length and its second."""
        self.second += 1
        new = self.files / "new"
        new.write_bytes(body)
        os.utime(new, (self.second, self.second))
        new.rename(self.files / name)

    def asked(self):
        """[(path, status)] so far."""
        lines = self.log.read_text().splitlines()
        return [(line.split('"')[1].split()[1], int(line.split('"')[2].split()[0])) for line in lines]
