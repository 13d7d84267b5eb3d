import logging

import pytest
from django.conf import settings

from newsroom.logs import WithoutSecrets


@pytest.mark.parametrize(
    ("line", "args"),
    [("Not Found: %s", ("/xem-ban/abcDEF123/",)), ("Internal Server Error: /xem-ban/abcDEF123/?x=1", ())],
)
def test_the_secret_of_a_shared_link_is_in_no_line_of_the_log(line, args):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, line, args, None)
    assert WithoutSecrets().filter(record)
    assert "abcDEF123" not in record.getMessage()
    assert "/xem-ban/…/" in record.getMessage()


def test_every_other_line_is_left_as_it_is():
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", ("/tin/",), None)
    WithoutSecrets().filter(record)
    assert (record.msg, record.args) == ("Not Found: %s", ("/tin/",))


def test_every_handler_leaves_the_secret_out():
    assert all("secrets" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
