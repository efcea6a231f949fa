# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who reads what: each kind of person against each model of this addon."""

from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import EbsCase
from .test_utils import make_picture


@tagged("ebs_security")
class TestAccessMatrix(EbsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.bob = cls.make_member("Bob")
        cls.pending = cls.make_member("Pending", state="pending")
        cls.suspended = cls.make_member("Suspended", state="suspended")
        cls.club = cls.make_member("Club", kind="association", state="pending")
        cls.abroad = cls.make_member("Abroad", company=cls.other_company)
        cls.abroad_pending = cls.make_member(
            "Waiting Abroad", company=cls.other_company, state="pending"
        )
        cls.delegate_user = cls.make_user("delegate@example.com")
        cls.removed_user = cls.make_user("removed@example.com")
        cls.delegate = cls.make_delegate(cls.club, cls.delegate_user)
        cls.make_delegate(cls.club, cls.removed_user).action_archive()
        cls.all = (
            cls.ada
            | cls.bob
            | cls.pending
            | cls.suspended
            | cls.club
            | cls.abroad
            | cls.abroad_pending
        )
        cls.approved = cls.ada | cls.bob | cls.abroad
        cls.local = cls.all - cls.abroad - cls.abroad_pending
        nobody = cls.env["ebs.member"]
        # who: (user, personas readable, private sheets readable)
        cls.people = {
            "visitor": (cls.visitor, cls.approved, nobody),
            "member": (cls.ada.user_id, cls.approved, cls.ada),
            "pending": (cls.pending.user_id, cls.approved | cls.pending, cls.pending),
            "suspended": (
                cls.suspended.user_id,
                cls.approved | cls.suspended,
                cls.suspended,
            ),
            "delegate": (cls.delegate_user, cls.approved | cls.club, cls.club),
            "removed delegate": (cls.removed_user, cls.approved, nobody),
            "member of the other platform": (
                cls.abroad.user_id,
                cls.approved,
                cls.abroad,
            ),
            "stranger": (cls.stranger, cls.approved, nobody),
            "desk": (cls.desk, cls.approved | cls.local, cls.local),
            "moderator": (cls.moderator, cls.approved | cls.local, cls.local),
            "manager": (cls.manager, cls.approved | cls.local, cls.local),
        }

    def _search(self, model, user, member_field):
        """Return whose records of a model a user finds, or None for no access."""
        records = self.env[model].with_user(user)
        if not records.has_access("read"):
            return None
        found = records.search([(member_field, "in", self.all.ids)])
        return found.sudo().mapped(member_field) if member_field != "id" else found

    def test_matrix_of_personas(self):
        for who, (user, readable, _private) in self.people.items():
            with self.subTest(who):
                self.assertEqual(self._search("ebs.member", user, "id"), readable)
                for member in self.all.with_user(user):
                    may = member.has_access("read")
                    self.assertEqual(may, member.sudo(False) in readable, member.name)

    def test_matrix_of_private_data(self):
        for who, (user, _readable, private) in self.people.items():
            with self.subTest(who):
                found = self._search("ebs.member.private", user, "member_id")
                self.assertEqual(found or private.browse(), private)
                for member in self.all:
                    sheet = member.private_ids.with_user(user)
                    self.assertEqual(sheet.has_access("read"), member in private)

    def test_matrix_of_consents(self):
        for who, (user, _readable, private) in self.people.items():
            with self.subTest(who):
                found = self._search("ebs.consent", user, "member_id")
                self.assertEqual(found or private.browse(), private)

    def test_matrix_of_delegates(self):
        for who, (user, _readable, private) in self.people.items():
            with self.subTest(who):
                found = self._search("ebs.delegate", user, "member_id")
                self.assertEqual(bool(found), self.club in private)

    def test_the_log_of_rules_is_for_staff_of_the_platform(self):
        self.company.ebs_join_mode = "approval"
        self.other_company.ebs_join_mode = "approval"
        for who, (user, _readable, _private) in self.people.items():
            with self.subTest(who):
                changes = self.env["ebs.rule.change"].with_user(user)
                if who in ("desk", "moderator", "manager"):
                    self.assertEqual(changes.search([]).company_id, self.company)
                else:
                    self.assertFalse(changes.has_access("read"))

    def test_zones_and_terms_are_open_to_all_the_world(self):
        for who, (user, _readable, _private) in self.people.items():
            with self.subTest(who):
                self.assertIn(self.zone, self.zone.with_user(user).search([]))
                self.assertTrue(self.env["ebs.terms"].with_user(user).search_count([]))

    def test_nobody_but_staff_writes_anything(self):
        staff = ("moderator", "manager")
        for who, (user, _readable, _private) in self.people.items():
            if who in staff:
                continue
            for record in (
                self.ada,
                self.ada.private_ids,
                self.delegate,
                self.zone,
                self.ada.consent_ids,
                self.env["ebs.terms"]._get_current(self.company),
            ):
                mine = record.with_user(user)
                with self.subTest(who, model=record._name):
                    for operation in ("write", "unlink", "create"):
                        self.assertFalse(mine.has_access(operation))

    def test_staff_write_on_their_own_platform_only(self):
        for user in (self.moderator, self.manager):
            self.ada.with_user(user).bio = "By staff."
            with self.assertRaises(AccessError):
                self.abroad.with_user(user).bio = "By staff."
            with self.assertRaises(AccessError):
                self.abroad.private_ids.with_user(user).phone = False
            with self.assertRaises(AccessError):
                self.env["ebs.member"].with_user(user).create(
                    {"name": "X", "company_id": self.other_company.id}
                )
        self.assertFalse(self.ada.with_user(self.manager).has_access("unlink"))

    def test_a_manager_may_do_what_moderators_and_the_desk_do(self):
        for group in ("moderator", "desk", "staff", "manager"):
            self.assertTrue(self.manager.has_group(f"ebs_base.group_ebs_{group}"))
        self.assertFalse(self.moderator.has_group("ebs_base.group_ebs_desk"))
        self.assertFalse(self.desk.has_group("ebs_base.group_ebs_moderator"))
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("ebs_base.group_ebs_manager"))

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_no_member_reaches_an_account_by_reading_or_by_searching(self):
        """Neither by the field itself nor by a domain that goes through it."""
        ada = self.ada.with_user(self.bob.user_id)
        private = ("user_id", "delegate_ids", "private_ids", "create_uid", "write_uid")
        for name in (*private, "message_ids", "message_partner_ids", "consent_ids"):
            with self.subTest(name):
                self.assertNotIn(name, ada.fields_get())
                with self.assertRaises(AccessError):
                    ada.read([name])
                with self.assertRaises(AccessError):
                    ada.search([(name, "!=", False)])
        for path in ("user_id.login", "private_ids.email", "message_ids.body"):
            with self.assertRaises(AccessError):
                ada.search([(path, "ilike", "a")])
        with self.assertRaises(AccessError):
            ada.search([], order="user_id")
        with self.assertRaises(AccessError):
            ada._read_group([], ["user_id"])

    def test_no_member_reads_another_s_account_or_partner(self):
        bob = self.bob.user_id
        for record in (self.ada.user_id.partner_id, self.ada.user_id):
            with self.assertRaises(AccessError):
                record.with_user(bob).read(["name", "email"])

    def test_a_picture_is_served_by_the_rules_alone(self):
        """Core serves any picture past them where `website` says published."""
        self.pending.image_1920 = make_picture()
        self.ada.image_1920 = make_picture()
        binary = self.env["ir.binary"]
        for field in ("image_1920", "image_128"):
            for who, (user, readable, _private) in self.people.items():
                with self.subTest(who, field=field):
                    self.env.invalidate_all()
                    for member in (self.pending, self.ada):
                        self.assertEqual(
                            self._is_served(binary.with_user(user), member, field),
                            member in readable,
                        )

    def _is_served(self, binary, member, field):
        try:
            binary._find_record(None, "ebs.member", member.id, None, field)
        except (AccessError, MissingError):
            return False
        return True
