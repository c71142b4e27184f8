"""Pages of closing and of the time after."""

from . import advice, inquiries, qualities, summary, surveys
from .blueprints import aftercare, survey

__all__ = ["advice", "aftercare", "inquiries", "qualities", "summary", "survey", "surveys"]
