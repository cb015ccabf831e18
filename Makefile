# The doors of Roundhearth. Each does its own set-up; nothing has to be installed or configured before, save Python 3.11 or newer.
.PHONY: run demo test bench soak format setup-run setup-dev setup-test
PYTHON := .venv/bin/python

run: setup-run
	@exec $(PYTHON) -m server

demo: setup-dev
	@exec $(PYTHON) -m tests.bots.demo

test: setup-test
	@exec $(PYTHON) -m tests.check

bench: setup-test
	@exec $(PYTHON) -m tests.bench

# The same rules, walked for a night instead of a minute. It says how many steps were taken.
soak: setup-dev
	@HYPOTHESIS_PROFILE=soak exec $(PYTHON) -m pytest tests/rooms/test_machine.py -q -rP --timeout=0

format: setup-test
	@$(PYTHON) -m tests.check --write

setup-run:
	@sh tools/setup.sh run
setup-dev:
	@sh tools/setup.sh dev
setup-test:
	@sh tools/setup.sh test
