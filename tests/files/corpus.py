"""The hostile files outside the project that HOSTILE_CORPUS names, with what files_manifest.json expects of each."""

import json
import os
from pathlib import Path

import pytest

FOLDER = os.environ.get("HOSTILE_CORPUS")
needed = pytest.mark.skipif(not FOLDER, reason="HOSTILE_CORPUS names no folder")


def files(*folders):
    """[(path, what is expected)] of the folders."""
    listed = json.loads((Path(FOLDER) / "files_manifest.json").read_text(encoding="utf-8"))
    chosen = sorted((item["file"], item["expect"]) for item in listed if item["file"].split("/")[0] in folders)
    return [(Path(FOLDER) / name, expected) for name, expected in chosen]


def strings(name):
    return [item["v"] for item in json.loads((Path(FOLDER) / name).read_text(encoding="utf-8"))]
