# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import os
import secrets
from datetime import timedelta

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MONDAY, LoansCase

_logger = logging.getLogger(__name__)

SEED = int(os.environ.get("EBS_SEED") or secrets.randbelow(10**9))
DAYS = 30
ACTIONS = ("ask", "accept", "cancel", "hand_over", "return")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS),
        st.integers(0, 50),  # which of the loans, or who asks
        st.integers(0, DAYS),  # first day
        st.integers(0, 6),  # further days
        st.integers(0, 20),  # hours that pass before
    ),
    min_size=5,
    max_size=40,
)


@tagged("ebs_loans", "ebs_property")
class TestNoOverlap(LoansCase):
    """T-C1 in one transaction: whatever is done in whatever order, no day twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _logger.info("EBS_SEED=%s", SEED)
        cls.members = [cls.make_member(f"Neighbour {n}") for n in range(3)]

    @seed(SEED)
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(copies=st.integers(1, 3), steps=STEPS)
    def test_no_copy_is_promised_twice_for_one_moment(self, copies, steps):
        _logger.debug("EBS_SEED=%s copies=%s steps=%s", SEED, copies, steps)
        savepoint = self.env.cr.savepoint()
        try:
            self.play(copies, steps)
        finally:
            savepoint.close(rollback=True)

    def play(self, copies, steps):
        listing = self.make_loan_listing(self.owner, copies=copies)
        loans = self.env["ebs.exchange"]
        self.make_room(listing)
        moment = MONDAY
        for action, pick, day, more, hours in steps:
            moment += timedelta(hours=hours)
            with self.at(*moment.timetuple()[:6]):
                try:
                    with self.env.cr.savepoint():
                        if action == "ask":
                            loans |= self.ask_days(listing, pick, day, more)
                        elif loans:
                            self.act(loans[pick % len(loans)], action)
                except UserError:
                    continue  # refused with a sentence: the state is as before
            self.check(listing)

    def make_room(self, listing):
        """Whatever follows, a first request for free days is accepted."""
        loan = self.ask_days(listing, 0, 0, 2)
        self.act(loan, "accept")
        self.assertEqual(loan.state, "accepted")

    def ask_days(self, listing, pick, day, more):
        first = MONDAY.date() + timedelta(days=day)
        last = first + timedelta(days=more)
        member = self.members[pick % len(self.members)]
        return self.ask(member, listing, first.isoformat(), last.isoformat())

    def act(self, loan, action):
        owner = loan.sudo().owner_id.user_id
        getattr(loan.with_user(owner), f"action_{action}")()

    def check(self, listing):
        """No overlap, and the audit finds each loan in order."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT count(*) FROM ebs_booking a JOIN ebs_booking b
                   ON a.copy_id = b.copy_id AND a.id != b.id
                  AND tsrange(a.date_start, a.date_end)
                   && tsrange(b.date_start, b.date_end)
               JOIN ebs_copy c ON c.id = a.copy_id WHERE c.listing_id = %s""",
            [listing.id],
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))
        self.assertEqual(self.env["ebs.audit"]._run(), [])
