import json
import os
from pathlib import Path

import pytest

from articles import demo
from articles.models import Article
from tests.factories import section

from .command import import_archive, look

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


def test_a_folder_is_read_to_the_end_and_its_broken_file_named(folder):
    answer = import_archive(folder)
    assert Article.objects.count() == 3
    assert [line.split(":")[0] for line in answer.lines[:-1]] == ["hong.html", "tin-0.txt", "tin-1.txt", "tin-2.txt"]
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
    assert [json.loads(line)["source"] for line in answer.lines] == ["hong.html", "tin-0.txt", "tin-1.txt", "tin-2.txt"]
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
    ("--published", "hôm qua"), ("--title", ""), ("--title", "x" * 251), ("--title", " \u200b "),
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
    assert (said["source"], said["outcome"]) == ("tin-\ufffd.txt", "created")


def test_the_format_may_be_forced(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("<p>" + NEWS.format(1) + "</p>")
    [said] = look(page, "--format", "text")
    assert said["lede"].startswith("<p>")
