# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The one place where EBS asks what time it is.

Tests and the sample territory set the clock for a block of code; no request
can, since the clock is a context variable of the running thread.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from odoo import fields

_moment = ContextVar("ebs_clock", default=None)


def now():
    """Return the present moment: naive, UTC, in whole seconds."""
    return _moment.get() or fields.Datetime.now()


@contextmanager
def clock_at(moment):
    """Set the clock to a moment (naive, UTC) for the block under it."""
    moment = fields.Datetime.to_datetime(moment).replace(microsecond=0)
    token = _moment.set(moment)
    try:
        yield moment
    finally:
        _moment.reset(token)
