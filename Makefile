# The two commands: `make run` serves the newspaper with its demo news, `make test` proves it.
# Needs Python 3.11 or newer with venv, and make. Everything else is fetched into .venv from the locked versions.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: run test lint format bench drills screenshots dev messages lock audit clean

run: $(VENV)/runtime.stamp
	@$(BIN)/python manage.py migrate -v 0
	@$(BIN)/python manage.py collectstatic --noinput -v 0
	@$(BIN)/python manage.py rebuild_search --if-behind
	@DEMO=1 $(BIN)/python manage.py demo
	@PORT=$(PORT) DEMO=1 exec $(BIN)/python -m newsroom.server

test: $(VENV)/dev.stamp
	@sh tests/run.sh $(BIN)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(git ls-files '*.html')

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade $$(git ls-files '*.html')

bench: $(VENV)/dev.stamp  ## BENCH="--sizes 10000,100000,1000000 --publish" is the whole table (docs/performance.md)
	$(BIN)/python -m tests.bench $(BENCH)

drills: $(VENV)/dev.stamp  ## DRILLS="kills database --long"; docs/operations.md
	$(BIN)/python -m tests.drills $(DRILLS)

screenshots: $(VENV)/dev.stamp  ## with `make run` in another terminal
	$(BIN)/python -m tests.screenshots

dev: $(VENV)/dev.stamp
	DEBUG=1 DEMO=1 $(BIN)/python manage.py migrate -v0
	DEBUG=1 DEMO=1 $(BIN)/python manage.py demo
	DEBUG=1 DEMO=1 $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

messages: $(VENV)/dev.stamp  ## needs GNU gettext
	$(BIN)/python manage.py makemessages -l vi --no-location --no-wrap -i .venv -i var
	$(BIN)/python manage.py compilemessages -v0 -i .venv

lock:  ## needs uv; the list of parts (CycloneDX) goes with the versions
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra production -o requirements.lock
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra production --extra dev -o requirements-dev.lock
	grep -v ' --hash' requirements.lock | sed 's/ \\$$//' | uv tool run --from cyclonedx-bom cyclonedx-py requirements - --pyproject pyproject.toml --output-reproducible -o sbom.cdx.json

audit:  ## needs uv and the network; before every release (SECURITY.md)
	uv tool run pip-audit --strict --require-hashes --disable-pip -r requirements-dev.lock

clean:
	rm -rf $(VENV) var

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PYTHON=...)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is missing (Debian: apt-get install python3-venv)."; exit 1; }

$(VENV)/runtime.stamp: requirements.lock | $(VENV)/bin/python
	@echo "Installing the locked packages..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(VENV)/bin/python
	@echo "Installing the locked packages..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
