# SPDX-License-Identifier: EUPL-1.2
"""A web server of our own on this machine's loopback that does what no honest server does, and counts who asked for what."""
import socket
import threading
import time


class Request:
    """One that has come. `number`: how many came to its path before it; `at`: seconds of the monotonic clock."""

    def __init__(self, path, headers, number):
        self.path, self.headers, self.number, self.at = path, headers, number, time.monotonic()


def answer(status=200, body=b"", *headers, length=None):
    """A whole answer; `length`: what it says that the body has."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body) if length is None else length}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Server:
    """Listens at once. `reply(connection, request)` answers, by sending what it likes; what it returns is sent besides."""

    def __init__(self, reply, host="127.0.0.1"):
        self.reply, self.requests, self.connections, self.open, self.most_open = reply, [], 0, 0, 0  # open: still at its answer
        self.lock = threading.Lock()
        self.socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind((host, 0))
        self.socket.listen(256)
        self.port = self.socket.getsockname()[1]
        self.place = f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"
        self.closed = False
        threading.Thread(target=self.accept, daemon=True).start()

    def close(self):
        self.closed = True
        self.socket.close()

    def accept(self):
        while not self.closed:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with self.lock:
            self.connections += 1
            self.open += 1
            self.most_open = max(self.most_open, self.open)
        try:
            request = self.read(connection)
            rest = self.reply(connection, request) if request is not None else None
        except OSError:
            rest = None  # the other side has had enough
        with self.lock:
            self.open -= 1  # before the other side can know
        try:
            connection.sendall(rest or b"")
        except OSError:
            pass
        connection.close()

    def read(self, connection):
        head = b""
        while b"\r\n\r\n" not in head:
            some = connection.recv(65536)
            if not some:
                return None
            head += some
        first, *lines = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        path = first.split()[1]
        with self.lock:
            request = Request(path, headers, sum(before.path == path for before in self.requests))
            self.requests.append(request)
        return request

    def asked(self, path=None):
        """The requests so far, of one path or all."""
        with self.lock:
            return [request for request in self.requests if path in (None, request.path)]
