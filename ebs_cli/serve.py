# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs serve`: a running platform, with everything that it needs."""

import re
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

from . import config, databases, odoo, ready
from .files import hash_addon
from .paths import ADDONS, LOGS
from .postgres import free_port
from .process import start_apart, stop
from .steps import EbsError, say

DEFAULT = "ebs"
TOP = ("ebs_website", "ebs_sms", "ebs_payment")  # the other four follow
LANGUAGE = "fr_FR"
LOGINS = (
    ("admin", "admin", "administrator"),
    ("gestion@exemple.fr", "demo-ebs", "manager of the sample platform"),
    ("marie@exemple.fr", "demo-ebs", "member"),
    ("paul@exemple.fr", "demo-ebs", "member"),
)
_RECORD = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ ([A-Z]+) ")
_LOUD = ("WARNING", "ERROR", "CRITICAL")


def check_port(interface, port):
    """Fail in one line when another program holds the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((interface, port))
        except PermissionError as error:
            raise EbsError(
                f"port {port} is not open to ordinary users", "./ebs serve --port 8069"
            ) from error
        except OverflowError as error:
            raise EbsError(f"{port} is no port", "./ebs serve --port 8069") from error
        except OSError as error:
            raise EbsError(
                f"port {port} is in use by another program",
                f"./ebs serve --port {free_port(port + 1)}",
            ) from error


def addon_hashes():
    """What the addons of this checkout hold now."""
    return {name: hash_addon(ADDONS / name) for name in config.addon_names()}


def wanted():
    """The addons to install: the topmost two, or what is there of the checkout."""
    names = config.addon_names()
    top = [name for name in TOP if name in names]
    return top if len(top) == len(TOP) else names


def prepare(access, name, demo=True):
    """Have a complete database with the addons as they are in this checkout."""
    hashes, names = addon_hashes(), wanted()
    note = databases.stamp(name)
    if databases.exists(access, name):
        if not note:
            say(f"Database {name} was not made by ./ebs serve: served as it is")
            return
        if note.get("complete"):
            _update(access, name, hashes)
            return
        say(f"Database {name} was left unfinished: it is made again")
    databases.drop(access, name)
    databases.begin(name, demo=demo)
    words = ["--unaccent", f"--load-language={LANGUAGE}"]
    words += ["-i", ",".join(names) if names else "base"]
    if demo:
        words.append("--with-demo")
    _install(access, name, f"Installing the platform in database {name}", words)
    lost = databases.without_demo(access, name) if demo else []
    if lost:
        raise EbsError(
            f"the sample data of {', '.join(lost)} did not load",
            f"see {databases.install_log(name)}; ./ebs serve --no-demo does without",
        )
    databases.finish(name, demo=demo, addons=hashes)


def _update(access, name, hashes):
    note = databases.stamp(name)
    before = note.get("addons", {})
    there = databases.installed(access, name)
    changed = [a for a in hashes if a in there and before.get(a) != hashes[a]]
    missing = [a for a in wanted() if a not in there]
    if changed or missing:
        words = ["-u", ",".join(changed)] if changed else []
        words += ["-i", ",".join(missing)] if missing else []
        _install(access, name, f"Updating {', '.join(changed + missing)}", words)
        databases.finish(name, demo=note.get("demo"), addons=hashes)


def _install(access, name, title, words):
    odoo.install(access, name, title, databases.install_log(name), words)
    lost = set(wanted()) - databases.installed(access, name)
    if lost:
        raise EbsError(
            f"Odoo did not install {', '.join(sorted(lost))}",
            f"see {databases.install_log(name)}",
        )


def serve(access, name, port, interface, workers=0):
    """Run Odoo until it is stopped; return its exit code."""
    LOGS.mkdir(parents=True, exist_ok=True)
    words = ["server", "-d", name, "--db-filter", f"^{re.escape(name)}$"]
    words += ["--http-port", str(port), "--http-interface", interface]
    words += ["--workers", str(workers), "--gevent-port", str(free_port(port + 3))]
    child = start_apart(
        odoo.command(*words),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=odoo.env_for(access),
        text=True,
        errors="replace",
    )
    log = LOGS / f"serve-{name}.log"
    reader = threading.Thread(target=_follow, args=(child.stdout, log), daemon=True)
    reader.start()
    try:
        host = "127.0.0.1" if interface in ("", "0.0.0.0") else interface  # noqa: S104
        address = f"http://{host}:{port}"
        if answers(child, address):
            _welcome(address, name, log)
        if child.wait():
            reader.join(5)
            raise EbsError(f"Odoo ended with code {child.returncode}", f"see {log}")
    except KeyboardInterrupt:
        say("\nStopping")
    finally:
        stop(child)
    return 0


def _follow(stream, log):
    """Keep the whole log in a file, and show warnings and errors."""
    loud = False
    with log.open("w", encoding="utf-8") as kept:
        for line in stream:
            kept.write(line)
            kept.flush()
            record = _RECORD.match(line)
            if record:
                loud = record[1] in _LOUD
            if loud:
                say(line.rstrip("\n"))


def answers(child, address, seconds=120):
    """Wait until Odoo answers; False when it ends or takes too long."""
    limit = time.monotonic() + seconds
    while child.poll() is None and time.monotonic() < limit:
        try:
            with urllib.request.urlopen(f"{address}/web/health", timeout=30):  # noqa: S310
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
    return False


def _welcome(address, name, log):
    note = databases.stamp(name)
    say(f"\n  EBS is running: {address}\n")
    for login, password, who in LOGINS[: None if note.get("demo") else 1]:
        say(f"    {login:<20} {password:<10} {who}")
    say(f"\n  Database {name}; log in {log}")
    say("  Ctrl-C stops it.\n")


def main(options):
    """Everything that is missing, then a running platform."""
    databases.check_name(options.db)
    conf = config.read()
    port = options.port or int(conf.get("http_port", 8069))
    interface = conf.get("http_interface", "127.0.0.1")
    check_port(interface, port)
    with ready.everything(options.odoo) as access:
        prepare(access, options.db, not options.no_demo)
        return serve(access, options.db, port, interface, options.workers)
