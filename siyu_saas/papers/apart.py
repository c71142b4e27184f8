"""Prints in a child process with caps on time and memory: a report that is too big hurts nobody else."""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import traceback
import warnings
from dataclasses import dataclass

import structlog

from siyu_saas.core.errors import Refusal

from .page import Sheet
from .pdf import coverage, house_style, user_agent_style, write_pdf

CPU_SECONDS = 60
MEMORY_BYTES = 1024**3
OUT_OF_MEMORY, BROKEN = 70, 71
CAP_SIGNALS = (signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP)  # GLib traps when memory is refused

log = structlog.get_logger()


class TooBig(Refusal):
    """The paper would take more time or memory than one paper may."""

    status = 413

    def __init__(self) -> None:
        super().__init__("内容太多，一份 PDF 装不下。请缩小范围或减少附录后再生成，已有的数据都完好。")


@dataclass(frozen=True)
class Printed:
    content: bytes
    pages: int


def warm_up() -> None:
    """What every child would have to read anew: which characters the fonts have, and the style sheets."""
    coverage()
    house_style()
    user_agent_style()


def print_apart(sheet: Sheet, *, memory: int = MEMORY_BYTES, seconds: int = CPU_SECONDS) -> Printed:
    """Raises TooBig. Forked, so that WeasyPrint is there already; the child touches nothing of the parent's."""
    with tempfile.TemporaryFile() as content, tempfile.TemporaryFile() as notes:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            _in_child(sheet, content, notes, memory, seconds)
        status = _status_of(child)
        notes.seek(0)
        said = notes.read().decode()
        if status == 0:
            content.seek(0)
            return Printed(content.read(), int(said))
    if _was_capped(status):
        raise TooBig
    log.error("printing failed", status=status, said=said[-2000:])
    raise RuntimeError(f"printing failed: {said[-400:]}")


def _status_of(child: int) -> int:
    try:
        return os.waitpid(child, 0)[1]
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise


def _in_child(sheet: Sheet, content, notes, memory: int, seconds: int) -> None:
    code = BROKEN
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _cap(memory, seconds)
        pdf, pages = write_pdf(sheet)
        content.write(pdf)
        content.flush()
        notes.write(str(pages).encode())
        notes.flush()
        code = 0
    except (MemoryError, SystemError):  # the second where there was no memory left for the first
        code = OUT_OF_MEMORY
    except BaseException:
        notes.write(traceback.format_exc().encode())
        notes.flush()
    finally:
        os._exit(code)


def _cap(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _was_capped(status: int) -> bool:
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) in CAP_SIGNALS
    return os.WEXITSTATUS(status) == OUT_OF_MEMORY
