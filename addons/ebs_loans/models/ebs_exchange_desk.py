# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.addons.ebs_base import clock
from odoo.addons.ebs_base.utils import to_text
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..utils import format_day, format_period

# Nobody works through more lines of one column in a day, nor counts more.
MAX_LINES = 100
MAX_COUNT = 1000
CODE_LENGTH = 200
# What waits for an answer, then the columns from left to right.
COLUMNS = ("waiting", "is_due_out", "is_due_back", "is_late")
# What the big button of a line may do, the first that is possible.
DESK_ACTS = ("accept", "hand_over", "return", "return_deposit")
LINE_FIELDS = (
    "company_id",
    "title",
    "asker_name",
    "owner_name",
    "state",
    "day_start",
    "day_end",
    "date_end",
    "copy_id",
    "place",
)


class EbsExchange(models.Model):
    """The loan desk: what goes out, what comes back and what is missed today."""

    _inherit = "ebs.exchange"

    @api.model
    @api.readonly
    def get_desk(self):
        """Return what the desk of the user's present platform has to do today.

        A dict with `platform`, `day` and `columns`, each with `code`, `count` (which
        stops at a thousand) and its first lines; the first one is what waits for the
        answer of staff. Raise AccessError for whoever does not run that desk.
        """
        company = self._check_desk()
        here = Domain("company_id", "=", company.id)
        columns = []
        for code in COLUMNS:
            domain = here & self._get_desk_domain(code)
            # By the day first, as the index of what is agreed has it: PostgreSQL would
            # look at all that is agreed for the months to come.
            found = self.search(
                domain, limit=MAX_COUNT, order="day_start, date_start, date_end, id"
            )
            shown = found[:MAX_LINES]
            shown.sudo().fetch(LINE_FIELDS)
            columns.append(
                {
                    "code": code,
                    "count": len(found),
                    "lines": shown._get_desk_lines(),
                }
            )
        return {
            "platform": company.name,
            "day": format_day(self.env, company._ebs_today()),
            "columns": columns,
        }

    @api.model
    def _get_desk_domain(self, code):
        """Return the loans of one column: what is late is in no other one."""
        if code == "waiting":
            return Domain("state", "=", "requested") & Domain("agreement", "=", "staff")
        domain = self._get_due_domain(code)
        if code == "is_due_back":
            domain &= Domain("date_end", ">", clock.now())
        return domain

    def _get_desk_lines(self):
        """Return what a line of the desk shows of each loan."""
        self.sudo().copy_id.fetch(["number"])
        return [
            {
                "id": loan.id,
                "title": loan.title,
                "asker": loan.asker_name,
                "owner": loan.owner_name,
                "copy": loan.sudo().copy_id.display_name or "",
                "place": loan.place or "",
                "period": format_period(self.env, loan.day_start, loan.day_end),
                "late_days": loan._get_late_days(),
            }
            for loan in self
        ]

    def _get_late_days(self):
        """Return for how many days it should have been back."""
        if self.state != "ongoing" or self.date_end > clock.now():
            return 0
        return (self.company_id._ebs_today() - self.day_end).days

    @api.readonly
    def get_desk_line(self):
        """Return all that the desk needs to hand one loan over or take it back.

        A line as in `get_desk` with `step` (what to do, in words), `act` (what the
        big button does, or False), `deposit` and `must_receive` (a deposit has to be
        noted first), `may_report` (its condition can be written down), `must_report`
        (it has to be) and `checklist` (what to look at). Raise AccessError for
        whoever does not run its desk.
        """
        self._check_desk()
        self._check_readable()
        line = self._get_desk_lines()[0]
        actions = self._get_actions()
        loan = self.sudo()
        act = next((code for code in DESK_ACTS if code in actions), False)
        reports = act in ("hand_over", "return") and not self._get_report(act)
        return {
            **line,
            "state": loan.state,
            "step": self._get_next_step() or "",
            "act": act,
            "may_report": bool(reports),
            "must_report": bool(reports and loan.condition_required),
            "checklist": self._get_checklist(act) if reports else [],
            "deposit": loan._get_deposit_words(self.env),
            "must_receive": loan.deposit_id.state == "agreed"
            and loan.deposit_id._is_in_hand(),
            "image": f"/web/image/ebs.exchange/{loan.id}/image_512"
            if loan.with_context(bin_size=True).image_512
            else "",
        }

    @api.model
    @api.readonly
    def get_desk_scan(self, code):
        """Return the id of the loan that a scanned or typed label is about.

        The label's address is as good as its code. The loan is the one under way,
        else the next one that is agreed on. Raise UserError when there is none.
        """
        company = self._check_desk()
        code = to_text(code, CODE_LENGTH).rstrip("/").rsplit("/", 1)[-1]
        found = self.env["ebs.copy"]._scan(company, code)
        if not found or found["role"] != "handler":
            raise UserError(
                self.env._("No label of this platform reads “%s”.", code[:20])
            )
        if not found["exchange"]:
            raise UserError(
                self.env._(
                    "Nobody has it and nobody has booked it: %(copy)s.",
                    copy=found["copy"]._get_names(),
                )
            )
        return found["exchange"].id

    @api.model
    def _check_desk(self):
        """Return the present platform, or refuse who does not run its desk."""
        company = self.env.company
        user = self.env.user
        if (
            not user.has_group("ebs_base.group_ebs_desk")
            or company not in user.company_ids
            or not company.sudo().is_ebs_platform
        ):
            raise AccessError(
                self.env._("Only the desk of the platform works here: ask its manager.")
            )
        return company
