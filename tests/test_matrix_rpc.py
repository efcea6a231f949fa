# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may read and do what over RPC: every EBS model, everybody, every way in.

Odoo lets any account call any public method of any model. So the table below
says for each record of a small world who may read it; every way of reading must
agree with it, and no way of writing may work for anybody who is not staff.
"""

from odoo.addons.ebs_loans.tests.common import LoansCase
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

REFUSALS = (AccessError, MissingError, UserError, ValidationError)
MEMBERS = {
    "owner",
    "delegate",
    "asker",
    "circle_member",
    "member",
    "pending",
    "suspended",
    "former",
    "foreign",
}
STAFF = {"moderator", "desk", "manager"}
EVERYBODY = {"visitor", "stranger"} | MEMBERS | STAFF


@tagged("post_install", "-at_install")
class TestMatrixRpc(LoansCase):
    """The access matrix over `/web/dataset/call_kw` and `/json/2`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls._make_world()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _make_people(cls):
        cls.lender = cls.make_member("Lena Matrix")
        cls.asker = cls.make_member("Armand Matrix")
        cls.circle_member = cls.make_member("Celia Matrix")
        cls.member = cls.make_member("Marc Matrix")
        cls.pending = cls.make_member("Paula Matrix", state="pending")
        cls.suspended = cls.make_member("Serge Matrix")
        cls.former = cls.make_member("Fanny Matrix")
        cls.foreign = cls.make_member("Franz Matrix", company=cls.other_company)
        cls.delegate = cls.make_member("Denise Matrix")
        cls.make_delegate(cls.lender, cls.delegate.user_id)
        cls.actors = {
            "visitor": cls.visitor,
            "stranger": cls.stranger,
            "moderator": cls.moderator,
            "desk": cls.desk,
            "manager": cls.manager,
            "owner": cls.lender.user_id,
        }
        for name in MEMBERS - {"owner"}:
            cls.actors[name] = getattr(cls, name).user_id

    @classmethod
    def _make_world(cls):
        circle = cls.make_circle("Famille Dupont", "invitation", cls.lender)
        cls.add_to_circle(
            circle, cls.asker, cls.circle_member, cls.former, cls.suspended
        )
        circle.with_user(cls.former.user_id).action_leave()
        cls.suspended.action_suspend("Essai")
        to_circle = {"visibility": "circles", "circle_ids": circle.ids}
        listings = {
            "everyone": cls.make_loan_listing(cls.lender, name="Perceuse"),
            "members": cls.make_loan_listing(
                cls.lender, name="Ponceuse", visibility="members"
            ),
            "circle": cls.make_loan_listing(cls.lender, name="Scie", **to_circle),
            "orphan": cls.make_loan_listing(cls.lender, name="Coffre", **to_circle),
            "paused": cls.make_loan_listing(cls.lender, name="Échelle"),
        }
        listings["orphan"].circle_ids = False
        listings["paused"].with_user(cls.lender.user_id).action_pause()
        loan = cls.lend(cls.asker, listings["circle"], "2026-12-04", "2026-12-06")
        exchange = loan.sudo().with_user(cls.env.user)
        message = cls.env["ebs.message"].search([("exchange_id", "=", exchange.id)])
        cls.world = {
            "circle": circle,
            "listing everyone": listings["everyone"],
            "listing members": listings["members"],
            "listing circle": listings["circle"],
            "listing without circle left": listings["orphan"],
            "listing paused": listings["paused"],
            "copy circle": listings["circle"].copy_ids[:1],
            "exchange": exchange,
            "message": message,
            "booking": exchange.booking_ids[:1],
            "private of the owner": cls.env["ebs.member.private"].search(
                [("member_id", "=", cls.lender.id)]
            ),
            "persona approved": cls.lender,
            "persona pending": cls.pending,
            "persona suspended": cls.suspended,
        }
        owner_side = {"owner", "delegate"}
        in_circle = owner_side | {"asker", "circle_member"}
        approved = in_circle | {"member", "former"}
        parties = owner_side | {"asker"}
        cls.may_read = {
            "circle": in_circle | {"moderator", "manager"},
            "listing everyone": EVERYBODY,
            "listing members": approved | STAFF,
            "listing circle": in_circle | {"moderator", "manager"},
            "listing without circle left": owner_side | {"moderator", "manager"},
            "listing paused": owner_side | {"moderator", "manager"},
            "copy circle": in_circle | {"moderator", "manager"},
            "exchange": parties | STAFF,
            "message": parties,
            "booking": parties | {"desk", "manager"},
            "private of the owner": owner_side | STAFF,
            "persona approved": EVERYBODY,
            "persona pending": {"pending"} | STAFF,
            "persona suspended": {"suspended"} | STAFF,
        }

    def call(self, actor, model, method, *args, **kwargs):
        """Call a method as the web client would, for `actor`."""
        return call_kw(
            self.env[model].with_user(self.actors[actor]), method, args, kwargs
        )

    def can(self, reading):
        """Return whether `reading` gives something; refusals count as nothing."""
        try:
            with mute_logger("odoo.models", "odoo.addons.base.models.ir_rule"):
                return bool(reading())
        except REFUSALS:
            return False

    def is_refused(self, actor, model, method, *args):
        """Return whether a call ends in one of the refusals."""
        try:
            with mute_logger("odoo.models", "odoo.addons.base.models.ir_rule"):
                self.call(actor, model, method, *args)
        except REFUSALS:
            return True
        return False

    def test_every_way_of_reading_agrees_with_the_table(self):
        cells = 0
        for label, record in self.world.items():
            self.assertEqual(len(record), 1, label)
            domain = [("id", "=", record.id)]
            name, rec_id = record._name, record.id
            for actor in EVERYBODY:
                readings = {
                    "search": lambda n=name, d=domain, a=actor: self.call(
                        a, n, "search", d
                    ),
                    "search_count": lambda n=name, d=domain, a=actor: self.call(
                        a, n, "search_count", d
                    ),
                    "search_read": lambda n=name, d=domain, a=actor: self.call(
                        a, n, "search_read", d, ["id"]
                    ),
                    "read": lambda n=name, i=rec_id, a=actor: self.call(
                        a, n, "read", [i], ["id", "company_id"]
                    ),
                    "web_read": lambda n=name, i=rec_id, a=actor: self.call(
                        a, n, "web_read", [i], {"company_id": {}}
                    ),
                    "name": lambda n=name, i=rec_id, a=actor: self.call(
                        a, n, "read", [i], ["display_name"]
                    ),
                    "group": lambda n=name, d=domain, a=actor: self.call(
                        a, n, "formatted_read_group", d, ["company_id"], ["__count"]
                    ),
                    "export": lambda n=name, i=rec_id, a=actor: self.call(
                        a, n, "export_data", [i], [".id", "company_id/.id"]
                    )["datas"],
                    "has_access": lambda n=name, i=rec_id, a=actor: (
                        self.env[n]
                        .with_user(self.actors[a])
                        .browse(i)
                        .has_access("read")
                    ),
                }
                for way, reading in readings.items():
                    self.env.invalidate_all()
                    # Exporting is a right of its own, which nobody here has.
                    expected = actor in self.may_read[label] and way != "export"
                    with self.subTest(record=label, actor=actor, way=way):
                        self.assertEqual(self.can(reading), expected)
                    cells += 1
        self.assertGreaterEqual(cells, 1500)

    def test_context_keys_open_nothing(self):
        keys = {
            "active_test": False,
            "allowed_company_ids": [self.company.id, self.other_company.id],
            "bin_size": True,
            "su": True,
            "install_mode": True,
            "tracking_disable": True,
        }
        listing = self.world["listing circle"]
        for actor in sorted(EVERYBODY - self.may_read["listing circle"]):
            for key, value in keys.items():
                with self.subTest(actor=actor, key=key):
                    self.assertFalse(
                        self.can(
                            lambda a=actor, k=key, v=value: self.call(
                                a,
                                "ebs.listing",
                                "search",
                                [("id", "=", listing.id)],
                                context={k: v},
                            )
                        )
                    )

    def test_nobody_but_staff_creates_writes_or_deletes(self):
        models = [
            name
            for name, model in self.env.registry.items()
            if name.startswith("ebs.") and not model._abstract and not model._transient
        ]
        self.assertGreaterEqual(len(models), 15)
        cells = 0
        for name in sorted(models):
            record = self.env[name].search([], limit=1)
            for actor in sorted(MEMBERS | {"visitor", "stranger"}):
                attempts = [("create", {}), ("create", [{}])]
                if self.env[name]._rec_name:
                    attempts.append(("name_create", "x"))
                if record:
                    attempts += [
                        ("write", [record.id], {"company_id": self.other_company.id}),
                        (
                            "web_save",
                            [record.id],
                            {"company_id": self.other_company.id},
                            {},
                        ),
                        ("unlink", [record.id]),
                        ("copy", [record.id]),
                    ]
                for method, *args in attempts:
                    with self.subTest(model=name, actor=actor, method=method):
                        self.assertTrue(self.is_refused(actor, name, method, *args))
                    cells += 1
        self.assertGreaterEqual(cells, 700)

    def test_public_methods_refuse_strangers_and_garbage(self):
        """An EBS method that any account may call checks who calls and with what."""
        garbage = ["", None, -1, 0, "x" * 5000, {"name": []}, [[]], "\x00", 1e400, True]
        outsiders = ("visitor", "stranger", "foreign", "pending", "suspended")
        tried = 0
        for label, record in self.world.items():
            for method in self._own_public_methods(record):
                for actor in outsiders:
                    if actor in self.may_read[label] and label.startswith("persona"):
                        continue
                    for value in garbage:
                        before = self._fingerprint()
                        with mute_logger(
                            "odoo.models", "odoo.addons.base.models.ir_rule"
                        ):
                            try:
                                with self.env.cr.savepoint():
                                    self.call(
                                        actor, record._name, method, [record.id], value
                                    )
                                    self.env.flush_all()
                            except (*REFUSALS, TypeError):
                                # TypeError: more arguments than the method takes.
                                self.env.invalidate_all()
                        with self.subTest(
                            method=f"{record._name}.{method}", actor=actor, value=value
                        ):
                            self.assertEqual(self._fingerprint(), before)
                        tried += 1
        self.assertGreaterEqual(tried, 500)

    def _own_public_methods(self, record):
        """Return the names of the public methods that EBS adds to a model."""
        names = set()
        for cls in type(record).mro():
            if cls.__module__.startswith("odoo.addons.ebs_"):
                names |= {
                    name
                    for name, value in vars(cls).items()
                    if callable(value)
                    and name.startswith("action_")
                    and not getattr(value, "_api_private", False)
                }
        return sorted(names)

    def _fingerprint(self):
        """Return the states and texts that an outsider could have changed."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT (SELECT array_agg(state ORDER BY id) FROM ebs_exchange)::text,
                   (SELECT array_agg(state || name ORDER BY id) FROM ebs_listing)::text,
                   (SELECT array_agg(state || name ORDER BY id) FROM ebs_member)::text,
                   (SELECT array_agg(state || role ORDER BY id)
                      FROM ebs_circle_member)::text,
                   (SELECT count(*) FROM ebs_message),
                   (SELECT count(*) FROM ebs_exchange),
                   (SELECT count(*) FROM ebs_booking)
            """
        )
        return self.env.cr.fetchone()
