"""Which drills there are, in the order in which they are told. R1 to R19 are the lines of the reliability bar, S51
is one of the security bar.

A drill is a module with `drill(is_long)` that gives a ledger.Outcome. It runs in a process of its own, on a fresh
database of each engine that it names. One without a module cannot run, and fails.
"""

from dataclasses import dataclass

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
BOTH = (SQLITE, POSTGRES)


@dataclass(frozen=True)
class Drill:
    name: str
    line: str
    bar: str
    module: str | None = None
    engines: tuple = (POSTGRES,)
    seconds: int = 300  # after which the short form counts as failed; a free machine needs a tenth
    beside: bool = False  # whether another may run beside it: it measures no answer's time, and stops nothing of others


DRILLS = [
    Drill("conflict", "R1", "many save one article: no word lost", "writing.conflict", BOTH),
    Drill("crash", "R2", "browser killed while typing: at most 5 s lost", "writing.crash", (SQLITE,), 400, beside=True),
    Drill("schedule", "R3", "500 at their time, once, workers killed", "publishing.schedule", seconds=400),
    Drill("kills", "R4", "kill -9 during save, publish, upload, import: nothing lost", "writing.kills", BOTH, 400),
    Drill("database", "R5", "PostgreSQL stopped 60 s, then paused: 99 % served", "outages.database", seconds=400),
    Drill("locked", "R5", "SQLite locked 30 s, disk read-only: 99 % served", "outages.locked", (SQLITE,), 400),
    Drill("disk", "R6", "disk full: refused whole, readers served", "outages.disk", (SQLITE,), beside=True),
    Drill("redis", "R7", "Redis killed and paused: no error, 3 rebuilds at most", "outages.redis"),
    Drill("migrations", "R8", "migration without downtime", "serving.migrations"),
    Drill("clock", "R9", "clock moved: never early, never twice", "publishing.clock", BOTH, beside=True),
    Drill("restore", "R10", "a backup made under writes, restored and opened", "undoing.restore", BOTH, beside=True),
    Drill("queue", "R11", "8 SQLite writers: 480 of 480", "writing.queue", (SQLITE,)),
    Drill("failover", "R12", "primary lost: writers back in 60 s, none lost", "outages.failover"),
    Drill("deploy", "R13", "reload and restart under load: no client error", "serving.deploy", seconds=400),
    Drill("spike", "R14", "a crowd on one page: p95 below 300 ms, saves below 1 s", "serving.spike"),
    Drill("noisy", "R15", "index and import while saving: p95 below 1 s", "serving.noisy", BOTH),
    Drill("slow", "S51", "slow and swollen clients: readers' p95 below 2 x", "serving.slow"),
    Drill("outside", "R16", "mail, names, storage, cache in front down: published", "publishing.outside"),
    Drill("files", "R17", "damaged and missing files: the page stays", "outages.files", (SQLITE,), beside=True),
    Drill("trash", "R18", "deleted, restored with address, pictures, versions", "undoing.trash", BOTH, beside=True),
    Drill("publish", "R19", "100 times read your writes, 4 workers", "publishing.publish", seconds=400),
]
