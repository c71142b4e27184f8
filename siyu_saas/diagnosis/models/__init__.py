"""A diagnosis, what was asked in it, what people answered, and what was found."""

from .answering import Assignment, Received, Sheet
from .diagnoses import AskedQuestionnaire, Diagnosis
from .findings import Finding

__all__ = ["AskedQuestionnaire", "Assignment", "Diagnosis", "Finding", "Received", "Sheet"]
