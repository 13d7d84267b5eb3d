"""Who may do what with one article. The set rule stands beside each row rule, and one test holds them together."""

from django.db.models import Q

from articles.models import Article, State


def can_publish(user):
    """Publish, schedule and withdraw."""
    return user.is_active and user.has_perm("articles.publish_article")


def can_change(user, article):
    """An editor changes every article, a reporter the own drafts."""
    if not user.has_perm("articles.change_article"):
        return False
    return can_publish(user) or (article.state == State.DRAFT and article.created_by_id == user.pk)


def can_see(user, article):
    """An editor sees every article, a reporter the own and what has left the draft."""
    if not user.has_perm("articles.view_article"):
        return False
    return can_publish(user) or article.created_by_id == user.pk or article.was_public


def visible_to(user):
    """The articles for which `can_see` holds."""
    if not user.has_perm("articles.view_article"):
        return Article.objects.none()
    if can_publish(user):
        return Article.objects.all()
    return Article.objects.filter(Q(created_by=user) | ~Q(state=State.DRAFT))


def can_delete(user, article):
    """Nothing that was ever public is deleted: it is withdrawn, and keeps its text."""
    return not article.was_public and can_change(user, article) and user.has_perm("articles.delete_article")
