# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import inspect

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CirclesCase

GARBAGE = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "x" * 100_000,
    "\x00",
    "\ud800",
    "é'\"%_\\",
    [],
    [None],
    {},
    {"name": []},
    {"name": {}, "image": 7, "is_listed": "x", "join_mode": []},
    {1: 2},
)
MODELS = (
    "ebs.circle",
    "ebs.circle.member",
    "ebs.circle.invitation",
    "ebs.circle.opening",
    "ebs.announcement",
)


@tagged("ebs_security")
class TestGarbage(CirclesCase):
    """T-S8: any portal user may call what is public, with anything in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ada = cls.make_member("Ada")
        cls.bob = cls.make_member("Bob")
        cls.add_to_circle(cls.hidden_circle, cls.ada)
        organiser = cls.hidden_circle.with_user(cls.organiser.user_id)
        cls.records = {
            "ebs.circle": cls.hidden_circle,
            "ebs.circle.member": cls.hidden_circle._find_membership(cls.ada),
            "ebs.circle.invitation": organiser.action_create_link().sudo(),
            "ebs.circle.opening": cls.hidden_circle.with_user(cls.moderator)
            .action_open_content("x")
            .sudo(),
            "ebs.announcement": organiser.action_announce("x").sudo(),
        }

    def _own_methods(self, name):
        """Return (name, method) of what RPC may call and this addon defines."""
        for method_name, method in inspect.getmembers(
            type(self.env[name]), inspect.isfunction
        ):
            if not method_name.startswith("_") and any(
                method_name in vars(one)
                for one in type(self.env[name]).__mro__
                if one.__module__.startswith("odoo.addons.ebs_circles")
            ):
                yield method_name, method

    def _call(self, record, method, *args, **kwargs):
        """Call as /web/dataset/call_kw does; only a sentence may come back."""
        try:
            with self.cr.savepoint(), mute_logger("odoo.addons.base.models.ir_rule"):
                call_kw(record.browse(), method, [*args], kwargs)
                self.env.flush_all()
        except (UserError, AccessError, MissingError) as error:
            self.assertTrue(str(error))
        finally:
            self.env.invalidate_all()

    def test_every_public_method_answers_garbage_with_a_sentence(self):
        users = (
            self.organiser.user_id
            + self.ada.user_id
            + self.bob.user_id
            + self.moderator
            + self.desk
            + self.visitor
        )
        called = set()
        for name in MODELS:
            for method_name, method in self._own_methods(name):
                if method_name in ("create", "write", "unlink"):
                    continue
                parameters = list(inspect.signature(method).parameters)[1:]
                by_model = getattr(method, "_api_model", False)
                ids = [] if by_model else [self.records[name].ids]
                for user in users:
                    record = self.records[name].with_user(user)
                    for value in GARBAGE if parameters else GARBAGE[:1]:
                        with self.subTest(
                            m=f"{name}.{method_name}", u=user.login, v=str(value)[:9]
                        ):
                            args = [value] if parameters else []
                            self._call(record, method_name, *ids, *args)
                            if "as_member_id" in parameters[1:]:
                                self._call(
                                    record, method_name, *ids, "x", as_member_id=value
                                )
                called.add(f"{name}.{method_name}")
        self.assertGreaterEqual(len(called), 19, called)

    def test_ids_may_be_anything(self):
        wrong = ([], [0], [-1], [2**31 - 1], [10**30], ["x"], ["1"], [None], [[1]])
        wrong += ([1.5], [True], [self.open_circle.id, self.hidden_circle.id])
        for name in MODELS:
            for method_name, method in self._own_methods(name):
                if method_name in ("create", "write", "unlink") or getattr(
                    method, "_api_model", False
                ):
                    continue
                parameters = list(inspect.signature(method).parameters)[1:]
                needed = ["x"] if parameters else []
                for ids in wrong:
                    with self.subTest(m=f"{name}.{method_name}", ids=ids):
                        record = self.records[name].with_user(self.ada.user_id)
                        with self.assertRaises(UserError):
                            call_kw(record.browse(), method_name, [ids, *needed], {})

    def test_a_hidden_thing_and_one_that_never_was_answer_alike(self):
        """The same error, the same words, the same number of queries."""
        for name in MODELS:
            record = self.records[name].with_user(self.bob.user_id)
            if not record.has_access("read") and name == "ebs.circle.opening":
                continue  # members may read none at all
            for method_name, method in self._own_methods(name):
                if method_name in ("create", "write", "unlink") or getattr(
                    method, "_api_model", False
                ):
                    continue
                parameters = list(inspect.signature(method).parameters)[1:]
                needed = ["x"] if parameters else []
                answers = []
                for ids in (record.ids, [2**31 - 2]) * 2:
                    self.env.flush_all()
                    self.env.invalidate_all()
                    before = self.cr.sql_log_count
                    with self.assertRaises(MissingError) as caught:
                        call_kw(record.browse(), method_name, [ids, *needed], {})
                    count = self.cr.sql_log_count - before
                    answers.append((str(caught.exception), count))
                with self.subTest(f"{name}.{method_name}"):
                    self.assertEqual(answers[2], answers[3])

    def test_members_create_write_and_delete_nothing(self):
        for name in MODELS:
            record = self.records[name]
            for user in (self.organiser.user_id, self.ada.user_id, self.visitor):
                for method, args in (
                    ("create", [{"circle_id": self.hidden_circle.id}]),
                    ("write", [record.ids, {"company_id": self.other_company.id}]),
                    ("unlink", [record.ids]),
                    ("copy", [record.ids]),
                ):
                    with self.subTest(m=f"{name}.{method}", u=user.login):
                        with self.assertRaises(AccessError), self.cr.savepoint():
                            call_kw(record.with_user(user).browse(), method, args, {})

    def test_the_wizard_opens_nothing_to_others_and_takes_any_context(self):
        wizard = self.env["ebs.circle.open"].with_user(self.moderator)
        ids = wizard.create({"reason": "x"}).ids
        for user in (self.moderator, self.organiser.user_id, self.visitor):
            for value in GARBAGE:
                for wizard_ids in (ids, []):
                    context = {"context": {"active_id": value}}
                    with self.subTest(u=user.login, v=str(value)[:9]):
                        with self.assertRaises(UserError):
                            call_kw(
                                wizard.with_user(user).browse(),
                                "action_confirm",
                                [wizard_ids],
                                context,
                            )

    def test_private_methods_are_not_to_be_called(self):
        for name, method in (
            ("ebs.circle", "_dissolve"),
            ("ebs.circle", "_count"),
            ("ebs.circle.member", "_end"),
            ("ebs.circle.member", "_activate"),
            ("ebs.circle.invitation", "_get_url"),
            ("ebs.circle.invitation", "_read_token"),
            ("ebs.announcement", "_cron_send"),
        ):
            record = self.records[name].with_user(self.organiser.user_id)
            with self.subTest(method), self.assertRaises(AccessError):
                call_kw(record.browse(), method, [record.ids], {})
