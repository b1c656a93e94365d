# What you can do here. `make` alone prints this list.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test lint bench docs spark lock messages clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

setup: .venv/ready ## create .venv and install everything, hash-checked; compile the translations
	@$(BIN)/python -m sinhthai.site.translations

.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(f"Sinh Thái needs Python 3.11 or newer; this is {v[0]}.{v[1]}. Say: make PYTHON=python3.12 setup" if v < (3, 11) else 0)'
	@echo "Setting up .venv (once, about a minute) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch .venv/ready

demo: setup ## load the demonstration country, assess every park, serve http://127.0.0.1:8000
	@$(BIN)/sinhthai demo

serve: setup ## serve the site on the present store
	@$(BIN)/sinhthai serve

test: setup lint ## lint, types, contracts, every test, then the store's on PostgreSQL; says what it skips
	@$(BIN)/python -m pytest -n auto -q -rs --dist loadfile
	@$(BIN)/python -m tests.on_postgres -n auto -q -rs --dist loadfile -m postgres tests

lint: setup ## format, style, types, import contracts, templates
	@$(BIN)/ruff format --check --quiet src tests benchmarks
	@$(BIN)/ruff check --quiet src tests benchmarks
	@$(BIN)/mypy --no-error-summary src/sinhthai
	@out=$$($(BIN)/lint-imports --no-cache) || { echo "$$out"; exit 1; }
	@$(BIN)/djlint --quiet --lint src/sinhthai

bench: setup ## run every benchmark; each prints a ratio to a peer or limit
	@for script in benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

docs: setup ## build the manual into site-docs/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

messages: setup ## collect new words to translate and compile the translations
	@$(BIN)/python -m sinhthai.site.translations --collect

spark: setup ## install Apache Spark (an extra) for `match --engine spark`; needs Java 17
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.txt

lock: ## pin requirements.in into requirements.txt with hashes (needs uv)
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements.in -o requirements.txt
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements-spark.in -o requirements-spark.txt

clean: ## remove what was built (not the store in var/)
	@rm -rf .venv build site-docs src/*.egg-info
