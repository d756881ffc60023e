"""The access table: every address of the site, and who of the cast may use it with which method.

An address that is not here fails the test. Whoever is not named gets what does not exist (404), or the log-in page
when nobody is logged in; a member of the space without the right gets 403 with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass

MEMBERS = frozenset({"anna", "ben", "carla", "ellen"})
MANAGERS = frozenset({"anna", "carla"})
LEADERS = frozenset({"anna"})
MODERATORS = MANAGERS
NOBODY: frozenset[str] = frozenset()
EVERYONE = frozenset(
    {"anonymous", "anna", "ben", "carla", "ellen", "dora", "removed", "frank", "pim", "editor", "operator"}
)
SIGNED_IN = EVERYONE - {"anonymous"}


@dataclass(frozen=True)
class InSpace:
    """An address under a space.

    Attributes:
        methods: what it answers to.
        may: who of the cast may use it.
        item: which object of the space stands in the address.
        hides: members without the right get 404 instead of 403.
        data: what a POST must hold to be understood.
    """

    methods: str
    may: frozenset[str]
    item: str = ""
    hides: bool = False
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OnSite:
    """Any other address.

    Attributes:
        methods: what it answers to.
        may: who of the cast may use it.
        denial: what others get who are logged in.
        login: others who are not logged in are sent to the log-in page; else they get `denial` too.
        ends: using it leads to the log-in page by its nature.
    """

    methods: str
    may: frozenset[str]
    denial: int = 404
    login: bool = True
    ends: bool = False


SPACE = {
    "groupspace:space": InSpace("GET", MEMBERS),
    "groupspace:space-change": InSpace("GET POST", LEADERS),
    "groupspace:working": InSpace("GET POST", LEADERS),
    "groupspace:waiting": InSpace("GET", MANAGERS),
    "groupspace:release": InSpace("POST", MANAGERS, item="held", hides=True),
    "groupspace:later": InSpace("GET", MANAGERS),
    "groupspace:later-item": InSpace("GET POST", MANAGERS, item="scheduled", hides=True),
    "groupspace:later-place": InSpace("POST", MANAGERS, item="scheduled", hides=True),
    "groupspace:later-delete": InSpace("POST", MANAGERS, item="scheduled", hides=True),
    "groupspace:phase": InSpace("GET POST", LEADERS, data=(("naar", "closing"),)),
    "groupspace:crisis-protocol": InSpace("GET POST", MANAGERS),
    "groupspace:space-log": InSpace("GET", MANAGERS),
    "groupspace:join": InSpace("GET POST", NOBODY, hides=True),  # the space of the cast is hidden
    "groupspace:rules": InSpace("GET POST", MEMBERS),
    "groupspace:first-help": InSpace("GET POST", MEMBERS),
    "groupspace:own-place": InSpace("GET POST", MEMBERS),
    "groupspace:profile": InSpace("GET", MEMBERS, item="member"),
    "groupspace:hand-over": InSpace("GET POST", LEADERS, item="member"),
    "groupspace:request-note": InSpace("POST", MANAGERS, item="request", hides=True),
    "groupspace:invitations-mail": InSpace("GET POST", MANAGERS),
    "groupspace:rename-self": InSpace("GET POST", MEMBERS),
    "groupspace:memory": InSpace("GET", MEMBERS),
    "groupspace:leave": InSpace("GET POST", MEMBERS),
    "groupspace:members": InSpace("GET", MEMBERS),
    "groupspace:member": InSpace("GET POST", MANAGERS, item="member"),
    "groupspace:member-permissions": InSpace("GET POST", LEADERS, item="member"),
    "groupspace:member-remove": InSpace("POST", MANAGERS, item="member"),
    "groupspace:member-suspend": InSpace("POST", MANAGERS, item="member"),
    "groupspace:member-resume": InSpace("POST", MANAGERS, item="member"),
    "groupspace:requests": InSpace("GET", MANAGERS),
    "groupspace:request": InSpace("GET POST", MANAGERS, item="request", hides=True),
    "groupspace:invitations": InSpace("GET POST", MANAGERS),
    "groupspace:invitation-revoke": InSpace("POST", MANAGERS, item="invitation", hides=True),
    "groupspace:stream:space": InSpace("GET", MEMBERS),
    "groupspace:notices:wishes": InSpace("GET POST", MEMBERS),
    "groupspace:notices:announce": InSpace("GET POST", MANAGERS),
    "groupspace:bestanden:list": InSpace("GET", MEMBERS),
    "groupspace:bestanden:upload": InSpace("GET POST", MEMBERS),
    "groupspace:bestanden:folder-create": InSpace("GET POST", MEMBERS),
    "groupspace:bestanden:folder": InSpace("GET", MEMBERS, item="folder"),
    "groupspace:bestanden:folder-rename": InSpace("GET POST", MODERATORS | {"ben"}, item="folder"),
    "groupspace:bestanden:folder-delete": InSpace("GET POST", MODERATORS | {"ben"}, item="folder"),
    "groupspace:bestanden:version": InSpace("GET", MEMBERS, item="version"),
    "groupspace:bestanden:file": InSpace("GET", MEMBERS, item="file"),
    "groupspace:bestanden:file-download": InSpace("GET", MEMBERS, item="file"),
    "groupspace:bestanden:file-picture": InSpace("GET", MEMBERS, item="file"),
    "groupspace:bestanden:version-picture": InSpace("GET", MEMBERS, item="version"),
    "groupspace:bestanden:file-thumbnail": InSpace("GET", MEMBERS, item="file"),
    "groupspace:bestanden:file-renew": InSpace("GET POST", MEMBERS, item="file"),
    "groupspace:bestanden:file-edit": InSpace("GET POST", MODERATORS | {"ben"}, item="file"),
    "groupspace:bestanden:file-delete": InSpace("GET POST", MODERATORS | {"ben"}, item="file"),
    "groupspace:bestanden:comment-create": InSpace("GET POST", MEMBERS, item="file"),
    "groupspace:bestanden:comment-mute": InSpace("POST", MEMBERS, item="file"),
    "groupspace:bestanden:comment": InSpace("GET", MEMBERS, item="file_comment"),
    "groupspace:bestanden:comment-edit": InSpace("GET POST", frozenset({"ben"}), item="file_comment"),
    "groupspace:bestanden:comment-versions": InSpace("GET", MEMBERS, item="file_comment"),
    "groupspace:bestanden:comment-undo": InSpace("POST", frozenset({"ben"}), item="file_comment"),
    "groupspace:bestanden:comment-delete": InSpace("GET POST", MODERATORS | {"ben"}, item="file_comment"),
    "groupspace:paginas:list": InSpace("GET", MEMBERS),
    "groupspace:paginas:page-create": InSpace("GET POST", MEMBERS),
    "groupspace:paginas:page": InSpace("GET", MEMBERS, item="page"),
    "groupspace:paginas:page-edit": InSpace("GET POST", MEMBERS, item="page"),
    "groupspace:paginas:page-history": InSpace("GET", MEMBERS, item="page"),
    "groupspace:paginas:page-compare": InSpace("GET", MEMBERS, item="page"),
    "groupspace:paginas:page-move": InSpace("GET POST", MEMBERS, item="page"),
    "groupspace:paginas:page-lock": InSpace("POST", MANAGERS, item="page"),
    "groupspace:paginas:page-delete": InSpace("GET POST", MANAGERS | {"ben"}, item="page"),
    "groupspace:paginas:version": InSpace("GET", MEMBERS, item="page_version"),
    "groupspace:paginas:version-restore": InSpace("POST", MEMBERS, item="page_version"),
    "groupspace:paginas:comment-create": InSpace("GET POST", MEMBERS, item="page"),
    "groupspace:paginas:comment-mute": InSpace("POST", MEMBERS, item="page"),
    "groupspace:paginas:comment": InSpace("GET", MEMBERS, item="page_comment"),
    "groupspace:paginas:comment-edit": InSpace("GET POST", frozenset({"ben"}), item="page_comment"),
    "groupspace:paginas:comment-versions": InSpace("GET", MEMBERS, item="page_comment"),
    "groupspace:paginas:comment-undo": InSpace("POST", frozenset({"ben"}), item="page_comment"),
    "groupspace:paginas:comment-delete": InSpace("GET POST", MANAGERS | {"ben"}, item="page_comment"),
    "groupspace:links:list": InSpace("GET", MEMBERS),
    "groupspace:links:link-create": InSpace("GET POST", MEMBERS),
    "groupspace:links:link": InSpace("GET", MEMBERS, item="link"),
    "groupspace:links:link-edit": InSpace("GET POST", frozenset({"ben"}), item="link"),
    "groupspace:links:link-delete": InSpace("GET POST", MANAGERS | {"ben"}, item="link"),
    "groupspace:links:comment-create": InSpace("GET POST", MEMBERS, item="link"),
    "groupspace:links:comment-mute": InSpace("POST", MEMBERS, item="link"),
    "groupspace:links:comment": InSpace("GET", MEMBERS, item="link_comment"),
    "groupspace:links:comment-edit": InSpace("GET POST", frozenset({"ben"}), item="link_comment"),
    "groupspace:links:comment-versions": InSpace("GET", MEMBERS, item="link_comment"),
    "groupspace:links:comment-undo": InSpace("POST", frozenset({"ben"}), item="link_comment"),
    "groupspace:links:comment-delete": InSpace("GET POST", MANAGERS | {"ben"}, item="link_comment"),
    "groupspace:peilingen:list": InSpace("GET", MEMBERS),
    "groupspace:peilingen:poll-create": InSpace("GET POST", MEMBERS),
    "groupspace:peilingen:poll": InSpace("GET", MEMBERS, item="poll"),
    "groupspace:peilingen:poll-edit": InSpace("GET POST", frozenset({"ben"}), item="poll"),
    "groupspace:peilingen:vote": InSpace("GET POST", MEMBERS, item="poll"),
    "groupspace:peilingen:vote-retract": InSpace("GET POST", MEMBERS, item="poll"),
    "groupspace:peilingen:poll-close": InSpace("GET POST", MANAGERS | {"ben"}, item="poll"),
    "groupspace:peilingen:poll-decide": InSpace("GET POST", MANAGERS | {"ben"}, item="closed_poll"),
    "groupspace:peilingen:poll-delete": InSpace("GET POST", MANAGERS | {"ben"}, item="poll"),
    "groupspace:peilingen:comment-create": InSpace("GET POST", MEMBERS, item="poll"),
    "groupspace:peilingen:comment-mute": InSpace("POST", MEMBERS, item="poll"),
    "groupspace:peilingen:comment": InSpace("GET", MEMBERS, item="poll_comment"),
    "groupspace:peilingen:comment-edit": InSpace("GET POST", frozenset({"ben"}), item="poll_comment"),
    "groupspace:peilingen:comment-versions": InSpace("GET", MEMBERS, item="poll_comment"),
    "groupspace:peilingen:comment-undo": InSpace("POST", frozenset({"ben"}), item="poll_comment"),
    "groupspace:peilingen:comment-delete": InSpace("GET POST", MANAGERS | {"ben"}, item="poll_comment"),
    "groupspace:gesprekken:list": InSpace("GET", MEMBERS),
    "groupspace:gesprekken:topic-create": InSpace("GET POST", MEMBERS),
    "groupspace:gesprekken:topics-read": InSpace("POST", MEMBERS),
    "groupspace:gesprekken:muted-words": InSpace("GET POST", MEMBERS),
    "groupspace:gesprekken:names": InSpace("GET", MEMBERS),
    "groupspace:gesprekken:scheduled-create": InSpace("GET POST", MANAGERS),
    "groupspace:gesprekken:scheduled-edit": InSpace("GET POST", MANAGERS, item="scheduled", hides=True),
    "groupspace:gesprekken:topic": InSpace("GET", MEMBERS, item="topic"),
    "groupspace:gesprekken:reply": InSpace("GET POST", MEMBERS, item="topic"),
    "groupspace:gesprekken:topic-unread": InSpace("POST", MEMBERS, item="topic", data=(("vanaf", "1"),)),
    "groupspace:gesprekken:topic-follow": InSpace("POST", MEMBERS, item="topic"),
    "groupspace:gesprekken:round-pass": InSpace("POST", MEMBERS, item="round"),
    "groupspace:gesprekken:topic-lounge": InSpace("POST", MANAGERS, item="topic"),
    "groupspace:gesprekken:topic-pin": InSpace("POST", MANAGERS, item="topic"),
    "groupspace:gesprekken:topic-lock": InSpace("POST", MANAGERS, item="topic"),
    "groupspace:gesprekken:attachment": InSpace("GET", MEMBERS, item="attachment"),
    "groupspace:gesprekken:attachment-picture": InSpace("GET", MEMBERS, item="attachment"),
    "groupspace:gesprekken:attachment-small": InSpace("GET", MEMBERS, item="attachment"),
    "groupspace:gesprekken:post": InSpace("GET", MEMBERS, item="post"),
    "groupspace:gesprekken:post-edit": InSpace("GET POST", frozenset({"ben"}), item="post"),
    "groupspace:gesprekken:post-delete": InSpace("GET POST", MANAGERS | {"ben"}, item="post"),
    "groupspace:gesprekken:post-versions": InSpace("GET", MEMBERS, item="post"),
    "groupspace:gesprekken:post-react": InSpace("POST", MEMBERS - {"ben"}, item="post", data=(("woord", "dank"),)),
    "groupspace:gesprekken:post-warn": InSpace("GET POST", MANAGERS, item="post"),
    "groupspace:gesprekken:post-undo": InSpace("POST", frozenset({"ben"}), item="post"),
}

SITE = {
    "groupspace:mine": OnSite("GET", SIGNED_IN),
    "groupspace:space-create": OnSite("GET POST", frozenset({"anna", "frank", "pim"}), denial=403),
    "groupspace:organisation": OnSite("GET POST", NOBODY, denial=403),  # nobody of the cast coordinates
    "groupspace:lease": OnSite("GET POST", SIGNED_IN),
    "groupspace:lease-withdraw": OnSite("POST", NOBODY),  # the lease in the address is nobody's
    "groupspace:lease-longer": OnSite("POST", NOBODY),
    "groupspace:lease-open": OnSite("GET POST", NOBODY),
    "groupspace:forums": OnSite("GET", EVERYONE),
    "groupspace:invitation": OnSite("GET POST", EVERYONE, ends=True),
    "groupspace:invitation-accept": OnSite("GET POST", SIGNED_IN),
    "groupspace:professional": OnSite("GET POST", SIGNED_IN),
    "groupspace:professional-accept": OnSite("GET POST", SIGNED_IN),
    "groupspace:search": OnSite("GET", SIGNED_IN),
    "groupspace:request-withdraw": OnSite("POST", frozenset({"dora"})),
    "groupspace:text:draft-save": OnSite("POST", NOBODY, denial=403, login=False),  # without a form's own ticket
    "account:settings": OnSite("GET", SIGNED_IN),
    "account:login": OnSite("GET POST", EVERYONE),
    "account:logout": OnSite("POST", EVERYONE, ends=True),
    "account:signup": OnSite("GET POST", EVERYONE),
    "account:codes": OnSite("GET POST", SIGNED_IN),
    "account:codes-new": OnSite("GET POST", SIGNED_IN),
    "account:setup": OnSite("GET POST", SIGNED_IN),
    "account:qr": OnSite("GET", NOBODY, login=False),  # only in the middle of setting up
    "account:factor-remove": OnSite("GET POST", SIGNED_IN),
    "account:password": OnSite("GET POST", SIGNED_IN),
    "account:email": OnSite("GET POST", SIGNED_IN),
    "account:preferences": OnSite("GET POST", SIGNED_IN),
    "account:delete": OnSite("GET POST", SIGNED_IN),
    "account:deleted": OnSite("GET", EVERYONE),
    "account:sessions": OnSite("GET", SIGNED_IN),
    "account:sessions-end": OnSite("POST", SIGNED_IN, ends=True),
    "account:session-end": OnSite("POST", NOBODY),  # the session in the address is nobody's
    "account:reset": OnSite("GET", EVERYONE),
    "account:reset-code": OnSite("GET POST", EVERYONE),
    "account:reset-mail": OnSite("GET POST", EVERYONE),
    "account:link": OnSite("GET", EVERYONE),
    "account:link-use": OnSite("GET POST", EVERYONE),
    "safety:exit": OnSite("GET", EVERYONE),
    "safety:how": OnSite("GET", EVERYONE),
    "safety:help": OnSite("GET", EVERYONE),
    "healthz": OnSite("GET", EVERYONE),
    "readyz": OnSite("GET", EVERYONE),
    "robots": OnSite("GET", EVERYONE),
    "security": OnSite("GET", EVERYONE),
    "sitemap": OnSite("GET", EVERYONE),
    "app_manifest": OnSite("GET", EVERYONE),
    "own_data": OnSite("GET POST", SIGNED_IN),
    "groupspace:stream:mine": OnSite("GET", SIGNED_IN),
    "groupspace:notices:list": OnSite("GET", SIGNED_IN),
    "groupspace:notices:read-all": OnSite("POST", SIGNED_IN),
    "groupspace:notices:delivery": OnSite("GET POST", SIGNED_IN),
    "groupspace:notices:device": OnSite("POST", SIGNED_IN),  # without a browser: refused
    "groupspace_outside:mail-off": OnSite("GET HEAD POST", EVERYONE),  # the code in the address is nobody's
    "groupspace_outside:worker": OnSite("GET", EVERYONE),
    "knowledgebase:search": OnSite("GET", EVERYONE),
    "knowledgebase_newsletter:confirm": OnSite("GET HEAD POST", EVERYONE),
    "knowledgebase_newsletter:leave": OnSite("GET HEAD POST", EVERYONE),
    "knowledgebase_contact:follow": OnSite("GET POST", EVERYONE),
    "knowledgebase_ideas:idea": OnSite("GET", NOBODY, login=False),  # the idea in the address is nobody's
    "knowledgebase_ideas:support": OnSite("POST", NOBODY, login=False),  # without an idea
    "knowledgebase_ideas:stop": OnSite("GET POST", EVERYONE),
    "knowledgebase_reactions:mine": OnSite("GET", SIGNED_IN),
    "knowledgebase_reactions:write": OnSite("GET POST", NOBODY, login=False),  # the page in the address is no page
    "knowledgebase_reactions:withdraw": OnSite("GET POST", NOBODY),  # nor is the reaction anybody's
    "knowledgebase_stepplans:start": OnSite(
        "GET POST", NOBODY, login=False
    ),  # the plans in these addresses are nobody's
    "knowledgebase_stepplans:mine": OnSite("GET", SIGNED_IN),
    "knowledgebase_stepplans:compare": OnSite("GET", SIGNED_IN),
    "knowledgebase_stepplans:forgotten": OnSite("GET", EVERYONE),
    "knowledgebase_stepplans:walk": OnSite("GET", NOBODY, login=False),
    "knowledgebase_stepplans:open": OnSite("GET", NOBODY, login=False),
    "knowledgebase_stepplans:step": OnSite("GET POST", NOBODY, login=False),
    "knowledgebase_stepplans:plan": OnSite("GET POST", NOBODY, login=False),
    "knowledgebase_stepplans:document": OnSite("GET", NOBODY, login=False),
    "knowledgebase_stepplans:pdf": OnSite("GET", NOBODY, login=False),
    "knowledgebase_stepplans:keep": OnSite("POST", NOBODY, login=False),
    "knowledgebase_stepplans:copy": OnSite("POST", NOBODY, login=False),
    "knowledgebase_stepplans:approval": OnSite("GET POST", NOBODY, login=False),
    "knowledgebase_stepplans:forget": OnSite("GET POST", NOBODY, login=False),
    "knowledgebase_quickscan:start": OnSite("GET POST", NOBODY, login=False),  # without a quick scan
    "knowledgebase_quickscan:sent": OnSite("GET", NOBODY, login=False),
    "knowledgebase_quickscan:entry": OnSite("GET", NOBODY, login=False),
    "knowledgebase_quickscan:open": OnSite("GET", NOBODY, login=False),
    "knowledgebase_quickscan:question": OnSite("GET POST", NOBODY, login=False),
    "knowledgebase_quickscan:send": OnSite("GET POST", NOBODY, login=False),
    "knowledgebase_techniques:mine": OnSite("GET POST", frozenset({"anna", "frank", "pim"})),
    "knowledgebase_techniques:draft": OnSite("GET", NOBODY),  # nobody of the cast was asked to write along
    "knowledgebase_techniques:say": OnSite("POST", NOBODY),
    "knowledgebase_techniques:vote": OnSite("POST", NOBODY),
    "theme:styleguide": OnSite("GET", NOBODY, login=False),  # only where the style guide is switched on
}
#: Names that lead to views which stand in the table under another name, or which only send to the log-in page.
SAME_VIEWS = frozenset(
    {
        "",
        "two_factor:login",
        "two_factor:setup",
        "two_factor:qr",
        "two_factor:setup_complete",
        "two_factor:backup_tokens",
        "two_factor:disable",
        "two_factor:profile",
        "wagtailcore_login",
    }
)
#: Pages, pictures and documents that are public by their nature; their tests are in tests/home and tests/config.
PUBLIC_FILES = frozenset(
    {
        "app_icon",
        "media",
        "document",
        "wagtaildocs_serve",
        "wagtaildocs_authenticate_with_password",
        "wagtailcore_authenticate_with_password",
        "wagtail_serve",
    }
)
