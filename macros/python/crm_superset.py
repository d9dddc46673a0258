"""What `make superset` runs: Apache Superset for one person, on this machine only.

It reads the published marts, and can do nothing else with them, as the connection in
reports/superset says; datasets, charts and the dashboard come from there too. Its own
database and keys lie in `<folder>/.superset`. Run by the Python of .venv-superset; with
`--check` by any, which only tells whether it could begin.
"""

import contextlib
import logging
import os
import secrets
import signal
import socket
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BUNDLE = PROJECT / "reports" / "superset"
DASHBOARD = "/superset/dashboard/customers-and-sales/"
READER = "reader"


def main() -> int:
    folder = PROJECT / (
        os.environ.get("OUT") or os.environ.get("CRM_WAREHOUSE_DIR") or "warehouse"
    )
    published = folder / "marts.duckdb"
    if not published.exists():
        return refuse(
            f"There is no build in {folder}: run make build with the same OUT first."
        )
    told = os.environ.get("PORT") or "8088"
    try:
        wanted = int(told)
        taken = take_port(wanted)
    except (ValueError, OverflowError):
        return refuse(f"PORT={told} is no number of a port.")
    except OSError:
        return refuse(f"Port {wanted} is taken: name another with PORT={wanted + 1}.")
    if sys.argv[1:] == ["--check"]:
        return 0
    home = make_home(folder / ".superset")
    if not (home / "version").exists():
        print("Making Superset's own database: this takes a minute, once.", flush=True)
    try:
        # It has much to say, and none of it to whoever only wants to see marts.
        with open(home / "superset.log", "w", encoding="utf-8") as log:
            with contextlib.redirect_stdout(log), contextlib.redirect_stderr(log):
                app = start_superset(home)
                with app.app_context():
                    password = prepare(home, published.resolve())
                logging.basicConfig(stream=log, level=logging.INFO, force=True)
            return serve(app, taken, password)
    except ImportError as error:
        return refuse(f"{error}: run make superset, which installs what it needs.")
    except MartsError as error:
        return refuse(
            f"These marts are of another version, run make build anew ({error})."
        )


def refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


class MartsError(Exception):
    """The published file holds no such mart."""


def make_home(home: Path) -> Path:
    """A folder of the user's own, with a key that is made once and leaves it never."""
    home.mkdir(mode=0o700, exist_ok=True)
    key = home / "secret_key"
    if not key.exists():
        with open(
            key, "x", opener=lambda path, flags: os.open(path, flags, 0o600)
        ) as f:
            f.write(secrets.token_urlsafe(42))
    return home


def start_superset(home: Path):
    """Superset as a program of this process."""
    os.environ["SUPERSET_HOME"] = str(home)
    os.environ["SUPERSET_CONFIG_PATH"] = str(
        Path(__file__).with_name("crm_superset_config.py")
    )
    from superset.app import create_app

    return create_app()


def prepare(home: Path, published: Path) -> str:
    """Make Superset's own database once, read our files, and admit one reader."""
    import flask_migrate
    from superset import appbuilder, security_manager
    from superset.extensions import db
    from superset.utils.core import override_user

    version = home / "version"
    told = security_manager.appbuilder.app.config["VERSION_STRING"]
    if not version.exists() or version.read_text(encoding="utf-8") != told:
        flask_migrate.upgrade(
            directory=str(Path(sys.modules["superset"].__file__).parent / "migrations")
        )
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        db.session.commit()
        version.write_text(told, encoding="utf-8")

    # Ours belong to a user who cannot log in, so that nobody changes what the next
    # start overwrites; the reader makes charts of their own, and no connections.
    owner = user(security_manager, "crm_warehouse", ["Admin"], secrets.token_urlsafe())
    owner.active = False
    password = secrets.token_urlsafe(12)
    user(security_manager, READER, ["Alpha", "sql_lab"], password)
    with override_user(owner):
        import_bundle(published)
    db.session.commit()
    return password


def user(security_manager, name: str, roles: list[str], password: str):
    """The user of this name, with these roles and this password."""
    found = security_manager.find_user(name) or security_manager.add_user(
        name, name, "", f"{name}@localhost", role=[], password=password
    )
    found.roles = [security_manager.find_role(role) for role in roles]
    security_manager.reset_password(found.id, password)
    return found


def import_bundle(published: Path) -> None:
    """Import reports/superset, its connection pointed at this file."""
    import yaml
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import db

    contents = {
        path.relative_to(BUNDLE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(BUNDLE.rglob("*.yaml"))
    }
    uuids = set()
    for name, text in contents.items():
        asset = yaml.safe_load(text)
        if name.startswith("databases/"):
            asset["sqlalchemy_uri"] = f"duckdb:///{published}"
            contents[name] = yaml.safe_dump(asset)
        if name.startswith("datasets/"):
            uuids.add(asset["uuid"])
    ImportAssetsCommand(contents).run()
    # Columns that our files do not name come from the marts, and so do descriptions.
    for dataset in db.session.query(SqlaTable).all():
        if str(dataset.uuid) in uuids:
            try:
                dataset.fetch_metadata()
            except Exception as error:
                raise MartsError(f"no {dataset.schema}.{dataset.table_name}") from error


def take_port(wanted: int) -> socket.socket:
    """A socket of this machine only, held before anything is made ready."""
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind(("127.0.0.1", wanted))
    return taken


def serve(app, taken: socket.socket, password: str) -> int:
    """Answer until Ctrl-C, or until the process is asked to end."""
    from werkzeug.serving import make_server

    taken.listen()
    host, port = taken.getsockname()
    server = make_server(host, port, app, threaded=True, fd=taken.fileno())
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    print(
        f"Open http://{host}:{port}{DASHBOARD}\n"
        f"User: {READER}\nPassword: {password} (of this start only)\n"
        f"Stop it with Ctrl-C (process {os.getpid()}).",
        flush=True,
    )
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    server.server_close()
    print("Stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
