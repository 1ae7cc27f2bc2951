# Every target installs and builds whatever is missing. Needed before: Node >= 20.11, make, a C compiler.
.DEFAULT_GOAL := help
.PHONY: help run test bench build lint format clean distclean check-node
NODE ?= node
# By path, not through npx: node_modules/.bin also holds the pinned engine under the name `node`.
BIN := node_modules/.bin
SOURCES := $(shell find protocol restrictions child-runtime seccomp supervisor test bench -name '*.ts' -not -path '*/fixtures/*' 2>/dev/null)
INSTALLED := node_modules/.package-lock.json
COMPILED := dist/.tsbuildinfo
BUNDLED := dist/bundled/main.js
TAP_BUILT := .tap/.built

help:
	@echo 'make run    hosts the example yard: good and hostile programs side by side (needs root for its limits)'
	@echo 'make test   runs every test, ends with the counts'
	@echo 'make test-vm  runs the tests of limits on cgroup v2, in a virtual machine (user-mode Linux)'
	@echo 'make fuzz   gives random input to everything that reads what guests and operators write'
	@echo 'make soak   starts and ends thousands of programs, good and hostile, and checks that nothing grows'
	@echo 'make test-windows  runs the tests of Windows, on Wine'
	@echo 'make native-arm64  compiles the addon for arm64, with a cross-compiler'
	@echo 'make bench  measures starts, memory, limits and speed, prints the tables'
	@echo 'make build | lint | format | clean | distclean'

check-node:
	@$(NODE) -e 'const [a, b] = process.versions.node.split(".").map(Number); if (a < 20 || (a === 20 && b < 11)) { console.error("Repyard needs Node 20.11 or newer; this is " + process.version); process.exit(1) }'

$(INSTALLED): package.json package-lock.json | check-node
	@echo 'installing packages ...'
	@npm ci --loglevel=error
	@touch $@

$(COMPILED): $(INSTALLED) tsconfig.json $(SOURCES)
	@echo 'compiling TypeScript ...'
	@$(BIN)/tsc -p .
	@touch $@

$(BUNDLED): $(COMPILED) build/bundle.js
	@$(NODE) build/bundle.js

.PHONY: native
native: $(INSTALLED)
	@$(MAKE) --no-print-directory -C seccomp/native

# The addon for the other architecture, compiled only; its compiler is installed if it is missing and can be.
.PHONY: native-arm64
native-arm64: $(INSTALLED)
	@test/seccomp/install.sh
	@if command -v aarch64-linux-gnu-gcc >/dev/null; then \
	  $(MAKE) --no-print-directory -C seccomp/native CC=aarch64-linux-gnu-gcc out=../../dist/arm64; \
	else echo 'skipped: needs aarch64-linux-gnu-gcc'; fi

build: $(BUNDLED) native

# A fresh yard each time: what an earlier run left on disk would count against the quotas.
run: build
	@rm -rf examples/yard
	@$(NODE) examples/make-access-log.js examples/yard/weblog/access.log
	@$(NODE) bin/repyard.js up examples/yard.json

$(TAP_BUILT): $(INSTALLED) .taprc
	@echo 'preparing the test runner ...'
	@$(BIN)/tap build >/dev/null
	@mkdir -p .tap && touch $@

# Usage: make test [ONLY=dist/test/nanny/*.test.js]
test: build $(TAP_BUILT)
	@$(NODE) dist/test/run.js $(ONLY)

# Real cgroup v2, in a throw-away virtual machine; what that needs is installed if it is missing and can be.
.PHONY: test-vm
test-vm: build
	@test/vm/install.sh
	@$(NODE) dist/test/vm/run.js

# Windows, on Wine; what that needs is installed if it is missing and can be, and kept in .cache. Usage: make test-windows [ONLY=guests]
.PHONY: test-windows
test-windows: build $(TAP_BUILT)
	@test/windows/install.sh
	@$(NODE) dist/test/windows/run.js $(ONLY)

# Usage: make fuzz [SECONDS=60] [TARGET=name] [SEED=number] [RUNS=number]
.PHONY: fuzz
fuzz: build
	@FUZZ_SECONDS=$(or $(SECONDS),60) FUZZ_TARGET=$(TARGET) FUZZ_SEED=$(SEED) FUZZ_RUNS=$(RUNS) $(NODE) dist/test/fuzz/run.js

# Usage: make soak [PROGRAMS=5000]
PROGRAMS ?= 5000
.PHONY: soak
soak: build
	@$(NODE) dist/test/soak/run.js $(PROGRAMS)

bench: build
	@$(NODE) dist/bench/run.js $(ONLY)

lint: $(INSTALLED)
	@$(BIN)/biome ci --colors=off .
	@$(BIN)/tsc -p . --noEmit

format: $(INSTALLED)
	@$(BIN)/biome check --write .

clean:
	rm -rf dist .tap

distclean: clean
	rm -rf node_modules .cache
