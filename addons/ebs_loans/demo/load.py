# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the sample members lend and rent, and the loans of this year."""

from datetime import timedelta

from odoo import fields
from odoo.addons.ebs_base.clock import clock_at
from odoo.addons.ebs_base.demo.reading import quietly, read_rows
from odoo.addons.ebs_listings.demo.acting import Story, play, publish
from odoo.addons.ebs_listings.demo.load import prepare_side

MODULE = "ebs_loans"


def load(env):
    """Fill the shelves, then let things go out and come back."""
    env = env(context={**env.context, "lang": "fr_FR", "tracking_disable": True})
    rows = read_rows(__file__, "listings.csv")
    rows.sort(key=lambda row: -int(row["days"]))
    for number, row in enumerate(rows):
        publish(env, MODULE, row, number + 3, prepare_loan)
    for number, row in enumerate(read_rows(__file__, "wants.csv")):
        publish(env, MODULE, row, number, prepare_side)
    exchanges = read_rows(__file__, "exchanges.csv")
    with quietly(env):
        play(
            [LoanStory(env, MODULE, row) for row in exchanges],
            meanwhile=lambda moment: send_reminders(env, moment),
        )


def prepare_loan(row):
    """Return what the owner of a thing to lend says besides."""
    kind, _space, amount = row["deposit"].partition(" ")
    return {
        "deposit_kind": kind or "none",
        "deposit_amount": amount,
        "copy_count": int(row["copies"] or 1),
    }


def send_reminders(env, moment):
    """Remind borrowers as the cron would have done until then."""
    reminders = env["ebs.reminder"]
    due = reminders.search([("state", "=", "waiting"), ("due_at", "<=", moment)])
    for reminder in due:
        with clock_at(reminder.due_at):
            reminder._send()


class LoanStory(Story):
    """A loan or a rental: its days, hand-over, return and deposit."""

    def __init__(self, env, module, row):
        super().__init__(env, module, row)
        self.start = int(row["start"])
        self.last = self.start + int(row["length"]) - 1

    def get_request(self):
        today = self.company._ebs_local(fields.Datetime.now()).date()
        first, last = (today + timedelta(days=day) for day in (self.start, self.last))
        days = {"date_start": str(first), "date_end": str(last)}
        return {**super().get_request(), **days}

    def tell_accepted(self, outcome, closing):
        if outcome == "cancelled":
            super().tell_accepted(outcome, closing)
            return
        back = outcome in ("done", "returned", "returned_free")
        if closing and not back:
            self.then(self.asked + 1, 12, self.asker_does, "write", closing)
        if outcome == "accepted":
            return
        held = self.listing.deposit_kind != "none"
        self.then(self.start, 8, self.owner_does, "hand_over", held)
        if not back:
            return
        if closing:
            self.then(self.last, 16, self.asker_does, "write", closing)
        self.then(self.last, 17, self.owner_does, "return")
        if held and outcome == "done":
            self.then(self.last, 17.5, self.owner_does, "return_deposit")
