"""A plot of cost against the size of the archive, as SVG that follows the reader's light or dark colours."""

from html import escape
from math import log10

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 460, 420, 54, 44, 148, 40
PAGES = {  # those of a reader, the dearest questions, the desk; more lines nobody can tell apart
    "article": "#2f6f9f", "front": "#a8572a", "section": "#3f8f4f", "day": "#8a4fa3", "author": "#b08a1e",
    "search: common": "#c0392b", "search: place": "#d97a9a", "desk: list": "#5c6b73", "desk: list, search": "#12a5a5",
}  # fmt: skip
STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #333 } .title { font-weight: 600; font-size: 14px }
  .grid { stroke: #ccc; stroke-width: 1 } .line { fill: none; stroke-width: 2 }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } .grid { stroke: #555 } }
"""
LEAST_GAP = 14  # pixels between two names


def draw(lines):
    """`lines`: {engine: {page: [(size, ms)]}}."""
    whole = WIDTH * len(lines)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {HEIGHT}" role="img">']
    parts.append("<title>Cost of a page against the size of the archive</title>")
    parts.append(f"<style>{STYLE}</style>")
    values = [value for pages in lines.values() for page, row in pages.items() if page in PAGES for _s, value in row]
    span = (10 ** int(log10(min(values)) // 1), 10 ** int(-(-log10(max(values)) // 1)))
    for place, (engine, pages) in enumerate(lines.items()):
        parts.append(f'<g transform="translate({WIDTH * place} 0)">{_panel(engine, pages, span)}</g>')
    return "\n".join([*parts, "</svg>", ""])


def _panel(engine, pages, span):
    shown = {page: pages[page] for page in PAGES if page in pages}
    sizes = [size for size, _value in next(iter(shown.values()))]
    step = (WIDTH - LEFT - RIGHT) / max(1, len(sizes) - 1)

    def y(value):
        share = (log10(value) - log10(span[0])) / (log10(span[1]) - log10(span[0]))
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [f'<text class="title" x="{LEFT}" y="20">{escape(engine)}: ms of processor time, new page</text>']
    value = span[0]
    while value <= span[1]:
        parts.append(f'<path class="grid" d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:g}</text>')
        value *= 10
    for place, size in enumerate(sizes):
        parts.append(f'<text x="{LEFT + place * step:.1f}" y="{HEIGHT - 16}" text-anchor="middle">{size}</text>')
    names = _apart({page: y(row[-1][1]) for page, row in shown.items()})
    for page, row in shown.items():
        points = " ".join(f"{LEFT + place * step:.1f},{y(value):.1f}" for place, (_size, value) in enumerate(row))
        parts.append(f'<polyline class="line" stroke="{PAGES[page]}" points="{points}"/>')
        words = f'<tspan fill="{PAGES[page]}">●</tspan> {escape(page)}'
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{names[page] + 4:.1f}">{words}</text>')
    return "".join(parts)


def _apart(places):
    """The heights of names, each moved down so far that none covers the one above."""
    found, last = {}, -LEAST_GAP
    for page, height in sorted(places.items(), key=lambda item: item[1]):
        last = found[page] = max(height, last + LEAST_GAP)
    return found
