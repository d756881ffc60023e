"""The register of organisations, spaces and professionals in the CMS: who is responsible, and never what is said."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.db.models import Count, OuterRef, Subquery
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from groupspace import admin_views as views
from groupspace.kinds import all_kinds, space_kind
from groupspace.lifetime.silence import silent_for
from groupspace.models import Lease, Organisation, Professional, ProfessionalInvitation, Region, RetentionRule, Space


class OrganisationAdmin(views.RegisterAdmin):
    """Organisations: who takes part, with how many groups and professionals."""

    model = Organisation
    menu_label = gettext_lazy("Organisaties")
    menu_icon = "home"
    base_url_path = "register/organisaties"
    permission_helper_class = views.OrganisationPermissions
    create_view_class = views.OrganisationCreateView
    edit_view_class = views.OrganisationEditView
    pages = ("index", "create", "edit", "history")
    list_display = ("name", "takes_part", "space_count", "professional_count")
    list_filter = ("is_active",)
    search_fields = ("name", "summary")
    panels = [
        FieldPanel("name", help_text=gettext_lazy("Zo heet de organisatie voor iedereen.")),
        FieldPanel("summary", help_text=gettext_lazy("Eén zin over wat de organisatie doet. Iedereen leest dit.")),
        FieldPanel("website"),
        FieldPanel(
            "is_active",
            help_text=gettext_lazy(
                "Uit: wie hier professional is, is dat dan niet meer. Nieuwe codes werken niet. De groepen blijven."
            ),
        ),
    ]

    def get_queryset(self, request: Any) -> Any:
        active = Professional.objects.active().filter(organisation=OuterRef("pk"))
        spaces = Space.objects.filter(organisation=OuterRef("pk"))
        queryset = super().get_queryset(request)
        return queryset.annotate(spaces_=_count(spaces, "organisation"), professionals_=_count(active, "organisation"))

    @display(description=gettext_lazy("Doet mee"), ordering="is_active")
    def takes_part(self, obj: Any) -> str:
        # Not the field itself: its mark is a picture of Django's admin, which is not there.
        return _("ja") if obj.is_active else _("nee")

    @display(description=gettext_lazy("Groepen"))
    def space_count(self, obj: Any) -> int:
        return obj.spaces_ or 0

    @display(description=gettext_lazy("Professionals"))
    def professional_count(self, obj: Any) -> int:
        return obj.professionals_ or 0


class SpaceAdmin(views.RegisterAdmin):
    """Spaces from outside: what everyone may read, and counts. Never who, never what is said."""

    model = Space
    menu_label = gettext_lazy("Register van ruimtes")
    menu_icon = "group"
    base_url_path = "register/ruimtes"
    edit_view_class = views.SpaceEditView
    list_display = (
        "name",
        "theme",
        "organisation",
        "kind_label",
        "is_open",
        "seen_by",
        "joining",
        "members",
        "contents",
        "last",
        "created",
    )
    list_filter = ("state", views.SilentFilter, "visibility", ("organisation", views.OrganisationFilter))
    list_select_related = ("organisation",)
    search_fields = ("name", "theme", "organisation__name")
    panels = [
        HelpPanel(
            content=gettext_lazy(
                "Hier staat alleen wat iedereen mag weten. Wie lid is en wat mensen schrijven, zie je niet. "
                "Wat je hier verandert, komt in het logboek van de groep."
            )
        ),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("theme", help_text=gettext_lazy("Eén of twee woorden, zoals: slapen.")),
                FieldPanel("summary", help_text=gettext_lazy("Eén zin in de lijst met groepen. Iedereen leest dit.")),
                FieldPanel("about"),
            ],
            heading=gettext_lazy("Wat iedereen leest"),
        ),
        FieldPanel("organisation", help_text=gettext_lazy("Wie is verantwoordelijk voor deze groep?")),
        FieldPanel(
            "partners",
            widget=CheckboxSelectMultiple,
            help_text=gettext_lazy(
                "Welke organisaties doen nog meer mee? Hun coördinator ziet aantallen en data van de groep, geen "
                "woord en geen naam. Leden lezen bij de groep welke organisaties het zijn."
            ),
        ),
        FieldPanel(
            "state",
            help_text=gettext_lazy(
                "Stilgezet: niemand kan er nog in. Kies je later weer de stand van eerst, dan gaat de groep zo verder. "
                "De andere standen kiest de begeleider zelf."
            ),
        ),
    ]

    def get_queryset(self, request: Any) -> Any:
        queryset = super().get_queryset(request).defer("welcome", "about", "summary", "on_duty").with_member_count()
        return queryset.annotate(**{f"items_{n}": _count(_items(kind), "space") for n, kind in enumerate(all_kinds())})

    @display(description=gettext_lazy("Soort"), ordering="kind")
    def kind_label(self, obj: Any) -> str:
        kind = space_kind(obj.kind)
        return str(kind.label) if kind else obj.kind

    @display(description=gettext_lazy("Stand"), ordering="state")
    def is_open(self, obj: Any) -> str:
        return obj.state_in_short

    @display(description=gettext_lazy("Zichtbaar"), ordering="visibility")
    def seen_by(self, obj: Any) -> str:
        return _short(obj.get_visibility_display())

    @display(description=gettext_lazy("Meedoen"), ordering="join_policy")
    def joining(self, obj: Any) -> str:
        return _short(obj.get_join_policy_display())

    @display(description=gettext_lazy("Leden"))
    def members(self, obj: Any) -> int:
        return obj.member_count

    @display(description=gettext_lazy("Inhoud"))
    def contents(self, obj: Any) -> str:
        counts = [(kind.label_plural, getattr(obj, f"items_{n}") or 0) for n, kind in enumerate(all_kinds())]
        return ", ".join(f"{count} {label}" for label, count in counts if count) or _("nog niets")

    @display(description=gettext_lazy("Laatst iets gebeurd"), ordering="counted_at")
    def last(self, obj: Any) -> str:
        day = date_format(timezone.localtime(obj.counted_at), "d-m-Y")
        return f"{day}, {_('stil')}" if silent_for(obj) else day

    @display(description=gettext_lazy("Gemaakt"), ordering="created_at")
    def created(self, obj: Any) -> str:
        return date_format(timezone.localtime(obj.created_at), "d-m-Y")


class LeaseAdmin(views.RegisterAdmin):
    """Who asks to rent a space, in their own words; the account stays unknown to staff."""

    model = Lease
    menu_label = gettext_lazy("Huur van ruimtes")
    menu_icon = "calendar-alt"
    base_url_path = "register/huur"
    permission_helper_class = views.LeasePermissions
    edit_view_class = views.LeaseEditView
    history_view_enabled = False
    pages = ("index", "edit")
    list_display = ("theme", "tenant_label", "for_whom", "trial", "stand", "asked", "until")
    list_filter = ("state", "tenant", views.LongerFilter)
    list_select_related = ("organisation", "space")
    search_fields = ("theme", "organisation__name")
    ordering = ("-asked_at",)
    panels = [
        HelpPanel(template="groupspace/admin/lease_request.html"),
        FieldPanel(
            "state", help_text=gettext_lazy("Kies goedgekeurd of niet goedgekeurd. Daarna verandert dit niet meer.")
        ),
        FieldPanel("answer", help_text=gettext_lazy("Wie het vroeg, leest dit. Schrijf vriendelijk, met een reden.")),
        FieldPanel("until", help_text=gettext_lazy("Leeg: een proef duurt twee maanden, anders een jaar.")),
    ]
    #: For a lease that was granted: only how long it lasts.
    panels_of_running = [
        HelpPanel(template="groupspace/admin/lease_request.html"),
        FieldPanel("answer", help_text=gettext_lazy("Wie huurt, leest dit. Schrijf vriendelijk, met een reden.")),
        FieldPanel(
            "until",
            help_text=gettext_lazy("Kies een latere dag. Leeg: een jaar erbij. Zeg je nee? Laat de dag dan staan."),
        ),
    ]

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).defer("user")

    @display(description=gettext_lazy("Wie huurt"), ordering="tenant")
    def tenant_label(self, obj: Any) -> str:
        return _("organisatie") if obj.organisation_id else _("particulier")

    @display(description=gettext_lazy("Organisatie"), ordering="organisation__name")
    def for_whom(self, obj: Any) -> str:
        return obj.organisation.name if obj.organisation else ""

    @display(description=gettext_lazy("Gevraagd op"), ordering="asked_at")
    def asked(self, obj: Any) -> Any:
        return obj.asked_at

    @display(description=gettext_lazy("Proef"))
    def trial(self, obj: Any) -> str:
        return _("ja") if obj.is_trial else _("nee")

    @display(description=gettext_lazy("Stand"), ordering="state")
    def stand(self, obj: Any) -> str:
        return _("vraagt om langer") if obj.longer_asked_at else str(obj.get_state_display())


class RetentionAdmin(views.RegisterAdmin):
    """How long things are kept, with the reason."""

    model = RetentionRule
    menu_label = gettext_lazy("Bewaartermijnen")
    menu_icon = "history"
    base_url_path = "register/bewaartermijnen"
    edit_view_class = views.RetentionEditView
    list_display = ("trigger", "days", "ground", "reviewed_on")
    panels = [FieldPanel("days"), FieldPanel("ground"), FieldPanel("reviewed_on")]


class RegionAdmin(views.RegisterAdmin):
    """Regions by their postcodes: what a group can say about where its members live."""

    model = Region
    menu_label = gettext_lazy("Regio’s")
    menu_icon = "globe"
    base_url_path = "register/regios"
    permission_helper_class = views.RegionPermissions
    create_view_class = views.RegionCreateView
    edit_view_class = views.RegionEditView
    pages = ("index", "create", "edit", "history")
    list_display = ("name", "postcodes")
    search_fields = ("name",)
    panels = [
        FieldPanel("name", help_text=gettext_lazy("Zo heet de regio voor wie mee wil doen.")),
        FieldPanel(
            "postcodes",
            help_text=gettext_lazy(
                "De vier cijfers, of reeksen: 9700-9747, 9750-9759. Regio’s mogen overlappen, zoals een stad en haar "
                "provincie. Van wie meedoet bewaren we alleen de regio."
            ),
        ),
    ]


class _OfOrganisationAdmin(views.RegisterAdmin):
    """What belongs to an organisation and is found by its name."""

    list_select_related = ("organisation",)
    search_fields = ("organisation__name",)
    #: Not even read: it says who somebody is, or lets them in.
    never_read = ""

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).defer(self.never_read)


class ProfessionalAdmin(_OfOrganisationAdmin):
    """Professionals without their account: an id, the organisation, and from when until when."""

    model = Professional
    menu_label = gettext_lazy("Professionals")
    menu_icon = "user"
    base_url_path = "register/professionals"
    edit_view_class = views.ProfessionalEditView
    list_display = ("id", "organisation", "since", "until", "coordinates")
    list_filter = (("organisation", views.OrganisationFilter), views.VouchedForFilter)
    ordering = ("organisation__name", "-since")
    never_read = "user"
    panels = [
        FieldPanel(
            "until",
            help_text=gettext_lazy(
                "Na deze dag is deze persoon geen professional meer. Moet het meteen stoppen? Kies gisteren."
            ),
        ),
        FieldPanel(
            "is_coordinator",
            help_text=gettext_lazy("Deze persoon ziet aantallen en data van groepen van de organisatie, geen woord."),
        ),
    ]

    @display(description=gettext_lazy("Coördinator"))
    def coordinates(self, obj: Any) -> str:
        return _("ja") if obj.is_coordinator else _("nee")


class ProfessionalInvitationAdmin(_OfOrganisationAdmin):
    """Codes that make somebody a professional: for which organisation, and whether they were used."""

    model = ProfessionalInvitation
    menu_label = gettext_lazy("Codes voor professionals")
    menu_icon = "key"
    base_url_path = "register/codes"
    permission_helper_class = views.InvitationPermissions
    button_helper_class = views.InvitationButtons
    create_view_class = views.InvitationCreateView
    delete_view_class = views.InvitationWithdrawView
    history_view_enabled = False
    pages = ("index", "create", "delete")
    list_display = ("id", "organisation", "state", "created_at", "expires_at")
    list_filter = (("organisation", views.OrganisationFilter),)
    never_read = "code_hash"
    panels = [
        FieldPanel(
            "organisation",
            help_text=gettext_lazy(
                "Je krijgt een code die één keer werkt, drie dagen lang. Geef hem door aan de professional zelf."
            ),
        ),
    ]

    @display(description=gettext_lazy("Stand"))
    def state(self, obj: Any) -> str:
        if obj.used_at:
            return _("gebruikt")
        return _("wacht") if obj.expires_at > timezone.now() else _("verlopen")


@modeladmin_register
class RegisterGroup(ModelAdminGroup):
    """The menu of the register."""

    menu_label = gettext_lazy("Groepen")
    menu_icon = "group"
    menu_order = 250
    items = (
        OrganisationAdmin,
        SpaceAdmin,
        LeaseAdmin,
        ProfessionalAdmin,
        ProfessionalInvitationAdmin,
        RetentionAdmin,
        RegionAdmin,
    )


def _short(label: str) -> str:
    """The first words of a choice, before its explanation."""
    return label.partition(":")[0]


def _items(kind: Any) -> Any:
    return kind.model._base_manager.filter(space=OuterRef("pk")).exclude(**kind.left_out)


def _count(queryset: Any, by: str) -> Subquery:
    """How many rows of a subquery belong to the outer row; in the same statement, however many columns there are."""
    return Subquery(queryset.order_by().values(by).annotate(n=Count("*")).values("n"))
