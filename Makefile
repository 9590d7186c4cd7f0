# Two commands are all a newcomer needs: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready
TEST_READY := $(VENV)/.ready-for-tests
MAKEFLAGS += --no-print-directory

.PHONY: help demo demo-fresh run install services services-stop test test-sqlite test-postgres \
        lint format messages bench bench-ledger soak bugs clean

help:           ## show this list
	@grep -hE '^[a-z-]+: .*##|^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

demo: $(READY)  ## the whole marketplace with demo content on http://127.0.0.1:8000
	@DEMO=1 exec $(RUN) -m deploy.demo

demo-fresh: $(READY)  ## the same, thrown away and made anew
	@DEMO=1 exec $(RUN) -m deploy.demo --fresh

run: demo

install: $(READY)

$(READY): requirements.txt deploy/lock.txt deploy/install
	@PYTHON=$(PYTHON) sh deploy/install $(VENV) requirements.txt
	@touch $@

$(TEST_READY): $(READY) tests/requirements.txt
	@PYTHON=$(PYTHON) sh deploy/install $(VENV) tests/requirements.txt
	@touch $@

services: $(READY)  ## find or start PostgreSQL, Redis and Chromium for the tests
	@$(RUN) -m deploy.services start

services-stop:
	@$(RUN) -m deploy.services stop

test: $(TEST_READY)  ## all tests; those that need a server run where `make services` found it
	@$(RUN) -m tests

test-sqlite: $(TEST_READY)
	@$(RUN) -m tests sqlite

test-postgres: $(TEST_READY)
	@$(RUN) -m tests postgres

lint: $(TEST_READY)  ## format, rules, import order, migrations, deployment checks, translations
	@$(RUN) -m tests.lint

format: $(TEST_READY)  ## tidy the code
	@$(RUN) -m ruff format . && $(RUN) -m ruff check --fix .

messages: $(TEST_READY)  ## collect the words to translate
	@$(RUN) -m tests.lint messages

bench: $(TEST_READY)  ## timing, never an assertion
	@$(RUN) -m pytest tests/bench -q -s --ignore=tests/bench/ledger

bench-ledger: $(TEST_READY)  ## the ledger with 10 million transfers on a PostgreSQL of its own
	@DATABASE_URL=$$($(RUN) -m tests.bench.ledger.cluster) \
	  $(RUN) -m pytest tests/bench/ledger -q -s --timeout=0

soak: $(TEST_READY)  ## a million random steps over the ledger; hours, may be stopped and goes on
	@$(RUN) -m tests.soak

bugs: $(TEST_READY)  ## put bugs into the ledger and count those that its tests see
	@$(RUN) -m tests.bugs

clean:          ## remove everything made here
	rm -rf var $(VENV) .pytest_cache .ruff_cache
