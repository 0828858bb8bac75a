//! A literal is checked when the program is, also where the code is never called.

const LITERAL: &str = match option_env!("LITERAL") {
    Some(literal) => literal,
    None => "http",
};

pub fn never_called<T>() -> Option<T> {
    iana_ports::service_name!(LITERAL);
    None
}

fn main() {
    println!("{}", iana_ports::service_name!("http"));
}
