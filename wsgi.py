"""The WSGI entry: `gunicorn wsgi:app`."""

from siyu_saas.app import create_app

app = create_app()
