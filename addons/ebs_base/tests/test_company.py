# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form

from .common import EbsCase


class TestCompany(EbsCase):
    """The operator's rules, and what makes a company a platform."""

    def _changes(self, company=None):
        return self.env["ebs.rule.change"].search(
            [("company_id", "=", (company or self.company).id)]
        )

    def test_a_company_is_no_platform_until_it_is_made_one(self):
        company = self.env["res.company"].create({"name": "Shop"})
        self.assertFalse(company.is_ebs_platform)
        self.assertEqual(company.ebs_tz, "Europe/Paris")
        self.assertEqual(company.ebs_join_mode, "open")
        self.assertFalse(
            self.env["ebs.terms"].search([("company_id", "=", company.id)])
        )

    def test_each_changed_rule_is_logged_in_words(self):
        admin = self.env.ref("base.user_admin")
        admin.company_ids |= self.company
        self.company.with_user(admin).write(
            {"ebs_join_mode": "approval", "ebs_tz": "Indian/Reunion"}
        )
        logged = {change.field_name: change for change in self._changes()}
        self.assertEqual(set(logged), {"ebs_join_mode", "ebs_tz"})
        change = logged["ebs_join_mode"]
        self.assertEqual(change.name, "Who May Join")
        self.assertEqual(change.old_value, "Everyone")
        self.assertEqual(change.new_value, "After approval by a moderator")
        self.assertEqual(change.user_id, admin)
        self.assertTrue(change.create_date)

    def test_what_stays_the_same_and_what_is_no_rule_is_not_logged(self):
        self.company.write({"ebs_join_mode": "open", "name": "Alder & Sons"})
        self.assertFalse(self._changes())

    def test_rules_of_a_company_that_is_no_platform_are_not_logged(self):
        company = self.env["res.company"].create({"name": "Shop"})
        company.ebs_join_mode = "approval"
        self.assertFalse(self._changes(company))

    def test_several_platforms_log_each_their_own(self):
        self.other_company.ebs_join_mode = "approval"
        (self.company | self.other_company).write({"ebs_join_mode": "approval"})
        self.assertEqual(len(self._changes()), 1)
        self.assertEqual(len(self._changes(self.other_company)), 1)

    def test_rules_are_set_in_the_settings(self):
        settings = self.env["res.config.settings"].with_company(self.company)
        with Form(settings) as form:
            form.ebs_join_mode = "approval"
        form.record.execute()
        self.assertEqual(self.company.ebs_join_mode, "approval")
        self.assertTrue(self._changes())

    def test_every_rule_stands_in_the_settings(self):
        settings = self.env["res.config.settings"]
        for name in self.env["res.company"]._get_ebs_rules():
            self.assertIn(name, settings._fields)

    def test_nobody_without_rights_on_the_company_changes_a_rule(self):
        ada = self.make_member("Ada")
        for user in (ada.user_id, self.moderator, self.desk, self.stranger):
            self.assertFalse(self.company.with_user(user).has_access("write"))

    def test_nobody_edits_the_log(self):
        self.company.ebs_join_mode = "approval"
        admin = self.env.ref("base.user_admin")
        for operation in ("write", "unlink", "create"):
            self.assertFalse(self._changes().with_user(admin).has_access(operation))
