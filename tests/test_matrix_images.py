# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures by address: every size and every way in, for everybody.

Whoever may see the thing gets its own picture, which nobody keeps unless everyone
may see it; all others get, byte for byte, what a record that never was gives.
"""

import pytest
from odoo.tests import tagged

from .support.cells import Cells
from .support.everybody import UNKNOWN, EverybodyCase
from .support.law import EVERYBODY, SEES

# The thing that has the picture, the field of its biggest, and whether it has sizes.
PICTURES = {
    "photo everyone": "image_1920",
    "photo members": "image_1920",
    "photo secret": "image_1920",
    "photo other": "image_1920",
    "photo paused": "image_1920",
    "photo abroad": "image_1920",
    "secret circle": "image_1920",
    "other circle": "image_1920",
    "closed circle": "image_1920",
    "circle abroad": "image_1920",
    "open circle": "image_1920",
    "listing secret": "image_128",
    "exchange lent": "image_512",
    "picture lent": "image_1920",
    "sent lent": "image_1920",
    "sent plain": "image_1920",
    "sent quarrel": "image_1920",
    "picture plain": "image_1920",
    "shown quarrel": "image_1920",
    "shown asker": "image_1920",
    "persona owner": "image_1920",
    "persona newcomer": "image_1920",
    "persona suspended": "image_1920",
}
SIZES = ("image_1024", "image_512", "image_256", "image_128")
UNKEPT = "private, no-store"


def ways(model, field):
    """Return the addresses of a picture by record; `{}` stands for its id."""
    one = f"{model}/{{}}/{field}"
    return [
        f"/web/image/{one}",
        f"/web/image/{one}?unique=0a1b2c3d",
        f"/web/image/{one}/80x60?unique=1",
        f"/web/image/{one}/name.jpg?download=1",
        f"/web/image?model={model}&id={{}}&field={field}&access_token=none",
        f"/web/content/{one}",
        f"/web/content/{one}?unique=0a1b2c3d",
        f"/web/content?model={model}&id={{}}&field={field}&nocache=1",
        f"/website/image/{one}",
    ]


@pytest.mark.slow
@tagged("post_install", "-at_install", "ebs_security")
class TestMatrixImages(EverybodyCase):
    """Everybody at the address of every picture."""

    @classmethod
    def _make_records(cls):
        super()._make_records()
        for name in ("owner", "newcomer", "suspended"):
            cls.personas[name].image_1920 = cls.make_picture(f"face of {name}")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.things["exchange lent"].image_512 = cls.make_picture("as agreed")
        cls.env.flush_all()

    def seen(self, answer):
        return (answer.status_code, answer.content, answer.headers["Content-Type"])

    def kept(self, answer):
        return answer.headers.get("Cache-Control")

    def test_matrix_of_pictures_by_record(self):
        with Cells("pictures by record") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                nones = {}
                for label, field in PICTURES.items():
                    model = self.things[label]._name
                    for way in self._ways(label, model, field):
                        if way not in nones:
                            nones[way] = self.url_open(way.format(UNKNOWN))
                        self._check(cells, actor, label, way, nones[way])

    def _ways(self, label, model, field):
        found = ways(model, field)
        # Every size of some pictures, every way of all.
        if label in ("photo secret", "secret circle"):
            found += [f"/web/image/{model}/{{}}/{size}?unique=1" for size in SIZES]
            return found
        if field == "image_1920":
            found = [way.replace(field, "image_512") for way in found]
        return found[1:3] + found[5:8]

    def _check(self, cells, actor, label, way, none):
        answer = self.url_open(way.format(self.things[label].id))
        name = (label, actor, way)
        if actor not in SEES[label]:
            cells.equal(self.seen(answer) == self.seen(none), True, *name, "as none")
            cells.equal(self.kept(answer), self.kept(none), *name, "kept as none")
            return
        cells.equal(self.seen(answer) != self.seen(none), True, *name, "its own")
        if "visitor" not in SEES[label]:
            cells.equal(self.kept(answer), UNKEPT, *name, "not kept")

    def test_matrix_of_pictures_by_attachment(self):
        """The file behind a picture has an id too, which tells no more."""
        labels = ("photo secret", "secret circle", "photo other", "photo everyone")
        labels += ("picture lent", "picture plain", "shown quarrel", "shown asker")
        labels += ("sent lent", "sent plain", "sent quarrel")
        addresses = (
            "/web/image/{}",
            "/web/image/{}?unique=0a1b2c3d",
            "/web/image/{}-0a1b2c3d/80x60",
            "/web/content/{}",
            "/web/content/{}?unique=0a1b2c3d&download=1",
            "/web/content/{}/name.jpg",
            "/web/image/ir.attachment/{}/datas",
            "/web/content/ir.attachment/{}/raw",
        )
        with Cells("pictures by attachment") as cells:
            for actor in sorted(EVERYBODY):
                self.be(actor)
                for address in addresses:
                    none = self.url_open(address.format(UNKNOWN))
                    for label in labels:
                        file = self.file_of(label)
                        answer = self.url_open(address.format(file.id))
                        told = self.seen(answer) != self.seen(none)
                        # Core gives staff alone files by their id.
                        if actor not in SEES[label]:
                            cells.equal(told, False, label, actor, address)
                        elif told and "visitor" not in SEES[label]:
                            kept = self.kept(answer)
                            cells.equal(kept, UNKEPT, label, actor, address)

    def file_of(self, label):
        record = self.things[label]
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("res_field", "=", "image_1920"),
                ]
            )
        )

    def test_matrix_of_attachments_over_rpc(self):
        """No file of a hidden thing is found, counted or read as an attachment."""
        with Cells("attachments over RPC") as cells:
            labels = ("photo secret", "secret circle", "photo other")
            for label in (*labels, "picture lent", "picture plain", "shown asker"):
                file = self.file_of(label)
                for actor in sorted(EVERYBODY):
                    for method, arguments in {
                        "search": [[("id", "=", file.id)]],
                        "search_count": [[("res_field", "!=", False)]],
                        "read": [file.ids, ["res_id", "raw"]],
                        "web_read": [file.ids, {"checksum": {}}],
                        "name_search": ["", [("id", "=", file.id)]],
                    }.items():
                        if method == "search_count":
                            arguments[0].append(("checksum", "=", file.checksum))
                        seen = self.can(actor, "ir.attachment", method, *arguments)
                        if actor not in SEES[label]:
                            cells.equal(seen, False, label, actor, method)
