# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may do what over RPC: every public method of EBS × everybody.

Odoo lets any account call any public method of any model: so each has a row here,
written by hand, and a new one without a row fails.
"""

from collections import defaultdict

import pytest
from odoo.addons.ebs_base import clock
from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .support.cells import Cells
from .support.everybody import REFUSALS, EverybodyCase
from .support.law import (
    ABROAD,
    APPROVED,
    DESK,
    EVERYBODY,
    INSIDE,
    MEDIATORS,
    MODERATORS,
    OWNER_SIDE,
    SEES,
)
from .support.routes import own_public_methods

ORGANISE = {"organiser"} | MODERATORS
DAYS = "date_start", "date_end"
REPORT = ("hand_over", {"note": "As new"})
OBJECTION = ("hand_over", "A scratch")
BUSY = ("https://calendar.example.com/other.ics",)
CASE = ({"reason": "It broke", "agreed": True},)
WORD = ({"body": "Hello"},)
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
    ("exchange lent", "action_mark_read", (), OWNER_SIDE | {"former"}),
    ("exchange plain", "action_mark_read", (1,), OWNER_SIDE | {"neighbour"}),
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
    # Loans: each step on what everyone may see, and on what a circle keeps.
    ("exchange ongoing", "action_extend", ("tomorrow",), {"neighbour"}),
    ("exchange longer", "action_accept_extension", (), OWNER_SIDE | DESK),
    ("exchange longer", "action_decline_extension", (), OWNER_SIDE | DESK),
    ("exchange plain", "action_report_condition", REPORT, OWNER_SIDE | DESK),
    ("exchange lent", "action_report_condition", REPORT, OWNER_SIDE),
    ("exchange plain", "action_confirm_condition", ("hand_over",), {"neighbour"}),
    ("exchange lent", "action_confirm_condition", ("hand_over",), {"former"}),
    ("exchange plain", "action_object_condition", OBJECTION, {"neighbour"}),
    ("exchange lent", "action_object_condition", OBJECTION, {"former"}),
    ("exchange plain", "action_desk_confirm_condition", OBJECTION, DESK),
    ("exchange lent", "action_desk_confirm_condition", OBJECTION, set()),
    ("ebs.exchange", "get_desk", (), DESK),
    ("exchange plain", "get_desk_line", (), DESK),
    ("exchange lent", "get_desk_line", (), set()),
    ("ebs.exchange", "get_desk_scan", ("code everyone",), DESK),
    ("ebs.exchange", "get_desk_scan", ("code lent",), set()),
    ("exchange lost", "action_close_lost", (), OWNER_SIDE | DESK),
    ("exchange kit", "action_leave_out", ("copy part",), OWNER_SIDE | DESK),
    ("booking part", "action_leave_out", (), OWNER_SIDE | DESK),
    ("exchange vouched", "action_ask_guarantor", ("seller",), {"neighbour"}),
    ("exchange returned", "action_announce_keep", (5, "Why"), OWNER_SIDE | DESK),
    ("exchange announced", "action_keep_deposit", (), OWNER_SIDE | DESK),
    ("exchange cheque", "action_set_deposit_holder", ("desk",), OWNER_SIDE | DESK),
    ("guarantee lent", "action_accept", (), {"insider"}),
    ("guarantee lent", "action_refuse", ("No",), {"insider"}),
    ("guarantee plain", "action_accept", (), {"applicant"}),
    ("copy everyone", "action_report_damage", ("Bent",), OWNER_SIDE | DESK),
    ("copy lent", "action_report_damage", ("Bent",), OWNER_SIDE),
    ("copy everyone", "action_report_lost", ("Gone",), OWNER_SIDE | DESK),
    ("copy lent", "action_report_lost", ("Gone",), OWNER_SIDE),
    ("copy members", "action_withdraw", (), OWNER_SIDE | DESK),
    ("copy damaged", "action_put_back", (), OWNER_SIDE | DESK),
    ("copy second", "action_assign", ("exchange today",), OWNER_SIDE | DESK),
    # It only leads to the page of the labels, which is for who lends it.
    ("listing secret", "action_print_labels", (), SEES["listing secret"]),
    ("ebs.listing", "get_catalogue", (), EVERYBODY),
    ("ebs.listing", "get_category_guess", ("A book",), EVERYBODY),
    ("ebs.listing", "action_draft", ({"name": "New"},), APPROVED | ABROAD),
    ("listing draft", "action_keep", ({"name": "New"},), OWNER_SIDE),
    ("listing everyone", "action_add_photos", ([],), OWNER_SIDE),
    ("listing secret", "action_add_photos", ([],), OWNER_SIDE),
    ("listing everyone", "action_order_photos", ([],), OWNER_SIDE),
    ("listing everyone", "action_renew", (), OWNER_SIDE),
    ("listing secret", "action_renew", (), OWNER_SIDE),
    ("listing want", "action_found", (), OWNER_SIDE),
    ("listing everyone", "action_favourite", (), APPROVED - OWNER_SIDE),
    ("listing secret", "action_favourite", (), {"insider", "organiser"}),
    ("listing secret", "action_unfavourite", (), SEES["listing secret"]),
    ("ebs.alert", "action_create", ({"q": "lamp"},), APPROVED | ABROAD),
    ("alert insider", "action_pause", (), {"insider"}),
    ("alert insider", "action_resume", (), {"insider"}),
    ("alert insider", "action_delete", (), {"insider"}),
    ("listing everyone", "action_wait", (), APPROVED - OWNER_SIDE),
    ("listing secret", "action_wait", (), {"insider", "organiser"}),
    ("waiting plain", "action_leave", (), {"neighbour"}),
    ("waiting secret", "action_leave", (), {"insider"}),
    ("listing everyone", "action_ask_for", ("neighbour", "wish"), DESK),
    ("listing secret", "action_ask_for", ("neighbour", "wish"), set()),
    ("listing everyone", "action_set_closed", ("tomorrow",), OWNER_SIDE),
    ("listing secret", "action_set_closed", ("tomorrow",), OWNER_SIDE),
    ("listing everyone", "action_unset_closed", ("closed everyone",), OWNER_SIDE),
    ("listing everyone", "action_set_outside_calendar", BUSY, OWNER_SIDE),
    ("listing secret", "action_clear_outside_calendar", (), OWNER_SIDE),
    ("ebs.feed", "action_make", (), APPROVED | ABROAD),
    ("ebs.feed", "action_make", ("listing secret",), OWNER_SIDE),
    ("feed owner", "action_stop", (), {"owner"}),
    ("feed suspended", "action_stop", (), {"suspended"}),
    ("hours", "action_ebs_add_holidays", (2027,), {"manager"}),
    ("order plain", "action_try_again", (), {"manager"}),
    ("order lent", "action_try_again", (), set()),
    # Mediation: whoever is a party, and who mediates it.
    ("exchange plain", "action_open_dispute", CASE, OWNER_SIDE | {"neighbour"}),
    ("exchange lent", "action_open_dispute", CASE, OWNER_SIDE | {"former"}),
    ("dispute quarrel", "action_write", WORD, OWNER_SIDE | {"insider", "mediator"}),
    ("dispute fray", "action_write", WORD, OWNER_SIDE | {"neighbour"}),
    ("dispute quarrel", "action_withdraw", (), {"insider"}),
    ("dispute settled", "action_reopen", ("Why",), OWNER_SIDE | {"neighbour"}),
    ("dispute fray", "action_take", (), MEDIATORS),
    ("dispute quarrel", "action_put_back", (), MEDIATORS),
    ("dispute quarrel", "action_settle", ("no_fault", "Why"), {"mediator"}),
    ("persona newcomer", "action_approve", (), MODERATORS),
    ("persona suspended", "action_reinstate", (), MODERATORS),
    ("persona owner", "action_suspend", ("Why",), MODERATORS),
    ("persona newcomer", "action_send_confirmation", (), {"newcomer"}),
    ("persona owner", "action_update_profile", ({"bio": "New"},), OWNER_SIDE),
    ("persona owner", "message_post", {"body": "x"}, MODERATORS),
]
# The small forms of the back office, which act by the methods above.
FORMS = {
    "ebs.circle.open": MODERATORS,
    "ebs.condition.confirm": DESK,
    "ebs.deposit.keep": DESK,
    "ebs.desk.loan": DESK,
    "ebs.dispute.settle": MEDIATORS,
    "ebs.dispute.write": MEDIATORS,
    "ebs.listing.reject": MODERATORS,
    "ebs.loan.lost": DESK,
    "ebs.member.suspend": MODERATORS,
}
# Every model has it, and the matrix of refusals asks it.
# The gateway's is core's, and does for others what it does in core.
ELSEWHERE = {"get_field_translations", "message_process"}
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
        cls._make_loans()
        # A second organiser of the open circle, who alone may step down.
        second = cls.personas["seller"]
        cls.add_to_circle(cls.things["open circle"], second)
        place = cls.place("open circle", "seller")
        place.action_make_organiser()
        cls.extra["place second"] = place
        cls.accounts["second"] = second.user_id

    @classmethod
    def _make_loans(cls):
        """Loans of what everyone may see, one at each step that has an act."""
        owner, borrower = cls.personas["owner"], cls.personas["neighbour"]
        extra = cls.extra

        def lend(label, days=0, out=True, member=borrower, **values):
            listing = cls.make_loan_listing(owner, **values)
            loan = cls.lend(member, listing, *cls.days_of(days)).sudo()
            if out:
                cls.hand_over(loan, deposit_received=True)
            extra[f"exchange {label}"] = loan
            return loan

        cheque = {"deposit_kind": "cheque", "deposit_amount": 50}
        word = {"deposit_kind": "guarantor", "deposit_amount": 50}
        lend("longer").extension_asked_until = cls.days_of(1)[0]
        lend("cheque", **cheque)
        lend("vouched", days=6, out=False, **word)
        cls.take_back(lend("announced", **cheque))
        deposit = extra["exchange announced"].deposit_id.sudo()
        deposit._announce(5, "A scratch", clock.now())
        # Whoever is late asks for nothing else: it is somebody of no other row.
        lost = lend("lost", member=cls.personas["seller"])
        past = {"date_start": "2026-01-05 08:00:00", "date_end": "2026-01-06 08:00:00"}
        lost.booking_ids.write(past)
        lost.write(past)
        settled = lend("settled", out=False, days=7)
        dispute = settled.with_user(borrower.user_id).action_open_dispute(CASE[0])
        dispute.with_user(owner.user_id).action_write(WORD[0])
        mediated = dispute.with_user(cls.mediator)
        mediated.action_take()
        mediated.action_settle("no_fault", "Why")
        # Copies: one by itself, one that serves as well, one part that is missing.
        second = lend("today", out=False, copies=2)
        damaged = cls.make_loan_listing(owner).sudo().copy_ids
        damaged.with_user(owner.user_id).action_report_damage("Bent")
        part = cls.make_loan_listing(owner)
        kit = cls.make_loan_listing(owner)
        cls.env["ebs.kit"].create({"listing_id": kit.id, "part_id": part.id})
        lent = cls.lend(borrower, kit, *cls.days_of(0)).sudo()
        part.sudo().copy_ids.with_user(owner.user_id).action_report_damage("Bent")
        missing = lent.booking_ids.filtered("is_unserved")
        cls.extra |= {
            "dispute settled": dispute,
            "copy damaged": damaged,
            "copy second": second.listing_id.copy_ids - second.copy_id,
            "exchange kit": lent,
            "copy part": missing.copy_id,
            "booking part": missing,
            "listing want": cls.make_listing(owner, side="want"),
            "copy everyone": cls.things["listing everyone"].sudo().copy_ids,
            "copy members": cls.things["listing members"].sudo().copy_ids,
            "hours": cls.env["resource.calendar"].create(
                {"name": "Hours", "company_id": cls.company.id}
            ),
        }

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
        ours = {(model, method) for model, method in rows if model[:4] == "ebs."}
        self.assertEqual(found, ours)

    def test_every_form_of_the_back_office_has_a_row(self):
        """Nobody fills one but the staff whose act it is."""
        found = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("ebs.") and model._transient
        }
        self.assertEqual(found, set(FORMS))
        with Cells("forms of the back office") as cells:
            for model, who in FORMS.items():
                for actor in sorted(EVERYBODY):
                    for right in ("read", "create", "write", "unlink"):
                        has = self.call(actor, model, "has_access", [], right)
                        cells.equal(has, actor in who, model, actor, right)

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
        if argument in ("neighbour", "seller"):
            return self.personas[argument].id
        if argument == "tomorrow":
            return self.days_of(1)[0]
        if argument in ("code everyone", "code lent"):
            listing = self.things[argument.replace("code", "listing")]
            return listing.sudo().copy_ids.code
        if isinstance(argument, str) and argument in self.things | self.extra:
            return self._thing(argument).id
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

    @pytest.mark.slow
    def test_matrix_of_garbage(self):
        """What makes no sense is a sentence, and changes nothing for who may not."""
        before = self.fingerprint()
        allowed = defaultdict(set)
        for thing, method, _arguments, who in ROWS:
            allowed[thing, method] |= who
        outsiders = ("visitor", "internal", "foreign", "newcomer", "suspended")
        with Cells("acts over RPC with garbage") as cells:
            for thing, method, _arguments, _who in ROWS:
                for actor in (*outsiders, "former"):
                    if actor in allowed[thing, method] or method == "message_post":
                        continue
                    for value in GARBAGE:
                        done = self._try(actor, thing, method, (value,))
                        cells.equal(done, False, thing, method, actor, value)
        self.assertEqual(self.fingerprint(), before)
