//! Only `port_by_name`.

use iana_ports::{Transport, port_by_name};
use std::hint::black_box;

fn main() {
    black_box(port_by_name(black_box("https"), Transport::Tcp));
}
