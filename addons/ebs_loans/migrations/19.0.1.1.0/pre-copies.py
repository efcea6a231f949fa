# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

# As in the model: each copy gets its own code.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def migrate(cr, version):
    """Copies have a state in place of being archived, and a code for their label."""
    cr.execute("ALTER TABLE ebs_copy ADD COLUMN state varchar, ADD COLUMN code varchar")
    cr.execute(
        """UPDATE ebs_copy
           SET state = CASE WHEN active THEN 'in_service' ELSE 'withdrawn' END"""
    )
    cr.execute("ALTER TABLE ebs_copy DROP COLUMN active")
    cr.execute("SELECT id FROM ebs_copy")
    ids = [copy_id for (copy_id,) in cr.fetchall()]
    codes = set()
    while len(codes) < len(ids):
        codes.add("".join(secrets.choice(CODE_ALPHABET) for _ in range(8)))
    cr.execute(
        """UPDATE ebs_copy c SET code = new.code
           FROM unnest(%s, %s) new (id, code) WHERE new.id = c.id""",
        (ids, list(codes)),
    )
