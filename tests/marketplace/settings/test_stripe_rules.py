import pytest

from marketplace.settings import stripe_rules
from marketplace.settings.env import BadSetting

REAL = {
    "secret": "sk_live_1",
    "publishable": "pk_live_1",
    "api_url": "https://api.stripe.com",
    "script_url": "https://js.stripe.com/endive/stripe.js",
    "demo": False,
}
STAND_IN = {
    "secret": "sk_test_1",
    "publishable": "pk_test_1",
    "api_url": "http://127.0.0.1:12111",
    "script_url": "http://127.0.0.1:12111/endive/stripe.js",
    "demo": True,
}


@pytest.mark.parametrize("values", [REAL, STAND_IN, REAL | {"secret": "", "publishable": ""}])
def test_real_keys_at_stripe_and_test_keys_at_the_stand_in_are_fine(values):
    assert stripe_rules.check(**values) is None


@pytest.mark.parametrize(
    ("values", "variable"),
    [
        (REAL | {"api_url": "http://127.0.0.1:12111"}, "STRIPE_API_URL"),
        (REAL | {"api_url": "https://api.stripe.com.evil.example"}, "STRIPE_API_URL"),
        (REAL | {"script_url": "https://evil.example/stripe.js"}, "STRIPE_JS_URL"),
        (REAL | {"publishable": "pk_test_1"}, "STRIPE_PUBLISHABLE_KEY"),
        (REAL | {"secret": "whatever"}, "STRIPE_SECRET_KEY"),
        (REAL | {"demo": True}, "STRIPE_SECRET_KEY"),
        (STAND_IN | {"demo": False}, "STRIPE_API_URL"),
        (STAND_IN | {"api_url": "http://10.0.0.5:12111"}, "STRIPE_API_URL"),
        (
            STAND_IN | {"secret": "sk_live_1", "publishable": "pk_live_1", "demo": False},
            "STRIPE_API_URL",
        ),
    ],
)
def test_a_dangerous_mixture_stops_the_start_and_names_the_variable(values, variable):
    with pytest.raises(BadSetting) as stop:
        stripe_rules.check(**values)

    assert stop.value.name == variable
    assert str(stop.value).startswith(f"Configuration: {variable} must")
