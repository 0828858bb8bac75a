//! Only parses a name of DNS-SD.

use iana_ports::DnsSdName;
use std::hint::black_box;

fn main() {
    black_box(DnsSdName::parse(black_box("_http._tcp.local.")).is_ok());
}
