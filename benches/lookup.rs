//! Look-ups against what else could answer them: the same seeded queries in one run, with the data in cache and not.
//!
//! Every contender holds the primary entry of each port and transport, or of each name, and answers with it. What they
//! answer is compared first.

use criterion::measurement::WallTime;
use criterion::{Bencher, BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput};
use frozen_collections::{FzScalarMap, FzStringMap};
use iana_ports::{
    Entry, ServiceName, Transport, entries, lookup_name, lookup_port, name_by_port, port_by_name, port_status, search,
};
use iana_ports_benches::Random;
use ptr_hash::hash::StrongerIntHash;
use ptr_hash::{DefaultPtrHash, PtrHashParams};
use rustc_hash::FxBuildHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};
use std::hint::black_box;
use std::time::{Duration, Instant};

const QUERIES: usize = 4096;
/// With the cache evicted before each batch, queries run in batches of this length, and so many of them.
const BATCH: usize = 64;
const BATCHES: usize = 16;

type Port = (u16, Transport);

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(300))
        .configure_from_args();
    let mut caches = Caches(vec![1; 8 << 20]);
    ports(&mut criterion, &mut caches);
    names(&mut criterion, &mut caches);
    ports_of_names(&mut criterion, &mut caches);
    validation(&mut criterion);
    texts(&mut criterion);
    criterion.final_summary();
}

fn ports(criterion: &mut Criterion, caches: &mut Caches) {
    let all = || (0..=u16::MAX).flat_map(|port| Transport::ALL.map(|transport| (port, transport)));
    let primary = |&(port, transport): &Port| lookup_port(port, transport).first().copied();
    let key = |&(port, transport): &Port| u32::from(port) << 2 | transport as u32;
    let (hits, misses): (Vec<Port>, Vec<Port>) = all().partition(|asked| primary(asked).is_some());
    let ranges: Vec<Port> =
        hits.iter().filter(|asked| primary(asked).is_some_and(|entry| entry.port().is_none())).copied().collect();

    let sorted: Vec<(u32, Entry)> = hits.iter().filter_map(|asked| Some((key(asked), primary(asked)?))).collect();
    let phf = perfect(&sorted);
    let hash_map: HashMap<u32, Entry> = sorted.iter().copied().collect();
    let hashbrown: hashbrown::HashMap<u32, Entry> = sorted.iter().copied().collect();
    let rustc_hash: hashbrown::HashMap<u32, Entry, FxBuildHasher> = sorted.iter().copied().collect();
    let frozen = FzScalarMap::new(sorted.clone());
    let ptr_hash = Perfect::new(&sorted, u64::from);
    let mut array = vec![[u16::MAX; 65_536]; Transport::ALL.len()];
    for &(key, entry) in &sorted {
        let row = entries().binary_search(&entry).unwrap();
        array[key as usize & 3][key as usize >> 2] = row as u16;
    }

    let usual_name = |asked: &Port| primary(asked)?.service_name();
    let mut array_of_names = vec![[None; 65_536]; Transport::ALL.len()];
    for asked @ (port, transport) in &hits {
        array_of_names[*transport as usize][usize::from(*port)] = usual_name(asked);
    }

    let mut random = Random::new(0x706f_7274);
    for (name, of, cold) in [("port hits", hits, true), ("port misses", misses, true), ("ranges", ranges, false)] {
        let queries: Vec<Port> = (0..QUERIES).map(|_| of[random.below(of.len())]).collect();
        let mut bench = Bench::new(criterion, name, &queries, cold.then_some(&mut *caches));
        bench.compare("lookup_port", primary, primary);
        bench.compare("name_by_port", usual_name, |&(port, transport)| name_by_port(port, transport));
        bench.compare("array of names", usual_name, |&(port, transport)| {
            array_of_names[transport as usize][usize::from(port)]
        });
        bench.compare("array", primary, |&(port, transport)| {
            entries().get(usize::from(array[transport as usize][usize::from(port)])).copied()
        });
        bench.compare("hashbrown", primary, |asked| hashbrown.get(&key(asked)).copied());
        bench.compare("hashbrown, rustc-hash", primary, |asked| rustc_hash.get(&key(asked)).copied());
        bench.compare("frozen-collections", primary, |asked| frozen.get(&key(asked)).copied());
        bench.compare("ptr_hash", primary, |asked| ptr_hash.get(key(asked).into(), |own| own == key(asked)));
        bench.compare("phf::Map", primary, |asked| phf.get(&key(asked)).copied());
        bench.compare("std HashMap", primary, |asked| hash_map.get(&key(asked)).copied());
        bench.compare("binary search", primary, |asked| bisect(&sorted, key(asked)));
        bench.hot("port_status", queries.len(), |&(port, transport)| port_status(port, transport));
        // It reads /etc/services of this machine line by line.
        #[cfg(all(target_os = "linux", target_env = "gnu"))]
        bench.hot("getservbyport_r", 64, glibc::has_service);
    }
}

