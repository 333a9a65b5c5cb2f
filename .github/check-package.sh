#!/usr/bin/env bash
# Checks a published app: check-package.sh FOLDER. Lists what is in it, largest first, and fails on natives of another platform than
# linux-x64, on LibTorch, on more than 60 MB, on the host.json of the scheduler, and without the extensions of the Functions host.
set -euo pipefail
folder=$1
limit_mb=60
faults=0

fault() {
  echo "$1" >&2
  faults=1
}

(cd "$folder" && find . -type f -printf '%s %P\n' | sort -k1,1nr -k2)

# Not .azurefunctions, which holds the extensions of the host as their packages bring them.
for runtime in "$folder"/runtimes/*/; do
  [ -d "$runtime" ] || continue
  name=$(basename "$runtime")
  # Folders of managed code for a system bear its name alone, and have no natives.
  if [ "$name" != linux-x64 ] && [ -n "$(find "$runtime" -path '*/native/*' -type f -print -quit)" ]; then
    fault "Natives of $name are in the package."
  fi
done
foreign=$(find "$folder" -type f \( -name '*.dylib' -o -path '*/native/*.dll' \) -not -path '*/runtimes/*' -print -quit)
[ -z "$foreign" ] || fault "A native of another platform is in the package: $foreign"
libtorch=$(find "$folder" -type f \( -iname 'libtorch*' -o -iname 'torch_cpu*' -o -iname 'libc10*' \) -print -quit)
[ -z "$libtorch" ] || fault "LibTorch is in the package: $libtorch"
[ -d "$folder/.azurefunctions" ] || fault "The extensions of the Functions host are not in the package."
! grep -q '"azureManaged"' "$folder/host.json" || fault "host.json names the scheduler."

megabytes=$(($(find "$folder" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }') / 1000000))
echo "$megabytes MB"
[ "$megabytes" -le "$limit_mb" ] || fault "The package has $megabytes MB; $limit_mb are allowed."

exit "$faults"
