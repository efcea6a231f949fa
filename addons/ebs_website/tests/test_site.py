# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import re
import zipfile

from odoo.tests import tagged

from ..const import MENUS, PALETTE
from .pages_common import WebsiteCase

THIRD_PARTY = re.compile(r"(?:href|src|action)=\"(?:https?:)?//(?!127\.0\.0\.1)[^\"]*")

SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)


@tagged("post_install", "-at_install")
class TestSite(WebsiteCase):
    """What makes a site a platform's, and leaves every other one alone."""

    def _get_menu_urls(self):
        menus = self.env["website.menu"].search([("website_id", "=", self.website.id)])
        return menus.mapped("url")

    def _get_values(self):
        assets = self.env["website.assets"].with_context(website_id=self.website.id)
        url = "/website/static/src/scss/options/colors/user_color_palette.scss"
        custom_url = assets._make_custom_asset_url(url, "web.assets_frontend")
        return assets._get_custom_attachment(custom_url)

    def test_a_site_given_to_a_platform_gets_its_doors_once(self):
        self.website._ebs_open()
        for url in MENUS:
            self.assertEqual(self._get_menu_urls().count(url), 1, url)

    def test_the_doors_go_when_the_company_is_no_platform_any_more(self):
        self.company.is_ebs_platform = False
        self.assertFalse(set(MENUS) & set(self._get_menu_urls()))
        self.assertFalse(self.website._ebs_company())

    def test_the_default_language_of_the_site_stays(self):
        language = self.website.default_lang_id
        self.company.is_ebs_platform = False
        self.company.is_ebs_platform = True
        self.assertEqual(self.website.default_lang_id, language)

    def test_a_new_site_of_a_platform_opens_with_its_look(self):
        site = self.env["website"].create(
            {"name": "Second", "company_id": self.company.id}
        )
        self.website = site
        self.assertIn(PALETTE[0], self._get_values().raw.decode())
        self.assertLessEqual(set(MENUS), set(self._get_menu_urls()))

    def test_colours_that_the_operator_chose_are_kept(self):
        chosen = self._get_values()
        chosen.raw = chosen.raw.replace(PALETTE[0].encode(), b"#123456")
        self.company.is_ebs_platform = False
        self.company.is_ebs_platform = True
        self.assertIn("#123456", self._get_values().raw.decode())

    def test_the_look_goes_to_the_platform_whatever_site_the_manager_looks_at(self):
        shop = self.env["website"].create({"name": "Shop", "company_id": self.shop.id})
        company = self.env["res.company"].create({"name": "Platform Cedar"})
        site = self.env["website"].create({"name": "Cedar", "company_id": company.id})
        company.with_context(website_id=shop.id).is_ebs_platform = True
        self.website = shop
        self.assertFalse(self._get_values())
        self.website = site
        self.assertIn(PALETTE[0], self._get_values().raw.decode())

    def test_pages_show_no_other_brand_and_call_no_third_party(self):
        listing = self.make_loan()
        self.add_photo(listing)
        for url in ("/", "/listings", self.url_of(listing), "/circles", "/nothing"):
            with self.subTest(url=url):
                response = self.url_open(url)
                text = response.text
                body = text[text.index("<body") :]
                self.assertNotIn("Odoo", SCRIPT.sub("", body))
                self.assertNotIn("odoo.com", text)
                outside = [
                    found
                    for found in THIRD_PARTY.findall(text)
                    if "canonical" not in found and "localhost" not in found
                ]
                self.assertEqual(outside, [])
                self.assertIn("/source", body)

    def test_the_style_sheet_takes_its_fonts_from_this_server(self):
        page = self.get("/listings")
        sheets = page.xpath("//link[@rel='stylesheet']/@href")
        self.assertTrue(sheets)
        css = "".join(self.url_open(sheet).text for sheet in sheets)
        self.assertNotIn("googleapis", css)
        self.assertNotIn("gstatic", css)
        self.assertIn(PALETTE[0].lower(), css.lower())
        self.assertNotIn("@import", css)
        faces = re.findall(r"@font-face\s*\{[^}]*\}", css)
        ours = [face for face in faces if "ebs_website" in face]
        self.assertEqual(len(ours), 4)
        first = page.xpath("//link[@rel='preload'][@as='font']/@href")
        self.assertTrue(first)
        for face in ours:
            file = re.search(r"url\([\"']?(/[^)\"']+)", face)[1]
            answer = self.url_open(file)
            self.assertEqual(answer.content[:4], b"wOF2", file)
            self.assertLess(len(answer.content), 25_000, file)
        for file in first:
            self.assertIn(file, css)

    def test_a_site_of_another_company_is_left_as_it_is(self):
        self.website.company_id = self.shop
        for url in ("/listings", "/publish", "/circles", "/source", "/listings/x-1"):
            self.get(url, status=404)
        self.get("/")
        text = self.page.text
        self.assertNotIn("o_ebs", text)
        self.assertIn('name="generator"', text)
        self.assertIn("o_footer_copyright", text)
        self.assertIn("fonts.gstatic.com", text)
        self.assertFalse(set(MENUS) & set(self._get_menu_urls()))

    def test_a_home_page_of_the_operator_takes_the_place_of_ours(self):
        self.website.homepage_url = "/listings"
        self.get("/")
        self.assertIn("o_ebs_filters", self.page.text)
        self.website.homepage_url = False
        self.get("/")
        self.assertIn("o_ebs_hero", self.page.text)

    def test_a_platform_without_logo_shows_its_name(self):
        page = self.get("/")
        self.assertEqual(self.text_of(page, ".o_ebs_wordmark"), "The Trunk")
        self.website.logo = self.env.ref("base.main_company").logo
        page = self.get("/")
        self.assertFalse(page.cssselect(".o_ebs_wordmark"))

    def test_the_source_code_of_what_runs_is_offered(self):
        self.get("/source")
        self.assertIn("AGPL-3", self.page.text)
        response = self.url_open("/source/ebs.zip")
        names = zipfile.ZipFile(io.BytesIO(response.content)).namelist()
        for addon in ("ebs_base", "ebs_listings", "ebs_website"):
            self.assertIn(f"{addon}/__manifest__.py", names)
        self.assertFalse([name for name in names if "__pycache__" in name])
