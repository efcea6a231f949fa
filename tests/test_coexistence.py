# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""EBS beside a shop and an agenda that were there first, and gone without a trace.

A collectivité adds the addons to the Odoo it already runs: until a company is
made a platform nothing of the site, its menus or its settings changes, and
after uninstalling no table, rule or view of EBS is left behind.
"""

import difflib
import re

import pytest
import requests

from .support.databases import (
    ADDONS,
    core_template,
    query,
    run_odoo,
    temporary_database,
)
from .support.server import OdooServer

PAGES = (
    "/",
    "/shop",
    "/event",
    "/contactus",
    "/web/login",
    "/web/signup",
    "/web/reset_password",
    "/listings",
    "/circles",
    "/publish",
)

# What changes from one request or installation to the next without a reader
# noticing: tokens, bundle names and versions.
VOLATILE = re.compile(
    r"[0-9a-f]{40}o\d+|/web/assets/[^\"' ]+|unique=[0-9a-f]+|\?v=\w+"
    r"|\"cache_hashes\": \{[^}]*\}|\"registry_hash\": \"[^\"]*\""
    r"|odoo\.__session_info__ = \{.*?\};",
    re.DOTALL,
)

LEFT_BEHIND = """
    SELECT 'table ' || tablename FROM pg_tables
     WHERE schemaname = 'public' AND tablename LIKE 'ebs\\_%'
    UNION ALL
    SELECT 'column ' || table_name || '.' || column_name
      FROM information_schema.columns
     WHERE table_schema = 'public'
       AND (column_name LIKE 'ebs\\_%' OR column_name = 'is_ebs_platform')
    UNION ALL
    SELECT 'model ' || model FROM ir_model WHERE model LIKE 'ebs.%'
    UNION ALL
    SELECT 'rule ' || r.name FROM ir_rule r
      JOIN ir_model m ON m.id = r.model_id WHERE m.model LIKE 'ebs.%'
    UNION ALL
    SELECT 'view ' || COALESCE(key, name) FROM ir_ui_view
     WHERE key LIKE 'ebs\\_%' OR model LIKE 'ebs.%'
    UNION ALL
    SELECT 'xml id ' || module || '.' || name FROM ir_model_data
     WHERE module LIKE 'ebs\\_%'
    UNION ALL
    SELECT 'menu ' || url FROM website_menu WHERE url IN ('/listings', '/circles')
    UNION ALL
    SELECT 'cron ' || cron_name FROM ir_cron WHERE cron_name LIKE 'EBS%'
    UNION ALL
    SELECT 'attachment ' || name FROM ir_attachment WHERE res_model LIKE 'ebs.%'
    UNION ALL
    SELECT 'parameter ' || key FROM ir_config_parameter WHERE key LIKE 'ebs%'
    UNION ALL
    SELECT 'function ' || proname FROM pg_proc WHERE proname LIKE 'ebs\\_%'
    UNION ALL
    SELECT 'constraint ' || conname FROM pg_constraint WHERE conname LIKE 'ebs\\_%'
"""


def read_pages(database):
    """Return each page as (status, text without what always changes)."""
    with OdooServer(database) as server:
        answers = {}
        for page in PAGES:
            answer = requests.get(server.url + page, timeout=120)
            text = answer.text.replace(server.url, "")
            answers[page] = (answer.status_code, VOLATILE.sub("", text))
        return answers


def assert_same_pages(before, after):
    """Fail with the lines in which a page differs."""
    for page in PAGES:
        lines = difflib.unified_diff(
            before[page][1].splitlines(), after[page][1].splitlines(), n=0, lineterm=""
        )
        assert after[page][0] == before[page][0], page
        assert list(lines) == [], page


def read_menus_and_settings(database):
    """Return what an administrator has set: site menus and system parameters."""
    menus = query(
        database, "SELECT name::text, url, sequence FROM website_menu ORDER BY id"
    )
    settings = query(
        database,
        "SELECT key, value FROM ir_config_parameter"
        " WHERE key NOT LIKE 'database.%' AND key NOT LIKE 'ebs.%' ORDER BY key",
    )
    website = query(
        database,
        "SELECT id, name, homepage_url, auth_signup_uninvited, default_lang_id,"
        " specific_user_account FROM website ORDER BY id",
    )
    return menus, settings, website


@pytest.fixture(scope="module")
def shop_database():
    """Give a database that sells and holds events, without EBS."""
    with temporary_database(core_template(), "ebs_test_shop") as database:
        run_odoo(
            "-d", database, "-i", "website_sale,website_event", "--stop-after-init"
        )
        yield database


@pytest.mark.slow
def test_a_shop_and_an_agenda_are_left_alone_and_ebs_leaves_no_trace(shop_database):
    """O2: installs beside others, changes none of their pages, uninstalls cleanly."""
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    tables_before = {name for (name,) in query(shop_database, tables)}
    pages_before = read_pages(shop_database)
    settings_before = read_menus_and_settings(shop_database)

    run_odoo("-d", shop_database, "-i", ",".join(ADDONS), "--stop-after-init")
    pages_after = read_pages(shop_database)
    assert_same_pages(pages_before, pages_after)
    assert read_menus_and_settings(shop_database) == settings_before

    run_odoo("module", "uninstall", *ADDONS, "-d", shop_database)
    assert query(shop_database, LEFT_BEHIND) == []
    tables_left = {name for (name,) in query(shop_database, tables)} - tables_before
    assert {name for name in tables_left if name.startswith("ebs")} == set()
    pages_gone = read_pages(shop_database)
    assert_same_pages(pages_before, pages_gone)
