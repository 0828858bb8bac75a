//! What people type or paste for ports and services, and what is registered for it.

use crate::cut;
use crate::table::Row;
use iana_ports::{DnsSdName, PortRange, PortSpec, Transport, entries, lookup_name, port_status};
use std::collections::BTreeMap;
use std::fmt;

/// Ports, or the name of a service, perhaps with a transport.
#[derive(Clone, PartialEq, Eq)]
pub struct Query {
    pub subject: Subject,
    transport: Option<Transport>,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Subject {
    Ports(PortRange),
    /// As it was typed: names that are older than the rules for service names are registered too.
    Name(String),
}

/// Reads a list of ports, ranges and names, each alone or in an address, a URL, a DNS-SD name or nmap's notation.
pub fn parse(arguments: &[String]) -> Result<Vec<Query>, String> {
    let mut queries = Vec::new();
    for argument in arguments {
        // The instance in front of a DNS-SD name can contain anything.
        if let Some(query) = dns_sd(argument) {
            queries.push(query);
            continue;
        }
        let mut of_list = None;
        let words = argument.split([',', ';']).flat_map(str::split_whitespace).flat_map(|word| word.split("->"));
        for word in words.filter(|word| !word.is_empty()) {
            match (word.trim_start_matches('/').parse(), queries.last_mut()) {
                // The second of `443/tcp,udp`.
                (Ok(transport), Some(Query { subject, transport: Some(_) })) => {
                    let subject = subject.clone();
                    queries.push(Query { subject, transport: Some(transport) });
                }
                (Ok(transport), Some(last)) => last.transport = Some(transport),
                (Ok(_), None) => {
                    return Err(format!("{word:?} alone: expected a port or a service before it, as in 443/tcp"));
                }
                (Err(_), _) => queries.push(item(word, &mut of_list)?),
            }
        }
    }
    if queries.is_empty() { Err("empty text: expected a port or a service".to_owned()) } else { Ok(queries) }
}

fn dns_sd(text: &str) -> Option<Query> {
    let name = DnsSdName::parse(text.trim()).ok()?;
    let subject = Subject::Name(name.service_type().ok()?.service_name().as_str().to_owned());
    Some(Query { subject, transport: Some(name.transport()) })
}

/// `of_list` is the transport that nmap's `T:`, `U:` or `S:` sets for the rest of a list.
fn item(word: &str, of_list: &mut Option<Transport>) -> Result<Query, String> {
    if let Some(query) = dns_sd(word) {
        return Ok(query);
    }
    // Some names that are older than the rules contain a slash.
    let parts = word.rsplit_once('/').and_then(|(name, transport)| Some((name, Some(transport.parse().ok()?))));
    let (name, transport) = parts.unwrap_or((word, None));
    if !lookup_name(name).is_empty() {
        return Ok(Query { subject: Subject::Name(name.to_owned()), transport: transport.or(*of_list) });
    }
    if let Some((scheme, rest)) = word.split_once("://") {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let ports = authority.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).map(Subject::Ports);
        return Ok(Query { subject: ports.unwrap_or(Subject::Name(scheme.to_owned())), transport: None });
    }
    let (word, prefix) = match word.split_once(':') {
        Some(("T" | "t", rest)) => (rest, Some(Transport::Tcp)),
        Some(("U" | "u", rest)) => (rest, Some(Transport::Udp)),
        Some(("S" | "s", rest)) => (rest, Some(Transport::Sctp)),
        Some((transport, rest)) => transport.parse().map_or((word, None), |transport| (rest, Some(transport))),
        None => (word, None),
    };
    *of_list = prefix.or(*of_list);
    let (text, transport) = match word.split_once('/').map(|(first, second)| (first, second, second.parse())) {
        Some((first, _, Ok(transport))) => (first, Some(transport)),
        Some((first, second, Err(error))) => match first.parse() {
            Ok(transport) => (second, Some(transport)),
            Err(_) => return Err(format!("{:?}: {error}", cut(word, 60))),
        },
        None => (word, *of_list),
    };
    Ok(Query { subject: subject(text)?, transport })
}

