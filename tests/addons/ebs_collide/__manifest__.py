# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "EBS collide",
    "summary": "Requests that collide with another one as often as a test says",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "EBS contributors",
    "license": "AGPL-3",
    "depends": ["ebs_payment"],
}
