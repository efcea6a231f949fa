# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_ask,
    test_audit,
    test_busy,
    test_circle_privacy,
    test_constraints,
    test_copies,
    test_copy_states,
    test_days,
    test_deposit,
    test_desk,
    test_feed,
    test_handling,
    test_kits,
    test_outside,
    test_outside_calendar,
    test_property,
    test_reminder,
    test_scan,
    test_security,
    test_utils,
)
