"""Secrets that somebody committed (S54): every line that any commit ever added, looked through. `python -m
tests.secrets_in_history` prints what it finds, without the secret, and ends with 1.

Rules as gitleaks has them, those that name a secret by its own form, and one for whatever is assigned to a word such as
"password" and looks random. What is no secret is named in ALLOWED with its reason, never by a file as a whole.
"""

import math
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
RULES = {
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----",
    "AWS": r"\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b",
    "GitHub": r"\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_\w{60,})",
    "GitLab": r"\bglpat-[\w-]{20}",
    "Google": r"\bAIza[\w-]{35}\b",
    "Slack": r"\bxox[abeoprs]-[\w-]{10,}|hooks\.slack\.com/services/T\w+/B\w+/\w+",
    "Stripe": r"\b[rs]k_live_[0-9A-Za-z]{20,}",
    "OpenAI and Anthropic": r"\bsk-(?:ant-|proj-)?[\w-]{32,}",
    "npm or PyPI": r"\bnpm_[0-9A-Za-z]{36}\b|\bpypi-[\w-]{50,}",
    "Telegram": r"\b\d{8,10}:AA[\w-]{33}\b",
    "JSON web token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "password in an address": r"\b[a-z][a-z0-9+.-]{1,15}://[^\s:/@'\"{}<>]+:(?P<secret>[^\s:/@'\"{}<>$]{6,})@[\w.-]+",
    "Django key": r"django-insecure-[\w!@#$%^&*()=+-]{30,}",
    "assigned": r"(?i)(?:secret|passwd|password|api_?key|token|access_?key)\w*[\"']?\s*[:=]{1,2}\s*[\"'](?P<secret>[\w+/=!@#$%^&*.-]{20,})[\"']",  # noqa: E501
}
RANDOM = 3.5  # bits a character: words and file names lie below, keys above
# Value → why it is no secret. Whole values, so that the next one is found.
ALLOWED = {
    "password": "the form of an address, in messages and in the README",
    "secret": "the form of an address, in messages and in the README",
    "newsroom-secret": "the object storage of the rig, which lives for a run on this machine",
    "dbpass77": "an address in the tests of the log",
    "matkhau": "an address in the tests of the settings",
    "m%40t%2Fkhau": "an address in the tests of the settings",
    "for-the-length-of-a-benchmark-and-no-longer-than-that-0": "the key of a benchmark's own server, as it says",
}
_COMPILED = {name: re.compile(pattern) for name, pattern in RULES.items()}


def found_in(line):
    """[(rule, secret)] of a line."""
    found = []
    for name, pattern in _COMPILED.items():
        for match in pattern.finditer(line):
            secret = match.groupdict().get("secret") or match[0]
            if name == "assigned" and (randomness(secret) < RANDOM or not re.search(r"\d", secret)):
                continue
            if secret not in ALLOWED:
                found.append((name, secret))
    return found


def randomness(text):
    """Shannon's entropy in bits a character."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def added_lines(root=ROOT):
    """(commit, file, line) of all that the commits before HEAD ever added."""
    command = ["git", "-C", str(root), "log", "-p", "--cc", "--no-color", "--unified=0", "--no-ext-diff"]
    log = subprocess.run([*command, "--format=commit %H"], capture_output=True, check=True).stdout  # noqa: S603
    commit = file = ""
    for line in log.decode(errors="replace").split("\n"):
        if line.startswith("commit "):
            commit = line[7:19]
        elif line.startswith("+++ "):
            file = line[6:]
        elif line.startswith("+"):
            yield commit, file, line.lstrip("+")


def scan(root=ROOT):
    """[(commit, file, rule, secret)], each secret once."""
    seen, found = set(), []
    for commit, file, line in added_lines(root):
        for rule, secret in found_in(line):
            if (file, secret) not in seen:
                seen.add((file, secret))
                found.append((commit, file, rule, secret))
    return found


def main():
    found = scan()
    for commit, file, rule, secret in found:
        print(f"{commit} {file}: {rule}: {secret[:4]}… ({len(secret)} characters)")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
