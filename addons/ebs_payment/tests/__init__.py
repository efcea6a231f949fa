# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    test_access,
    test_audit,
    test_card_deposit,
    test_card_end,
    test_card_pages,
    test_card_renewal,
    test_inbox,
    test_operator,
)
