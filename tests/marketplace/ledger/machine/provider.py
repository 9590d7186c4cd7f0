"""A payment provider in four lines: what it must hold after all we told the ledger of it."""

from collections import Counter


class Provider:
    """Satang it holds for us, and during disputes against us."""

    def __init__(self):
        self.balance_satang = 0
        self.held = Counter()  # dispute -> satang

    def capture(self, satang):
        self.balance_satang += satang

    def pay_back(self, satang):
        self.balance_satang -= satang

    def open_dispute(self, reference, satang, fee):
        self.held[reference] = satang
        self.balance_satang -= satang + fee

    def end_dispute(self, reference, is_won):
        held = self.held.pop(reference)
        self.balance_satang += held if is_won else 0
