"""What staff asked for beyond a page: files made in the background, and reports by mail."""

from shop.reports.models.exports import Export
from shop.reports.models.mailing import MonthlyMail, Subscription

__all__ = ["Export", "MonthlyMail", "Subscription"]
