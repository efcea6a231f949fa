# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The plugin that keeps a run honest is tested itself."""

import os
import subprocess
import sys

import pytest

from tests import guard_log
from tests.command import ROOT

pytestmark = pytest.mark.slow

LOG = """2026-11-23 19:00:00,001 12 INFO db odoo.modules: fine
2026-11-23 19:00:00,002 12 WARNING db odoo.models: Field x is odd
2026-11-23 19:00:00,003 12 ERROR ? odoo.http: Exception during request
Traceback (most recent call last):
  File "x.py", line 1, in y
ValueError: the reason
2026-11-23 19:00:00,004 12 INFO db odoo.modules: ValueError: not this one
"""


def test_warnings_and_errors_are_read_with_the_end_of_their_traceback(tmp_path):
    path = tmp_path / "odoo.log"
    path.write_text(LOG)
    assert guard_log.read_file(path) == [
        ("odoo.log", "WARNING odoo.models: Field x is odd"),
        (
            "odoo.log",
            "ERROR odoo.http: Exception during request | ValueError: the reason",
        ),
    ]


def test_a_line_of_the_list_needs_a_reason(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("# head\nField .* is odd  # addons/web/x.py\n")
    ((pattern, reason),) = guard_log.read_list(path)
    assert pattern.search("WARNING odoo.models: Field x is odd")
    assert reason == "addons/web/x.py"
    path.write_text("Field .* is odd\n")
    with pytest.raises(ValueError, match="no '  # reason'"):
        guard_log.read_list(path)


def run(tmp_path, text, *words, **env):
    (tmp_path / "test_it.py").write_text(text)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EBS_", "ODOO"))}
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml"]
    command += ["-p", "no:cacheprovider", f"--rootdir={tmp_path}", "-p", "no:odoo"]
    return subprocess.run(
        [*command, *words, tmp_path / "test_it.py"],
        cwd=ROOT,
        env={**kept, **env},
        capture_output=True,
        text=True,
        check=False,
    )


GOOD = "def test_good():\n    pass\n"
SKIPPED = "import pytest\ndef test_it():\n    pytest.skip('no browser')\n" + GOOD
LOUD = "import logging\ndef test_it():\n    logging.getLogger('odoo.x').error('ouch')\n"


@pytest.mark.parametrize(
    ("text", "words", "env", "code", "told"),
    ids=["good", "no test ran", "skipped", "loud", "shared", "no browser", "selected"],
    argvalues=[
        (GOOD, (), {}, 0, "1 passed"),
        (GOOD, ("-k", "matrix"), {}, 1, "no test ran"),
        (SKIPPED, (), {}, 1, "skipped without a reason"),
        (LOUD, (), {}, 1, "ERROR odoo.x: ouch"),
        (LOUD, ("-n2",), {}, 1, "ERROR odoo.x: ouch"),
        (GOOD, (), {"EBS_ALL_PATHS": "1"}, 1, "no test drove a browser"),
        (GOOD, ("-k", "good"), {"EBS_ALL_PATHS": "1"}, 0, "1 passed"),
    ],
)
def test_a_run_is_green_only_when_it_tested(tmp_path, text, words, env, code, told):
    done = run(tmp_path, text, *words, **env)
    assert done.returncode == code, done.stdout + done.stderr
    assert told in done.stdout


def test_a_warning_in_a_server_log_of_the_run_fails_it(tmp_path):
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "server.log").write_text(LOG)
    done = run(tmp_path, GOOD, EBS_LOGS=str(logs))
    assert done.returncode == 1
    assert "server.log: WARNING odoo.models: Field x is odd" in done.stdout
    closing = done.stdout.splitlines()[-1]
    assert "1 passed" in closing
    assert "1 error" in closing
