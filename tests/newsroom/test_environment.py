"""Settings from the environment: a bad value stops the start, and says which and why."""

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import environment
from newsroom.postgresql import base


@pytest.fixture
def read(monkeypatch):
    """read(reader, value): what a reader makes of VALUE=value."""

    def answer(reader, value, *args):
        monkeypatch.setenv("VALUE", value)
        return reader("VALUE", *args)

    return answer


# Switches, words, choices


@pytest.mark.parametrize(
    ("value", "on"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("no", False), ("", False)]
)
def test_a_switch_is_on_or_off(read, value, on):
    assert read(environment.switch, value) is on


def test_a_switch_that_is_not_set_is_off():
    assert environment.switch("KHONG_DAT") is False


@pytest.mark.parametrize("value", ["maybe", "2", "tắt", " 1"])
def test_a_switch_that_is_neither_stops_the_start(read, value):
    with pytest.raises(ImproperlyConfigured, match="VALUE=.*use 1 or 0"):
        read(environment.switch, value)


def test_words_are_split_at_commas(read):
    assert read(environment.words, " baomau.vn, ,www.baomau.vn ") == ["baomau.vn", "www.baomau.vn"]


def test_an_unknown_choice_names_the_known_ones(read):
    with pytest.raises(ImproperlyConfigured, match="VALUE='fr': use one of vi, en"):
        read(environment.choice, "fr", ["vi", "en"], "vi")


# Addresses


@pytest.mark.parametrize(
    "value", ["https://baomau.vn", "http://127.0.0.1:8000", "https://baomau.vn/", "http://[::1]:80"]
)
def test_an_address_of_the_site_is_an_origin(read, value):
    assert read(environment.web_address, value, "") == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    [
        *("baomau.vn", "ftp://baomau.vn", "https://", "https://baomau.vn/bao", "https://baomau.vn?x=1", ""),
        *(
            "https://baomau.vn#x",
            "http://[::1",
            "http://baomau.vn:port",
            "http://baomau.vn:99999",
            "javascript:alert(1)",
        ),
    ],
)
def test_what_is_no_origin_stops_the_start(read, value):
    with pytest.raises(ImproperlyConfigured, match="VALUE="):
        read(environment.web_address, value, "")


# Databases


def postgres(**fields):
    return {"NAME": "bao", "USER": "", "PASSWORD": "", "HOST": "db", "PORT": 5432, **fields}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://db/bao", postgres()),
        ("postgresql://bao:m%40t%2Fkhau@db:5433/bao", postgres(USER="bao", PASSWORD="m@t/khau", PORT=5433)),  # noqa: S106
        ("postgres:///bao", postgres(HOST="")),
    ],
)
def test_a_postgres_address_is_taken_apart(monkeypatch, url, expected):
    monkeypatch.setenv("DATABASE_URL", url)
    found = environment.database("var/x.sqlite3")
    assert {name: found[name] for name in expected} == expected


def test_several_hosts_are_tried_in_turn(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://bao:m%40t@one,two:5433/bao?target_session_attrs=read-write")  # noqa: S106
    found = environment.database("")
    assert (found["HOST"], found["PORT"], found["PASSWORD"]) == ("one,two", "5432,5433", "m@t")
    assert found["ENGINE"] == "newsroom.postgresql"
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"


def test_the_next_host_is_asked_where_the_first_is_away(monkeypatch):
    asked = []

    def connect(self, conn_params):
        asked.append((conn_params["host"], conn_params["port"]))
        if len(asked) == 1:
            raise self.Database.OperationalError("away")
        return "connected"

    monkeypatch.setattr(base.base.DatabaseWrapper, "get_new_connection", connect)
    found = base.DatabaseWrapper({}).get_new_connection({"host": "one,two", "port": "5432,5433"})
    assert (found, asked) == ("connected", [("one", "5432"), ("two", "5433")])


def test_options_of_the_address_reach_the_driver(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db/bao?sslmode=require")
    assert environment.database("")["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:///var/bao.sqlite3", "var/bao.sqlite3"), ("sqlite:////srv/b%C3%A1o.sqlite3", "/srv/báo.sqlite3")],
)
def test_a_sqlite_address_names_its_file(monkeypatch, url, name):
    monkeypatch.setenv("DATABASE_URL", url)
    assert environment.database("")["NAME"] == name


