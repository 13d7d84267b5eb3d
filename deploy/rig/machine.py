"""A web machine: the newsroom with a folder of its own, as systemd would start it."""

import json
import subprocess
from pathlib import Path

from . import parts


class Machine:
    """`variables` are the settings that all machines of the newsroom share."""

    def __init__(self, folder, port, **variables):
        self.folder, self.port = Path(folder), port
        self.folder.mkdir(parents=True, exist_ok=True)
        self.variables = {
            "ALLOWED_HOSTS": "127.0.0.1,baomau.vn", "BEHIND_PROXY": 1, "WORKERS": 1, "HOST": "127.0.0.1",
            "VAR_DIR": self.folder / "var", "PORT": port, "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "DEMO": 1,  # ada signs in with the password alone
            **variables,
        }  # fmt: skip
        self.part = self.shell = None

    @property
    def env(self):
        return parts.environment(**self.variables)

    def manage(self, *words, timeout=120):
        return parts.run(parts.python("manage.py", *words), timeout, cwd=parts.ROOT, env=self.env)

    def tell(self, lines):
        """Run lines in a shell of this machine; what they leave in `said` comes back."""
        if self.shell is None:
            with (self.folder / "shell.log").open("ab") as log:
                self.shell = subprocess.Popen(  # noqa: S603 (our own command)
                    parts.python("-m", "deploy.rig.teller"), cwd=parts.ROOT, env=self.env, text=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True,
                )  # fmt: skip
        self.shell.stdin.write(json.dumps(lines) + "\n")
        self.shell.stdin.flush()
        answer = json.loads(self.shell.stdout.readline() or '{"failed": "the shell ended, see shell.log"}')
        if "failed" in answer:
            raise parts.NotStarted(answer["failed"])
        return answer["said"]

    def serve(self):
        command = parts.python("-m", "newsroom.server")
        self.part = parts.Part(f"web-{self.port}", command, self.port, self.folder, self.env, within=60)
        return self

    def stop(self):
        if self.shell:
            self.shell.stdin.close()
            self.shell.wait(20)
            self.shell.stdout.close()
        if self.part:
            self.part.stop()
