"""Where pages lie: the newest in the memory of each process, all in files that outlive it.

Design notes
- Memory holds so many bytes; what was not read since the last sweep goes first (second chance), so that a hit writes
  nothing but a mark. What bears a query, and 404s, have a small memory of their own and no files: whoever asks for a
  thousand made-up addresses pushes out others of the kind, never the front page.
- A file is written whole under another name and renamed. The folder is bounded by size and age; who writes looks now
  and then, in a thread, and lets the oldest go.
"""

import contextlib
import hashlib
import logging
import os
import threading
import time

from . import entry as entries

PASSING = 8  # the share of memory for what is bound to pass: one part of so many
KEPT = 48 * 3600  # seconds that a file may be old: a lifetime of at most a day, and a day for when the database is down
LOOK_EVERY = 600  # seconds between two looks at the folder
log = logging.getLogger(__name__)


class Memory:
    def __init__(self, most):
        self.entries = {}
        self._most, self._size, self._lock = most, 0, threading.Lock()

    def put(self, entry):
        with self._lock:
            self._drop(entry.key)
            self.entries[entry.key] = entry
            self._size += entry.size
            if self._size > self._most:
                self._sweep()

    def drop(self, key):
        with self._lock:
            self._drop(key)

    def _drop(self, key):
        if old := self.entries.pop(key, None):
            self._size -= old.size

    def _sweep(self):
        """The oldest first, but what was read since the last time goes to the end instead, once."""
        for key in list(self.entries):
            if self._size <= self._most * 0.9:
                return
            entry = self.entries[key]
            if entry.is_used:
                entry.is_used = False
                self.entries[key] = self.entries.pop(key)
            else:
                self._drop(key)
        for key in list(self.entries):
            if self._size <= self._most * 0.9:
                return
            self._drop(key)


class Files:
    def __init__(self, folder, most, release):
        self._folder, self._most, self._release = folder, most, release
        self._written, self._looked = most, 0.0  # a look at the first write: what an earlier process left counts too
        folder.mkdir(parents=True, exist_ok=True)

    def _path(self, key):
        name = hashlib.sha256(key.encode()).hexdigest()
        return self._folder / name[:2] / name[2:]

    def get(self, key):
        """The entry, or None where there is none, or one that is damaged."""
        try:
            return entries.from_bytes(self._path(key).read_bytes(), key, self._release)
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001 (whatever lies there: it is rendered anew and written over)
            log.warning("A kept page cannot be read and is made anew: %r", error)
            return None

    def put(self, entry):
        path = self._path(entry.key)
        new = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
        text = entry.to_bytes(self._release)
        try:
            path.parent.mkdir(exist_ok=True)
            new.write_bytes(text)
            new.replace(path)
        except OSError as error:  # a full disk costs speed, not the page
            log.warning("A page cannot be kept: %s", error)
            with contextlib.suppress(OSError):
                new.unlink()
        self._written += len(text)
        if self._written > self._most / 16 and time.time() - self._looked > LOOK_EVERY:
            self._written, self._looked = 0, time.time()
            threading.Thread(target=self.prune, name="pages", daemon=True).start()

    def drop(self, key):
        with contextlib.suppress(OSError):
            self._path(key).unlink()

    def prune(self):
        """Let go of what is too old, then of the oldest until nine tenths of the room are filled; how many went."""
        found = sorted(self._all())
        size, gone, limit = sum(file[1] for file in found), 0, time.time() - KEPT
        for written, length, path in found:
            if written >= limit and size <= self._most * 0.9:
                break
            with contextlib.suppress(OSError):
                os.unlink(path)
            size, gone = size - length, gone + 1
        return gone

    def _all(self):
        """(when it was written, its bytes, its path) of every file."""
        with contextlib.suppress(FileNotFoundError), os.scandir(self._folder) as folders:
            for folder in folders:
                with contextlib.suppress(OSError), os.scandir(folder.path) as files:
                    for file in files:
                        with contextlib.suppress(OSError):
                            stat = file.stat()
                            yield stat.st_mtime, stat.st_size, file.path


class Store:
    """`near` is looked up by every hit: {key: Entry}."""

    def __init__(self, folder, memory, disk, release):
        self._lasting, self._passing = Memory(memory), Memory(memory // PASSING)
        self._files = Files(folder, disk, release)
        self.near, self.near_passing = self._lasting.entries, self._passing.entries

    def get(self, key):
        found = self.near.get(key) or self.near_passing.get(key)
        return found or (None if "?" in key else self.load(key))

    def load(self, key):
        """From the files, where another process may have written since; kept in memory from then on."""
        if found := self._files.get(key):
            self._lasting.put(found)
        return found

    def put(self, entry):
        if "?" in entry.key or entry.status.startswith("404"):
            self._passing.put(entry)
        else:
            self._lasting.put(entry)
            self._files.put(entry)

    def drop(self, key):
        self._lasting.drop(key)
        self._passing.drop(key)
        self._files.drop(key)
