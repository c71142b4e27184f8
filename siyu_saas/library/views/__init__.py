"""Pages of the library."""

from .playbook import playbook
from .questionnaires import questionnaires

__all__ = ["playbook", "questionnaires"]
