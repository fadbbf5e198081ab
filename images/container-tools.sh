#!/usr/bin/env bash
# Podman and a registry from Debian, where they are missing; as root.
set -euo pipefail
missing=""
for tool in podman runc docker-registry; do
  command -v "$tool" >/dev/null || missing="$missing $tool"
done
[ -n "$missing" ] || exit 0
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  podman runc catatonit conmon netavark aardvark-dns uidmap docker-registry >/dev/null
