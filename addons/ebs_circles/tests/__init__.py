# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_access,
    test_announcement,
    test_audit,
    test_back_office,
    test_content,
    test_garbage,
    test_invitation,
    test_invite,
    test_join,
    test_life,
    test_limits,
    test_mail,
    test_migration,
    test_organisers,
    test_races,
    test_real_races,
)
