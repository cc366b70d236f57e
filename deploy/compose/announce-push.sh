#!/bin/sh
# Tells the orchestrator of docker-compose.yml that an image was pushed, as a registry does.
# usage: announce-push.sh HOST REPOSITORY TAG sha256:DIGEST
set -eu
[ $# -eq 4 ] || { sed -n 's/^# usage/usage/p' "$0" >&2; exit 2; }
. "$(dirname "$0")/../../.env"
# The secret is not among the arguments, which everybody on the machine can read.
curl -sS --fail-with-body --config - "http://127.0.0.1:${SLUICE_PORT:-8080}/webhooks/registry" <<END
header = "Authorization: Bearer $SLUICE_WEBHOOK_SECRET"
header = "Content-Type: application/vnd.docker.distribution.events.v2+json"
data = "{\"events\": [{\"id\": \"$(date +%s)-$$\", \"timestamp\": \"$(date -u +%Y-%m-%dT%H:%M:%SZ)\", \"action\": \"push\", \"target\": {\"mediaType\": \"application/vnd.docker.distribution.manifest.v2+json\", \"repository\": \"$2\", \"tag\": \"$3\", \"digest\": \"$4\"}, \"request\": {\"host\": \"$1\", \"method\": \"PUT\"}}]}"
END
