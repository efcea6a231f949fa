# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_audit,
    test_back_office,
    test_catalogue,
    test_circle_ends,
    test_circle_privacy,
    test_database,
    test_exchange,
    test_expiry,
    test_garbage,
    test_inquiry,
    test_listing,
    test_mail,
    test_migration,
    test_moderation,
    test_photo,
    test_promise,
    test_security,
    test_visibility,
    test_words,
)
