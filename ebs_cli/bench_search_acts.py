# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What searches cost on a large platform; runs inside Odoo's own process."""

from . import bench_acts, bench_data, bench_plans

ROUNDS = 15
WORD = "perceuse"
# Name of a search -> (its filters, at most so many milliseconds of SQL).
HERE = "50.630,3.060"
SEARCHES = {
    "nothing asked: the newest": ({}, None),
    "a word": ({"q": WORD}, 30),
    "three words, two count": ({"q": "appareil à raclette"}, 30),
    "a word of a kind, 8,000 found": ({"q": "jardin"}, 30),
    "a word of most texts": ({"q": "voisins"}, None),
    "a category": ({"category": "Jardin"}, 30),
    "within 2 km": ({"near": HERE, "within": "2"}, 30),
    "within 5 km": ({"near": HERE, "within": "5"}, 30),
    "within 50 km": ({"near": HERE, "within": "50"}, 30),
    "the nearest": ({"near": HERE}, 30),
    "within 5 km, the newest": ({"near": HERE, "within": "5", "sort": "newest"}, 30),
    "a word within 5 km": ({"q": WORD, "near": HERE, "within": "5"}, 30),
    "a part of the map": ({"box": "50.60,3.00,50.66,3.12"}, None),
    "of things, with a photo": ({"kind": "goods", "photo": "1"}, None),
    "of organisations": ({"org": "1"}, None),
    "a slip of spelling": ({"q": "perseuse"}, 250),
    "two slips of spelling": ({"q": "tondeze rapelette"}, 250),
    "a word that nobody has": ({"q": "xylophonist"}, 250),
    "a sign": ({"q": "%"}, 300),
    "a little word": ({"q": "le"}, 300),
    "eight slips": ({"q": "tondaze vilo rezchaud skiz balon lempe gid zorb"}, 300),
    "everything at once": (
        {
            "q": "jardin",
            "category": "Services",
            "kind": "service",
            "side": "offer",
            "photo": "1",
            "near": HERE,
            "within": "10",
        },
        None,
    ),
}
_SHOWN = (
    "SELECT id, name, price, category_id, zone_id, latitude, longitude, member_id,"
    " published_at FROM ebs_listing"
)
_OPEN = "company_id = %(company)s AND state = 'published' AND visibility = 'everyone'"
_WORD = "words @@ %(query)s::tsquery"
_BOX = (
    "latitude BETWEEN 50.585 AND 50.675 AND longitude BETWEEN 2.989 AND 3.131"
    " AND (latitude::float8 - 50.63) ^ 2 * 12364"
    " + (longitude::float8 - 3.06) ^ 2 * 4974 <= 25"
)
# Name of a search -> (condition, order) as somebody would write them for it alone.
BY_HAND = {
    "nothing asked: the newest": ("TRUE", "published_at DESC, id DESC"),
    "a word": (_WORD, "ts_rank(words, %(query)s::tsquery) DESC, published_at DESC"),
    "a category": ("category_id = %(category)s", "published_at DESC, id DESC"),
    "within 5 km, the newest": (_BOX, "published_at DESC, id DESC"),
}


def measure(env, rounds=ROUNDS):
    """What each search costs a visitor, beside what is written by hand for some.

    {"searches": figures, "by hand": figures, "counts": figures, "plans": {name: …}}
    """
    visitor = env.ref("base.public_user")
    login = bench_data.logins(bench_data.SIZES)["many"]
    member = env["res.users"].search([("login", "=", login)])
    searches = {
        name: _settle(env, filters) for name, (filters, _ms) in SEARCHES.items()
    }
    acts = {
        name: _make_search(env, visitor, filters) for name, filters in searches.items()
    }
    acts["a word, a member of 20 circles"] = _make_search(env, member, {"q": WORD})
    acts["page 50 of a word"] = _make_search(env, visitor, {"q": WORD}, offset=980)
    return {
        "searches": bench_acts.measure(env, acts, rounds),
        "by hand": bench_acts.measure(env, _make_by_hand(env), rounds),
        "counts": bench_acts.measure(env, _make_counts(env, visitor), rounds),
        "plans": {
            name: bench_plans.explain_search(env, visitor, filters)[1]
            for name, filters in searches.items()
        },
        "found": {
            name: _count(env, visitor, filters) for name, filters in searches.items()
        },
    }


def _settle(env, filters):
    """The filters of an address, where a category stands by its name."""
    if "category" not in filters:
        return filters
    category = env["ebs.category"].with_context(lang="fr_FR")
    category = category.search([("name", "=", filters["category"])], limit=1)
    return {**filters, "category": str(category.id)}


def _make_search(env, user, filters, offset=0):
    company = env.ref("base.main_company")
    listings = env["ebs.listing"].with_user(user).with_company(company)

    def search(_number):
        env.cr.cache.clear()
        listings._search_catalogue(company, filters, limit=20, offset=offset)

    return search


def _count(env, user, filters):
    company = env.ref("base.main_company")
    listings = env["ebs.listing"].with_user(user).with_company(company)
    _found, total, meant = listings._search_catalogue(company, filters)
    return {"total": total, "meant": meant}


def _make_counts(env, user):
    company = env.ref("base.main_company")
    listings = env["ebs.listing"].with_user(user).with_company(company)

    def act(filters):
        return lambda _number: listings._count_choices(company, filters)

    return {
        "counts beside nothing": act({}),
        "counts beside a word": act({"q": WORD}),
        "counts beside a word of a kind": act({"q": "jardin"}),
        "counts within 5 km": act({"near": HERE, "within": "5"}),
        "counts of nothing found": act({"q": "xylophonist"}),
    }


def _make_by_hand(env):
    """The list and its number in two statements that know nothing of members."""
    values = {
        "company": env.ref("base.main_company").id,
        "category": int(_settle(env, {"category": "Jardin"})["category"]),
        "query": env["ebs.listing"]._get_tsquery(WORD),
    }

    def act(condition, order):
        where = f" WHERE {_OPEN} AND {condition}"
        page = f"{_SHOWN}{where} ORDER BY {order} LIMIT 20"
        number = f"SELECT 1 FROM ebs_listing{where} LIMIT 1000"  # noqa: S608 ours

        def run(_number):
            env.cr.execute(page, values)
            env.cr.execute(f"SELECT count(*) FROM ({number}) found", values)  # noqa: S608

        return run

    return {name: act(*parts) for name, parts in BY_HAND.items()}
