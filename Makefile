# make demo   set everything up and export the example to out/
# make test   set everything up and run all checks and tests
# make bench  measure vanban and its peers, write benchmarks/RESULTS.md (about 20 minutes;
#             make bench BENCH=--quick takes about 5)
# make bench-rules   measure what the rules cost (CPU time, takes a few minutes)
PYTHON ?= python3
VENV ?= .venv
export PYTHON VENV

EXAMPLE := examples/bao-cao-so-ket/9-thang-2023.yaml
# Coverage below this fails the tests (branches counted).
COVERAGE := 95

.PHONY: demo test check templates bench bench-rules clean

demo:
	@scripts/setup
	@mkdir -p out
	@$(VENV)/bin/vanban export $(EXAMPLE) -o out/

test: check
	@$(VENV)/bin/python -m pytest -n auto --cov --cov-report=term --cov-fail-under=$(COVERAGE)

check:
	@scripts/setup test
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

templates:
	@scripts/setup test
	@$(VENV)/bin/python scripts/build_templates.py

bench:
	@scripts/setup bench
	@$(VENV)/bin/python -m benchmarks.bench $(BENCH)

bench-rules:
	@scripts/setup test
	@$(VENV)/bin/python -m benchmarks.rules_cost

clean:
	@rm -rf out build dist .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
