# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The drawings of the sample listings.

Each module draws one kind of things. The pictures beside, in `../pictures`, are made
from them, with a clear ground that each listing fills with a colour of its own:

    echo "from odoo.addons.ebs_listings.demo import draw; draw.main()" | ./ebs shell
"""

from importlib import import_module
from pathlib import Path

from odoo.addons.ebs_base.demo.canvas import Canvas

MODULES = ("tools", "garden", "kitchen", "outdoors", "family", "home", "services")
FOLDER = Path(__file__).parents[1] / "pictures"


def main():
    """Draw every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in MODULES:
        pictures = import_module(f".{name}", __name__).PICTURES
        for picture, draw in pictures.items():
            canvas = Canvas()
            draw(canvas)
            canvas.finish().save(FOLDER / f"{picture}.webp", quality=82, method=4)
