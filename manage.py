#!/usr/bin/env python
"""Django's command line. A bare machine starts with `make run`, which prepares everything this needs."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 (the message below needs it here)
    except ImportError as error:
        raise SystemExit("Django is not installed here. Run `make run` once, or activate .venv.") from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
