# make test    every test on both databases; needs PostgreSQL's server programs, and installs them where it may
# make check   formatting, vet, staticcheck
# make bench   reading, importing and memory, as ratios; how well people are told apart; WHAT=quality for one of them
# make image   the container image, with docker or buildah

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: test check bench image postgres

test: postgres
	CI=true go test -race ./...

check:
	@unformatted=$$(gofmt -l cmd importer dedupe provision fixtures); \
	if [ -n "$$unformatted" ]; then echo "not gofmt-ed:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...

bench:
	./fixtures/bench/run

image:
	$$(command -v docker || command -v buildah) build -t muster .

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
