# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from lxml import html
from odoo import fields, http
from odoo.addons.ebs_base.clock import clock_at
from odoo.addons.ebs_loans.tests.common import LoansCase
from odoo.fields import Command
from odoo.tests import HttpCase

CSRF = re.compile(r"[0-9a-f]{40}o\d+")


class WebCase(LoansCase, HttpCase):
    """The world of the loans, with a site for platform A and a visitor's browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Pages are served by threads that know no other clock than the real one.
        watch = clock_at(fields.Datetime.now())
        watch.__enter__()
        cls.addClassCleanup(watch.__exit__, None, None, None)
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.company_id = cls.company

    @classmethod
    def speak_english(cls):
        """Have the site and its accounts in English, whatever is installed."""
        english = cls.env["res.lang"]._lang_get("en_US")
        cls.env["website"].search([]).write(
            {
                "language_ids": [Command.set(english.ids)],
                "default_lang_id": english.id,
            }
        )
        cls.env["res.users"].search([("share", "=", True)]).lang = "en_US"

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def log_in(self, member):
        """Go on as that member."""
        login = member.sudo().user_id.login
        self.authenticate(login, login)

    def get(self, path):
        """A page, redirections not followed."""
        return self.url_open(path, allow_redirects=False)

    def post(self, path, csrf=True, **data):
        """Send a form as its page would."""
        if csrf:
            data["csrf_token"] = self.csrf()
        return self.url_open(path, data=data or {"nothing": ""}, allow_redirects=False)

    def csrf(self):
        """The token of the forms in this session."""
        return http.Request.csrf_token(self)

    def parse(self, response):
        """The page as a tree."""
        return html.fromstring(response.text)

    def words(self, response, selector="#wrap"):
        """The text of the first part that the selector names."""
        found = self.parse(response).cssselect(selector)
        return " ".join(found[0].text_content().split()) if found else ""

    def alert(self, response):
        """The sentence that says what went wrong."""
        return self.words(response, ".o_ebs_alert")

    def strip(self, response):
        """The page without what differs from one form to the next."""
        return CSRF.sub("CSRF", response.text)

    def assertLeadsTo(self, response, path):
        """The answer is a 303 to that page of this site."""
        self.assertEqual(response.status_code, 303, response.text[:500])
        location = response.headers["Location"]
        self.assertEqual(location.replace(self.base_url(), ""), path)
