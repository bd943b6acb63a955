#!/usr/bin/env bash
# Joins the parts that train.sh left: checks them, and unpacks them into a folder.
#   ./join.sh <folder with results.part-*> <folder to write>
set -euo pipefail
[ $# = 2 ] || { echo "usage: join.sh <folder with results.part-*> <folder to write>" >&2; exit 2; }
mkdir -p "$2"
to=$(cd "$2" && pwd)
cd "$1"
sha256sum --check --quiet results.sha256
cat results.part-* | tar -xf - -C "$to"
