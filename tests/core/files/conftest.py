"""Both places where files are kept, for real: a folder, and a bucket behind a local HTTP server."""

from uuid import uuid4

import pytest

from siyu_saas.core.files.storage import LocalStorage, storage_from
from tests.core.files.settings import StoreSettings


@pytest.fixture
def folder(tmp_path) -> LocalStorage:
    return storage_from(StoreSettings(files_dir=tmp_path / "files"))


@pytest.fixture(scope="session")
def s3_endpoint():
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_endpoint, tmp_path):
    name = f"bucket-{uuid4()}"
    storage = storage_from(StoreSettings(tmp_path, s3_bucket=name, s3_endpoint=s3_endpoint))
    storage.client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "cn-north-1"})
    yield storage
    storage.client.close()


@pytest.fixture(params=["folder", "bucket"])
def storage(request):
    return request.getfixturevalue(request.param)
