# SPDX-License-Identifier: EUPL-1.2
"""A certificate authority of our own for a web server on this machine's loopback; made anew in each run."""
import pathlib
import subprocess

NAMES = "subjectAltName=DNS:localhost,IP:127.0.0.1"


def openssl(folder, *arguments, environment=None):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60, env=environment)


def key(name):
    return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", name]


class Authority:
    """`ca`: whom to trust; `lines`: of nginx's server (which listens with `ssl`). All of it lies in `folder`, and is good for `days` from
    now, or from what the clock of `environment` says."""

    def __init__(self, folder, days=1, environment=None):
        folder = pathlib.Path(folder)
        self.ca = folder / "ca.pem"
        openssl(folder, "req", "-x509", *key("ca.key"), "-out", "ca.pem", "-days", str(days), "-subj", "/CN=Schauwand on loopback",
                "-addext", "keyUsage=critical,keyCertSign", environment=environment)
        openssl(folder, "req", *key("server.key"), "-out", "server.csr", "-subj", "/CN=localhost", "-addext", NAMES)
        (folder / "names").write_text(NAMES + "\n")
        openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", str(days),
                "-extfile", "names", "-out", "server.pem", environment=environment)
        self.lines = [f"ssl_certificate {folder}/server.pem;", f"ssl_certificate_key {folder}/server.key;"]
