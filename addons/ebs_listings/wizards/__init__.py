# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import ebs_dispute_settle, ebs_dispute_write, ebs_listing_reject
