"""A server with the example workshop, people with sessions, and schemathesis for each of them.

Arguments go to schemathesis, such as `--include-path /api/v1/join`.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from http.cookies import SimpleCookie
from pathlib import Path

SCHEMATHESIS = str(Path(sys.executable).with_name("schemathesis"))
# A run that takes longer hangs; the longest takes a minute on two cores.
RUN_S_MAX = 600
CHECKS = ",".join(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "allow_header_conformance",
    ]
)
# Sockets are another suite's. Who asks for these two is nobody afterwards.
NOT_ASKED = ["--exclude-path", "/sync"]
LEAVING = ["endSession", "erase"]
# Sockets, what only a secret opens that nobody guesses, and what needs somebody in the lobby.
NEVER_WORK = {"/sync", "/api/v1/join/look", "/api/v1/return/use"}
NEVER_WORK |= {"/api/v1/workshops/{workshop}/people/{participant}/admission"}


class Server:
    """`samverk serve --demo` on a free port."""

    def __init__(self, folder):
        args = [os.environ["SAMVERK_BIN"], "serve", "--demo", "--listen", "127.0.0.1:0", "--data", folder]
        log = open(Path(folder).with_suffix(".log"), "w")
        self.process = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=log, text=True)
        self.said = {}
        for line in self.process.stdout:
            key, _, value = line.strip().partition(" ")
            self.said[key] = value
            if key == "client":
                break
        self.origin = self.said["facilitator"].split("/bli-med")[0]

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Person:
    """Somebody's browser."""

    def __init__(self, server):
        self.server, self.cookies = server, {}

    def ask(self, method, path, body=None):
        request = urllib.request.Request(self.server.origin + path, method=method)
        request.add_header("Sec-Fetch-Site", "same-origin")
        if self.cookies:
            request.add_header("Cookie", self.cookie_line())
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        with urllib.request.urlopen(request) as answer:
            for line in answer.headers.get_all("set-cookie") or []:
                self.cookies.update({name: one.value for name, one in SimpleCookie(line).items()})
            text = answer.read()
        return json.loads(text) if text else None

    def cookie_line(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def join(self, role, name):
        secret = self.server.said[role].split("#")[1]
        body = {"secret": secret, "name": name, "actor_group": "kommune", "as_new": False}
        return self.ask("POST", "/api/v1/join", body)


def schemathesis(server, title, person, parameters, more):
    """One run; True where nothing was found."""
    print(f"\n-- {title}", flush=True)
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
        config.write("[parameters]\n")
        for name, value in parameters.items():
            config.write(f'"path.{name}" = "{value}"\n')
        config.flush()
        args = [SCHEMATHESIS, "--config-file", config.name, "run", f"{server.origin}/api/v1/openapi.json"]
        args += ["--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--max-examples", "15"]
        args += ["--seed", "15", "--workers", "1", "--no-shrink", "--warnings", "off", "--continue-on-failure"]
        args += ["-H", "Sec-Fetch-Site: same-origin"]
        if person:
            args += ["-H", f"Cookie: {person.cookie_line()}"]
        done = subprocess.run(args + more, timeout=RUN_S_MAX, check=False)
    return done.returncode == 0


def all_worked(person):
    """A run in which a route never did what it is for proves little of it."""
    request = urllib.request.Request(person.server.origin + "/metrics")
    with urllib.request.urlopen(request) as answer:
        numbers = answer.read().decode()
    worked = set(re.findall(r'samverk_http_requests_total\{route="([^"]*)",status="2xx"\}', numbers))
    described = {path for path, item in person.ask("GET", "/api/v1/openapi.json")["paths"].items()}
    never = sorted(described - worked - NEVER_WORK)
    if never:
        print(f"\nnever answered with success: {never}")
    return not never


def main():
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder + "/data")
        try:
            return 0 if all(runs(server)) else 1
        finally:
            server.stop()


def runs(server):
    leader, guest = Person(server), Person(server)
    leader.ask("POST", "/api/v1/owner", {"secret": server.said["owner"].split("#")[1]})
    workshop = leader.join("facilitator", "Leder")["workshop"]
    here = f"/api/v1/workshops/{workshop}"
    ids = {
        "workshop": workshop,
        "participant": guest.join("reviewer", "Gjest")["participant"],
        "subject": leader.ask("GET", here + "/register")["rows"][0]["subject"],
        "link": leader.ask("POST", here + "/links", {"grant": "viewer"})["id"],
    }
    stays = NOT_ASKED + [word for operation in LEAVING for word in ("--exclude-operation-id", operation)]
    leaves = [word for operation in LEAVING for word in ("--include-operation-id", operation)]
    given = sys.argv[1:]
    if given:
        stays, leaves = given, None
    yield schemathesis(server, "as the owner, who leads the workshop", leader, ids, stays)
    yield given or all_worked(leader)
    yield schemathesis(server, "as nobody", None, {"workshop": workshop}, stays)
    if leaves:
        yield schemathesis(server, "as a guest who leaves", guest, {}, leaves)
    # Whoever was asked to leave is gone, and the server is still there for the others.
    leader.ask("GET", here)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except urllib.error.HTTPError as error:
        sys.exit(f"{error.url}: {error.code} {error.read().decode()}")
