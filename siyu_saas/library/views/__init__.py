"""Pages of the library."""

from .playbook import playbook

__all__ = ["playbook"]
