# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Loans on a large platform, drawn from a seed; runs inside Odoo's own process."""

from pathlib import Path

from . import bench_data

SQL_FILE = Path(__file__).with_name("bench_loans.sql")
SIZES = {
    **bench_data.SIZES,
    "circles": 500,
    "member_circles": 5,
    # Past loans, and how many more the first copy has had.
    "loans": 500_000,
    "often": 2_000,
}


def generate(env, sizes=SIZES, seed=bench_data.SEED, tell=lambda *words: None):
    """Make the platform and its loans; return the rows made by table."""
    from odoo.fields import Command  # noqa: PLC0415 - Odoo's

    made = bench_data.generate(env, sizes, seed, tell, more=(SQL_FILE,))
    env.ref("base.main_company").ebs_calendar_id = env["resource.calendar"].create(
        {
            "name": "Every day",
            "attendance_ids": [
                Command.create(
                    {
                        "name": f"{weekday} {hour}",
                        "dayofweek": str(weekday),
                        "hour_from": hour,
                        "hour_to": hour + 4,
                    }
                )
                for weekday in range(7)
                for hour in (8, 14)
            ],
        }
    )
    return made
