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
const MAX_PORTS: u64 = 1 << 18;

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

/// `None` where another item of a list would be a part of the instance or the domain.
fn dns_sd(text: &str) -> Option<Query> {
    let is_more = |character: char| character.is_whitespace() || "/:,;>".contains(character);
    let is_list = text.contains([',', ';']) && !text.contains(char::is_whitespace);
    let name = DnsSdName::parse(text.trim()).ok().filter(|name| !is_list && !name.domain().contains(is_more))?;
    let subject = Subject::Name(name.service_type().ok()?.service_name().as_str().to_owned());
    Some(Query { subject, transport: Some(name.transport()) })
}

/// Reads items between commas or semicolons, without whitespace. A transport alone is for the item before it.
fn read_list(list: &str, queries: &mut Vec<Query>) -> Result<(), String> {
    let mut start = queries.len();
    let (mut list_transport, mut slash_transport) = (None, None);
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
            start = if queries.len() < start { 0 } else { start };
        }
        slash_transport = transport.or(slash_transport);
        queries.extend(ends);
    }
    let all = &queries[start..];
    let Some(own) = slash_transport.filter(|_| all.iter().any(|one| one.transport.is_none())) else { return Ok(()) };
    let items = |own: Option<Transport>, separator| {
        let item = |query: &Query| Query { transport: query.transport.or(own), ..query.clone() }.to_string();
        cut(&all.iter().map(item).collect::<Vec<_>>().join(separator), 60)
    };
    let (list, each, alone) = (cut(list, 60), items(Some(own), ","), items(None, " "));
    Err(format!("{list:?}: a transport may be for one item or for all: try {each} or {alone}"))
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
    let transport = scheme.trim_end_matches(['4', '6']).parse().ok();
    let subject = match port {
        _ if port.contains(':') || !address.is_empty() && !name.is_empty() => {
            Err("expected one host and port, with an IPv6 address in brackets, as in http://[::1]:80")
        }
        "" if transport.is_some() => Err("expected a port, as in tcp://host:80"),
        "" => Ok(Subject::Name(scheme.to_owned())),
        _ => Ok(subject(port, None)?),
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
            Query {
                subject: subject(if transport.is_some() { rest } else { text }, after.or(*list_transport))?,
                transport,
            }
        }
    };
    let whole = |after| cut(&format!("{text}/{after}"), 60);
    match query.transport.zip(after).filter(|(own, after)| own != after) {
        Some((own, after)) => Err(format!("{:?}: both {own} and {after}: try {query},{after}", whole(after))),
        None => Ok(Query { transport: after.or(query.transport).or(*list_transport), ..query }),
    }
}

/// Reads ports or a name. `after` is the transport after it.
fn subject(text: &str, after: Option<Transport>) -> Result<Subject, String> {
    let on = after.map_or(String::new(), |transport| format!("/{transport}"));
    if let Some((_, end)) = text.split_once('/') {
        let single = "expected a single transport protocol";
        let reason = end.parse::<Transport>().map_or_else(|error| error.to_string(), |_| single.to_owned());
        return Err(format!("{:?}: {reason}", cut(&format!("{text}{on}"), 60)));
    }
    let is_port = |text: &str| !text.starts_with('+') && text.parse::<u16>().is_ok();
    match text.rsplit_once(':') {
        Some((one, other)) if is_port(one) && one == other => subject(one, after),
        Some((one, other)) if is_port(one) && is_port(other) => {
            let (text, both) = (cut(text, 60), cut(&format!("{one}{on},{other}{on}"), 60));
            Err(match format!("{one}-{other}").parse::<PortRange>() {
                Ok(all) => format!("{text:?} is a range to iptables and a mapping to Docker: try {all}{on} or {both}"),
                Err(_) => format!("{text:?} is a mapping to Docker: try {both}"),
            })
        }
        Some((host, port)) if !port.is_empty() && is_host(host) => subject(port, after),
        _ if text.contains(char::is_alphabetic) => Ok(Subject::Name(text.to_owned())),
        _ => text.parse().map(Subject::Ports).map_err(|error: PortRangeError| error.to_string()),
    }
}

/// Whether this can be the host of a socket address. An IPv6 address without brackets could end with the port, except
/// for `::`.
fn is_host(text: &str) -> bool {
    let are_ports = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || b"-+".contains(&byte));
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
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = match &self.subject {
            Subject::Ports(ports) => PortSpec::from_ports(*ports).entries().map(Row::of).collect(),
            Subject::Name(name) => lookup_name(name).iter().copied().map(Row::of).collect(),
        };
        rows.retain(|row| self.transport.is_none() || [None, self.transport].contains(&row.transport));
        rows
    }

    /// The status of ports that are registered for nothing: a row for each run of ports that the same row of
    /// the registry covers, or that none covers.
    pub fn statuses(&self) -> Vec<Row> {
        let Subject::Ports(ports) = self.subject else { return Vec::new() };
        let ports: Vec<u16> = ports.iter().collect();
        let on = |transport| {
            let row = move |&port: &u16| Row { ports: None, ..Row::of_ports(port.into(), transport) };
            let runs = ports.chunk_by(move |port, next| row(port) == row(next));
            runs.filter_map(move |run| Some(Row::of_ports(PortRange::new(*run.first()?, *run.last()?)?, transport)))
        };
        Transport::ALL.into_iter().filter(|one| self.transport.is_none_or(|asked| asked == *one)).flat_map(on).collect()
    }
}
