"""Three versions into one: nothing that anybody wrote is lost, and nothing is decided by the machine."""

import random

import pytest

from articles.editorial import merge

BASE = {
    "title": "Cũ", "lede": "Cũ", "body": "<p>Một.</p>\n<p>Hai.</p>\n<p>Ba.</p>", "topics": [1, 2],
    "links": [{"target": 1, "title": "", "url": "", "teaser": ""}],
}  # fmt: skip


def body(*paragraphs):
    return "\n".join(f"<p>{text}</p>" for text in paragraphs)


def merged(mine=None, theirs=None, choices=None, base=BASE):
    return merge.merge(base, {**base, **(mine or {})}, {**base, **(theirs or {})}, choices)


def test_where_one_side_changed_that_side_is_taken():
    found = merged({"title": "Của tôi"}, {"lede": "Của Lan"})
    assert (found.document["title"], found.document["lede"], found.conflicts) == ("Của tôi", "Của Lan", [])


def test_the_same_change_on_both_sides_is_made_once():
    found = merged({"body": body("Một.", "Hai, sửa.", "Ba.")}, {"body": body("Một.", "Hai, sửa.", "Ba.")})
    assert found.document["body"] == body("Một.", "Hai, sửa.", "Ba.")
    assert not found.conflicts


def test_two_values_for_one_field_are_a_conflict_and_mine_stays_in_the_form():
    found = merged({"title": "Của tôi"}, {"title": "Của Lan"})
    (conflict,) = found.conflicts
    assert (conflict.name, conflict.mine, conflict.theirs, conflict.base) == ("title", "Của tôi", "Của Lan", "Cũ")
    assert found.document["title"] == "Của tôi"


def test_paragraphs_that_follow_each_other_are_different_places():
    found = merged({"body": body("Một, tôi.", "Hai.", "Ba.")}, {"body": body("Một.", "Hai, Lan.", "Ba.")})
    assert found.document["body"] == body("Một, tôi.", "Hai, Lan.", "Ba.")
    assert not found.conflicts


def test_one_adds_above_and_the_other_below():
    mine, theirs = body("Không.", "Một.", "Hai.", "Ba."), body("Một.", "Hai.", "Ba.", "Bốn.")
    found = merged({"body": mine}, {"body": theirs})
    assert found.document["body"] == body("Không.", "Một.", "Hai.", "Ba.", "Bốn.")
    assert not found.conflicts


def test_both_rewrite_one_paragraph():
    mine, theirs = body("Một.", "Hai, tôi.", "Ba."), body("Một.", "Hai, Lan.", "Ba.")
    (conflict,) = merged({"body": mine}, {"body": theirs}).conflicts
    assert (conflict.mine, conflict.theirs) == (["<p>Hai, tôi.</p>"], ["<p>Hai, Lan.</p>"])


def test_one_deletes_what_the_other_rewrites():
    (conflict,) = merged({"body": body("Một.", "Ba.")}, {"body": body("Một.", "Hai, Lan.", "Ba.")}).conflicts
    assert (conflict.mine, conflict.theirs) == ([], ["<p>Hai, Lan.</p>"])


@pytest.mark.parametrize(
    ("choice", "words"),
    [("mine", ["Hai, tôi."]), ("theirs", ["Hai, Lan."]), ("both", ["Hai, Lan.", "Hai, tôi."])],
)
def test_a_decision_settles_the_place(choice, words):
    sides = {"body": body("Một.", "Hai, tôi.", "Ba.")}, {"body": body("Một.", "Hai, Lan.", "Ba.")}
    (conflict,) = merged(*sides).conflicts
    found = merged(*sides, choices={conflict.key: choice})
    assert found.document["body"] == body("Một.", *words, "Ba.")
    assert not found.conflicts


def test_a_made_up_decision_settles_nothing():
    sides = {"title": "Của tôi"}, {"title": "Của Lan"}
    (conflict,) = merged(*sides).conflicts
    assert merged(*sides, choices={conflict.key: "xoá hết", "khác": "mine"}).conflicts


def test_topics_are_a_set():
    found = merged({"topics": [1, 3]}, {"topics": [1, 2, 4]})
    assert found.document["topics"] == [1, 3, 4]
    assert not found.conflicts


def test_rows_are_merged_row_by_row():
    other = {"target": 2, "title": "", "url": "", "teaser": ""}
    first = {"target": 3, "title": "", "url": "", "teaser": ""}
    found = merged({"links": [*BASE["links"], other]}, {"links": [first, *BASE["links"]]})
    assert [row["target"] for row in found.document["links"]] == [3, 1, 2]


def test_what_the_form_does_not_have_stays_as_the_colleague_left_it():
    found = merge.merge(BASE, {"title": "Của tôi"}, {**BASE, "lede": "Của Lan", "slug": "duong"})
    assert found.document["slug"] == "duong"
    assert (found.document["title"], found.document["lede"]) == ("Của tôi", "Của Lan")


@pytest.mark.parametrize("seed", range(40))
def test_every_word_of_both_sides_is_in_the_text_or_in_a_conflict(seed):
    dice = random.Random(seed)  # noqa: S311 (a test's dice)
    paragraphs = [f"Đoạn {number}." for number in range(12)]

    def edited(person):
        text, words = list(paragraphs), []
        for number in range(dice.randrange(1, 6)):
            word, place = f"{person}{number}", dice.randrange(len(text))
            words.append(word)
            if dice.random() < 0.5:
                text[place] = f"{text[place]} {word}"
            else:
                text.insert(place, word)
        return body(*text), words

    (mine, my_words), (theirs, their_words) = edited("tôi"), edited("lan")
    found = merged({"body": mine}, {"body": theirs}, base={"body": body(*paragraphs)})
    conflicts = " ".join(" ".join([*one.mine, *one.theirs]) for one in found.conflicts)
    for word in [*my_words, *their_words]:
        assert word in found.document["body"] or word in conflicts
    if not found.conflicts:
        assert all(word in found.document["body"] for word in [*my_words, *their_words])