fn names(criterion: &mut Criterion, caches: &mut Caches) {
    let primary = |name: &String| lookup_name(name).first().copied();
    let by_name: BTreeMap<&str, Entry> =
        entries().iter().rev().filter_map(|&entry| Some((entry.service_name()?, entry))).collect();
    let sorted: Vec<(&str, Entry)> = by_name.into_iter().collect();
    let phf = perfect(&sorted);
    let hash_map: HashMap<&str, Entry> = sorted.iter().copied().collect();
    let hashbrown: hashbrown::HashMap<&str, Entry> = sorted.iter().copied().collect();
    let rustc_hash: hashbrown::HashMap<&str, Entry, FxBuildHasher> = sorted.iter().copied().collect();
    let frozen = FzStringMap::new(sorted.clone());
    let ptr_hash = Perfect::new(&sorted, |name| FxBuildHasher.hash_one(name));
    let folded: hashbrown::HashMap<Vec<u8>, Entry> =
        sorted.iter().map(|&(name, entry)| (name.to_ascii_lowercase().into_bytes(), entry)).collect();
    let fold_and_get = |name: &String| folded.get(fold(name, &mut [0; 64])?).copied();

    let mut random = Random::new(0x6e61_6d65);
    let mut hits = Vec::new();
    let mut misses = Vec::new();
    let mut upper = Vec::new();
    let mut mixed = Vec::new();
    while hits.len().min(misses.len()) < QUERIES {
        let (name, _) = sorted[random.below(sorted.len())];
        hits.push(name.to_owned());
        let mut near = name.to_owned().into_bytes();
        near[random.below(name.len())] = b'a' + random.below(26) as u8;
        misses.extend(String::from_utf8(near).ok().filter(|near| lookup_name(near).is_empty()));
        upper.push(name.to_ascii_uppercase());
        mixed.push(name.chars().map(|c| if random.below(2) == 0 { c.to_ascii_uppercase() } else { c }).collect());
    }
    for (name, of, cold) in [
        ("name hits", hits, true),
        ("name misses", misses, true),
        ("upper case", upper, false),
        ("mixed case", mixed, false),
    ] {
        let mut bench = Bench::new(criterion, name, &of[..QUERIES], cold.then_some(&mut *caches));
        bench.compare("lookup_name", primary, primary);
        bench.compare("hashbrown, case folded", primary, fold_and_get);
        // These are case-sensitive.
        if cold {
            bench.compare("hashbrown", primary, |name| hashbrown.get(name.as_str()).copied());
            bench.compare("hashbrown, rustc-hash", primary, |name| rustc_hash.get(name.as_str()).copied());
            bench.compare("frozen-collections", primary, |name| frozen.get(name.as_str()).copied());
            bench.compare("ptr_hash", primary, |name| {
                ptr_hash.get(FxBuildHasher.hash_one(name.as_str()), |own| own == name)
            });
            bench.compare("phf::Map", primary, |name| phf.get(name.as_str()).copied());
            bench.compare("std HashMap", primary, |name| hash_map.get(name.as_str()).copied());
            bench.compare("binary search", primary, |name| bisect(&sorted, name.as_str()));
        }
    }
}

/// The port of a name on a transport.
fn ports_of_names(criterion: &mut Criterion, caches: &mut Caches) {
    type Query = (String, Transport);
    let mut folded: hashbrown::HashMap<(Vec<u8>, u8), u16> = hashbrown::HashMap::new();
    for entry in entries() {
        let (Some(name), Some(ports)) = (entry.service_name(), entry.ports()) else { continue };
        for transport in Transport::ALL.into_iter().filter(|&of| entry.transport().is_none_or(|only| only == of)) {
            let port = folded.entry((name.to_ascii_lowercase().into_bytes(), transport as u8)).or_insert(u16::MAX);
            *port = ports.start().min(*port);
        }
    }
    let mut keys: Vec<_> = folded.keys().cloned().collect();
    keys.sort();
    let mut random = Random::new(0x6e32_7000);
    let mut hits: Vec<Query> = Vec::new();
    let mut upper: Vec<Query> = Vec::new();
    let mut misses: Vec<Query> = Vec::new();
    for _ in 0..QUERIES {
        let (name, transport) = &keys[random.below(keys.len())];
        let name = String::from_utf8_lossy(name).into_owned();
        let transport = Transport::ALL[usize::from(*transport)];
        upper.push((name.to_ascii_uppercase(), transport));
        misses.push((format!("{name}z"), transport));
        hits.push((name, transport));
    }
    let port = |(name, transport): &Query| port_by_name(name, *transport);
    for (workload, queries, cold) in
        [("port of a name", hits, true), ("port of a NAME", upper, false), ("port of no name", misses, true)]
    {
        let mut bench = Bench::new(criterion, workload, &queries, cold.then_some(&mut *caches));
        bench.compare("port_by_name", port, port);
        bench.compare("hashbrown, case folded", port, |(name, transport)| {
            let mut buffer = [0; 64];
            let key = NameAndTransport(fold(name, &mut buffer)?, *transport as u8);
            folded.get(&key).copied()
        });
    }
}

