# roadcast -- forecast when an AI roadmap lands, what it costs and how good the model will be.
#
#   make demo     bring what is missing, build, forecast a real scenario into out/
#   make check    bring what tests need, build, run every test
#   make help     the other targets
#
# One file, not recursive. Objects of each mode live in .build/$(MODE)/, those of another
# compiler than gcc in .build/$(MODE)-$(CC)/: no two builds ever mix.

MODE   ?= release
PREFIX ?= /usr/local
DESTDIR ?=
ifeq ($(origin CC),default)
CC := gcc
endif

B := .build/$(MODE)$(filter-out -gcc,-$(notdir $(lastword $(CC))))

# Same bits everywhere: no contraction, no fast-math; sqrt is IEEE, errno is not wanted.
BITS  := -ffp-contract=off -fno-math-errno -fno-trapping-math
WARN  := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes $(WERROR)
HARD  := -fPIE -fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
LHARD := -pie -Wl,-z,relro,-z,now

OPT_release := -O3 $(HARD)
OPT_O0      := -O0
OPT_debug   := -O0 -g
OPT_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
OPT_tsan    := -O1 -g -fsanitize=thread
OPT_cov     := -O1 -g -fno-inline --coverage -fprofile-update=atomic # threads lose no count
OPT_fuzz    := -O2 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all
OPT := $(OPT_$(MODE))
ifeq ($(OPT),)
$(error MODE is one of release O0 debug asan tsan cov fuzz)
endif

PACKAGES := libconfig
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
TEST_LIBS   = $(shell pkg-config --libs check jansson)

CPPFLAGS += -Iinclude -Iengine -Imodels -D_GNU_SOURCE $(PKG_CFLAGS)
CFLAGS   += -std=c17 $(OPT) $(BITS) $(WARN)
LDFLAGS  += $(OPT) $(if $(filter release,$(MODE)),$(LHARD))
LDLIBS   += $(PKG_LIBS) -lm # floor, ceil, fmin, fmax: exact everywhere
OPENMP   := -fopenmp

# One short line for each file, none under make -s; V=1 shows the commands.
Q := $(if $(V),,@)
SAY = $(if $(V)$(findstring s,$(filter-out -%,$(firstword $(MAKEFLAGS)))),@:,@echo "  $(1)")

# ------------------------------------------------------------------- sources

# *.simd.c hold kernels: plain loops, built once per instruction set, the same bits from each.
SIMD_SRC := $(wildcard engine/*/*.simd.c)
LIB_SRC  := $(filter-out $(SIMD_SRC) engine/cli/%,$(wildcard engine/*/*.c models/*.c))
CLI_SRC  := $(wildcard engine/cli/*.c)

ifeq ($(shell $(CC) -dumpmachine 2>/dev/null | cut -d- -f1),x86_64)
SIMD_LEVELS := base avx2 avx512
else
SIMD_LEVELS := base
endif
SIMD_base   :=
SIMD_avx2   := -mavx2
SIMD_avx512 := -mavx2 -mavx512f -mavx512dq -mavx512vl -mavx512bw -mprefer-vector-width=512

LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o) \
           $(foreach l,$(SIMD_LEVELS),$(SIMD_SRC:%.simd.c=$(B)/%.$(l).o))
CLI_OBJ := $(CLI_SRC:%.c=$(B)/%.o)
LIB_OBJ += $(B)/plots.o
LIB := $(B)/libroadcast.a
BIN := $(B)/roadcast

TEST_SRC := $(wildcard tests/unit/test_*.c tests/statistical/test_*.c tests/properties/test_*.c tests/fuzz/test_*.c)
FUZZ_SRC := $(wildcard tests/fuzz/fuzz_*.c)
LONG_SRC := $(wildcard tests/*/long_*.c)
SUPPORT_SRC := $(wildcard tests/support/*.c)
BENCH_SRC := $(wildcard tests/bench/*.c)
TEST_BIN := $(TEST_SRC:%.c=$(B)/%)
LONG_BIN := $(LONG_SRC:%.c=$(B)/%)
SUPPORT_OBJ := $(SUPPORT_SRC:%.c=$(B)/%.o)
# an archive: a test takes what it uses, and one that binds by hand meets no other binder
SUPPORT := $(B)/tests/libsupport.a

# ------------------------------------------------------------------- targets

all: $(BIN) ## build the program (the default)
	@ln -sfn $(BIN) roadcast

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9_-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile
	@echo '  MODE=release|O0|debug|asan|tsan|cov|fuzz   CC=gcc|clang   PREFIX=/usr/local DESTDIR='

# What demo, check and bench build is found after packages were brought, hence by another
# make: on every core, where the first was not told how many jobs it may run.
BUILD = +@$(MAKE) --no-print-directory $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

demo: packages-demo ## bring packages, build, forecast scenarios/fraud_v2.cfg into out/
	$(BUILD) all
	@./roadcast run scenarios/fraud_v2.cfg --seed 42 --output out --charts

check: packages-check ## bring packages, build, run every test
	$(BUILD) all tests
	@CC="$(CC)" OPT="$(OPT)" tests/run.sh $(B) short

check-long: packages-long ## the slow proofs: other compilers, modes, machines
	$(BUILD) all tests long-tests
	@CC="$(CC)" OPT="$(OPT)" tests/run.sh $(B) long

warnings: ## only hear what CC says of every source (CC=clang)
	@printf '%s\n' $(LIB_SRC) $(CLI_SRC) $(SIMD_SRC) $(wildcard tests/*/*.c) | grep -v '^tests/bench/' | \
	  xargs -P$(shell nproc) -n8 $(CC) $(CPPFLAGS) -Itests/support -DRC_SIMD=base $(CFLAGS) $(OPENMP) -fsyntax-only

