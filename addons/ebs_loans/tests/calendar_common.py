# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command

from .common import LoansCase

MORNING, AFTERNOON = (9, 12), (14, 18)


class CalendarCase(LoansCase):
    """Opening hours for a platform, a place or a thing."""

    @classmethod
    def make_hours(cls, days="01234", periods=(MORNING, AFTERNOON), **values):
        """Hours that are the same on these days of the week, Monday being 0."""
        return cls.env["resource.calendar"].create(
            {
                "name": "Hours",
                "company_id": cls.company.id,
                "tz": "UTC",  # only the platform's clock counts
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Open",
                            "dayofweek": day,
                            "hour_from": start,
                            "hour_to": end,
                        }
                    )
                    for day in days
                    for start, end in periods
                ],
                **values,
            }
        )

    @classmethod
    def close(cls, calendar, first, last):
        """A closed period of a calendar, as core writes its own: moments in UTC."""
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Inventory",
                "calendar_id": calendar.id,
                "company_id": calendar.company_id.id,
                "date_from": first,
                "date_to": last,
            }
        )

    def set_rules(self, **values):
        self.drill.sudo().write(values)

    def states(self, listing, first, last):
        """The words for the days of a period, in order."""
        calendar = listing._get_calendars(first, last)[listing]
        days = [
            first.fromordinal(number)
            for number in range(first.toordinal(), last.toordinal() + 1)
        ]
        return [calendar.state(day) for day in days]
