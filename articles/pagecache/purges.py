"""What was purged, in which order, for all processes that keep pages: a number that each hit compares, and a log.

Design notes
- Every purge raises the number by one. A page remembers the number that held before its rendering began, and is good
  while none of its tags was purged since: so a purge in the middle of a rendering cannot leave an old page behind.
- One machine: the number lies in a file that every process maps into its memory, so a hit compares it without asking
  the system. The line of the log is written first, the number after it: who sees the number finds the line.
- Several machines (REDIS_URL): number and log live in Redis, written by one script. A process asks for the number at
  most every ASK_EVERY, and a purge returns only when that long has passed: after it no process on any machine takes an
  older page for good. While Redis does not answer, nobody knows what was purged elsewhere: then a page is good for
  GRACE seconds from its rendering, and no longer.
- The log is bounded, and begins with a floor: of what is from before it nothing is known, so nothing of it is good.
  A number starts at the time of day, so that one that was lost is never counted again.
"""

import contextlib
import fcntl
import logging
import mmap
import os
import threading
import time

from .tags import ALL, Level

LONGEST = 1_000_000  # bytes of the log; then its older half goes
ASK_EVERY = 0.05  # seconds
GRACE = 5  # seconds
MOST_LINES, NEWEST = 20_000, 100  # of the log in Redis; and how many are read at first
FLOOR = 3  # in the place of a level

log = logging.getLogger(__name__)


def lines_of(number, purge):
    """'17 2 article-12 card-12', a line for each level."""
    for level in Level:
        if words := " ".join(sorted(tag for tag, one in purge.items() if one == level)):
            yield f"{number} {level:d} {words}"


def _floor(number):
    return f"{number} {FLOOR} floor"


