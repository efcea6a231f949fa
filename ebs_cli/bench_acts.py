# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What acts cost PostgreSQL; runs inside Odoo's own process.

What is counted is PostgreSQL's time as the cursor sees it, from each statement sent
to its answer, and the processor time that the server has spent on them, which does not
grow while others use the machine.
"""

import statistics
import time
from pathlib import Path
from unittest.mock import patch


def measure(env, acts, rounds):
    """What each act costs: {name: {"ms": …, "least": …, "cpu": …, "queries": …}}.

    An act is a function of the number of the round, or of what its own ``prepare``
    makes of it; what it does is undone.
    """
    figures = {name: [] for name in acts}
    for number in range(rounds + 1):
        for name, act in acts.items():
            cost = _count(env, act, number)
            if number:  # the first round warms the caches of both
                figures[name].append(cost)
    return {
        name: {
            "ms": round(statistics.median(cost["ms"] for cost in costs), 2),
            "least": round(min(cost["ms"] for cost in costs), 2),
            "cpu": round(statistics.median(cost["cpu"] for cost in costs), 2),
            "queries": int(statistics.median(cost["queries"] for cost in costs)),
        }
        for name, costs in figures.items()
    }


def _count(env, act, number):
    """PostgreSQL's times in milliseconds and the statements of one act."""
    prepare = getattr(act, "prepare", None)
    savepoint = env.cr.savepoint()
    try:
        given = prepare(number) if prepare else number
        env.flush_all()
        env.invalidate_all()
        costs = []
        cursor_class = type(env.cr)
        execute = cursor_class.execute

        def timed(cursor, query, params=None, **options):
            began = time.perf_counter()
            answer = execute(cursor, query, params, **options)
            costs.append(time.perf_counter() - began)
            return answer

        spent = _get_processor_ms(env.cr)
        with patch.object(cursor_class, "execute", timed):
            act(given)
        return {
            "ms": sum(costs) * 1000,
            "cpu": _get_processor_ms(env.cr) - spent,
            "queries": len(costs),
        }
    finally:
        savepoint.close(rollback=True)
        env.invalidate_all()


def _get_processor_ms(cursor):
    """What the server has spent on this connection, as the Linux kernel counts."""
    file = Path(f"/proc/{cursor._cnx.get_backend_pid()}/schedstat")
    return int(file.read_text(encoding="ascii").split()[0]) / 1e6
