# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_access,
    test_audit,
    test_invite,
    test_join,
    test_organisers,
    test_races,
)
