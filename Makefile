# Every command of the project. Only Python 3.11+, make and git are needed.
# `make help` reads it: `##@` begins a group, `##` says what a command does, `#:` a variable.
#: RAW=folder            your raw tables; else those of the sample shop
#: AS_OF=YYYY-MM-DD      the day to tell; else the last day with a sale
#: OUT=folder            where results are written or read; else warehouse
#: PYTHON=python3.12     the Python to begin with; else python3
PYTHON ?= python3
export RAW AS_OF OUT CUSTOMER QUESTION FROM TO SQL
# Python keeps what it compiled: dbt and its libraries take seconds to compile each time.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
UV := $(BIN)/uv --quiet
CHECK := env -u CRM_RAW_DIR -u CRM_AS_OF_DATE -u CRM_LANDED_ON -u RAW -u AS_OF -u OUT -u CUSTOMER \
	CRM_WAREHOUSE_DIR=target/ci/warehouse DBT_TARGET_PATH=target/ci DBT_LOG_PATH=target/ci/logs
MANIFEST := target/ci/manifest.json
SEMANTIC := .venv-semantic/bin

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build check fetch test lint docs dashboard superset pictures screenshot ask explain metrics sample spark oracles bench nightly lock clean

help:  ## List the commands
	@$(PYTHON) macros/python/crm_help.py

##@ Your marts

build: .venv/.build  ## Build, publish and draw [RAW=folder] [AS_OF=YYYY-MM-DD] [OUT=folder]
	@$(BIN)/python macros/python/crm_build.py

check: .venv/.build  ## Tell what would be accepted or kept out, build nothing [RAW=folder]
	@$(BIN)/python macros/python/crm_check.py

fetch: .venv/.build  ## Copy tables of a database or object store into a raw folder FROM=address TO=folder [SQL=folder of queries]
	@$(BIN)/python macros/python/crm_fetch.py

docs: .venv/.build  ## Write a data dictionary and dbt's site of the last build [OUT=folder]
	@$(BIN)/python macros/python/crm_docs.py

dashboard: .venv/.build  ## Draw the last build anew, as one page [OUT=folder]
	@$(BIN)/python macros/python/crm_dashboard.py

superset: .venv/.uv  ## Show the marts in Apache Superset, on this machine only [OUT=folder] [PORT=8088]
	@$(BIN)/python macros/python/crm_superset.py --check
	@$(MAKE) --no-print-directory .venv-superset/.installed
	@.venv-superset/bin/python macros/python/crm_superset.py

ask: .venv/.build  ## Answer a question of analyses/, or list them all [QUESTION=name] [OUT=folder]
	@$(BIN)/python macros/python/crm_ask.py

explain: .venv/.build  ## Show one customer with every score and its reason CUSTOMER=customer_id [OUT=folder]
	@$(BIN)/python macros/python/crm_explain.py

metrics: .venv-semantic/.installed  ## Ask the published marts by MetricFlow [METRICS=net_sales,...] [BY=metric_time__month,...] [OUT=folder]
	@test -f "$${OUT:-$${CRM_WAREHOUSE_DIR:-warehouse}}/marts.duckdb" || \
		{ echo "There is no build in $${OUT:-$${CRM_WAREHOUSE_DIR:-warehouse}}: run make build with the same OUT first."; exit 1; }
	@env $${OUT:+"CRM_WAREHOUSE_DIR=$$OUT"} DBT_PROFILES_DIR=profiles/semantic \
		$(SEMANTIC)/dbt --quiet parse --target-path target/semantic
	@cp target/semantic/semantic_manifest.json target/
	@env $${OUT:+"CRM_WAREHOUSE_DIR=$$OUT"} DBT_PROFILES_DIR=profiles/semantic $(SEMANTIC)/mf query \
		--metrics "$(or $(METRICS),net_sales)" --group-by "$(or $(BY),metric_time__month)" --order "$(or $(BY),metric_time__month)"

##@ The project

test: lint .venv/.dev .venv-bouncer/.installed .venv-semantic/.installed  ## Everything that CI runs
	$(CHECK) $(BIN)/dbt --no-use-colors --warn-error-options '{"error": ["Deprecations"]}' \
		build --profiles-dir profiles --target ci
	.venv-bouncer/bin/dbt-bouncer run --config-file dbt-bouncer.yml
	$(CHECK) $(BIN)/pytest tests/python -m "not nightly" --numprocesses 2 --dist loadfile --no-loadscope-reorder --durations 20
	$(CHECK) $(BIN)/pytest tests/spark -m "not nightly"

