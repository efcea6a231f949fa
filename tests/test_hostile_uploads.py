# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Hostile files sent as photos, over real HTTP, to a real server (row T-S7).

No worker dies or grows, none is busy for long; what is taken tells no place and is
never anything but a picture; what is refused is refused by its name, with a reason.
"""

import io
import os
import time
from collections import Counter
from pathlib import Path

import pytest
import requests
from lxml import html
from PIL import Image

from .support.databases import installed_template, query, temporary_database
from .support.hostile import get_files
from .support.loans import Member, at_once, sentence
from .support.server import OdooServer
from .support.world import build_world

pytestmark = pytest.mark.slow

MOST_MEMORY = 600 * 1024  # kB
LONGEST = 5
OWNER = "owner@example.com"


def workers_of(server):
    """Return the processes that answer HTTP, by their ids."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return {int(pid) for pid in children.split()}


def peak_of(pid):
    """Return the most memory that a process ever had, in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


def busy_of(pids):
    """Return the processor time that processes have taken, in seconds."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def platform():
    """Give a server of two workers on a platform of its own."""
    with temporary_database(installed_template(), "ebs_test_uploads") as database:
        build_world(database, askers=1, rounds=0)
        with OdooServer(database, workers=2) as server:
            yield server


def send(member, title, name, content):
    """Send one file with a new draft and return the answer."""
    return member.session.post(
        f"{member.url}/publish",
        data={"csrf_token": member.csrf, "name": title, "draft": "1"},
        files=[("photos", (name, content, "image/jpeg"))],
        allow_redirects=False,
        timeout=120,
    )


def photos_of(server, title):
    """Return the photos of the listing of a title."""
    found = query(
        server.database,
        """SELECT p.id FROM ebs_photo p JOIN ebs_listing l ON l.id = p.listing_id
        WHERE l.name = %s""",
        (title,),
    )
    return [photo_id for (photo_id,) in found]


def check_served(member, photo_id, name):
    """Look at a photo as a browser gets it."""
    for field in ("image_1920", "image_512"):
        answer = member.get(f"/web/image/ebs.photo/{photo_id}/{field}")
        kind = answer.headers["Content-Type"].split(";")[0]
        assert kind in ("image/jpeg", "image/png"), (name, kind)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        for word in (b"<script", b"<svg", b"Camera of Olga", b"GPS"):
            assert word not in answer.content, (name, word)
        picture = Image.open(io.BytesIO(answer.content))
        assert not dict(picture.getexif()), name
        assert max(picture.size) <= 1920
        if name.startswith("turned-"):
            check_upright(picture, int(name[7]))


def check_upright(picture, orientation):
    """The red half is where the one who held the camera saw it."""
    width, height = picture.size
    assert (width > height) == (orientation < 5)
    near, far = (2, height // 2), (width - 3, height // 2)
    if orientation >= 5:
        near, far = (width // 2, 2), (width // 2, height - 3)
    if orientation in (2, 3, 7, 8):
        near, far = far, near
    points = picture.convert("RGB")
    assert points.getpixel(near)[0] > 200, (orientation, "red")
    assert points.getpixel(far)[2] > 200, (orientation, "blue")


def test_hostile_files(platform):
    member = Member(platform, OWNER)
    pids = workers_of(platform)
    seen, slowest, longest = Counter(), (0, ""), (0, "")
    for number, (name, content, is_taken) in enumerate(get_files()):
        title = f"Photo {number}"
        busy, start = busy_of(pids), time.monotonic()
        answer = send(member, title, name, content)
        took = time.monotonic() - start
        slowest = max(slowest, (round(busy_of(pids) - busy, 2), name[:30]))
        longest = max(longest, (round(took, 2), name[:30]))
        assert answer.status_code in (303, 422), (name[:50], answer.status_code)
        assert is_taken in (None, answer.status_code == 303), (name[:50], is_taken)
        photos = photos_of(platform, title)
        if answer.status_code == 303:
            assert len(photos) == 1, name
            check_served(member, photos[0], name)
            seen["taken"] += 1
        else:
            assert not photos, name
            words = sentence(answer)
            assert name[:9].split("\u202e")[0] in words, (name[:50], words)
            assert "\u202e" not in words
            assert len(words) < 300, words
            assert not html.fromstring(answer.text).xpath("//img[@onerror]")
            seen["refused"] += 1
    peaks = [peak_of(pid) // 1024 for pid in pids]
    print(
        f"\nT-S7: {dict(seen)}, peak {max(peaks)} MB,"
        f" busiest {slowest}, longest {longest}"
    )
    assert sum(seen.values()) >= 60
    assert workers_of(platform) == pids, "a worker has died"
    assert max(peaks) * 1024 < MOST_MEMORY
    assert slowest[0] <= LONGEST, slowest
    if os.getloadavg()[0] <= os.cpu_count():
        # On a machine that others use too, the clock on the wall says little.
        assert longest[0] <= LONGEST, longest


def test_a_body_of_200_megabytes_is_not_read(platform):
    member = Member(platform, OWNER)
    pids = workers_of(platform)
    edge = "edge"
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="photos"; '
        'filename="huge.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    ).encode()
    size = 200 * 1024 * 1024

    def body():
        yield head
        for _part in range(200):
            yield b"\xff" * (1024 * 1024)

    headers = {
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Content-Length": str(len(head) + size),
    }
    busy = busy_of(pids)
    try:
        answer = member.session.post(
            f"{member.url}/publish", data=body(), headers=headers, timeout=120
        )
    except requests.ConnectionError:
        pass  # closed on us while we were sending
    else:
        assert answer.status_code in (400, 413), answer.status_code
    assert busy_of(pids) - busy <= LONGEST
    assert workers_of(platform) == pids
    assert max(map(peak_of, pids)) < MOST_MEMORY
    assert member.get("/publish").ok


def test_the_heaviest_four_at_once(platform):
    """Two workers, each with the largest picture that may be sent."""
    pids = workers_of(platform)
    files = {name: content for name, content, taken in get_files() if taken}
    names = ("png-49.9.png", "clear-28.png", "layers-24.jpg", "webp-12.webp")
    members = [Member(platform, OWNER) for _name in names]
    answers = at_once(
        [
            lambda m=member, n=name: send(m, f"At once {n}", n, files[n])
            for member, name in zip(members, names, strict=True)
        ]
    )
    assert [answer.status_code for answer in answers] == [303] * 4
    assert workers_of(platform) == pids
    assert max(map(peak_of, pids)) < MOST_MEMORY


def test_eight_photos_in_one_form_cost_no_more_than_one(platform):
    member = Member(platform, OWNER)
    pids = workers_of(platform)
    noise = Image.frombytes("RGB", (1400, 1300), os.urandom(1400 * 1300 * 3))
    buffer = io.BytesIO()
    noise.save(buffer, "JPEG", quality=100, subsampling=0)
    assert len(buffer.getvalue()) > 4_000_000
    photo = ("photos", ("noise.jpg", buffer.getvalue(), "image/jpeg"))
    answer = member.session.post(
        f"{member.url}/publish",
        data={"csrf_token": member.csrf, "name": "Eight", "draft": "1"},
        files=[photo] * 8,
        allow_redirects=False,
        timeout=120,
    )
    assert answer.status_code == 303
    assert len(photos_of(platform, "Eight")) == 8
    assert max(map(peak_of, pids)) < MOST_MEMORY
