# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""pytest plugin: a run is green only when it tested what it says, in silence.

It fails a run whose Odoo log holds an unexpected warning, that skipped a test without
a listed reason, that ran no test at all, or that should have driven a browser and
did not. It also gives --full (the large counts; EBS_FULL in the environment) and
prints the seed (EBS_SEED) from which tests draw their faults.
"""

import contextlib
import inspect
import logging
import os
import random
import shutil
from pathlib import Path

import pytest

from tests import guard_log
from tests.support import cells, databases, figures

SKIPS = Path(__file__).with_name("expected_skips.txt")


def pytest_addoption(parser):
    parser.addoption(
        "--full",
        action="store_true",
        default=bool(os.environ.get("EBS_FULL")),
        help="the large counts: 1,000 requests where a daily run makes 50",
    )


def pytest_configure(config):
    if config.getoption("--full"):
        os.environ["EBS_FULL"] = "1"
    os.environ.setdefault("EBS_SEED", str(random.SystemRandom().randrange(10**6)))
    config.pluginmanager.register(Guard(config), "ebs-guard")
    if hasattr(config, "workerinput"):
        import pytest_odoo  # noqa: PLC0415 - once Odoo is there

        pytest_odoo._shared_filestore = _own_files


@contextlib.contextmanager
def _own_files(original, name):
    """Give each process of a run its own files beside its own database.

    pytest-odoo lets all of them share those of the original: Odoo's cleaner in one
    process would take away what another has just written.
    """
    databases.copy_files(original, name)
    try:
        yield
    finally:
        shutil.rmtree(databases.filestore(name), ignore_errors=True)


def pytest_report_header(config):
    return f"ebs: seed {os.environ['EBS_SEED']} (EBS_SEED), full: {_is_full(config)}"


def pytest_terminal_summary(terminalreporter):
    """Say how many cells of the access matrix were asserted, and what was measured."""
    if cells.ASSERTED:
        for matrix, count in sorted(cells.ASSERTED.items()):
            terminalreporter.write_line(f"{count:7} {matrix}")
        terminalreporter.write_line(f"{cells.ASSERTED.total()} cells")
    for line in figures.SAID:
        terminalreporter.write_line(line)


def _is_full(config):
    return "yes" if config.getoption("--full") else "no"


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector, name, obj):
    """Give Odoo's test classes outside an addon what they have inside one."""
    if inspect.isclass(obj) and not obj.__module__.startswith("odoo."):
        from odoo.tests.common import BaseCase  # noqa: PLC0415 - once configured

        if issubclass(obj, BaseCase):
            if not getattr(obj, "test_tags", None):
                obj.test_tags = {"standard", "post_install"}
            if not getattr(obj, "test_module", None):
                obj.test_module = "ebs"


class Guard:
    """What was seen during one run."""

    def __init__(self, config):
        self.config = config
        self.collector = guard_log.Collector()
        self.ran = 0
        self.browsers = 0
        self.skipped = []
        logging.getLogger().addHandler(self.collector)

    def pytest_collection_finish(self, session):
        """Count the browsers that the tests start."""
        try:
            from odoo.tests.common import ChromeBrowser  # noqa: PLC0415 - same
        except ImportError:
            return
        guard, start = self, ChromeBrowser.__init__

        def counted(browser, *args, **options):
            start(browser, *args, **options)
            guard.browsers += 1

        ChromeBrowser.__init__ = counted

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node, error):
        """Add what a process of a run shared among several has seen."""
        seen = getattr(node, "workeroutput", {}).get("ebs", {})
        self.collector.records += [tuple(record) for record in seen.get("log", ())]
        self.browsers += seen.get("browsers", 0)
        cells.ASSERTED.update(seen.get("cells", {}))
        figures.SAID.extend(seen.get("figures", ()))

    def pytest_runtest_logstart(self, nodeid, location):
        self.collector.test = nodeid

    def pytest_runtest_logfinish(self, nodeid, location):
        self.collector.test = "between tests"

    def pytest_runtest_logreport(self, report):
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr
            reason = reason[2] if isinstance(reason, tuple) else str(reason)
            self.skipped.append(f"{report.nodeid}: {reason}")
        elif report.when == "call":
            self.ran += 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session, exitstatus):
        logging.getLogger().removeHandler(self.collector)
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["ebs"] = {
                "log": self.collector.records,
                "browsers": self.browsers,
                "cells": dict(cells.ASSERTED),
                "figures": figures.SAID,
            }
            return
        if self.config.option.collectonly or exitstatus in (2, 3, 4):
            return
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        for name, complaints in self._complaints().items():
            if complaints:
                session.exitstatus = 1
                _add_error(reporter, name, complaints)

    def _complaints(self):
        records = list(self.collector.records)
        logs = os.environ.get("EBS_LOGS")
        for path in sorted(Path(logs).glob("**/*.log")) if logs else ():
            records += guard_log.read_file(path)
        allowed = guard_log.read_list(SKIPS)
        return {
            "ran": [] if self.ran else ["no test ran: is the name or the path right?"],
            "log": guard_log.unexpected(records),
            "skipped": [
                f"skipped without a reason in {SKIPS.name}: {skip}"
                for skip in self.skipped
                if not any(pattern.search(skip) for pattern, _ in allowed)
            ],
            "browser": (
                ["no test drove a browser"]
                if self._is_whole() and not self.browsers
                else []
            ),
        }

    def _is_whole(self):
        option = self.config.option
        selected = option.keyword or option.markexpr or option.deselect
        last = getattr(option, "lf", False) or getattr(option, "stepwise", False)
        return bool(os.environ.get("EBS_ALL_PATHS")) and not (selected or last)


def _add_error(reporter, name, complaints):
    seen = list(dict.fromkeys(complaints))
    text = "\n".join(seen[:40])
    if len(seen) > 40:
        text += f"\n… and {len(seen) - 40} more"
    report = pytest.TestReport(
        nodeid=f"tests/guard.py::{name}",
        location=("tests/guard.py", None, name),
        keywords={},
        outcome="failed",
        longrepr=text,
        when="teardown",
    )
    if reporter:
        reporter.stats.setdefault("error", []).append(report)
