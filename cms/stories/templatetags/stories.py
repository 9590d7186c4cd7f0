"""Stories on pages of the shop, which does not know `cms`. `{% load stories %}`."""

from django import template

from cms.stories import queries

register = template.Library()


@register.inclusion_tag("stories/village_stories.html", takes_context=True)
def village_stories(context, village_code: str, limit: int = 3) -> dict:
    """Draw the published stories of a village; nothing where there is none. Two statements."""
    return {
        "stories": queries.stories_of_village(village_code, limit),
        "request": context.get("request"),
    }
