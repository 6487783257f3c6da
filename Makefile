# make test    every test on both databases; needs PostgreSQL's server programs, and installs them where it may
# make browser the tests of the pages in a real browser; needs Chromium, and installs it where it may
# make chaos   programs killed, servers and connections that break off, full disks, wrong clocks, at length; KILLS=300 on each database
# make check   formatting, vet, linters, known vulnerabilities
# make kubernetes  the manifests under the Job controllers of Kubernetes; needs root on Debian, and a quarter of an hour the first time
# make bench   reading, importing (once, again, embedded) and memory, as ratios; how well people are told apart; WHAT="import again" ROWS="10000 100000" for some
# make bench-table  the table of BENCHMARKS.md: half an hour on a quiet machine
# make bench-go the benchmarks of the hot path, COUNT=10 times; for benchstat; make benchstat OLD=old.txt NEW=new.txt compares two of its outputs
# make bench-check OLD=main  whether this is slower than another commit, by turns on this machine
# make install the program, its manual pages and the completion of shells, below PREFIX (and DESTDIR)
# make image   the container image, with docker or buildah
# make cross   build and vet for the systems that this one is not
# make release static programs for every platform and the manual pages, with checksums, into dist/

# The linters, each for what the others do not see:
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2        # mistakes, dead code, outdated calls
INEFFASSIGN = github.com/gordonklaus/ineffassign@v0.2.0         # values that nobody reads: often an error that got lost
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.9.0          # known holes in what is really called

# Compares two outputs of make bench-go, and says what is chance.
BENCHSTAT = golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null)
PLATFORMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64

.PHONY: chaos test browser chromium mailserver check cross vulnerabilities bench bench-small bench-table bench-go benchstat bench-check install image release postgres promtool

# The race detector looks at everything but what draws workbooks and makes lists, which share nothing and take long, and
# the scripts and tests that start a thousand programs: those scripts in which processes or workers meet run once more with it.
# No program waits a second at its end for races that nobody reported yet. SQLite itself, which is C made into Go, is left out:
# it locks what it shares by means of its own, and takes six times as long when it is looked at.
CALM = /(fixtures|provision/report|provision/template|importer/xlsxfile)(/|$$)
PROGRAMS = Scripts|Exports|Killed|Chaos|StoppedProgram|FourThatWait|ShardsMakeOneRun|TwoOrganizations|UndoOfAKilled
RACE = -race -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false
RACED = away|interrupted|locked|plan_apply|review|shards|stale
# The manifests, read by Kubernetes' own types: a module of its own, so go test does not see that they changed.
STRICT = fixtures/deploy/kubernetes/strict

test: export CI = true
test: export GORACE = atexit_sleep_ms=10
test: postgres mailserver promtool browser
	go test $(RACE) -skip '^Test($(PROGRAMS))' $$(go list ./... | grep -Ev '$(CALM)')
	go test $$(go list ./... | grep -E '$(CALM)')
	go test $(RACE) -run '^TestScripts$$/./^($(RACED))$$' ./cmd/muster
	go test -run '^Test($(PROGRAMS))' ./cmd/muster
	go -C $(STRICT) test -count=1 ./...
	@$(MAKE) --no-print-directory bench-small

check:
	@unformatted=$$(gofmt -l cmd importer dedupe provision fixtures); \
	if [ -n "$$unformatted" ]; then echo "not gofmt-ed:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go -C $(STRICT) vet ./...
	go vet -tags browser ./provision/claim/page/... ./provision/review/desk ./provision/report ./cmd/muster
	go run $(STATICCHECK) ./...
	go run $(INEFFASSIGN) ./...
	@$(MAKE) --no-print-directory vulnerabilities

# Without a way to the database of vulnerabilities it says that it did not look.
vulnerabilities:
	@found=$$(go run $(GOVULNCHECK) ./... 2>&1); code=$$?; \
	case "$$found" in *"fetching vulnerabilities"*) echo "known vulnerabilities: NOT LOOKED FOR, their database cannot be reached from here"; exit 0;; esac; \
	echo "$$found"; exit $$code

# One architecture a system is enough: nothing here depends on it.
cross:
	@for os in windows darwin; do \
		echo "$$os"; \
		CGO_ENABLED=0 GOOS=$$os go build -o /dev/null ./cmd/muster && CGO_ENABLED=0 GOOS=$$os go vet ./... || exit 1; \
	done

KILLS ?= 300

