# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import re
from io import BytesIO
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import file_path
from PIL import Image

from ..const import PALETTE
from .pages_common import WebsiteCase

FONT_SHEET = "ebs_website/static/src/scss/fonts.scss"
EBS_ADDONS = ("ebs_base", "ebs_circles", "ebs_listings", "ebs_loans", "ebs_website")
# All scripts of an addon together, before any compression.
MOST_SCRIPTS = 60_000


@tagged("post_install", "-at_install")
class TestFront(WebsiteCase):
    """What comes with a page: little, from this server, and an app for a phone."""

    def test_scripts_of_our_own_are_few(self):
        files = Path(file_path("ebs_website/static/src")).rglob("*.js")
        self.assertLess(sum(file.stat().st_size for file in files), MOST_SCRIPTS)

    def test_every_icon_in_use_is_in_the_small_file(self):
        """An icon outside it costs each visitor the whole family."""
        held = set()
        text = Path(file_path(FONT_SHEET)).read_text(encoding="utf-8")
        for part in re.search(r"\$-icons: unquote\(\s*\"([^\"]+)", text)[1].split(","):
            first, _dash, last = part.removeprefix("U+").partition("-")
            held |= set(range(int(first, 16), int(last or first, 16) + 1))
        css = Path(file_path("web/static/src/libs/fontawesome/css/font-awesome.css"))
        codes = {}
        rules = re.findall(
            r"((?:\.fa-[\w-]+:before,?\s*)+)\{\s*content:\s*\"\\([0-9a-f]+)\"",
            css.read_text(encoding="utf-8"),
        )
        for names, code in rules:
            codes |= dict.fromkeys(re.findall(r"fa-[\w-]+", names), int(code, 16))
        used = set()
        for name in EBS_ADDONS:
            for path in Path(file_path(name)).rglob("*"):
                if path.suffix in (".xml", ".py", ".js") and "tests" not in path.parts:
                    found = re.findall(r"fa-[\w-]+", path.read_text(encoding="utf-8"))
                    used |= {codes[icon] for icon in found if icon in codes}
        self.assertTrue(used)
        self.assertEqual({hex(code) for code in used - held}, set())

    def test_a_site_that_closes_keeps_its_look_from_this_server(self):
        self.website.company_id = self.shop
        self.env.flush_all()
        sheets = self.get("/").xpath("//link[@rel='stylesheet']/@href")
        css = "".join(self.url_open(sheet).text for sheet in sheets)
        self.assertNotIn("googleapis", css)
        self.assertNotIn("ebs_website/static/fonts", css)
        self.assertTrue(re.findall(r"/web/content/\d+/google-font-\w+", css))

    def test_a_platform_installs_on_a_phone(self):
        card = self.url_open("/app/manifest.webmanifest")
        self.assertEqual(card.headers["Content-Type"], "application/manifest+json")
        card = card.json()
        self.assertEqual(card["name"], self.website.company_id.name)
        self.assertEqual((card["start_url"], card["scope"]), ("/", "/"))
        self.assertEqual(card["theme_color"], PALETTE[0])
        for icon in card["icons"]:
            answer = self.url_open(icon["src"])
            self.assertEqual(answer.headers["Content-Type"], "image/png")
            size = Image.open(BytesIO(answer.content)).size
            self.assertEqual("{}x{}".format(*size), icon["sizes"])
        page = self.get("/")
        self.assertEqual(
            page.xpath("//link[@rel='manifest']/@href"), ["/app/manifest.webmanifest"]
        )
        worker = self.url_open("/app/worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/")
        offline = self.url_open("/app/offline").text
        self.assertNotIn("csrf", offline)
        self.assertNotIn("src=", offline)

    def test_the_logo_becomes_the_icon(self):
        red = BytesIO()
        Image.new("RGB", (40, 20), "#ff0000").save(red, "PNG")
        self.website.logo = base64.b64encode(red.getvalue())
        self.env.flush_all()
        answer = self.url_open("/app/icon-192.png")
        icon = Image.open(BytesIO(answer.content)).convert("RGB")
        self.assertEqual(icon.getpixel((96, 96)), (255, 0, 0))
        self.assertEqual(
            "#{:02X}{:02X}{:02X}".format(*icon.getpixel((2, 2))), PALETTE[3]
        )

    def test_another_site_is_no_app_of_ours(self):
        self.website.company_id = self.shop
        for path in ("manifest.webmanifest", "worker.js", "offline", "icon-192.png"):
            self.get(f"/app/{path}", status=404)
        self.assertNotIn("manifest.webmanifest", self.url_open("/").text)

    def test_a_form_that_comes_too_late_is_given_back_in_a_sentence(self):
        """Core said "400: Bad Request", and what was written was gone."""
        written = {"name": "Échelle <b>double</b>", "password": "secret-of-mine"}
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self.url_open(
                "/web/signup", {"csrf_token": "of-yesterday", **written}
            )
        self.assertEqual(answer.status_code, 400)
        self.assertIn("Nothing was sent", answer.text)
        self.assertIn("Échelle &lt;b&gt;double&lt;/b&gt;", answer.text)
        self.assertNotIn("secret-of-mine", answer.text)
        self.assertNotIn("CSRF", answer.text)
        self.assertIn('href="/web/signup"', answer.text)
