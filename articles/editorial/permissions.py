"""Who may do what with one article, as named predicates. The set rule stands beside each row rule, and tests hold them
together; the matrix of roles, actions and objects is tests/data/rights.toml.

Design notes
- Rights are Django's permissions, given to roles (roles.py); where they reach is decided here, by section and state.
- A section with named editors (its own, else its parent's) is edited by these and by nobody else of that rank; a
  section without any is open to every editor. Who approves or publishes works in every section.
- Four eyes: where a section asks for it, nobody approves or publishes what they wrote. The shell (user None) is not
  asked: it has its own door.
- Each question about sections is one query for a person, kept on the user object for the length of a request.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q

from articles.models import Article, Category, GalleryPhoto, PhotoUse, State, Topic
from articles.models.photo_use import in_working_versions

RANKS = ["articles.jump_article", "articles.publish_article", "articles.edit_article", "articles.change_article"]


# What a person may do somewhere


def can_edit(user):
    """Take, edit, return and pass on what others wrote."""
    return user.is_active and user.has_perm("articles.edit_article")


def can_approve(user):
    return user.is_active and user.has_perm("articles.approve_article")


def can_publish(user):
    """Publish, schedule, change what readers see (an English version too), withdraw, correct in public."""
    return user.is_active and user.has_perm("articles.publish_article")


def can_jump(user):
    """Publish from any state: the hot story."""
    return can_publish(user) and user.has_perm("articles.jump_article")


def can_see_daybook(user):
    """See what each person and section published, and take lists home as a file."""
    return user.is_active and user.has_perm("articles.view_daybook")


def rank(user):
    """Of two people at one article the higher may take the pen; 0 for who may write nothing."""
    return next((len(RANKS) - place for place, right in enumerate(RANKS) if user.has_perm(right)), 0)


# Sections


def works_in(user, category):
    """Whether an editor works on the articles of a section (None: an article that has none yet)."""
    return category is None or category.pk not in _closed_sections(user)


def possible_editors():
    """Who may be named an editor of a section: who may edit, and whoever is named already."""
    User = get_user_model()
    able = User.objects.with_perm("articles.edit_article", backend="django.contrib.auth.backends.ModelBackend")
    named = User.objects.filter(edited_sections__isnull=False)
    found = User.objects.filter(Q(pk__in=able.values("pk")) | Q(pk__in=named.values("pk")))
    return found.order_by("-is_active", "username")


def _closed_sections(user):
    """The ids of the sections whose named editors this person is not among; none for who approves or publishes."""
    if can_approve(user) or can_publish(user):
        return frozenset()
    if not hasattr(user, "_closed_sections"):
        named, parents = {}, {}
        for pk, parent, editor in Category.objects.order_by().values_list("pk", "parent_id", "editors"):
            parents[pk] = parent
            named.setdefault(pk, set()).update({editor} - {None})
        closed = (pk for pk, parent in parents.items() if user.pk not in (named[pk] or named.get(parent) or {user.pk}))
        user._closed_sections = frozenset(closed)
    return user._closed_sections


# One article


def is_own(user, article):
    return article.created_by_id is not None and article.created_by_id == user.pk


def can_see(user, article):
    """Own articles, what readers have seen, and what lies in a section where the person edits.

    A photo editor sees what is in work, to illustrate it.
    """
    if article.state == State.TRASHED or not (user.is_active and user.has_perm("articles.view_article")):
        return False
    return article.was_public() or _works_on(user, article)


def _works_on(user, article):
    """Whether the person sees an article also before readers do."""
    return is_own(user, article) or _sees_all(user) or (can_edit(user) and works_in(user, article.category))


def visible_to(user):
    """The articles for which `can_see` holds."""
    if not (user.is_active and user.has_perm("articles.view_article")):
        return Article.objects.none()
    return _worked_on_by(user, Article.objects.once_public()).exclude(state=State.TRASHED)


def _worked_on_by(user, others):
    """The articles for which `_works_on` holds, and others."""
    if _sees_all(user):
        return Article.objects.all()
    own = Article.objects.filter(created_by=user) | others
    if not can_edit(user):
        return own
    closed = _closed_sections(user)
    return own | (Article.objects.exclude(category__in=closed) if closed else Article.objects.all())


def _sees_all(user):
    return can_publish(user) or can_approve(user) or user.has_perm("articles.illustrate_article")


def can_change(user, article):
    """Save a version: a reporter the own draft, an editor what is in an editor's hands, who publishes everything."""
    if article.state == State.TRASHED or not (user.is_active and user.has_perm("articles.change_article")):
        return False
    if can_publish(user):
        return True
    if article.state == State.DRAFT and is_own(user, article):
        return True
    if not (can_edit(user) and works_in(user, article.category)):
        return False
    if article.state in {State.REVIEW, State.APPROVED}:
        return can_approve(user)
    return True


def can_look_back(user, article):
    """The history of an article and its comparisons: for who writes it, and for its author on the way."""
    return can_change(user, article) or is_own(user, article)


def can_see_versions(user, article):
    """What readers do not see of an article: its working version and the earlier ones."""
    return can_see(user, article) and _works_on(user, article)


def can_note(user, article):
    """Read and write internal notes: the desk of the article; what is public is not yet everybody's affair."""
    return can_see_versions(user, article)


def can_share(user, article):
    """Show a version to an outsider by a secret link, and take the link back."""
    return can_change(user, article)


def can_copy(user, article):
    return can_see(user, article) and user.has_perm("articles.add_article")


def can_move_to(user, article, category):
    """Whether the person may put an article into a section: a reporter proposes, an editor stays in the own sections.

    Where the article is now counts too: nobody takes it out of a section in which they do not work.
    """
    if not can_edit(user):
        return can_change(user, article)
    return works_in(user, category) and (article.pk is None or can_change(user, article))


