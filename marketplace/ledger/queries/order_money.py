"""Where the money of one order went: it adds up to what the shopper paid, less what came back."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from marketplace.ledger import rollup
from marketplace.ledger.queries.figures import Figures

MEASURES = tuple(rollup.SIGNS)


@dataclass(frozen=True)
class OrderMoney:
    """What was recorded of one order, by village; satang."""

    by_village: Mapping[str, Figures]

    def _sum(self, name: str) -> int:
        return sum(getattr(one, name) for one in self.by_village.values())

    @property
    def paid_satang(self) -> int:
        """What the shopper paid and did not get back."""
        return self._sum("income_satang") + self.delivery_satang - self.platform_discount_satang

    @property
    def delivery_satang(self) -> int:
        return self._sum("delivery_satang")

    @property
    def platform_discount_satang(self) -> int:
        """What the site added, so that the shopper paid less than the villages earned."""
        return self._sum("platform_discount_satang")

    @property
    def fee_satang(self) -> int:
        return self._sum("fee_satang")

    @property
    def fee_vat_satang(self) -> int:
        return self._sum("fee_vat_satang")

    @property
    def payment_fee_satang(self) -> int:
        """Of the payment provider, as far as the makers bear it."""
        return self._sum("passed_gateway_fee_satang")

    def kept_satang(self, village_code: str) -> int:
        """What the makers of a village keep of their goods."""
        one = self.by_village.get(village_code, Figures())
        taken = one.fee_satang + one.fee_vat_satang + one.passed_gateway_fee_satang
        return one.income_satang - taken


def money_of_order(order_number: str) -> OrderMoney:
    """What the ledger has of an order; nothing, where it was not paid. One statement."""
    sums = ", ".join(rollup.OF_TRANSFERS[name] for name in MEASURES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.village_code, {sums} FROM ledger_transfer t"
            " JOIN ledger_event e ON e.id = t.event_id"
            " WHERE e.order_number = %s AND t.village_code <> '' GROUP BY 1 ORDER BY 1",
            [order_number],
        )
        return OrderMoney(
            {
                code: Figures(**dict(zip(MEASURES, map(int, found), strict=True)))
                for code, *found in cursor.fetchall()
            }
        )