# A short version of it is among the tests.
chaos: export CI = true
chaos: postgres
	MUSTER_CHAOS=$(KILLS) go test -count 1 -timeout 6h -run '^TestChaos' -v ./cmd/muster

COUNT ?= 10

bench:
	./fixtures/bench/run

# A yardstick that makes other rows than muster, and a benchmark that does not run, fail here.
bench-small:
	@ROWS=200 REPS=1 WHAT="import again sqlite memory quality" ./fixtures/bench/run
	@go test -run '^$$' -bench . -skip '^Benchmark(CSV|XLSX)$$' -benchtime 1x -short $$(cat fixtures/bench/hot.txt)

bench-table:
	WHAT=table ./fixtures/bench/run

bench-go:
	@go test -run '^$$' -bench . -skip '^Benchmark(CSV|XLSX)$$' -count $(COUNT) $$(cat fixtures/bench/hot.txt)

benchstat:
	@go run $(BENCHSTAT) $(OLD) $(NEW)

bench-check:
	./fixtures/bench/check

# What decides about pods is built once, and kept in /var/tmp/muster-e2e.
kubernetes:
	./fixtures/deploy/kubernetes/e2e/run

PREFIX ?= /usr/local

install:
	@mkdir -p $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
		$(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	go build -ldflags "-X main.version=$(VERSION)" -o $(DESTDIR)$(PREFIX)/bin/muster ./cmd/muster
	@muster=$(DESTDIR)$(PREFIX)/bin/muster share=$(DESTDIR)$(PREFIX)/share; \
	$$muster man $$share/man/man1 && \
	$$muster completion bash > $$share/bash-completion/completions/muster && \
	$$muster completion zsh > $$share/zsh/site-functions/_muster && \
	$$muster completion fish > $$share/fish/vendor_completions.d/muster.fish

image:
	$$(command -v docker || command -v buildah) build -t muster .

release:
	@rm -rf dist && mkdir -p dist
	@for platform in $(PLATFORMS); do \
		os=$${platform%/*} arch=$${platform#*/}; name=muster-$(VERSION)-$$os-$$arch; \
		case $$os in windows) program=$$name.exe;; *) program=$$name;; esac; \
		echo "$$program"; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch go build -trimpath -buildvcs=true -tags timetzdata \
			-ldflags "-s -w -X main.version=$(VERSION)" -o dist/$$program ./cmd/muster || exit 1; \
	done
	@go run ./cmd/muster man dist/man1 >/dev/null && tar -C dist -czf dist/muster-$(VERSION)-man.tar.gz man1 && rm -r dist/man1
	@cd dist && sha256sum muster-* > checksums.txt && cat checksums.txt

# Only these tests are built with the browser's library.
browser: export CI = true
browser: chromium
	go test -tags browser -run '^TestBrowser' ./provision/claim/page ./provision/review/desk ./provision/report ./cmd/muster

chromium:
	@if command -v chromium >/dev/null; then exit 0; fi; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core; \
	else \
		echo "make browser needs the program chromium."; \
		echo "Debian, Ubuntu: sudo apt-get install chromium    Fedora: sudo dnf install chromium"; \
		exit 1; \
	fi

# A mail server that is somebody else's, and another parser of mails. That server runs as root alone: other users test
# without it.
mailserver:
	@if [ "$$(id -u)" != 0 ]; then echo "no mail through OpenSMTPD: it needs root"; exit 0; fi; \
	if [ -x /usr/sbin/smtpd ] && command -v python3 >/dev/null; then exit 0; fi; \
	if command -v apt-get >/dev/null; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends opensmtpd python3; \
	else \
		echo "make test needs OpenSMTPD and python3."; \
		exit 1; \
	fi

# What Prometheus makes of the metrics and alerts. Debian has it in the package of the server.
promtool:
	@if command -v promtool >/dev/null; then exit 0; fi; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends prometheus; \
	else \
		echo "make test needs promtool, of Prometheus."; \
		echo "Debian, Ubuntu: sudo apt-get install prometheus    macOS: brew install prometheus"; \
		exit 1; \
	fi

# The tests start their own throw-away server; they only need its programs.
postgres:
	@if ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null; then exit 0; fi; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql; \
	else \
		echo "make test needs PostgreSQL's server programs (initdb, postgres)."; \
		echo "Debian, Ubuntu: sudo apt-get install postgresql    Fedora: sudo dnf install postgresql-server    macOS: brew install postgresql"; \
		exit 1; \
	fi
