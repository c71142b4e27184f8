"""Settings that the program refuses to start with."""

import pytest

from siyu_saas.config import BadSetting, read_settings


@pytest.mark.parametrize("addressing", ["auto", "path", "virtual"])
def test_the_addressing_of_a_bucket_is_one_of_three(tmp_path, addressing):
    assert read_settings({"INSTANCE_DIR": str(tmp_path), "S3_ADDRESSING": addressing}).s3_addressing == addressing


def test_another_addressing_is_refused_by_name(tmp_path):
    with pytest.raises(BadSetting, match="S3_ADDRESSING='dns'"):
        read_settings({"INSTANCE_DIR": str(tmp_path), "S3_ADDRESSING": "dns"})
