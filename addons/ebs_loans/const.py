# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Choices and limits that several models of loans share."""

LOAN_STEPS = [("hour", "Hour"), ("half_day", "Half Day"), ("day", "Day")]
# The most that an owner may ask for.
MAX_STEPS = 1000
MAX_HOURS = 720
DAYS_AHEAD = 365
