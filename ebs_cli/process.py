# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Other programs: their environment, their output, their end."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

from .paths import LOGS
from .steps import EbsError

# What the caller's shell may hold and Odoo would prefer to its configuration file.
_FOREIGN = ("PG", "ODOO_", "OPENERP_", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
_PR_SET_PDEATHSIG = 1
# Loaded here: nothing may be imported between fork and exec.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def child_env(**values):
    """The caller's environment without what would redirect Odoo or PostgreSQL."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
    env.update({k: str(v) for k, v in values.items()})
    return env


def _die_with_parent():
    """Ask Linux to end this child when the command is killed without a chance."""
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def run_logged(command, log, env=None, cwd=None, wrap=None):
    """Run a program with its output in a log file; return its exit code."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with open(log, "ab") as stream:
        return subprocess.run(  # noqa: S603 - a list, never a shell
            [*(wrap or []), *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env=env or child_env(),
            cwd=cwd,
            preexec_fn=_die_with_parent,
            check=False,
        ).returncode


def output_of(command, env=None):
    """The standard output of a program, or None when it fails or is not there."""
    try:
        done = subprocess.run(  # noqa: S603 - a list, never a shell
            list(map(str, command)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=env,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def tail(log, lines=12):
    """The last lines of a log, to show why a step failed."""
    try:
        with open(log, encoding="utf-8", errors="replace") as stream:
            return "".join(stream.readlines()[-lines:]).rstrip()
    except OSError:
        return ""


@contextmanager
def terminated_like_interrupted():
    """Make SIGINT, SIGTERM and SIGHUP end the command the same way: tidily."""

    def interrupt(number, frame):
        raise KeyboardInterrupt

    # A shell starts what it puts in the background with Ctrl-C ignored: heed it too.
    before = {signal.SIGINT: signal.signal(signal.SIGINT, interrupt)}
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            before[number] = signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def start_apart(command, **options):
    """Start a program in a session of its own, so that Ctrl-C reaches only us."""
    return subprocess.Popen(  # noqa: S603 - a list, never a shell
        list(map(str, command)),
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - no thread forks here
        **options,
    )


def wait_or_stop(child, patience=20):
    """Wait for a child; at Ctrl-C or SIGTERM stop it and wait for its end."""
    try:
        return child.wait()
    except KeyboardInterrupt:
        stop(child, patience)
        raise


def stop(child, patience=20):
    """Ask a child to end, and end its whole session when it does not."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if child.poll() is not None:
            return
        try:
            if number == signal.SIGKILL:
                os.killpg(child.pid, number)
            else:
                child.send_signal(number)
            child.wait(patience)
        except ProcessLookupError:
            return
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            continue


def run_attached(command, env=None):
    """Run a program that owns the terminal; Ctrl-C is its business alone."""
    try:
        child = subprocess.Popen(  # noqa: S603 - a list, never a shell
            list(map(str, command)), env=env
        )
    except FileNotFoundError as error:
        raise EbsError(f"{command[0]} is not there", "./ebs doctor") from error
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return child.wait()
    except KeyboardInterrupt:  # SIGTERM or SIGHUP to us alone
        stop(child)
        raise
    finally:
        signal.signal(signal.SIGINT, before)
