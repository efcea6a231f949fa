# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_agreement,
    test_ask,
    test_asking_races,
    test_audit,
    test_audit_asking,
    test_circle_privacy,
    test_constraints,
    test_copies,
    test_days,
    test_deposit,
    test_extension,
    test_handling,
    test_late,
    test_limits,
    test_property,
    test_reminder,
    test_security,
    test_utils,
    test_waiting,
)
