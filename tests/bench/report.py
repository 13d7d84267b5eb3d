"""The figures as tables (Markdown) and a plot, with the bars of what was promised beside them."""

import json
from pathlib import Path
from statistics import median, quantiles

from . import plot

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE, PLOT, RAW = ROOT / "docs/performance.md", ROOT / "docs/performance.svg", ROOT / "docs/performance.json"
BEGIN, END = "<!-- figures: written by `make bench`, from here -->", "<!-- to here -->"
CACHED, ORIGIN, BARE, STATIC = "kept page", "new page", "bare Django", "nginx file"
FLOORS = {"article": 1.0, "day": 1.0, "front": 0.7, "section": 0.7}  # a new page's cost ÷ the bare view's, at most
GROWTH, SEARCH_GROWTH, SEARCH_P95, DESK = 1.2, 3.0, 50, 300  # times, times, ms, ms
GROWS_BY_NATURE = {"sitemap, month"}  # it has every story of a month


def write(cells, memory, facts, publish):
    text = "\n".join([*_head(facts), *_tables(cells), *_bars(cells), *_memory(memory)])
    print(text)
    if publish:
        PLOT.write_text(plot.draw(_lines(cells)), encoding="utf-8")
        RAW.write_text(json.dumps([_raw(cell) for cell in cells], ensure_ascii=False, indent=0), encoding="utf-8")
        before, _begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def _raw(cell):
    known = {name: getattr(cell, name) for name in ("system", "page", "archive", "size", "cards", "kept", "errors")}
    cpu = [round(value, 4) for value in cell.cpu]
    return {**known, "cpu": cpu, "p50": round(median(cell.walls), 3), "p95": round(_p95(cell), 3)}


def _p95(cell):
    return quantiles(cell.walls, n=20)[18]


def _cost(cell):
    return median(cell.cpu)


def _number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _head(facts):
    note = f" {facts['load']}" if facts["load"] else ""
    return [f"{facts['date']}, {facts['machine']}, {facts['rounds']} rounds.{note}", ""]


def _found(cells):
    """{(archive, page): {system: cell}}"""
    found = {}
    for cell in cells:
        found.setdefault((cell.archive, cell.page), {})[cell.system] = cell
    return found


def _tables(cells):
    found = _found(cells)
    for archive in dict.fromkeys(cell.archive for cell in cells):
        yield from [f"### {archive}", "", "Processor time a request in ms: median (least–most of the rounds).", ""]
        yield "| page | cards | new page | p50 / p95 ms | bare Django | new ÷ bare | kept page | p50 ms | nginx file |"
        yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
        for (name, page), systems in found.items():
            if name == archive:
                yield _row(page, systems)
        yield ""


def _row(page, systems):
    new, kept = systems.get(ORIGIN), systems.get(CACHED)
    floor, file = systems.get(BARE), systems.get(STATIC)
    walls = f"{_number(median(new.walls))} / {_number(_p95(new))}" if new else "not answered"
    fields = [page, str(new.cards or "") if new else "", _spread(new), walls, _spread(floor), _ratio(new, floor)]
    fields += [_spread(kept), _number(median(kept.walls))] if kept and kept.kept else ["not kept" if kept else "", ""]
    return f"| {' | '.join([*fields, _spread(file)])} |"


def _spread(cell):
    return f"{_number(_cost(cell))} ({_number(min(cell.cpu))}–{_number(max(cell.cpu))})" if cell else ""


def _ratios(cell, floor):
    return [own / other for own, other in zip(cell.cpu, floor.cpu, strict=True)]


def _ratio(cell, floor):
    return _number(median(_ratios(cell, floor))) if cell and floor else ""


def _lines(cells):
    """{engine: {page: [(size, cost of a new page)]}} with the archives in the order in which they were asked."""
    return {
        engine: {page: [(cell.archive.split()[1], _cost(cell)) for cell in row] for page, row in pages.items()}
        for engine, pages in _new(cells).items()
    }


def _new(cells):
    """{engine: {page: its cells, an archive each, of a new page}}"""
    found = {}
    for cell in cells:
        if cell.system == ORIGIN:
            found.setdefault(cell.archive.split()[0], {}).setdefault(cell.page, []).append(cell)
    return found


def _bars(cells):
    yield from ["### What was promised", "", "| | found | at most | |", "|---|--:|--:|---|"]
    found = _found(cells)
    for (archive, page), systems in found.items():
        if page in FLOORS and {BARE, ORIGIN} <= systems.keys():
            value = median(_ratios(systems[ORIGIN], systems[BARE]))
            yield _bar(f"{archive}: {page}, new page ÷ bare Django", value, FLOORS[page])
    yield from _growth(cells)
    for cell in cells:
        if cell.system == ORIGIN and cell.page.startswith("desk"):
            yield _bar(f"{cell.archive}: {cell.page}, p95 ms", _p95(cell), DESK)
        if cell.system == ORIGIN and cell.page.startswith("search"):
            yield _bar(f"{cell.archive}: {cell.page}, p95 ms", _p95(cell), SEARCH_P95)
    yield ""


def _growth(cells):
    for engine, pages in _new(cells).items():
        for page, row in pages.items():
            if len(row) == 1 or page in GROWS_BY_NATURE:
                continue
            first, last = row[0], row[-1]
            most = SEARCH_GROWTH if "search" in page or page == "desk: chooser" else GROWTH
            name = f"{engine}: {page}, {last.archive.split()[1]} ÷ {first.archive.split()[1]}"
            value = _cost(last) / _cost(first)
            if first.cards == last.cards:
                yield _bar(name, value, most)
            else:  # not the same page
                yield f"| {name} | {_number(value)} | | {last.cards} cards against {first.cards} |"


def _bar(name, value, most):
    return f"| {name} | {_number(value)} | {most} | {'met' if value <= most else '**not met**'} |"


def _memory(memory):
    yield from ["### Memory of a server with one worker, MB", "", "| | |", "|---|--:|"]
    for (system, archive), size in memory.items():
        yield f"| {system}, {archive} | {size:.0f} |"
