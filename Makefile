# Two commands: `make run` starts the app, `make test` checks everything. README.md has the same steps without make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test bench soak proof lock samples clean
run: $(VENV)/.installed
	$(BIN)/python -c "from nps_app.catalogues import compile_all; compile_all()"
	$(BIN)/streamlit run dashboard.py

test: $(VENV)/.installed-dev
	./.ci/browser
	$(BIN)/python -c "from nps_app.catalogues import compile_all; compile_all()"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --doctest-modules nps_core nps_app tests -n 2 --dist loadgroup

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

soak: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.soak

proof: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.proof

samples: $(VENV)/.installed-dev
	$(BIN)/python -m samples.generate

lock:
	$(BIN)/uv pip compile --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links -o requirements.txt pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet -r requirements.txt
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet -r requirements-dev.txt
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
