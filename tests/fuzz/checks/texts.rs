//! Every parser and every look-up by text, against naive ones, for any text.

use super::common::rules::broken_rules;
use iana_ports::{
    Date, DnsSdName, Entry, EntryStatus, PortRange, PortSpec, ServiceName, ServiceType, Transport, entries,
    lookup_name, lookup_port, port_by_name, search,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::sync::OnceLock;

/// All but [`searched`].
pub fn text(text: &str) {
    let transport = read::<Transport>(text);
    let udp_lite = ["udp-lite", "udplite"].contains(&&*text.to_ascii_lowercase());
    assert_eq!(transport, if udp_lite { Some(Transport::Udp) } else { named(text, Transport::ALL) });
    let date = read::<Date>(text).map(|date| (date.year(), date.month(), date.day()));
    assert_eq!(date, naive_date(text));
    let ports = read::<PortRange>(text).map(|ports| (ports.start(), ports.end()));
    assert_eq!(ports, naive_ports(text));

    let rules: Vec<_> = ServiceName::violations(text).map(|error| (error.rule(), error.offset())).collect();
    assert_eq!(rules, broken_rules(text));
    assert_eq!(ServiceName::new(text).err(), ServiceName::violations(text).next());
    assert_eq!(read::<ServiceName>(text).is_some(), rules.is_empty());
    assert!(ServiceName::new(text).is_ok_and(|name| name.as_str() == text) == rules.is_empty());

    let name = DnsSdName::parse(text);
    let parts = name.map(|name| {
        assert_eq!(DnsSdName::parse(&name.to_string()), Ok(name));
        let subtype = name.subtype().map(<[u8]>::to_vec);
        let service = name.service().to_owned();
        assert_eq!(name.service_type().map(|found| found.service_name()), ServiceName::new(&service));
        (name.instance().map(str::to_owned), subtype, service, name.transport(), name.domain())
    });
    let parts = parts.inspect_err(one_line).ok();
    assert_eq!(parts, naive_dns_sd_name(text));
    let is_type = parts.is_some_and(|(instance, subtype, .., domain)| {
        instance.is_none() && subtype.is_none() && matches!(domain, "" | ".") && !text.contains('\\')
    });
    assert_eq!(read::<ServiceType>(text), name.ok().filter(|_| is_type).and_then(|name| name.service_type().ok()));
    composed(text);

    let rows = named_rows(text);
    assert!(lookup_name(text).iter().eq(rows.iter().map(|row| &row.entry)));
    for transport in Transport::ALL {
        let rows = rows.iter().filter(|row| row.is_on(Some(transport)));
        let lowest = rows.filter_map(|row| Some(row.ports?.0)).min();
        assert_eq!(port_by_name(text, transport), lowest, "{transport}");
    }
    spec(text);
    list(text);
}

/// Commas separate items, and so does whitespace. Each item is read as if it were alone, except the name of a
/// transport. An error comes first if commas alone join items with a transport and items without one.
fn list(text: &str) {
    let mut items = PortSpec::parse_list(text);
    let is_item = |item: &&str| !item.is_empty() && item.parse::<Transport>().is_err();
    let is_joined = |word: &str| {
        let (with, without): (Vec<_>, Vec<_>) = word.split(',').filter(is_item).partition(|item| item.contains('/'));
        !with.is_empty() && !without.is_empty()
    };
    if text.split_whitespace().any(is_joined) {
        assert!(items.next().is_some_and(|item| item.inspect_err(one_line).is_err()));
    }
    for segment in text.split(',').filter(|_| !text.trim().is_empty()) {
        if segment.trim().is_empty() {
            assert!(items.next().is_some_and(|item| item.is_err()));
        }
        for word in segment.split_whitespace() {
            let expected = word.parse::<PortSpec>().ok().filter(|_| word.parse::<Transport>().is_err());
            assert_eq!(items.next().map(|item| item.inspect_err(one_line).ok()), Some(expected), "{word}");
        }
    }
    assert!(items.next().is_none());
}

/// What is composed with the text is read back.
fn composed(text: &str) {
    let http = ServiceType::dns_sd(iana_ports::service_name!("http"), Transport::Tcp);
    let [instance, subtype, domain] = [
        DnsSdName::new(Some(text), http, "local."),
        DnsSdName::new(None, http, "local.").and_then(|name| name.with_subtype(text)),
        DnsSdName::new(None, http, text),
    ];
    for name in [instance, subtype, domain].into_iter().filter_map(|name| name.inspect_err(one_line).ok()) {
        let printed = name.to_string();
        let read = DnsSdName::parse(&printed);
        assert_eq!(read, Ok(name));
        assert!(read.is_ok_and(|read| (read.instance(), read.subtype()) == (name.instance(), name.subtype())));
    }
}

fn spec(text: &str) {
    let (subject, on) = text.split_once('/').map_or((text, None), |(subject, on)| (subject, Some(on)));
    let is_name = subject.contains(|character: char| character.is_ascii_alphabetic());
    let is_subject = if is_name { broken_rules(subject).is_empty() } else { naive_ports(subject).is_some() };
    let transport = on.map(str::parse::<Transport>);
    let is_spec = is_subject && transport.is_none_or(|transport| transport.is_ok());
    let Some(spec) = read::<PortSpec>(text) else { return assert!(!is_spec) };
    assert!(is_spec);
    let transport = transport.and_then(Result::ok);
    assert_eq!(spec.transport(), transport);
    assert_eq!(spec.service_name().map(|name| name.to_string()), is_name.then(|| subject.to_owned()));
    assert_eq!(spec.ports().map(|ports| (ports.start(), ports.end())), naive_ports(subject));
    let transports = transport.map_or(Transport::ALL.to_vec(), |transport| vec![transport]);
    match naive_ports(subject) {
        // More would take long.
        Some((start, end)) if end - start > 1000 => {}
        Some(ports) => answers(spec, &entries_of_ports(ports, &transports), &[(ports, None)], &transports),
        None => {
            let rows: Vec<&Row> = named_rows(subject).iter().copied().filter(|row| row.is_on(transport)).collect();
            let ranges: Vec<_> = rows.iter().filter_map(|row| Some((row.ports?, row.transport))).collect();
            answers(spec, &rows.iter().map(|row| row.entry).collect::<Vec<_>>(), &ranges, &transports);
        }
    }
}

/// Port by port, the first service on each transport, then the second, each once.
fn entries_of_ports((start, end): (u16, u16), transports: &[Transport]) -> Vec<Entry> {
    /// More services than a port has.
    const PLACES: usize = 16;
    let mut found = BTreeSet::new();
    let mut in_order = Vec::new();
    for (port, place) in (start..=end).flat_map(|port| (0..PLACES).map(move |place| (port, place))) {
        let at_place = transports.iter().filter_map(|&each| lookup_port(port, each).get(place));
        in_order.extend(at_place.copied().filter(|&entry| found.insert(entry)));
    }
    let is_found = |row: &&Row| {
        row.ports.is_some_and(|(first, last)| first <= end && start <= last)
            && row.entry.status() == EntryStatus::Assigned
            && transports.iter().any(|&each| row.is_on(Some(each)))
    };
    assert!(found.into_iter().eq(rows().iter().filter(is_found).map(|row| row.entry)));
    in_order
}

/// The entries of a port or name, and its port ranges with the transport of their row.
fn answers(spec: PortSpec, rows: &[Entry], ranges: &[((u16, u16), Option<Transport>)], transports: &[Transport]) {
    assert!(spec.entries().eq(rows.iter().copied()));
    assert!(spec.entries().rev().eq(rows.iter().rev().copied()));
    let mut expected = Vec::new();
    for &(ports, own) in ranges {
        for &each in transports {
            if own.is_none_or(|own| own == each) && !expected.contains(&(ports, each)) {
                expected.push((ports, each));
            }
        }
    }
    match spec.port_ranges() {
        Ok(found) => {
            let found: Vec<_> = found.map(|(ports, each)| ((ports.start(), ports.end()), each)).collect();
            assert!(!found.is_empty() && found == expected);
        }
        Err(error) => assert!(expected.is_empty() && error.to_string().starts_with("service name \"")),
    }
}

/// A search reads the whole registry.
pub fn searched(text: &str) {
    let lower = text.to_ascii_lowercase();
    let matches = |row: &&Row| row.name.contains(&lower) || row.description.contains(&lower);
    assert!(search(text).eq(rows().iter().filter(matches).map(|row| row.entry)));
}

/// The value, which comes back from its print; or an error of one short line.
fn read<T: FromStr<Err: Display> + Display + PartialEq + Debug>(text: &str) -> Option<T> {
    let value: T = text.parse().inspect_err(one_line).ok()?;
    let printed = value.to_string();
    assert_eq!(printed.parse().ok().as_ref(), Some(&value), "{printed:?}");
    assert_eq!(format!("{value:>600}").trim_start(), printed.trim_start());
    Some(value)
}

fn one_line<E: Display>(error: &E) {
    let message = error.to_string();
    assert!(message.len() < 400 && !message.contains(char::is_control), "{message:?}");
}

fn named<T: Display, const N: usize>(text: &str, all: [T; N]) -> Option<T> {
    all.into_iter().find(|each| each.to_string().eq_ignore_ascii_case(text))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn naive_date(text: &str) -> Option<(u16, u8, Option<u8>)> {
    let parts: Vec<&str> = text.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !matches!(*widths, [4, 2] | [4, 2, 2]) || !parts.iter().all(|part| is_digits(part)) {
        return None;
    }
    let (year, month): (u16, u8) = (parts[0].parse().ok()?, parts[1].parse().ok()?);
    let february = if year.is_multiple_of(4) { 29 } else { 28 };
    let days = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let last = *days.get(usize::from(month).checked_sub(1)?)?;
    let day: Option<u8> = parts.get(2).map(|day| day.parse()).transpose().ok()?;
    ((1970..=2097).contains(&year) && day.is_none_or(|day| (1..=last).contains(&day))).then_some((year, month, day))
}

fn naive_ports(text: &str) -> Option<(u16, u16)> {
    let bounds: Vec<&str> = text.split('-').collect();
    let [start, end] = match *bounds {
        [port] => [port, port],
        [start, end] => [start, end],
        _ => return None,
    };
    let number = |text: &str| text.parse().ok().filter(|_| is_digits(text));
    number(start).zip(number(end)).filter(|(start, end)| start <= end)
}

/// The octets of each label, and where in the text it ends; `None` if one is escaped wrongly.
fn labels(text: &str) -> Option<Vec<(Vec<u8>, usize)>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut labels = Vec::new();
    let mut label = Vec::new();
    while let Some(&octet) = bytes.get(at) {
        at += 1;
        match octet {
            b'.' => labels.push((std::mem::take(&mut label), at - 1)),
            b'\\' if bytes.get(at)?.is_ascii_digit() => {
                let digits = text.get(at..at + 3).filter(|digits| is_digits(digits))?;
                label.push(digits.parse().ok()?);
                at += 3;
            }
            b'\\' => {
                label.push(bytes[at]);
                at += 1;
            }
            _ => label.push(octet),
        }
    }
    if labels.last().is_none_or(|&(_, end)| end + 1 < bytes.len()) {
        labels.push((label, bytes.len()));
    }
    Some(labels)
}

type Parts<'a> = (Option<String>, Option<Vec<u8>>, String, Transport, &'a str);

