# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_ask,
    test_audit,
    test_calendar,
    test_circle_privacy,
    test_clock,
    test_closed,
    test_constraints,
    test_copies,
    test_days,
    test_deposit,
    test_free,
    test_handling,
    test_property,
    test_reminder,
    test_security,
    test_utils,
)
