# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """What was written before anybody counted is not shown as unread."""
    cr.execute(
        """UPDATE ebs_exchange e
        SET owner_read_to = m.newest, asker_read_to = m.newest
        FROM (SELECT exchange_id, MAX(id) AS newest FROM ebs_message
            GROUP BY exchange_id) m
        WHERE m.exchange_id = e.id"""
    )