def can_delete(user, article):
    """Move to the trash. Nothing that was ever public is deleted: it is withdrawn, and keeps its text."""
    return article.state == State.DRAFT and can_change(user, article) and user.has_perm("articles.delete_article")


def can_recover(user, article):
    """Take out of the trash: whoever may delete, of what they work on."""
    may = user.is_active and user.has_perm("articles.delete_article")
    return may and article.state == State.TRASHED and _works_on(user, article)


def recoverable_by(user):
    """The articles for which `can_recover` holds."""
    if not (user.is_active and user.has_perm("articles.delete_article")):
        return Article.objects.none()
    return _worked_on_by(user, Article.objects.none()).trashed()


# The steps of the route: each asks the right and the state it starts from


def can_submit(user, article):
    return article.state == State.DRAFT and can_change(user, article)


def can_recall(user, article):
    """Who sent it takes it back while nobody has it in hand."""
    return article.state == State.SUBMITTED and is_own(user, article) and user.has_perm("articles.change_article")


def can_take(user, article):
    """Into editing: what was sent, and what a colleague edits (then it changes hands)."""
    if article.state not in {State.SUBMITTED, State.EDITING} or article.handler_id == user.pk:
        return False
    return can_edit(user) and works_in(user, article.category)


def can_return(user, article):
    if article.state in {State.SUBMITTED, State.EDITING}:
        return can_edit(user) and works_in(user, article.category)
    return article.state in {State.REVIEW, State.APPROVED} and can_approve(user)


def can_pass(user, article):
    """Send for approval; who approves may do so from any state before it: the hot story jumps the editor's desk."""
    if article.state == State.EDITING:
        return can_edit(user) and works_in(user, article.category)
    return article.state in {State.DRAFT, State.SUBMITTED} and can_approve(user)


def can_approve_article(user, article):
    return article.state == State.REVIEW and can_approve(user) and not needs_other_eyes(user, article)


def can_publish_article(user, article):
    """Publish or schedule, and publish again what was withdrawn."""
    if article.state in {State.PUBLISHED, State.TRASHED} or not can_publish(user) or needs_other_eyes(user, article):
        return False
    return article.state in {State.APPROVED, State.WITHDRAWN} or can_jump(user)


def can_update_live(user, article):
    """Make a working version what readers see."""
    return article.state == State.PUBLISHED and can_publish(user) and not needs_other_eyes(user, article)


def can_withdraw(user, article):
    return article.state == State.PUBLISHED and can_publish(user)


def needs_other_eyes(user, article):
    """Four eyes: the section demands that another than the writer decides."""
    return is_own(user, article) and article.category is not None and article.category.four_eyes


# Photos


def can_change_photo(user, photo):
    """Who edits or keeps the library changes every photo; a reporter the own ones, until readers may know them."""
    if not user.has_perm("articles.change_photo"):
        return False
    if can_edit(user) or can_keep_library(user):
        return True
    return photo.created_by_id == user.pk and not _shows_beyond_drafts(photo)


def can_keep_library(user):
    """Correct, credit and sort what others brought in."""
    return user.is_active and user.has_perm("articles.illustrate_article")


def can_delete_photo(user, photo):
    """What readers were shown stays, and what a version waiting to be live shows; a picture of drafts only may go."""
    if not user.has_perm("articles.delete_photo") or _shows_beyond_drafts(photo):
        return False
    return not in_working_versions(photo)


def _shows_beyond_drafts(photo):
    """Whether readers may have seen the photo: with an article that left the draft, a topic, a page of ours."""
    left_the_draft = Article.objects.exclude(state=State.DRAFT)
    shown = [
        left_the_draft.filter(photo=photo),
        GalleryPhoto.objects.filter(photo=photo, article__in=left_the_draft),
        Topic.objects.filter(photo=photo),
        PhotoUse.objects.filter(photo=photo, article__in=left_the_draft),
        PhotoUse.objects.filter(photo=photo, text=PhotoUse.Text.PAGE),
    ]
    return any(found.exists() for found in shown)


# Planning


def can_plan_for_all(user):
    """Change every assignment: whoever edits, or keeps the photographers' work."""
    return user.is_active and user.has_perm("articles.change_assignment") and (can_edit(user) or can_keep_library(user))


def can_change_assignment(user, assignment):
    """All of the desk see the plan; a reporter changes what is the own: given to the person, or entered by them."""
    if not (user.is_active and user.has_perm("articles.change_assignment")):
        return False
    own = {assignment.created_by_id, assignment.person_id, assignment.photographer_id}
    return can_plan_for_all(user) or user.pk in own


def can_begin_story(user, assignment):
    """Write the article that an assignment asks for."""
    return user.has_perm("articles.add_article") and can_change_assignment(user, assignment)


# People


def can_grant(user, group):
    """Nobody gives away what they do not hold themselves."""
    if user.is_superuser:
        return True
    rights = {f"{right.content_type.app_label}.{right.codename}" for right in group.permissions.all()}
    return user.is_active and user.has_perm("auth.change_user") and user.has_perms(rights)


def can_manage(user, other):
    """Change an account: one that holds no right which the manager lacks. Nobody raises themselves or a superuser.

    Of an account that is switched off what it would hold counts: it could be switched on again.
    """
    if user.is_superuser:
        return True
    if other.is_superuser or not (user.is_active and user.has_perm("auth.change_user")):
        return False
    held = Permission.objects.filter(Q(group__user=other) | Q(user=other)).values_list(
        "content_type__app_label", "codename"
    )
    return {f"{app}.{codename}" for app, codename in held} <= user.get_all_permissions()
