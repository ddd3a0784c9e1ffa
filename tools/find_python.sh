#!/bin/sh
# Print the path of a Python that can make this project's environments, or say what is missing.
# PYTHON, when set, is the only one tried.

if [ -n "$PYTHON" ]; then set -- "$PYTHON"; else set -- python3 python3.13 python3.12 python3.11; fi

seen=
without_ensurepip=
for candidate in "$@"; do
  # Run it: a name on the PATH may be a shim for a version that is not there.
  version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
  seen="$seen $candidate is $version;"
  "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || continue
  if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
    exec "$candidate" -c 'import sys; print(sys.executable)'
  fi
  [ -n "$without_ensurepip" ] || without_ensurepip="$candidate $version"
done

if [ -n "$without_ensurepip" ]; then
  set -- $without_ensurepip
  echo "callflow: $1 (Python $2) cannot make a virtual environment: its module ensurepip is missing." >&2
  echo "  Debian and Ubuntu keep it in a package of its own: apt install python3-venv" >&2
  echo "  (for a Python beside the system's: apt install python$2-venv)" >&2
elif [ -n "$PYTHON" ] && [ -z "$seen" ]; then
  echo "callflow: PYTHON=$PYTHON does not run." >&2
else
  echo "callflow: Python 3.11 or newer is needed; found:${seen:- none of $*}" >&2
  echo "  Name another one like this: make PYTHON=/path/to/python3.12 ..." >&2
fi
exit 1
