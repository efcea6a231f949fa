# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo.addons.ebs_base.clock import clock_at, now
from odoo.addons.ebs_base.tests.common import EbsCase
from odoo.exceptions import UserError


class CirclesCase(EbsCase):
    """A circle of each mode, each with its organiser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.organiser = cls.make_member("Odile")
        cls.open_circle = cls.make_circle("Club of Walkers", "open")
        cls.request_circle = cls.make_circle("Rue des Postes", "request")
        cls.hidden_circle = cls.make_circle("The Dubois Family", "invitation")

    @classmethod
    def make_circle(cls, name, join_mode, organiser=None, is_listed=None):
        """Make a circle as staff do: name it, then give it an organiser.

        One by invitation is secret unless the caller says otherwise.
        """
        organiser = organiser or cls.organiser
        circle = cls.env["ebs.circle"].create(
            {
                "company_id": organiser.company_id.id,
                "name": name,
                "join_mode": join_mode,
                "is_listed": join_mode != "invitation"
                if is_listed is None
                else is_listed,
            }
        )
        circle._create_membership(organiser).action_make_organiser()
        # What the organiser was told is nobody's concern.
        cls.env["mail.mail"].search([("ebs_circle_id", "=", circle.id)]).unlink()
        return circle

    @classmethod
    def add_to_circle(cls, circle, *members):
        """Put members into a circle."""
        for member in members:
            circle._create_membership(member)._activate(("applied",))

    # === WORDS OF THE TESTS === #

    @staticmethod
    def place_of(member, circle):
        """Return the membership of a member in a circle."""
        return circle._find_membership(member)

    @staticmethod
    def later(**delay):
        """Give a block in which the clock is so much further."""
        return clock_at(now() + timedelta(**delay))

    @contextmanager
    def refused(self, sentence, error=UserError):
        """Give a block that is refused with that sentence, and undone as a request."""
        with self.assertRaisesRegex(error, sentence), self.env.cr.savepoint():
            yield
            self.env.flush_all()

    def run_announcements(self):
        """Run the task; what it commits is counted instead, and returned."""
        commits = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            self.env.flush_all()
            self.env.invalidate_all()
            commits.append(processed)
            return 60.0

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", commit):
            self.env["ebs.announcement"]._cron_send()
        return commits
