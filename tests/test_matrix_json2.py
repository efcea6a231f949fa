# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""JSON-2: the same table, with an API key of each account and no session.

Odoo gives keys to portal users where `portal.allow_api_keys` is set; the key is
made here as core's form makes it.
"""

from datetime import timedelta

import pytest
from odoo import fields
from odoo.tests import tagged
from odoo.tests.common import Opener

from .support.cells import Cells
from .support.everybody import UNKNOWN, EverybodyCase
from .support.law import EVERYBODY, SEES

LABELS = (
    *("secret circle", "closed circle", "request circle", "circle abroad"),
    *("listing everyone", "listing members", "listing secret", "listing both"),
    *("listing draft", "circle's abroad", "photo secret", "copy lent"),
    *("place insider", "place former", "invitation secret", "announcement secret"),
    *("exchange lent", "exchange plain", "message lent", "sent lent", "booking lent"),
    *("persona suspended", "private owner", "opening secret"),
    *("condition lent", "guarantee lent", "waiting secret", "feed owner"),
    *("dispute quarrel", "line asker", "shown asker", "hold secret", "order lent"),
)


@pytest.mark.slow
@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixJson2(EverybodyCase):
    """Everybody with a key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("portal.allow_api_keys", "1")
        expiry = fields.Datetime.now() + timedelta(hours=1)
        cls.keys = {}
        for actor in EVERYBODY - {"visitor"}:
            keys = cls.env["res.users.apikeys"].with_user(cls.accounts[actor])
            cls.keys[actor] = keys._generate("rpc", "A test", expiry)
        cls.env.flush_all()

    def _ask(self, actor, model, method, **values):
        headers = {"Authorization": f"bearer {self.keys[actor]}"}
        with self.silent():
            return self.url_open(
                f"/json/2/{model}/{method}", json=values, headers=headers
            )

    def test_matrix_of_json2(self):
        self.opener = Opener(self)
        context = {"active_test": False}
        with Cells("JSON-2") as cells:
            for actor in sorted(self.keys):
                nones = {}
                for label in LABELS:
                    record = self.things[label]
                    model, ids = record._name, record.ids
                    domain = [["id", "in", ids]]
                    expected = actor in SEES[label]
                    answer = self._ask(
                        actor, model, "search", domain=domain, context=context
                    )
                    found = answer.status_code == 200 and bool(answer.json())
                    cells.equal(found, expected, label, actor, "search")
                    answer = self._ask(actor, model, "read", ids=ids, fields=["id"])
                    found = answer.status_code == 200 and bool(answer.json())
                    cells.equal(found, expected, label, actor, "read")
                    if not expected:
                        if model not in nones:
                            nones[model] = self._ask(
                                actor, model, "read", ids=[UNKNOWN], fields=["id"]
                            )
                        none = nones[model]
                        said, nothing = (
                            (one.status_code, one.text) for one in (answer, none)
                        )
                        cells.equal(said, nothing, label, actor, "as none")

    def test_without_a_key_nothing_is_told(self):
        self.opener = Opener(self)
        self.keys["visitor"] = "0" * 40
        with Cells("JSON-2") as cells:
            for label in LABELS:
                record = self.things[label]
                answer = self._ask("visitor", record._name, "read", ids=record.ids)
                cells.equal(answer.status_code, 401, label, "no key")
        del self.keys["visitor"]
