"""Addresses and lists of pages, without the statement that Wagtail's `pageurl` costs."""

from django import template

from cms import addresses

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context, page) -> str:
    return addresses.page_url(page, context.get("request"))


@register.simple_tag(takes_context=True)
def pages_to_read(context) -> list[tuple[str, str]]:
    """Title and address of every page right below home in the reader's language; one statement."""
    pages = addresses.pages_below_home()
    return [(page.title, addresses.page_url(page, context.get("request"))) for page in pages]
