//! What people type or paste for ports and services, and what is registered for it.

use crate::cut;
use crate::table::Row;
use iana_ports::{DnsSdName, PortRange, PortRangeError, PortSpec, Transport, lookup_name};
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
const MAX_PORTS: u64 = 1 << 20;

/// The letters in the port lists of nmap.
const NMAP: [(&str, Transport); 3] = [("T", Transport::Tcp), ("U", Transport::Udp), ("S", Transport::Sctp)];

/// Reads ports, ranges and names, each alone or in a list, an address, a URL, a DNS-SD name or nmap's notation.
pub fn parse(arguments: &[String]) -> Result<Vec<Query>, String> {
    let mut queries = Vec::new();
    for argument in arguments {
        // The instance in front of a DNS-SD name can contain anything, and `tcp` alone is a service.
        if let Some(query) = dns_sd(argument).or_else(|| registered(argument.trim()).filter(|_| arguments.len() == 1)) {
            queries.push(query);
            continue;
        }
        // docker port prints `80/tcp -> 0.0.0.0:8080`.
        for word in argument.replace(" -> ", "->").split_whitespace() {
            match word.split_once("://") {
                Some((scheme, rest)) if !scheme.is_empty() => queries.push(url(word, scheme, rest)?),
                _ => read_list(word, &mut queries)?,
            }
        }
    }
    let ports = |query: &Query| if let Subject::Ports(ports) = query.subject { u64::from(ports.len()) } else { 0 };
    match queries.iter().map(ports).sum() {
        _ if queries.is_empty() => Err("empty port or service: expected text such as 443 or https".to_owned()),
        0..=MAX_PORTS => Ok(queries),
        _ => Err(format!("too many ports: expected at most {MAX_PORTS}")),
    }
}

/// `None` where a port or a transport after the name would be a part of its domain.
fn dns_sd(text: &str) -> Option<Query> {
    let name = DnsSdName::parse(text.trim()).ok().filter(|name| !name.domain().contains(['/', ':']))?;
    let subject = Subject::Name(name.service_type().ok()?.service_name().as_str().to_owned());
    Some(Query { subject, transport: Some(name.transport()) })
}

/// Reads items between commas or semicolons, without whitespace. A transport alone is for the item before it.
fn read_list(list: &str, queries: &mut Vec<Query>) -> Result<(), String> {
    let mut start = queries.len();
    let mut list_transport = None;
    for item in list.split([',', ';']).filter(|item| !item.is_empty()) {
        let ends: Vec<_> = item.split("->").map(split_transport).collect();
        // Both ends of a mapping have its transport.
        let transport = ends.iter().find_map(|(_, transport)| *transport);
        let ends = ends.into_iter().filter(|(text, _)| !text.is_empty());
        let ends = ends.map(|(text, own)| read_end(text, own.or(transport), &mut list_transport));
        let mut ends: Vec<Query> = ends.collect::<Result<_, _>>()?;
        if ends.is_empty() && transport.is_some() {
            let expected = "expected a port or service before the transport protocol, as in 443/tcp";
            let alone = || format!("invalid port or service {:?}: {expected}", cut(item, 60));
            let last = queries.pop().ok_or_else(alone)?;
            // The second of `443/tcp,udp`.
            queries.extend(last.transport.is_some().then(|| last.clone()));
            ends.push(Query { transport, ..last });
            start = 0;
        }
        if let (Some(transport), [before @ .., one @ Query { transport: None, .. }]) = (transport, &queries[start..]) {
            let both = match ends.as_slice() {
                [last] if before.is_empty() => format!("{one} too: try {one}/{transport},{last} or {one} {last}"),
                _ => "the items before it too: write a transport after each item, or a space after each comma".into(),
            };
            return Err(format!("{:?}: {transport} may be for {both}", cut(list, 60)));
        }
        queries.extend(ends);
    }
    Ok(())
}