/// A borrowed key.
#[derive(Hash)]
struct NameAndTransport<'a>(&'a [u8], u8);

impl hashbrown::Equivalent<(Vec<u8>, u8)> for NameAndTransport<'_> {
    fn equivalent(&self, (name, transport): &(Vec<u8>, u8)) -> bool {
        (self.0, self.1) == (name.as_slice(), *transport)
    }
}

/// The name in lower case; `None` for one that is longer than any.
fn fold<'a>(name: &str, buffer: &'a mut [u8; 64]) -> Option<&'a [u8]> {
    let lower = buffer.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    Some(lower)
}

fn validation(criterion: &mut Criterion) {
    let is_valid = |name: &String| ServiceName::new(name).is_ok();
    let syntax = regex::Regex::new("^(?:[0-9]+-?)*[A-Za-z](?:-?[A-Za-z0-9])*$").unwrap();
    let mut random = Random::new(0x7275_6c65);
    let names: Vec<&str> = entries().iter().filter_map(|entry| entry.service_name()).collect();
    let of: Vec<String> = (0..QUERIES).map(|_| names[random.below(names.len())].to_owned()).collect();
    let mut bench = Bench::new(criterion, "validation", &of, None);
    bench.compare("ServiceName::new", is_valid, is_valid);
    bench.compare("regex", is_valid, |name| name.len() <= 15 && syntax.is_match(name));
}

fn texts(criterion: &mut Criterion) {
    const TEXTS: [&str; 8] = ["http", "mail", "Protocol", "zabbix agent", "ORACLE", "x", "no such text", "over TLS"];
    let found = |text: &&str| search(text).count();
    let lower: Vec<(String, String)> = entries()
        .iter()
        .map(|entry| (entry.service_name().unwrap_or(""), entry.description()))
        .map(|(name, description)| (name.to_ascii_lowercase(), description.to_ascii_lowercase()))
        .collect();
    let mut bench = Bench::new(criterion, "search", &TEXTS, None);
    bench.compare("search", found, found);
    bench.compare("contains, lower-cased before", found, |text| {
        let text = text.to_ascii_lowercase();
        lower.iter().filter(|(name, description)| name.contains(&text) || description.contains(&text)).count()
    });
    bench.compare("contains, lower-cased on the way", found, |text| {
        let text = text.to_ascii_lowercase();
        let holds = |whole: &str| whole.to_ascii_lowercase().contains(&text);
        entries().iter().filter(|entry| holds(entry.service_name().unwrap_or("")) || holds(entry.description())).count()
    });
}

fn bisect<K: Ord + Copy>(sorted: &[(K, Entry)], key: K) -> Option<Entry> {
    sorted.binary_search_by_key(&key, |&(key, _)| key).ok().map(|found| sorted[found].1)
}

/// The map that phf_codegen writes, made here since a bench has no build script; as a `static` it takes the same time.
fn perfect<K: phf::PhfHash + Copy>(sorted: &[(K, Entry)]) -> phf::Map<K, Entry> {
    let keys: Vec<K> = sorted.iter().map(|&(key, _)| key).collect();
    let state = phf_generator::generate_hash(&keys);
    let entries: Vec<(K, Entry)> = state.map.iter().map(|&index| sorted[index]).collect();
    phf::Map { key: state.key, disps: state.disps.leak(), entries: entries.leak() }
}

/// The entries in the order of a perfect hash by ptr_hash, which takes a number for each key.
struct Perfect<K> {
    hash: DefaultPtrHash<StrongerIntHash>,
    entries: Vec<(K, Entry)>,
}

