# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class EbsAudit(models.AbstractModel):
    """What must hold of the SMS of a platform."""

    _inherit = "ebs.audit"

    @api.model
    def _get_queries(self):
        return [
            *super()._get_queries(),
            (
                "reminder %(reminder)s has %(number)s SMS",
                SQL(
                    """SELECT ebs_reminder_id AS reminder, COUNT(*) AS number
                         FROM sms_sms
                        WHERE ebs_reminder_id IS NOT NULL
                        GROUP BY ebs_reminder_id
                       HAVING COUNT(*) > 1"""
                ),
            ),
            (
                "SMS %(sms)s is not of the company of its reminder %(reminder)s",
                SQL(
                    """SELECT sms.id AS sms, reminder.id AS reminder
                         FROM sms_sms sms
                         JOIN ebs_reminder reminder
                           ON reminder.id = sms.ebs_reminder_id
                        WHERE sms.record_company_id != reminder.company_id"""
                ),
            ),
            (
                "SMS %(sms)s speaks for reminder %(reminder)s, which is not sent",
                SQL(
                    """SELECT sms.id AS sms, reminder.id AS reminder
                         FROM sms_sms sms
                         JOIN ebs_reminder reminder
                           ON reminder.id = sms.ebs_reminder_id
                        WHERE reminder.state != 'sent'"""
                ),
            ),
        ]
