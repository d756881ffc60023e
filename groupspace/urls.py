"""Addresses of spaces. A kind's own addresses hang under the space, by the kind's slug."""

from django.apps import apps
from django.urls import include, path

from groupspace.kinds import all_kinds
from groupspace.views import (
    first_help,
    forums,
    held,
    joining,
    later,
    leases,
    mailing,
    members,
    memory,
    organisations,
    own_place,
    phases,
    professionals,
    spaces,
    working,
)

app_name = "groupspace"

in_space = [
    path("", spaces.SpaceDetailView.as_view(), name="space"),
    path("instellingen/", spaces.SpaceChangeView.as_view(), name="space-change"),
    path("werking/", working.WorkingView.as_view(), name="working"),
    path("te-lezen/", held.WaitingView.as_view(), name="waiting"),
    path("te-lezen/<uuid:item>/laat-zien/", held.ReleaseView.as_view(), name="release"),
    path("klaar/", later.LaterView.as_view(), name="later"),
    path("klaar/<uuid:item>/", later.LaterItemView.as_view(), name="later-item"),
    path("klaar/<uuid:item>/plaats/", later.PlaceNowView.as_view(), name="later-place"),
    path("klaar/<uuid:item>/weghalen/", later.TakeAwayView.as_view(), name="later-delete"),
    path("verloop/", phases.PhaseView.as_view(), name="phase"),
    path("crisisafspraak/", phases.CrisisProtocolView.as_view(), name="crisis-protocol"),
    path("logboek/", spaces.SpaceLogView.as_view(), name="space-log"),
    path("meedoen/", joining.JoinView.as_view(), name="join"),
    path("afspraken/", joining.RulesView.as_view(), name="rules"),
    path("ik/", own_place.OwnPlaceView.as_view(), name="own-place"),
    path("naam/", joining.RenameSelfView.as_view(), name="rename-self"),
    path("uitleg/", first_help.FirstHelpView.as_view(), name="first-help"),
    path("herinnering/", memory.MemoryView.as_view(), name="memory"),
    path("weggaan/", joining.LeaveView.as_view(), name="leave"),
    path("leden/", members.MemberListView.as_view(), name="members"),
    path("leden/<uuid:item>/", members.MemberView.as_view(), name="member"),
    path("leden/<uuid:item>/rechten/", members.MemberPermissionsView.as_view(), name="member-permissions"),
    path("leden/<uuid:item>/verwijderen/", members.MemberRemoveView.as_view(), name="member-remove"),
    path("leden/<uuid:item>/pauze/", members.MemberSuspendView.as_view(), name="member-suspend"),
    path("leden/<uuid:item>/hervatten/", members.MemberResumeView.as_view(), name="member-resume"),
    path("leden/<uuid:item>/over/", own_place.ProfileView.as_view(), name="profile"),
    path("leden/<uuid:item>/overdragen/", members.HandOverView.as_view(), name="hand-over"),
    path("aanvragen/", members.RequestListView.as_view(), name="requests"),
    path("aanvragen/<uuid:item>/", members.RequestView.as_view(), name="request"),
    path("aanvragen/<uuid:item>/aantekening/", members.RequestNoteView.as_view(), name="request-note"),
    path("uitnodigingen/per-mail/", mailing.MailInvitationsView.as_view(), name="invitations-mail"),
    path("uitnodigingen/", members.InvitationListView.as_view(), name="invitations"),
    path("uitnodigingen/<uuid:item>/intrekken/", members.InvitationRevokeView.as_view(), name="invitation-revoke"),
    *(path(f"{kind.slug}/", include((kind.urls, kind.slug), namespace=kind.slug)) for kind in all_kinds()),
]

#: Apps above the core name their addresses in their AppConfig, as they do with their periodic jobs.
beside = [config.groupspace_urls for config in apps.get_app_configs() if hasattr(config, "groupspace_urls")]

urlpatterns = [
    path("", spaces.MySpacesView.as_view(), name="mine"),
    path("nieuw/", spaces.SpaceCreateView.as_view(), name="space-create"),
    path("organisatie/", organisations.OrganisationView.as_view(), name="organisation"),
    path("huren/", leases.LeaseView.as_view(), name="lease"),
    path("huren/<uuid:item>/intrekken/", leases.LeaseWithdrawView.as_view(), name="lease-withdraw"),
    path("huren/<uuid:item>/langer/", leases.LeaseLongerView.as_view(), name="lease-longer"),
    path("huren/<uuid:item>/openen/", leases.LeaseOpenView.as_view(), name="lease-open"),
    path("forum/", forums.ForumIndexView.as_view(), name="forums"),
    path("uitnodiging/", joining.InvitationView.as_view(), name="invitation"),
    path("uitnodiging/aannemen/", joining.InvitationAcceptView.as_view(), name="invitation-accept"),
    path("professional/", professionals.ProfessionalView.as_view(), name="professional"),
    path("professional/aannemen/", professionals.ProfessionalAcceptView.as_view(), name="professional-accept"),
    path("aanvraag/<uuid:item>/intrekken/", joining.WithdrawRequestView.as_view(), name="request-withdraw"),
    path("zoeken/", include("groupspace.search.urls")),
    path("tekst/", include("groupspace.text.urls")),
    path("<uuid:space>/", include(in_space)),
    *(path("", include(urls)) for urls in beside),
]
