//! How does a configuration file hold ports and names? With the feature `serde`.
//! `cargo run --features serde --example config`
//!
//! ```text
//! listen on 443, allow 8000-8100/udp, announce _http._tcp
//! invalid port or service "tcp/443": did you mean 443/tcp? at line 1 column 19
//! ```

use iana_ports::{PortSpec, ServiceType};
use std::collections::BTreeMap;

fn main() -> Result<(), serde_json::Error> {
    let ports: BTreeMap<String, PortSpec> = serde_json::from_str(r#"{"listen": 443, "allow": "8000-8100/udp"}"#)?;
    let announced: ServiceType = serde_json::from_str(r#""_http._tcp""#)?;
    println!("listen on {}, allow {}, announce {announced}", ports["listen"], ports["allow"]);

    let rejected = serde_json::from_str::<BTreeMap<String, PortSpec>>(r#"{"listen":"tcp/443"}"#);
    println!("{}", rejected.err().map_or_else(String::new, |error| error.to_string()));
    Ok(())
}
