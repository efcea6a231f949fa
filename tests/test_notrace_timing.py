# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A hidden thing takes as long to be refused as one that never was.

Measured against a server of its own: 200 requests, hidden and missing in turn, whose
medians differ by less than a tenth. A busy machine gets three tries.
"""

import json
import statistics
import time

import pytest

from .support.browsing import Person
from .support.databases import installed_template, run_odoo, temporary_database
from .support.server import OdooServer
from .support.world import PASSWORD, build_world

pytestmark = pytest.mark.slow

TRIES = 3
REQUESTS = 200
MOST = 0.10
UNKNOWN = 999_999

HIDE = """
import base64, io, json
from PIL import Image
owner = env["res.users"].search([("login", "=", "owner@example.com")])
circles = env["ebs.circle"].with_user(owner)
secret = circles.action_create({
    "name": "Secret", "join_mode": "invitation", "is_listed": False,
})
listing = env["ebs.listing"].search([("name", "=", "Escabeau 0")], limit=1)
listing.with_user(owner).action_set_visibility("circles", secret.ids)
picture = io.BytesIO()
Image.new("RGB", (800, 600), "#336699").save(picture, "JPEG")
photo = env["ebs.photo"].create({
    "listing_id": listing.id, "image_1920": base64.b64encode(picture.getvalue()),
})
exchange = env["ebs.exchange"].search([], limit=1)
env.cr.commit()
print("HIDDEN " + json.dumps({
    "/listings/x-{}": listing.id,
    "/circles/x-{}": secret.id,
    "/web/image/ebs.photo/{}/image_512?unique=1": photo.id,
    "/my/listings/{}/edit": listing.id,
    "/my/exchanges/{}": exchange.id,
}))
"""


@pytest.fixture(scope="module")
def doors():
    """Give a visitor and a stranger of a running platform, and what is hidden."""
    with temporary_database(installed_template(), "ebs_test_timing") as database:
        build_world(database, askers=2, rounds=1)
        printed = run_odoo("shell", "-d", database, "--no-http", stdin=HIDE)
        lines = [line for line in printed.splitlines() if line.startswith("HIDDEN ")]
        assert lines, printed
        hidden = json.loads(lines[0].removeprefix("HIDDEN "))
        with OdooServer(database) as server:
            visitor = Person(server.url)
            stranger = Person(server.url).log_in("asker1@example.com", PASSWORD)
            yield {"visitor": visitor, "stranger": stranger}, hidden


def measure(person, hidden, missing):
    """Return the medians of both addresses, asked in turn, in milliseconds."""
    times = {hidden: [], missing: []}
    for turn in range(REQUESTS):
        path = (hidden, missing)[turn % 2]
        start = time.perf_counter()
        person.get(path, allow_redirects=False)
        times[path].append((time.perf_counter() - start) * 1000)
    return [statistics.median(times[path]) for path in (hidden, missing)]


@pytest.mark.parametrize(
    ("actor", "path"),
    [
        ("visitor", "/listings/x-{}"),
        ("stranger", "/listings/x-{}"),
        ("visitor", "/circles/x-{}"),
        ("stranger", "/circles/x-{}"),
        ("visitor", "/web/image/ebs.photo/{}/image_512?unique=1"),
        ("stranger", "/web/image/ebs.photo/{}/image_512?unique=1"),
        ("stranger", "/my/listings/{}/edit"),
    ],
)
def test_a_hidden_thing_takes_as_long_as_none(doors, capsys, actor, path):
    people, hidden = doors
    person = people[actor]
    addresses = path.format(hidden[path]), path.format(UNKNOWN)
    for address in addresses:
        person.get(address)
    for _turn in range(TRIES):
        one, none = measure(person, *addresses)
        with capsys.disabled():
            print(f"\n{actor} {path}: hidden {one:.2f} ms, missing {none:.2f} ms")
        if abs(one - none) <= MOST * none:
            return
    raise AssertionError(f"{actor} {path}: {one:.2f} ms is not {none:.2f} ms")
