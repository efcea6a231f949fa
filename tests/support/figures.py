# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the long tests have counted and measured, printed at the end of a run."""

SAID = []


def say(line):
    """Keep a line for the end of the run, and show it where a test fails."""
    print(line)
    SAID.append(line)
