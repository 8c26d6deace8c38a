# What dpc needs from Debian 12, in one place; sourced by the other scripts.
# shellcheck shell=bash disable=SC2034

# To build the tool.
build_packages=(
  g++ cmake ninja-build pkg-config git ca-certificates
  libgit2-dev libssl-dev zlib1g-dev libsqlite3-dev libboost-graph-dev libcli11-dev nlohmann-json3-dev
)
# To build and run the tests, besides.
test_packages=(valgrind libyaml-cpp-dev catch2 librapidcheck-dev python3 python3-venv nodejs npm ccache clang-format clang-tidy)

# Installs what is missing. Without root rights it says what to install.
install_packages() {
  local missing=() package
  for package in "$@"; do
    # nodejs and others may be there from elsewhere than Debian.
    case $package in
      nodejs) command -v node >/dev/null && continue ;;
      npm) command -v npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "ci: installing ${missing[*]}" >&2
  local run=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "ci: please install: ${missing[*]}" >&2; return 2; }
    run=(sudo)
  fi
  "${run[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
