"""A bare Debian 12 with python3 only, to the sign-in page: the work of it, apart from downloads.

Work is what the processor was busy with: a download only waits. Needs root, debootstrap and the network; says so
where it lacks them, and then measures nothing.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from bench.bench_stack import wait
from bench.support import show
from siyu_saas.config import ROOT
from siyu_saas.embedded import free_port

SUITE = "bookworm"
CLEAN = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
CERTIFICATES = ("SSL_CERT_FILE", "PIP_CERT")


def main() -> None:
    if os.geteuid() or not shutil.which("debootstrap", path=CLEAN["PATH"]):
        print("bare machine: not measured, needs root and debootstrap")
        return
    with bare_machine() as root:
        port = free_port(0)
        environ = {**CLEAN, **own_certificates(root), "PORT": str(port)}
        begun, before = time.monotonic(), busy()
        start = subprocess.Popen(["chroot", root, "sh", "-c", "cd /srv/siyu && exec bin/start"], env=environ)
        wait(f"http://127.0.0.1:{port}/sign-in")
        waited = time.monotonic() - begun
        start.send_signal(signal.SIGTERM)
        start.wait()
        print(f"bare Debian 12 to the sign-in page: {waited:.1f} s, downloads included")
        show("bare Debian 12 to the sign-in page: work", busy() - before, 60, " s")


@contextmanager
def bare_machine():
    """A folder with Debian, python3 and a clone of what is committed here."""
    root = Path(tempfile.mkdtemp(prefix="siyu-bare-"))
    root.chmod(0o755)
    run = ["debootstrap", "--variant=minbase", "--include=python3", SUITE, str(root)]
    try:
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["git", "clone", "-q", ROOT, root / "srv" / "siyu"], check=True)
        shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
        subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=True)
        subprocess.run(["mount", "--bind", "/dev", root / "dev"], check=True)
        yield root
    finally:
        for mounted in ("dev", "proc"):
            subprocess.run(["umount", root / mounted], check=False)
        subprocess.run(["rm", "-rf", "--one-file-system", root], check=False)


def own_certificates(root: Path) -> dict[str, str]:
    """Behind a proxy that signs for others, the bare machine has to know its certificate."""
    environ = {}
    for name in CERTIFICATES:
        if name in os.environ:
            shutil.copy(os.environ[name], root / "srv" / name)
            environ[name] = f"/srv/{name}"
    return environ


def busy() -> float:
    """Seconds of processor time of the processes that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
