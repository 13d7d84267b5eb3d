"""The judged searches: the small corpus, and each query as what is asked of the engine."""

import tomllib
from pathlib import Path

from articles import search
from articles.models import Author, Category
from tests import factories

JUDGED = tomllib.loads((Path(__file__).parent.parent / "data" / "search" / "judged.toml").read_text(encoding="utf-8"))
QUERIES = JUDGED["query"]


def corpus():
    """{key: article} of the small corpus, published and indexed."""
    made = {}
    for plan in JUDGED["article"]:
        fields = {name: plan[name] for name in ("title", "lede") if name in plan}
        fields |= {"body": f"<p>{plan['body']}</p>", "genre": plan.get("genre", "news")}
        if "caption" in plan:
            fields["photo"] = factories.photo_without_files(caption=plan["caption"])
        article = factories.published(
            plan["when"], category=factories.section(plan.get("section", "Đời sống")), **fields
        )
        if "author" in plan:
            factories.signed(article, plan["author"])
        made[plan["key"]] = article
    return made


def asked(query):
    fields = {"genre": query.get("genre", "")}
    if "section" in query:
        fields["sections"] = (Category.objects.get(name=query["section"]).pk,)
    if "author" in query:
        fields["authors"] = (Author.objects.get(name=query["author"]).pk,)
    fields |= {name: factories.at(query[name]) for name in ("since", "until") if name in query}
    flags = {"is_typing": query.get("typing", False), "is_newest_first": query.get("newest", False)}
    return search.Asked(text=query["q"], **fields, **flags)


def judge(query, answer):
    """Whether an answer, names in their order, is what was judged right."""
    if "finds" in query:
        assert answer == query["finds"]
    if "first" in query:
        assert answer[: len(query["first"])] == query["first"]
    if "holds" in query:
        assert set(query["holds"]) <= set(answer[:10])
