# SPDX-License-Identifier: EUPL-1.2
"""Exhibitions whose values come from a web server, and the same as pages for Chromium: a thousand sources of which twenty are on the wall,
a history of a million points as a chart, a list of ten thousand rows. The strip of `content` runs beside each, so that frames can be
counted. nginx makes the answers: each has its own number and the server's time, so that no two are the same."""
import json
import math
import os
import re
import socket
import sqlite3
import subprocess
import time
import urllib.request

from content import Content
from wall import wait_for

SOURCES, SHOWN, RESHAPED = 1000, 20, 10  # every so many of them goes through jq
POINTS = 1000000                         # one a second: eleven days and a half
LIST, LIST_SHOWN, LIST_EVERY_S = 10000, 20, 5
PLACE = (120, 60, 1740, 960)             # of what is shown, beside the strip
ATTRIBUTION = {"provider": "Bench", "licence": {"name": "CC0", "url": "https://example.org/l"}, "url": "https://example.org/"}
ANSWER = '{"id": $1, "at": $msec, "value": $connection_requests, "station": {"name": "Messstelle $1", "open": true}}'


class Web:
    """nginx on loopback: /s/N is an object that is new each time, everything else a file of `folder`, always sent whole."""

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        path = os.path.join(self.folder, "nginx.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log;\n"
                       + ("user root;\n" if os.geteuid() == 0 else "") + "events {}\n"
                       "http { access_log off; keepalive_requests 1000000000; types { application/json json; text/html html; }\n"
                       f" server {{ listen 127.0.0.1:{self.port}; root {self.folder}; etag off; if_modified_since off;\n"
                       "  add_header Last-Modified \"\"; location = /asked { stub_status; }\n"
                       f"  location ~ ^/s/(\\d+)$ {{ default_type application/json; return 200 '{ANSWER}'; }} }} }}\n")
        self._server = subprocess.Popen(["nginx", "-c", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self._answers, "nginx")
        return self

    def _answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __exit__(self, *_):
        self._server.terminate()
        self._server.wait()

    def asked(self):
        """How many requests it has had."""
        with urllib.request.urlopen(f"{self.address}/asked") as answer:
            return int(re.search(r"\n\s*\d+ \d+ (\d+)", answer.read().decode())[1])


class Fed(Content):
    """An exhibition with sources; `options` are what lets its player ask."""

    def __init__(self, parent, web):
        self.web = web
        super().__init__(parent)
        self.page = f"{web.address}/{os.path.basename(self.folder)}/page.html"
        self.state = self.path("state")
        self.options = ("--config", self.path("wall.json"))
        self.json("wall.json", {"live": True, "state": self.state,
                                "allow": [{"host": f"127.0.0.1:{web.port}", "every_at_least": "1s"}]})

    def renew(self):
        """Before each run: nothing is kept of the one before."""

    def source(self, path, every_s=1, **more):
        return {"http": f"{self.web.address}/{path}", "every": f"{every_s}s", "fresh_for": "1m", "attribution": ATTRIBUTION, **more}

    def write_page(self, body, script, style=""):
        strip, strip_style = self.strip_page()
        self.html(f"{body}{strip}<script>{script}</script>", f"{style} {strip_style}")


class Sources(Fed):
    """A thousand addresses, each asked every second; every tenth answer is reshaped by jq."""

    def write(self):
        fields = {"value": {"type": "number", "digits": 0}, "at": {"type": "time", "encoding": "epoch"},
                  "name": {"type": "text", "from": "/station/name"}}
        reshaped = {"select": ".body | {at, value, station: {name: .station.name}}"}
        self.json("scenes/sources.json", {f"s{n}": self.source(f"s/{n}", fields=fields, observed="at",
                                                               **(reshaped if n % RESHAPED == 0 else {})) for n in range(SOURCES)})
        places = [(PLACE[0] + n % 4 * 420, PLACE[1] + n // 4 * 180) for n in range(SHOWN)]
        self.scene([*({"text": f"{{s{n}.name}}: {{s{n}.value}}", "lines": 1, "at": list(place), "size": [400, 80]}
                      for n, place in enumerate(places)), self.strip()])
        self.write_page("".join(f"<div id=\"v{n}\" style=\"left: {x}px; top: {y}px\"></div>" for n, (x, y) in enumerate(places)), f"""
            const values = new Map();
            async function ask(n) {{
              const value = await (await fetch('/s/' + n, {{cache: 'no-store'}})).json(), place = document.getElementById('v' + n);
              values.set(n, value);
              if (place) place.textContent = value.station.name + ': ' + value.value;
            }}
            for (let n = 0; n < {SOURCES}; n++) setTimeout(() => {{ ask(n); setInterval(ask, 1000, n) }}, n * 1000 / {SOURCES});""")


class History(Fed):
    """A line of a million points, and one more each second."""

    def write(self):
        self.json("scenes/sources.json", {"level": self.source(
            "s/1", fields={"value": {"type": "number", "digits": 0}, "at": {"type": "time", "encoding": "epoch"}}, observed="at",
            history={"value": {"keep": "277h46m40s", "step": "1s"}})})
        x, y, width, height = PLACE
        self.scene([{"chart": "line", "alt": "", "at": [x, y], "size": [width, height],
                     "series": [{"of": "level.value", "last": "277h46m40s"}]}, self.strip()])
        self.write_page(f"<canvas id=\"chart\" width=\"{width}\" height=\"{height}\" style=\"position: absolute; left: {x}px; top: {y}px\">"
                        "</canvas>", f"""
            const times = new Float64Array({POINTS}), values = new Float64Array({POINTS}), began = Date.now() / 1000;
            for (let n = 0; n < {POINTS}; n++) {{
              times[n] = began - {POINTS} + n;
              values[n] = 500 + 300 * Math.sin(n / 40000) + 40 * Math.sin(n / 700) + n * 7919 % 97 / 5;
            }}
            const canvas = document.getElementById('chart'), pen = canvas.getContext('2d'), {{width, height}} = canvas;
            let newest = {POINTS - 1};  // of a ring
            function draw() {{
              const until = times[newest], least = new Float64Array(width).fill(Infinity), most = new Float64Array(width).fill(-Infinity);
              for (let n = 0; n < {POINTS}; n++) {{
                const column = Math.floor((times[n] - until + {POINTS}) / {POINTS} * (width - 1));
                if (values[n] < least[column]) least[column] = values[n];
                if (values[n] > most[column]) most[column] = values[n];
              }}
              pen.clearRect(0, 0, width, height);
              pen.fillStyle = '#fff'; pen.font = '32px Inter';
              for (let tick = 0; tick <= 1000; tick += 200) pen.fillText(tick, 0, height * (1 - tick / 1000));
              pen.strokeStyle = '#3af'; pen.lineWidth = 3; pen.beginPath();
              for (let column = 0; column < width; column++) {{
                pen.lineTo(column, height * (1 - least[column] / 1000)); pen.lineTo(column, height * (1 - most[column] / 1000));
              }}
              pen.stroke();
            }}
            draw();
            setInterval(async () => {{
              const value = await (await fetch('/s/1', {{cache: 'no-store'}})).json();
              newest = (newest + 1) % {POINTS}; times[newest] = value.at; values[newest] = value.value % 1000;
              draw();
            }}, 1000);""")

    def renew(self):
        """As a courier has kept it (courier/archive.c)."""
        os.makedirs(self.state, exist_ok=True)
        for name in os.listdir(self.state):
            os.remove(os.path.join(self.state, name))
        newest = int(time.time())
        with sqlite3.connect(os.path.join(self.state, "courier.sqlite")) as database:
            database.execute("CREATE TABLE point (source TEXT, field TEXT, at INTEGER, value REAL, PRIMARY KEY (source, field, at)) "
                             "WITHOUT ROWID")
            database.executemany("INSERT INTO point VALUES ('level', 'value', ?, ?)", (
                ((newest - POINTS + n) * 1000000, 500 + 300 * math.sin(n / 40000) + 40 * math.sin(n / 700) + n * 7919 % 97 / 5)
                for n in range(POINTS)))
        database.close()


class Rows(Fed):
    """A list of ten thousand rows that comes anew every few seconds, sorted; the first of them are shown."""

    def element(self):
        x, y, width, height = PLACE
        return {"at": [x, y], "size": [width, height], "column": [
            {"repeat": "list.rows", "as": "r", "key": "r.name", "sort": ["r.free"], "limit": LIST_SHOWN,
             "each": {"text": "{r.name}: {r.free}", "lines": 1}}]}

    def write(self):
        self.json("scenes/sources.json", {"list": self.source(
            os.path.basename(self.folder) + "/list.json", LIST_EVERY_S, rows=True, limit=LIST,
            fields={"name": {"type": "text"}, "free": {"type": "number"}, "open": {"type": "text"}})})
        self.change(0)
        self.scene([self.element(), self.strip()])
        self.write_page("<table id=\"list\" style=\"position: absolute; left: 120px\"></table>", f"""
            const cell = text => {{ const td = document.createElement('td'); td.textContent = text; return td }};
            async function ask() {{
              const rows = await (await fetch('list.json', {{cache: 'no-store'}})).json();
              rows.sort((a, b) => a.free - b.free);
              document.getElementById('list').replaceChildren(...rows.slice(0, {LIST_SHOWN}).map(row => {{
                const tr = document.createElement('tr');
                tr.append(cell(row.name), cell(row.free));
                return tr;
              }}));
            }}
            ask(); setInterval(ask, {LIST_EVERY_S}000);""", "table { font-size: 24px }")

    def change(self, turn):
        """Other numbers in the same rows."""
        rows = [{"name": f"Parkplatz {n}", "free": (n * 7919 + turn * 104729) % 10007, "open": "ja" if n % 7 else "nein"}
                for n in range(LIST)]
        with open(self.path("new.json"), "w", encoding="utf-8") as file:
            json.dump(rows, file)
        os.rename(self.path("new.json"), self.path("list.json"))


class Table(Rows):
    """The same list as a table of pages, which is sorted by what it shows."""

    def element(self):
        x, y, width, height = PLACE
        return {"table": "list.rows", "as": "r", "at": [x, y], "size": [width, height], "sort": ["r.free"], "columns": [
            {"title": "Name", "cell": "{r.name}", "grow": 1, "sort": ["r.name"]},
            {"title": "Frei", "cell": "{r.free}", "align": "decimal", "width": 240, "sort": ["r.free"], "sorted": True},
            {"title": "Offen", "cell": "{r.open}", "width": 240}]}
