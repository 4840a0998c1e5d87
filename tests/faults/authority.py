# SPDX-License-Identifier: EUPL-1.2
"""A certificate authority of our own for a web server on this machine's loopback; made anew in each run, good for a day."""
import pathlib
import subprocess

NAMES = "subjectAltName=DNS:localhost,IP:127.0.0.1"


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


def key(name):
    return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", name]


class Authority:
    """`ca`: whom to trust; `lines`: of nginx's server (which listens with `ssl`). All of it lies in `folder`."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.ca = folder / "ca.pem"
        openssl(folder, "req", "-x509", *key("ca.key"), "-out", "ca.pem", "-days", "1", "-subj", "/CN=Schauwand on loopback",
                "-addext", "keyUsage=critical,keyCertSign")
        openssl(folder, "req", *key("server.key"), "-out", "server.csr", "-subj", "/CN=localhost", "-addext", NAMES)
        (folder / "names").write_text(NAMES + "\n")
        openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1",
                "-extfile", "names", "-out", "server.pem")
        self.lines = [f"ssl_certificate {folder}/server.pem;", f"ssl_certificate_key {folder}/server.key;"]
