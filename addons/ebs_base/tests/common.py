# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from ..clock import now


class EbsCase(TransactionCase):
    """Two platforms and everybody who may come to their door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Sentences are compared in English, whatever the database speaks.
        context = dict(cls.env.context, tracking_disable=True, lang="en_US")
        cls.env = cls.env(context=context)
        country = cls.env.ref("base.fr")
        companies = cls.env["res.company"].create(
            [
                {
                    "name": name,
                    "email": f"bonjour@{name.split()[-1].lower()}.example.com",
                    "country_id": country.id,
                    "is_ebs_platform": True,
                }
                for name in ("Platform Alder", "Platform Birch")
            ]
        )
        cls.company, cls.other_company = companies
        cls.zone = cls.env["ebs.zone"].create(
            {
                "company_id": cls.company.id,
                "name": "Wazemmes",
                "latitude": 50.6241,
                "longitude": 3.0497,
                "radius_km": 1.5,
            }
        )
        cls.moderator = cls._make_staff("moderator", "ebs_base.group_ebs_moderator")
        cls.desk = cls._make_staff("desk", "ebs_base.group_ebs_desk")
        cls.mediator = cls._make_staff("mediator", "ebs_base.group_ebs_mediator")
        cls.manager = cls._make_staff("manager", "ebs_base.group_ebs_manager")
        cls.stranger = cls._make_staff("stranger", "base.group_user")
        cls.visitor = cls.env.ref("base.public_user")

    @classmethod
    def _make_staff(cls, name, group):
        return new_test_user(
            cls.env,
            f"{name}@staff.example.com",
            groups=group,
            context={"no_reset_password": True, "tracking_disable": True},
            name=f"Civil {name}",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def make_user(cls, login, name="Civil Name", company=None):
        """Make a portal account; its password is its login."""
        return cls.env["res.users"]._ebs_create_portal(
            company or cls.company, name, login, login
        )

    @classmethod
    def make_member(
        cls,
        name,
        company=None,
        kind="person",
        state="approved",
        confirmed=True,
        login=None,
        **values,
    ):
        """Make a persona with its account, brought to a state by its own steps."""
        company = company or cls.company
        login = login or f"{name.lower().replace(' ', '.')}@example.com"
        user = cls.make_user(login, f"Civil {name}", company)
        member = cls.env["ebs.member"]._create_persona(company, user, name)
        member.write({"kind": kind, **values})
        if confirmed:
            member.private_ids.email_confirmed_at = now()
        if state in ("approved", "suspended"):
            member._approve()
        if state == "suspended":
            member.action_suspend("A test.")
        # What it was told on the way is nobody's concern.
        cls.env["mail.mail"].search([("email_to", "ilike", login)]).unlink()
        return member

    @classmethod
    def make_delegate(cls, member, user):
        """Let an account act for a member."""
        return cls.env["ebs.delegate"].create(
            {"member_id": member.id, "user_id": user.id}
        )

    @classmethod
    def give_mail_domain(cls, company, name):
        """Give a platform a mail domain of its own, and no other company one."""
        silent = cls.env["res.company"].search([("alias_domain_id", "=", False)])
        domain = cls.env["mail.alias.domain"].create({"name": name})
        # Core gives the first domain of all to everybody.
        silent.alias_domain_id = False
        company.alias_domain_id = domain
        return domain

    @staticmethod
    def as_user(member):
        """Return the member as its own account sees it."""
        return member.with_user(member.sudo().user_id)

    def mails_to(self, member):
        """Return the queued mails to a member's account, newest first."""
        address = member.sudo().user_id.email
        mails = self.env["mail.mail"].search([("email_to", "ilike", address)])
        self.assertEqual(set(mails.mapped("state")) - {"outgoing"}, set())
        return mails