tests: $(TEST_BIN) $(B)/tests/faults/fail.so
long-tests: $(LONG_BIN)

coverage: packages-check ## which lines and branches the programs of unit/ and golden/ carry out, room by room
	@find .build/cov -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory -j$(shell nproc) CC=gcc MODE=cov .build/cov/roadcast tests
	@CC=gcc OPT="$(OPT_cov)" tests/run.sh .build/cov short unit golden
	@tests/coverage/coverage.py .build/cov

fuzz: packages-check ## feed the readers with broken texts until stopped (RUNS=n: so many)
	@$(MAKE) --no-print-directory -j$(shell nproc) MODE=fuzz CC=clang fuzzers
	@tests/fuzz/run.sh .build/fuzz-clang $(RUNS)

# libFuzzer is part of clang
fuzzers: $(FUZZ_SRC:%.c=$(B)/%) $(B)/tests/fuzz/dictionary

bench: packages-bench ## measure the speed claims, in turns against GSL
	$(BUILD) all bench-programs
	@tests/bench/run.sh $(B)

mutation: packages-check ## plant small faults in rand, stats, network, calendar: does a test turn red?
	$(BUILD) all $(SUPPORT)
	@tests/mutation/mutate.py $(B)

bench-programs: $(BENCH_SRC:%.c=$(B)/%)

install: all ## install program, library, headers, plots and scenarios under DESTDIR PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib \
	  $(DESTDIR)$(PREFIX)/include/roadcast $(DESTDIR)$(PREFIX)/share/roadcast/plots \
	  $(DESTDIR)$(PREFIX)/share/roadcast/scenarios
	install -m 755 $(BIN) $(DESTDIR)$(PREFIX)/bin/roadcast
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib/
	install -m 644 include/roadcast.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 include/roadcast/*.h $(DESTDIR)$(PREFIX)/include/roadcast/
	install -m 644 plots/*.gp $(DESTDIR)$(PREFIX)/share/roadcast/plots/
	install -m 644 scenarios/*.cfg $(DESTDIR)$(PREFIX)/share/roadcast/scenarios/

format: ## clang-format every source in place
	clang-format -i $(wildcard include/*.h include/*/*.h engine/*/*.[ch] models/*.[ch] tests/*/*.[ch])

clean: ## remove everything that was built
	rm -rf .build roadcast

# ------------------------------------------------------------------ packages
# As root or through sudo what is missing is installed; otherwise the one line to run is printed.

DEB_BUILD := build-essential pkg-config libconfig-dev gnuplot-nox fonts-dejavu-core
DEB_CHECK := $(DEB_BUILD) check libjansson-dev libpcg-cpp-dev clang libomp-dev python3-jsonschema locales
# machines of another kind, played by qemu; the compiler of one's own machine is there
MACHINES  := $(filter-out $(shell uname -m),aarch64 riscv64)
DEB_LONG  := $(DEB_CHECK) strace qemu-user $(foreach m,$(MACHINES),gcc-$(m)-linux-gnu libc6-dev-$(m:aarch64=arm64)-cross)
DEB_BENCH := $(DEB_BUILD) libgsl-dev

define bring
	@missing=$$(for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || printf '%s ' $$p; done); \
	if [ -n "$$missing" ]; then \
	  line="apt-get update && apt-get install -y --no-install-recommends $$missing"; \
	  if ! command -v apt-get >/dev/null; then echo "Not a Debian machine. Should the build fail, it wants what these packages hold: $$missing" >&2; exit 0; \
	  elif [ "$$(id -u)" = 0 ]; then echo "Installing: $$missing"; run=; \
	  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then echo "Installing through sudo: $$missing"; run=sudo; \
	  else echo "Packages are missing. Please run as root, then try again:" >&2; echo "  $$line" >&2; exit 1; fi; \
	  log=$$(mktemp) && { $$run apt-get update && $$run env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing; } >$$log 2>&1 \
	    || { tail -n 20 $$log >&2; echo "Could not install: $$missing" >&2; exit 1; }; rm -f $$log; \
	fi
endef

packages-demo:
	$(call bring,$(DEB_BUILD))
packages-check:
	$(call bring,$(DEB_CHECK))
packages-long:
	$(call bring,$(DEB_LONG))
	@tests/support/foreign.sh $(MACHINES) || true # long_foreign.sh says what it skips
