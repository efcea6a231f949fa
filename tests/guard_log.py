# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Warnings and errors of Odoo, from the running process and from log files."""

import logging
import re
from pathlib import Path

_HEAD = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
RECORD = re.compile(_HEAD + r"(WARNING|ERROR|CRITICAL) \S+ (\S+?): (.*)")
OTHER = re.compile(_HEAD + r"[A-Z]+ ")
EXPECTED = Path(__file__).with_name("expected_log.txt")
MOST = 10


class Collector(logging.Handler):
    """Keeps every record from WARNING on, with the test that was running."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.records = []
        self.test = "outside a test"

    def emit(self, record):
        try:
            text = record.getMessage()
        except (TypeError, ValueError) as error:
            text = f"{record.msg} ({error})"
        if record.exc_info and record.exc_info[1]:
            text += f" | {record.exc_info[1]!r}"
        line = f"{record.levelname} {record.name}: {text}"
        self.records.append((self.test, line))


def read_file(path):
    """(file name, line) of each warning or error in a log, tracebacks' end added."""
    found, loud = [], False
    with path.open(encoding="utf-8", errors="replace") as stream:
        for line in stream:
            record = RECORD.match(line)
            if record:
                level, logger, text = record.groups()
                found.append([path.name, f"{level} {logger}: {text}"])
                loud = True
            elif OTHER.match(line):
                loud = False
            elif loud and line.strip() and not line.startswith(" "):
                head, _, _ = found[-1][1].partition(" | ")
                found[-1][1] = f"{head} | {line.strip()}"
    return [tuple(item) for item in found]


def read_list(path):
    """(compiled pattern, reason) of each line `regex  # reason` of a list."""
    patterns = []
    if not path.exists():
        return patterns
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            pattern, mark, reason = line.rpartition("  # ")
            if not mark or not reason.strip():
                raise ValueError(f"{path.name}: no '  # reason' in: {line}")
            patterns.append((re.compile(pattern.strip()), reason.strip()))
    return patterns


def unexpected(records):
    """The complaints about records that no line of the list explains."""
    expected = read_list(EXPECTED)
    lost = [
        f"{where}: {line[:600]}"
        for where, line in records
        if not any(pattern.search(line) for pattern, _ in expected)
    ]
    if len(expected) > MOST:
        lost.append(f"{EXPECTED.name} has {len(expected)} lines, {MOST} are allowed")
    return lost
