import pytest


@pytest.fixture(autouse=True)
def searched_at_once(indexed):
    pass
