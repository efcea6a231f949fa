# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Error code and text: a hidden thing and one that never was answer alike.

Over RPC every public method of every EBS model, core's among them, is called on
both; over HTTP the queries of both are counted.
"""

import inspect
import re

import pytest
from odoo.exceptions import AccessError, MissingError
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.cells import Cells
from .support.everybody import UNKNOWN, EverybodyCase
from .support.law import SEES
from .support.routes import ebs_models

# Called without arguments, these do no more than wait, print or read nothing of it.
HARMLESS = {"search", "search_read", "search_count", "web_search_read", "load"}
HARMLESS |= {"message_notify", "is_transient", "check_access_rule", "toggle_active"}
ACTORS = ("former", "neighbour", "internal", "desk", "foreign", "newcomer")
# One hidden thing of each model, for all of these.
HIDDEN = {
    "former": ["listing secret", "secret circle", "photo secret", "place insider"]
    + ["announcement secret", "invitation secret", "exchange plain", "copy lent"]
    + ["message plain", "booking plain", "deposit plain", "promise plain"]
    + ["reminder plain", "persona newcomer", "private insider", "delegate"]
    + ["condition plain", "picture plain", "guarantee plain", "kit draft"]
    + ["sent plain"]
    + ["waiting plain", "feed owner", "outside secret", "busy everyone"]
    + ["dispute quarrel", "line asker", "shown quarrel"],
    "neighbour": ["listing secret", "secret circle", "exchange lent", "message lent"]
    + ["condition lent", "picture lent", "guarantee lent", "waiting secret"]
    + ["sent lent"]
    + ["tally former", "dispute quarrel", "line quarrel", "shown quarrel"],
    "insider": ["line owner", "line mediator", "outside secret", "feed secret"],
    "internal": ["listing secret", "secret circle", "exchange lent", "photo secret"]
    + ["persona suspended", "place insider", "announcement secret"]
    + ["dispute fray", "guarantee plain", "waiting plain", "tally former"],
    "mediator": ["exchange lent", "message plain", "booking plain", "listing secret"]
    + ["condition plain", "guarantee plain", "order plain", "tally former"],
    "desk": ["listing secret", "secret circle", "exchange lent", "photo secret"]
    + ["place insider", "announcement secret", "invitation secret"]
    + ["order lent", "event lent", "hold secret", "waiting secret", "condition lent"]
    + ["picture lent", "guarantee lent", "dispute fray", "line fray", "sent plain"],
    "foreign": ["listing secret", "secret circle", "exchange lent", "place insider"],
    "newcomer": ["listing members", "secret circle", "persona suspended"],
}
# The hidden thing of each address, and the address.
PAGES = {
    "listing secret": "/listings/x-{}",
    "listing other": "/listings/x-{}",
    "listing draft": "/my/listings/{}/edit",
    "circle's abroad": "/listings/x-{}",
    "secret circle": "/circles/x-{}",
    "closed circle": "/circles/x-{}",
    "circle abroad": "/circles/x-{}/manage",
    "exchange lent": "/my/exchanges/{}",
    "photo secret": "/web/image/ebs.photo/{}/image_512?unique=1",
    "photo other": "/web/content/ebs.photo/{}/image_1920",
    "persona suspended": "/web/image/ebs.member/{}/image_128",
}


def without_id(text, number):
    """Return a text without the id of a record, and with all its other numbers."""
    around = rf"([(\[{{]|'id': |'res_id': ){number}(?=[,)\]:}}])"
    return re.sub(around, r"\1ID", text)


@pytest.mark.slow
@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixErrors(EverybodyCase):
    """Whether an answer tells that there is something to hide."""

    def test_every_hidden_thing_is_hidden_from_its_row(self):
        for actor, labels in HIDDEN.items():
            for label in labels:
                self.assertNotIn(actor, SEES[label], (actor, label))

    def test_matrix_of_refusals_over_rpc(self):
        with Cells("refusals over RPC") as cells:
            for actor, labels in HIDDEN.items():
                for label in labels:
                    record = self.things[label]
                    for method in self._methods(record):
                        hidden, missing = (
                            self._refusal(actor, record._name, method, number)
                            for number in (record.id, UNKNOWN)
                        )
                        cells.equal(hidden, missing, label, actor, method)

    def _methods(self, record):
        """Return the public methods of a model that are called with ids."""
        names = []
        for name in dir(type(record)):
            if name.startswith("_") or name in HARMLESS:
                continue
            try:
                method = get_public_method(record, name)
            except (AccessError, AttributeError, TypeError):
                continue  # private, or a field
            if callable(method) and not hasattr(method, "_api_model"):
                names.append(name)
        return names

    def _refusal(self, actor, model, method, number):
        """Return what a call on one id comes to, without that id."""
        arguments = self._arguments(self.env[model], method)
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger("odoo.sql_db", "odoo.orm", "odoo.orm.models"):
                found = self.call(actor, model, method, [number], *arguments)
                self.env.flush_all()
            answer = repr(found)
        except MissingError:
            # In the same words at the border: see below.
            answer = "missing"
        except Exception as error:  # noqa: BLE001 (what is compared is which one)
            answer = f"{type(error).__name__}: {error}"
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)
        return without_id(re.sub(r"\bNewId_0x\w+\b", "ID", answer), number)

    def _arguments(self, records, method):
        """Return one argument of each kind that a method asks for."""
        known = {
            "operation": "read",
            "fields": ["display_name"],
            "field_names": ["display_name"],
            "fields_to_export": ["display_name"],
            "specification": {"display_name": {}},
            "fnames": ["display_name"],
            "vals": {},
            "values": {},
            "domain": [],
            "field_name": "display_name",
        }
        signature = inspect.signature(getattr(type(records), method))
        return [
            known.get(name, "x")
            for name, parameter in list(signature.parameters.items())[1:]
            if parameter.default is inspect.Parameter.empty
            and parameter.kind
            in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        ]

    def test_a_refusal_in_debug_mode_names_nothing(self):
        """Core tells internal users in debug mode the names of what it refuses."""
        with Cells("refusals in debug mode") as cells:
            for actor in ("internal", "desk"):
                self.authenticate(
                    self.accounts[actor].login,
                    self.accounts[actor].login,
                    session_extra={"debug": "1"},
                )
                for label in HIDDEN[actor]:
                    record = self.things[label]
                    for method, arguments in {
                        "read": [["display_name"]],
                        "web_read": [{"display_name": {}}],
                        "action_archive": [],
                    }.items():
                        texts = []
                        for number in (record.id, UNKNOWN):
                            with self.silent():
                                answer = self.url_open(
                                    f"/web/dataset/call_kw/{record._name}/{method}",
                                    json=self.build_rpc_payload(
                                        {
                                            "model": record._name,
                                            "method": method,
                                            "args": [[number], *arguments],
                                            "kwargs": {},
                                        }
                                    ),
                                ).json()
                            answer = {"error": answer.get("error")}
                            # A traceback names lines of files: an id may equal one.
                            text = re.sub(r"line \d+", "line", str(answer))
                            texts.append(without_id(text, number))
                        cells.equal(texts[0], texts[1], label, actor, method)

    def test_matrix_of_query_counts(self):
        """A hidden thing costs as many queries as one that never was."""
        with Cells("queries of hidden and missing pages") as cells:
            for actor in ("visitor", *ACTORS, "suspended", "removed"):
                self.be(actor)
                for label, path in PAGES.items():
                    if actor in SEES[label] or "abroad" in label and actor == "foreign":
                        continue
                    hidden = path.format(self.things[label].id)
                    missing = path.format(UNKNOWN)
                    counts = [self._count(one) for one in (hidden, missing) * 2][2:]
                    cells.equal(counts[0], counts[1], label, actor, path)

    def _count(self, path):
        before = self.cr.sql_log_count
        self.get(path)
        return self.cr.sql_log_count - before

    def test_every_model_has_a_hidden_thing(self):
        """A new model without a row here is asked nothing: so it fails."""
        models = {
            self.things[label]._name for labels in HIDDEN.values() for label in labels
        }
        common = {"ebs.category", "ebs.place", "ebs.terms", "ebs.way", "ebs.zone"}
        staff = {"ebs.rule.change", "ebs.circle.opening", "ebs.consent"}
        self.assertEqual(set(ebs_models(self.env)) - models, common | staff)
