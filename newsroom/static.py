"""Static files: hashed names that never go stale, without the parts of CKEditor that nobody should be served."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


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
