# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Labels: printed for each copy, and scanned by whoever holds it."""

from odoo import http
from odoo.addons.ebs_base.utils import to_int
from odoo.http import request

from ..utils import make_qr
from .common import EbsController

# What is done to a copy: the action of the model, and whether it takes a note.
ACTS = {
    "damage": ("action_report_damage", True),
    "lost": ("action_report_lost", True),
    "withdraw": ("action_withdraw", False),
    "put_back": ("action_put_back", False),
}


class EbsScan(EbsController, http.Controller):
    """What a label opens, and the pages of the copies of a listing."""

    @http.route(
        "/c/<string:code>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def scan(self, code, **kw):
        """Lead who scans a label to what is to be done; for all others the one 404."""
        found = self._find_scanned(code)
        if found["role"] == "stranger":
            return request.redirect(self._listing_url(found["listing"]))
        if found["role"] == "borrower":
            return request.redirect(f"/my/exchanges/{found['exchange'].id}")
        return self._render_scan(found, done=kw.get("done"))

    @http.route(
        f"/c/<string:code>/<any({', '.join(ACTS)}):act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def scan_act(self, code, act, **post):
        """Note that a copy is damaged, lost, withdrawn, or there again."""
        found = self._find_handled(code)
        method, noted = ACTS[act]
        arguments = [post.get("note") or ""] if noted else []
        _done, error = self._try(getattr(found["copy"], method), *arguments)
        if error:
            return self._render_scan(found, error=error, status=422)
        return request.redirect(f"/c/{found['code']}?done={act}")

    @http.route(
        "/c/<string:code>/assign",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def scan_assign(self, code, **post):
        """Keep this very copy for a loan of today, then go to its hand-over."""
        found = self._find_handled(code)
        loan_id = to_int(post.get("exchange_id"))
        _done, error = self._try(found["copy"].action_assign, loan_id)
        if error:
            return self._render_scan(found, error=error, status=422)
        return request.redirect(
            self._get_loan_url(request.env["ebs.exchange"].browse(loan_id))
        )

    @http.route(
        "/my/listings/<int:listing_id>/copies",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def listing_copies(self, listing_id, **kw):
        """The copies of a listing and how each of them is."""
        listing, labels = self._find_labels(listing_id)
        return self._render(
            "ebs_website.listing_copies",
            {
                "listing": listing,
                "url": self._listing_url(listing),
                # As superuser: the visitor lends it, and so knows its owner.
                "mine": listing.sudo().member_id
                in request.env["ebs.member"]._get_mine(),
                "rows": [
                    {**label, "words": self._get_state_words(label["copy"])}
                    for label in labels
                ],
                "additional_title": listing.name,
            },
        )

    @http.route(
        "/my/listings/<int:listing_id>/labels",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def listing_labels(self, listing_id, **kw):
        """A sheet of labels to print and to stick on the copies."""
        listing, labels = self._find_labels(listing_id)
        base_url = self._company().get_base_url()
        return self._render(
            "ebs_website.listing_labels",
            {
                "listing": listing,
                "labels": [
                    {**label, "qr": make_qr(f"{base_url}/c/{label['code']}")}
                    for label in labels
                    if label["state"] in ("in_service", "damaged")
                ],
                "additional_title": listing.name,
            },
        )

    # --------------------------------------------------------------------------
    # Reading
    # --------------------------------------------------------------------------

    def _find_scanned(self, code):
        """What the label opens for the visitor; else the one 404."""
        found = request.env["ebs.copy"]._scan(self._company(), code)
        if not found:
            raise self._not_found()
        return found

    def _find_handled(self, code):
        """What the label opens for those who handle the copy; else the one 404."""
        found = self._find_scanned(code)
        if found["role"] != "handler":
            raise self._not_found()
        return found

    def _find_labels(self, listing_id):
        """A listing that the visitor lends, and the labels of its copies."""
        listing = request.env["ebs.listing"].search(
            [
                ("id", "=", listing_id if listing_id < 2**31 else 0),
                ("company_id", "=", self._company().id),
            ],
            limit=1,
        )
        if not listing or not listing._is_lender():
            raise self._not_found()
        return listing, listing.all_copy_ids._get_labels()

    def _get_state_words(self, copy):
        return dict(copy._fields["state"]._description_selection(request.env))[
            copy.state
        ]

    def _get_loan_url(self, loan):
        """Where a loan is handled: the party's page, or the desk's back office."""
        if loan._get_my_side():
            return f"/my/exchanges/{loan.id}"
        return f"/odoo/ebs-exchanges/{loan.id}"

    def _get_act(self, loan):
        """What is to be done now: a loan of a later day is only looked at."""
        actions = loan._get_actions() if loan else ()
        if "return" in actions:
            return "return"
        return "hand_over" if "hand_over" in actions and loan.is_due_out else None

    def _render_scan(self, found, error=None, done=None, status=200):
        # As superuser: the scan has proven that the visitor handles this copy.
        copy_sudo = found["copy"].sudo()
        loan = found["exchange"]
        return self._render(
            "ebs_website.scan",
            {
                "copy": copy_sudo,
                "state_words": self._get_state_words(copy_sudo),
                "title": copy_sudo.listing_id.name,
                "loan": loan,
                "loan_url": loan and self._get_loan_url(loan),
                "next_step": loan and loan._get_next_step(),
                "act": self._get_act(loan),
                "others": [
                    {"id": other.id, "name": other.asker_name}
                    for other in found["others"]
                ],
                "may_change": found["may_change"],
                "done": done if done in ACTS else None,
                "additional_title": copy_sudo.listing_id.name,
                "error": error,
            },
            status=status,
        )
