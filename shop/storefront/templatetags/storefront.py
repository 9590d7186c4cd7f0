from django import template

from shop.storefront import addresses

register = template.Library()
register.filter(addresses.province_url)
