#!/usr/bin/env bash
# Trains a model on a bare, offline Linux machine with PyTorch and a C++ compiler. Called again, it goes on where it was.
#   ./train.sh                              trains all parts, then collects RESULTS
#   ./train.sh collect runs|model|whole     collects what there is, also while another one trains
# All settings are environment variables; README.md says them in words.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WORK:=$here/work}" "${OUT:=$here/results}" "${RESULTS:=runs}" "${PYTHON:=python3}"
: "${TOKENIZER:=whole-world-tokenizer}" "${DVAE:=whole-world-64-dvae}" "${TRANSFORMER:=whole-world-64-transformer}"
: "${CLIP=whole-world-64-clip}" # an empty one trains none
: "${DVAE_MINUTES:=}" "${TRANSFORMER_MINUTES:=}" "${CLIP_MINUTES:=}"
: "${DVAE_SET:=}" "${TRANSFORMER_SET:=}" "${CLIP_SET:=}"
: "${DVAE_FROM:=}" "${TRANSFORMER_FROM:=}" "${CLIP_FROM:=}"
PART_BYTES=16000000

fail() { echo "train.sh: $1" >&2; exit 1; }
note() { echo "[$(date +%T)] $1"; }

# Unpacks Node and the packages, once for each bundle.
unpack() {
  app=$WORK/app-$(sha256sum <"$here/app.tar.xz" | cut -c1-12)
  mkdir -p "$WORK/runs"
  [ -d "$app" ] && return
  local fresh
  fresh=$(mktemp -d "$WORK/.app-XXXXXX")
  "$PYTHON" -m tarfile -e "$here/app.tar.xz" "$fresh" || fail "app.tar.xz cannot be unpacked with $PYTHON; set PYTHON to a Python with lzma."
  mv -T "$fresh" "$app" 2>/dev/null || rm -rf "$fresh" # another call was faster
}

# Finds PyTorch and builds the binding for it, once for each PyTorch.
build() {
  if [ -z "${LIBTORCH:-}" ]; then
    LIBTORCH=$("$PYTHON" -c 'from importlib.util import find_spec as f; print(f("torch").submodule_search_locations[0])' 2>/dev/null) ||
      fail "$PYTHON has no torch; set PYTHON to one that has it, or LIBTORCH to an unpacked libtorch."
  fi
  export LIBTORCH
  export CXX=${CXX:-$(command -v g++ || command -v c++ || command -v clang++)}
  [ -n "$CXX" ] || fail "there is no C++ compiler; install g++, or set CXX to one."
  "$app/node" "$app/packages/torch/native/setup.mjs"
}

dalle() { "$app/node" "$app/packages/cli/bin/dalle.js" "$@"; }

# "cuda" where this PyTorch sees a GPU.
find_device() {
  (cd "$app/packages/cli" && "$app/node" --input-type=module -e \
    'import { cudaDeviceCount } from "@dalle-ts/torch"; console.log(cudaDeviceCount() > 0 ? "cuda" : "cpu");')
}

# part <kind> <recipe> <settings> <other options>: trains what is not done yet, into runs/<kind>
part() {
  local kind=$1 recipe=$2 settings=$3 run=$WORK/runs/$1
  shift 3
  if [ -z "$recipe" ] || [ -e "$run/done" ]; then return; fi
  local setting set=()
  for setting in $settings; do set+=(--set "$setting"); done
  note "training the $kind by $recipe"
  mkdir -p "$run"
  dalle train "$kind" "$recipe" -o "$run" "${set[@]}" "$@" 2>&1 | tee -ai "$run/log.txt"
  touch "$run/done"
}

train() {
  exec 9>"$WORK/lock"
  flock -n 9 || fail "another train.sh trains in $WORK; wait for it, or set WORK to another folder."
  build
  DEVICE=${DEVICE:-$(find_device)}
  note "training on $DEVICE, painting with $(nproc) cores"
  local tokenizer=(--tokenizer "$WORK/runs/tokenizer")
  part tokenizer "$TOKENIZER" ""
  part dvae "$DVAE" "$DVAE_SET" --device "$DEVICE" \
    ${DVAE_FROM:+--from "$DVAE_FROM"} ${DVAE_MINUTES:+--minutes "$DVAE_MINUTES"}
  part transformer "$TRANSFORMER" "$TRANSFORMER_SET" --device "$DEVICE" "${tokenizer[@]}" --dvae "$WORK/runs/dvae" \
    ${TRANSFORMER_FROM:+--from "$TRANSFORMER_FROM"} ${TRANSFORMER_MINUTES:+--minutes "$TRANSFORMER_MINUTES"}
  part clip "$CLIP" "$CLIP_SET" --device "$DEVICE" "${tokenizer[@]}" --dvae "$WORK/runs/dvae" \
    ${CLIP_FROM:+--from "$CLIP_FROM"} ${CLIP_MINUTES:+--minutes "$CLIP_MINUTES"}
}

# A copy fails when a checkpoint is replaced meanwhile; the next one is whole. Links, where there can be, take no time.
snapshot() {
  for _ in 1 2 3 4 5; do
    for how in -al -a; do
      rm -rf "$1"
      if cp $how "$WORK/runs" "$1" 2>/dev/null; then return; fi
    done
    sleep 1
  done
  fail "the runs change too fast to be copied; try again."
}

# collect runs|model|whole: into OUT, in parts
collect() {
  local staging leave=()
  staging=$(mktemp -d "$WORK/.collect-XXXXXX")
  trap "rm -rf '$staging'" EXIT
  mkdir "$staging/content" "$staging/parts"
  snapshot "$staging/content/runs"
  case $1 in
    runs) leave=(--exclude=model.safetensors --exclude=optimizer.safetensors) ;; # what `dalle export` needs
    model)
      build >&2
      dalle export "$staging"/content/runs/* -o "$staging/content/model" --dtype int8-rows
      rm -rf "$staging/content/runs"
      ;;
    whole) ;;
    *) fail "results are runs, model or whole, not $1." ;;
  esac
  # The log of a run in progress grows under tar's hands, which is its exit code 1.
  { tar -cf - --exclude='*.partial' --exclude='.scratch-*' "${leave[@]}" -C "$staging/content" . || [ $? = 1 ]; } |
    split -b $PART_BYTES -d -a 3 - "$staging/parts/results.part-"
  (cd "$staging/parts" && sha256sum results.part-* >results.sha256)
  mkdir -p "$OUT"
  rm -f "$OUT"/results.part-* "$OUT/results.sha256"
  mv "$staging"/parts/* "$OUT"
  note "$(ls "$OUT" | grep -c '^results.part-') parts in $OUT; join them with: ./join.sh $OUT <folder>"
}

case ${1:-train} in
  train)
    unpack
    train
    collect "$RESULTS"
    ;;
  collect)
    unpack
    collect "${2:-$RESULTS}"
    ;;
  *) fail "the commands are train and collect, not $1." ;;
esac
