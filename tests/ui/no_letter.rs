fn main() {
    let _ = iana_ports::service_name!("6000-6063");
}
