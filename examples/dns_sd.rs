//! How are DNS-SD names parsed, checked and built? For a service browser.
//! `cargo run --example dns_sd`
//!
//! ```text
//! Büro: ipp over tcp in local.
//! -: androidtvremote2 over tcp in local.
//!    invalid service name "androidtvremote2": 16 characters, at most 15 allowed
//! J\.Smith's\032Printer._ipp._tcp.local.
//! _universal._sub._ipp._tcp.local.
//! ```

use iana_ports::{DnsSdError, DnsSdName, ServiceType, Transport, service_name};

fn main() -> Result<(), DnsSdError> {
    for text in [r"B\195\188ro._ipp._tcp.local.", "_androidtvremote2._tcp.local."] {
        let name = DnsSdName::parse(text)?;
        let instance = name.instance().unwrap_or("-");
        println!("{instance}: {} over {} in {}", name.service(), name.transport(), name.domain());
        if let Err(error) = name.service_type() {
            println!("   {error}");
        }
    }
    const IPP: ServiceType = ServiceType::dns_sd(service_name!("ipp"), Transport::Tcp);
    println!("{}", DnsSdName::new(Some("J.Smith's Printer"), IPP, "local.")?);
    println!("{}", DnsSdName::new(None, IPP, "local.")?.with_subtype("_universal")?);
    Ok(())
}
