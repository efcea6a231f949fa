# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The table of calls: which words lead to which file."""

import argparse
import sys
from importlib import import_module

from .paths import ROOT
from .process import terminated_like_interrupted
from .steps import EbsError, say

ABOUT = """EBS: a platform to share things and skills, on Odoo 19.

  ./ebs serve [--port N] [--db NAME] [--workers N] [--no-demo]
                      everything that is missing, then a running platform
  ./ebs test [pytest arguments] [--full]
                      everything that is missing, then all tests
  ./ebs odoo ...      Odoo's own command line, with the right configuration
  ./ebs shell [--db NAME]
                      Odoo shell; reads a script from standard input too
  ./ebs psql [--db NAME] [psql arguments]
                      database prompt
  ./ebs audit [--db NAME]
                      every broken invariant of a database, one a line
  ./ebs bench NAME [--json]
                      measurements
  ./ebs lint [--fix]  all linters
  ./ebs doctor        what is there, what is missing, and the cure
  ./ebs reset [--all] start afresh: databases, and with --all everything

Before the call, --odoo PATH names a checkout of Odoo 19 or Debian's .deb of it
(or set EBS_ODOO). All that is made lies in .ebs/ and .venv/.
"""
# These hand their words on as they are.
RAW = {"odoo": "ebs_cli.calls", "test": "ebs_cli.testing", "psql": "ebs_cli.calls"}
PARSED = {
    "serve": "ebs_cli.serve",
    "shell": "ebs_cli.calls",
    "audit": "ebs_cli.calls",
    "bench": "ebs_cli.bench",
    "lint": "ebs_cli.lint",
    "doctor": "ebs_cli.doctor",
    "reset": "ebs_cli.reset",
}


def _parser():
    parser = argparse.ArgumentParser(prog="./ebs", usage=ABOUT, add_help=False)
    calls = parser.add_subparsers(dest="call", parser_class=argparse.ArgumentParser)
    for name in PARSED:
        call = calls.add_parser(name, prog=f"./ebs {name}")
        call.add_argument("--odoo", metavar="PATH", help="Odoo 19: a checkout or .deb")
        if name in ("serve", "shell", "audit"):
            call.add_argument("--db", metavar="NAME", default="ebs")
        if name == "serve":
            call.add_argument("--port", type=int, metavar="N")
            call.add_argument("--workers", type=int, metavar="N", default=0)
            call.add_argument("--no-demo", action="store_true")
        elif name == "bench":
            call.add_argument("name", nargs="?")
            call.add_argument("--json", action="store_true")
        elif name == "lint":
            call.add_argument("--fix", action="store_true")
        elif name == "reset":
            call.add_argument("--all", action="store_true")
    return parser


def _run(words):
    named = None
    if words[:1] == ["--odoo"] and len(words) > 1:
        named, words = words[1], words[2:]
    if not words or words[0] in ("-h", "--help", "help"):
        sys.stdout.write(ABOUT)
        return 0
    name, rest = words[0], words[1:]
    if name in RAW:
        module = import_module(RAW[name])
        return getattr(module, f"main_{name}", None)(rest, named)
    if name not in PARSED:
        raise EbsError(f"there is no call {name}", "./ebs --help lists them")
    options = _parser().parse_args([name, *rest])
    options.odoo = options.odoo or named
    module = import_module(PARSED[name])
    return (getattr(module, f"main_{name}", None) or module.main)(options)


def main(words):
    """Run one call; return the exit code of the process."""
    try:
        with terminated_like_interrupted():
            return _run(words) or 0
    except EbsError as error:
        say(f"ebs: error: {error}")
        return 1
    except KeyboardInterrupt:
        say("ebs: stopped; the same call picks up where it was")
        return 130
    except OSError as error:
        if error.errno == 28:
            say(f"ebs: error: the disk is full. Cure: make room below {ROOT}")
            return 1
        raise
