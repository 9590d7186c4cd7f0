import pytest
from django.db import transaction

from marketplace.places.importing import import_register
from marketplace.places.official import read_register


@pytest.fixture(scope="module")
def whole_register(django_db_setup, django_db_blocker):
    """All of Thailand, once for the tests of a file; each test still undoes its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_register(read_register(), points={})
        transaction.set_rollback(True)
