"""Draws the demo's pictures on all cores: the longest part of the first start."""

import io
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import django

from articles import renditions
from articles.editorial import photos

from . import papers, pictures
from .pictures import infographic

VARIANTS = 2
WIDTH = 1280  # pixels: enough for a column on a fine screen, a third cheaper to encode than the largest master


def draw_all(wanted):
    """The prepared pictures of a list of tables with a `scene` or a `chart`, in order.

    A scene is drawn VARIANTS times, then the same pictures come round again: a picture costs a second.
    """
    keys, seen = [], Counter()
    for place, words in enumerate(wanted):
        scene = words.get("scene")
        keys.append((scene, seen[scene] % VARIANTS) if scene else ("chart", place))
        seen[scene] += 1
    jobs = {key: words.get("chart") for key, words in zip(keys, wanted, strict=True)}
    prepared = _on_all_cores(jobs) if jobs else {}
    return (prepared[key] for key in keys)


def _on_all_cores(jobs):
    # spawn: a forked worker would share this process's connection to the database
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=django.setup) as pool:
        return dict(zip(jobs, pool.map(_draw, *zip(*jobs, strict=True), jobs.values()), strict=True))


def print_file(name, lines):
    """The bytes of an attachment: a page as PDF, anything else as plain text."""
    return papers.pdf(lines) if name.endswith(".pdf") else "\n".join([*lines, ""]).encode()


def _draw(scene, seed, chart):
    picture = infographic.draw(chart) if chart else pictures.draw(scene, seed)
    out = io.BytesIO()
    picture.resize((WIDTH, picture.height * WIDTH // picture.width)).save(out, "JPEG", quality=92)
    return photos.prepare(out.getvalue(), speed=renditions.IN_A_HURRY)
