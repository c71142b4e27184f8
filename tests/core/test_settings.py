"""Settings that the program refuses to start with."""

import pytest

from siyu_saas.app import create_app
from siyu_saas.config import BadSetting, Settings, read_settings


@pytest.mark.parametrize("addressing", ["auto", "path", "virtual"])
def test_the_addressing_of_a_bucket_is_one_of_three(tmp_path, addressing):
    assert read_settings({"INSTANCE_DIR": str(tmp_path), "S3_ADDRESSING": addressing}).s3_addressing == addressing


def test_another_addressing_is_refused_by_name(tmp_path):
    with pytest.raises(BadSetting, match="S3_ADDRESSING='dns'"):
        read_settings({"INSTANCE_DIR": str(tmp_path), "S3_ADDRESSING": "dns"})


@pytest.mark.parametrize(
    ("address", "profile", "private"),
    [
        ("http://127.0.0.1:8000", "embedded", True),
        ("http://[::1]:8000", "embedded", True),
        ("http://127.0.0.1:8000", "production", False),
        ("https://siyu.example", "embedded", False),
        ("http://127.0.0.1.evil.example", "embedded", False),
        ("http://192.168.1.9:8000", "embedded", False),
    ],
)
def test_pages_without_a_sign_in_are_for_the_machine_itself(address, profile, private):
    assert Settings(base_url=address, profile=profile).private is private


@pytest.mark.parametrize(("address", "shown"), [("http://localhost:8000", True), ("https://siyu.example", False)])
def test_mails_that_were_kept_are_shown_on_the_machine_itself_only(tmp_path, address, shown):
    """Ways to new passwords are among them."""
    app = create_app(Settings(secret_key="test-" * 10, instance_dir=tmp_path, base_url=address))
    assert ("outbox.mails" in app.view_functions) is shown
