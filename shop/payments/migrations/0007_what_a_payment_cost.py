"""Know of each payment whether the ledger has its fee."""

from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0006_name_mails_to_buyers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='attention',
            name='reason',
            field=models.CharField(choices=[('amount', "another amount than the order's was paid"), ('currency', 'another currency was paid'), ('livemode', 'test money for a real order, or the reverse'), ('order', 'the payment names another order'), ('ledger', 'paid, but the ledger refused it'), ('late', 'paid after the order was given up; paid back'), ('refund-failed', 'the refund did not arrive'), ('refund-unknown', 'a refund was made outside this shop'), ('fee', "the provider's fee cannot be recorded")], max_length=16),
        ),
        migrations.AddField(
            model_name='paymentattempt',
            name='fee_state',
            field=models.CharField(blank=True, choices=[('waiting', 'Stripe has not said it yet'), ('recorded', 'recorded'), ('person', 'needs a person')], db_default='', default='', max_length=8),
        ),
        migrations.AddIndex(
            model_name='paymentattempt',
            index=models.Index(condition=models.Q(('fee_state', 'waiting')), fields=['asked_at'], name='attempt_fee_waiting'),
        ),
        migrations.AddIndex(
            model_name='paymentattempt',
            index=models.Index(condition=models.Q(('charge_id', ''), _negated=True), fields=['charge_id'], name='attempt_of_charge'),
        ),
    ]
