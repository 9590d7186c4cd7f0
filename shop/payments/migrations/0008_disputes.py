"""Disputes; what needs a person may be due, and about no order at all."""

import django.db.models.deletion
from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('order', '0021_billingaddress_code_shippingaddress_code'),
        ('payments', '0007_what_a_payment_cost'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stripe_id', models.CharField(max_length=255, unique=True)),
                ('amount_satang', models.PositiveBigIntegerField()),
                ('fee_satang', models.PositiveBigIntegerField(default=0)),
                ('reason', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('inquiry', 'the bank asks; no money was taken'), ('open', 'the bank took the money; our answer is awaited'), ('review', 'answered; the bank decides'), ('won', 'won; the money came back'), ('lost', 'lost; the shopper keeps the money'), ('closed', 'closed; no money was taken')], max_length=8)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('borne_by', models.JSONField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='attention',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='attention',
            name='order',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attentions', to='order.order'),
        ),
        migrations.AlterField(
            model_name='attention',
            name='reason',
            field=models.CharField(choices=[('amount', "another amount than the order's was paid"), ('currency', 'another currency was paid'), ('livemode', 'test money for a real order, or the reverse'), ('order', 'the payment names another order'), ('ledger', 'paid, but the ledger refused it'), ('late', 'paid after the order was given up; paid back'), ('refund-failed', 'the refund did not arrive'), ('refund-unknown', 'a refund was made outside this shop'), ('fee', "the provider's fee cannot be recorded"), ('dispute', "the shopper's bank disputes the payment: answer at Stripe"), ('dispute-ledger', 'a dispute that the ledger refused'), ('payout-failed', 'our bank sent a transfer back'), ('payout-ledger', 'a transfer to our bank that the ledger refused')], max_length=16),
        ),
        migrations.AddField(
            model_name='dispute',
            name='attempt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='payments.paymentattempt'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='order.order'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('settled_at', None)), fields=['asked_at'], name='dispute_open'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('settled_at', None), ('state__in', ['won', 'lost', 'closed']), _connector='OR'), name='dispute_settled_has_ended'),
        ),
    ]