lint: .venv/.dev  ## Check the style of SQL, YAML and Python
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/yamllint --strict .
	$(BIN)/sqlfluff lint --processes 2 models analyses tests reports

sample: .venv/.build  ## Make raw tables of a shop made of numbers [SIZE=sample|1m|10m] [OUT=folder]
	$(BIN)/python -m simulation --size "$(or $(SIZE),sample)" --out "$(or $(OUT),data/$(or $(SIZE),sample))"

spark: .venv-spark/.installed  ## Build on Apache Spark too, compare every mart [RAW=folder] [AS_OF=YYYY-MM-DD]
	@.venv-spark/bin/python tests/spark/run.py

pictures: .venv/.build  ## Draw docs/entities.md and docs/lineage.md from the models
	@$(BIN)/python macros/python/crm_pictures.py

screenshot: .venv/.dev  ## Photograph the pages of the last build for the README [OUT=folder]
	@$(BIN)/python tests/python/browser.py

oracles: .venv-oracles/.installed  ## Ask other tools about real data anew, for tests [DATA=folder]
	PYTHONPATH=. .venv-oracles/bin/python tests/oracles/run.py "$(or $(DATA),../shared/data)"

bench: .venv/.build  ## Time the history of a million customers [CUSTOMERS=1000000] [OUT=folder]
	$(BIN)/python benchmarks/history.py --customers "$(or $(CUSTOMERS),1000000)" --out "$(or $(OUT),data/bench)"

nightly: .venv/.dev .venv-superset/.installed  ## The long tests: many kills, large data
	$(CHECK) $(BIN)/pytest tests/python tests/spark -m nightly

lock: .venv/.uv  ## Write the lock files anew from pyproject.toml
	for set in uv build dev bouncer semantic spark oracles superset; do UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile \
		--universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url \
		--upgrade --group $$set --output-file requirements/$$set.txt || exit; done

clean:  ## Remove what the commands made, but not the published marts
	rm -rf target logs .venv .venv-bouncer .venv-oracles .venv-semantic .venv-spark .venv-superset .pytest_cache .ruff_cache

# Set-up: a file stands for each step that is done, so that it is done once.
.venv/.build: requirements/build.txt .venv/.uv
	@echo "Installing requirements/build.txt into .venv"
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/build.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.build
	@echo "Installing requirements/dev.txt into .venv"
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

.venv-bouncer/.installed: requirements/bouncer.txt .venv/.uv
	@echo "Installing requirements/bouncer.txt into .venv-bouncer"
	@$(UV) venv --clear --python $(BIN)/python .venv-bouncer
	@$(UV) pip install --python .venv-bouncer/bin/python --require-hashes -r requirements/bouncer.txt
	@touch $@

.venv-semantic/.installed: requirements/semantic.txt .venv/.uv
	@echo "Installing requirements/semantic.txt into .venv-semantic"
	@$(UV) venv --clear --python $(BIN)/python .venv-semantic
	@$(UV) pip install --python .venv-semantic/bin/python --require-hashes -r requirements/semantic.txt
	@touch $@

.venv-oracles/.installed: requirements/oracles.txt .venv/.uv
	@echo "Installing requirements/oracles.txt into .venv-oracles"
	@$(UV) venv --clear --python $(BIN)/python .venv-oracles
	@$(UV) pip install --python .venv-oracles/bin/python --require-hashes -r requirements/oracles.txt
	@touch $@

.venv-spark/.installed: requirements/spark.txt .venv/.build
	@$(BIN)/python tests/spark/cluster.py
	@echo "Installing requirements/spark.txt into .venv-spark"
	@$(UV) venv --clear --python $(BIN)/python .venv-spark
	@$(UV) pip install --python .venv-spark/bin/python --require-hashes -r requirements/spark.txt
	@touch $@

.venv-superset/.installed: requirements/superset.txt .venv/.uv
	@echo "Installing requirements/superset.txt into .venv-superset: some 150 packages, 700 MB"
	@$(UV) venv --clear --python $(BIN)/python .venv-superset
	@$(UV) pip install --python .venv-superset/bin/python --require-hashes -r requirements/superset.txt
	@touch $@

.venv/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed and $(PYTHON) is " + sys.version.split()[0] + ": name one with PYTHON=python3.12, say.")'
	@$(PYTHON) -m venv .venv || { echo "$(PYTHON) has no venv module: install your system's python3-venv." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@
