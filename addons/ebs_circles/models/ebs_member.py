# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

MODERATOR = "ebs_base.group_ebs_moderator"


class EbsMember(models.Model):
    """A member's places in circles."""

    _inherit = "ebs.member"

    circle_membership_ids = fields.One2many(
        "ebs.circle.member", "member_id", string="Circles", groups=MODERATOR
    )
    # Counted in the transaction that changes a membership: see `_count_circles`.
    circle_count = fields.Integer(
        string="Number of Circles",
        default=0,
        readonly=True,
        copy=False,
        groups=MODERATOR,
    )

    _circle_count_holds = models.Constraint(
        "CHECK (circle_count >= 0)", "Nobody is in less than no circle."
    )

    def unlink(self):
        """Take the memberships along, so that every circle's counter follows."""
        self.sudo().circle_membership_ids.unlink()
        return super().unlink()

    def _set_state(self, allowed_from, to, values=None):
        """Who may not read any more is sent nothing more about circles either."""
        moved = super()._set_state(allowed_from, to, values)
        if moved and to in ("suspended", "left"):
            self.env["mail.mail"]._ebs_withdraw(
                [("ebs_member_id", "in", moved.ids), ("ebs_circle_id", "!=", False)]
            )
        return moved

    @api.model
    def _get_mail_marks(self, values):
        """Say which circle a mail is about, and to whom."""
        marks = super()._get_mail_marks(values)
        if circle := values.get("circle"):
            marks["ebs_circle_id"] = circle.id
            marks["ebs_member_id"] = values.get("member") and values["member"].id
        return marks

    def _count_circles(self, change):
        """Add to the counters, so that one who joins twice at once meets here."""
        self.flush_recordset(["circle_count"])
        self.env.cr.execute(
            SQL(
                """UPDATE ebs_member SET circle_count = circle_count + %s
                WHERE id IN %s RETURNING id, circle_count""",
                change,
                tuple(sorted(self.ids)),
            )
        )
        counts = dict(self.env.cr.fetchall())
        self.invalidate_recordset(["circle_count"], flush=False)
        if change > 0:
            for member in self:
                member._check_circle_room(counts[member.id])

    def _check_circle_room(self, count):
        """Refuse more circles for one member than the platform's rules allow."""
        company = self.company_id
        if count > company.ebs_member_max_circles:
            raise UserError(
                self.env._(
                    "%(name)s is in as many circles as the rules of %(platform)s allow"
                    " (%(count)s): please leave one first.",
                    name=self.name,
                    count=company.ebs_member_max_circles,
                    platform=company.name,
                )
            )
