"""Addresses of pages, without the statement that Wagtail's `pageurl` costs."""

from django import template

from cms import addresses

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context, page) -> str:
    return addresses.page_url(page, context.get("request"))
