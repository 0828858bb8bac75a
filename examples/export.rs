//! How does the registry become a table for SQL? For dashboards.
//! `cargo run --example export -- 6062-6063/tcp`
//!
//! ```text
//! port_number,ip_protocol,status,service_name
//! 6062,6,Assigned,x11
//! 6063,6,Assigned,x11
//! ```

use iana_ports::{PortSpec, name_by_port, port_status};
use std::io::{BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Without an argument, every port.
    let argument = std::env::args_os().nth(1).unwrap_or("0-65535".into());
    let spec: PortSpec = argument.to_string_lossy().parse()?;
    let mut out = BufWriter::new(std::io::stdout());
    writeln!(out, "port_number,ip_protocol,status,service_name")?;
    for (ports, transport) in spec.port_ranges()? {
        for port in ports {
            let status = port_status(port, transport);
            // No service name contains a comma.
            let name = name_by_port(port, transport).unwrap_or("");
            writeln!(out, "{port},{},{status},{name}", transport.ip_protocol())?;
        }
    }
    Ok(out.flush()?)
}
