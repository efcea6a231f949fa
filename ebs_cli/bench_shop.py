# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A shop that holds what the listings hold; runs inside Odoo's own process.

For each listing one published product with the same title, text and picture, in a
shop category of the same name. No attributes, no price lists: in the shop's favour.
"""

from . import bench_data

# Columns of a product that come from its listing; all others are the first product's.
_TEMPLATE = {
    "id": "nextval('product_template_id_seq')",
    "name": "jsonb_build_object('en_US', listing.name)",
    "description_sale": "jsonb_build_object('en_US', listing.description)",
    "default_code": "'B' || listing.id",
    "website_sequence": "listing.id",
    "list_price": "1 + mod(listing.id, 60)",
}


def generate(env, sizes, seed=bench_data.SEED, tell=lambda *words: None):
    """Draw the platform, then the shop beside it; return the rows made by table."""
    made = bench_data.generate(env, sizes=sizes, seed=seed, tell=tell)
    first = _make_first(env)
    categories = _make_categories(env)
    env.flush_all()
    made["product_template"] = _copy(
        env,
        "product_template",
        first.id,
        _TEMPLATE,
        "ebs_listing listing WHERE listing.id IN (SELECT listing_id FROM ebs_photo)",
    )
    made["product_product"] = _copy(
        env,
        "product_product",
        first.product_variant_id.id,
        {
            "id": "nextval('product_product_id_seq')",
            "product_tmpl_id": "template.id",
            "default_code": "template.default_code",
        },
        "product_template template WHERE template.default_code LIKE 'B%%'",
    )
    _file(env, categories)
    first.is_published = False
    env.flush_all()
    env.invalidate_all()
    return made


def _make_first(env):
    """The one product that core makes; the others are its like."""
    return env["product.template"].create(
        {"name": "Vitrine", "type": "consu", "list_price": 1, "is_published": True}
    )


def _make_categories(env):
    return env["product.public.category"].create(
        [{"name": name} for name in bench_data.CATEGORIES]
    )


def _copy(env, table, first_id, changed, source):
    """Insert one row like the first for each of a source; return their number."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s",
        (table,),
    )
    columns = [name for (name,) in env.cr.fetchall()]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(changed.get(name) or f'one."{name}"' for name in columns)
    env.cr.execute(
        f"INSERT INTO {table} ({names})"  # noqa: S608 - names of our own
        f" SELECT {values} FROM {table} one, {source} AND one.id = %s",
        (first_id,),
    )
    return env.cr.rowcount


def _file(env, categories):
    """Give each product the picture and the category of its listing."""
    # Or the planner thinks these tables as small as they were, and takes an hour.
    env.cr.execute("ANALYZE product_template, ebs_photo, ebs_listing, ir_attachment")
    env.cr.execute(
        """
        INSERT INTO ir_attachment (
            name, type, res_model, res_field, res_id, store_fname, checksum,
            file_size, mimetype, public, create_uid, write_uid, create_date,
            write_date
        )
        SELECT
            size, 'binary', 'product.template', size, template.id, file.store_fname,
            file.checksum, file.file_size, file.mimetype, true, 1, 1,
            file.create_date, file.write_date
        FROM product_template template
        JOIN ebs_photo photo
            ON photo.listing_id = substr(template.default_code, 2)::int
        JOIN ir_attachment file
            ON file.res_model = 'ebs.photo' AND file.res_id = photo.id
            AND file.res_field = 'image_512'
        CROSS JOIN unnest(ARRAY['image_1920', 'image_512']) size
        WHERE template.default_code LIKE 'B%%'
        """,
        (),
    )
    env.cr.execute(
        """
        INSERT INTO product_public_category_product_template_rel (
            product_template_id, product_public_category_id
        )
        SELECT template.id, shop.id
        FROM product_template template
        JOIN ebs_listing listing
            ON listing.id = substr(template.default_code, 2)::int
        JOIN ebs_category category ON category.id = listing.category_id
        JOIN unnest(%s::int[]) WITH ORDINALITY shop(id, rank)
            ON shop.rank = category.sequence + 1
        WHERE template.default_code LIKE 'B%%'
        """,
        (categories.ids,),
    )
