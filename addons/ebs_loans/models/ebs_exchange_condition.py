# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_image, to_text
from odoo.addons.ebs_listings.models.ebs_exchange import REASON_LENGTH
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import LazyTranslate

from .ebs_condition import KINDS

_lt = LazyTranslate(__name__)

NOTE_LENGTH = 2000
MAX_PHOTOS = 8
# Where a loan may be when the report of that moment is written.
REPORT_STATES = {
    "hand_over": ("accepted", "ongoing"),
    "return": ("ongoing", "returned", "done"),
}
# A report that is written before the moment itself may be written anew.
BEFORE = {"hand_over": "accepted", "return": "ongoing"}


class EbsExchange(models.Model):
    """In what state the thing goes out and comes back, and who agrees to that."""

    _inherit = "ebs.exchange"

    condition_ids = fields.One2many("ebs.condition", "exchange_id", "Condition Reports")
    condition_required = fields.Boolean("Condition Report Required", readonly=True)

    # === WHAT THE PARTIES DO === #

    def action_report_condition(self, kind, report):
        """Write the report of hand-over or return, by the owner's side or the desk.

        `report` is {"note": text, "checks": {name: whether in order}, "photos":
        [picture in base64, …]}.
        """
        loan = self._check_handler()
        loan._check_kind(kind)
        if loan.state not in REPORT_STATES[kind]:
            raise UserError(
                self.env._("This is not possible, or not any more: look where it is.")
            )
        self._report_condition(kind, report)

    def action_confirm_condition(self, kind):
        """Agree to what the report says."""
        report, side = self._get_report_to_answer(kind)
        report._confirm(side)

    def action_object_condition(self, kind, objection):
        """Say what is wrong with the report; the other party is told."""
        report, side = self._get_report_to_answer(kind)
        objection = to_text(objection, NOTE_LENGTH)
        if not objection:
            raise UserError(self.env._("Please say what is not as it was written."))
        report._object(side, objection)
        loan = self.sudo()
        loan._tell(
            loan._get_other_side(side),
            "ebs_loans.mail_condition_objected",
            _lt("The report is not agreed to: “%(title)s”", title=loan.title),
            {"report": report},
        )

    def action_desk_confirm_condition(self, kind, note):
        """Confirm the report for both parties, by the desk, with a note."""
        self._check_readable()
        report = self._get_report(kind)
        if not self._is_desk() or not report or report._is_settled():
            raise UserError(
                self.env._("This is not possible, or not any more: look where it is.")
            )
        note = to_text(note, REASON_LENGTH)
        if not note:
            raise UserError(self.env._("Please note how you know that both agree."))
        report.write({"desk_confirmed_at": clock.now(), "desk_note": note})

    # === CHECKS === #

    def _check_handler(self):
        """Return the loan with all rights, for the owner's side or the desk."""
        self._check_readable()
        loan = self.sudo()
        if not loan._is_loan() or (
            self._get_my_side() != "owner" and not self._is_desk()
        ):
            raise UserError(
                self.env._("This is not possible, or not any more: look where it is.")
            )
        return loan

    def _check_kind(self, kind):
        if not isinstance(kind, str) or kind not in dict(KINDS):
            raise UserError(
                self.env._("Say whether it is about the hand-over or the return.")
            )

    def _get_report_to_answer(self, kind):
        """Return the report with all rights and the user's side, if it waits for it."""
        self._check_readable()
        self._check_kind(kind)
        side, report = self._get_my_side(), self._get_report(kind)
        if not side or not report or not report._is_waiting_for(side):
            raise UserError(
                self.env._("This is not possible, or not any more: look where it is.")
            )
        return report, side

    # === BUSINESS METHODS === #

    def _get_report(self, kind):
        """The report of that moment, with all rights, or none."""
        return self.sudo().condition_ids.filtered(lambda report: report.kind == kind)

    def _get_checklist(self, kind):
        """What to look at; on return, the same as when it went out."""
        checks = self._get_report("hand_over").checks if kind == "return" else None
        if checks:
            return [name for name, _is_fine in checks]
        return self.sudo().listing_id.category_id._get_checklist()

    def _note_condition(self, kind, report):
        """Write the report that comes with hand-over or return, or miss it."""
        if report:
            self._report_condition(kind, report)
        elif self.sudo().condition_required and not self._get_report(kind):
            raise UserError(
                self.env._(
                    "Write down its condition first: the check-list, and a photo if "
                    "you can."
                )
            )

    def _report_condition(self, kind, report):
        """Write the report by the user at work."""
        loan = self.sudo()
        values = self._read_report(kind, report)
        written = self._get_report(kind)
        if written:
            if loan.state != BEFORE[kind] or written._is_settled():
                raise UserError(self.env._("This report is written already."))
            written.unlink()
        side = "owner" if self._get_my_side() == "owner" else "desk"
        loan.env["ebs.condition"].create(
            {
                **values,
                "exchange_id": loan.id,
                "kind": kind,
                "made_side": side,
                "made_at": clock.now(),
                "user_id": self.env.user.id,
                "owner_confirmed_at": clock.now() if side == "owner" else False,
            }
        )

    def _read_report(self, kind, report):
        """Return what somebody sent as the values of a report, or a sentence."""
        report = self._check_keys(report, ("note", "checks", "photos"))
        values = {
            "note": to_text(report.get("note"), NOTE_LENGTH),
            "checks": self._read_checks(kind, report.get("checks") or {}),
            "photo_ids": [
                Command.create({"image_1920": picture})
                for picture in self._read_photos(report.get("photos") or [])
            ],
        }
        if not any(values.values()):
            raise UserError(
                self.env._("Write a word on its condition, or add a photo.")
            )
        return values

    def _read_checks(self, kind, checks):
        names = self._get_checklist(kind)
        checks = self._check_keys(checks, names)
        return [[name, checks.get(name) is True] for name in names]

    def _read_photos(self, photos):
        if not isinstance(photos, list):
            raise UserError(self.env._("Please add photos from a camera or a file."))
        if len(photos) > MAX_PHOTOS:
            raise UserError(
                self.env._("Please choose at most %(count)s photos.", count=MAX_PHOTOS)
            )
        return [picture for photo in photos if (picture := to_image(photo))]

    def _commit_accept(self):
        """Agree on whether the condition is written down."""
        res = super()._commit_accept()
        if self._is_loan():
            self.condition_required = self.listing_id._is_condition_required()
        return res

    def _release(self):
        res = super()._release()
        self.condition_ids.unlink()
        return res