/// RFC 6763 §4.1 and §7.1: instance, subtype, service name, transport and domain, from labels of RFC 1035 §2.3.4.
fn naive_dns_sd_name(text: &str) -> Option<Parts<'_>> {
    let labels = labels(text)?;
    let label = |place: usize| str::from_utf8(&labels.get(place)?.0).ok();
    let service_at = |place: usize| {
        let transport = named(label(place + 1)?.strip_prefix('_')?, Transport::ALL)?;
        Some((place, label(place)?.strip_prefix('_')?, transport))
    };
    // The last pair whose service follows the rules, else the last.
    let pairs = || (0..labels.len()).rev().filter_map(service_at);
    let strict = pairs().find(|(_, service, _)| broken_rules(service).is_empty());
    let (place, service, transport) = strict.or_else(|| pairs().next())?;
    let is_sub = |place: usize| labels[place].0.eq_ignore_ascii_case(b"_sub");
    let before = || labels[..place].iter().map(|(label, _)| label.clone());
    let starts = || [0].into_iter().chain(labels.iter().map(|&(_, end)| end + 1)).take(place);
    let instance = before().collect::<Vec<_>>().join(&b'.');
    let (instance, subtype, whole) = match place {
        0 => (None, None, vec![]),
        2 if is_sub(1) => (None, before().next(), before().collect()),
        2.. if starts().any(|start| text[start..].starts_with('_')) => return None,
        _ => (Some(String::from_utf8(instance.clone()).ok()?), None, vec![instance]),
    };
    let whole: Vec<_> = whole.into_iter().chain(labels[place..].iter().map(|(label, _)| label.clone())).collect();
    let octets: usize = whole.iter().map(|label| 1 + label.len()).sum();
    if octets + 1 > 255 || whole.iter().any(|label| !(1..=63).contains(&label.len())) {
        return None;
    }
    let domain = match &text[labels[place + 1].1..] {
        "." => ".",
        after => after.strip_prefix('.').unwrap_or(""),
    };
    Some((instance, subtype, service.to_owned(), transport, domain))
}

