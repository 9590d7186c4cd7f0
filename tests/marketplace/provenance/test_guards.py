import pytest
from django.core.management import call_command
from django.db import connection, models

from marketplace.ledger import guards as ledger_guards
from marketplace.provenance import guards
from marketplace.provenance.models import LineOrigin, VillageShare
from tests.conftest import FreshDatabase


@pytest.fixture
def fresh_database(django_db_blocker, request):
    """A copy of the template that may be altered; not inside a transaction."""
    with django_db_blocker.unblock():
        copy = FreshDatabase(f"guards_{request.node.name[-12:]}")
        usual = connection.settings_dict["NAME"]
        copy.use()
        yield
        copy.drop()
        connection.settings_dict["NAME"] = usual


@pytest.mark.parametrize("model", [LineOrigin, VillageShare])
def test_triggers_lost_to_a_new_constraint_are_back_after_migrate(fresh_database, model):
    assert guards.missing() == []
    constraint = models.CheckConstraint(condition=models.Q(share_ppm__gte=1), name="trial")
    ledger_guards.remove_before_migrate(sender=None, plan=[model])  # as `migrate` itself does

    with connection.schema_editor() as editor:
        editor.add_constraint(model, constraint)

    if connection.vendor == "sqlite":
        lost = [name for name in guards.missing() if name.startswith(model._meta.db_table)]
        assert len(lost) >= 2
    call_command("migrate", verbosity=0)
    assert guards.missing() == []
