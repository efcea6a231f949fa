# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sign-up, confirmation, log-in and forgotten passwords of a platform.

No answer here tells whether somebody has an account: the same page, status and work
for every address. On a site that is no platform, core answers as ever.
"""

import logging
from urllib.parse import urlencode

from odoo import http
from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.auth_signup.models.res_partner import SignupError
from odoo.addons.ebs_base.models.ebs_member_account import PASSWORD_LENGTH
from odoo.exceptions import UserError
from odoo.http import request

from .common import EbsController

_logger = logging.getLogger(__name__)

# What core's own form lets one type; the hash stumbles over more.
LONGEST_PASSWORD = 4096
# Where the way back of a sign-up waits for the confirmation in the same browser.
WAY_BACK = "ebs_way_back"


def _clean(value, limit=254):
    """A line that a visitor typed; anything else counts as empty."""
    if not isinstance(value, str):
        return ""
    return value.replace("\0", "").strip()[:limit]


def local_path(value):
    """The address of a page of this site, or nothing: no other place to land on."""
    path = _clean(value, 2000)
    if not path.startswith("/") or path[1:2] in ("/", "\\"):
        return ""
    # Browsers drop such characters, and may find a second slash behind them.
    if any(ord(char) < 32 for char in path):
        return ""
    return path


class EbsAccounts(EbsController, http.Controller):
    """What follows a sign-up: the mail to expect, and the confirmation."""

    @http.route(
        "/signup/sent",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def signup_sent(self, **kw):
        """What happens next, the same for everyone who signed up."""
        return self._render("ebs_website.signup_sent")

    @http.route(
        "/confirm/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def confirm(self, token, **kw):
        """One button: scanners of mails open links, and must confirm nothing."""
        self._company()
        member = request.env["ebs.member"]._check_confirm_token(token)
        if not member:
            return self._render_confirm(token, broken=True)
        # As superuser inside: whoever holds the token is that member.
        return self._render_confirm(
            token, known=bool(member.private_ids.email_confirmed_at)
        )

    @http.route(
        "/confirm/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def confirm_post(self, token, **post):
        """Confirm the address, then lead back to where the sign-up began."""
        self._company()
        _member, error = self._try(request.env["ebs.member"]._confirm_email, token)
        if error:
            return self._render_confirm(token, broken=True)
        back = local_path(request.session.pop(WAY_BACK, "")) or "/my"
        if not request.env.user._is_public():
            return request.redirect(back)
        query = urlencode({"done": "confirmed", "redirect": back})
        return request.redirect(f"/web/login?{query}")

    def _render_confirm(self, token, broken=False, known=False):
        response = self._render(
            "ebs_website.confirm",
            {"token": token, "broken": broken, "known": known},
            status=422 if broken else 200,
        )
        # The address holds the token: it stays between the member and us.
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response


class EbsAuth(EbsController, AuthSignupHome):
    """Core's account pages on the sites of a platform."""

    @http.route(methods=["GET", "POST"])
    def web_login(self, *args, **kw):
        """Log in, in the operator's brand; a failure names no cause."""
        company = request.website._ebs_company()
        if not company:
            return super().web_login(*args, **kw)
        back = local_path(request.params.get("redirect"))
        posted = request.httprequest.method == "POST"
        if request.session.uid and not posted:
            return request.redirect(back or self._login_redirect(request.session.uid))
        if posted:
            if refused := self._refuse_credentials():
                return self._render_login({"error": refused})
        calm = not self._is_cooling_down()
        response = super().web_login(*args, **kw)
        if response.template != "web.login":
            return response
        if posted and calm:
            response.qcontext["error"] = self._explain_failure()
        response.template = "ebs_website.login"
        response.qcontext.update(self._get_login_values(response.qcontext))
        return response

    @http.route(methods=["GET", "POST"])
    def web_auth_signup(self, *args, **kw):
        """Sign up in three fields: never logs in, never says who is here already."""
        company = request.website._ebs_company()
        if not company:
            return super().web_auth_signup(*args, **kw)
        if self._get_token():
            return self._render_new_password("/web/signup")
        form = request.params
        values = {
            "name": _clean(form.get("name")),
            "login": _clean(form.get("login")),
            "terms": bool(form.get("terms")),
            "redirect": local_path(form.get("redirect")),
        }
        if request.httprequest.method != "POST":
            # What a link may hold about somebody is not looked at.
            return self._render_account(
                "signup", {"name": "", "login": "", "redirect": values["redirect"]}
            )
        _done, error = self._try(
            request.env["ebs.member"]._sign_up,
            company,
            {
                "name": values["name"],
                "email": values["login"],
                "password": form.get("password") or "",
                "terms": values["terms"],
            },
        )
        if error:
            return self._render_account(
                "signup", {**values, "error": error}, status=422
            )
        if values["redirect"]:
            request.session[WAY_BACK] = values["redirect"]
        return request.redirect("/signup/sent")

    @http.route(methods=["GET", "POST"])
    def web_auth_reset_password(self, *args, **kw):
        """Ask for a link by mail; the answer is the same for every address."""
        company = request.website._ebs_company()
        if not company:
            return super().web_auth_reset_password(*args, **kw)
        if self._get_token():
            return self._render_new_password("/web/reset_password")
        if request.httprequest.method != "POST":
            return self._render_account(
                "reset", {"login": "", "sent": request.params.get("sent") == "1"}
            )
        login = _clean(request.params.get("login"))
        if not login:
            return self._render_account(
                "reset",
                {"login": "", "error": request.env._("Write your e-mail address.")},
                status=422,
            )
        _done, error = self._try(
            request.env["res.users"]._ebs_request_reset, login, company
        )
        if error:
            return self._render_account(
                "reset", {"login": login, "error": error}, status=422
            )
        return request.redirect("/web/reset_password?sent=1")

    # --------------------------------------------------------------------------
    # Log-in
    # --------------------------------------------------------------------------

    def _refuse_credentials(self):
        """What core would stumble over; logins are read as people type them."""
        login = _clean(request.params.get("login"))
        password = request.params.get("password") or ""
        request.params["login"] = login
        if not isinstance(password, str) or len(password) > LONGEST_PASSWORD:
            request.params["password"] = ""
            return self._get_failure_words()
        if request.params.get("type", "password") != "password":
            return None
        if not login or not password:
            return request.env._("Write your e-mail address and your password.")
        # Phones like to begin with a capital, core wants the very same letters.
        if user := request.env["res.users"]._ebs_find(login):
            request.params["login"] = user.login
        return None

    def _is_cooling_down(self):
        """Whether core refuses this visitor for a while, whoever they say they are."""
        failures = getattr(request.env.registry, "_login_failures", {})
        source = request.httprequest.remote_addr
        if source not in failures:
            return False
        return request.env["res.users"]._on_login_cooldown(*failures[source])

    def _explain_failure(self):
        """The sentence for a failed log-in, after the same work for every login.

        Core checks no password when nobody has that login: do it in its place.
        """
        # As superuser: visitors read no accounts, and the answer tells none.
        users = request.env["res.users"].sudo()
        login = request.params["login"]
        if not users.search_count(users._get_login_domain(login), limit=1):
            users._crypt_context().hash(request.params.get("password") or "")
        return self._get_failure_words()

    def _get_failure_words(self):
        return request.env._(
            "This e-mail address and this password do not go together. "
            "Check both, or choose a new password."
        )

    def _get_login_values(self, values):
        """What the log-in page needs beside core's values."""
        done = request.params.get("done")
        return {
            "login": values.get("login") or "",
            "redirect": local_path(request.params.get("redirect")),
            "done": done if done in ("confirmed", "password") else None,
            "message": None,
        }

    def _render_login(self, values):
        qcontext = {"login": request.params["login"], **values}
        qcontext.update(self._get_login_values(qcontext))
        return self._secure(self._render("ebs_website.login", qcontext))

    # --------------------------------------------------------------------------
    # A password chosen with a link from a mail
    # --------------------------------------------------------------------------

    def _get_token(self):
        """The token of a mail's link, whether core's code gave it here or there."""
        return request.params.get("token") or request.session.get("auth_signup_token")

    def _render_new_password(self, address):
        """Choose a password with core's token; then log in with it."""
        # A login from the form must not take the place of that of the token.
        for key in ("login", "name", "error", "message", "invalid_token"):
            request.params.pop(key, None)
        qcontext = self.get_auth_signup_qcontext()
        values = {"token": qcontext.get("token"), "address": address}
        if "error" in qcontext or not qcontext.get("login"):
            request.session.pop("auth_signup_token", None)
            return self._render_account(
                "reset",
                {
                    "login": "",
                    "error": request.env._(
                        "This link is not valid any more. "
                        "Write your e-mail address to receive a new one."
                    ),
                },
                status=422,
            )
        if request.httprequest.method != "POST":
            return self._render_account("new_password", values)
        error = self._set_password(qcontext)
        if error:
            return self._render_account(
                "new_password", {**values, "error": error}, status=422
            )
        request.session.pop("auth_signup_token", None)
        return request.redirect("/web/login?done=password")

    def _set_password(self, qcontext):
        """Store the new password; answer the sentence when it is refused."""
        password = qcontext.get("password")
        shortest, longest = PASSWORD_LENGTH
        if not isinstance(password, str) or len(password) < shortest:
            return request.env._(
                "Please choose a password of at least %s characters.", shortest
            )
        if len(password) > longest or "\0" in password:
            return request.env._(
                "Please choose a password of at most %s characters.", longest
            )
        try:
            self.do_signup({**qcontext, "confirm_password": password}, do_login=False)
        except UserError as error:
            return str(error.args[0])
        except (SignupError, ValueError) as error:
            _logger.warning("A password could not be set by its link: %s", error)
            return request.env._(
                "Your password could not be saved. Ask for a new link."
            )
        return None

    # --------------------------------------------------------------------------
    # Pages
    # --------------------------------------------------------------------------

    def _render_account(self, page, values, status=200):
        return self._secure(self._render(f"ebs_website.{page}", values, status=status))

    def _secure(self, response):
        """The headers that core gives its account pages."""
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
        response.headers["Referrer-Policy"] = "same-origin"
        return response
