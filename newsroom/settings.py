"""The newsroom's settings. Every value an operator may change comes from the environment (README, "Settings").

Design notes
- No LocaleMiddleware: a desk in Vietnam must not turn English because a borrowed laptop's browser is.
- ckeditor.W001 is silenced knowingly (SECURITY.md, with the day on which that is looked at again). CKEditor 4 is end of
  life; it stays because the desk is built on django-ckeditor. What stands against its open advisories: nh3 cleans every
  body when stored and when rendered (articles/richtext.py); the default content filter stays on; risky plugins, the
  samples and the version check are off (articles/editor.py) and left out of the static files (newsroom/static.py); the
  policy of the editor's pages runs no inline script (newsroom/headers.py); our own check articles.E001 fails the start
  when a configuration loosens that; ckeditor_uploader is not installed. tests/test_checks.py holds all of it.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from articles.editor import CKEDITOR_CONFIGS  # noqa: F401 (a setting)

from . import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = environment.folder("VAR_DIR", BASE_DIR / "var")

DEBUG = environment.switch("DEBUG")
DEMO = environment.switch("DEMO")  # set by `make run`: the demo logins may sign in
SECRET_KEY = environment.secret_key(VAR_DIR / "secret_key")
SECRET_KEY_FALLBACKS = environment.old_secret_keys("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
# Absolute addresses (feeds, canonical links) come from here, never from a request's Host header.
SITE_URL = environment.web_address("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",
    "articles.apps.DeskConfig",  # Django's admin, with our site class
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "newsroom.static.NewsroomStaticFilesConfig",
    "ckeditor",
    "django_otp",
    "django_otp.plugins.otp_totp",
]

MIDDLEWARE = [
    "newsroom.request_id.RequestIdMiddleware",
    "newsroom.middleware.SecurityHeadersMiddleware",
    "newsroom.middleware.HostMiddleware",
    "newsroom.middleware.MethodMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.static.StaticFilesMiddleware",
    "newsroom.room.RoomMiddleware",
    "newsroom.middleware.CompressReaderPagesMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.middleware.SlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.middleware.TrailMiddleware",  # next to the one before: it knows the person
    "articles.identity.gate.IdentityMiddleware",  # without the second factor the desk stays shut
    "newsroom.limits.LimitMiddleware",  # it knows the person, too
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [f"articles.templatetags.{name}" for name in ("inheritance", "news", "seo")],
        },
    },
]
DATABASES = environment.databases(VAR_DIR / "newsroom.sqlite3")
# newsroom/replica.py imports Redis, which only who has a replica must have installed.
DATABASE_ROUTERS = ["newsroom.replica.ReplicaRouter"] if "replica" in DATABASES else []
if "replica" in DATABASES:
    MIDDLEWARE.append("newsroom.replica.ReplicaMiddleware")  # the last: nothing stands between it and the view
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {"default": environment.cache(REDIS_URL)}

# The page cache (articles/pagecache): what anonymous readers ask for is answered from here until a change purges it.
PAGE_CACHE = environment.switch("PAGE_CACHE", default=not DEBUG)
PAGES_ROOT = VAR_DIR / "pages"
PAGES_IN_MEMORY = environment.number("PAGES_IN_MEMORY", 64, least=1) * 1024 * 1024  # in each process
PAGES_ON_DISK = environment.number("PAGES_ON_DISK", 1024, least=1) * 1024 * 1024
CACHE_IN_FRONT = environment.choice("CACHE_IN_FRONT", ["none", "nginx", "varnish", "cdn"], "none")
PURGE_URLS = environment.web_addresses("PURGE_URLS")

LANGUAGE_CODE = environment.choice("LANGUAGE_CODE", ["vi", "en"], "vi")
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "newsroom" / "translations"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# Notices go out by mail where EMAIL_URL names a server; without one they stand at the desk only.
globals().update(environment.mail("EMAIL_URL"))
NOTICES_BY_MAIL = bool(os.environ.get("EMAIL_URL"))
EMAIL_TIMEOUT = 5  # seconds: a step of the desk waits for a mail server no longer
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.mail_address("EMAIL_FROM", f"newsroom@{urlsplit(SITE_URL).hostname}")

# Who is told by mail of what an operator must know (articles/alerts), beside the log and the dashboard.
ADMINS = [(address, address) for address in environment.mail_addresses("ADMINS")]
# Who is told of a hole (/.well-known/security.txt): mailto:… or https://…; else the newspaper's own address.
SECURITY_CONTACT = environment.contact("SECURITY_CONTACT")
# How old the newest backup may be (hours).
BACKUP_MAX_AGE = environment.number("BACKUP_MAX_AGE", 2, least=1)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "articles.identity.passwords.ContextWordsValidator", "OPTIONS": {"min_length": 12}},
]
CSRF_FAILURE_VIEW = "articles.views.errors.forbidden"
OTP_TOTP_THROTTLE_FACTOR = 0  # articles/identity/lockout.py counts, by sender: theirs would lock the owner out
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

STATIC_URL = "/static/"
STATIC_ROOT = environment.folder("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = environment.folder("MEDIA_ROOT", VAR_DIR / "media")
# What editors upload, byte for byte. Never under MEDIA_URL: originals carry places, serial numbers and worse.
ORIGINALS_ROOT = environment.folder("ORIGINALS_ROOT", VAR_DIR / "originals")
MEDIA_STORAGES, MEDIA_ORIGIN = environment.media(MEDIA_ROOT, ORIGINALS_ROOT)
STORAGES = {
    **MEDIA_STORAGES,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.static.HashedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# Where `manage.py backup` puts its bundles: best another disk. Not made here: a web server must not need it.
BACKUP_ROOT = Path(os.environ.get("BACKUP_ROOT") or VAR_DIR / "backups").resolve()
BACKUP_VARIABLES = {"plain": environment.PLAIN, "secret": environment.SECRET}

# Whether other sites are asked if what a text links to is there (articles/editorial/checks/outside.py).
CHECK_LINKS = environment.switch("CHECK_LINKS")

# Whether the site asks itself, as a reader, for what was published (articles/receipts/), and where this machine reaches
# it when not by its public name.
RECEIPTS = environment.switch("RECEIPTS", default=True)
RECEIPT_URL = environment.web_address("RECEIPT_URL", SITE_URL) if os.environ.get("RECEIPT_URL") else ""

# How much one sender may ask for (newsroom/limits.py). Off where a proxy in front limits by itself.
RATE_LIMITS = environment.switch("RATE_LIMITS", default=True)
LIMITS_FILE = VAR_DIR / "limits"

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # a long article with tables; larger than any body we accept
FILE_UPLOAD_PERMISSIONS = 0o644

HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
# A proxy in front says which protocol and which address a request came by; nobody else is believed.
BEHIND_PROXY = environment.switch("BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# __Host-: a browser takes such a cookie from this very host and over HTTPS only; no sub-domain can set it.
_HOST = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, BROWSER_COOKIE_NAME = f"{_HOST}sessionid", f"{_HOST}csrftoken", f"{_HOST}browser"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 7 * 24 * 3600  # the cookie's; how long somebody is signed in: articles/identity/sessions.py
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # newsroom/headers.py has the others

SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]  # answered above, guarded by articles.E001

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "newsroom.logs.PlainLine" if DEBUG and sys.stderr.isatty() else "newsroom.logs.JsonLine"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own would mail whole requests to ADMINS, the text of a draft that was just sent among them.
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},  # runserver's requests
    },
}