impl<K: Copy> Perfect<K> {
    fn new(sorted: &[(K, Entry)], number: impl Fn(K) -> u64) -> Self {
        let numbers: Vec<u64> = sorted.iter().map(|&(key, _)| number(key)).collect();
        let hash = <DefaultPtrHash<StrongerIntHash>>::new(&numbers, PtrHashParams::default());
        let mut entries = sorted.to_vec();
        for (number, &entry) in numbers.iter().zip(sorted) {
            entries[hash.index(number)] = entry;
        }
        Perfect { hash, entries }
    }

    fn get(&self, number: u64, is_key: impl Fn(K) -> bool) -> Option<Entry> {
        self.entries.get(self.hash.index(&number)).filter(|(key, _)| is_key(*key)).map(|&(_, entry)| entry)
    }
}

/// One workload, for every contender.
struct Bench<'a, Q> {
    group: BenchmarkGroup<'a, WallTime>,
    queries: &'a [Q],
    caches: Option<&'a mut Caches>,
}

impl<'a, Q: Clone> Bench<'a, Q> {
    fn new(criterion: &'a mut Criterion, name: &str, queries: &'a [Q], caches: Option<&'a mut Caches>) -> Self {
        Bench { group: criterion.benchmark_group(name), queries, caches }
    }

    /// Checks the answers, and measures with the data in cache, and out of it where the workload asks for that.
    fn compare<R: PartialEq>(&mut self, name: &str, expected: impl Fn(&Q) -> R, answer: impl Fn(&Q) -> R) {
        assert!(self.queries.iter().all(|query| answer(query) == expected(query)), "{name} answers otherwise");
        self.hot(name, self.queries.len(), &answer);
        let Some(caches) = &mut self.caches else { return };
        let queries = &self.queries[..BATCH * BATCHES];
        self.group
            .throughput(Throughput::Elements(queries.len() as u64))
            .sample_size(10)
            .sampling_mode(SamplingMode::Flat)
            .bench_function(BenchmarkId::new(name, "cold"), |bencher: &mut Bencher| {
                bencher.iter_custom(|times| {
                    let mut spent = Duration::ZERO;
                    for batch in (0..times).flat_map(|_| queries.chunks(BATCH)) {
                        caches.evict();
                        let batch = batch.to_vec();
                        let start = Instant::now();
                        for query in &batch {
                            black_box(answer(black_box(query)));
                        }
                        spent += start.elapsed();
                    }
                    spent
                });
            });
    }

    fn hot<R>(&mut self, name: &str, queries: usize, answer: impl Fn(&Q) -> R) {
        let queries = &self.queries[..queries];
        self.group
            .throughput(Throughput::Elements(queries.len() as u64))
            .sample_size(20)
            .sampling_mode(SamplingMode::Auto)
            .bench_function(BenchmarkId::new(name, "hot"), |bencher: &mut Bencher| {
                bencher.iter(|| {
                    for query in queries {
                        black_box(answer(black_box(query)));
                    }
                });
            });
    }
}

/// More memory than the caches hold.
struct Caches(Vec<u64>);

impl Caches {
    fn evict(&mut self) {
        for line in self.0.chunks_mut(8) {
            line[0] = line[0].wrapping_mul(3);
        }
        black_box(&self.0);
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "glibc's own look-up is a C function")]
mod glibc {
    use super::Transport;
    use std::ffi::CStr;
    use std::{mem, ptr};

    unsafe extern "C" {
        // Of glibc, and not in the crate libc.
        fn getservbyport_r(
            port: libc::c_int,
            proto: *const libc::c_char,
            result_buf: *mut libc::servent,
            buf: *mut libc::c_char,
            buflen: libc::size_t,
            result: *mut *mut libc::servent,
        ) -> libc::c_int;
    }

    pub fn has_service(&(port, transport): &(u16, Transport)) -> bool {
        const NAMES: [&CStr; 4] = [c"tcp", c"udp", c"sctp", c"dccp"];
        let name = NAMES[transport as usize];
        let mut buffer = [0; 1024];
        let mut found = ptr::null_mut();
        // SAFETY: a servent is integers and pointers, for which zero is a value.
        let mut entry: libc::servent = unsafe { mem::zeroed() };
        // SAFETY: every pointer is of a local that lives through the call, and the length is the buffer's.
        let code = unsafe {
            getservbyport_r(
                port.to_be().into(),
                name.as_ptr(),
                &raw mut entry,
                buffer.as_mut_ptr(),
                buffer.len(),
                &raw mut found,
            )
        };
        code == 0 && !found.is_null()
    }
}
