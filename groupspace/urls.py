"""Addresses of spaces. A kind's own addresses hang under the space, by the kind's slug."""

from django.apps import apps
from django.urls import include, path

from groupspace import (
    first_help_views,
    forum_views,
    held_views,
    joining_views,
    lease_views,
    mailing_views,
    member_views,
    organisation_views,
    own_place_views,
    phase_views,
    professional_views,
    space_views,
    working_views,
)
from groupspace.kinds import all_kinds

app_name = "groupspace"

in_space = [
    path("", space_views.SpaceDetailView.as_view(), name="space"),
    path("instellingen/", space_views.SpaceChangeView.as_view(), name="space-change"),
    path("werking/", working_views.WorkingView.as_view(), name="working"),
    path("te-lezen/", held_views.WaitingView.as_view(), name="waiting"),
    path("te-lezen/<uuid:item>/laat-zien/", held_views.ReleaseView.as_view(), name="release"),
    path("verloop/", phase_views.PhaseView.as_view(), name="phase"),
    path("crisisafspraak/", phase_views.CrisisProtocolView.as_view(), name="crisis-protocol"),
    path("logboek/", space_views.SpaceLogView.as_view(), name="space-log"),
    path("meedoen/", joining_views.JoinView.as_view(), name="join"),
    path("afspraken/", joining_views.RulesView.as_view(), name="rules"),
    path("ik/", own_place_views.OwnPlaceView.as_view(), name="own-place"),
    path("naam/", joining_views.RenameSelfView.as_view(), name="rename-self"),
    path("uitleg/", first_help_views.FirstHelpView.as_view(), name="first-help"),
    path("weggaan/", joining_views.LeaveView.as_view(), name="leave"),
    path("leden/", member_views.MemberListView.as_view(), name="members"),
    path("leden/<uuid:item>/", member_views.MemberView.as_view(), name="member"),
    path("leden/<uuid:item>/rechten/", member_views.MemberPermissionsView.as_view(), name="member-permissions"),
    path("leden/<uuid:item>/verwijderen/", member_views.MemberRemoveView.as_view(), name="member-remove"),
    path("leden/<uuid:item>/pauze/", member_views.MemberSuspendView.as_view(), name="member-suspend"),
    path("leden/<uuid:item>/hervatten/", member_views.MemberResumeView.as_view(), name="member-resume"),
    path("leden/<uuid:item>/over/", own_place_views.ProfileView.as_view(), name="profile"),
    path("leden/<uuid:item>/overdragen/", member_views.HandOverView.as_view(), name="hand-over"),
    path("aanvragen/", member_views.RequestListView.as_view(), name="requests"),
    path("aanvragen/<uuid:item>/", member_views.RequestView.as_view(), name="request"),
    path("aanvragen/<uuid:item>/aantekening/", member_views.RequestNoteView.as_view(), name="request-note"),
    path("uitnodigingen/per-mail/", mailing_views.MailInvitationsView.as_view(), name="invitations-mail"),
    path("uitnodigingen/", member_views.InvitationListView.as_view(), name="invitations"),
    path("uitnodigingen/<uuid:item>/intrekken/", member_views.InvitationRevokeView.as_view(), name="invitation-revoke"),
    *(path(f"{kind.slug}/", include((kind.urls, kind.slug), namespace=kind.slug)) for kind in all_kinds()),
]

#: Apps above the core name their addresses in their AppConfig, as they do with their periodic jobs.
beside = [config.groupspace_urls for config in apps.get_app_configs() if hasattr(config, "groupspace_urls")]

urlpatterns = [
    path("", space_views.MySpacesView.as_view(), name="mine"),
    path("nieuw/", space_views.SpaceCreateView.as_view(), name="space-create"),
    path("organisatie/", organisation_views.OrganisationView.as_view(), name="organisation"),
    path("huren/", lease_views.LeaseView.as_view(), name="lease"),
    path("huren/<uuid:item>/intrekken/", lease_views.LeaseWithdrawView.as_view(), name="lease-withdraw"),
    path("huren/<uuid:item>/openen/", lease_views.LeaseOpenView.as_view(), name="lease-open"),
    path("forum/", forum_views.ForumIndexView.as_view(), name="forums"),
    path("uitnodiging/", joining_views.InvitationView.as_view(), name="invitation"),
    path("uitnodiging/aannemen/", joining_views.InvitationAcceptView.as_view(), name="invitation-accept"),
    path("professional/", professional_views.ProfessionalView.as_view(), name="professional"),
    path("professional/aannemen/", professional_views.ProfessionalAcceptView.as_view(), name="professional-accept"),
    path("aanvraag/<uuid:item>/intrekken/", joining_views.WithdrawRequestView.as_view(), name="request-withdraw"),
    path("zoeken/", include("groupspace.search.urls")),
    path("tekst/", include("groupspace.text.urls")),
    path("<uuid:space>/", include(in_space)),
    *(path("", include(urls)) for urls in beside),
]
