"""What every bench needs to cost what production costs."""

import pytest
from django.template.base import Template


@pytest.fixture
def as_in_production(settings, tmp_path, monkeypatch):
    """Templates render without the copies of their contexts that Django's test runner keeps."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
