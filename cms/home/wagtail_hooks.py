from django.contrib import messages
from django.http import HttpResponseRedirect
from wagtail import hooks

from cms.home.desk_panel import REPLACED, DeskPanel, sits_at_a_desk
from cms.publishing import remarks_on_drafts


@hooks.register("construct_homepage_panels")
def add_desk(request, panels):
    if sits_at_a_desk(request.user):
        panels[:] = [panel for panel in panels if panel.name != REPLACED]
        panels.append(DeskPanel())


@hooks.register("before_bulk_action")
def refuse_to_publish(request, action_type, objects, action):
    """Pages that are ticked in a list are published without their form: all of them or none."""
    if action_type != "publish":
        return None
    remarks = remarks_on_drafts(page.specific for page in objects)
    for remark in remarks:
        messages.error(request, remark)
    return HttpResponseRedirect(action.next_url) if remarks else None
