pub fn never_called<T>() -> Option<T> {
    iana_ports::service_name!("never_called");
    None
}

fn main() {}
