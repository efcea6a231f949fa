# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields
from odoo.addons.ebs_base.clock import clock_at
from odoo.addons.ebs_listings.tests.common import ListingsCase
from odoo.exceptions import UserError


def utc(year, month, day, hour=0, minute=0, second=0):
    """A moment as Odoo stores it: UTC, without a zone."""
    return fields.Datetime.to_datetime(
        f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
    )


# A Monday morning in Lille, far from any clock change.
MONDAY = utc(2026, 11, 23, 8)


class LoansCase(ListingsCase):
    """An owner with a drill to lend, two borrowers, and a clock that stands still."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        watch = clock_at(MONDAY)
        watch.__enter__()
        cls.addClassCleanup(watch.__exit__, None, None, None)
        cls.owner = cls.make_member("Olga")
        cls.borrower = cls.make_member("Boris")
        cls.rival = cls.make_member("Rita")
        cls.drill = cls.make_loan_listing(cls.owner, name="Drill")

    # === THE WORLD === #

    @classmethod
    def make_loan_listing(cls, member, copies=1, way="lend", **values):
        """A published listing that can be lent, with that many copies."""
        listing = cls.make_listing(member, way=way, **{"name": "Ladder", **values})
        listing.sudo()._set_copy_count(copies)
        return listing

    @classmethod
    def ask(cls, member, listing, first, last=None, **values):
        """``member`` asks for the days ``first`` to ``last`` ('YYYY-MM-DD')."""
        return listing.with_user(member.user_id).action_ask(
            {
                "way": "lend",
                "message": "Hello, may I borrow it?",
                "date_start": first,
                "date_end": last or first,
                **values,
            }
        )

    @classmethod
    def accept(cls, exchange):
        """The owner says yes."""
        exchange.with_user(exchange.sudo().owner_id.user_id).action_accept()
        return exchange

    @classmethod
    def lend(cls, member, listing, first, last=None, **values):
        """Asked and accepted at once."""
        return cls.accept(cls.ask(member, listing, first, last, **values))

    @classmethod
    def hand_over(cls, exchange, deposit_received=False):
        owner = exchange.sudo().owner_id.user_id
        exchange.with_user(owner).action_hand_over(deposit_received)
        return exchange

    @classmethod
    def take_back(cls, exchange):
        exchange.with_user(exchange.sudo().owner_id.user_id).action_return()
        return exchange

    # === WORDS OF THE TESTS === #

    def at(self, *when):
        """A context in which the clock says that UTC moment."""
        return clock_at(utc(*when))

    @contextmanager
    def refused(self, sentence, error=UserError):
        """A block that is refused with that sentence, and undone as a request is."""
        with self.assertRaisesRegex(error, sentence), self.env.cr.savepoint():
            yield

    @contextmanager
    def cron(self, *moment):
        """The cron's own transaction boundaries, counted instead of committed."""
        commits = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            self.env.flush_all()
            self.env.invalidate_all()
            commits.append(processed)
            return 60.0

        with (
            self.at(*moment),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", commit),
        ):
            yield commits

    def mails_to(self, member, text=""):
        """The queued mails to a member whose subject or body holds ``text``."""
        return (
            super()
            .mails_to(member)
            .filtered(lambda mail: text in mail.subject or text in mail.body_html)
        )
