# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""T-S2: nobody but staff writes, by whatever model or route of core."""

import re
from contextlib import suppress

import pytest
from odoo.fields import Command
from odoo.tests import tagged

from .support.cells import Cells
from .support.everybody import REFUSALS, EverybodyCase
from .support.law import EVERYBODY, SEES, STAFF
from .support.routes import ebs_models

DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
# The id that was asked for, where an answer names it.
OWN_ID = r"((?:res_id|thread_id|resId)(?:=|%%3D|': )|'id': (?=%s, 'model': 'ebs))%s\b"
OTHERS = EVERYBODY - STAFF
# The models that hang on any record by its model and id.
GENERIC = {
    "ir.attachment": {"name": "x", "raw": b"x"},
    "mail.message": {"body": "x", "message_type": "comment"},
    "mail.followers": {},
    "mail.activity": {"summary": "x"},
    "mail.mail": {"body_html": "x", "email_to": "x@example.com"},
    "mail.compose.message": {"body": "x"},
    "mail.scheduled.message": {"body": "x"},
    "rating.rating": {"rating": 5},
    "ir.actions.server": {"name": "x"},
}


@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixWrites(EverybodyCase):
    """Every way of core to write, tried by everybody who is not staff."""

    def _try(self, actor, model, method, *arguments):
        savepoint = self.env.cr.savepoint()
        try:
            with self.silent():
                found = self.call(actor, model, method, *arguments)
                self.env.flush_all()
        except Exception:  # noqa: BLE001 (any refusal, as long as it is one)
            return False
        finally:
            self.env.clear()
            savepoint.close(rollback=True)
        # An import does not raise what goes wrong: it lists it.
        return bool(found["ids"]) if method == "load" else True

    def test_nobody_but_staff_creates_writes_or_deletes(self):
        before = self.fingerprint()
        with Cells("writes by who is not staff") as cells:
            for model in ebs_models(self.env):
                for actor in sorted(OTHERS):
                    for method, *arguments in self._attempts(actor, model):
                        done = self._try(actor, model, method, *arguments)
                        cells.equal(done, False, model, actor, method)
        self.assertEqual(self.fingerprint(), before)

    def _attempts(self, actor, model):
        """Yield calls that would write, on a record that somebody sees if any."""
        seen = []
        if self.may_ask(actor, model):
            seen = self.call(actor, model, "search", [], limit=1)
        ids = seen or self.env[model].search([], limit=1).ids
        vals = {"company_id": self.other_company.id}
        for name in ("state", "name", "body", "role", "visibility", "active"):
            if name in self.env[model]._fields:
                vals[name] = "approved" if name == "state" else "x"
        yield "create", [{}]
        yield "create", [vals]
        yield "web_save", [], vals, {}
        yield "load", [".id"], [["1"]]
        if not ids:
            return
        yield "write", ids, {"company_id": self.other_company.id}
        yield "web_save", ids, vals, {}
        yield "web_save_multi", ids, [vals], {}
        yield "unlink", ids
        yield "copy", ids
        yield "update_field_translations", ids, "name", {"fr_FR": "x"}
        if "active" in self.env[model]._fields:
            yield "action_archive", ids

    def test_no_model_that_others_write_reaches_ours(self):
        """By commands on relations: a new such relation is tried without a row."""
        before = self.fingerprint()
        with Cells("relations from models that others write") as cells:
            for actor in ("visitor", "owner", "former", "internal", "newcomer"):
                for model, field in self._relations(actor):
                    ids = self.call(actor, model, "search", [], limit=1)
                    for values in self._commands(field):
                        done = self._try(actor, model, "create", [values])
                        cells.equal(done, False, actor, model, field.name, "create")
                        if ids:
                            done = self._try(actor, model, "write", ids, values)
                            cells.equal(done, False, actor, model, field.name, "write")
            for actor in sorted(OTHERS - {"visitor"}):
                cells.equal(self._writes_own_account(actor), False, actor, "account")
        self.assertEqual(self.fingerprint(), before)

    def _relations(self, actor):
        """Return the relations to our models of models that somebody may write."""
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.accounts[actor])
            if model._abstract or name.startswith("ebs."):
                continue
            if not (model.has_access("write") or model.has_access("create")):
                continue
            if not model.has_access("read"):
                continue
            for field in model._fields.values():
                if field.relational and (field.comodel_name or "").startswith("ebs."):
                    yield name, field

    def _commands(self, field):
        number = self.env[field.comodel_name].search([], limit=1).id
        if field.type == "many2one":
            return [{field.name: number}]
        commands = (
            Command.create({"name": "x"}),
            Command.update(number, {"name": "x"}),
            Command.delete(number),
            Command.unlink(number),
            Command.link(number),
            Command.set([number]),
        )
        return [{field.name: [command]} for command in commands]

    def _writes_own_account(self, actor):
        """An account changes itself by core's form, and nothing of ours with it."""
        account = self.accounts[actor]
        tried = {
            "ebs_signed_up": not account.ebs_signed_up,
            "company_ids": [Command.set(self.other_company.ids)],
            "company_id": self.env.ref("base.main_company").id,
            "group_ids": [Command.link(self.env.ref("ebs_base.group_ebs_desk").id)],
        }
        before = account.read(list(tried))
        for key, value in tried.items():
            # Core drops in silence what an account may not set of itself.
            with suppress(*REFUSALS), self.silent():
                self.call(actor, "res.users", "write", account.ids, {key: value})
        self.env.invalidate_all()
        return account.read(list(tried)) != before

    def test_a_moderator_changes_nothing_that_they_do_not_see(self):
        """Theirs is the right to write on listings: on those that they see."""
        labels = ("listing secret", "listing other", "listing orphan")
        with Cells("writes by staff on what is hidden") as cells:
            for actor in sorted(STAFF):
                for label in (*labels, "listing everyone", "listing members"):
                    ids = self.things[label].ids
                    may = actor in SEES[label] and actor not in ("desk", "mediator")
                    for method, arguments in {
                        "write": [{"name": "x"}],
                        "web_save": [{"name": "x"}, {}],
                        "message_post": [],
                        "message_subscribe": [[self.visitor.partner_id.id]],
                        "action_approve": [],
                    }.items():
                        done = self._try(actor, "ebs.listing", method, ids, *arguments)
                        if method in ("message_subscribe", "action_approve"):
                            cells.equal(done and not may, False, actor, label, method)
                        else:
                            cells.equal(done, may, actor, label, method)

    def test_nothing_hangs_on_our_records(self):
        """Files, messages, followers, activities: on what one sees or does not."""
        labels = ("secret circle", "listing secret", "listing everyone")
        labels += ("exchange lent", "persona owner", "open circle")
        with Cells("what hangs on any record") as cells:
            for actor in sorted(OTHERS):
                for label in labels:
                    record = self.things[label]
                    target = {
                        "res_model": record._name,
                        "model": record._name,
                        "res_model_id": self.env["ir.model"]._get_id(record._name),
                        "res_id": record.id,
                        "partner_id": self.accounts[actor].partner_id.id,
                    }
                    for model, values in GENERIC.items():
                        if model not in self.env:
                            continue
                        fields = self.env[model]._fields
                        here = {k: v for k, v in target.items() if k in fields}
                        if "res_model_id" in here:
                            del here["res_model"]
                        done = self._try(actor, model, "create", [{**here, **values}])
                        cells.equal(done, False, actor, label, model)

    def test_what_core_answers_about_a_log(self):
        """Messages, followers, suggestions and mentions of our records."""
        labels = ("secret circle", "listing secret", "persona owner", "open circle")
        log = "loggedqx by staff"
        for label in labels:
            self.things[label].sudo()._log(log)
        with Cells("logs of our records") as cells:
            for actor in sorted(EVERYBODY - {"visitor"}):
                for label in labels:
                    self._check_log(cells, actor, label, log)

    def _check_log(self, cells, actor, label, log):
        record = self.things[label]
        staff = actor in STAFF and actor in SEES[label]
        about = [("model", "=", record._name), ("res_id", "=", record.id)]
        word = [("body", "ilike", log)]

        def told(model, method, *arguments):
            try:
                return bool(self.call(actor, model, method, *arguments))
            except REFUSALS:
                return False

        name = (actor, label)
        found = told("mail.message", "search", about + word)
        cells.equal(found and not staff, False, *name, "message search")
        found = told("mail.message", "search_count", word + [about[0]])
        cells.equal(found and actor not in STAFF, False, *name, "message count")
        follows = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        found = told("mail.followers", "search", follows)
        cells.equal(found and not staff, False, *name, "followers")
        found = told(record._name, "search", [("message_ids.body", "ilike", log)])
        cells.equal(found and actor not in STAFF, False, *name, "search by log")
        found = told(record._name, "search", [("message_ids", "ilike", log)])
        cells.equal(found and actor not in STAFF, False, *name, "search by messages")
        for model in ("mail.mail", "mail.notification", "mail.tracking.value"):
            if actor not in STAFF:
                cells.equal(told(model, "search", []), False, *name, model)

    @pytest.mark.slow
    def test_mail_routes_tell_nothing(self):
        """The chatter's own addresses: a hidden record as one that never was."""
        labels = ("secret circle", "listing secret", "exchange lent", "place insider")
        with Cells("routes of the chatter") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                for label in labels:
                    if actor in SEES[label]:
                        continue
                    record = self.things[label]
                    answers = [
                        self._ask_chatter(record._name, number)
                        for number in (record.id, 999_999)
                    ]
                    for way, answer in answers[0].items():
                        cells.equal(answer, answers[1][way], actor, label, way)

    def _ask_chatter(self, model, number):
        thread = {"thread_model": model, "thread_id": number}
        calls = {
            "/mail/thread/messages": thread,
            "/mail/chatter_fetch": thread,
            "/portal/chatter_init": thread,
            "/mail/thread/recipients": {**thread, "message_id": 1},
            "/mail/thread/subscribe": {
                "res_model": model,
                "res_id": number,
                "partner_ids": [self.visitor.partner_id.id],
            },
            "/mail/message/post": {**thread, "post_data": {"body": "x"}},
            "/mail/data": {
                "fetch_params": [
                    ["mail.thread", {**thread, "request_list": ["followers"]}]
                ]
            },
        }
        answers = {}
        with self.silent():
            for path, values in calls.items():
                answer = DATE.sub("", str(self.ask_json(path, **values)))
                answers[path] = re.sub(OWN_ID % (number, number), r"\1ID", answer)
            page = self.get(f"/mail/view?model={model}&res_id={number}")
        place = page.headers.get("Location", "")
        place = re.sub(OWN_ID % (number, number), r"\1ID", place)
        answers["/mail/view"] = (page.status_code, place)
        return answers
