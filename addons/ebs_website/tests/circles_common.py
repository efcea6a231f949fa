# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from urllib.parse import quote, quote_plus

from lxml import html

from .pages_common import WebsiteCase

NEVER = 2147483600


class CirclePagesCase(WebsiteCase):
    """Words of the tests that open the pages of circles."""

    def url(self, circle):
        return self.url_of(circle, "circles")

    def tree(self, response):
        return html.fromstring(response.text)

    def titles(self, page):
        return [title.text_content() for title in page.cssselect(".o_ebs_card_title")]

    def get_membership(self, circle, member):
        return self.env["ebs.circle.member"].search(
            [("circle_id", "=", circle.id), ("member_id", "=", member.id)]
        )

    @classmethod
    def share(cls, circle, name, member=None, **values):
        """Somebody inside, the organiser if nobody else, shares a thing there."""
        return cls.make_loan(
            member or cls.organiser,
            name=name,
            visibility="circles",
            circle_ids=circle.ids,
            **values,
        )

    def count_queries(self, url):
        """How many queries a page costs once it is warm."""
        self.url_open(url, allow_redirects=False)
        self.env.cr.flush()
        before = self.env.cr.sql_log_count
        self.url_open(url, allow_redirects=False)
        return self.env.cr.sql_log_count - before

    def read_404(self, path, post=False):
        """The answer to an address, without the address and the forms' token."""
        response = self.post(path) if post else self.url_open(path)
        self.assertEqual(response.status_code, 404, path)
        text = self.strip(response)
        for address in (path, quote(path, safe=""), quote_plus(path)):
            text = text.replace(address, "ADDRESS")
        return text

    def assert_same_404(self, path, post=False):
        """The path, whose last number names a hidden thing, answers as any other."""
        number = re.findall(r"[0-9]+", path)[-1]
        head, _number, tail = path.rpartition(number)
        hidden = self.read_404(path, post)
        missing = self.read_404(f"{head}{NEVER}{tail}", post)
        self.assertEqual(hidden, missing)
