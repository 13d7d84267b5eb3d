"""Who may do what with one article. The set rule stands beside each row rule, and one test holds them together."""

from articles.models import Article, EnglishVersion, GalleryPhoto, LiveUpdate, State, StaticPage, Topic


def can_publish(user):
    """Publish, schedule and withdraw."""
    return user.is_active and user.has_perm("articles.publish_article")


def can_change(user, article):
    """An editor changes every article, a reporter the own drafts."""
    if not user.has_perm("articles.change_article"):
        return False
    return can_publish(user) or (article.state == State.DRAFT and article.created_by_id == user.pk)


def can_see(user, article):
    """An editor sees every article, a reporter the own and what readers have seen."""
    if not user.has_perm("articles.view_article"):
        return False
    return can_publish(user) or article.created_by_id == user.pk or article.was_public()


def visible_to(user):
    """The articles for which `can_see` holds."""
    if not user.has_perm("articles.view_article"):
        return Article.objects.none()
    if can_publish(user):
        return Article.objects.all()
    return Article.objects.filter(created_by=user) | Article.objects.once_public()


def can_delete(user, article):
    """Nothing that was ever public is deleted: it is withdrawn, and keeps its text."""
    return article.state == State.DRAFT and can_change(user, article) and user.has_perm("articles.delete_article")


def can_change_photo(user, photo):
    """A publisher changes every photo; a reporter the own ones, until an article that left the draft shows them."""
    if not user.has_perm("articles.change_photo"):
        return False
    return can_publish(user) or (photo.created_by_id == user.pk and not _shows_beyond_drafts(photo))


def can_delete_photo(user, photo):
    """What readers were shown stays; a picture of drafts only may go."""
    return user.has_perm("articles.delete_photo") and not _shows_beyond_drafts(photo)


def _shows_beyond_drafts(photo):
    """Whether readers may have seen the photo: with an article that left the draft, a topic, a page of ours."""
    left_the_draft = Article.objects.exclude(state=State.DRAFT)
    shown = [  # first: these have an index
        left_the_draft.filter(photo=photo),
        GalleryPhoto.objects.filter(photo=photo, article__in=left_the_draft),
        Topic.objects.filter(photo=photo),
    ]
    if any(found.exists() for found in shown):
        return True
    folder = photo.master.rpartition("/")[0]  # of this photo alone, and part of the address of each of its files
    parts = [model.objects.filter(article__in=left_the_draft) for model in (LiveUpdate, EnglishVersion)]
    texts = [left_the_draft, *parts, StaticPage.objects.all()]
    return bool(folder) and any(found.filter(body__contains=f"/{folder}/").exists() for found in texts)
