#!/bin/sh
# Builds the emulator into OUT and tests it: self-test.sh OUT.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 1 ] || { echo "usage: self-test.sh OUT" >&2; exit 2; }
"$here/build.sh" "$1"
out=$(cd "$1" && pwd)
common=$here/../../main/cuda/common.cuh
${CXX:-g++} -std=c++17 -O1 -Wall -Wno-address -I"$here/driver" -I"$here/kernel" -DKERNELS="\"$here/test/kernels.cu\"" \
  -DCOMMON="\"$common\"" "$here"/test/*.cpp "$out"/libcuda.so.1 "$out"/libnvrtc.so.12 "$out"/libcublas.so.12 \
  "$out"/libcudnn.so.9 -Wl,-rpath,"$out" -o "$out/self-test"
"$out/self-test"