class FileLog:
    error = OSError

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self._file, self._lock_file = folder / "purges.log", folder / "purges.lock"
        self._read_to = (None, 0)  # the file (inode) and the place in it
        self._number = _mapped(folder / "number")
        self.ask = self._number.__getitem__  # the quickest way to the number: ask(0)
        if not self._number[0]:
            with self._locked():
                if not self._number[0]:
                    number = max(self._last(), int(time.time() * 1000))
                    self._write([_floor(number)])
                    self._number[0] = number

    def number(self):
        return self._number[0]

    def append(self, purge):
        with self._locked():
            number = max(self._number[0], self._last()) + 1
            if self._write(lines_of(number, purge)) > LONGEST:
                self._shorten()
            self._number[0] = number
        return number

    def _write(self, lines):
        with self._file.open("ab") as file:
            file.write("".join(f"{line}\n" for line in lines).encode())
            return file.tell()

    def _last(self):
        """The number of the last line: ahead of the number where a process was killed between the two."""
        try:
            with self._file.open("rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - 65_536))
                numbers = [line.split(b" ", 1)[0] for line in file.read().split(b"\n")[-3:]]
        except FileNotFoundError:
            return 0
        return max((int(one) for one in numbers if one.isdigit()), default=0)

    def _shorten(self):
        kept = self._file.read_bytes()[-LONGEST // 2 :].partition(b"\n")[2]
        first = int(kept.split(b" ", 1)[0])
        new = self._file.with_suffix(".new")
        new.write_bytes(f"{_floor(first)}\n".encode() + kept)
        new.replace(self._file)

    def unread(self):
        """The lines that this process has not read yet; of another log than before all of them."""
        with self._file.open("rb") as file:
            inode, begin = os.fstat(file.fileno()).st_ino, 0
            if inode == self._read_to[0]:
                begin = self._read_to[1]
            file.seek(begin)
            text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._read_to = (inode, begin + len(whole))
        return whole.decode().splitlines()

    @contextlib.contextmanager
    def _locked(self):
        with self._lock_file.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _mapped(path):
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if os.fstat(descriptor).st_size < 8:
            os.ftruncate(descriptor, 8)
        return memoryview(mmap.mmap(descriptor, 8)).cast("Q")
    finally:
        os.close(descriptor)


# Redis has a purge written by one script: nobody sees a number without its lines. The first one writes the floor.
_BEGIN = """
if redis.call('EXISTS', KEYS[1]) == 0 then
    redis.call('SET', KEYS[1], ARGV[1])
    redis.call('DEL', KEYS[2])
    redis.call('RPUSH', KEYS[2], ARGV[1] .. ' 3 floor')
end
"""
_APPEND = f"""{_BEGIN}
local number = string.format('%.0f', redis.call('INCR', KEYS[1]))
for line in string.gmatch(ARGV[2], '[^\\n]+') do redis.call('RPUSH', KEYS[2], number .. ' ' .. line) end
local most = tonumber(ARGV[3])
if redis.call('LLEN', KEYS[2]) > most then
    redis.call('LTRIM', KEYS[2], -math.floor(most / 2), -1)
    redis.call('LPUSH', KEYS[2], string.match(redis.call('LINDEX', KEYS[2], 0), '^%d+') .. ' 3 floor')
end
return number
"""


class RedisLog:
    """The same in Redis; `error` is what its client raises."""

    def __init__(self, client, error, prefix="newsroom:pages"):
        self._client, self.error = client, error
        self._keys = (f"{prefix}:number", f"{prefix}:log")
        self._lock = threading.Lock()
        self._known, self._good_until, self._quiet_until, self._read_to = None, 0.0, 0.0, 0

    def number(self):
        """The number, or None where Redis does not answer; never older than ASK_EVERY."""
        if time.monotonic() < self._good_until:
            return self._known
        with self._lock:
            now = time.monotonic()
            if now < self._good_until:
                return self._known
            if now < self._quiet_until:
                return None
            try:
                self._known = self._ask_redis()
            except self.error as problem:
                log.warning("Redis does not say what was purged: %s", problem)
                self._quiet_until = time.monotonic() + 1  # nobody waits for it once more within a second
                return None
            self._good_until = now + ASK_EVERY  # counted from before it was asked
            return self._known

    def ask(self, _):
        return self.number()

    def _ask_redis(self):
        found = self._client.get(self._keys[0])
        if found is None:
            self._client.eval(_BEGIN, 2, *self._keys, int(time.time() * 1000))
            found = self._client.get(self._keys[0])
        return int(found)

    def append(self, purge):
        text = "\n".join(line.partition(" ")[2] for line in lines_of(0, purge))
        number = int(self._client.eval(_APPEND, 2, *self._keys, int(time.time() * 1000), text, MOST_LINES))
        time.sleep(ASK_EVERY)
        return number

    def unread(self):
        lines = self._lines(-NEWEST)
        if not lines or int(lines[0].split(" ", 1)[0]) > self._read_to + 1:
            lines = self._lines(0)
        new = [line for line in lines if int(line.split(" ", 1)[0]) > self._read_to]
        self._read_to = int(lines[-1].split(" ", 1)[0]) if lines else self._read_to
        return new

    def _lines(self, first):
        return [line.decode() for line in self._client.lrange(self._keys[1], first, -1)]


class Purges:
    """What this process knows of the log."""

    def __init__(self, kept):
        self._log, self._lock = kept, threading.Lock()
        self.number, self.ask, self.append, self.error = kept.number, kept.ask, kept.append, kept.error
        self._last, self._known, self._floor = {}, None, 0

    def judge(self, number, tags):
        """What was done since `number` to a page with these tags: None (nothing), else the highest Level."""
        try:
            self._catch_up()
        except self.error as problem:
            log.warning("What was purged cannot be read: %s", problem)
            return Level.PLAIN
        if number < self._floor:
            return Level.HARD
        levels = [level for tag in (ALL, *tags) for level, last in self._last.get(tag, {}).items() if last > number]
        return max(levels, default=None)

    def _catch_up(self):
        number = self.number()
        if number == self._known:
            return
        with self._lock:
            for line in self._log.unread():
                first, level, *tags = line.split(" ")
                if int(level) == FLOOR:
                    self._floor, self._last = int(first), {}
                for tag in tags:
                    self._last.setdefault(tag, {})[int(level)] = int(first)
            self._known = number
