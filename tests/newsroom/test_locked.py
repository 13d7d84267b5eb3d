"""What is installed is what was locked: exact versions with digests, of a Django that gets security fixes."""

import json
import re
from importlib.metadata import version
from pathlib import Path

import django
import pytest

ROOT = Path(__file__).parent.parent.parent
PINNED = re.compile(r"([\w.\[\]-]+)==([^\s;]+)")


def locked(name):
    """{package: (version, how many digests)}"""
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8"))
    wanted = [block for block in blocks if block.strip() and not block.startswith("#")]
    assert [block for block in wanted if not PINNED.match(block)] == []
    return {m[1]: (m[2], block.count("--hash=sha256:")) for block in wanted if (m := PINNED.match(block))}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_has_one_version_and_its_digests(name):
    found = locked(name)
    assert len(found) > 20
    assert [package for package, (_version, digests) in found.items() if not digests] == []


def test_tests_run_with_the_packages_of_production():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_the_list_of_parts_names_what_is_locked():
    parts = json.loads((ROOT / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert parts["bomFormat"] == "CycloneDX"
    named = {part["name"]: part["version"] for part in parts["components"]}
    assert named == {
        re.sub(r"\[.*", "", name): found for name, (found, _digests) in locked("requirements.lock").items()
    }


def test_packages_are_installed_by_their_digests_only():
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    installing = re.findall(r"pip install.*", rules)
    assert installing
    assert all("--require-hashes" in line for line in installing)


def test_django_is_the_locked_one_of_the_long_term_series():
    assert version("django") == locked("requirements.lock")["django"][0]
    assert django.VERSION[:2] == (5, 2)
