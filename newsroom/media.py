"""Pictures and attachments in an S3-compatible object storage (MEDIA_S3_URL), for several web machines.

Design notes
- Nothing is changed under its name, as on the disk: names are random, of ASCII letters, and never used again, so every
  copy may be kept for a year.
- Type and disposition are written beside the file when it is stored, because the storage answers readers without us:
  attachments are saved, never opened in a page of the storage's origin.
- No access list (ACL) is sent: newer storages refuse them. Who may read a bucket is said once, by its policy: readers
  the media, nobody the originals (docs/scaling.md).
- The library's errors become ConnectionError, an OSError: what the newsroom expects of a disk that is full or gone.
"""

from contextlib import contextmanager

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from articles import attachments

# Seconds. Who waits for a picture that cannot come should wait no longer than for a page.
LIMITS = Config(connect_timeout=3, read_timeout=20, retries={"max_attempts": 2}, s3={"addressing_style": "path"})


@contextmanager
def _as_disk():
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        if getattr(error, "response", {}).get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
            raise FileNotFoundError(str(error)) from error
        raise ConnectionError(f"The object storage does not answer as it should: {error}") from error


class ObjectStorage(S3Storage):
    def get_default_settings(self):
        return {**super().get_default_settings(), "querystring_auth": False, "client_config": LIMITS}

    def _open(self, name, mode="rb"):
        with _as_disk():
            file = super()._open(name, mode)
            _ = "w" in mode or file.file  # fetched here, so that nothing can fail at the reader
            return file

    def _save(self, name, content):
        with _as_disk():
            return super()._save(name, content)

    def exists(self, name):
        with _as_disk():
            return super().exists(name)

    def get_modified_time(self, name):
        with _as_disk():
            return super().get_modified_time(name)

    def delete(self, name):
        with _as_disk():
            super().delete(name)


class DefaultStorage(ObjectStorage):
    """The media. `public_url` is where readers find the bucket; without it the newsroom hands the files out."""

    def get_default_settings(self):
        return {**super().get_default_settings(), "public_url": ""}

    def get_object_parameters(self, name):
        found = attachments.headers(name)
        return {
            "ContentType": found["Content-Type"],
            "ContentDisposition": found["Content-Disposition"],
            "CacheControl": found["Cache-Control"],
        }

    def url(self, name, parameters=None, expire=None, http_method=None):
        return f"{self.public_url or settings.MEDIA_URL.rstrip('/')}/{filepath_to_uri(clean_name(name))}"


class OriginalsStorage(ObjectStorage):
    """What editors upload, byte for byte. It has no address."""

    def url(self, name, parameters=None, expire=None, http_method=None):
        raise ValueError("An original has no address.")
