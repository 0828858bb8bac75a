//! What every type implements, and how it prints. `tests/public-api.txt` has no derived traits, so a lost one is seen
//! here.

use iana_ports::{
    Date, DateError, DnsSdError, DnsSdName, Entry, EntryStatus, PortClass, PortRange, PortRangeError, PortSpec,
    PortSpecError, PortStatus, Reference, ServiceName, ServiceNameError, ServiceNameRule, ServiceType, Transport,
    TransportError, entries, service_name,
};
use std::error::Error;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::str::FromStr;

fn plain<T: Copy + Eq + Debug + Send + Sync + Unpin + UnwindSafe + RefUnwindSafe>() {}
fn shown<T: Display>() {}
fn hashed<T: Hash>() {}
fn ordered<T: Ord>() {}
fn parsed<T: FromStr<Err: Error> + TryFrom<&'static str, Error: Error>>() {}
fn error<T: Error + 'static>() {}

macro_rules! each {
    ($($check:ident)*: $types:tt) => { $(each!(@ $check $types);)* };
    (@ $check:ident [$($type:ty),* $(,)?]) => { $($check::<$type>();)* };
}

#[test]
fn traits() {
    each!(plain shown hashed ordered parsed: [Date, PortRange, PortSpec, ServiceName, ServiceType, Transport]);
    each!(plain shown hashed ordered: [DnsSdName, Entry, PortClass, Reference]);
    each!(plain shown hashed: [EntryStatus, PortStatus]);
    each!(plain shown hashed ordered: [ServiceNameRule]);
    each!(plain error: [DateError, DnsSdError, PortRangeError, PortSpecError, ServiceNameError, TransportError]);
}

/// Width, fill, alignment and precision apply to the whole value, as they do to its text.
#[test]
fn every_type_pads_as_its_text_does() {
    let https = service_name!("https");
    let reference = Reference::Uri { uri: "http://a/", title: None };
    let values: &[&dyn Display] = &[
        &entries()[0],
        &EntryStatus::Reserved,
        &PortStatus::Dynamic,
        &PortClass::System,
        &PortClass::User.range(),
        &PortRange::from(80),
        &PortSpec::from(80),
        &PortSpec::from(https),
        &PortSpec::from((https, Transport::Udp)),
        &"2024-06-12".parse::<Date>().unwrap(),
        &"2024-06".parse::<Date>().unwrap(),
        &reference,
        &reference.url().unwrap(),
        &Reference::Bcp(14).url().unwrap(),
        &https,
        &ServiceNameRule::Letter,
        &ServiceType::srv(https, Transport::Tcp),
        &DnsSdName::parse("é._ipp._tcp.local.").unwrap(),
        &DnsSdName::parse("_a._sub._ipp._tcp.").unwrap(),
    ];
    for value in values {
        let text = value.to_string();
        assert_eq!(
            format!("[{value:70}][{value:<70}][{value:>71}][{value:*^72}][{value:1}][{value:+}][{value:02}]"),
            format!("[{text:70}][{text:<70}][{text:>71}][{text:*^72}][{text:1}][{text:+}][{text:02}]")
        );
        assert_eq!(format!("[{value:.2}][{value:>6.3}]"), format!("[{text:.2}][{text:>6.3}]"));
    }
}
