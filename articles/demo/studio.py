"""Draws the demo's pictures on all cores: the longest part of the first start. Imports no model: workers have none."""

import io
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from articles.editorial import photos

from . import pictures


def draw_all(scenes):
    """The prepared pictures of a list of scene names, in order; each gets its own seed, so none is seen twice."""
    if not scenes:
        return iter(())
    # spawn: a forked worker would share this process's connection to the database
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        return iter(list(pool.map(_draw, scenes, range(len(scenes)), chunksize=4)))


def _draw(scene, seed):
    out = io.BytesIO()
    pictures.draw(scene, seed).save(out, "JPEG", quality=92)
    return photos.prepare(out.getvalue())
