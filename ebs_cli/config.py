# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""odoo.conf as the operator wrote it, and the one that is true on this machine."""

import configparser
import io
import os
import secrets

from .files import write_whole
from .odoo_source import core_addons
from .paths import ADDONS, CONF, DATA, LOCAL_CONF
from .steps import EbsError


def read(path=CONF):
    """The options of a configuration file."""
    parser = configparser.RawConfigParser()
    try:
        parser.read(path, encoding="utf-8")
    except configparser.Error as error:
        raise EbsError(
            f"{path} cannot be read: {error}", "correct that line"
        ) from error
    return dict(parser.items("options")) if parser.has_section("options") else {}


def named_server(options=None):
    """Host, port, user and password of the server in odoo.conf, or None."""
    options = read() if options is None else options

    def value(name):
        # Odoo reads the words None and False as "not set".
        text = options.get(name, "").strip()
        return "" if text in ("None", "False") else text

    if not value("db_host"):
        return None
    return {
        "host": value("db_host"),
        "port": int(value("db_port") or 5432),
        "user": value("db_user") or os.environ.get("USER", "odoo"),
        "password": value("db_password"),
    }


def addon_names():
    """The addons of this checkout, in order of their names."""
    found = ADDONS.glob("*/__manifest__.py")
    return sorted(path.parent.name for path in found)


def write_local(odoo, server):
    """Write .ebs/odoo.conf: the operator's options with what is true here."""
    options = read()
    for name in ("db_name", "dbfilter", "logfile", "syslog"):
        options.pop(name, None)
    old = read(LOCAL_CONF) if LOCAL_CONF.exists() else {}
    folders = [str(ADDONS)] if addon_names() else []
    folders += map(str, core_addons(odoo))
    options.update(
        {
            "addons_path": ",".join(folders),
            "data_dir": str(DATA),
            "db_host": server["host"],
            "db_port": str(server["port"]),
            "db_user": server["user"],
            "db_password": server["password"],
            "workers": "0",
            "unaccent": "True",
        }
    )
    options.setdefault(
        "admin_passwd", old.get("admin_passwd") or secrets.token_urlsafe(24)
    )
    if server.get("template"):
        options["db_template"] = server["template"]
    if not folders:
        options.pop("addons_path")
    parser = configparser.RawConfigParser()
    parser["options"] = options
    text = io.StringIO()
    text.write("; Written by ./ebs at each call: change ../odoo.conf instead.\n")
    parser.write(text)
    write_whole(LOCAL_CONF, text.getvalue(), 0o600)


def addons_path():
    """The folders of addons in use, as Odoo's option has them."""
    return read(LOCAL_CONF)["addons_path"]
