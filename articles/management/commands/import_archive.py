from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_lazy as _

from articles.importers import FORMATS, ImportRefused, report, run


class Command(BaseCommand):
    help = "Imports old pages, text or HTML, files or folders, as articles."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help=_("pages, or folders with pages"))
        parser.add_argument("--format", choices=FORMATS, default="auto")
        parser.add_argument("--section", help=_("slug or name; overrules what the pages say"))
        parser.add_argument("--title", help=_("for one file only"))
        parser.add_argument("--published", help=_("dd/mm/yyyy[ HH:MM] or ISO 8601, in Vietnam's time"))
        parser.add_argument("--dry-run", action="store_true", help=_("write nothing"))
        parser.add_argument("--json", action="store_true", help=_("one JSON object a file"))

    def handle(self, *, paths, json, format, section, title, published, dry_run, **_options):
        say = report.line if json else lambda answer: report.sentence(answer, dry_run)
        try:
            chosen = run.options(format=format, section=section, title=title, published=published, dry_run=dry_run)
            files = run.pages(paths, one=title is not None)
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        counts = run.run(files, chosen, lambda answer: self.stdout.write(say(answer)), self.stderr.write)
        (self.stderr if json else self.stdout).write(report.summary(counts, dry_run))
        if counts["failed"]:
            raise CommandError(_("%(failed)s files could not be imported.") % {"failed": counts["failed"]})
