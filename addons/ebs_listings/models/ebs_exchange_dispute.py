# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import psycopg2
from odoo import api, fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_text
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate, mute_logger

from .ebs_dispute_life import WORD_LENGTH

_lt = LazyTranslate(__name__)

OPEN_KEYS = ("reason", "photos", "agreed")


class EbsExchange(models.Model):
    """What went wrong: either party may ask for a mediator."""

    _inherit = "ebs.exchange"

    dispute_ids = fields.One2many("ebs.dispute", "exchange_id", string="Mediation")
    # Written with each step of a case, so that whatever a case stops and the opening
    # of one never happen side by side: the second of both starts again.
    is_disputed = fields.Boolean(
        string="In Mediation", readonly=True, copy=False, tracking=True
    )

    @api.model
    def _get_readable_domain(self):
        """A mediator reads what a party has opened to mediation, until it is settled.

        That is so inside circles too: whoever opens a case is told.
        """
        domain = super()._get_readable_domain()
        if opened := self.env["ebs.dispute"]._get_opened_exchange_ids():
            domain |= Domain("id", "in", opened)
        return domain

    # === WHAT THE PARTIES DO === #

    def action_open_dispute(self, values):
        """Open a case: `values` are a `reason`, `photos` in base64, and `agreed`.

        `agreed` says, for what was made inside a circle, that one knows that a
        mediator of the platform will read it.
        """
        self._check_readable()
        side = self._get_my_side()
        if not side:
            raise UserError(self.env._("Only the two parties may ask for a mediator."))
        exchange_sudo = self.sudo()
        opener = exchange_sudo._get_party(side)
        self.env["ebs.member"]._acting(exchange_sudo.company_id, opener.id)
        if refusal := exchange_sudo._get_dispute_refusal():
            raise UserError(refusal)
        values = self._check_keys(values, OPEN_KEYS)
        reason = to_text(values.get("reason"), WORD_LENGTH)
        if not reason:
            raise UserError(self.env._("Please say what went wrong."))
        if exchange_sudo.is_private and values.get("agreed") is not True:
            raise UserError(
                self.env._(
                    "This was made inside a circle: please confirm that a mediator"
                    " from outside it may read it."
                )
            )
        dispute = exchange_sudo._open_dispute(side, reason, values.get("photos"))
        return dispute.with_env(self.env)

    def _open_dispute(self, side, reason, photos):
        """Open the case, once for both, and tell whom it concerns."""
        disputes = self.env["ebs.dispute"]
        photos = disputes._read_photos(photos)
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                dispute = disputes.create(
                    {
                        "exchange_id": self.id,
                        "opener_id": self._get_party(side).id,
                        "reason": reason,
                        "opened_at": clock.now(),
                        "deadline": disputes._make_deadline(self.company_id),
                    }
                )
        except psycopg2.errors.UniqueViolation as error:
            raise UserError(
                self.env._("A case was opened a moment ago: reload the page.")
            ) from error
        self.is_disputed = True
        dispute._add_line(side, reason, photos)
        subject = _lt("A mediator was asked for: “%(title)s”", title=self.title)
        for told in ("owner", "asker"):
            dispute._tell(
                told,
                "ebs_listings.mail_dispute_opened",
                subject,
                {"by": side, "words": reason},
            )
        dispute._tell_users(dispute._get_mediators(), subject, reason)
        return dispute

    def _get_dispute_refusal(self):
        """Return why no case can be opened about this exchange now, or nothing."""
        self.ensure_one()
        if not self.accepted_at:
            return self.env._(
                "Nothing was agreed on: there is nothing to mediate. You can decline,"
                " cancel, or write to each other."
            )
        if self._get_dispute():
            return self.env._("There is a mediation case for this exchange already.")
        end = self.done_at or self.ended_at
        days = self.company_id.ebs_dispute_open_days
        if end and end + timedelta(days=days) < clock.now():
            return self.env._(
                "This ended more than %s days ago: it is too late for a mediator."
                " Please write to the team.",
                days,
            )
        return None

    def _get_dispute(self):
        """Return the case about this exchange that was not withdrawn, if any."""
        return self.dispute_ids.filtered(lambda one: one.state != "withdrawn")

    def _has_open_dispute(self):
        """Tell whether a case waits for its outcome."""
        self.ensure_one()
        return self.sudo().is_disputed

    def _check_action(self, code):
        """What a case decides on is not done while it is open."""
        if code in self._get_stopped_actions():
            self._check_readable()
            if self._has_open_dispute():
                raise UserError(
                    self.env._("A mediator looks at this: it waits for the outcome.")
                )
        return super()._check_action(code)

    def _get_stopped_actions(self):
        """Hook: the acts that wait for the outcome of an open case."""
        return ()
