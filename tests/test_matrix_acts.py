# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may do what over RPC: every public method of EBS × everybody.

Odoo lets any account call any public method of any model: so each has a row here,
written by hand, and a new one without a row fails.
"""

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .support.cells import Cells
from .support.everybody import (
    ABROAD,
    APPROVED,
    EVERYBODY,
    INSIDE,
    MODERATORS,
    OWNER_SIDE,
    REFUSALS,
    EverybodyCase,
)
from .support.routes import own_public_methods

ORGANISE = {"organiser"} | MODERATORS
DESK = {"desk", "manager"}
DAYS = "date_start", "date_end"
# (thing, method, arguments, who may). The method of a model names the model.
ROWS = [
    ("ebs.circle", "action_create", ({"name": "New"},), APPROVED | ABROAD),
    ("open circle", "action_join", (), APPROVED),
    ("request circle", "action_join", ("Please",), APPROVED),
    ("listed circle", "action_join", (), {"owner", "organiser"}),
    ("secret circle", "action_join", (), INSIDE - {"delegate"} | {"invited"}),
    ("circle abroad", "action_join", (), ABROAD),
    # The only organiser stays; a delegate leaves with a persona of their own.
    ("secret circle", "action_leave", (), {"owner", "insider", "invited"}),
    ("secret circle", "action_announce", ("News",), {"organiser"}),
    ("secret circle", "action_close", ("The end",), ORGANISE),
    ("secret circle", "action_create_link", (7,), ORGANISE),
    ("secret circle", "action_invite", ("neighbour",), ORGANISE),
    ("secret circle", "action_invite_email", ("new@example.com",), ORGANISE),
    ("secret circle", "action_open_content", ("A reason",), MODERATORS),
    ("secret circle", "action_set_news", (False,), INSIDE),
    ("secret circle", "action_update", ({"description": "New"},), ORGANISE),
    ("open circle", "action_update", ({"description": "New"},), ORGANISE),
    ("open circle", "message_post", {"body": "x"}, MODERATORS),
    ("ebs.circle.invitation", "action_accept", ("token",), APPROVED - {"removed"}),
    ("invitation secret", "action_revoke", (), ORGANISE),
    ("place applicant", "action_accept", (), ORGANISE),
    ("place applicant", "action_refuse", ("No",), ORGANISE),
    ("place insider", "action_remove", ("Why",), ORGANISE),
    ("place insider", "action_make_organiser", (), ORGANISE),
    ("place insider", "action_hand_over", (), {"organiser"}),
    ("place second", "action_step_down", (), {"second"} | MODERATORS),
    ("exchange asked", "action_accept", (), OWNER_SIDE),
    ("exchange asked", "action_decline", ("No",), OWNER_SIDE),
    ("exchange asked", "action_cancel", (), {"applicant"}),
    ("exchange asked", "action_write", ("Hello",), OWNER_SIDE | {"applicant"}),
    ("exchange lent", "action_cancel", (), OWNER_SIDE | {"former"}),
    ("exchange lent", "action_write", ("Hello",), OWNER_SIDE | {"former"}),
    # The desk hands over and takes back, but not what a circle keeps to itself.
    ("exchange plain", "action_hand_over", (True,), OWNER_SIDE | DESK),
    ("exchange lent", "action_hand_over", (True,), OWNER_SIDE),
    ("exchange ongoing", "action_return", (), OWNER_SIDE | DESK),
    ("exchange returned", "action_return_deposit", (), OWNER_SIDE | DESK),
    ("exchange given", "action_done", (), OWNER_SIDE | {"neighbour"}),
    ("exchange plain", "message_post", {"body": "x"}, set()),
    ("ebs.listing", "action_create", ({"name": "New"},), APPROVED | ABROAD),
    ("listing pending", "action_approve", (), MODERATORS),
    ("listing everyone", "action_reject", ("Why",), MODERATORS),
    ("listing secret", "action_reject", ("Why",), {"opener"}),
    ("listing everyone", "action_inquire", ("Well?",), APPROVED - OWNER_SIDE),
    ("listing secret", "action_inquire", ("Well?",), {"insider", "organiser"}),
    ("listing everyone", "action_ask", ("wish",), APPROVED - OWNER_SIDE),
    ("listing secret", "action_ask", ("wish",), {"insider", "organiser"}),
    ("everyone abroad", "action_inquire", ("Well?",), {"twofold"}),
    ("listing everyone", "action_close", (), OWNER_SIDE),
    ("listing everyone", "action_pause", (), OWNER_SIDE),
    ("listing paused", "action_resume", (), OWNER_SIDE),
    ("listing draft", "action_publish", (), OWNER_SIDE),
    ("listing everyone", "action_remove_photo", ("photo everyone",), OWNER_SIDE),
    ("listing everyone", "action_save", ({"name": "New"},), OWNER_SIDE),
    ("listing everyone", "action_set_visibility", ("members",), OWNER_SIDE),
    ("listing secret", "action_set_visibility", ("everyone",), OWNER_SIDE),
    ("listing everyone", "message_post", {"body": "x"}, MODERATORS),
    ("persona newcomer", "action_approve", (), MODERATORS),
    ("persona suspended", "action_reinstate", (), MODERATORS),
    ("persona owner", "action_suspend", ("Why",), MODERATORS),
    ("persona newcomer", "action_send_confirmation", (), {"newcomer"}),
    ("persona owner", "action_update_profile", ({"bio": "New"},), OWNER_SIDE),
    ("persona owner", "message_post", {"body": "x"}, MODERATORS),
]
# Every model has it, and the matrix of refusals asks it.
ELSEWHERE = {"get_field_translations"}
GARBAGE = ("", None, -1, 2**40, "x" * 5000, {"name": []}, [[]], "\x00", 1e400, True)


@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixActs(EverybodyCase):
    """Everybody tries every act."""

    @classmethod
    def _make_records(cls):
        super()._make_records()
        cls.extra = {}
        for label in ("ongoing", "returned"):
            listing = cls.make_loan_listing(
                cls.personas["owner"], deposit_kind="cash", deposit_amount=10
            )
            exchange = cls.lend(cls.personas["neighbour"], listing, *cls.days_of(0))
            cls.hand_over(exchange, deposit_received=True)
            cls.extra[f"exchange {label}"] = exchange
        cls.take_back(cls.extra["exchange returned"])
        cls.extra["exchange asked"] = cls.ask(
            cls.personas["applicant"],
            cls.make_loan_listing(cls.personas["owner"]),
            *cls.days_of(3),
        )
        gift = cls.make_listing(cls.personas["owner"], way="give")
        gift = gift.with_user(cls.personas["neighbour"].user_id).action_ask(
            {"way": "give", "message": "Hello"}
        )
        cls.extra["exchange given"] = cls.accept(gift)
        # A second organiser of the open circle, who alone may step down.
        second = cls.personas["seller"]
        cls.add_to_circle(cls.things["open circle"], second)
        place = cls.place("open circle", "seller")
        place.action_make_organiser()
        cls.extra["place second"] = place
        cls.accounts["second"] = second.user_id

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.extra = {
            label: record.sudo().with_user(cls.env.user)
            for label, record in cls.extra.items()
        }

    def test_every_public_method_has_a_row(self):
        rows = {(self._model(thing), method) for thing, method, *_rest in ROWS}
        found = set()
        for name, model in self.env.registry.items():
            if not name.startswith("ebs.") or model._abstract or model._transient:
                continue
            for method in own_public_methods(model):
                try:
                    get_public_method(self.env[name], method)
                except (AccessError, AttributeError, TypeError):
                    continue
                if method not in dir(self.env["base"]) and method not in ELSEWHERE:
                    found.add((name, method))
        self.assertEqual(found, rows)

    def _model(self, thing):
        return thing if thing in self.env else self._thing(thing)._name

    def _thing(self, label):
        return self.extra[label] if label in self.extra else self.things[label]

    def _fill(self, argument):
        """Return an argument of a row as it is sent."""
        if argument == "token":
            url = self.things["invitation secret"]._get_url()
            return url.rpartition("/")[2]
        if argument == "wish":
            wish = {"way": "lend", "message": "Hello"}
            return {**wish, **dict(zip(DAYS, self.days_of(5), strict=True))}
        if argument == "neighbour":
            return self.personas["neighbour"].id
        if isinstance(argument, str) and argument in self.things:
            return self.things[argument].id
        return argument

    def _try(self, actor, thing, method, arguments):
        """Call a method and take back what it did; return whether it was let."""
        keywords = arguments if isinstance(arguments, dict) else {}
        values = () if keywords else arguments
        first = () if thing in self.env else (self._thing(thing).ids,)
        savepoint = self.env.cr.savepoint()
        try:
            with self.silent():
                self.call(
                    actor, self._model(thing), method, *first, *values, **keywords
                )
                self.env.flush_all()
        except (*REFUSALS, TypeError, ValueError):
            return False
        finally:
            self.env.clear()
            savepoint.close(rollback=True)
        return True

    def test_matrix_of_acts(self):
        before = self.fingerprint()
        with Cells("acts over RPC") as cells:
            for thing, method, arguments, who in ROWS:
                if not isinstance(arguments, dict):
                    arguments = tuple(self._fill(one) for one in arguments)
                for actor in sorted(EVERYBODY | {"second"}):
                    done = self._try(actor, thing, method, arguments)
                    expected = actor in who
                    if actor == "second" and "second" not in who:
                        # In no row but that of stepping down.
                        continue
                    cells.equal(done, expected, thing, method, actor)
        self.assertEqual(self.fingerprint(), before)

    def test_matrix_of_garbage(self):
        """What makes no sense is a sentence, and changes nothing for who may not."""
        before = self.fingerprint()
        outsiders = ("visitor", "internal", "foreign", "newcomer", "suspended")
        with Cells("acts over RPC with garbage") as cells:
            for thing, method, _arguments, who in ROWS:
                for actor in (*outsiders, "former"):
                    if actor in who or method == "message_post":
                        continue
                    for value in GARBAGE:
                        done = self._try(actor, thing, method, (value,))
                        cells.equal(done, False, thing, method, actor, value)
        self.assertEqual(self.fingerprint(), before)
