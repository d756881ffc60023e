"""Themes of digital social techniques, and the people of several organisations who write them together."""

from .contributing import Contributor, Invitation, Remark, Round, Vote
from .pages import SocialWorkGoal, TechniqueIndexPage, TechniquePage

__all__ = [
    "Contributor",
    "Invitation",
    "Remark",
    "Round",
    "SocialWorkGoal",
    "TechniqueIndexPage",
    "TechniquePage",
    "Vote",
]
