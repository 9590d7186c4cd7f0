import pytest

from marketplace.accounts.roles import StaffRole
from tests.marketplace.registers.test_registers import staff


@pytest.fixture
def officer_of_5001():
    """An officer who answers for one amphoe."""
    return staff(StaffRole.OFFICER, "5001")
