# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

import psycopg2
from odoo.exceptions import UserError
from odoo.modules import db
from odoo.orm import registry
from odoo.tools import remove_accents

_logger = logging.getLogger(__name__)


def pre_init_hook(env):
    """Make sure that PostgreSQL can search without accents.

    Odoo creates `unaccent` only when it is started with that option, and only
    in databases that it makes itself. EBS cannot search French without it.
    """
    cr = env.cr
    if not db.has_unaccent(cr):
        _create_unaccent(env)
    if not env.registry.has_unaccent:
        # The registry asked before the extension was there.
        env.registry.has_unaccent = db.has_unaccent(cr)
        env.registry.unaccent = registry._unaccent
        env.registry.unaccent_python = remove_accents


def _create_unaccent(env):
    cr = env.cr
    try:
        with cr.savepoint(flush=False):
            cr.execute("CREATE EXTENSION unaccent", log_exceptions=False)
    except psycopg2.Error as error:
        _logger.info("unaccent cannot be created: %s", error)
        raise UserError(
            env._(
                "EBS needs the PostgreSQL extension “unaccent”, which could not be"
                " created in the database “%(database)s”. Ask whoever runs the"
                " database server to type there, as a superuser: CREATE EXTENSION"
                " unaccent; then install again.",
                database=cr.dbname,
            )
        ) from error
    try:
        with cr.savepoint(flush=False):
            # As Odoo does: PostgreSQL can then index by it. A trusted extension
            # belongs to the superuser, who alone may do so; searching works without.
            query = "ALTER FUNCTION unaccent(text) IMMUTABLE"
            cr.execute(query, log_exceptions=False)
    except psycopg2.Error as error:
        _logger.info("unaccent cannot be indexed by: %s", error)
