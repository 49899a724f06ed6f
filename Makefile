# Baremath. `make run` starts it, `make test` proves it; `make help` lists the rest.
# PYTHON=, PORT=, HOST=, BAREMATH_DATA=, DATABASE_URL= and REDIS_URL= may be given on the command line.

.DEFAULT_GOAL := help
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done)
PORT ?= 8000
N ?= 20
VENV := .venv/bin
BENCH := PYTHONPATH=.:platform $(VENV)/python -m benchmarks
BENCH_DATA = $(or $(TMPDIR),/tmp)/baremath-bench-$(shell id -u)
# Set by hand, these reach the programs below; empty, they would hide the defaults.
export PORT
export HOST ?= 127.0.0.1

.PHONY: help
help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

.PHONY: run
run: install ## Install what is missing, then start Baremath (PORT=8000, BAREMATH_DATA=.data)
	@exec $(VENV)/python manage.py up --stop-with-parent

.PHONY: test
test: install-dev ## Run every test: unit, system, browser
	$(VENV)/python -m pytest

.PHONY: check
check: install-python-dev ## Lint, types, import rules, settings, migrations
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	PYTHONPATH=.:platform $(VENV)/lint-imports --no-logo
	$(VENV)/python manage.py check
	$(VENV)/python manage.py makemigrations --check --dry-run

.PHONY: certify
certify: install-python-dev ## Prove that each task's tests reject what is wrong (TASK=slug); writes docs/certification.*
	$(VENV)/python manage.py certify $(TASK)

.PHONY: new-task
new-task: install ## Make the folder of a task from a template: COURSE=... LESSON=NN-... SLUG=... (ENTRY=...)
	@$(VENV)/python manage.py new_task $(if $(ENTRY),--entry $(ENTRY)) "$(COURSE)/$(LESSON)/$(SLUG)"

.PHONY: bench-verdict
bench-verdict: install-dev ## Time from a warm POST to a stored verdict, on both stacks; writes docs/benchmarks/
	@rm -rf "$(BENCH_DATA)"
	@PORT=0 BAREMATH_DATA="$(BENCH_DATA)/embedded" SUBMIT_RATE=10000/s $(VENV)/python manage.py up --stop-with-parent --run \
		'PYTHONPATH=.:platform BAREMATH_TOKEN="$$($(VENV)/python manage.py create_token learner)" \
			$(VENV)/python -m benchmarks verdict --stack SQLite --keep "$(BENCH_DATA)/embedded.json"'
	@$(BENCH).system.run $(VENV)/python -m benchmarks verdict --stack PostgreSQL --beside "$(BENCH_DATA)/embedded.json"
	@rm -rf "$(BENCH_DATA)"

.PHONY: load bench-throughput bench-growth bench-model
load: install-dev ## 1,000 learners hand in within 60 s beside 100 readers, all services here (LOAD="--think 2 ..."); writes docs/benchmarks/
	@$(BENCH) load $(LOAD)

bench-throughput: install-dev ## Verdicts a second, end to end, with 1, 2 and 4 worker processes (LOAD=...); writes docs/benchmarks/
	@$(BENCH) throughput $(LOAD)

bench-growth: install-dev ## A verdict beside 100 and 10,000 submissions, stored and waiting (LOAD=...); writes docs/benchmarks/
	@$(BENCH) growth $(LOAD)

bench-model: install-dev ## Predict throughput and waiting from what the two above have written; writes docs/benchmarks/
	@$(BENCH) model

.PHONY: bench-post
bench-post: install ## Time a POST while 100 submissions wait, and while none does; writes docs/benchmarks/
	@rm -rf "$(BENCH_DATA)"
	@PORT=0 BAREMATH_DATA="$(BENCH_DATA)" SUBMIT_RATE=100000/s ADDRESS_RATE=100000/s $(VENV)/python manage.py up --stop-with-parent --run \
		'PYTHONPATH=.:platform $(VENV)/python -m benchmarks post --token "$$($(VENV)/python manage.py create_token learner)"'
	@rm -rf "$(BENCH_DATA)"

.PHONY: bench-sandbox
bench-sandbox: install ## Time the jail beside other ways to run a submission (N=20 rounds); writes docs/benchmarks/
	$(VENV)/python -m benchmarks sandbox --rounds $(N)

.PHONY: bench-judge
bench-judge: install ## Time what the judge itself takes for each task (N=20 rounds); writes docs/benchmarks/
	$(VENV)/python -m benchmarks judge --rounds $(N)

.PHONY: bench-pages
bench-pages: install ## Time every page beside 200 tasks and 10,000 submissions, and beside none; writes docs/benchmarks/
	@rm -rf "$(BENCH_DATA)"
	@mkdir -p "$(BENCH_DATA)/content"
	@$(VENV)/python -m benchmarks.copies courses/content "$(BENCH_DATA)/content" 9
	@PORT=0 BAREMATH_DATA="$(BENCH_DATA)/small" $(VENV)/python manage.py up --stop-with-parent --run \
		'PYTHONPATH=.:platform $(VENV)/python -m benchmarks pages --submissions 20 --keep "$(BENCH_DATA)/small.json"'
	@PORT=0 BAREMATH_DATA="$(BENCH_DATA)/large" BAREMATH_CONTENT="$(BENCH_DATA)/content" \
		$(VENV)/python manage.py up --stop-with-parent --run \
		'PYTHONPATH=.:platform $(VENV)/python -m benchmarks pages --submissions 10000 --beside "$(BENCH_DATA)/small.json"'
	@rm -rf "$(BENCH_DATA)"

.PHONY: soak-sandbox
soak-sandbox: install-python-dev ## Run 1,000 submissions, half of them hostile, in four sandboxes at once
	$(VENV)/python -m tests.hostile.soak --submissions 1000 --supervisors 4

.PHONY: lock
lock: ## Pin and hash every dependency anew (needs uv)
	for name in base dev audit; do uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate requirements/$$name.in -o requirements/$$name.txt || exit 1; done

.PHONY: audit
audit: install-python-dev ## Look for known vulnerabilities in what the lock files pin (needs the network)
	@$(VENV)/python -m venv .venv/audit
	@.venv/audit/bin/pip install --quiet --no-deps --require-hashes -r requirements/audit.txt
	@.venv/audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off -r requirements/dev.txt || { \
		echo "Not clean, or not checked: the lines above say which. Where packages are “not found” or nothing answers," \
			"this machine cannot ask PyPI about vulnerabilities; run it where it can." >&2; exit 1; }
	@.venv/audit/bin/pip-audit --strict --disable-pip --no-deps --progress-spinner off -r requirements/torch.txt

.PHONY: frontend
frontend: ## Rebuild the committed editor bundle (needs Node.js)
	npm --prefix platform/lms/web/frontend ci
	npm --prefix platform/lms/web/frontend run build

.PHONY: figures
figures: install ## Compute the lessons' figures anew
	$(VENV)/python -m courses.figures

.PHONY: install install-dev install-python-dev python-is-new-enough
install: python-is-new-enough
	@"$(PYTHON)" scripts/install.py run

install-python-dev: python-is-new-enough
	@"$(PYTHON)" scripts/install.py check

install-dev: python-is-new-enough
	@"$(PYTHON)" scripts/install.py test

python-is-new-enough:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Baremath needs Python 3.11 or newer; $(or $(PYTHON),the python3 found here) is older or missing." \
			"Install one (Debian 12, Ubuntu 24.04: apt-get install python3 python3-venv)," \
			"or name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
