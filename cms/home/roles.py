"""Rows the code needs: both languages, a home page for each, the site, and what editors may do.

Runs after every `migrate` and changes nothing the second time. Only ever adds: what an
administrator changes besides stays.
"""

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.utils import translation
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from marketplace.accounts.roles import StaffRole, ensure_groups

TITLES = {"th": "หมู่บ้าน OTOP", "en": "OTOP Villages"}
SLUGS = {"th": "home", "en": "home-en"}
WORKFLOW = "Review by a second person"
PAGES = {
    StaffRole.CURATOR: ("add", "change", "publish", "lock", "unlock"),
    StaffRole.REVIEWER: ("change", "publish", "lock", "unlock"),
}
PICTURES = {
    StaffRole.CURATOR: ("add", "change", "choose"),
    StaffRole.REVIEWER: ("change", "choose"),
}


def ensure_home_pages(**_signal) -> None:
    """Make a home page for each language, the Thai one the site's root; Wagtail's welcome goes."""
    pages = {code: _home_page(code) for code, _ in settings.LANGUAGES}
    root = pages[settings.LANGUAGE_CODE]
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id != root.pk:
        welcome = site.root_page_id
        site.hostname, site.site_name, site.root_page = "localhost", "OTOP", root
        site.save()
        _delete_welcome(welcome)
        _delete_default_editors()


def _home_page(language: str) -> Page:
    model = apps.get_model("home", "HomePage")
    locale = Locale.objects.get_or_create(language_code=language)[0]
    if known := model.objects.filter(locale=locale).first():
        return known
    first = model.objects.first()
    facts = {"translation_key": first.translation_key} if first else {}
    page = model(title=TITLES[language], slug=SLUGS[language], locale=locale, **facts)
    _make_way(page.slug)
    with translation.override(language):
        return Page.get_first_root_node().add_child(instance=page)


def _make_way(slug: str) -> None:
    """Wagtail's welcome page has the slug that ours takes."""
    Page.objects.filter(depth=2, slug=slug).update(slug="welcome", url_path="/welcome/")


def _delete_welcome(pk: int | None) -> None:
    for page in Page.objects.filter(pk=pk, depth=2, numchild=0):
        page.delete()


def _delete_default_editors() -> None:
    """Wagtail's groups and workflow stand beside our roles otherwise, and mean nothing."""
    GroupApprovalTask.objects.filter(name="Moderators approval").delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    Group.objects.filter(name__in=("Moderators", "Editors")).delete()


def ensure_editors(**_signal) -> None:
    """Let curators write and publish, reviewers approve; pictures likewise."""
    ensure_groups()
    for label in ("wagtailcore", "wagtailimages"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for role, acts in PAGES.items():
        for permission in _permissions("wagtailcore", "page", acts):
            GroupPagePermission.objects.get_or_create(
                group=_group(role), page=root, permission=permission
            )
    for role, acts in PICTURES.items():
        for permission in _permissions("wagtailimages", "image", acts):
            GroupCollectionPermission.objects.get_or_create(
                group=_group(role), collection=collection, permission=permission
            )
    _ensure_workflow(root)


def _group(role: StaffRole) -> Group:
    return Group.objects.get(name=role)


def _permissions(label: str, model: str, acts: tuple[str, ...]) -> list[Permission]:
    names = [f"{act}_{model}" for act in acts]
    found = Permission.objects.filter(content_type__app_label=label, codename__in=names)
    if len(found) != len(names):
        raise LookupError(f"{label} lacks one of the permissions {names}")
    return list(found)


def _ensure_workflow(root: Page) -> None:
    """One approval by a reviewer, for all pages; Wagtail's admin can make it longer."""
    if WorkflowPage.objects.filter(page=root).exists():
        return
    task = GroupApprovalTask.objects.create(name=WORKFLOW)
    task.groups.set([_group(StaffRole.REVIEWER)])
    workflow = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=root)
