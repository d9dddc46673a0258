"""A PostgreSQL and an object store of their own, for the length of a test file."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

PASSWORD = "mouse-7-hole"


def postgres_folder():
    """Where Debian and others put the server's programs, or None."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


@contextlib.contextmanager
def running_postgres(folder):
    """Start a server on a free port; yield its address, without the password."""
    who = {}
    if os.getuid() == 0:  # which the server refuses to be
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = names.get("postgres") or names["nobody"]
        who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        let_through(folder)
    programs = postgres_folder()
    password_file = folder / "password"
    password_file.write_text(PASSWORD)
    password_file.chmod(0o644)
    subprocess.run(
        [
            *(programs / "initdb", "--pgdata", folder / "data", "--username=shop"),
            *("--auth=scram-sha-256", f"--pwfile={password_file}"),
            *("--encoding=UTF8", "--locale=C", "--no-sync"),
        ],
        check=True,
        capture_output=True,
        cwd=folder,
        **who,
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off")
    with open(folder / "log", "w") as log:
        server = subprocess.Popen(
            [
                *(programs / "postgres", "-D", folder / "data", "-p", str(port)),
                *(part for setting in settings for part in ("-c", setting)),
            ],
            stdout=log,
            stderr=log,
            cwd=folder,
            **who,
        )
    try:
        wait_for(server, folder / "log")
        yield f"postgresql://shop@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def let_through(folder):
    """Let another user pass the folders of pytest that lie above this one."""
    root = Path(tempfile.gettempdir()).resolve()
    for parent in folder.resolve().parents:
        if parent == root or root not in parent.parents:
            break
        parent.chmod(parent.stat().st_mode | 0o011)


def wait_for(server, log):
    """Until the server says that it is ready, or has ended."""
    for _ in range(300):
        if "ready to accept connections" in log.read_text():
            return
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


class Store(BaseHTTPRequestHandler):
    """The little of S3 that reading needs: list a bucket, give an object or a part."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.give(is_head=True)

    def do_GET(self):
        asked = urlsplit(self.path)
        query = parse_qs(asked.query)
        if "list-type" in query:
            self.list_objects(query.get("prefix", [""])[0])
        else:
            self.give()

    def give(self, is_head=False):
        path = self.server.folder / unquote(urlsplit(self.path).path).strip("/")
        if not self.headers.get("Authorization"):
            self.answer(403, error("AccessDenied"))
        elif not path.is_file():
            self.answer(404, error("NoSuchKey"))
        else:
            content, status, headers = path.read_bytes(), 200, {}
            span = self.headers.get("Range", "").removeprefix("bytes=")
            if span and not is_head:
                first, last = (int(n) if n else None for n in span.split("-"))
                size = len(content)
                last = min(size - 1, last if last is not None else size)
                content, status = content[first : last + 1], 206
                headers["Content-Range"] = f"bytes {first}-{last}/{size}"
            self.answer(status, content, headers, is_head)

    def list_objects(self, prefix):
        bucket = self.server.folder / urlsplit(self.path).path.strip("/")
        keys = sorted(
            (path.relative_to(bucket).as_posix(), path.stat().st_size)
            for path in bucket.rglob("*")
            if path.is_file()
        )
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{size}</Size>"
            "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
            for key, size in keys
            if key.startswith(prefix)
        )
        self.answer(
            200,
            f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}"
            "</ListBucketResult>".encode(),
        )

    def answer(self, status, content, headers=None, is_head=False):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.end_headers()
        if not is_head:
            self.wfile.write(content)

    def log_message(self, *_):
        pass


def error(code):
    return f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode()


@contextlib.contextmanager
def running_store(folder):
    """Serve the folders in a folder as buckets; yield what an address ends with."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    server.folder = Path(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        host = f"127.0.0.1:{server.server_port}"
        yield f"?scheme=http&endpoint_override={host}&region=us-east-1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
