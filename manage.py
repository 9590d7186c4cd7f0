#!/usr/bin/env python
"""Django's command line. DJANGO_SETTINGS_MODULE is `marketplace.settings.local` unless set."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.local")
    execute_from_command_line(sys.argv)
