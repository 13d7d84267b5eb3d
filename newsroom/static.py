"""Static files: hashed names that never go stale, without the parts of CKEditor that nobody should be served.

Design note: readers get one stylesheet and one script. `css/reader.css` and `js/reader.js` only name their parts, by
`@import` and `import`, which browsers follow in development; collectstatic writes the parts in their place, so that a
slow network is asked once. No build step, and one file a component stays the rule. Nothing is minified: without its
white space the stylesheet would be 7 % smaller where it counts, compressed. Each file lies there in gzip and in Brotli
too, at their highest levels; WhiteNoise sends what the browser knows.
"""

import os
import posixpath
import re

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.files.base import ContentFile
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

WHOLE = ["css/reader.css", "js/reader.js"]
_PART = {
    ".css": re.compile(r'^@import "\./([\w-]+\.css)";$', re.MULTILINE),
    ".js": re.compile(r'^import "\./([\w-]+\.js)";$', re.MULTILINE),
}
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_HEAD = re.compile(r"\A(/\*.*?\*/|//[^\n]*)\s*", re.DOTALL)  # inside a script only a parser knows a comment


class NewsroomStaticFilesConfig(StaticFilesConfig):
    """collectstatic leaves out CKEditor's test pages, its plugins that talk to outside hosts, and old jQuery."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("tests", "exportpdf", "scayt", "wsc", "adobeair", "codesnippet*", "flash", "iframe*", "preview", "embed*"),
        *("autoembed", "devtools", "docprops", "templates", "bbcode", "mathjax", "xml", "ajax", "smiley", "uicolor"),
        *("stylesheetparser", "galleriffic", "*.md", "bender-runner.config.json", "build-config.js"),
    ]


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A missing file is a broken page in development and a plain address in production, never a 500 for a reader."""

    manifest_strict = False

    def stored_name(self, name):
        try:
            return super().stored_name(name)
        except ValueError:  # neither in the manifest nor in the folder: not even a missing stylesheet stops the news
            return name

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            for name in filter(paths.__contains__, WHOLE):
                self.delete(name)
                self.save(name, ContentFile(whole(name, paths).encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run=dry_run, **options)


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise with ETags that are weak, as one that stands for the plain and for the compressed file must be.

    Its "public" goes: every cache may keep these files without it, and it would let answers to passwords be kept too.
    """

    def add_mime_headers(self, headers, path, url):
        super().add_mime_headers(headers, path, url)
        stat = os.stat(path)
        headers["ETag"] = f'W/"{int(stat.st_mtime):x}-{stat.st_size:x}"'

    def add_cache_headers(self, headers, path, url):
        super().add_cache_headers(headers, path, url)
        if rule := headers["Cache-Control"]:
            headers["Cache-Control"] = rule.replace(", public", "")


def whole(name, paths):
    """The text of a file with its parts in the place of their imports; `paths` maps a name to (storage, path)."""
    folder, ending = posixpath.dirname(name), posixpath.splitext(name)[1]

    def text(part):
        storage, path = paths[part]
        with storage.open(path) as file:
            return file.read().decode()

    def in_place(match):
        part = text(f"{folder}/{match[1]}")
        # A script keeps its names to itself, as the module it is in development.
        return _COMMENT.sub("", part).strip() if ending == ".css" else f"{{\n{_HEAD.sub('', part).strip()}\n}}"

    return _PART[ending].sub(in_place, text(name))
