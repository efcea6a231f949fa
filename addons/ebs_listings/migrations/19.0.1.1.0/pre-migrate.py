# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """An exchange begins with a question now: until here it began with a request."""
    cr.execute("ALTER TABLE ebs_exchange ADD COLUMN IF NOT EXISTS opened_at timestamp")
    cr.execute("UPDATE ebs_exchange SET opened_at = requested_at")
