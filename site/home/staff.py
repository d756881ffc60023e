"""Who works in the CMS: *Redactie* writes, *Beheer* keeps the site running, and nobody publishes alone."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from .models import OtherEditorTask

REDACTIE = "Redactie"
BEHEER = "Beheer"
WORKFLOW = "Twee paar ogen"

# The lists that public pages choose from, and the register of partners.
LISTS = tuple(
    f"knowledgebase.{verb}_{model}" for model in ("theme", "contact", "partner") for verb in ("add", "change", "delete")
)
LISTS += tuple(f"knowledgebase_techniques.{verb}_socialworkgoal" for verb in ("add", "change", "delete"))
LISTS += tuple(f"knowledgebase_plainlanguage.{verb}_glossaryterm" for verb in ("add", "change", "delete"))

# The newsletter: send an approved issue, and take an address off the list for who asks.
NEWSLETTER = ("knowledgebase_newsletter.send_issue", "knowledgebase_newsletter.manage_subscribers")
# What visitors send in: read it, answer it, make public ideas of it, place or refuse reactions, and see the results
# of quick scans.
VISITORS = (
    "knowledgebase_contact.change_message",
    "knowledgebase_ideas.change_idea",
    "knowledgebase_quickscan.view_response",
    "knowledgebase_reactions.change_reaction",
)

# Old addresses that lead to new ones. They count only where no page answers, so they can hide none.
REDIRECTS = tuple(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete"))

# The reports of what is read and of links that lead nowhere.
REPORTS = ("knowledgebase_reach.view_daycount", "knowledgebase_links.view_brokenlink")

# What each group may do besides pages and files. Nothing here leads into a space, hands out rights, makes API
# tokens or touches the log-in of another person.
PERMISSIONS = {
    REDACTIE: (
        "wagtailadmin.access_admin",
        "home.change_sitenavigation",
        "groupspace_safety.change_safetysettings",
        *LISTS,
        *NEWSLETTER,
        *VISITORS,
        *REPORTS,
        *REDIRECTS,
    ),
    BEHEER: (
        "wagtailadmin.access_admin",
        "groupspace_safety.change_safetysettings",
        "home.change_sitenavigation",
        "home.change_siteidentity",
        "groupspace.change_firsthelp",
        "home.take_page_offline",
        *LISTS,
        *NEWSLETTER,
        *VISITORS,
        *REPORTS,
        "wagtailcore.add_site",
        "wagtailcore.change_site",
        "wagtailcore.delete_site",
        *REDIRECTS,
        # The register of spaces: names, states and counts; the policy lets nobody in because of it.
        "groupspace.register_spaces",
        "groupspace.view_organisation",
        "groupspace.add_organisation",
        "groupspace.change_organisation",
        "users.view_user",
        "users.add_user",
        "users.change_user",
    ),
}
# Nobody holds `publish_page`: Wagtail has many ways to publish for who does. A page goes live by approval.
PAGES = {
    REDACTIE: ("add_page", "change_page"),
    BEHEER: ("add_page", "change_page", "lock_page", "unlock_page"),
}
FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def ensure_staff_groups() -> tuple[Group, Group]:
    """Make the two groups and their workflow, or set them right again; running it twice changes nothing.

    Returns (Redactie, Beheer). Raises Page.DoesNotExist when there is no page tree yet.
    """
    root = Page.objects.get(depth=1)
    for name in PERMISSIONS:
        ensure_group(name, root)
    groups = Group.objects.in_bulk(PERMISSIONS, field_name="name")
    ensure_workflow([groups[REDACTIE], groups[BEHEER]], root)
    # Wagtail's own groups may publish alone; they go as long as nobody is in them.
    Group.objects.filter(name__in=("Editors", "Moderators"), user=None).delete()
    return groups[REDACTIE], groups[BEHEER]


def ensure_group(name: str, root: Page) -> Group:
    """One staff group with exactly the rights that stand above."""
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.set(permissions(PERMISSIONS[name]))
    GroupPagePermission.objects.filter(group=group).exclude(
        page=root, permission__in=permissions(f"wagtailcore.{codename}" for codename in PAGES[name])
    ).delete()
    for permission in permissions(f"wagtailcore.{codename}" for codename in PAGES[name]):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    if collection := Collection.get_first_root_node():
        for permission in Permission.objects.filter(
            codename__in=FILES, content_type__app_label__in=("wagtailimages", "wagtaildocs")
        ):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def permissions(names) -> list[Permission]:
    """The permissions with these `app.codename` names, as far as their apps are installed."""
    found = []
    for name in names:
        app, codename = name.split(".")
        found += Permission.objects.filter(content_type__app_label=app, codename=codename)[:1]
    return found


def ensure_workflow(groups: list[Group], root: Page) -> Workflow:
    """The workflow for the whole tree, in the place of Wagtail's, in which a moderator may approve own work."""
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW, defaults={"active": True})
    task, _created = OtherEditorTask.objects.get_or_create(name=WORKFLOW)
    task.groups.set(groups)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    for other in Workflow.objects.active().filter(name="Moderators approval"):
        other.deactivate()
    return workflow
