# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What loans cost on a large platform; runs inside Odoo's own process."""

from datetime import timedelta

from . import bench_acts, bench_data

ROUNDS = 30


def measure(env, rounds=ROUNDS):
    """What each act costs, as `bench_acts` counts it."""
    return bench_acts.measure(env, _make_acts(env), rounds)


def _make_acts(env):
    """The acts to measure, each a function of the round's number."""
    company = env.ref("base.main_company")
    login = bench_data.login_of(bench_data.SIZES["accounts"])
    user = env["res.users"].search([("login", "=", login)])
    listings = env["ebs.listing"].with_user(user).with_company(company)
    # Whoever has an address is written to.
    accounts = env["res.users"].search([("login", "=like", "membre%")])
    accounts.partner_id.email = "membres@exemple.fr"
    today = company._ebs_today()

    def days(number, length=3):
        first = today + timedelta(days=7 + number % 20)
        return {
            "from": first.isoformat(),
            "to": (first + timedelta(days=length - 1)).isoformat(),
        }

    def search(number):
        listings._search_catalogue(company, days(number), limit=20)

    def page(number):
        domain = listings._get_catalogue_domain(company, days(number))
        listings.search_fetch(
            domain, ["name"], limit=20, order="published_at desc, id desc"
        )

    often, seldom = _get_lent(env, often=True), _get_lent(env, often=False)

    def month(lent):
        def act(number):
            one = listings.browse(lent[number % len(lent)])
            first = today.replace(day=1)
            one._get_calendars(first, first + timedelta(days=30))

        return act

    twenty = listings.search(
        [("way_ids.commitment", "=", "booking")], limit=20, order="id"
    )

    def months(number):
        first = today.replace(day=1)
        twenty._get_calendars(first, first + timedelta(days=30))

    return {
        "free on these dates: a page of 20": page,
        "free on these dates: the page and its number": search,
        "month of one listing": month(seldom),
        "month of one listing lent 2,000 times": month(often),
        "months of a page of 20": months,
        "accepting a request": _make_accepting(env, seldom, today),
        "accepting, lent 2,000 times": _make_accepting(env, often, today),
        **_make_desk_acts(env, company),
    }


def _make_desk_acts(env, company):
    """What the desk of a busy day asks for: more of each kind than it shows."""
    clerk = env["res.users"].create(
        {
            "name": "Accueil",
            "login": "accueil@exemple.fr",
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "group_ids": [(4, env.ref("base.group_user").id)]
            + [(4, env.ref("ebs_base.group_ebs_desk").id)],
        }
    )
    loans = env["ebs.exchange"].with_user(clerk).with_company(company)
    out = loans.search([("is_due_back", "=", True)], limit=50, order="id")
    due = loans.search([("is_due_out", "=", True)], limit=50, order="id")
    codes = out.sudo().copy_id.mapped("code")
    return {
        "the desk: its page": lambda number: loans.get_desk(),
        "the desk: a loan to hand over": lambda number: due[number].get_desk_line(),
        "the desk: a loan to take back": lambda number: out[number].get_desk_line(),
        "the desk: a label": lambda number: loans.get_desk_scan(codes[number]),
    }


def _get_lent(env, often):
    """Listings of accounts, by how often they were lent."""
    env.cr.execute(
        """SELECT e.listing_id FROM ebs_exchange e
        JOIN ebs_member m ON m.id = e.owner_id AND m.user_id IS NOT NULL
        GROUP BY e.listing_id
        HAVING (count(*) > 1000) = %s ORDER BY e.listing_id LIMIT 50""",
        [often],
    )
    return [listing_id for (listing_id,) in env.cr.fetchall()]


def _make_accepting(env, lent, today):
    """Accept a request that has just been made; all is undone afterwards."""

    def prepare(number):
        listing = env["ebs.listing"].browse(lent[number % len(lent)])
        owner = listing.member_id
        asker = env["ebs.member"].search(
            [("user_id", "!=", False), ("id", "!=", owner.id)],
            limit=1,
            offset=number,
        )
        first = (today + timedelta(days=120 + number % 60)).isoformat()
        way = listing.way_ids.filtered(lambda one: one.commitment == "booking")[:1]
        exchange = env["ebs.exchange"].create(
            listing._prepare_exchange(
                way, asker, {"date_start": first, "date_end": first}
            )
        )
        exchange._request({})
        asked = exchange.with_user(owner.user_id)
        asked._check_action("accept")  # as the page did, on which the owner says yes
        return asked

    def act(exchange):
        exchange.action_accept()
        exchange.env.cr.flush()

    act.prepare = prepare
    return act
