# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .common import ListingsCase


class DisputeCase(ListingsCase):
    """A gift that was agreed on and went wrong, and the people of the platform."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_member("Olga")
        cls.asker = cls.make_member("Anna")
        cls.passer = cls.make_member("Pia")
        cls.second = cls._make_staff("second", "ebs_base.group_ebs_mediator")
        cls.exchange = cls.make_agreed()

    @classmethod
    def make_agreed(cls, **values):
        """Asked for and accepted."""
        exchange = cls.ask(cls.asker, cls.make_listing(cls.owner, **values))
        cls.by(cls.owner, exchange).action_accept()
        return exchange

    @classmethod
    def open_case(cls, member=None, exchange=None, reason="It is broken.", **values):
        """Open a case as the member; the superuser's view of it."""
        record = cls.by(member or cls.asker, exchange or cls.exchange)
        return record.action_open_dispute({"reason": reason, **values}).sudo()

    @classmethod
    def take(cls, dispute, user=None):
        dispute.with_user(user or cls.mediator).action_take()
        return dispute

    @classmethod
    def say(cls, who, dispute, body="I see it otherwise.", **values):
        record = cls.by(who, dispute) if "kind" in who else dispute.with_user(who)
        record.action_write({"body": body, **values})

    @classmethod
    def make_heard(cls, **values):
        """A case that is taken, and in which both have written."""
        dispute = cls.take(cls.open_case(**values))
        cls.say(cls.owner, dispute)
        return dispute

    @classmethod
    def settle(cls, dispute, outcome="no_fault", text="As seen.", amount=None):
        mediator = dispute.sudo().mediator_id
        dispute.with_user(mediator).action_settle(outcome, text, amount)
        return dispute

    def reads(self, user, record):
        """Whether an account finds a record."""
        user = user.sudo().user_id if user._name == "ebs.member" else user
        found = self.env[record._name].with_user(user).search([("id", "=", record.id)])
        return bool(found)
