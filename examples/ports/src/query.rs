//! What people type or paste for ports and services, and what is registered for it.

use crate::cut;
use crate::table::Row;
use iana_ports::{DnsSdName, PortRange, PortSpec, Transport, lookup_name};
use std::fmt;

/// Ports, or the name of a service, perhaps with a transport.
#[derive(Clone)]
pub struct Query {
    pub subject: Subject,
    transport: Option<Transport>,
}

#[derive(Clone)]
pub enum Subject {
    Ports(PortRange),
    /// As it was typed: names that are older than the rules for service names are registered too.
    Name(String),
}

/// Ports in all queries, so that 100,000 characters of ranges are answered as fast as other texts.
const MOST_PORTS: u64 = 1 << 20;

/// Reads ports, ranges and names, each alone or in a list, an address, a URL, a DNS-SD name or nmap's notation.
pub fn parse(arguments: &[String]) -> Result<Vec<Query>, String> {
    let mut queries = Vec::new();
    for argument in arguments {
        // The instance in front of a DNS-SD name can contain anything.
        if let Some(query) = dns_sd(argument) {
            queries.push(query);
            continue;
        }
        for word in argument.split_whitespace() {
            match word.split_once("://") {
                Some((scheme, rest)) if !scheme.is_empty() => queries.push(url(scheme, rest)?),
                _ => read_list(word, &mut queries)?,
            }
        }
    }
    let ports = |query: &Query| if let Subject::Ports(ports) = query.subject { u64::from(ports.len()) } else { 0 };
    if queries.is_empty() {
        Err("empty text: expected a port or a service".to_owned())
    } else if queries.iter().map(ports).sum::<u64>() > MOST_PORTS {
        Err(format!("too many ports: expected at most {MOST_PORTS}"))
    } else {
        Ok(queries)
    }
}

fn dns_sd(text: &str) -> Option<Query> {
    let name = DnsSdName::parse(text.trim()).ok()?;
    let subject = Subject::Name(name.service_type().ok()?.service_name().as_str().to_owned());
    Some(Query { subject, transport: Some(name.transport()) })
}

/// Reads items between commas or semicolons, without whitespace. A transport alone is for the item before it.
fn read_list(list: &str, queries: &mut Vec<Query>) -> Result<(), String> {
    let (mut start, mut of_list) = (queries.len(), None);
    for item in list.split([',', ';']).filter(|item| !item.is_empty()) {
        let (text, end) = item.rsplit_once('/').unwrap_or(("", item));
        let transport: Option<Transport> = end.parse().ok();
        let text = if transport.is_some() { text } else { item };
        // Both ends of a mapping have its transport.
        let ends = text.split("->").filter(|end| !end.is_empty());
        let mut ends: Vec<Query> = ends.map(|end| read_end(end, &mut of_list)).collect::<Result<_, _>>()?;
        if let Some(transport) = transport {
            if ends.is_empty() {
                let alone = || format!("{item:?} alone: expected a port or a service before it, as in 443/tcp");
                let last = queries.pop().ok_or_else(alone)?;
                // The second of `443/tcp,udp`.
                queries.extend(last.transport.is_some().then(|| last.clone()));
                ends.push(last);
                start = 0;
            }
            ends.iter_mut().for_each(|end| end.transport = Some(transport));
            if let ([.., before @ Query { transport: None, .. }], [.., last]) = (&queries[start..], ends.as_slice()) {
                let (list, both) = (cut(list, 60), format!("{before}/{transport},{last}"));
                return Err(format!("{list:?}: {transport} may be for {before} too: try {both} or {before} {last}"));
            }
        }
        queries.extend(ends);
    }
    Ok(())
}

/// The port of a URL, or the service that has the name of its scheme.
fn url(scheme: &str, rest: &str) -> Result<Query, String> {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let subject = match host.rsplit_once(':') {
        Some((_, port)) if !port.is_empty() && !port.contains(']') => subject(port)?,
        _ => Subject::Name(scheme.to_owned()),
    };
    Ok(Query { subject, transport: None })
}

/// `of_list` is the transport that a prefix, such as nmap's `T:`, sets for the rest of a list.
fn read_end(text: &str, of_list: &mut Option<Transport>) -> Result<Query, String> {
    if let Some(query) = dns_sd(text) {
        return Ok(query);
    }
    // Some names that are older than the rules contain a slash.
    if !lookup_name(text).is_empty() {
        return Ok(Query { subject: Subject::Name(text.to_owned()), transport: *of_list });
    }
    let (prefix, rest) = text.split_once([':', '/']).unwrap_or(("", text));
    let transport = match prefix {
        "T" | "t" => Some(Transport::Tcp),
        "U" | "u" => Some(Transport::Udp),
        "S" | "s" => Some(Transport::Sctp),
        _ => prefix.parse().ok(),
    };
    *of_list = transport.or(*of_list);
    let text = if transport.is_some() { rest } else { text };
    match text.split_once('/').map(|(_, end)| end.parse::<Transport>()) {
        Some(Err(error)) => Err(format!("{:?}: {error}", cut(text, 60))),
        _ => Ok(Query { subject: subject(text)?, transport: *of_list }),
    }
}

fn subject(text: &str) -> Result<Subject, String> {
    let error = match text.parse() {
        Ok(ports) => return Ok(Subject::Ports(ports)),
        Err::<PortRange, _>(error) => error,
    };
    let is_port = |text: &str| text.parse::<u16>().is_ok();
    match text.rsplit_once(':') {
        Some((first, second)) if is_port(first) && is_port(second) => Err(format!(
            "{text:?} is a range to iptables and a mapping to Docker: try {first}-{second} or {first},{second}"
        )),
        Some((host, port)) if !port.is_empty() && is_host(host) => subject(port),
        _ if text.contains(char::is_alphabetic) && !text.contains('/') => Ok(Subject::Name(text.to_owned())),
        _ => Err(error.to_string()),
    }
}

/// Whether a socket address may begin so. Of IPv6, only `[::1]` and `::` cannot have the port as a part.
fn is_host(text: &str) -> bool {
    let are_ports = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.ends_with(']') || text == "::" || !text.contains(':') && !are_ports
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
        let is_asked = |own: Option<Transport>| self.transport.is_none() || own.is_none() || own == self.transport;
        let rows: Vec<Row> = match &self.subject {
            Subject::Ports(ports) => PortSpec::from_ports(*ports).entries().map(Row::of).collect(),
            Subject::Name(name) => lookup_name(name).iter().copied().map(Row::of).collect(),
        };
        rows.into_iter().filter(|row| is_asked(row.transport)).collect()
    }

    /// The status of ports that are registered for nothing: a row for each run of ports of which the registry says the
    /// same.
    pub fn statuses(&self) -> Vec<Row> {
        let Subject::Ports(ports) = self.subject else { return Vec::new() };
        let ports: Vec<u16> = ports.iter().collect();
        let on = |transport| {
            let description = move |&port: &u16| Row::of_ports(port.into(), transport).description();
            let runs = ports.chunk_by(move |port, next| description(port) == description(next));
            runs.filter_map(move |run| Some(Row::of_ports(PortRange::new(*run.first()?, *run.last()?)?, transport)))
        };
        let is_asked = |transport: &Transport| self.transport.is_none_or(|asked| asked == *transport);
        Transport::ALL.into_iter().filter(is_asked).flat_map(on).collect()
    }
}
