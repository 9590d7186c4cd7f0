"""The words of fixed lists that products, their origins and what they earned are told apart by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OtopType(models.TextChoices):
    """The official five."""

    FOOD = "food", _("food")
    BEVERAGE = "beverage", _("beverages")
    TEXTILE = "textile", _("textiles and clothing")
    HOUSEHOLD = "household", _("household goods, decorations, souvenirs")
    HERBAL = "herbal", _("non-food herbal products")


class IncomeKind(models.TextChoices):
    GOODS = "goods", _("goods")
    ACTIVITY = "activity", _("activity")
    STAY = "stay", _("stay")
    FOOD = "food", _("food service")
    SERVICE = "service", _("service")


class StockKind(models.TextChoices):
    IN_STOCK = "in_stock", _("in stock")
    MADE_TO_ORDER = "made_to_order", _("made to order")
    ONE_PIECE = "one_piece", _("one piece")
    SEASONAL = "seasonal", _("seasonal")


class Quadrant(models.TextChoices):
    """The department's four groups; D means that no standard certificate is held yet."""

    A = "A", _("A: ready for the world")
    B = "B", _("B: distinct, made in small numbers")
    C = "C", _("C: growing to compete")
    D = "D", _("D: on its way")
