"""Tables of the firm's own content."""

from .questionnaires import FirmQuestionnaire, FirmQuestionnaireEdition

__all__ = ["FirmQuestionnaire", "FirmQuestionnaireEdition"]
