"""gunicorn: threads, the app loaded once and shared by the workers, a restart of each worker now and then."""

import gc

gc.disable()  # until everything is loaded: nothing that is loaded becomes garbage, and looking takes a fifth of the start

worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 15
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
loglevel = "warning"


def when_ready(server):
    """Before the workers are forked: what was loaded stays shared, the collector need not walk and so copy it."""
    from siyu_saas.server import warm

    warm(server.app.wsgi())
    gc.collect()
    gc.freeze()
    gc.enable()
