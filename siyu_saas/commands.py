"""The command line: `bin/siyu …`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import Migrate

from siyu_saas.packs.errors import PackError
from siyu_saas.packs.library import TENANTS, load_library
from siyu_saas.packs.summary import contents, counts

from .app import create_app as create_web_app
from .config import ROOT, Settings
from .core.database import db

packs = AppGroup("packs", help="Content packs in tenants/.")
demo = AppGroup("demo", help="The demo firm.")
firm = AppGroup("firm", help="Consulting firms.")


def create_app(settings: Settings | None = None) -> Flask:
    """The app with its command line. The web processes do without: migrations are half a second of imports."""
    app = create_web_app(settings)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    register(app)
    return app


def register(app: Flask) -> None:
    app.cli.add_command(packs)
    app.cli.add_command(demo)
    app.cli.add_command(firm)
    for command in (prepare, work, clock):
        app.cli.add_command(command)


@packs.command("check")
def check_packs() -> None:
    """Read every pack and print what it holds; exit 1 with file, line, key and reason when one is broken."""
    try:
        packs = load_library(TENANTS)
    except PackError as error:
        raise click.ClickException(str(error)) from error
    for pack in packs.values():
        click.echo(f"{pack.key}  v{pack.version}  {pack.title}" + (f"  extends {pack.extends}" if pack.extends else ""))
        figures = ", ".join(f"{count} {name}" for name, count in counts(pack).items() if count)
        click.echo(f"  {figures}" if figures else "  made-up merchants")
    click.echo(f"packs: {len(packs)}")


@packs.command("show")
@click.argument("key")
def show_pack(key: str) -> None:
    """List every entry of one pack with its parent's: kind, key, title."""
    try:
        pack = load_library(TENANTS)[key]
    except PackError as error:
        raise click.ClickException(str(error)) from error
    except KeyError as error:
        raise click.ClickException(f"there is no pack {key!r}") from error
    for kind, name, title in contents(pack):
        click.echo(f"{kind:<16} {name:<32} {title}")


@demo.command("play")
def play_demo() -> None:
    """Fill an empty database with the demo firm; does nothing when there is any firm already."""
    from .demo.play import play

    click.echo("demo firm ready" if play() else "there is a firm already; nothing changed")


@demo.command("reset")
def reset_demo() -> None:
    """Take the demo firm away with all its merchants, and play it anew. Other firms stay as they are."""
    from .demo.play import reset

    reset()
    click.echo("demo firm ready")


@demo.command("report")
@click.option("--out", type=click.Path(dir_okay=False, writable=True), required=True, help="Where the PDF goes.")
def report_of_demo(out: str) -> None:
    """Print the finished merchant's report as a PDF, without a browser or a worker."""
    from .demo.printing import report_pdf

    content = report_pdf()
    if content is None:
        raise click.ClickException("the demo is not played: bin/siyu demo play")
    Path(out).write_bytes(content)
    click.echo(f"{out}  {len(content) / 1024:.0f} KiB")


@demo.command("compare")
def compare_demo() -> None:
    """Print the finished merchant's agreed measures: before, after, change, interval."""
    from .demo.printing import comparison_table

    lines = comparison_table()
    if lines is None:
        raise click.ClickException("the demo is not played: bin/siyu demo play")
    click.echo("\n".join(lines))


@firm.command("create")
@click.option("--name", prompt="机构名称", help="The firm's name.")
@click.option("--owner", prompt="负责人姓名", help="The owner's name.")
@click.option("--login", prompt="登录邮箱或手机号", help="The owner's e-mail or mobile number.")
@click.password_option(help="The owner's password; asked for when left out.")
def create_firm(name: str, owner: str, login: str, password: str) -> None:
    """Found a firm and its owner, whether or not there are others."""
    from .founding import found

    try:
        click.echo(found(name, owner, login, password))
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@click.command("prepare")
def prepare() -> None:
    """Bring the schema up to date and, in the embedded profile, play the demo into an empty database."""
    from .preparing import prepare as run

    run(current_app._get_current_object())


@click.command("worker")
def work() -> None:
    """Run jobs until stopped."""
    from .worker import work as run

    run(current_app._get_current_object())


@click.command("scheduler")
def clock() -> None:
    """Start what is due by the clock, and sweep, until stopped."""
    from .scheduler import run_forever

    run_forever(current_app._get_current_object())
