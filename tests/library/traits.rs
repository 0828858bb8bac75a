//! What every type implements. `tests/public-api.txt` has no derived traits: one that is lost is seen here.

use iana_ports::{
    Date, DateError, DnsSdError, DnsSdName, Entry, EntryStatus, PortClass, PortRange, PortRangeError, PortSpec,
    PortSpecError, PortStatus, Reference, ServiceName, ServiceNameError, ServiceNameRule, ServiceType, Transport,
    TransportError,
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
    each!(plain hashed ordered: [ServiceNameRule]);
    each!(plain error: [DateError, DnsSdError, PortRangeError, PortSpecError, ServiceNameError, TransportError]);
}
