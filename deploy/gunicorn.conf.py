"""gunicorn: threads, a restart of each worker now and then, and a heap that the collector leaves alone."""

import gc

worker_class = "gthread"
timeout = 60
graceful_timeout = 15
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
loglevel = "warning"


def post_worker_init(worker):
    """The app is loaded: its objects stay, so the collector need not walk them again and again."""
    gc.collect()
    gc.freeze()
