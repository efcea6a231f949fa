# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""T-S2: who reads what over RPC: every EBS record, everybody, every way of reading.

`SEES` says for each record of the world who reads it; every way of reading must
agree with it, and what is not to be read must leave nothing in what is.
"""

from contextlib import suppress
from functools import partial

import pytest
from odoo.tests import tagged

from .support.cells import Cells
from .support.everybody import REFUSALS, EverybodyCase
from .support.law import EVERYBODY, MEDIATORS, SEES, WORDED, word_of
from .support.routes import ebs_models, readable_by_all

# Models whose records everybody may read, or that only staff reach at all: the
# rows of the world say nothing of them.
COMMON = {"ebs.category", "ebs.place", "ebs.terms", "ebs.way", "ebs.zone"}
STAFF_ONLY = {"ebs.rule.change"}
# Who may read a word over RPC that does not see its thing: an exchange keeps the
# title as agreed for its two parties.
KEPT = {
    "listing lent": {"former"},
    "listing ended": {"neighbour", "desk", "mediator"},
    "listing quarrel": MEDIATORS,
}


@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixRpc(EverybodyCase):
    """The access matrix over `/web/dataset/call_kw` and `/json/2`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worded = {cls.things[label]._name for label in WORDED} | {"ebs.exchange"}

    def test_every_model_has_a_row(self):
        rows = {record._name for record in self.things.values()}
        self.assertEqual(
            set(ebs_models(self.env)), rows | COMMON | STAFF_ONLY, "a row is missing"
        )

    @pytest.mark.slow
    def test_every_way_of_reading_agrees_with_the_table(self):
        with Cells("RPC: ways of reading") as cells:
            for label, record in self.things.items():
                for actor in sorted(EVERYBODY):
                    for way, seen in self._readings(record, actor):
                        expected = actor in SEES[label]
                        cells.equal(seen, expected, label, actor, way)

    def _readings(self, record, actor):
        name, ids = record._name, record.ids
        domain = [("id", "in", ids)]

        def ask(method, *args, **kwargs):
            return self.can(actor, name, method, *args, **kwargs)

        yield "search", ask("search", domain, order="id")
        yield "count", ask("search_count", domain)
        yield "read", ask("read", ids, ["id", "display_name"])
        yield "web_read", ask("web_read", ids, {"company_id": {}})
        yield "group", ask("formatted_read_group", domain, ["company_id"], ["__count"])
        yield "name_search", ask("name_search", "", domain)
        found = None
        if self.may_ask(actor, name):
            found = self.call(actor, name, "web_search_read", domain, {"id": {}})
        yield "web_search_read", bool(found and found["length"])

    @pytest.mark.slow
    def test_what_is_hidden_stands_in_nothing_that_is_read(self):
        """Names of records, relations two steps away, defaults: no word of it."""
        with Cells("RPC: words in all that is read") as cells:
            for actor in sorted(EVERYBODY):
                for model in ebs_models(self.env):
                    seen = self.words_in(self._read_all(actor, model))
                    expected = {
                        label
                        for label in WORDED
                        if actor in SEES[label] or actor in KEPT.get(label, ())
                    }
                    cells.equal(seen - expected, set(), actor, model)

    def _read_all(self, actor, model):
        """Return all that somebody can read of a model, relations opened once."""
        if not self.may_ask(actor, model):
            return ""
        fields = self.call(actor, model, "fields_get", [], ["type", "relation"])
        search = partial(self.call, actor, model, "web_search_read", [])
        # A refusal tells nothing: it is the same for every hidden record.
        told = []
        try:
            told.append(search({name: {} for name in fields}, limit=1000))
        except REFUSALS:
            for name in fields:
                with suppress(*REFUSALS):
                    told.append(search({name: {}}, limit=1000))
        for name, field in fields.items():
            comodel = field.get("relation", "")
            if not comodel.startswith("ebs."):
                continue
            for text in ("display_name", "name", "title", "body"):
                shown = text in self.env[comodel]._fields
                if shown and comodel in self.worded:
                    with suppress(*REFUSALS):
                        spec = {name: {"fields": {text: {}}}}
                        told.append(search(spec, limit=1000))
        return told

    @pytest.mark.slow
    def test_a_word_counts_the_same_as_one_that_never_was(self):
        """No path from a record that is read counts what is hidden behind it."""
        paths = self._paths()
        self.assertGreater(len(paths), 60)
        with Cells("RPC: counts along every path") as cells:
            for actor in sorted(EVERYBODY):
                for model, path, label in paths:
                    if actor in SEES[label] or actor in KEPT.get(label, ()):
                        continue
                    found, nothing = (
                        self._count(actor, model, path, word)
                        for word in (word_of(label), "neverwasqx")
                    )
                    cells.equal(found, nothing, actor, model, path, label)

    def _paths(self):
        """Return (model, path to a text, thing that has it), read from the registry."""
        texts = {
            "ebs.circle": ("name", ["secret circle", "circle abroad"]),
            "ebs.listing": ("name", ["listing secret", "circle's abroad"]),
            "ebs.exchange": ("title", ["listing lent"]),
            "ebs.message": ("body", ["message lent"]),
        }
        paths = []
        for model in ebs_models(self.env):
            if model in texts:
                text, labels = texts[model]
                paths += [(model, text, label) for label in labels]
            for name, field in self.env[model]._fields.items():
                for last, labels in [texts.get(field.comodel_name, ("", []))]:
                    paths += [(model, f"{name}.{last}", label) for label in labels]
                if not field.relational or field.comodel_name not in ebs_models(
                    self.env
                ):
                    continue
                for deep, inner in self.env[field.comodel_name]._fields.items():
                    last, labels = texts.get(inner.comodel_name, ("", []))
                    paths += [
                        (model, f"{name}.{deep}.{last}", label) for label in labels[:1]
                    ]
        return paths

    def _count(self, actor, model, path, word):
        try:
            return self.call(actor, model, "search_count", [(path, "ilike", word)])
        except Exception as error:  # noqa: BLE001 (any refusal, as long as it is one)
            return type(error).__name__

    @pytest.mark.slow
    def test_what_may_not_be_read_orders_and_filters_nothing(self):
        """A field kept from somebody is no oracle by order, filter or group."""
        with Cells("RPC: fields kept from somebody") as cells:
            for actor in sorted(EVERYBODY):
                for model in ebs_models(self.env):
                    if not self.may_ask(actor, model):
                        continue
                    shown = self.call(actor, model, "fields_get", [], ["type"])
                    for name, field in self.env[model]._fields.items():
                        if name in shown:
                            continue
                        for way, told in self._oracles(actor, model, field):
                            cells.equal(told, False, actor, model, name, way)

    def _oracles(self, actor, model, field):
        """Yield whether each use of a field gives anything to somebody."""
        name = field.name

        def tells(method, *args, **kwargs):
            try:
                return bool(self.call(actor, model, method, *args, **kwargs))
            except Exception:  # noqa: BLE001 (any refusal, as long as it is one)
                return False

        values = {"char": "x", "text": "x", "date": "2000-01-01", "boolean": False}
        value = values.get(field.type, 1)
        yield "filter", tells("search", ["!", (name, "=", value)])
        if field.store and field.column_type:
            yield "order", tells("search", [], order=f"{name} desc")
            yield "group", tells("formatted_read_group", [], [name], ["__count"])
        yield "read", tells("search_read", [], [name], limit=1)

    def test_the_order_of_what_is_seen_tells_nothing_of_what_is_not(self):
        """Sorted by any field, one sees the same records, and they alone."""
        with Cells("RPC: sort orders") as cells:
            for actor in ("visitor", "former", "neighbour", "desk", "foreign"):
                for model in ebs_models(self.env):
                    if not self.may_ask(actor, model):
                        continue
                    plain = set(self.call(actor, model, "search", [], order="id"))
                    for name in readable_by_all(self.env[model], self.accounts[actor]):
                        order = f"{name}, id"
                        seen = self.call(actor, model, "search", [], order=order)
                        cells.equal(set(seen), plain, actor, model, name)

    def test_context_keys_open_nothing(self):
        keys = {
            "active_test": False,
            "allowed_company_ids": [self.company.id, self.other_company.id],
            "bin_size": True,
            "su": True,
            "sudo": True,
            "uid": 1,
            "install_mode": True,
            "tracking_disable": True,
            "website_id": self.website.id,
            "prefetch_fields": False,
            "bypass_search_access": True,
        }
        labels = ("secret circle", "closed circle", "listing secret", "exchange lent")
        with Cells("RPC: context keys") as cells:
            for label in (*labels, "circle's abroad", "private owner"):
                record = self.things[label]
                domain = [("id", "=", record.id)]
                for actor in sorted(EVERYBODY):
                    for key, value in keys.items():
                        if key == "allowed_company_ids" and actor in SEES[label]:
                            continue
                        # Closed circles too.
                        context = {"active_test": False, key: value}
                        seen = self.can(
                            actor, record._name, "search", domain, context=context
                        )
                        cells.equal(seen, actor in SEES[label], label, actor, key)

    def test_nobody_without_the_right_exports(self):
        """Exporting is a right of its own, which members never have."""
        with Cells("RPC: export") as cells:
            for label, record in self.things.items():
                for actor in ("visitor", "insider", "former", "owner", "internal"):
                    ids = record.ids
                    seen = self.can(actor, record._name, "export_data", ids, [".id"])
                    cells.equal(seen, False, label, actor)
