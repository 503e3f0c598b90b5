# What can be done here; `make help` lists it. Everything runs in .venv, which `make setup` makes.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	&& { echo $$p; exit; }; done; echo python3)
PY := .venv/bin/python
PORT ?= 8000
PYTEST := $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not browser"

.DEFAULT_GOAL := help
.PHONY: help setup run test test-served check format bench screenshots lock

help: ## list what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## make .venv, install what Kith is built on, write .env
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Kith needs Python 3.11 or newer; install it first." >&2; exit 1; }
	@$(PYTHON) config/newcomer.py

run: setup ## serve it here with the demonstration community (PORT=8000)
	@$(PY) manage.py run --port="$(PORT)"

test: setup ## run every test on SQLite, in one process a core
	$(PYTEST)
	@$(PY) -m tests.journeys.run

test-served: export DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/kith
test-served: export REDIS_URL ?= redis://127.0.0.1:6379/0
test-served: setup ## run every test on PostgreSQL and Redis (DATABASE_URL=, REDIS_URL=)
	$(PYTEST)
	@$(PY) -m tests.journeys.run

check: setup ## format, lint, types, floors, sizes, templates, migrations, deploy check
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m djlint --quiet --lint templates
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo
	$(PY) -m pytest -q tests/boundaries/test_tree.py
	DEBUG=true DATABASE_URL= $(PY) manage.py makemigrations --check --dry-run
	DEBUG=false SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(60))") \
		DATABASE_URL=postgres://kith@127.0.0.1:5432/kith SITE_ADDRESS=https://kith.example.org ALLOWED_HOSTS=kith.example.org \
		$(PY) manage.py check --deploy --fail-level WARNING

format: setup ## put the code in the house's form
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: setup ## time things as ratios within one run
	$(PY) -m bench.matching
	$(PY) -m bench.ledger
	$(PY) -m bench.pages

screenshots: setup ## a picture of every page of the demonstration, in var/screenshots (needs Chromium)
	$(PY) -m pytest -q -m browser -n 2 --dist worksteal tests/journeys/screens.py

lock: ## pin the newest versions that pyproject.toml allows (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-annotate --upgrade --quiet -o requirements/production.txt
	uv pip compile pyproject.toml --group development --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-annotate --upgrade --quiet -o requirements/development.txt
