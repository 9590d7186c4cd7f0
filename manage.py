#!/usr/bin/env python
"""Django's command line. Settings are `marketplace.settings.local` unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.local")
    execute_from_command_line(sys.argv)
