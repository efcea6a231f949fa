# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """A mediator of an open case may read what the two wrote to each other."""
    cr.execute(
        """UPDATE ir_rule SET domain_force = '[("is_readable", "=", True)]'
        WHERE id IN (SELECT res_id FROM ir_model_data
            WHERE module = 'ebs_listings' AND model = 'ir.rule'
            AND name = 'ebs_listings_rule_message_party')"""
    )
