# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A person at a browser without JavaScript: pages, forms and their tokens."""

import requests
from lxml import html


class Person:
    """A session on a platform: reads pages and sends the forms they hold."""

    def __init__(self, server_url):
        self.url = server_url
        self.session = requests.Session()

    def get(self, path, **arguments):
        """Open a page and return the answer."""
        return self.session.get(self.url + path, timeout=120, **arguments)

    def token(self, path="/web/login"):
        """Return the CSRF token that the page at `path` gives this session."""
        page = html.fromstring(self.get(path).text)
        return page.xpath("//input[@name='csrf_token']/@value")[0]

    def post(self, path, data=None, token=None, **arguments):
        """Send a form with this session's token and return the answer."""
        values = {"csrf_token": token or self.token(), **(data or {})}
        return self.session.post(self.url + path, data=values, timeout=120, **arguments)

    def log_in(self, login, password):
        """Sign in through the login page; AssertionError when it refuses."""
        answer = self.post("/web/login", {"login": login, "password": password})
        assert "/web/login" not in answer.url or answer.url.endswith(
            "login_successful"
        ), f"{login} cannot sign in: {answer.url}"
        return self
