# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How the command speaks: steps with elapsed time, one-line errors with a cure."""

import sys
import threading
import time
from contextlib import contextmanager


class EbsError(Exception):
    """Something that the user can cure; told in one line, without a traceback."""

    def __init__(self, message, cure=""):
        super().__init__(message)
        self.cure = cure

    def __str__(self):
        text = " ".join(super().__str__().split())
        return f"{text.rstrip('.')}. Cure: {self.cure}" if self.cure else text


def say(text=""):
    """Print a line for people; standard output is left to what a command answers."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _is_live():
    return sys.stderr.isatty()


def _bar(done, total, width=24):
    full = int(width * min(done / total, 1)) if total else 0
    return f"[{'#' * full}{'.' * (width - full)}] {min(done / total, 1):4.0%}"


class Step:
    """One step under way; `progress` may be told from any thread."""

    def __init__(self, title):
        self.title = title
        self.began = time.monotonic()
        self.note = ""
        self._told = 0.0

    @property
    def elapsed(self):
        return time.monotonic() - self.began

    def progress(self, done, total, unit=""):
        """Show how far it is: a bar on a terminal, a line now and then elsewhere."""
        self.note = f"{_bar(done, total)} {unit}".rstrip()
        if not _is_live() and self.elapsed - self._told >= 15:
            self._told = self.elapsed
            say(f"    {self.note} {self.elapsed:.0f} s")

    def draw(self):
        """Rewrite the step's line on a terminal."""
        sys.stderr.write(f"\r\033[K==> {self.title} {self.note} {self.elapsed:.0f} s")
        sys.stderr.flush()


@contextmanager
def step(title):
    """Announce a step, show that it lives, and tell how long it took."""
    now = Step(title)
    ended = threading.Event()
    if _is_live():

        def tick():
            while not ended.wait(0.25):
                now.draw()

        ticker = threading.Thread(target=tick, daemon=True)
        ticker.start()
    else:
        ticker = None
        say(f"==> {title}")
    outcome = "stopped after"
    try:
        yield now
        outcome = "done in"
    finally:
        ended.set()
        if ticker:
            ticker.join()
            sys.stderr.write("\r\033[K")
            say(f"==> {title}: {outcome} {now.elapsed:.1f} s")
        else:
            say(f"    {outcome} {now.elapsed:.1f} s")
