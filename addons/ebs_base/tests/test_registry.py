# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What must hold of every EBS model that is installed."""

import inspect

from odoo.tests import TransactionCase, tagged

STAFF = {
    "ebs_base.group_ebs_staff",
    "ebs_base.group_ebs_moderator",
    "ebs_base.group_ebs_desk",
    "ebs_base.group_ebs_mediator",
    "ebs_base.group_ebs_manager",
    "base.group_system",
}
CIVIL = ("res.users", "res.partner")
# Vocabularies of fixed codes, the same on all platforms.
NO_COMPANY = ("ebs.way",)


@tagged("post_install", "-at_install", "ebs_security")
class TestRegistry(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.models = [
            cls.env[name]
            for name in sorted(cls.env.registry)
            if name.startswith("ebs.") and not cls.env[name]._abstract
        ]
        cls.lasting = [model for model in cls.models if not model._transient]

    def test_no_member_can_read_a_field_that_leads_to_a_user_or_partner(self):
        """Its display name is a civil name, and a domain on it is an oracle."""
        open_fields = [
            str(field)
            for model in self.lasting
            for field in model._fields.values()
            if field.relational and field.comodel_name in CIVIL
            if not field.groups or set(field.groups.split(",")) - STAFF
        ]
        self.assertFalse(open_fields)

    def test_the_log_of_a_record_is_for_staff(self):
        open_logs = [
            model._name
            for model in self.models
            if "message_ids" in model._fields
            and not isinstance(model, self.env.registry["ebs.log.mixin"])
        ]
        self.assertFalse(open_logs, "these inherit mail.thread, not ebs.log.mixin")
        open_fields = [
            str(field)
            for model in self.models
            for field in model._fields.values()
            if field.relational
            and field.comodel_name in ("mail.message", "mail.followers")
            and field.groups != "ebs_base.group_ebs_staff"
        ]
        self.assertFalse(open_fields)

    def test_every_model_stands_on_the_mixin(self):
        mixin = self.env.registry["ebs.base.mixin"]
        bare = [one._name for one in self.lasting if not isinstance(one, mixin)]
        self.assertFalse(bare)

    def test_every_state_goes_through_the_mixin(self):
        mixin = self.env.registry["ebs.state.mixin"]
        free = [
            model._name
            for model in self.lasting
            if "state" in model._fields and not isinstance(model, mixin)
        ]
        self.assertFalse(free)

    def test_members_and_visitors_write_nothing(self):
        groups = self.env.ref("base.group_portal") | self.env.ref("base.group_public")
        rights = self.env["ir.model.access"].search(
            [
                ("model_id.model", "=like", "ebs.%"),
                "|",
                ("group_id", "=", False),
                ("group_id", "in", groups.ids),
                "|",
                "|",
                ("perm_write", "=", True),
                ("perm_create", "=", True),
                ("perm_unlink", "=", True),
            ]
        )
        self.assertFalse(rights.mapped("name"))

    def test_what_members_read_is_under_a_rule_for_everybody(self):
        """But for what is open to all the world."""
        open_to_all = {"ebs.zone", "ebs.place", "ebs.terms", "ebs.category", "ebs.way"}
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "=like", "ebs.%"), ("perm_read", "=", True)]
        )
        read = set(rights.model_id.mapped("model")) - open_to_all
        rules = self.env["ir.rule"].search(
            [("perm_read", "=", True), ("groups", "=", False)]
        )
        ruled = set(rules.model_id.mapped("model"))
        lasting = {model._name for model in self.lasting}
        self.assertFalse((read & lasting) - ruled)

    def test_every_record_belongs_to_a_platform(self):
        homeless = [
            model._name
            for model in self.lasting
            if model._name not in NO_COMPANY
            and not (
                "company_id" in model._fields
                and (field := model._fields["company_id"])
                and (field.required or field.related)
                and field.store
                and field.index
                and model._check_company_auto
            )
        ]
        self.assertFalse(homeless)

    def test_relations_between_records_stay_on_one_platform(self):
        loose = [
            str(field)
            for model in self.lasting
            if "company_id" in model._fields
            for field in model._fields.values()
            if field.type in ("many2one", "many2many")
            and field.store
            and not field.related
            and (field.comodel_name or "").startswith("ebs.")
            and field.comodel_name not in NO_COMPANY
            and not field.check_company
        ]
        self.assertFalse(loose)

    def test_every_inverse_of_a_list_is_indexed(self):
        slow = {
            str(inverse)
            for model in self.lasting
            for field in model._fields.values()
            if field.type == "one2many" and field.comodel_name.startswith("ebs.")
            if (inverse := self.env[field.comodel_name]._fields[field.inverse_name])
            and inverse.store
            and not inverse.index
        }
        self.assertFalse(slow)

    def test_every_constraint_and_index_stands_in_the_database(self):
        """Odoo only logs those that it could not add."""
        cr = self.env.cr
        cr.execute("SELECT conname FROM pg_constraint")
        found = {name for (name,) in cr.fetchall()}
        cr.execute("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema")
        found |= {name for (name,) in cr.fetchall()}
        missing = [
            name
            for model in self.lasting
            for table_object in model._table_objects.values()
            if (name := table_object.full_name(model)) not in found
        ]
        self.assertFalse(missing)

    def test_every_constraint_says_what_is_wrong_in_a_sentence(self):
        dumb = [
            table_object.full_name(model)
            for model in self.lasting
            for table_object in model._table_objects.values()
            if table_object._module
            and table_object._module.startswith("ebs_")
            and hasattr(table_object, "_message")
            and not str(table_object._message or "").endswith(".")
        ]
        self.assertFalse(dumb)

    def test_no_member_s_words_are_markup(self):
        """Terms are written by managers, and sanitized."""
        allowed = {"ebs.terms.body"}
        html = {
            str(field)
            for model in self.lasting
            for field in model._fields.values()
            if field.type == "html"
        }
        self.assertFalse(html - allowed)

    def test_no_public_method_takes_what_rpc_keeps_for_itself(self):
        bad = [
            f"{model._name}.{name}"
            for model in self.models
            for name, method in inspect.getmembers(type(model), inspect.isfunction)
            if name.startswith("action_")
            if {"ids", "context"} & set(inspect.signature(method).parameters)
        ]
        self.assertFalse(bad)
