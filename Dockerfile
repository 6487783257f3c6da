# The image holds one static program, the certificates and time zones it
# needs, and no shell. It runs as nobody in particular.
#
#   docker build -t muster .
#   docker run --rm -v "$PWD:/work" -w /work -u "$(id -u)" muster import list.csv --yes
#
# Its root may be read-only: it writes where it is told, and to /tmp, where large
# workbooks are unpacked (--read-only --tmpfs /tmp).
FROM docker.io/library/golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=unknown
RUN CGO_ENABLED=0 go build -trimpath -tags timetzdata -ldflags "-s -w -X main.version=${VERSION}" -o /muster ./cmd/muster \
 && mkdir -p /rootfs/tmp /rootfs/work /rootfs/etc/ssl/certs \
 && cp /etc/ssl/certs/ca-certificates.crt /rootfs/etc/ssl/certs/ \
 && cp /muster /rootfs/muster \
 && chmod 1777 /rootfs/tmp && chown 65532:65532 /rootfs/work

FROM scratch
COPY --from=build /rootfs/ /
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/muster"]
