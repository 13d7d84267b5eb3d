"""Writing the trail: who did what to what, from where, with what outcome."""


def record(user, action, instance=None, changes=None, *, outcome="done", label=""):
    """Add an entry; `changes` is {field: [before, after]}."""
