# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs test`: databases for the tests, kept between runs, then pytest."""

import ast
import os
import secrets
import shutil

from . import browser, config, databases, environment, odoo, ready, serve
from .files import digest_of, locked, remove
from .odoo_source import SERIES
from .paths import ADDONS, LOCAL_CONF, LOGS, ODOO_BIN, PYTHON, REQUIREMENTS, ROOT
from .pg_programs import client
from .process import start_apart, wait_or_stop

TEMPLATE = "ebs_template"
INSTALLED = "ebs_test_installed"
RUN = "ebs_test"
LANGUAGE = "--load-language=fr_FR"
TEST_LOGS = LOGS / "tests"


def core_modules():
    """The modules of Odoo and OCA that the addons of this checkout build on."""
    found = set()
    for path in ADDONS.glob("*/__manifest__.py"):
        manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
        found.update(manifest.get("depends", ()))
    return sorted(found - set(config.addon_names())) or ["base"]


def prepare(access):
    """Have `ebs_test`, a fresh copy of a database with all addons installed."""
    modules = core_modules()
    key = digest_of(SERIES, modules, REQUIREMENTS.read_text(encoding="utf-8"))
    _build(access, TEMPLATE, key, None, modules)
    addons = config.addon_names()
    key = digest_of(key, serve.addon_hashes())
    _build(access, INSTALLED, key, TEMPLATE, addons)
    databases.drop(access, RUN)
    databases.begin(RUN)
    databases.copy(access, INSTALLED, RUN)
    databases.finish(RUN)


def _build(access, name, key, source, modules):
    if databases.is_complete(access, name) and databases.stamp(name)["key"] == key:
        return
    databases.drop(access, name)
    databases.begin(name)
    log = databases.install_log(name)
    remove(log)
    if source:
        databases.copy(access, source, name)
        databases.begin(name)
    if modules or not source:
        what = "the addons" if source else f"{len(modules)} modules they build on"
        words = ["-i", ",".join(modules), "--unaccent", LANGUAGE]
        odoo.install(access, name, f"Installing {what} for the tests", log, words)
    databases.finish(name, key=key)


def _has_path(words):
    return any(
        not word.startswith("-") and (ROOT / word.split("::")[0]).exists()
        for word in words
    )


def command(words):
    """The pytest call for these arguments."""
    full = [PYTHON, "-m", "pytest", f"--odoo-config={LOCAL_CONF}", "--odoo-http"]
    full += [f"--odoo-database={RUN}", "--odoo-log-level=warn", "--durations=20"]
    if not _has_path(words):
        # Two files at a time, each process with a copy of the database.
        full += ["-n2", "--dist=loadfile"]
        words = [*words, *(p for p in ("addons", "tests") if (ROOT / p).is_dir())]
    return [*full, *words]


def main_test(words, named=None):
    """Everything that is missing, then all tests or those selected."""
    browser.ensure()
    busy = "Another ./ebs test is running in this checkout: waiting for its end"
    with locked("test", busy), ready.everything(named, careless=True) as access:
        environment.activate()
        browser.check_websocket()
        prepare(access)
        remove(TEST_LOGS)
        TEST_LOGS.mkdir(parents=True)
        log = databases.install_log(INSTALLED)
        if log.exists():
            shutil.copy2(log, TEST_LOGS / log.name)
        env = odoo.env_for(
            access,
            EBS_CORE_TEMPLATE=TEMPLATE,
            EBS_TEST_TEMPLATE=INSTALLED,
            EBS_CONF=LOCAL_CONF,
            EBS_ODOO_BIN=ODOO_BIN,
            EBS_LOGS=TEST_LOGS,
            EBS_ALL_PATHS="" if _has_path(words) else "1",
            # Each process of the run copies its database with PostgreSQL's programs.
            PATH=os.pathsep.join([str(client("createdb").parent), os.environ["PATH"]]),
        )
        env.setdefault("EBS_SEED", str(secrets.randbelow(10**6)))
        return wait_or_stop(start_apart(command(words), env=env, cwd=ROOT))
