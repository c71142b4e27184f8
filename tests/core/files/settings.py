"""The settings that choose a store."""

from dataclasses import dataclass
from pathlib import Path


@dataclass
class StoreSettings:
    files_dir: Path
    s3_bucket: str | None = None
    s3_endpoint: str | None = None
    s3_region: str | None = "cn-north-1"
    s3_addressing: str = "auto"
    s3_access_key: str | None = "access"
    s3_secret_key: str | None = "secret"
