"""Settings from environment variables. A bad value stops the start with the variable's name and what it takes."""

import os
import re
import secrets
import time
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

THREADS = 8  # of each worker of the server; half of them for pages that are kept (room.py)
_SEVERAL = re.compile(r"(postgres(?:ql)?://(?:[^/@]*@)?)([^/@]+,[^/@]*)(/.*)")

# What a backup takes of the environment (articles/backup/variables.py): what the README lists, secrets only when asked.
SECRET = (
    *("DATABASE_URL", "DATABASE_REPLICA_URL", "EMAIL_URL", "MEDIA_S3_URL", "REDIS_URL", "SECRET_KEY"),
    "SECRET_KEY_FALLBACKS",
)
PLAIN = (
    *("ADMINS", "ALLOWED_HOSTS", "BACKUP_MAX_AGE", "BACKUP_ROOT", "BEHIND_PROXY", "CACHE_IN_FRONT", "CHECK_LINKS"),
    *("DEBUG", "DEMO", "EMAIL_FROM", "RATE_LIMITS", "SECURITY_CONTACT"),
    *("HOST", "LANGUAGE_CODE", "MEDIA_ROOT", "MEDIA_S3_ORIGINALS", "MEDIA_S3_PUBLIC_URL", "ORIGINALS_ROOT"),
    *("PAGES_IN_MEMORY", "PAGES_ON_DISK", "PAGE_CACHE", "PORT", "PURGE_URLS", "RECEIPTS", "RECEIPT_URL", "SITE_URL"),
    *("STATIC_ROOT", "VAR_DIR", "WORKERS"),
)
ON, OFF = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def switch(name, default=False):
    """The variable as a bool; unset means `default`."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() not in ON | OFF:
        raise ImproperlyConfigured(f"{name}={value!r}: use 1 or 0.")
    return value.lower() in ON


def words(name, default=""):
    """The variable as a list, split at commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name, options, default):
    value = os.environ.get(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name}={value!r}: use one of {', '.join(options)}.")
    return value


def number(name, default, least=0):
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name}={value!r}: use a whole number from {least}.")
    return int(value)


def web_address(name, default):
    """An http(s) origin without a path, such as https://baomau.vn."""
    value = os.environ.get(name, default).rstrip("/")
    url = _split(name, value)
    if url.scheme not in {"http", "https"} or not url.hostname or value != f"{url.scheme}://{url.netloc}":
        raise ImproperlyConfigured(f"{name}={value!r}: use an address such as https://example.vn, without a path.")
    return value


def web_addresses(name):
    """http(s) addresses, split at commas; a path is allowed."""
    found = words(name)
    for value in found:
        url = _split(name, value)
        if url.scheme not in {"http", "https"} or not url.hostname or url.fragment or not value.isascii():
            raise ImproperlyConfigured(f"{name}={value!r}: use addresses such as http://10.0.0.5:6081/, with commas.")
    return found


def _split(name, value):
    """urlsplit, with what it raises said in the way of this module."""
    try:
        url = urlsplit(value)
        _ = url.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r}: this is no address ({error}).") from error
    return url


