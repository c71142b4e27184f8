"""What is said of a pack that cannot be used."""

from __future__ import annotations

from pathlib import Path


class PackError(ValueError):
    """A pack that cannot be used: `<file>[:<line>]: <key>: <reason>`."""

    def __init__(self, path: Path, key: str, reason: str, line: int | None = None) -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {key}: {reason}")
        self.path, self.key, self.reason, self.line = path, key, reason, line
