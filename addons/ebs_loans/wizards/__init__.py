# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    ebs_condition_confirm,
    ebs_deposit_keep,
    ebs_desk_loan,
    ebs_loan_lost,
)