def folder(name, default):
    path = Path(os.environ.get(name) or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={path}: cannot be made or is no folder ({error.strerror}).") from error
    return path


def secret_key(file):
    """SECRET_KEY from the environment, else from `file`, which is written once and readable by its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        if len(key) < 50:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters. Leave it out to have one generated.")
        return key
    try:
        # O_EXCL: of two workers starting at once one writes, the other waits for what it writes.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _written_key(file)
    with os.fdopen(descriptor, "w") as handle:
        key = secrets.token_urlsafe(64)
        handle.write(key)
    return key


def old_secret_keys(name):
    """Keys that were SECRET_KEY before: what they signed (sessions, forms) is still good. Never shown in an error."""
    found = words(name)
    if any(len(key) < 50 for key in found):
        raise ImproperlyConfigured(f"{name}: each is a former SECRET_KEY of at least 50 characters, with commas.")
    return found


def _written_key(file):
    for _attempt in range(20):
        if key := file.read_text().strip():
            return key
        time.sleep(0.05)
    raise ImproperlyConfigured(f"{file} is empty. Delete it to have a new key generated.")


def databases(default_file):
    """DATABASE_URL, and DATABASE_REPLICA_URL beside it where there is one, as Django's DATABASES."""
    found = {"default": database(default_file)}
    if value := os.environ.get("DATABASE_REPLICA_URL"):
        url = _split("DATABASE_REPLICA_URL", value)
        if url.scheme not in {"postgres", "postgresql"} or "postgresql" not in found["default"]["ENGINE"]:
            raise ImproperlyConfigured("DATABASE_REPLICA_URL and DATABASE_URL: use postgres://user@host/name for both.")
        if not os.environ.get("REDIS_URL"):
            raise ImproperlyConfigured("DATABASE_REPLICA_URL needs REDIS_URL, where machines tell how far it must be.")
        found["replica"] = _postgres(url, value, "DATABASE_REPLICA_URL")
        # Its own look (newsroom/replica.py) is the health check; in tests there is one database under both names.
        found["replica"].update({"CONN_HEALTH_CHECKS": False, "TEST": {"MIRROR": "default"}})
    return found


def database(default_file):
    """DATABASE_URL (sqlite:///path or postgres://user:password@host:port/name?option=value) as Django's dict.

    A primary and the replica that may take its place: postgres://user@one,two:5433/name?target_session_attrs=read-write
    """
    value = os.environ.get("DATABASE_URL", f"sqlite:///{default_file}")
    if several := _SEVERAL.fullmatch(value):
        return _one_of(several, value)
    url = _split("DATABASE_URL", value)
    if url.scheme == "sqlite":
        # As everywhere: three slashes and a relative path, or four and an absolute one.
        return _sqlite(unquote(url.path)[1:], value)
    if url.scheme in {"postgres", "postgresql"}:
        return _postgres(url, value)
    raise ImproperlyConfigured(f"DATABASE_URL={value!r}: use sqlite:///path or postgres://user@host/name.")


def _one_of(several, value):
    """Hosts and ports as libpq names several: with commas (newsroom/postgresql/)."""
    before, hosts, after = several.groups()
    found = [_postgres(_split("DATABASE_URL", f"{before}{host}{after}"), value) for host in hosts.split(",")]
    if not all(one["HOST"] for one in found):
        raise ImproperlyConfigured(f"DATABASE_URL={value!r}: a host is missing.")
    places = {name: ",".join(str(one[name]) for one in found) for name in ("HOST", "PORT")}
    return {**found[0], **places, "ENGINE": "newsroom.postgresql"}


def _sqlite(path, value):
    if not path:
        raise ImproperlyConfigured(f"DATABASE_URL={value!r}: the path of the file is missing.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Opening it anew for every request, with Django's sixty functions, costs more than most pages.
        "CONN_MAX_AGE": None,
        # WAL lets readers read while one writes; IMMEDIATE makes writers queue instead of failing with
        # "database is locked" half-way through a transaction.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgres(url, value, variable="DATABASE_URL"):
    name = unquote(url.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured(f"{variable}={value!r}: the database's name is missing.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": url.port or 5432,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a connection cut by a restart of PostgreSQL is replaced, not answered with 500
        "OPTIONS": {"connect_timeout": 3, **dict(parse_qsl(url.query))},
    }


def cache(redis_url):
    """Django's cache: Redis where REDIS_URL is set, the process's own memory otherwise."""
    if not redis_url:
        # Room for the readers of half an hour (articles/readers/reads.py), about 20 MB; Django's 300 would forget them.
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 50_000}}
    if _split("REDIS_URL", redis_url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"REDIS_URL={redis_url!r}: use redis://host:port/0.")
    options = {"serializer": "newsroom.json_cache.JsonSerializer"}
    options["socket_timeout"] = 1  # seconds: nobody waits for a count; without it a silent server holds a worker
    if not redis_url.startswith("unix:"):
        options["socket_connect_timeout"] = 1
    backend = "django.core.cache.backends.redis.RedisCache"
    # 2: what releases before 0.6 left there is no JSON, and is not asked for
    return {"BACKEND": backend, "LOCATION": redis_url, "VERSION": 2, "OPTIONS": options}


MAIL_SCHEMES = {"smtp": (25, False, False), "smtp+tls": (587, True, False), "smtps": (465, False, True)}


def mail(name):
    """EMAIL_URL (smtp://, smtp+tls:// or smtps://user:password@host:port, or console://) as Django's settings.

    Empty: no mail is sent, which is not an error; notices stand at the desk.
    """
    value = os.environ.get(name, "")
    url = _split(name, value)
    backend = "django.core.mail.backends."
    if not value:
        return {"EMAIL_BACKEND": f"{backend}dummy.EmailBackend"}
    if value in {"console:", "console://"}:
        return {"EMAIL_BACKEND": f"{backend}console.EmailBackend"}
    if url.scheme not in MAIL_SCHEMES or not url.hostname or url.path.strip("/") or url.query:
        raise ImproperlyConfigured(f"{name}: use smtp+tls://user:password@host:587 (or smtp://, smtps://, console://).")
    port, starts_tls, is_tls = MAIL_SCHEMES[url.scheme]
    return {
        "EMAIL_BACKEND": f"{backend}smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or port,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": starts_tls,
        "EMAIL_USE_SSL": is_tls,
    }


def mail_address(name, default):
    """An address that letters come from, such as toasoan@baomau.vn."""
    value = os.environ.get(name) or default
    if not re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", value):
        raise ImproperlyConfigured(f"{name}={value!r}: use an address such as toasoan@baomau.vn.")
    return value


def mail_addresses(name):
    """Addresses that letters go to, split at commas; none where the variable is empty."""
    found = words(name)
    if any(not re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", value) for value in found):
        raise ImproperlyConfigured(f"{name}={', '.join(found)!r}: use addresses such as it@baomau.vn, with commas.")
    return found


def contact(name):
    """mailto:address or https://page, or nothing."""
    value = os.environ.get(name, "")
    if value and not re.fullmatch(r"mailto:[^\s@<>,]+@[^\s@<>,]+|https://[^\s<>]+", value):
        raise ImproperlyConfigured(f"{name}={value!r}: use mailto:security@baomau.vn or an https address.")
    return value


S3_ADDRESS = "use https://key:secret@host/bucket (and ?region=…)"


def media(media_root, originals_root):
    """(STORAGES' entries of media and originals, the origin that pictures come from where it is another one).

    MEDIA_S3_URL names an object storage; originals lie in a bucket of their own, MEDIA_S3_ORIGINALS, because a bucket
    that readers may read is read as a whole. MEDIA_S3_PUBLIC_URL is where readers find the media bucket; without it
    they are served by the newsroom itself under /media/.
    """
    value, public = os.environ.get("MEDIA_S3_URL", ""), os.environ.get("MEDIA_S3_PUBLIC_URL", "").rstrip("/")
    if not value:
        if public:
            raise ImproperlyConfigured("MEDIA_S3_PUBLIC_URL needs MEDIA_S3_URL.")
        files = "django.core.files.storage.FileSystemStorage"
        originals = {"BACKEND": files, "OPTIONS": {"location": originals_root, "base_url": None}}
        return {"default": {"BACKEND": files}, "originals": originals}, ""
    options, bucket = _s3(value)
    originals = os.environ.get("MEDIA_S3_ORIGINALS") or f"{bucket}-originals"
    if originals == bucket:
        raise ImproperlyConfigured("MEDIA_S3_ORIGINALS: originals need a bucket that is not the media's.")
    kept = {"default": {**options, "bucket_name": bucket}, "originals": {**options, "bucket_name": originals}}
    storages = {name: {"BACKEND": f"newsroom.media.{name.title()}Storage", "OPTIONS": of} for name, of in kept.items()}
    if not public:
        return storages, ""
    url = _split("MEDIA_S3_PUBLIC_URL", public)
    if url.scheme not in {"http", "https"} or not url.hostname or url.query or "@" in url.netloc:
        raise ImproperlyConfigured(f"MEDIA_S3_PUBLIC_URL={public!r}: use an address such as https://media.example.vn.")
    kept["default"]["public_url"] = public
    return storages, f"{url.scheme}://{url.netloc}"


def _s3(value):
    """The options that both buckets share, and the name of the first. The message leaves the secret out."""
    url = _split("MEDIA_S3_URL", value)
    bucket = url.path.strip("/")
    if url.scheme not in {"http", "https"} or not url.hostname or not re.fullmatch(r"[a-z0-9.-]{3,63}", bucket):
        raise ImproperlyConfigured(f"MEDIA_S3_URL: {S3_ADDRESS}.")
    if not url.username or not url.password:
        raise ImproperlyConfigured(f"MEDIA_S3_URL names no key or no secret: {S3_ADDRESS}.")
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    options = {
        "endpoint_url": f"{url.scheme}://{host}{f':{url.port}' if url.port else ''}",
        "access_key": unquote(url.username),
        "secret_key": unquote(url.password),
        "region_name": dict(parse_qsl(url.query)).get("region") or "us-east-1",
    }
    return options, bucket
