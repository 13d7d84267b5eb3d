"""`manage.py import_archive` as a person at the shell meets it."""

import json
from dataclasses import dataclass
from io import StringIO

from django.core.management import CommandError, call_command


@dataclass
class Answer:
    objects: list
    lines: list
    errors: str
    failure: str  # '' when the exit status is 0


def import_archive(*arguments, **options):
    out, err, failure = StringIO(), StringIO(), ""
    try:
        call_command("import_archive", *map(str, arguments), stdout=out, stderr=err, **options)
    except CommandError as error:
        failure = str(error)
    lines = out.getvalue().splitlines()
    objects = [json.loads(line) for line in lines if line.startswith("{")]
    return Answer(objects, lines, err.getvalue(), failure)


def look(*arguments):
    """The JSON objects of a dry run."""
    return import_archive(*arguments, "--dry-run", "--json").objects
