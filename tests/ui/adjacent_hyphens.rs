fn main() {
    let _ = iana_ports::service_name!("a--b");
}
