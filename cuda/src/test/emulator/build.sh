#!/bin/sh
# Builds the emulated libraries: build.sh OUT. Does nothing where everything is up to date.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 1 ] || { echo "usage: build.sh OUT" >&2; exit 2; }
mkdir -p "$1"
out=$(cd "$1" && pwd)
cxx=${CXX:-g++}
flags="-std=c++17 -O2 -fPIC -fvisibility=hidden -fno-strict-aliasing -ffp-contract=off -Wall -Wextra -Wno-unused-parameter -Wno-format-zero-length -I$here/kernel -I$here/driver"

# stale TARGET SOURCE...: whether a source is newer than the target.
stale() {
  target=$1
  shift
  [ -e "$target" ] || return 0
  [ -n "$(find "$@" "$here/build.sh" -newer "$target" -print)" ]
}

# library NAME FOLDER FLAGS...: one shared library from the sources of a folder, compiled in parallel.
library() {
  name=$1
  folder=$here/$2
  shift 2
  stale "$out/$name" "$folder" "$here/kernel" "$here/driver" "$here/cublas/gemm.h" "$here/exports.map" || return 0
  objects=$out/objects-$name
  mkdir -p "$objects"
  jobs=""
  for source in "$folder"/*.cpp; do
    $cxx $flags "$@" -c "$source" -o "$objects/$(basename "$source").o" &
    jobs="$jobs $!"
  done
  for job in $jobs; do wait "$job"; done
  links=""
  [ "$name" = libcuda.so.1 ] || links="$out/libcuda.so.1"
  $cxx -shared -Wl,-soname,"$name" -Wl,-rpath,'$ORIGIN' -Wl,-z,noexecstack -Wl,--version-script="$here/exports.map" "$objects"/*.o $links -ldl -lpthread -o "$out/$name.new"
  mv "$out/$name.new" "$out/$name"
  rm -r "$objects"
}

# Signatures against the real header where there is one.
include=${CUDA_INCLUDE:-/usr/local/cuda-13.0/include}
if [ -e "$include/cuda.h" ] && stale "$out/headers-checked" "$here/driver" "$here/kernel"; then
  for source in device memory copy stream event graph module; do
    $cxx $flags -DCHECK_HEADERS -isystem "$include" -fsyntax-only "$here/driver/$source.cpp"
  done
  touch "$out/headers-checked"
fi

for header in "$here"/kernel/*.h; do
  cmp -s "$header" "$out/$(basename "$header")" || cp "$header" "$out/"
done
library libcuda.so.1 driver
library libnvrtc.so.12 nvrtc
library libcublas.so.12 cublas -O3 -march=native
library libcudnn.so.9 cudnn -O3 -march=native
