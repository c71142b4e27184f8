"""Compiled templates, kept between starts for as long as the disk has room."""

from __future__ import annotations

import structlog
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

log = structlog.get_logger()


class CompiledTemplates(FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Bucket) -> None:
        """A page is shown whether or not it can be kept: the page about a full disk above all."""
        try:
            super().dump_bytecode(bucket)
        except OSError as error:
            log.warning("compiled template not kept", error=str(error))
