"""Checks before publication."""

from django.core.exceptions import ValidationError


class Unmet(ValidationError):
    """What the checks found: `findings` that block, or warn and were not passed over with a reason."""

    def __init__(self, findings):
        super().__init__([finding.message for finding in findings])
        self.findings = findings


def gate(article, overrides=(), at=None):
    """Raise Unmet when something blocks, or warns without a reason in `overrides`."""


def run(article, document=None, at=None):
    """What the checks find in the newest version."""
    return []


def overrides_from(data):
    """The reasons given for passing warnings over, from the fields of a form: [{"check": name, "reason": text}]."""
    return []