packages-bench:
	$(call bring,$(DEB_BENCH))

# --------------------------------------------------------------------- rules

$(BIN): $(CLI_OBJ) $(LIB)
	$(call SAY,LD  $@)
	$(Q)$(CC) $(LDFLAGS) $(OPENMP) -o $@ $^ $(LDLIBS)

$(LIB): $(LIB_OBJ)
	@rm -f $@
	$(call SAY,AR  $@)
	$(Q)ar rcs $@ $^

$(B)/engine/run/%.o: CFLAGS += $(OPENMP)

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call SAY,CC  $<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The scripts of plots/ are part of the program: bytes as numbers, which any C compiler takes.
PLOTS := $(wildcard plots/*.gp)
$(B)/plots.c: $(PLOTS) Makefile
	@mkdir -p $(@D)
	@{ echo '#include "report/scripts.h"'; \
	   for f in $(PLOTS); do \
	     printf 'static const char %s[] = {\n' "$$(basename $$f .gp)_gp"; \
	     od -An -v -td1 $$f | sed 's/  *\(-*[0-9][0-9]*\)/\1,/g'; echo '0};'; done; \
	   echo 'const rc_script rc_scripts[] = {'; \
	   for f in $(PLOTS); do n=$$(basename $$f .gp); printf '{"%s.gp", %s_gp, sizeof %s_gp - 1},\n' $$n $$n $$n; done; \
	   echo '{NULL, NULL, 0}};'; } >$@.new && mv $@.new $@

$(B)/plots.o: $(B)/plots.c
	$(call SAY,CC  $<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

define simd_rule
$(B)/%.$(1).o: %.simd.c Makefile
	@mkdir -p $$(@D)
	$$(call SAY,CC  $$< ($(1)))
	$$(Q)$$(CC) $$(CPPFLAGS) $$(CFLAGS) $$(SIMD_$(1)) -DRC_SIMD=$(1) -MMD -MP -c -o $$@ $$<
endef
$(foreach l,$(SIMD_LEVELS),$(eval $(call simd_rule,$(l))))

# Compiled and linked at once: the compiler has to be told whose headers these are.
DEPENDS = -MMD -MP -MT $@ -MF $@.d

$(B)/tests/bench/%: tests/bench/%.c $(LIB)
	@mkdir -p $(@D)
	$(call SAY,LD  $@)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(DEPENDS) -o $@ $< $(LIB) $(OPENMP) $(LDLIBS) $$(pkg-config --cflags --libs gsl)

$(B)/tests/%: tests/%.c $(SUPPORT) $(LIB)
	@mkdir -p $(@D)
	$(call SAY,LD  $@)
	$(Q)$(CC) $(CPPFLAGS) -Itests/support $(CFLAGS) $(DEPENDS) $(WRAP) -o $@ $< $(SUPPORT) $(LIB) $(OPENMP) $(LDLIBS) $(TEST_LIBS) -lm

$(FUZZ_SRC:%.c=$(B)/%): CFLAGS += -fsanitize=fuzzer

# what asks for memory asks this program first, which refuses now and then
$(B)/tests/unit/test_no_memory: WRAP := $(foreach f,malloc calloc realloc rc_arena_alloc rc_arena_text rc_arena_print,-Wl,--wrap=$(f))
# what these two ask for is looked at on its way
ON_DISK := $(foreach f,fsync renameat renameat2,-Wl,--wrap=$(f))
$(B)/tests/unit/test_emit: WRAP := $(ON_DISK)
$(B)/tests/unit/test_charts: WRAP := -Wl,--wrap=rc_gnuplot_draw $(ON_DISK)

# arithmetic that no text steers: what it compares would only slow a fuzzer down
ifeq ($(MODE),fuzz)
$(patsubst %,$(B)/engine/rand/%.o,cells steps table $(SIMD_LEVELS:%=table.%)): CFLAGS += -fno-sanitize-coverage=trace-cmp
$(patsubst %,$(B)/engine/base/%.o,math normal incomplete): CFLAGS += -fno-sanitize-coverage=trace-cmp
endif

# Preloaded into the program under test, whatever that was built with: plain.
$(B)/tests/faults/fail.so: tests/faults/fail.c
	@mkdir -p $(@D)
	$(call SAY,LD  $@)
	$(Q)$(CC) -D_GNU_SOURCE -std=c17 -O2 $(WARN) -fPIC -shared -o $@ $<

$(SUPPORT_OBJ): CPPFLAGS += -Itests/support

$(SUPPORT): $(SUPPORT_OBJ)
	@rm -f $@
	$(call SAY,AR  $@)
	$(Q)ar rcs $@ $^

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(SUPPORT_OBJ:.o=.d)
-include $(addsuffix .d,$(TEST_BIN) $(LONG_BIN) $(BENCH_SRC:%.c=$(B)/%) $(FUZZ_SRC:%.c=$(B)/%))

.PHONY: all help demo check check-long coverage warnings tests long-tests fuzz fuzzers bench mutation bench-programs install format clean \
        packages-demo packages-check packages-long packages-bench
.SECONDARY:
