# Everything people and CI run; `make help` lists it. Needs Python >= 3.11 and make, nothing else.

VENV := .venv
PY := $(VENV)/bin/python
# The venv's programs come first. Node is the system's unless the venv had to bring one.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PYTHONUNBUFFERED := 1

# The first Python on this machine that is new enough.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
PORT ?= 8000
# What `make` starts is for looking and developing: DEBUG is 1 unless you or `.env` set it.
DEBUG ?= $(or $(shell sed -n 's/^DEBUG=//p' .env 2>/dev/null),1)
# What only `check --deploy` needs: a production's settings without its secrets.
PRODUCTION := DEBUG=0 SITE_URL=https://centre.example.org \
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')

INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
NODE_IS_NEW := node -e 'process.exit(process.versions.node.split(".")[0] < 20)' 2>/dev/null
PO := $(wildcard locale/*/LC_MESSAGES/*.po)
STATIC := $(shell find static/scss static/js static/img -type f 2>/dev/null)

.DEFAULT_GOAL := help
CHECKS := $(addprefix check-,format lint types layers shape dependencies templates migrations \
	deploy messages)
.PHONY: help setup dev run test check format messages bench pictures lock clean $(CHECKS)

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

# --- Setting up: each stamp is newer than what it was made from, so a second run skips it ------
$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "This Python cannot make venvs (Debian: apt install python3-venv)."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt $(VENV)/.made
	$(INSTALL) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(INSTALL) requirements-dev.txt
	@touch $@

$(VENV)/.packages: package.json package-lock.json requirements-node.txt $(VENV)/.made
	$(NODE_IS_NEW) || $(INSTALL) requirements-node.txt
	npm ci --no-audit --no-fund
	@touch $@

$(VENV)/.frontend: $(VENV)/.packages $(STATIC)
	npm run --silent build
	@touch $@

%.mo: %.po $(VENV)/.runtime
	$(VENV)/bin/pybabel --quiet compile --input-file $< --output-file $@

setup: $(VENV)/.runtime $(VENV)/.frontend $(PO:.po=.mo) ## install what runs, build the front end
dev: setup $(VENV)/.dev ## install what tests and checks need on top

# --- Running --------------------------------------------------------------------------------
run: export DEBUG := $(DEBUG)
run: setup ## web, worker and beat on 127.0.0.1:8000 (PORT=8001 for another), with demo data
	@$(PY) manage.py prepare
	@exec $(PY) manage.py serve --port $(PORT)

# --- Testing --------------------------------------------------------------------------------
test: dev ## all tests, on SQLite then PostgreSQL; ARGS="tests/services -k full" for some
	@$(PY) -m tests $(ARGS)

bench: dev ## the benchmarks: a table, and JSON beside it
	@$(PY) -m benchmarks $(ARGS)

pictures: dev ## take README's pictures anew, from fresh demo data
	@$(PY) -m tests.browser.pictures

# --- Checking -------------------------------------------------------------------------------
check: $(CHECKS) ## every check, changing nothing
	@echo "All checks passed."

check-format: $(VENV)/.dev
	ruff format --check --quiet .
check-lint: $(VENV)/.dev
	ruff check --quiet .
check-types: $(VENV)/.dev
	DEBUG=1 mypy
check-layers: $(VENV)/.dev
	lint-imports --no-logo
check-shape: $(VENV)/.dev
	pytest --quiet tests/test_shape.py
check-dependencies: $(VENV)/.dev
	deptry .
check-templates: $(VENV)/.dev
	djangofmt --check templates
check-migrations: $(VENV)/.dev
	DEBUG=1 $(PY) manage.py makemigrations --check --dry-run --verbosity 1
check-deploy: $(VENV)/.dev $(VENV)/.frontend
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
check-messages: $(VENV)/.dev
	DEBUG=1 $(PY) manage.py makemessages --check

format: $(VENV)/.dev ## put code and templates into shape
	ruff format --quiet .
	ruff check --quiet --fix .
	djangofmt --quiet templates

# --- Now and then ---------------------------------------------------------------------------
messages: $(VENV)/.dev ## bring locale/ up to date with the sources (needs GNU gettext)
	DEBUG=1 $(PY) manage.py makemessages

lock: $(VENV)/.made ## pin requirements*.in again, with hashes (needs uv)
	for name in requirements requirements-dev requirements-node; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header $(ARGS) $$name.in --output-file $$name.txt || exit 1; \
	done

clean: ## remove everything that was installed or built, and no data
	rm -rf $(VENV) node_modules static/dist
