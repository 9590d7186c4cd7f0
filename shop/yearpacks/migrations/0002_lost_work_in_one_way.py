"""A pack that is being made is taken up again as every other work of minutes."""

import django.utils.timezone
from django.db import migrations, models


def wait_for_a_worker(apps, schema_editor):
    """What was being made waits: its worker is gone, and the round that looks for lost work asks
    for it again."""
    drafts = apps.get_model("yearpacks", "PackDraft").objects.using(schema_editor.connection.alias)
    drafts.filter(state="making").update(state="waiting")


class Migration(migrations.Migration):
    dependencies = [("yearpacks", "0001_signed_packs")]

    operations = [
        migrations.RemoveField(model_name="packdraft", name="run"),
        migrations.RenameField(
            model_name="packdraft", old_name="touched_at", new_name="beat_at"
        ),
        migrations.AlterField(
            model_name="packdraft",
            name="beat_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AlterField(
            model_name="packdraft",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "being made"),
                    ("working", "being made"),
                    ("failed", "could not be made"),
                    ("ready", "waits for another person"),
                ],
                default="waiting",
                max_length=7,
            ),
        ),
        migrations.RunPython(wait_for_a_worker, migrations.RunPython.noop),
    ]
