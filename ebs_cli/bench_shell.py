# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A large platform to measure, and scripts in an Odoo shell on it."""

import json
import os
import subprocess
import time

from . import bench_data, bench_server, config, databases, odoo, serve
from .files import digest_of, remove, sha256
from .paths import LOGS, ROOT
from .process import start_apart, stop
from .steps import EbsError, say, step

_HEAD = f"import json, sys\nsys.path.insert(0, {str(ROOT)!r})\n"


def prepare(access, database, sources, generate, more=(), **values):
    """Have a platform, whole and of these addons; return what is noted of it.

    It is drawn anew when the addons, the seed or one of the ``sources`` of the
    drawing have changed; ``generate`` draws it from the seed and the ``values``;
    ``more`` addons of Odoo are installed beside ours.
    """
    seed = int(os.environ.get("EBS_SEED", bench_data.SEED))
    key = digest_of(
        serve.addon_hashes(), seed, [sha256(path) for path in sources], values
    )
    if databases.is_complete(access, database):
        note = databases.stamp(database)
        if note.get("key") == key:
            tell(note)
            return note["data"]
    databases.drop(access, database)
    databases.begin(database)
    log = databases.install_log(database)
    remove(log)
    names = ",".join([*config.addon_names(), "ebs_bench", *more])
    words = ["--addons-path", bench_server.addons_path(), "--unaccent"]
    words += [f"--load-language={serve.LANGUAGE}", "-i", names]
    odoo.install(access, database, "Installing a platform to measure", log, words)
    data = _draw(access, database, seed, generate, values)
    databases.finish(database, key=key, data=data)
    tell(databases.stamp(database))
    return data


def _draw(access, database, seed, generate, values):
    began = time.monotonic()
    title = f"Drawing a large platform from seed {seed}"
    given = in_shell(access, database, title, generate, seed=seed, **values)
    if given["found"]:
        raise EbsError(
            f"what was drawn is not sound: {given['found'][0]}",
            "correct the SQL files of ebs_cli",
        )
    with step("Tidying the database"):
        databases.query(access, database, "VACUUM ANALYZE")
    seconds = round(time.monotonic() - began, 1)
    return {"seed": seed, "seconds": seconds, "rows": given["made"]}


def tell(note):
    """Say what was drawn."""
    data = note["data"]
    say(f"\n  Drawn from seed {data['seed']} in {data['seconds']} s:")
    for table, rows in data["rows"].items():
        say(f"  {table:<30}{rows:>9}")


def in_shell(access, database, title, script, **values):
    """Run a script in an Odoo shell; return what it gives."""
    log = LOGS / "bench-shell.log"
    LOGS.mkdir(parents=True, exist_ok=True)
    given = None
    with step(title) as now, log.open("w", encoding="utf-8") as stream:
        child = start_apart(
            odoo.command(
                *("shell", "-d", database, "--no-http", "--log-level", "warn"),
                *("--addons-path", bench_server.addons_path()),
            ),
            env=odoo.env_for(access),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
        )
        try:
            child.stdin.write(_HEAD + script.format(**values))
            child.stdin.close()
            for line in child.stdout:
                kind, _space, text = line.partition(" ")
                if kind == "STEP":
                    now.progress(*json.loads(text))
                elif kind == "GIVEN":
                    given = json.loads(text)
            child.wait()
        finally:
            stop(child)
    if given is None:
        raise EbsError("the Odoo shell failed", f"see {log}")
    return given
