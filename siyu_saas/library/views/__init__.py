"""Pages of the library."""

from . import outline, questionnaires  # noqa: F401  (registers)
from .drafts import questionnaires as questionnaire_pages
from .playbook import playbook

__all__ = ["playbook", "questionnaire_pages"]
