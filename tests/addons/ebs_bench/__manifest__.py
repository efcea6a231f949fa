# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "EBS bench",
    "summary": "An empty page of the same site, to measure the others against",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "EBS contributors",
    "license": "AGPL-3",
    "depends": ["ebs_website"],
    "data": ["views/templates.xml"],
}
