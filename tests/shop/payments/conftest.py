import pytest

from deploy.demo.stripe_standin import running_standin
from deploy.demo.stripe_standin.settings import WEBHOOK_SECRET
from tests.factories import make_product, place_order


@pytest.fixture
def standin(settings):
    """A stand-in for Stripe that our settings point at; nothing it saw may break its rules."""
    with running_standin(retry_delays_seconds=(0.1, 0.2, 0.3)) as running:
        settings.STRIPE_API_URL = running.base_url
        settings.STRIPE_JS_URL = running.js_url
        settings.STRIPE_WEBHOOK_SECRETS = [WEBHOOK_SECRET]
        yield running
        assert running.violations == []


@pytest.fixture
def placement(db):
    """An order of three scarves at ฿250 and delivery of ฿60, waiting for payment."""
    return place_order((make_product(stock=5), 3))
