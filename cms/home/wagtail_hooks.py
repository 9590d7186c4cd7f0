from wagtail import hooks

from cms.home.desk_panel import REPLACED, DeskPanel, sits_at_a_desk


@hooks.register("construct_homepage_panels")
def add_desk(request, panels):
    if sits_at_a_desk(request.user):
        panels[:] = [panel for panel in panels if panel.name != REPLACED]
        panels.append(DeskPanel())
