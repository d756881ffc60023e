"""The tables of the core."""

from groupspace.models.admissions import DecisionLetter, Invitation, JoinQuestion, JoinRequest
from groupspace.models.content import PREPARED, Audience, SpaceContent, Stuck
from groupspace.models.help import FirstHelp
from groupspace.models.leases import Lease
from groupspace.models.members import Membership, PermissionException, SpaceGrant
from groupspace.models.organisations import Organisation, Professional, ProfessionalInvitation
from groupspace.models.own import MutedItem, MutedWords
from groupspace.models.profiles import ProfileAnswer, ProfileField
from groupspace.models.regions import Region
from groupspace.models.retention import RetentionRule
from groupspace.models.spaces import Space
from groupspace.models.start import CrisisProtocol

__all__ = [
    "PREPARED",
    "Audience",
    "CrisisProtocol",
    "DecisionLetter",
    "FirstHelp",
    "Invitation",
    "JoinQuestion",
    "JoinRequest",
    "Lease",
    "Membership",
    "MutedItem",
    "MutedWords",
    "Organisation",
    "PermissionException",
    "Professional",
    "ProfessionalInvitation",
    "ProfileAnswer",
    "ProfileField",
    "Region",
    "RetentionRule",
    "Space",
    "SpaceContent",
    "SpaceGrant",
    "Stuck",
]
