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

# The same rules, walked for a night instead of a minute, after 50 meetings of which the server may know nothing. It says how many steps
# were taken, and how much was looked through.
soak: setup-test
	@HYPOTHESIS_PROFILE=soak exec $(PYTHON) -m pytest tests/blindness tests/rooms/test_machine.py -q -rP --timeout=0

format: setup-test
	@$(PYTHON) -m tests.check --write

setup-run:
	@sh tools/setup.sh run
setup-dev:
	@sh tools/setup.sh dev
setup-test:
	@sh tools/setup.sh test
