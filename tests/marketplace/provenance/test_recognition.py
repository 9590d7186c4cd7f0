from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.core import thai
from marketplace.provenance import services
from marketplace.provenance.models import Award, Certificate
from marketplace.provenance.services import errors
from tests.factories import make_product, make_user

pytestmark = pytest.mark.django_db


def shown(made):
    return list(Certificate.objects.shown().filter(provenance=made))


def record(made, **facts):
    facts = {"kind": "tcps", "number": "มผช. 1555/2563", "by": None, **facts}
    return services.record_certificate(provenance=made, **facts)


def test_a_certificate_is_shown_while_verified_and_until_its_last_day():
    made, today = make_product(), thai.today()
    certificate = record(made, expires_on=today)
    assert shown(made) == []

    services.verify_certificate(certificate=certificate, by=make_user())

    assert shown(made) == [certificate]
    assert list(made.certificates.shown(today + timedelta(days=1))) == []


def test_changing_a_certificate_asks_for_a_new_verification():
    made, clerk = make_product(), make_user()
    certificate = record(made, expires_on=date(2030, 1, 1))
    services.verify_certificate(certificate=certificate, by=clerk)

    assert record(made, expires_on=date(2030, 1, 1)).verified_by == clerk
    assert record(made, expires_on=date(2031, 1, 1)).verified_by is None
    assert made.certificates.count() == 1 and shown(made) == []


def test_a_certificate_is_verified_by_a_person_and_the_first_one_stays_named():
    certificate, first = record(make_product()), make_user()

    with pytest.raises(errors.VerifierNeeded):
        services.verify_certificate(certificate=certificate, by=None)
    services.verify_certificate(certificate=certificate, by=first)

    assert services.verify_certificate(certificate=certificate, by=make_user()).verified_by == first


def test_a_certificate_cannot_expire_before_it_was_issued():
    made = make_product()

    with pytest.raises(errors.InvalidCertificate):
        record(made, issued_on=date(2026, 1, 2), expires_on=date(2026, 1, 1))

    assert not Certificate.objects.exists()


def test_the_same_round_again_corrects_its_stars():
    made = make_product()

    services.record_award(provenance=made, stars=4, round_year_be=2567, by=None)
    services.record_award(provenance=made, stars=5, round_year_be=2567, by=None)

    assert made.awards.get().stars == 5
    made.product.listing.refresh_from_db()
    assert made.product.listing.stars == 5


@pytest.mark.parametrize(("stars", "year"), [(0, 2567), (6, 2567), (3, 2024), (3, 2700)])
def test_stars_and_rounds_that_never_were_are_refused(stars, year):
    made = make_product()

    with pytest.raises(errors.InvalidStars):
        services.record_award(provenance=made, stars=stars, round_year_be=year, by=None)

    assert not Award.objects.exists()


def test_the_database_knows_five_stars_at_most():
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(provenance=make_product(), stars=6, round_year_be=2567)

    assert not Award.objects.exists()


def test_the_newest_quadrant_counts_and_the_history_stays():
    made, today = make_product(), thai.today()

    services.rate_quadrant(provenance=made, quadrant="C", by=None)
    services.rate_quadrant(
        provenance=made, quadrant="B", rated_on=today - timedelta(days=400), by=None
    )

    assert made.quadrant == "C"
    made.product.listing.refresh_from_db()
    assert made.product.listing.quadrant == "C"
    history = made.ratings.order_by("rated_on").values_list("quadrant", flat=True)
    assert list(history) == ["B", "C"]
