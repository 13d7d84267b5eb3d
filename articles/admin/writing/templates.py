"""Templates of routine pieces: their own screen, and what a new article takes from one."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy

from articles import days
from articles.admin.body import BodyFormMixin
from articles.admin.editable import EditableListMixin
from articles.admin.search import ChosenMixin, CleanLookupsMixin, is_pk
from articles.admin.trail import TrailMixin
from articles.models import StoryTemplate


class StoryTemplateForm(BodyFormMixin, forms.ModelForm):
    class Meta:
        model = StoryTemplate
        fields = ["name", "title", "lede", "body", "category", "genre", "order"]
        widgets = {"lede": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": gettext_lazy("{thứ}, {ngày} and {tháng} become the weekday, the date and the month of that day."),
        }


@admin.register(StoryTemplate)
class StoryTemplateAdmin(TrailMixin, CleanLookupsMixin, ChosenMixin, EditableListMixin, admin.ModelAdmin):
    form = StoryTemplateForm
    list_display = ["name", "title", "category", "genre", "order"]
    list_editable = ["order"]
    list_select_related = ["category"]
    list_per_page = 100
    autocomplete_fields = ["category"]
    fields = ["name", "title", "lede", "body", "category", "genre", "order"]
    actions = None

    class Media:
        js = ["js/editor.js"]


def choices(user):
    """The templates among which who begins an article may choose."""
    return StoryTemplate.objects.defer("body") if user.has_perm("articles.view_storytemplate") else []


def initial(request):
    """What a new article begins with: nothing, or the template of the address filled in for today."""
    chosen = request.GET.get("template", "")
    if not is_pk(chosen) or not request.user.has_perm("articles.view_storytemplate"):
        return {}
    template = StoryTemplate.objects.filter(pk=chosen).first()
    return template.filled(days.today()) if template else {}
