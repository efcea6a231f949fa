# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./ebs bench`: the measuring commands."""

from . import bench_circles, bench_listings, bench_loans, bench_pages
from .steps import EbsError

# Name of a measurement -> function of the options, returning the exit code.
BENCHES = {
    "circles": bench_circles.main,
    "listings": bench_listings.main,
    "loans": bench_loans.main,
    "pages": bench_pages.main,
}


def main(options):
    """Run one measurement, or list them."""
    if not options.name:
        print("\n".join(sorted(BENCHES)))
        return 0
    if options.name not in BENCHES:
        raise EbsError(f"there is no measurement {options.name}", "./ebs bench")
    return BENCHES[options.name](options)