fn subject(text: &str) -> Result<Subject, String> {
    if let Ok(ports) = text.parse() {
        return Ok(Subject::Ports(ports));
    }
    let is_number = |text: &str| text.parse::<u16>().is_ok();
    match text.rsplit_once(':') {
        Some((first, second)) if is_number(first) && is_number(second) => Err(format!(
            "{text:?} is a range to iptables and a mapping to Docker: try {first}-{second} or {first},{second}"
        )),
        // A socket address.
        Some((host, port)) if !port.is_empty() && (host.ends_with(']') || !host.contains(':')) => subject(port),
        _ if text.contains(char::is_alphabetic) => Ok(Subject::Name(text.to_owned())),
        _ => Err(text.parse::<PortSpec>().map_or_else(|error| error.to_string(), |_| format!("not a port: {text:?}"))),
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.subject {
            Subject::Ports(ports) => write!(f, "{ports}")?,
            Subject::Name(name) => f.write_str(&cut(name, 60))?,
        }
        self.transport.map_or(Ok(()), |transport| write!(f, "/{transport}"))
    }
}

impl Query {
    /// The rows of the registry.
    pub fn rows(&self) -> Vec<Row> {
        let on_transport =
            |own: Option<Transport>| own.is_none_or(|own| self.transport.is_none_or(|asked| own == asked));
        let rows: Vec<Row> = match &self.subject {
            Subject::Ports(ports) => PortSpec::from_ports(*ports).entries().map(Row::of).collect(),
            Subject::Name(name) => lookup_name(name).iter().copied().map(Row::of).collect(),
        };
        rows.into_iter().filter(|row| on_transport(row.transport)).collect()
    }

    /// The status of ports that are registered for nothing: a row for each run of ports of one status.
    pub fn statuses(&self) -> Vec<Row> {
        let Subject::Ports(ports) = self.subject else { return Vec::new() };
        let ports: Vec<u16> = ports.iter().collect();
        let asked = |transport: &Transport| self.transport.is_none_or(|asked| asked == *transport);
        let on = |transport| {
            let status = move |port: &u16| port_status(*port, transport).as_str();
            let runs = ports.chunk_by(move |port, next| status(port) == status(next));
            runs.filter_map(move |run| Some(Row::of_ports(PortRange::new(*run.first()?, *run.last()?)?, transport)))
        };
        Transport::ALL.into_iter().filter(asked).flat_map(on).collect()
    }
}

/// What people call a service that is registered by another name.
const KNOWN_AS: [(&str, &str); 8] = [
    ("dhcp", "bootps"),
    ("dns", "domain"),
    ("ike", "isakmp"),
    ("mssql", "ms-sql-s"),
    ("rabbitmq", "amqp"),
    ("rdp", "ms-wbt-server"),
    ("smb", "microsoft-ds"),
    ("vnc", "rfb"),
];

/// Rows of up to five services that an unregistered name may stand for, the likeliest first: one that people call so;
/// those whose name begins with it and a hyphen; those with a similar name; those whose name contains it; those whose
/// description does.
pub fn suggestions(text: &str) -> Vec<Row> {
    let name = &*text.to_ascii_lowercase().replace('_', "-");
    // No name is as long, and comparing would take long.
    if name.len() > 60 {
        return Vec::new();
    }
    let mut services: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for &entry in entries().iter().filter(|entry| entry.ports().is_some() && !entry.is_historic()) {
        if let Some(own) = entry.service_name() {
            services.entry(own.to_ascii_lowercase()).or_default().push(entry);
        }
    }
    let ranked = services.iter().filter_map(|(own, rows)| {
        let description = rows[0].description().to_ascii_lowercase();
        let port = rows[0].ports().map(PortRange::start)?;
        let distance = strsim::damerau_levenshtein(own, name);
        let rank = match own.strip_prefix(name) {
            _ if own == name || KNOWN_AS.contains(&(name, own)) => (0, 0),
            Some(rest) if rest.starts_with('-') => (1, 0),
            _ if distance <= name.len() / 4 => (2, distance),
            _ if own.contains(name) => (3, distance),
            _ if description.contains(name) => (4, distance),
            _ => return None,
        };
        Some((rank, port, rows))
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by_key(|(rank, port, _)| (*rank, *port));
    ranked.into_iter().take(5).flat_map(|(.., rows)| rows.iter().copied().map(Row::of)).collect()
}
