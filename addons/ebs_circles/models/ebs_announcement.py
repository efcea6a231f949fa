# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

BODY_LENGTH = 4000


class EbsAnnouncement(models.Model):
    """News that an organiser gives to a circle.

    The circle reads it at once on its page; a cron writes the mails.
    """

    _name = "ebs.announcement"
    _description = "Announcement"
    _inherit = ["ebs.base.mixin", "ebs.state.mixin"]
    _order = "sent_at desc, id desc"
    _rec_name = "author_name"
    _check_company_auto = True

    circle_id = fields.Many2one(
        "ebs.circle",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="circle_id.company_id", store=True, index=True, precompute=True
    )
    member_id = fields.Many2one(
        "ebs.member",
        string="Author",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
        check_company=True,
    )
    author_name = fields.Char(string="By", required=True, readonly=True)
    body = fields.Text(required=True, readonly=True)
    sent_at = fields.Datetime(string="Announced on", required=True, readonly=True)
    state = fields.Selection(
        [("waiting", "Mails to Be Written"), ("sent", "Mails Written")],
        required=True,
        default="waiting",
        readonly=True,
        copy=False,
    )
    is_readable = fields.Boolean(
        compute="_compute_is_readable", search="_search_is_readable", compute_sudo=True
    )

    _body_short = models.Constraint(
        f"CHECK (char_length(body) <= {BODY_LENGTH})",
        f"An announcement has at most {BODY_LENGTH} characters.",
    )
    _waiting_idx = models.Index("(id) WHERE state = 'waiting'")

    # === COMPUTE AND SEARCH === #

    @api.depends_context("uid")
    @api.depends("circle_id")
    def _compute_is_readable(self):
        readable = self.filtered_domain(self._get_readable_domain())
        for announcement in self:
            announcement.is_readable = announcement in readable

    def _search_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_readable_domain()

    @api.model
    def _get_readable_domain(self):
        """Those of one's circles, and of circles that a moderator has opened."""
        personas = self.env["ebs.member"]._get_mine()
        approved = personas.filtered(lambda member: member.state == "approved")
        ids = [
            *self.env["ebs.circle.member"]._get_circle_ids(approved),
            *self.env["ebs.circle"]._get_opened_ids(),
        ]
        return Domain("circle_id", "in", ids)

    # === MAILS === #

    def _get_addressees(self):
        """Return whom to write to now: who is in the circle and wants its news."""
        memberships = self.env["ebs.circle.member"].search(
            [
                ("circle_id", "=", self.circle_id.id),
                ("state", "=", "active"),
                ("is_mailed", "=", True),
                ("member_id.state", "=", "approved"),
            ]
        )
        return memberships.member_id - self.member_id

    def _send(self):
        """Write the mails in the queue, and note that it is done."""
        self.ensure_one()
        self._set_state(("waiting",), "sent")
        circle = self.circle_id
        self._get_addressees()._notify(
            "ebs_circles.mail_announcement",
            _lt("News of the circle “%(circle)s”", circle=circle.name),
            {"circle": circle, "announcement": self},
        )

    def _hold_circle(self):
        """Write the row of the circle: who leaves it meanwhile starts again.

        Otherwise a leaver, who deletes the mails that are there, would not see
        those that this transaction is about to write. Return whether it was free.
        """
        circle = self.circle_id.try_lock_for_update(allow_referencing=True)
        if circle:
            self.env.cr.execute(
                SQL(
                    "UPDATE ebs_circle SET member_count = member_count WHERE id = %s",
                    circle.id,
                )
            )
        return bool(circle)

    def _try_send(self):
        """Send, or leave it for later: one that fails holds up none of the others."""
        try:
            with self.env.cr.savepoint():
                if self._hold_circle():
                    self.with_company(self.company_id)._send()
        except Exception:
            _logger.exception("Announcement %s could not be sent", self.id)

    @api.model
    def _cron_send(self, batch_size=200):
        """Write the mails of what waits, one commit each, so that none goes twice."""
        waiting = [("state", "=", "waiting")]
        ids = self.search(waiting, order="id", limit=batch_size).ids
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(waiting))
        for announcement_id in ids:
            announcement = self.browse(announcement_id).try_lock_for_update()
            announcement = announcement.filtered_domain(waiting)
            if announcement:
                announcement._try_send()
            if not cron._commit_progress(1):
                break
