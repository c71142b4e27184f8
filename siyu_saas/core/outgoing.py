"""A call out of the house: only to hosts on a list, only to public addresses, never along a redirect."""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from .errors import NotReady, Unavailable

if TYPE_CHECKING:
    import urllib3

TIMEOUT_SECONDS = 10
ANSWER_BYTES = 64 * 1024
SECURE_PORT = 443

UNWANTED = "这个地址不在允许的范围内，没有发送。"
SILENT = "对方服务器没有回应。"


def may_call(url: str, hosts: Collection[str]) -> bool:
    """Whether the address may be called at all. An IP address, and plain http, only where the list names it itself."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  (raises for a port that is none)
    except ValueError:
        return False
    if parts.hostname not in hosts or parts.username or parts.password:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_address(parts.hostname))


def post_json(url: str, body: Any, *, hosts: Collection[str]) -> dict[str, Any]:
    """The JSON object that was answered. The address that was looked at is the one that is called.

    Raises NotReady when the address may not be called, Unavailable when it does not answer as it should.
    """
    import urllib3  # workers call out, web processes load nothing for it

    if not may_call(url, hosts):
        raise NotReady(UNWANTED)
    parts = urlsplit(url)
    with _pool(parts) as pool:
        try:
            answer = pool.request(
                "POST",
                urlunsplit(("", "", *parts[2:4], "")) or "/",
                body=json.dumps(body, ensure_ascii=False).encode(),
                headers={"Content-Type": "application/json; charset=utf-8", "Host": parts.netloc},
                redirect=False,
                retries=False,
                preload_content=False,
            )
            content = answer.read(ANSWER_BYTES, decode_content=True)
            answer.release_conn()
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Unavailable(SILENT) from error
    return _object_of(answer.status, content)


def _pool(parts) -> urllib3.HTTPConnectionPool:
    import urllib3

    address = parts.hostname if _is_address(parts.hostname) else _public_address(parts.hostname)
    options = {"timeout": urllib3.Timeout(TIMEOUT_SECONDS), "maxsize": 1}
    if parts.scheme == "http":
        return urllib3.HTTPConnectionPool(address, parts.port or 80, **options)
    return urllib3.HTTPSConnectionPool(
        address,
        parts.port or SECURE_PORT,
        server_hostname=parts.hostname,
        assert_hostname=parts.hostname,
        **options,
    )


def _public_address(host: str) -> str:
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, SECURE_PORT, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise Unavailable(SILENT) from error
    if not found or not all(ipaddress.ip_address(address).is_global for address in found):
        raise NotReady(UNWANTED)
    return sorted(found)[0]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _object_of(status: int, content: bytes) -> dict[str, Any]:
    if status != 200:
        raise Unavailable(f"对方服务器答复了 {status}，消息没有发出。")
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise Unavailable("对方服务器的答复看不懂，不能确定消息是否发出。") from error
    if not isinstance(answer, dict):
        raise Unavailable("对方服务器的答复看不懂，不能确定消息是否发出。")
    return answer
