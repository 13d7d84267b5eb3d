#!/bin/sh
# Every test on SQLite, then on PostgreSQL, where one answers, those that use a database; those in a browser only once,
# because what they see beyond the request does not depend on it. Says what it leaves out. Called by `make test`.
# Three at once on two cores, as browsers and servers make each of them wait for a third of its time.
# Of what has many cases (words, addresses, roles) PostgreSQL is asked a third, SQLite all; EVERY_CASE=1 asks both all.
# TEST_POSTGRES_URL names another server than the local one; empty leaves PostgreSQL out.
set -eu
BIN=$1
VAR_DIR=$(mktemp -d)
export VAR_DIR
trap 'rm -rf "$VAR_DIR"' EXIT INT TERM
[ -n "${EVERY_CASE-}" ] && CASES= || CASES=--sparsely
POSTGRES=${TEST_POSTGRES_URL-postgres://postgres@127.0.0.1:5432/postgres}

echo "== lint and unfinished migrations"
"$BIN/ruff" check -q .
"$BIN/ruff" format -q --check .
"$BIN/python" -W error manage.py makemigrations --check --dry-run -v 0
"$BIN/python" manage.py check --fail-level WARNING -v 0
SITE_URL=https://baomau.vn ALLOWED_HOSTS=baomau.vn BEHIND_PROXY=1 \
    "$BIN/python" -W error manage.py check --deploy --fail-level WARNING -v 0

echo "== SQLite"
DATABASE_URL="sqlite:///$VAR_DIR/tests.sqlite3" "$BIN/python" -m pytest -q -n 3 --dist worksteal --durations=40

if [ -n "$POSTGRES" ] && "$BIN/python" -c "import psycopg2, sys; psycopg2.connect(sys.argv[1], connect_timeout=3).close()" "$POSTGRES" 2>/dev/null; then
    # What stands in front, replicas and two machines bring the servers they need, whichever database this is; files that
    # are uploaded, the start of the server, the words of the screens and the thousand cells of the table of rights do not
    # depend on it either.
    echo "== PostgreSQL (tests in a browser, of files, of the table of rights, of the server and of those in front ran above)"
    DATABASE_URL="$POSTGRES" "$BIN/python" -m pytest -q -n 3 --dist worksteal --durations=25 --only-database \
        $CASES --ignore tests/browser \
        --ignore tests/files --ignore tests/rights/test_articles.py --ignore tests/rights/test_addresses.py --ignore tests/admin/test_translated.py --ignore tests/newsroom/test_start.py \
        --ignore tests/newsroom/test_server.py --ignore tests/deploy/test_fronts.py --ignore tests/deploy/test_replica.py --ignore tests/deploy/test_configurations.py
else
    echo "== PostgreSQL: LEFT OUT, no server answers at ${POSTGRES:-(TEST_POSTGRES_URL is empty)}"
fi
