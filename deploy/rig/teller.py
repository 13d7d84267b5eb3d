"""A shell of a web machine that stays open: a line in is code to run (JSON), a line out what it left in `said`."""

import json
import sys
import traceback

import django
from django.db import close_old_connections

django.setup()
for line in sys.stdin:
    names = {"said": None, "__name__": "told"}
    close_old_connections()
    try:
        exec(json.loads(line), names)  # noqa: S102 (that is what it is for)
        answer = {"said": names["said"]}
    except Exception:  # noqa: BLE001 (whatever it is, the other side is told)
        answer = {"failed": traceback.format_exc()}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