/// The text before a transport, which is empty for `tcp`, and the transport.
fn split_transport(text: &str) -> (&str, Option<Transport>) {
    let (start, end) = text.rsplit_once('/').unwrap_or(("", text));
    end.parse().map_or((text, None), |transport| (start, Some(transport)))
}

/// The port of a URL, or the service that has the name of its scheme. A scheme can be a transport.
fn url(url: &str, scheme: &str, rest: &str) -> Result<Query, String> {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (address, after) = host.rsplit_once(']').unwrap_or(("", host));
    let (name, port) = after.split_once(':').unwrap_or((after, ""));
    let transport = scheme.parse().ok();
    let subject = match port {
        _ if port.contains(':') || !address.is_empty() && !name.is_empty() => {
            Err("expected an IPv6 address in brackets, as in http://[::1]:80")
        }
        "" if transport.is_some() => Err("expected a port, as in tcp://host:80"),
        "" => Ok(Subject::Name(scheme.to_owned())),
        _ => Ok(subject(port)?),
    };
    Ok(Query { subject: subject.map_err(|expected| format!("invalid URL {:?}: {expected}", cut(url, 60)))?, transport })
}

/// Some names that are older than the rules contain a slash, as ports with a transport do.
fn registered(name: &str) -> Option<Query> {
    (!lookup_name(name).is_empty()).then(|| Query { subject: Subject::Name(name.to_owned()), transport: None })
}

/// Reads a port or service that may have this transport after it. `list_transport` is the one that a prefix, such as
/// nmap's `T:`, sets for the rest of a list.
fn read_end(text: &str, after: Option<Transport>, list_transport: &mut Option<Transport>) -> Result<Query, String> {
    let query = match dns_sd(text).or_else(|| registered(text)) {
        Some(query) => query,
        None => {
            let (prefix, rest) = text.split_once([':', '/']).unwrap_or(("", text));
            let of_nmap = NMAP.iter().find(|(letter, _)| letter.eq_ignore_ascii_case(prefix));
            let transport = of_nmap.map(|(_, transport)| *transport).or(prefix.parse().ok());
            *list_transport = transport.or(*list_transport);
            Query { subject: subject(if transport.is_some() { rest } else { text })?, transport }
        }
    };
    let whole = |after| cut(&format!("{text}/{after}"), 60);
    match query.transport.zip(after).filter(|(own, after)| own != after) {
        Some((own, after)) => Err(format!("{:?}: both {own} and {after}: try {query},{after}", whole(after))),
        None => Ok(Query { transport: after.or(query.transport).or(*list_transport), ..query }),
    }
}

fn subject(text: &str) -> Result<Subject, String> {
    if let Some(Err(error)) = text.split_once('/').map(|(_, end)| end.parse::<Transport>()) {
        return Err(format!("{:?}: {error}", cut(text, 60)));
    }
    let is_port = |text: &str| text.parse::<u16>().is_ok();
    let both = text.replace(':', ",");
    match text.rsplit_once(':') {
        Some((one, other)) if is_port(one) && is_port(other) => {
            Err(match text.replace(':', "-").parse::<PortRange>() {
                Ok(range) => format!("{text:?} is a range to iptables and a mapping to Docker: try {range} or {both}"),
                Err(_) => format!("{text:?} is a mapping to Docker: try {both}"),
            })
        }
        Some((host, port)) if !port.is_empty() && is_host(host) => subject(port),
        _ if text.contains(char::is_alphabetic) && !text.contains('/') => Ok(Subject::Name(text.to_owned())),
        _ => text.parse().map(Subject::Ports).map_err(|error: PortRangeError| error.to_string()),
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
        let mut rows: Vec<Row> = match &self.subject {
            Subject::Ports(ports) => PortSpec::from_ports(*ports).entries().map(Row::of).collect(),
            Subject::Name(name) => lookup_name(name).iter().copied().map(Row::of).collect(),
        };
        rows.retain(|row| self.transport.is_none() || [None, self.transport].contains(&row.transport));
        rows
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
        Transport::ALL.into_iter().filter(|one| self.transport.is_none_or(|asked| asked == *one)).flat_map(on).collect()
    }
}
