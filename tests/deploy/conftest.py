import pytest

from deploy.demo.stripe_standin import running_standin


@pytest.fixture
def standin():
    """The stand-in for Stripe; whatever it answered keeps to Stripe's own shapes."""
    with running_standin() as standin:
        yield standin
        assert standin.violations == []
