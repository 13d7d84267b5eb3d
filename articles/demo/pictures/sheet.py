"""The sheet of paper: flat shapes, stippled shading and the paper's own grain.

All coordinates are in final pixels; the sheet is larger inside so that edges come
out smooth when it is reduced.
"""

from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from .palettes import Color, Palette

WIDTH, HEIGHT = 1600, 1067
SCALE = 2

Point = tuple[float, float]

_TURNS = {
    "down": None,
    "up": Image.Transpose.ROTATE_180,
    "right": Image.Transpose.ROTATE_90,
    "left": Image.Transpose.ROTATE_270,
}


def _noise(rng: Random, width: int, height: int) -> Image.Image:
    # Pillow's own noise comes from C's rand(), which a seed of ours cannot fix.
    return Image.frombytes("L", (width, height), rng.randbytes(width * height))


class Sheet:
    """One picture in progress."""

    def __init__(self, rng: Random, palette: Palette) -> None:
        self.rng, self.pal = rng, palette
        size = (WIDTH * SCALE, HEIGHT * SCALE)
        self.image = Image.new("RGB", size, palette.sky_low)
        self.pen = ImageDraw.Draw(self.image)
        # Grains a little larger than a pixel survive both the reduction and the press.
        fine = _noise(rng, WIDTH * 9 // 10, HEIGHT * 9 // 10)
        self.grain = ImageOps.autocontrast(fine.resize(size, Image.Resampling.BILINEAR), 2)

    def poly(self, points: list[Point], ink: Color) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=ink)

    def box(self, x: float, y: float, w: float, h: float, ink: Color) -> None:
        self.pen.rectangle((x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE), fill=ink)

    def oval(self, x: float, y: float, rx: float, ry: float, ink: Color) -> None:
        edges = ((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE)
        self.pen.ellipse(edges, fill=ink)

    def line(self, points: list[Point], ink: Color, width: float) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=ink, width=max(1, round(width * SCALE)), joint="curve")

    def limb(self, points: list[Point], ink: Color, width: float) -> None:
        """A line with round ends: arms, legs, trunks."""
        self.line(points, ink, width)
        for x, y in (points[0], points[-1]):
            self.oval(x, y, width / 2, width / 2, ink)

    def stipple(self, points: list[Point], ink: Color, toward: str = "down", strength: float = 1.0) -> None:
        """Shade a shape with grain that thickens toward one side."""
        edges = self._bounds(points)
        if edges is None:
            return
        ramp = Image.linear_gradient("L").point(lambda v: min(255, v * strength))
        if _TURNS[toward] is not None:
            ramp = ramp.transpose(_TURNS[toward])
        mask = self._mask(points, edges)
        self._print(ink, edges, ramp, mask)

    def glow(self, x: float, y: float, radius: float, ink: Color, strength: float = 1.0) -> None:
        """A round stippled light, thickest in the middle."""
        edges = (
            round((x - radius) * SCALE),
            round((y - radius) * SCALE),
            round((x + radius) * SCALE),
            round((y + radius) * SCALE),
        )
        ramp = ImageOps.invert(Image.radial_gradient("L"))
        ramp = ramp.point(lambda v: max(0, min(255, (v - 75) * 1.4 * strength)))
        self._print(ink, edges, ramp, None)

    def veil(self, blots: list[tuple[float, float, float, float]], ink: Color, strength: float) -> None:
        """Soft fog from a few ovals (x, y, rx, ry); built small because it is blurred."""
        small = Image.new("L", (WIDTH // 8, HEIGHT // 8), 0)
        pen = ImageDraw.Draw(small)
        for x, y, rx, ry in blots:
            edges = ((x - rx) / 8, (y - ry) / 8, (x + rx) / 8, (y + ry) / 8)
            pen.ellipse(edges, fill=round(255 * strength))
        small = small.filter(ImageFilter.GaussianBlur(5))
        self.image.paste(ink, None, small.resize(self.image.size, Image.Resampling.BILINEAR))

    def wash(self, top: Color, low: Color, y0: float, y1: float) -> None:
        """A smooth vertical blend over the full width."""
        edges = (0, round(y0 * SCALE), WIDTH * SCALE, round(y1 * SCALE))
        column = Image.composite(
            Image.new("RGB", (256, 256), low),
            Image.new("RGB", (256, 256), top),
            Image.linear_gradient("L"),
        )
        self.image.paste(column.resize((edges[2], edges[3] - edges[1])), edges[:2])

    def streaks(self, count: int, ink: Color, strength: float) -> None:
        """Slanted rain, light enough to see the picture through."""
        mask = Image.new("L", (WIDTH, HEIGHT), 0)
        pen = ImageDraw.Draw(mask)
        for _ in range(count):
            x, y = self.rng.uniform(0, WIDTH + 200), self.rng.uniform(-80, HEIGHT)
            fall = self.rng.uniform(30, 110)
            pen.line((x, y, x - fall * 0.22, y + fall), fill=round(255 * strength), width=2)
        self.image.paste(ink, None, mask.resize(self.image.size))

    def finish(self, mirrored: bool) -> Image.Image:
        """Reduce to print size and press the paper's tooth into it."""
        picture = self.image.resize((WIDTH, HEIGHT), Image.Resampling.HAMMING, self._view())
        tooth = self.grain.reduce(SCALE).point(lambda v: 128 + (v - 128) * 0.2)
        blotch = _noise(self.rng, 40, 27).resize(picture.size, Image.Resampling.BICUBIC)
        paper = Image.blend(tooth, blotch.point(lambda v: 128 + (v - 128) * 0.4), 0.3)
        picture = ImageChops.soft_light(picture, Image.merge("RGB", (paper,) * 3))
        return ImageOps.mirror(picture) if mirrored else picture

    def _view(self) -> tuple[float, float, float, float]:
        # Stepping closer by a different amount each time is the cheapest new composition;
        # the crop keeps low, where the near frame is.
        zoom = self.rng.uniform(0.79, 1)
        width, height = WIDTH * SCALE * zoom, HEIGHT * SCALE * zoom
        left = (WIDTH * SCALE - width) * self.rng.uniform(0.2, 0.8)
        top = (HEIGHT * SCALE - height) * self.rng.uniform(0.4, 1)
        return left, top, left + width, top + height

    def _bounds(self, points: list[Point]) -> tuple[int, int, int, int] | None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        edges = (
            max(0, round(min(xs) * SCALE)),
            max(0, round(min(ys) * SCALE)),
            min(WIDTH * SCALE, round(max(xs) * SCALE)),
            min(HEIGHT * SCALE, round(max(ys) * SCALE)),
        )
        visible = edges[2] - edges[0] > 1 and edges[3] - edges[1] > 1
        return edges if visible else None

    def _mask(self, points: list[Point], edges: tuple[int, int, int, int]) -> Image.Image:
        mask = Image.new("L", (edges[2] - edges[0], edges[3] - edges[1]), 0)
        shape = [(x * SCALE - edges[0], y * SCALE - edges[1]) for x, y in points]
        ImageDraw.Draw(mask).polygon(shape, fill=255)
        return mask

    def _print(
        self,
        ink: Color,
        edges: tuple[int, int, int, int],
        ramp: Image.Image,
        mask: Image.Image | None,
    ) -> None:
        size = (edges[2] - edges[0], edges[3] - edges[1])
        tone = ImageChops.subtract(ramp.resize(size), self.grain.crop(edges))
        # A steep but not vertical cut keeps grains soft-edged, like ink on paper.
        tone = tone.point(lambda v: min(255, v * 4))
        if mask is not None:
            tone = ImageChops.multiply(tone, mask)
        self.image.paste(ink, edges, tone)
