"""Pages of people who sign in."""

from . import own, reset, second_step, sign_in_page
from .blueprints import account, outbox, sign_in
from .login import init_login

__all__ = ["account", "init_login", "outbox", "own", "reset", "second_step", "sign_in", "sign_in_page"]
