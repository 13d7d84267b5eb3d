from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
    pre_migrate,
    pre_save,
)
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self):
        from . import checks, receivers  # noqa: PLC0415, F401 (models and checks exist only from here on)
        from .pagecache import signals  # noqa: PLC0415

        post_save.connect(receivers.tie_waiting_links, sender="articles.Article")
        post_save.connect(receivers.tie_waiting_links, sender="articles.RelatedLink")
        post_save.connect(receivers.redirect_imported, sender="articles.ImportedSource")
        post_save.connect(receivers.owe_receipt, sender="articles.Transition")
        for noun in ("Category", "Author", "Topic", "StaticPage"):
            pre_save.connect(receivers.note_address, sender=f"articles.{noun}")
            post_save.connect(receivers.redirect_address, sender=f"articles.{noun}")
        for text in ("Article", "LiveUpdate", "EnglishVersion", "StaticPage"):
            pre_save.connect(receivers.follow_photos, sender=f"articles.{text}")
            post_save.connect(receivers.note_photos, sender=f"articles.{text}")
            post_delete.connect(receivers.forget_photos, sender=f"articles.{text}")
        for searched in ("Article", "Byline", "GalleryPhoto", "LiveUpdate", "PhotoUse"):
            post_save.connect(receivers.index_changed, sender=f"articles.{searched}")
            post_delete.connect(receivers.index_changed, sender=f"articles.{searched}")
        pre_delete.connect(receivers.unindex, sender="articles.SearchDocument")
        post_save.connect(receivers.index_photo, sender="articles.Photo")
        pre_delete.connect(receivers.index_photo, sender="articles.Photo")
        m2m_changed.connect(receivers.index_tied, sender=self.get_model("Article").topics.through)
        signals.connect()
        pre_migrate.connect(receivers.wait_briefly_for_locks, sender=self)
        post_migrate.connect(receivers.wait_as_before, sender=self)
        post_migrate.connect(receivers.create_roles, sender=self)
        post_migrate.connect(receivers.install_triggers, sender=self)
        post_migrate.connect(receivers.install_search, sender=self)
        pre_save.connect(receivers.check_name, sender="auth.User")
        post_save.connect(receivers.end_sessions, sender="auth.User")
        user_logged_in.connect(receivers.note_sign_in)
        user_login_failed.connect(receivers.note_failed_sign_in)
        user_logged_out.connect(receivers.note_sign_out)


class DeskConfig(AdminConfig):
    """Django's admin with our site class, named as a newsroom names its desk."""

    default_site = "articles.desk.DeskSite"
