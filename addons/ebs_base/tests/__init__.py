# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_access,
    test_audit,
    test_clock,
    test_company,
    test_hooks,
    test_log,
    test_mail_domain,
    test_member,
    test_notify,
    test_outage,
    test_personas,
    test_registry,
    test_reset_password,
    test_sign_up,
    test_spot,
    test_state,
    test_terms,
    test_utils,
)
