import json
import os
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.utils import translation

from articles import demo
from articles.models import Article, State
from tests.factories import at, section

from .command import import_archive, look

KNOWN = ("--section", "kinh-te", "--title", "Chỗ dựa", "--published", "22/11/2010")
SAMPLE = Path(demo.__file__).parent / "sample-page" / "page.txt"
NEWS = "(ĐC) - Tin số {}: sáng 13/9, bà con hai bản cùng đi trên cây cầu mới qua suối.\n\nCầu dài bốn mươi mét."
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    for number in range(3):
        (tmp_path / f"sub{number}").mkdir()
        (tmp_path / f"sub{number}" / f"tin-{number}.txt").write_text(NEWS.format(number))
    (tmp_path / "hong.html").write_bytes(b"\x00\x01\x02 broken")
    (tmp_path / "ghi-chu.docx").write_bytes(b"no page")
    return tmp_path


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def below(folder):
    return [f"{folder.name}/{name}" for name in ("hong.html", "sub0/tin-0.txt", "sub1/tin-1.txt", "sub2/tin-2.txt")]


def test_a_folder_is_read_to_the_end_and_its_broken_file_named(folder):
    answer = import_archive(folder)
    assert Article.objects.count() == 3
    assert [line.split(":")[0] for line in answer.lines[:-1]] == below(folder)
    assert "3" in answer.lines[-1]
    assert answer.failure


def test_a_second_run_changes_nothing(folder):
    import_archive(folder)
    (folder / "hong.html").unlink()
    answer = import_archive(folder, "--json")
    assert [said["outcome"] for said in answer.objects] == ["skipped"] * 3
    assert (Article.objects.count(), answer.failure) == (3, "")


def test_a_dry_run_writes_nothing_and_foresees_the_outcome(folder):
    assert [said["outcome"] for said in look(folder)] == ["failed", "created", "created", "created"]
    assert not Article.objects.exists()
    import_archive(folder)
    assert [said["outcome"] for said in look(folder)] == ["failed", "skipped", "skipped", "skipped"]


def test_with_json_every_line_of_the_output_is_an_object(folder):
    answer = import_archive(folder, "--json")
    assert [json.loads(line)["source"] for line in answer.lines] == below(folder)
    assert "Tin số 0" in answer.lines[1]


def test_a_large_folder_shows_its_progress_beside_the_answers(tmp_path):
    for number in range(201):
        (tmp_path / f"{number}.txt").write_text(NEWS.format(number))
    answer = import_archive(tmp_path, "--dry-run", "--json")
    assert len(answer.lines) == 201
    assert [line.split("/")[0] for line in answer.errors.splitlines()[:2]] == ["100", "200"]


def test_title_section_and_time_complete_a_page():
    section("Kinh tế")
    answer = import_archive(
        SAMPLE, "--section", "Kinh tế", "--title", "Chỗ dựa", "--published", "22/11/2010 08:30", "--json"
    )
    [said] = answer.objects
    assert (said["title"], said["published_at"], said["missing"]) == ("Chỗ dựa", "2010-11-22T08:30:00+07:00", ["photo"])
    assert Article.objects.published().get().title == "Chỗ dựa"


@pytest.mark.parametrize("arguments", [
    ("--section", "khong-co"), ("--published", "0000-01-01"), ("--published", "9999-99-99"), ("--published", ""),
    ("--published", "hôm qua"), ("--published", "2199-12-31"), ("--title", ""), ("--title", "x" * 251),
    ("--title", " \u200b "),
])  # fmt: skip
def test_a_bad_argument_ends_the_run_before_the_first_file(arguments):
    answer = import_archive(SAMPLE, *arguments)
    assert answer.failure
    assert (answer.lines, Article.objects.count()) == ([], 0)


def test_one_title_is_not_given_to_two_pages(folder):
    assert "--title" in import_archive(folder, "--title", "Một tít").failure
    assert not Article.objects.exists()


def test_a_folder_without_pages_is_an_error(tmp_path):
    assert tmp_path.name in import_archive(tmp_path).failure


def test_a_missing_path_does_not_stop_the_others(tmp_path):
    answer = import_archive(tmp_path / "khong-co.txt", tmp_path / ("x" * 300), SAMPLE, "--json")
    assert [said["outcome"] for said in answer.objects] == ["failed", "failed", "created"]
    assert answer.failure


def test_a_pipe_named_as_a_page_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "ong.txt")
    [said] = look(tmp_path / "ong.txt")
    assert (said["outcome"], said["source"]) == ("failed", "ong.txt")


def test_a_file_name_that_is_no_utf8_is_shown_all_the_same(tmp_path):
    path = os.fsencode(tmp_path) + b"/tin-\xff.txt"
    Path(os.fsdecode(path)).write_text(NEWS.format(1))
    [said] = import_archive(tmp_path, "--json").objects
    assert (said["source"], said["outcome"]) == (f"{tmp_path.name}/tin-\ufffd.txt", "created")


