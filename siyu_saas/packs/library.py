"""Reads the content packs in `tenants/` and refuses broken ones with file, key and reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from siyu_saas.config import ROOT

KEY = re.compile(r"[a-z][a-z0-9-]*")
REQUIRED = ("key", "title", "version")


class PackError(ValueError):
    """A pack that cannot be used: `<file>: <key>: <reason>`."""

    def __init__(self, path: Path, key: str, reason: str) -> None:
        super().__init__(f"{path}: {key}: {reason}")


@dataclass(frozen=True)
class Pack:
    key: str
    title: str
    version: int
    folder: Path
    extends: str | None = None


def load_library(folder: Path) -> dict[str, Pack]:
    """All packs by key, parents first. Raises PackError."""
    packs = {pack.key: pack for pack in (_read_pack(path) for path in sorted(folder.glob("*/pack.yaml")))}
    for pack in packs.values():
        _check_parent(pack, packs)
    return dict(sorted(packs.items(), key=lambda item: (item[1].extends is not None, item[0])))


@cache
def industries() -> tuple[Pack, ...]:
    """The packs that a merchant can be given, the general one first."""
    return tuple(pack for pack in load_library(ROOT / "tenants").values() if pack.key != "demo")


@cache
def charter_text() -> dict[str, Any]:
    """The usual wording of a charter: `sections` of `heading` and `text`."""
    return read_yaml(ROOT / "tenants" / "base" / "charter.yaml")


def read_yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackError(path, "", f"not readable as YAML: {error}") from error


def _read_pack(path: Path) -> Pack:
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise PackError(path, "", "a mapping is expected")
    for key in REQUIRED:
        if key not in content:
            raise PackError(path, key, "is missing")
    known = {field.name for field in fields(Pack)} - {"folder"}
    for key in content:
        if key not in known:
            raise PackError(path, key, "is not known here")
    if not isinstance(content["version"], int) or content["version"] < 1:
        raise PackError(path, "version", "must be a whole number from 1")
    if content["key"] != path.parent.name or not KEY.fullmatch(content["key"]):
        raise PackError(path, "key", "must be the folder's name")
    return Pack(folder=path.parent, **content)


def _check_parent(pack: Pack, packs: dict[str, Pack]) -> None:
    if pack.extends is None:
        return
    parent = packs.get(pack.extends)
    if parent is None:
        raise PackError(pack.folder / "pack.yaml", "extends", f"there is no pack {pack.extends!r}")
    if parent.extends is not None:
        raise PackError(pack.folder / "pack.yaml", "extends", "only one level is allowed")
