# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs bench listings`: the catalogue beside an empty page of the same site.

Both are asked by a visitor, of the sample territory.
"""

import json

from . import bench_server, databases, odoo, ready, serve
from .paths import LOGS

DATABASE = "ebs_bench"


def main(options):
    """Measure, print the figures, and return 0."""
    with ready.everything(options.odoo) as access:
        serve.prepare(access, DATABASE)
        if "ebs_bench" not in databases.installed(access, DATABASE):
            odoo.install(
                access,
                DATABASE,
                "Adding an empty page to measure against",
                LOGS / "install-ebs_bench_page.log",
                ["--addons-path", bench_server.addons_path(), "-i", "ebs_bench"],
            )
        figures = _measure(access)
    if options.json:
        print(json.dumps(figures, indent=2))
    return 0


def _measure(access):
    import requests  # noqa: PLC0415 - of the virtual environment

    with bench_server.running(access, DATABASE) as server:
        with requests.Session() as visitor:
            figures = bench_server.interleave(
                server,
                {
                    "listings": ("/listings", visitor),
                    "empty": ("/ebs_bench/empty", visitor),
                },
            )
    ratio = bench_server.ratio(figures, "listings", "empty")
    bench_server.show(figures, {"ratio": ratio})
    return {**figures, "ratio": ratio}
