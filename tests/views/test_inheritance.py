"""Pages inside a frame: `{% extends %}` finds the frame's blocks once, and shows what Django's own would."""

from django.template import Context, Engine, base

FILES = {
    "frame": "<{% block title %}Báo{% endblock %}|{% if wide %}{% block side %}bên{% endblock %}{% endif %}>",
    "list": '{% extends "frame" %}{% block title %}{{ block.super }}, {% block of %}tin{% endblock %}{% endblock %}',
    "page": '{% extends "list" %}{% block of %}{{ name }}{% endblock %}',
}


def engine(*builtins):
    kept = ("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", FILES)])
    return Engine(loaders=[kept], builtins=list(builtins))


def written(made_by):
    return [
        made_by.get_template(name).render(Context({"name": "Hà Thu", "wide": wide}))
        for name in ("frame", "list", "page", "page")
        for wide in (True, False)
    ]


def test_it_writes_what_djangos_own_writes():
    ours = written(engine("articles.templatetags.inheritance"))
    assert ours == written(engine())
    assert ours[-1] == "<Báo, Hà Thu|>"


def test_the_blocks_of_a_frame_are_looked_for_once(monkeypatch):
    made_by = engine("articles.templatetags.inheritance")
    first = written(made_by)
    monkeypatch.setattr(base.NodeList, "get_nodes_by_type", None)
    assert written(made_by) == first
