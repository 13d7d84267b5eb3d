#!/bin/sh
# Every test on SQLite, then on PostgreSQL, where one answers, those that use a database (tests/choosing.py says which,
# and of which each case runs on one of the two). Says what it leaves out. Called by `make test`.
# Three at once on two cores, as browsers and servers make each of them wait for a third of its time.
# TEST_POSTGRES_URL names another server than the local one; empty leaves PostgreSQL out.
set -eu
BIN=$1
VAR_DIR=$(mktemp -d)
export VAR_DIR
trap 'rm -rf "$VAR_DIR"' EXIT INT TERM
unset PYTHONDONTWRITEBYTECODE  # the second half need not compile five hundred files again
POSTGRES=${TEST_POSTGRES_URL-postgres://postgres@127.0.0.1:5432/postgres}

echo "== lint and unfinished migrations"
"$BIN/ruff" check -q .
"$BIN/ruff" format -q --check .
"$BIN/python" -W error manage.py makemigrations --check --dry-run -v 0
"$BIN/python" manage.py check --fail-level WARNING -v 0
SITE_URL=https://baomau.vn ALLOWED_HOSTS=baomau.vn BEHIND_PROXY=1 \
    "$BIN/python" -W error manage.py check --deploy --fail-level WARNING -v 0

is_there() { "$BIN/python" -c "import psycopg2, sys; psycopg2.connect(sys.argv[1], connect_timeout=3).close()" "$1" 2>/dev/null; }
test_on() { DATABASE_URL="$1" "$BIN/python" -m pytest -q -n 3 --dist worksteal --durations=30 ${2-}; }

if [ -n "$POSTGRES" ] && is_there "$POSTGRES"; then
    echo "== SQLite: its share of the cases"
    test_on "sqlite:///$VAR_DIR/tests.sqlite3" --share=sqlite
    echo "== PostgreSQL: its share, and nothing that does not depend on the database"
    test_on "$POSTGRES" --share=postgresql
else
    echo "== SQLite"
    test_on "sqlite:///$VAR_DIR/tests.sqlite3"
    echo "== PostgreSQL: LEFT OUT, no server answers at ${POSTGRES:-(TEST_POSTGRES_URL is empty)}"
fi
