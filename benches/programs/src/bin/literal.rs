//! A literal is checked when the program is, also where the code is never called.

pub fn never_called<T>() -> Option<T> {
    iana_ports::service_name!(env!("LITERAL"));
    None
}

fn main() {
    println!("{}", iana_ports::service_name!("http"));
}
