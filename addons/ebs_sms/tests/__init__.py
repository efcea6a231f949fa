# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_access,
    test_gateways,
    test_queue,
    test_reminder,
    test_settings,
    test_status,
    test_utils,
)
