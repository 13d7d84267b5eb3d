"""Loaded by Python itself in the processes of the drill of the clock: libfaketime 0.9.10 breaks `time.sleep` (Python
3.11 sleeps until a moment of the monotonic clock, which is not faked, and it answers EINVAL)."""

import select
import time


def sleep(seconds):
    select.select([], [], [], seconds)


time.sleep = sleep
