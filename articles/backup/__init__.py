"""Backups: database, media and settings of one moment in one dated bundle; made, checked, restored and proven.

bundle    a bundle on the disk: its manifest, which of them are finished, which may go
making    takes one; verifying: checks one byte by byte; restoring: puts one back, and proof: opens what came back
sqlite, postgres   the database: one snapshot out and in, with a checksum of each table
media     pictures, attachments and originals; variables: the settings
disk      reading and writing files that nobody may have prepared; record: when the last one was taken

Design notes
- A bundle is a folder and whole in itself: copied alone (tar, rsync) it can be restored alone. Files of media lie in it
  under the name of their SHA-256, and those that the bundle before has too are hard links to its copies: an hourly
  bundle of 50 GB costs what is new. Never links to the live files, which an intruder or a fault may overwrite. One
  file has one copy in all bundles of a folder: a second folder on another machine is part of the plan (docs/backup.md).
- The database comes first and the media after it: a picture is stored before the row that names it, so whatever the
  snapshot names is there. What is uploaded meanwhile is in the media only, and harms nothing.
- A bundle is written under a name that no command takes for one and renamed when it is on the disk: unfinished ones
  cannot be mistaken. Only a finished one lets an old one go.
- A digest proves that nothing rotted, not who wrote it: whoever may write bundles may write a matching digest too. Who
  needs that signs or encrypts the bundle with a tool made for it.
- Object storage (MEDIA_S3_URL) is not copied: its versions are its backup. The proof looks there for the pictures.
"""

from .bundle import Problem, finished, newest
from .making import make
from .record import last_backup
from .restoring import restore
from .verifying import verify

__all__ = ["Problem", "finished", "last_backup", "make", "newest", "restore", "verify"]
