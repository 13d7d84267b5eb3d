"""How far a long load is: a line that is written over on a terminal, nothing elsewhere, and one line at the end."""

import time

WIDTH = 30  # characters


class Bar:
    def __init__(self, out):
        self.out, self.begun, self.since = out, time.monotonic(), None

    def show(self, done, total):
        """`done` of `total`; the rate is that since the first call, when all preparation was over."""
        now = time.monotonic()
        self.since = self.since or (now, done)
        if self.out.isatty():
            rate = (done - self.since[1]) / max(now - self.since[0], 0.001)
            bar = "█" * (WIDTH * done // total)
            end = "" if done < total else "\n"
            self.out.write(f"\r{bar:░<{WIDTH}} {done:,}/{total:,} · {rate:,.0f}/s {end}")
            self.out.flush()

    def words(self, number):
        """The numbers of a summary, since the bar was made."""
        seconds = time.monotonic() - self.begun
        return {"number": number, "seconds": round(seconds, 1), "rate": round(number / seconds)}
