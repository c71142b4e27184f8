"""Keys have one shape, and nothing else gets past a store."""

from datetime import date
from io import BytesIO
from uuid import UUID

import pytest

from siyu_saas.core.files.errors import BadKey
from siyu_saas.core.files.keys import new_key

TENANT = UUID("0190c0de-0000-7000-8000-000000000001")
FILE = UUID("0190c0de-0000-7000-8000-00000000000f")
BAD_KEYS = {
    "empty": "",
    "a way up": "../../etc/passwd",
    "a way up below a tenant": f"{TENANT}/2026/11/../../../passwd.txt",
    "absolute": "/etc/passwd",
    "absolute with our shape": f"/{TENANT}/2026/11/{FILE}.jpg",
    "capitals": f"{TENANT}/2026/11/{FILE}.JPG",
    "capital id": f"{str(TENANT).upper()}/2026/11/{FILE}.jpg",
    "no tenant": f"2026/11/{FILE}.jpg",
    "month 13": f"{TENANT}/2026/13/{FILE}.jpg",
    "no extension": f"{TENANT}/2026/11/{FILE}",
    "two extensions": f"{TENANT}/2026/11/{FILE}.jpg.exe",
    "a line break behind": f"{TENANT}/2026/11/{FILE}.jpg\n",
    "a NUL": f"{TENANT}/2026/11/{FILE}.jpg\x00",
    "backslashes": f"{TENANT}\\2026\\11\\{FILE}.jpg",
    "digits of another script": f"{TENANT}/２０２６/11/{FILE}.jpg",
}


def test_a_key_is_tenant_month_and_id():
    assert new_key(TENANT, "jpg", date(2026, 3, 1), FILE) == f"{TENANT}/2026/03/{FILE}.jpg"


@pytest.mark.parametrize("extension", ["", "JPG", "tar.gz", "../x", "jpg/", "图", "longerthan8"])
def test_a_key_takes_no_other_extension(extension):
    with pytest.raises(BadKey):
        new_key(TENANT, extension, date(2026, 3, 1), FILE)


@pytest.mark.parametrize("bad", BAD_KEYS.values(), ids=BAD_KEYS)
def test_a_key_that_we_did_not_make_is_refused_by_every_verb(storage, bad):
    for verb in (storage.open, storage.delete, storage.exists, lambda name: storage.put(name, BytesIO(b"x"))):
        with pytest.raises(BadKey):
            verb(bad)