def test_the_format_may_be_forced(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("<p>" + NEWS.format(1) + "</p>")
    [said] = look(page, "--format", "text")
    assert said["lede"].startswith("<p>")


def test_a_dry_run_says_what_would_happen(folder, english):
    answer = import_archive(folder, "--dry-run")
    assert "would fail" in answer.lines[0]
    assert all("would be created" in line for line in answer.lines[1:4])
    assert answer.lines[4] == ("Dry run, nothing was written: 3 would be created, 0 updated, 0 skipped, 1 would fail.")
    import_archive(folder)
    assert all("would be skipped" in line for line in import_archive(folder, "--dry-run").lines[1:4])


def test_a_run_that_writes_is_not_marked_as_dry(folder, english):
    answer = import_archive(folder)
    assert "would" not in "".join(answer.lines)
    assert answer.lines[4] == "3 created, 0 updated, 0 skipped, 1 failed."


def test_a_complete_article_lacks_only_what_the_stored_one_lacks(english):
    section("Kinh tế")
    import_archive(SAMPLE, *KNOWN)
    article = Article.objects.get()
    [said] = import_archive(SAMPLE, "--json").objects
    assert (said["outcome"], said["article"], said["missing"]) == ("skipped", article.pk, ["photo"])
    line = import_archive(SAMPLE).lines[0]
    assert f"skipped · article {article.pk} · dated 22/11/2010 · missing: picture · " in line
    assert "Not used" not in line


def test_what_the_desk_has_emptied_is_named_as_missing():
    import_archive(SAMPLE)
    Article.objects.update(lede="", title="Tít của tòa soạn")
    [said] = import_archive(SAMPLE, "--json").objects
    assert said["missing"] == ["lede", "published_at", "section", "photo"]


def test_a_deleted_draft_lacks_nothing_and_has_no_number():
    import_archive(SAMPLE)
    Article.objects.get().delete()
    [said] = import_archive(SAMPLE, "--json").objects
    assert (said["outcome"], said["article"], said["missing"]) == ("skipped", None, [])


def test_given_facts_that_a_complete_article_has_are_named_as_not_used(english):
    section("Kinh tế")
    import_archive(SAMPLE, *KNOWN)
    [said] = import_archive(SAMPLE, "--title", "Tít khác", "--published", "23/11/2010", "--json").objects
    assert said["outcome"] == "skipped"
    assert "Not used, because the article has its own: --title, --published." in said["reason"]
    assert Article.objects.get().title == "Chỗ dựa"


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)], ids=["run", "dry run"])
def test_an_article_filled_up_takes_only_the_facts_it_lacked(english, dry_run):
    section("Kinh tế")
    import_archive(SAMPLE)
    Article.objects.update(title="Tít của tòa soạn")
    [said] = import_archive(SAMPLE, *KNOWN, "--json", *dry_run).objects
    assert (said["outcome"], said["missing"]) == ("updated", ["photo"])
    assert said["reason"] == "Not used, because the article has its own: --title."
    assert Article.objects.get().state == State.DRAFT


def test_a_created_article_is_named_by_its_number_and_takes_all_that_is_given(english):
    section("Kinh tế")
    line = import_archive(SAMPLE, *KNOWN).lines[0]
    assert line == f"{SAMPLE}: created · article {Article.objects.get().pk} · dated 22/11/2010 · missing: picture"


def test_a_file_is_named_as_typed_to_people_and_by_its_name_in_json(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert import_archive("./sub0/tin-0.txt", "--dry-run").lines[0].startswith("./sub0/tin-0.txt: ")
    assert look("./sub0/tin-0.txt")[0]["source"] == "tin-0.txt"


@pytest.mark.parametrize(("typed", "source"), [("sub0/", "sub0/tin-0.txt"), ("./sub0", "sub0/tin-0.txt")])
def test_a_page_below_a_folder_is_named_from_that_folder_on(folder, monkeypatch, typed, source):
    monkeypatch.chdir(folder)
    assert look(typed)[0]["source"] == source


def test_a_missing_path_is_named_as_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = import_archive("./sub//khong-co.txt")
    assert answer.lines[0].startswith("./sub//khong-co.txt: ")
    assert look("./sub//khong-co.txt")[0]["source"] == "./sub//khong-co.txt"


def test_a_page_named_twice_is_imported_once(folder):
    page = folder / "sub0" / "tin-0.txt"
    assert [said["outcome"] for said in look(page, folder / "sub0", page)] == ["created"]


def test_a_time_in_the_future_is_refused_one_that_has_come_is_not(clock, english):
    clock(at("2026-03-01 09:00"))
    assert "future" in import_archive(SAMPLE, "--published", "01/03/2026 09:01").failure
    assert not Article.objects.exists()
    assert import_archive(SAMPLE, "--published", "01/03/2026 09:00").failure == ""


def test_a_day_without_a_time_begins_at_midnight_in_vietnam_and_shows_no_time(english):
    assert look(SAMPLE, "--published", "22/11/2010")[0]["published_at"] == "2010-11-22T00:00:00+07:00"
    assert "dated 22/11/2010 · " in import_archive(SAMPLE, "--published", "2010-11-22", "--dry-run").lines[0]
    assert "dated 22/11/2010 08:30 · " in import_archive(SAMPLE, "--published", "2010-11-22T01:30Z").lines[0]


def test_the_help_of_the_arguments_speaks_the_users_language(monkeypatch):
    monkeypatch.setattr("django.utils.translation._trans.gettext", lambda text: f"«{text}»")
    command = load_command_class(get_commands()["import_archive"], "import_archive")
    assert command.create_parser("manage.py", "import_archive").format_help().count("«") == 6


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "ngoai.txt").write_text(NEWS.format(1))
    (tmp_path / "luu").mkdir()
    (tmp_path / "luu" / "trang.txt").symlink_to(tmp_path / "ngoai.txt")
    (answer,) = look(tmp_path / "luu")
    assert answer["outcome"] == "failed"
