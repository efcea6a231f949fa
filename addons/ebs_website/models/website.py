# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import re
from datetime import timedelta

from odoo import api, models, tools
from odoo.exceptions import UserError
from odoo.tools import file_open
from odoo.tools.image import base64_to_image, image_apply_opt
from PIL import Image

from ..const import (
    FIRST_FILES,
    FONT_SHEETS,
    FONTS,
    MENUS,
    PALETTE,
    SAMPLE_VIEWS,
    SITE_VALUES,
    SOURCE_PAGE,
)

COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
USER_VALUES = "/website/static/src/scss/options/user_values.scss"
USER_PALETTE = "/website/static/src/scss/options/colors/user_color_palette.scss"


class Website(models.Model):
    """A site of a platform, when its company is one."""

    _inherit = "website"

    # --------------------------------------------------------------------------
    # CRUD
    # --------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """A new site of a platform opens with its doors and its look."""
        websites = super().create(vals_list)
        websites.sudo().filtered("company_id.is_ebs_platform")._ebs_open()
        return websites

    def write(self, vals):
        """A site given to a platform opens; one taken from it closes its doors."""
        result = super().write(vals)
        if "company_id" in vals:
            self._ebs_follow_company()
        return result

    # --------------------------------------------------------------------------
    # Which site
    # --------------------------------------------------------------------------

    @api.model
    def get_current_website(self, fallback=True):
        """The site being opened, whatever site the manager's session looks at."""
        if website_id := self.env.context.get("ebs_website_id"):
            return self.browse(website_id)
        return super().get_current_website(fallback=fallback)

    def _ebs_company(self):
        """The platform behind this site, as superuser, or an empty recordset."""
        self.ensure_one()
        company = self.env["res.company"].sudo().browse(self._get_cached("company_id"))
        return company if company.is_ebs_platform else company.browse()

    @tools.ormcache("self.id")
    def _ebs_has_logo(self):
        """Whether the operator gave this site a logo: else its name stands there."""
        return bool(self.sudo().with_context(bin_size=True).logo)

    def _ebs_source_url(self):
        """Where the source code of what runs here is offered (AGPL, section 13)."""
        return SOURCE_PAGE

    def _ebs_drop_stale_sitemap(self):
        """Forget the map of this site when it names what not everyone sees any more.

        Core keeps it for twelve hours, in as many parts as it takes.
        """
        self.ensure_one()
        maps_sudo = self.env["ir.attachment"].sudo()
        maps_sudo = maps_sudo.search(
            [("type", "=", "binary"), ("url", "=like", f"/sitemap-{self.id}-%.xml")]
        )
        if not maps_sudo:
            return
        # What was being written when the map was made is not in it.
        since = min(maps_sudo.mapped("create_date")) - timedelta(minutes=2)
        hidden = (
            self.env["ebs.listing"]
            .sudo()
            .search_count(
                [
                    ("company_id", "=", self._ebs_company().id),
                    ("published_at", "!=", False),
                    ("write_date", ">=", since),
                    "|",
                    ("state", "!=", "published"),
                    ("visibility", "!=", "everyone"),
                ],
                limit=1,
            )
        )
        if hidden:
            maps_sudo.unlink()

    # --------------------------------------------------------------------------
    # Opening and closing
    # --------------------------------------------------------------------------

    def _ebs_follow_company(self):
        """Open the sites whose company is a platform, close the others."""
        platforms = self.sudo().filtered("company_id.is_ebs_platform")
        platforms._ebs_open()
        (self.sudo() - platforms)._ebs_close()

    def _ebs_open(self):
        """Give each site its doors and, where nobody chose one yet, the look."""
        for website in self:
            website._ebs_add_menus()
            website._ebs_drop_default_images()
            website._ebs_add_fonts()
            website.with_context(
                website_id=website.id, ebs_website_id=website.id
            )._ebs_apply_look()

    def _ebs_close(self):
        """Take the doors away: their pages do not exist any more on these sites."""
        for website in self:
            website._ebs_hand_over_fonts()
        self.env["website.menu"].search(
            [
                ("website_id", "in", self.ids),
                ("url", "in", list(MENUS)),
            ]
        ).unlink()

    def _ebs_add_menus(self):
        """Add the doors that are missing, named in every language installed."""
        self.ensure_one()
        menus = self.env["website.menu"].search([("website_id", "=", self.id)])
        top = menus.filtered(lambda menu: not menu.parent_id)[:1]
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for sequence, (url, name) in enumerate(MENUS.items(), 20):
            if url in menus.mapped("url"):
                continue
            menu = self.env["website.menu"].create(
                {
                    "name": name._translate("en_US"),
                    "url": url,
                    "parent_id": top.id,
                    "website_id": self.id,
                    "sequence": sequence,
                }
            )
            for code in languages:
                menu.with_context(lang=code).name = name._translate(code)

    def _ebs_drop_default_images(self):
        """Core's sample logo and favicon name another brand: take ours instead."""
        self.ensure_one()
        if self.logo == self._default_logo():
            company = self.company_id
            self.logo = False if company.uses_default_logo else company.logo
        default_icon = self.new({"favicon": self._default_favicon()}).favicon
        if self.favicon in (False, self._default_favicon(), default_icon):
            with file_open("ebs_website/static/img/favicon.png", "rb") as icon:
                self.favicon = base64.b64encode(icon.read())

    def _ebs_apply_look(self):
        """Set palette, fonts and corners, and take core's sample contents away.

        All by the builder's own mechanism, for this site alone.
        A site whose operator already chose something keeps it.
        """
        assets = self.env["website.assets"]
        for url in (USER_VALUES, USER_PALETTE):
            custom_url = assets._make_custom_asset_url(url, "web.assets_frontend")
            if assets._get_custom_attachment(custom_url):
                return
        for key in SAMPLE_VIEWS:
            self.viewref(key).active = False
        assets.make_scss_customization(
            USER_VALUES,
            {
                "color-palettes-name": "'base-1'",
                **SITE_VALUES,
            },
        )
        assets.make_scss_customization(
            USER_PALETTE,
            {f"o-color-{rank}": color for rank, color in enumerate(PALETTE, 1)},
        )

    def _ebs_get_fonts(self):
        """The style sheets of our families that this site alone has."""
        paths = [path for _bundle, path in FONT_SHEETS]
        domain = [("website_id", "=", self.id), ("path", "in", paths)]
        return self.env["ir.asset"].sudo().search(domain)

    def _ebs_add_fonts(self):
        """Have the families of the look come from this server: no third party."""
        self.ensure_one()
        if not self._ebs_get_fonts():
            self.env["ir.asset"].sudo().create(
                [
                    {
                        "name": f"EBS: {path.rpartition('/')[2]}",
                        "bundle": bundle,
                        "path": path,
                        "website_id": self.id,
                    }
                    for bundle, path in FONT_SHEETS
                ]
            )

    def _ebs_hand_over_fonts(self):
        """Leave a site that closes its families, from core's own files on this server.

        Without them, core would ask a third party for families of these names.
        """
        self.ensure_one()
        sheets = self._ebs_get_fonts()
        if not sheets:
            return
        sheets.unlink()
        fonts = {family: self._ebs_make_font(family).id for family in FONTS}
        fonts = ", ".join(f"'{family}': {id_}" for family, id_ in fonts.items())
        assets = self.env["website.assets"].with_context(
            website_id=self.id, ebs_website_id=self.id
        )
        assets.make_scss_customization(
            USER_VALUES, {"google-local-fonts": f"({fonts})"}
        )

    def _ebs_read_choices(self, url):
        """What the builder wrote for this site in one of its files, as a dict."""
        assets = self.env["website.assets"].with_context(ebs_website_id=self.id).sudo()
        custom = assets._make_custom_asset_url(url, "web.assets_frontend")
        text = (assets._get_content_from_url(custom) or b"").decode()
        return dict(re.findall(r"'([\w-]+)':\s*'?([^',\n]+)'?,", text))

    @tools.ormcache("self.id", cache="assets")
    def _ebs_preloads(self):
        """The files of the families that a page shows first, when they are ours."""
        chosen = self._ebs_read_choices(USER_VALUES)
        return [
            f"/ebs_website/static/fonts/{file}"
            for key, files in FIRST_FILES.items()
            if chosen.get(key) == SITE_VALUES[key].strip("'")
            for file in files
        ]

    @tools.ormcache("self.id", "rank", cache="assets")
    def _ebs_color(self, rank):
        """A colour of this site, counted from 1; ours when it is no number."""
        color = self._ebs_read_choices(USER_PALETTE).get(f"o-color-{rank}", "")
        return color if COLOR.fullmatch(color) else PALETTE[rank - 1]

    @tools.ormcache("self.id", "size")
    def _ebs_make_icon(self, size):
        """The logo, else the icon, on a square of the ground; safe from round masks."""
        square = Image.new("RGB", (size, size), self._ebs_color(4))
        for content in (self.sudo().logo, self.sudo().favicon):
            if not content:
                continue
            try:
                picture = base64_to_image(content).convert("RGBA")
            except UserError:  # a drawing (SVG)
                continue
            # Within the circle that no phone cuts off.
            inner = size * 9 // 16
            scale = min(inner / picture.width, inner / picture.height)
            picture = picture.resize(
                (
                    max(1, round(picture.width * scale)),
                    max(1, round(picture.height * scale)),
                ),
                Image.Resampling.LANCZOS,
            )
            place = ((size - picture.width) // 2, (size - picture.height) // 2)
            square.paste(picture, place, picture)
            break
        return image_apply_opt(square, "PNG", optimize=True)

    def _ebs_make_font(self, family):
        """The style sheet of a family that this server holds: no third party."""
        folder = f"/web/static/fonts/google/{family}"
        rules = "\n".join(
            f"@font-face {{ font-family: '{family}'; font-style: {style};"
            f" font-weight: {weight}; font-display: swap;"
            f" src: url({folder}/{file}) format('truetype'); }}"
            for (weight, style), file in FONTS[family].items()
        )
        return self.env["ir.attachment"].create(
            {
                "name": f"{family} (google-font)",
                "type": "binary",
                "raw": rules.encode(),
                "mimetype": "text/css",
                "public": True,
            }
        )
