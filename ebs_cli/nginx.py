# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""nginx as docs/ tells operators to set it up, for a measurement: own files, own port.

The system's nginx, if there is one, is left alone.
"""

import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from .debian import is_debian
from .files import remove
from .paths import EBS, LOGS, ROOT
from .postgres import free_port
from .process import child_env, run_logged, start_apart, stop
from .steps import EbsError, step

CONF = ROOT / "docs" / "nginx.conf"
BROTLI = ROOT / "docs" / "nginx-brotli.conf"
PREFIX = EBS / "nginx"
LOG = LOGS / "nginx.log"
INSTALL = "apt-get install nginx-light libnginx-mod-http-brotli-filter"
_MODULE = Path("/usr/share/nginx/modules/ngx_http_brotli_filter_module.so")
# What an operator changes, and what else names a place of the system.
_MAIN = """
worker_processes 2;
pid {prefix}/nginx.pid;
error_log {log} warn;
{modules}
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {prefix}/body;
    proxy_temp_path {prefix}/proxy;
    fastcgi_temp_path {prefix}/fastcgi;
    uwsgi_temp_path {prefix}/uwsgi;
    scgi_temp_path {prefix}/scgi;
{site}
}}
"""


def find():
    """The nginx of this machine, or None."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def ensure():
    """Have nginx: install Debian's as root, else say what to type."""
    if find():
        return
    if os.geteuid() or not is_debian():
        raise EbsError(
            "the pages are measured behind nginx, which is missing",
            f"as root: {INSTALL}" if is_debian() else "install nginx",
        )
    with step("Installing nginx"):
        env = child_env(DEBIAN_FRONTEND="noninteractive")
        for words in ("apt-get update", f"{INSTALL} --yes --no-install-recommends"):
            failed = run_logged(words.split(), LOG, env=env)
    if failed or not find():
        raise EbsError("nginx could not be installed", f"see {LOG}, or {INSTALL}")


def site(odoo_port, port, redirect_port):
    """docs/nginx.conf with the lines that an operator changes changed."""
    text = CONF.read_text(encoding="utf-8")
    for before, after in (
        (r"(127\.0\.0\.1):80(?:69|72);", rf"\1:{odoo_port};"),
        (r"listen \[::\]:\d+[^;]*; # CHANGE\n", ""),
        (r"listen 80;", f"listen 127.0.0.1:{redirect_port};"),
        (r"listen 443 ", f"listen 127.0.0.1:{port} "),
        (r"server_name [^;]+;", "server_name localhost;"),
        (r"ssl_certificate [^;]+;", f"ssl_certificate {PREFIX}/cert.pem;"),
        (r"ssl_certificate_key [^;]+;", f"ssl_certificate_key {PREFIX}/key.pem;"),
        (r"/var/cache/nginx/ebs", f"{PREFIX}/cache"),
        (r"/etc/nginx/snippets/ebs-brotli\*", f"{PREFIX}/ebs-brotli*"),
    ):
        text, found = re.subn(before, after, text)
        if not found:
            raise EbsError(f"{CONF} no longer has a line like {before}")
    return text


def _certificate():
    """A certificate for this run alone, signed by itself."""
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", PREFIX / "key.pem", "-out", PREFIX / "cert.pem"]
    if run_logged(["openssl", *words.split(), *names, *files], LOG):
        raise EbsError("openssl made no certificate", f"see {LOG}")


def _write(odoo_port):
    remove(PREFIX)
    PREFIX.mkdir(parents=True)
    _certificate()
    port = free_port()
    modules = ""
    if _MODULE.exists():
        modules = f"load_module {_MODULE};"
        shutil.copy2(BROTLI, PREFIX / "ebs-brotli.conf")
    text = _MAIN.format(
        prefix=PREFIX,
        log=LOG,
        modules=modules,
        site=site(odoo_port, port, free_port(port + 1)),
    )
    (PREFIX / "nginx.conf").write_text(text, encoding="utf-8")
    return port


@contextmanager
def running(odoo_port):
    """Have nginx before Odoo during this block; gives the address of the site."""
    ensure()
    LOGS.mkdir(parents=True, exist_ok=True)
    port = _write(odoo_port)
    words = [find(), "-p", PREFIX, "-c", PREFIX / "nginx.conf", "-g", "daemon off;"]
    with LOG.open("ab") as stream:
        child = start_apart(
            words, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream
        )
    try:
        if not _answers(child, port):
            raise EbsError("nginx did not start", f"see {LOG}")
        yield f"https://localhost:{port}"
    finally:
        child.terminate()
        stop(child)


def _answers(child, port, seconds=20):
    limit = time.monotonic() + seconds
    while child.poll() is None and time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False
