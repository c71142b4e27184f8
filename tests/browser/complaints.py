"""What a browser complains about: script errors, the content policy, missing parts, requests to other hosts."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page, Request, Response

SHOUT = (
    "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))"
)
OWN = ("data:", "blob:")
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"  # only where a test takes the net away
BAD_STATUS = "the server responded with a status of"  # told with its address by the response itself


def complaints_of(page: Page, address: str) -> list[str]:
    """A list that grows while the page is used. A page that is asked for may be missing, its parts may not."""
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and BAD_STATUS not in message.text and OFFLINE not in message.text:
            found.append(message.text)

    def see_request(request: Request) -> None:
        if not request.url.startswith((f"{address}/", *OWN)):
            found.append(f"another host: {request.url}")

    def see_response(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            found.append(f"{response.status}: {response.url}")

    page.add_init_script(SHOUT)
    page.on("console", hear)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", see_request)
    page.on("response", see_response)
    return found