def test_without_an_address_the_database_is_a_file_of_ours(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert environment.database("/srv/x.sqlite3")["NAME"] == "/srv/x.sqlite3"


@pytest.mark.parametrize(
    "url",
    [
        *("mysql://db/bao", "bao.sqlite3", "postgres://db", "postgres://db/", "sqlite://", "sqlite:///"),
        *(
            "postgres://one,/bao",
            "postgres://one,two:cong/bao",
            "postgres://one,two",
            "postgres://db:cong/bao",
            "postgres://db:99999/bao",
            "postgres://[db/bao",
        ),
    ],
)
def test_a_bad_database_address_stops_the_start(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL="):
        environment.database("")


@pytest.mark.parametrize("url", ["http://127.0.0.1:6379", "127.0.0.1:6379", "redis://[x", "redis://127.0.0.1:cong/0"])
def test_a_bad_redis_address_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL="):
        environment.cache(url)


def test_without_redis_the_cache_is_the_process_own():
    assert environment.cache("")["BACKEND"].endswith("LocMemCache")


# Folders


def test_a_folder_is_made(read, tmp_path):
    assert read(environment.folder, str(tmp_path / "a" / "b"), "").is_dir()


def test_a_folder_that_is_a_file_stops_the_start(read, tmp_path):
    (tmp_path / "tep").write_text("")
    with pytest.raises(ImproperlyConfigured, match="VALUE=.*tep"):
        read(environment.folder, str(tmp_path / "tep"), "")


# The secret key


@pytest.fixture
def no_key(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)


def test_a_key_is_generated_once_and_only_its_owner_reads_it(no_key, tmp_path):
    key = environment.secret_key(tmp_path / "secret_key")
    assert len(key) >= 50
    assert environment.secret_key(tmp_path / "secret_key") == key
    assert stat.S_IMODE(os.stat(tmp_path / "secret_key").st_mode) == 0o600


def test_two_newsrooms_have_two_keys(no_key, tmp_path):
    assert environment.secret_key(tmp_path / "a") != environment.secret_key(tmp_path / "b")


def test_workers_that_start_at_once_agree_on_the_key(no_key, tmp_path, monkeypatch):
    made = environment.secrets.token_urlsafe
    monkeypatch.setattr(environment.secrets, "token_urlsafe", lambda size: time.sleep(0.1) or made(size))
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: environment.secret_key(tmp_path / "secret_key"), range(64)))
    assert len(keys) == 1


def test_a_key_of_the_environment_is_used_and_nothing_written(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "k" * 50)
    assert environment.secret_key(tmp_path / "secret_key") == "k" * 50
    assert not (tmp_path / "secret_key").exists()


def test_a_short_key_stops_the_start_without_showing_it(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "ngan-qua")
    with pytest.raises(ImproperlyConfigured, match="shorter than 50") as caught:
        environment.secret_key(tmp_path / "secret_key")
    assert "ngan-qua" not in str(caught.value)


def test_an_empty_key_file_stops_the_start(no_key, tmp_path, monkeypatch):
    (tmp_path / "secret_key").write_text("")
    monkeypatch.setattr(environment.time, "sleep", lambda seconds: None)
    with pytest.raises(ImproperlyConfigured, match="secret_key is empty"):
        environment.secret_key(tmp_path / "secret_key")


# Mail


def mail(monkeypatch, url):
    monkeypatch.setenv("EMAIL_URL", url)
    return environment.mail("EMAIL_URL")


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp+tls://toa%40soan:m%40t@mail.vn", 587, True, False),
        ("smtps://toa%40soan:m%40t@mail.vn", 465, False, True),
        ("smtp://toa%40soan:m%40t@mail.vn:2525", 2525, False, False),
    ],
)
def test_a_mail_address_is_taken_apart(monkeypatch, url, port, tls, ssl):
    found = mail(monkeypatch, url)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.vn", port)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("toa@soan", "m@t")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)


@pytest.mark.parametrize(("url", "backend"), [("", "dummy"), ("console://", "console"), ("smtp://mail.vn", "smtp")])
def test_without_an_address_no_mail_is_sent(monkeypatch, url, backend):
    assert f".{backend}." in mail(monkeypatch, url)["EMAIL_BACKEND"]


@pytest.mark.parametrize("url", ["mail.vn", "http://mail.vn", "smtp://", "smtp://mail.vn/x", "smtp://mail.vn:cong"])
def test_a_bad_mail_address_stops_the_start(monkeypatch, url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        mail(monkeypatch, url)


def test_a_refused_mail_address_does_not_print_its_password(monkeypatch):
    with pytest.raises(ImproperlyConfigured) as caught:
        mail(monkeypatch, "imap://toa:matkhau@mail.vn")
    assert "matkhau" not in str(caught.value)


@pytest.mark.parametrize("value", ["toasoan", "toa soan@mail.vn", "a@b\nBcc: c@d", "<a@b>"])
def test_a_sender_that_is_no_address_stops_the_start(read, value):
    with pytest.raises(ImproperlyConfigured, match="VALUE="):
        read(environment.mail_address, value, "newsroom@127.0.0.1")


def test_a_sender_has_a_default(monkeypatch):
    monkeypatch.delenv("VALUE", raising=False)
    assert environment.mail_address("VALUE", "newsroom@baomau.vn") == "newsroom@baomau.vn"


# Addresses of the caches in front


def test_addresses_are_split_at_commas(read):
    found = read(environment.web_addresses, "http://10.0.0.5:6081/, https://purge.example/a")
    assert found == ["http://10.0.0.5:6081/", "https://purge.example/a"]
    assert read(environment.web_addresses, "") == []


@pytest.mark.parametrize("value", ["10.0.0.5:6081", "ftp://x/", "http://", "http://x:port/", "file:///etc/passwd"])
def test_what_is_no_address_stops_the_start(read, value):
    with pytest.raises(ImproperlyConfigured, match="VALUE="):
        read(environment.web_addresses, value)
