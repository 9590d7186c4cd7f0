"""The provider's own book, and how it compares to the ledger."""

import django.db.models.deletion
from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('order', '0021_billingaddress_code_shippingaddress_code'),
        ('payments', '0008_disputes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='attention',
            name='reason',
            field=models.CharField(choices=[('amount', "another amount than the order's was paid"), ('currency', 'another currency was paid'), ('livemode', 'test money for a real order, or the reverse'), ('order', 'the payment names another order'), ('ledger', 'paid, but the ledger refused it'), ('late', 'paid after the order was given up; paid back'), ('refund-failed', 'the refund did not arrive'), ('refund-unknown', 'a refund was made outside this shop'), ('fee', "the provider's fee cannot be recorded"), ('dispute', "the shopper's bank disputes the payment: answer at Stripe"), ('dispute-ledger', 'a dispute that the ledger refused'), ('payout-failed', 'our bank sent a transfer back'), ('payout-ledger', 'a transfer to our bank that the ledger refused'), ('unmatched', "the provider's book and ours differ")], max_length=16),
        ),
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('payment', 'payment and its fee'), ('refund', 'refund'), ('dispute', 'taken back in a dispute'), ('dispute-back', 'given back after a dispute'), ('payout', 'transfer to our bank'), ('payout-back', 'transfer that came back'), ('other', 'something else')], max_length=12, verbose_name='kind')),
                ('reference', models.CharField(max_length=255)),
                ('result', models.CharField(choices=[('matched', 'both say the same'), ('missing-here', 'our ledger does not know it'), ('missing-there', 'the provider does not know it'), ('amount', 'the amounts differ'), ('currency', 'it is in another currency')], max_length=13, verbose_name='result')),
                ('provider_satang', models.BigIntegerField(null=True)),
                ('ledger_satang', models.BigIntegerField(null=True)),
                ('value_satang', models.PositiveBigIntegerField()),
                ('happened_at', models.DateTimeField()),
                ('compared_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'movement at the payment provider',
                'verbose_name_plural': "the provider's book and ours",
            },
        ),
        migrations.CreateModel(
            name='ProviderDay',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('entries', models.PositiveIntegerField()),
                ('listed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ProviderEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider_id', models.CharField(max_length=255, unique=True)),
                ('type', models.CharField(max_length=64)),
                ('category', models.CharField(max_length=64)),
                ('source_id', models.CharField(blank=True, max_length=255)),
                ('amount_satang', models.BigIntegerField()),
                ('fee_satang', models.BigIntegerField()),
                ('net_satang', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('created_at', models.DateTimeField()),
                ('payload', models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name='movement',
            name='order',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='order.order'),
        ),
        migrations.AddField(
            model_name='providerentry',
            name='movement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.movement'),
        ),
        migrations.AddIndex(
            model_name='movement',
            index=models.Index(fields=['happened_at'], name='movement_when'),
        ),
        migrations.AddIndex(
            model_name='movement',
            index=models.Index(condition=models.Q(('result', 'matched'), _negated=True), fields=['happened_at'], name='movement_unmatched'),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.UniqueConstraint(fields=('kind', 'reference'), name='movement_once'),
        ),
        migrations.AddConstraint(
            model_name='movement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ledger_satang', None), ('provider_satang__isnull', False), ('result', 'missing-here')), models.Q(('ledger_satang__isnull', False), ('provider_satang', None), ('result', 'missing-there')), models.Q(('ledger_satang__isnull', False), ('provider_satang__isnull', False), ('result__in', ['matched', 'amount', 'currency'])), models.Q(('provider_satang__isnull', False), ('result', 'currency')), _connector='OR'), name='movement_result_says_who_knows'),
        ),
    ]
