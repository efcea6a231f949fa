# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What `./ebs` does; Python's standard library only, one concern a file."""