/// One row, its texts in lower case.
struct Row {
    entry: Entry,
    name: String,
    description: String,
    ports: Option<(u16, u16)>,
    transport: Option<Transport>,
}

impl Row {
    fn is_on(&self, transport: Option<Transport>) -> bool {
        transport.is_none() || self.transport.is_none() || self.transport == transport
    }
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    let row = |&entry: &Entry| Row {
        entry,
        name: entry.service_name().unwrap_or("").to_ascii_lowercase(),
        description: entry.description().to_ascii_lowercase(),
        ports: entry.ports().map(|ports| (ports.start(), ports.end())),
        transport: entry.transport(),
    };
    ROWS.get_or_init(|| entries().iter().map(row).collect())
}

/// The rows of a name, its case ignored: by port, then those without one.
fn named_rows(name: &str) -> &'static [&'static Row] {
    static NAMES: OnceLock<BTreeMap<&str, Vec<&Row>>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut names = BTreeMap::<&str, Vec<&Row>>::new();
        for row in rows().iter().filter(|row| !row.name.is_empty()) {
            names.entry(&row.name).or_default().push(row);
        }
        names
            .values_mut()
            .for_each(|rows| rows.sort_by_key(|row| row.ports.map_or(u32::MAX, |(start, _)| start.into())));
        names
    });
    names.get(&*name.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
}
