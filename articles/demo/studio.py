"""Draws the demo's pictures on all cores: the longest part of the first start. Imports no model: workers have none."""

import io
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from articles import renditions
from articles.editorial import photos

from . import papers, pictures
from .pictures import infographic


def draw_all(wanted):
    """The prepared pictures of a list of tables with a `scene` or a `chart`, in order; each gets its own seed, so none
    is seen twice."""
    if not wanted:
        return iter(())
    # spawn: a forked worker would share this process's connection to the database
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        return iter(list(pool.map(_draw, wanted, range(len(wanted)), chunksize=4)))


def print_file(name, lines):
    """The bytes of an attachment: a page as PDF, anything else as plain text."""
    return papers.pdf(lines) if name.endswith(".pdf") else "\n".join([*lines, ""]).encode()


def _draw(words, seed):
    out = io.BytesIO()
    picture = infographic.draw(words["chart"]) if "chart" in words else pictures.draw(words["scene"], seed)
    picture.save(out, "JPEG", quality=92)
    return photos.prepare(out.getvalue(), speed=renditions.IN_A_HURRY)
