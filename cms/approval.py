"""What an approval does. Wagtail imports this before it has any models, so it names them."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone


def publish_approved(workflow_state, user=None) -> None:
    """WAGTAIL_FINISH_WORKFLOW_ACTION: publish what was approved.

    What may not be shown (a picture lost its words, people took their consent back meanwhile) is
    planned for now instead: the curators' panel names it, and a worker publishes it once mended.
    """
    revision = workflow_state.content_object.get_latest_revision()
    try:
        with transaction.atomic():
            revision.publish(user=user)
    except ValidationError:
        apps.get_model("wagtailcore", "Revision").objects.filter(pk=revision.pk).update(
            approved_go_live_at=timezone.now()
        )
