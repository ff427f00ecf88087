# Two commands do everything: `make demo` and `make test`. `make help` lists the others.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV ?= .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
DATA ?= ../shared/eval
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

# Candidates are run, not only looked up: a shim on the PATH may exist and fail.
PYENV := $${PYENV_ROOT:-$$HOME/.pyenv}
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.14 python3 python \
	$(PYENV)/versions/3.1[2-9]*/bin/python /usr/local/bin/python3* /usr/bin/python3* /opt/*/bin/python3
FITS := import sys, ensurepip, venv; assert sys.version_info >= (3, 12)

# Two files of tests at a time, each on servers and an extractor of its own; the longest begin first.
SIDE_BY_SIDE ?= -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: help demo test check format slow golden docs readme figures picture clean browser
.SILENT:

help:  ## this list
	awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Three questions of the README, on the store of the demo.
AGAINST := MATCH (c:Claim)-[:SOURCE]->(s:Entity), (c)-[:TARGET]->(t:Entity {name: "al-Shabaab"}) WHERE c.polarity < 0 \
	OPTIONAL MATCH (c)-[:CLAIMED_BY]->(w:Entity) \
	RETURN s.name AS source, c.relation AS relation, c.modality AS modality, coalesce(w.name, c.claimer_text, "the text itself") AS claimer \
	ORDER BY source, relation, c.id
POSSIBLE := MATCH (c:Claim {modality: "possible"})-[:SOURCE]->(s:Entity), (c)-[:TARGET]->(t:Entity) \
	RETURN s.name AS source, c.relation AS relation, t.name AS target, c.cue AS cue, c.confidence AS confidence \
	ORDER BY confidence DESC, source, c.id
SPEAKERS := MATCH (c:Claim)-[:CLAIMED_BY]->(w:Entity) \
	RETURN w.name AS claimer, count(*) AS claims ORDER BY claims DESC, claimer LIMIT 5

demo: export KG_STORE := out/kg-store
demo: $(VENV)/.demo  ## set everything up, build the graph of data/articles/, ask it, say where the HTML lies
	mkdir -p out
	$(BIN)/kg build data/articles --html out/graph.html
	if [ -f $(KG_STORE)/kg-store.json ]; then \
		echo "Who stands against al-Shabaab, and according to whom?" && $(BIN)/kg query '$(AGAINST)' && \
		echo "What is only possible?" && $(BIN)/kg query '$(POSSIBLE)' && \
		echo "Who speaks most?" && $(BIN)/kg query '$(SPEAKERS)' && \
		echo "Ask more: $(BIN)/kg query 'MATCH ...' --store $(KG_STORE)" && \
		echo "(Its server ends by itself after 10 idle minutes, or now: $(BIN)/kg store stop --store $(KG_STORE))"; \
	fi
	echo "Open this in a browser: $(CURDIR)/out/graph.html"

test: check browser  ## set everything up, pass every check and test (about the length of a coffee)
	$(PY) -m pytest $(SIDE_BY_SIDE) $(ARGS)

check: $(VENV)/.dev  ## format, lint, types, layers
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

slow: $(VENV)/.dev browser  ## the full counts of the long tests
	$(PY) -m pytest -m slow $(ARGS)
	KG_TEST_NEO4J=2026.09.0 $(PY) -m pytest tests/test_stores.py -k neo4j $(ARGS)

golden: $(VENV)/.dev  ## after a change of what is read: write anew the reading and the list of misses that tests compare with
	$(BIN)/kg extract --readings data/articles/somalia_islamic_state.txt --out tests/golden/readings.jsonl
	$(PY) tests/expected_misses.py

format: $(VENV)/.dev  ## put the code into shape
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

docs: $(VENV)/.dev  ## write docs/cli.md and the tables of docs/schema.md anew
	$(PY) docs/make_cli.py > docs/cli.md
	$(PY) docs/make_schema.py

readme: $(VENV)/.dev  ## after a change of what is read: write the README's answers to its Cypher questions anew
	$(PY) docs/make_answers.py

figures: $(VENV)/.dev  ## measure the reading on a folder of gold data and write the README's table anew (minutes): make figures DATA=DIR
	$(PY) docs/make_figures.py $(DATA)

picture: $(VENV)/.dev browser  ## take the pictures of the README anew
	$(PY) docs/take_picture.py docs

clean:  ## remove what these commands made
	rm -rf $(VENV) out dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A Chromium is installed where that needs no one's leave; without one the browser tests skip (in CI they fail).
browser:
	if command -v chromium || command -v chromium-browser || command -v google-chrome; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get; then \
		echo "Installing Chromium for the browser tests ..." >&2; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium 2>&1 \
			|| echo "Chromium could not be installed: the browser tests will skip." >&2; \
	else \
		echo "No Chromium and no right to install one: the browser tests will skip." >&2; \
	fi </dev/null >/dev/null

# An environment that runs is used as it is. One that does not run, or that was made in a folder from which the checkout
# has moved, is made again.
RUNS := $(shell $(PY) -c '$(FITS)' 2>/dev/null && echo yes)
MOVED := $(shell [ -f $(VENV)/.made ] && ! grep -qx '$(CURDIR)' $(VENV)/.made && echo yes)

$(VENV)/.made: $(if $(RUNS),$(if $(MOVED),again),again)
	if [ -z "$(RUNS)" ] || [ -n "$(MOVED)" ]; then \
		found=; \
		for python in $(CANDIDATES) $$(uv python find '>=3.12' 2>/dev/null); do \
			if "$$python" -c '$(FITS)' >/dev/null 2>&1; then found=$$python; break; fi; \
		done; \
		if [ -z "$$found" ]; then \
			echo "No Python 3.12 or newer (with venv) was found: install one, or name it: make PYTHON=/path/to/python3.12" >&2; \
			exit 1; \
		fi; \
		echo "Setting up $(VENV) with $$("$$found" -V) ..."; \
		"$$found" -m venv --clear $(VENV); \
	fi
	$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip
	$(PY) -m pip install -q --upgrade pip
	echo '$(CURDIR)' > $@

.PHONY: again
again:

$(VENV)/.demo: $(VENV)/.made pyproject.toml
	echo "Installing the package (once; a few minutes at most) ..."
	$(PY) -m pip install -q -e '.[embedded]'
	touch $@

$(VENV)/.dev: $(VENV)/.made pyproject.toml
	echo "Installing the package and its tools for development (once; a few minutes at most) ..."
	$(PY) -m pip install -q -e '.[dev]'
	touch $@ $(VENV)/.demo
