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
# Sockets are another suite's.
NOT_ASKED = ["/sync"]
# Who asks for these is nobody afterwards, somewhere else no longer, or somebody with other rights and a new token (a run
# reuses the links it made): a guest of their own for each.
LEAVING = ["endSession", "erase", "endOtherPlaces", "endPlace", "join"]
# After these somebody else is nobody.
SENDING_AWAY = ["endPlacesOf", "endPlaceOf"]
# A line on which nobody says who they are is over after ten seconds.
ON_A_LINE = ["askLine", "sendFrames"]
# Who leads one workshop more has other rights, and with them a new token: the one a run began with dies within it.
RENEWING = ["createWorkshop"]
# The one id in a body that has to be right.
IN_BODY = """
[dictionaries]
workshops = {{ values = ["{workshop}"] }}
[[operations]]
include-operation-id = "issueTicket"
parameters = {{ "body.workshop" = {{ dictionary = "workshops", probability = 0.5 }} }}
"""
# Sockets, what only a secret opens that nobody guesses, what needs somebody in the lobby, a key of a browser's, and a
# form that the server has written.
NEVER_WORK = {"/api/v1/workshops/{workshop}/code-forms", "/api/v1/workshops/{workshop}/code-forms/taken-in"}
NEVER_WORK |= {"/sync", "/api/v1/join/look", "/api/v1/return/use", "/api/v1/account/passkeys"}
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
        # There are passkeys for names only.
        self.origin = self.said["facilitator"].split("/bli-med")[0].replace("127.0.0.1", "localhost")

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

    def come_back(self):
        """Whose rights change has a new token; a browser keeps it, schemathesis does not."""
        return self.ask("GET", "/api/v1/session")

    def join(self, role, name):
        secret = self.server.said[role].split("#")[1]
        body = {"secret": secret, "name": name, "actor_group": "kommune", "as_new": False}
        return self.ask("POST", "/api/v1/join", body)

    def sign_in(self):
        """Only who has shown who they are may change how they sign in."""
        account = {"name": "leder@eksempel.no", "password": "bro over stille vann"}
        self.ask("PUT", "/api/v1/account/password", account)
        self.ask("POST", "/api/v1/sign-in", account)

    def place(self):
        return self.ask("GET", "/api/v1/places")["places"][0]["id"]

    def collection(self, here, closed=False, revealed=False):
        question = {"title": "Tanker", "kind": "notes", "named": True}
        made = self.ask("POST", here + "/collections", question)["id"]
        self.ask("POST", f"{here}/collections/{made}/part")
        if closed or revealed:
            self.ask("PUT", f"{here}/collections/{made}/closed", {"closed": True})
        if revealed:
            self.ask("POST", f"{here}/collections/{made}/reveal", {"named": True})
        return made

    def double_coding(self, here):
        """One that was revealed, with a coding that was settled."""
        case = self.ask("POST", here + "/cases", {"name": "Dobbelt kodet"})["subject"]
        question = {"title": "Koder vi likt?", "kind": "codings", "cases": [case], "characteristics": ["scope"]}
        made = self.ask("POST", here + "/collections", question)["id"]
        self.ask("PUT", f"{here}/collections/{made}/closed", {"closed": True})
        self.ask("POST", f"{here}/collections/{made}/reveal", {"named": True})
        settled = {"case": case, "characteristic": "scope", "coding": {"state": "unknown"}, "seen": {}}
        self.ask("POST", f"{here}/collections/{made}/settled", settled)
        return made


def schemathesis(server, title, person, parameters, more, elsewhere=()):
    """One run, in which some operations have parameters of their own; True where nothing was found."""
    print(f"\n-- {title}", flush=True)
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
        config.write("[parameters]\n")
        for name, value in parameters.items():
            config.write(f'"path.{name}" = "{value}"\n')
        for operation, name, value in elsewhere:
            config.write(f'[[operations]]\ninclude-operation-id = "{operation}"\n')
            config.write(f'parameters = {{ "path.{name}" = "{value}" }}\n')
        if "workshop" in parameters:
            config.write(IN_BODY.format(**parameters))
        config.flush()
        args = [SCHEMATHESIS, "--config-file", config.name, "run", f"{server.origin}/api/v1/openapi.json"]
        args += ["--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--max-examples", "15"]
        args += ["--seed", "15", "--workers", "1", "--no-shrink", "--warnings", "off", "--continue-on-failure"]
        args += ["-H", "Sec-Fetch-Site: same-origin"]
        if person:
            person.come_back()
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
    leader = Person(server)
    leader.ask("POST", "/api/v1/owner", {"secret": server.said["owner"].split("#")[1]})
    workshop = leader.join("facilitator", "Leder")["workshop"]
    leader.sign_in()
    here = f"/api/v1/workshops/{workshop}"
    rows = leader.ask("GET", here + "/register")["rows"]
    ids = {
        "workshop": workshop,
        "participant": Person(server).join("reviewer", "Gjest")["participant"],
        "subject": rows[0]["subject"],
        "stays": rows[1]["subject"],
        "goes": rows[2]["subject"],
        "link": leader.ask("POST", here + "/links", {"grant": "viewer"})["id"],
        "collection": leader.collection(here),
    }
    coded = leader.double_coding(here)
    finished = [
        ("settleDifference", "collection", coded),
        ("settleAgreed", "collection", coded),
        ("reveal", "collection", leader.collection(here, closed=True)),
        ("showOutcome", "collection", leader.collection(here, revealed=True)),
    ]
    given = sys.argv[1:]
    apart = LEAVING + SENDING_AWAY + ON_A_LINE + RENEWING
    stays = given or words("exclude-path", NOT_ASKED) + words("exclude-operation-id", apart)
    yield schemathesis(server, "as the owner, who leads the workshop", leader, ids, stays, finished)
    if not given:
        yield from runs_apart(server, leader, ids)
        yield all_worked(leader)
    yield schemathesis(server, "as nobody", None, {"workshop": workshop}, stays)
    # Whoever was asked to leave is gone, and the server is still there for the others.
    leader.come_back()
    leader.ask("GET", here)


def runs_apart(server, leader, ids):
    """What would end a run with others in it."""
    line = leader.ask("POST", f"/api/v1/workshops/{ids['workshop']}/line")["line"]
    only = words("include-operation-id", ON_A_LINE)
    yield schemathesis(server, "on a line", leader, {**ids, "line": line}, only)
    yield schemathesis(server, "with a new token", leader, ids, words("include-operation-id", RENEWING))
    leader.come_back()
    for operation in LEAVING + SENDING_AWAY:
        guest = Person(server)
        guest.join("reviewer", "Gjest")
        theirs = {"person": guest.ask("GET", "/api/v1/session")["person"], "place": guest.place()}
        who = guest if operation in LEAVING else leader
        title = f"{operation}, " + ("as a guest who leaves" if who is guest else "of a guest")
        yield schemathesis(server, title, who, theirs, words("include-operation-id", [operation]))


def words(option, values):
    return [word for value in values for word in (f"--{option}", value)]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except urllib.error.HTTPError as error:
        sys.exit(f"{error.url}: {error.code} {error.read().decode()}")
