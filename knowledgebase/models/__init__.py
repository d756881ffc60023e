"""The page types of the public site, the words they are sorted by, and what they share."""

from .articles import ArticlePage, KnowledgeIndexPage
from .collections import CollectionItemPage, CollectionPage
from .methods import MethodPage
from .partners import Partner, PartnerTalk
from .public_page import PublicPage, PublicPageTag
from .reactions import TakesReactions
from .topics import TopicIndexPage, TopicPage
from .vocabulary import AgeBand, Audience, Contact, Domain, ProviderFacts, ProviderKind, Province, Theme

__all__ = [
    "AgeBand",
    "ArticlePage",
    "Audience",
    "CollectionItemPage",
    "CollectionPage",
    "Contact",
    "Domain",
    "KnowledgeIndexPage",
    "MethodPage",
    "Partner",
    "PartnerTalk",
    "ProviderFacts",
    "ProviderKind",
    "Province",
    "PublicPage",
    "PublicPageTag",
    "TakesReactions",
    "Theme",
    "TopicIndexPage",
    "TopicPage",
]
