//! Finds every name, and one that is none.

fn main() {
    for entry in iana_ports::entries() {
        let Some(name) = entry.service_name() else { continue };
        assert!(iana_ports::lookup_name(&name.to_ascii_uppercase()).contains(entry), "{name}");
    }
    assert!(iana_ports::lookup_name("no-such-name").is_empty());
}
