# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Whoever answers for a loan was told its last day as it is now."""
    cr.execute(
        """UPDATE ebs_guarantee g SET answered_until = e.day_end
        FROM ebs_exchange e
        WHERE e.id = g.exchange_id AND g.answered_until IS NULL
          AND g.state IN ('accepted', 'freed', 'called')"""
    )
