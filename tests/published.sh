# The sources of a crate as published, into $folder. For the scripts that run somebody else's tests.

source_of() { # name, version
  local get="$folder/get-$1-$2"
  if [ ! -d "$get" ]; then
    mkdir -p "$get/src"
    : > "$get/src/lib.rs"
    printf '[package]\nname = "get"\nversion = "0.0.0"\n[dependencies]\n%s = "=%s"\n[workspace]\n' \
      "$1" "$2" > "$get/Cargo.toml"
    (cd "$get" && cargo fetch --quiet)
  fi
  ls -d "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/"$1-$2" | head -n 1
}
