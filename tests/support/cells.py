# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The cells of the access matrix: each is asserted, counted and named when it fails."""

from collections import Counter

MOST = 60
# How many cells the tests of this process have asserted, by matrix.
ASSERTED = Counter()


class Cells:
    """Asserts many cells of one matrix, then says all that failed at once."""

    def __init__(self, matrix):
        self.matrix = matrix
        self.wrong = []
        self.count = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind:
            return
        ASSERTED[self.matrix] += self.count
        if self.wrong:
            shown = "\n".join(self.wrong[:MOST])
            raise AssertionError(
                f"{len(self.wrong)} of {self.count} cells of {self.matrix}"
                f" are wrong:\n{shown}"
            )

    def equal(self, got, expected, *name):
        """One cell: what was found is what the table says."""
        self.count += 1
        if got != expected:
            label = " · ".join(str(part) for part in name)
            self.wrong.append(f"{label}: {_short(got)}, not {_short(expected)}")


def _short(value):
    if isinstance(value, (set, frozenset)):
        value = sorted(value, key=str)
    text = repr(value)
    return text if len(text) < 3000 else f"{text[:900]}…{text[-900:]} ({len(text)})"
