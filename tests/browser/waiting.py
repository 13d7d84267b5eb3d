"""Waiting for a page: never longer than the test says.

Playwright's `wait_for_function` needs eval, which the policy of our pages forbids; its `evaluate` waits for a promise
without an end. So a promise that the page may never keep is asked for here.
"""

LOOK = """async () => Boolean(await Promise.race([
  (async () => (%s))(),
  new Promise((late) => setTimeout(late, 5000)),
]))"""


def until(page, condition, seconds=15):
    """Wait until a script's expression holds, which may await."""
    for _ in range(seconds * 10):
        if page.evaluate(LOOK % condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {condition}")


def editor_ready(page):
    until(page, "!!window.CKEDITOR && CKEDITOR.instances.id_body?.status === 'ready'")
