# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A large platform, drawn from a seed; runs inside Odoo's own process.

What is made once for all (the platform, its zones, categories and accounts) goes
through the models; what is made in thousands is the text of `bench_data.sql`.
"""

import base64
import random
import re
from pathlib import Path

SQL_FILE = Path(__file__).with_name("bench_data.sql")
# What the promise of speed is about; `sizes` of a test are smaller.
SIZES = {
    "listings": 100_000,
    "circles": 5_000,
    "members": 50_000,
    # Of these, the first half is in `member_circles` circles, the other in none.
    "accounts": 200,
    "member_circles": 20,
}
SEED = 1
PASSWORD = "bench-ebs"  # noqa: S105 - of accounts that nobody has
CATEGORIES = {
    "Outils": "tools",
    "Jardin": "garden",
    "Cuisine": "kitchen",
    "Camping": "camping",
    "Sport": "sport",
    "Vélo": "bike",
    "Enfants": "children",
    "Jeux": "games",
    "Livres": "books",
    "Maison": "home",
    "Électronique": "electronics",
    "Services": "service",
}
PICTURES = (
    *("drill", "mower", "raclette", "tent", "skates", "cargo_bike"),
    *("pram", "board_game", "books", "armchair", "speaker", "lessons"),
)
TOWNS = (
    *("Lille", "Roubaix", "Tourcoing", "Croix", "Armentières", "Haubourdin"),
    *("Lambersart", "Loos", "Marcq", "Mons", "Ronchin", "Seclin", "Wasquehal"),
    *("Wattignies", "Hem", "Lomme", "Lesquin", "Comines", "Halluin", "Wattrelos"),
)
_STEP = re.compile(r"^-- === (.+)\n", re.MULTILINE)


def login_of(number):
    """The login of an account, counted from 1."""
    return f"membre{number}@exemple.fr"


def logins(sizes):
    """Who is in no circle, and who is in many."""
    return {"none": login_of(sizes["accounts"] // 2 + 1), "many": login_of(1)}


def steps(*paths):
    """The statements of the files, as (name, text)."""
    text = "".join(path.read_text(encoding="utf-8") for path in paths or (SQL_FILE,))
    pieces = _STEP.split(text)[1:]
    return list(zip(pieces[::2], pieces[1::2], strict=True))


def generate(env, sizes=SIZES, seed=SEED, tell=lambda *words: None, more=()):
    """Make it all in the transaction of `env`; return the rows made by table.

    `tell` is called after each step with its number, of how many, and its name;
    `more` are further files of statements, which come after.
    """
    values = {**sizes, **_prepare(env, sizes, seed), "seed": seed}
    env.flush_all()
    made = {}
    todo = steps(SQL_FILE, *more)
    for number, (name, text) in enumerate(todo, 1):
        env.cr.execute(text, values)
        table = re.search(r"^INSERT INTO (\w+)", text, re.MULTILINE)
        if table:
            made[table[1]] = made.get(table[1], 0) + env.cr.rowcount
        tell(number, len(todo), name)
    env.invalidate_all()
    return made


def _prepare(env, sizes, seed):
    """Open the platform; return what the statements need to know of it."""
    env = env(context={**env.context, "lang": "fr_FR", "tracking_disable": True})
    company = env.ref("base.main_company")
    company.write(
        {
            "name": "Grande Remise",
            "email": "bonjour@exemple.fr",
            "country_id": env.ref("base.fr").id,
            "is_ebs_platform": True,
        }
    )
    draw = random.Random(seed)  # noqa: S311 - no secret is drawn
    zones = env["ebs.zone"].create(
        [
            {
                "company_id": company.id,
                "name": name,
                "latitude": 50.63 + draw.uniform(-0.15, 0.15),
                "longitude": 3.06 + draw.uniform(-0.2, 0.2),
            }
            for name in TOWNS
        ]
    )
    categories = env["ebs.category"].create(
        [
            {"company_id": company.id, "name": name, "icon": icon, "sequence": rank}
            for rank, (name, icon) in enumerate(CATEGORIES.items())
        ]
    )
    files = _store_pictures(env)
    return {
        "company": company.id,
        "zones": zones.ids,
        "categories": categories.ids,
        "categories_count": len(categories),
        "users": _make_accounts(env, company, sizes["accounts"]).ids,
        "files": [file.store_fname for file in files],
        "checksums": [file.checksum for file in files],
        "file_sizes": [file.file_size for file in files],
        "mimetype": files[0].mimetype,
    }


def _make_accounts(env, company, count):
    """Make the accounts at once; their one password is hashed once."""
    users = env["res.users"].with_context(no_reset_password=True)
    users = users.create(
        [
            {
                "name": f"Membre {number}",
                "login": login_of(number),
                "lang": "fr_FR",
                "tz": company.ebs_tz,
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
            }
            for number in range(1, count + 1)
        ]
    )
    hashed = users._crypt_context().hash(PASSWORD)
    for user in users:
        user._set_encrypted_password(user.id, hashed)
    return users


def _store_pictures(env):
    """Store one photo for each category."""
    from odoo.addons.ebs_listings.demo.photos import take_photo  # noqa: PLC0415 - Odoo's

    return env["ir.attachment"].create(
        [
            {"name": name, "raw": base64.b64decode(take_photo(name, number))}
            for number, name in enumerate(PICTURES)
        ]
    )
