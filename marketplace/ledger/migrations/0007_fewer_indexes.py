"""Fewer indexes to write for each transfer and event, and one for the list of what was sold in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import marketplace.core.time_ordered_ids


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_public_totals"),
        ("producers", "0003_name_of_bank_accounts"),
        ("provenance", "0014_origins_without_a_product"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Django drops it on PostgreSQL together with the index of the column, and says nothing.
        migrations.RemoveConstraint(model_name="event", name="one_sale_an_order"),
        migrations.RemoveConstraint(
            model_name="transfer",
            name="reversed_once_an_event",
        ),
        migrations.AlterField(
            model_name="event",
            name="id",
            field=models.UUIDField(
                default=marketplace.core.time_ordered_ids.time_ordered_id,
                editable=False,
                primary_key=True,
                serialize=False,
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="actor",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="approved_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="idempotency_key",
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name="event",
            name="order_number",
            field=models.CharField(blank=True, max_length=128),
        ),
        migrations.AlterField(
            model_name="event",
            name="reverses",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversals",
                to="ledger.event",
            ),
        ),
        migrations.AlterField(
            model_name="transfer",
            name="event",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transfers",
                to="ledger.event",
            ),
        ),
        migrations.AlterField(
            model_name="transfer",
            name="reverses",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversals",
                to="ledger.transfer",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["order_number"], name="event_order"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("reverses__isnull", False)),
                fields=["reverses"],
                name="event_reverses",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("actor__isnull", False)), fields=["actor"], name="event_actor"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("approved_by__isnull", False)),
                fields=["approved_by"],
                name="event_approved_by",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(("reverses__isnull", False)),
                fields=["reverses"],
                name="transfer_reverses",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                fields=("idempotency_key",), name="event_once_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", False)),
                fields=("event", "reverses"),
                name="reversed_once_an_event",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "sale")),
                fields=("order_number",),
                name="one_sale_an_order",
            ),
        ),
        migrations.AddIndex(
            model_name="provincegroup",
            index=models.Index(fields=["kind", "code"], name="province_group_code"),
        ),
    ]
