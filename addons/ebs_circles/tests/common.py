# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.ebs_base.tests.common import EbsCase


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
