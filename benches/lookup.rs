//! Look-ups against the alternatives: the same seeded queries in one run, with the data in cache and not.
//!
//! Every contender holds the first entry of each port and transport, or of each name. What they answer is compared
//! first.

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput};
use hashbrown::HashMap;
use iana_ports::{
    Entry, ServiceName, Transport, entries, lookup_name, lookup_port, name_by_port, port_by_name, port_status, search,
};
use iana_ports_benches::Random;
use phf::{PhfEq, PhfHash};
use rustc_hash::FxBuildHasher;
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::hash::Hash;
use std::hint::black_box;
use std::time::{Duration, Instant};

const QUERIES: usize = 4096;
/// With the caches emptied before each batch, queries run in batches of this length, and so many of them.
const BATCH: usize = 64;
const BATCHES: usize = 16;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(300))
        .configure_from_args();
    ports(&mut criterion);
    names(&mut criterion);
    ports_of_names(&mut criterion);
    validation(&mut criterion);
    texts(&mut criterion);
}

/// A port, a transport, and both in one number, the key of the maps.
type Asked = (u16, Transport, u32);

fn ports(criterion: &mut Criterion) {
    let primary = |&(port, transport, _): &Asked| lookup_port(port, transport).first().copied();
    let usual_name = |asked: &Asked| primary(asked)?.service_name();
    let number = |port, transport| (port, transport, u32::from(port) << 2 | transport as u32);
    let all = (0..=u16::MAX).flat_map(|port| Transport::ALL.map(|transport| number(port, transport)));
    let (hits, misses): (Vec<Asked>, Vec<Asked>) = all.partition(|asked| primary(asked).is_some());
    let is_range = |asked: &&Asked| primary(asked).is_some_and(|entry| entry.port().is_none());
    let ranges: Vec<Asked> = hits.iter().filter(is_range).copied().collect();

    let sorted: Vec<(u32, Entry)> = hits.iter().filter_map(|asked| Some((asked.2, primary(asked)?))).collect();
    let frozen = frozen_collections::FzScalarMap::new(sorted.clone());
    let mut array = vec![[u16::MAX; 65_536]; Transport::ALL.len()];
    let mut array_of_names = vec![[None; 65_536]; Transport::ALL.len()];
    for asked @ &(port, transport, _) in &hits {
        let row = entries().binary_search(&primary(asked).unwrap()).unwrap();
        array[transport as usize][usize::from(port)] = row as u16;
        array_of_names[transport as usize][usize::from(port)] = usual_name(asked);
    }

    let mut random = Random::new(0x706f_7274);
    for (workload, of, is_cold) in [("port hits", hits, true), ("port misses", misses, true), ("ranges", ranges, false)]
    {
        let queries: Vec<Asked> = (0..QUERIES).map(|_| random.choose(&of)).collect();
        let mut bench = Bench { group: criterion.benchmark_group(workload), queries: &queries, is_cold };
        bench.compare("lookup_port", primary, primary);
        bench.compare("name_by_port", usual_name, |&(port, transport, _)| name_by_port(port, transport));
        bench.compare("port_status", primary, |&(port, transport, _)| {
            port_status(port, transport).entries().first().copied()
        });
        bench.compare("array of names", usual_name, |&(port, transport, _)| {
            array_of_names[transport as usize][usize::from(port)]
        });
        bench.compare("array", primary, |&(port, transport, _)| {
            entries().get(usize::from(array[transport as usize][usize::from(port)])).copied()
        });
        bench.compare("frozen-collections", primary, |(.., key)| frozen.get(key).copied());
        compare_maps(&mut bench, &sorted, primary, |(.., key)| key);
        #[cfg(all(target_os = "linux", target_env = "gnu"))]
        Bench { queries: &queries[..64], is_cold: false, ..bench }.compare(
            "getservbyport",
            getservbyport,
            getservbyport,
        );
    }
}

/// Whether glibc finds the port in /etc/services of this machine, which it reads line by line.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "glibc's own look-up is a C function")]
fn getservbyport(&(port, transport, _): &Asked) -> bool {
    let name = [c"tcp", c"udp", c"sctp", c"dccp"][transport as usize];
    // SAFETY: the name ends with a NUL, and there is only one thread.
    !unsafe { libc::getservbyport(port.to_be().into(), name.as_ptr()) }.is_null()
}

fn names(criterion: &mut Criterion) {
    let primary = |name: &String| lookup_name(name).first().copied();
    let by_name: BTreeMap<&str, Entry> =
        entries().iter().rev().filter_map(|&entry| Some((entry.service_name()?, entry))).collect();
    let sorted: Vec<(&str, Entry)> = by_name.into_iter().collect();
    let frozen = frozen_collections::FzStringMap::new(sorted.clone());
    let folded: HashMap<Vec<u8>, Entry> =
        sorted.iter().map(|&(name, entry)| (name.to_ascii_lowercase().into_bytes(), entry)).collect();

    let mut random = Random::new(0x6e61_6d65);
    let hits: Vec<String> = (0..QUERIES).map(|_| random.choose(&sorted).0.to_owned()).collect();
    let near = || {
        let mut name = random.choose(&sorted).0.to_owned().into_bytes();
        let place = random.below(name.len());
        name[place] = b'a' + random.below(26) as u8;
        String::from_utf8(name).unwrap()
    };
    let misses: Vec<String> =
        std::iter::repeat_with(near).filter(|name| lookup_name(name).is_empty()).take(QUERIES).collect();
    let upper = hits.iter().map(|name| name.to_ascii_uppercase()).collect();
    let mut either = |c: char| if random.below(2) == 0 { c.to_ascii_uppercase() } else { c };
    let mixed = hits.iter().map(|name| name.chars().map(&mut either).collect()).collect();
    for (workload, queries, is_case_kept) in [
        ("name hits", hits, true),
        ("name misses", misses, true),
        ("upper case", upper, false),
        ("mixed case", mixed, false),
    ] {
        let mut bench = Bench { group: criterion.benchmark_group(workload), queries: &queries, is_cold: is_case_kept };
        bench.compare("lookup_name", primary, primary);
        bench.compare("hashbrown, case folded", primary, |name| folded.get(fold(name, None, &mut [0; 64])?).copied());
        // These are case-sensitive.
        if is_case_kept {
            bench.compare("frozen-collections", primary, |name| frozen.get(name.as_str()).copied());
            compare_maps(&mut bench, &sorted, primary, String::as_str);
        }
    }
}

/// The port of a name on a transport.
fn ports_of_names(criterion: &mut Criterion) {
    type Query = (String, Transport);
    let port = |(name, transport): &Query| port_by_name(name, *transport);
    let mut folded: HashMap<Vec<u8>, u16> = HashMap::new();
    let mut keys: Vec<(&str, Transport)> = Vec::new();
    for entry in entries() {
        let (Some(name), Some(ports)) = (entry.service_name(), entry.ports()) else { continue };
        for transport in Transport::ALL.into_iter().filter(|&of| entry.transport().is_none_or(|only| only == of)) {
            let key = fold(name, Some(transport), &mut [0; 64]).unwrap().to_vec();
            let port = folded.entry(key).or_insert(u16::MAX);
            *port = ports.start().min(*port);
            keys.push((name, transport));
        }
    }
    let mut random = Random::new(0x6e32_7000);
    let asked: Vec<(&str, Transport)> = (0..QUERIES).map(|_| random.choose(&keys)).collect();
    let queries = |spelled: &dyn Fn(&str) -> String| -> Vec<Query> {
        asked.iter().map(|&(name, transport)| (spelled(name), transport)).collect()
    };
    for (workload, queries, is_cold) in [
        ("port of a name", queries(&str::to_owned), true),
        ("port of a NAME", queries(&str::to_ascii_uppercase), false),
        ("port of no name", queries(&|name| format!("{name}z")), true),
    ] {
        let mut bench = Bench { group: criterion.benchmark_group(workload), queries: &queries, is_cold };
        bench.compare("port_by_name", port, port);
        bench.compare("hashbrown, case folded", port, |(name, transport)| {
            folded.get(fold(name, Some(*transport), &mut [0; 64])?).copied()
        });
    }
}

/// The name in lower case, with a byte for the transport; `None` for one that is longer than any.
fn fold<'a>(name: &str, transport: Option<Transport>, buffer: &'a mut [u8; 64]) -> Option<&'a [u8]> {
    let end = name.len() + usize::from(transport.is_some());
    let (lower, last) = buffer.get_mut(..end)?.split_at_mut(name.len());
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    last.fill(transport.map_or(0, |transport| transport as u8));
    Some(&buffer[..end])
}

fn validation(criterion: &mut Criterion) {
    let is_valid = |name: &String| ServiceName::new(name).is_ok();
    let syntax = regex::Regex::new("^(?:[0-9]+-?)*[A-Za-z](?:-?[A-Za-z0-9])*$").unwrap();
    let mut random = Random::new(0x7275_6c65);
    let names: Vec<&str> = entries().iter().filter_map(|entry| entry.service_name()).collect();
    let queries: Vec<String> = (0..QUERIES).map(|_| random.choose(&names).to_owned()).collect();
    let mut bench = Bench { group: criterion.benchmark_group("validation"), queries: &queries, is_cold: false };
    bench.compare("ServiceName::new", is_valid, is_valid);
    bench.compare("regex", is_valid, |name| name.len() <= 15 && syntax.is_match(name));
}

fn texts(criterion: &mut Criterion) {
    const TEXTS: [&str; 8] = ["http", "mail", "Protocol", "zabbix agent", "ORACLE", "x", "no such text", "over TLS"];
    let found = |text: &&str| search(text).count();
    let both = |entry: &Entry| (entry.service_name().unwrap_or(""), entry.description());
    let lower: Vec<(String, String)> = entries()
        .iter()
        .map(both)
        .map(|(name, description)| (name.to_ascii_lowercase(), description.to_ascii_lowercase()))
        .collect();
    let mut bench = Bench { group: criterion.benchmark_group("search"), queries: &TEXTS, is_cold: false };
    bench.compare("search", found, found);
    bench.compare("str::contains, lower-cased in advance", found, |text| {
        let text = text.to_ascii_lowercase();
        lower.iter().filter(|(name, description)| name.contains(&text) || description.contains(&text)).count()
    });
    bench.compare("str::contains, lower-cased during the search", found, |text| {
        let text = text.to_ascii_lowercase();
        let holds = |whole: &str| whole.to_ascii_lowercase().contains(&text);
        entries().iter().map(both).filter(|(name, description)| holds(name) || holds(description)).count()
    });
}

/// The maps that hold keys of any kind.
fn compare_maps<Q: Clone, K, B>(
    bench: &mut Bench<Q>,
    sorted: &[(K, Entry)],
    expected: impl Fn(&Q) -> Option<Entry>,
    key: impl Fn(&Q) -> &B,
) where
    K: Copy + Eq + Hash + PhfHash + Borrow<B> + PhfEq<B> + 'static,
    B: Ord + Hash + PhfHash + ?Sized,
{
    let map: HashMap<K, Entry> = sorted.iter().copied().collect();
    bench.compare("hashbrown", &expected, |query| map.get(key(query)).copied());
    let map: HashMap<K, Entry, FxBuildHasher> = sorted.iter().copied().collect();
    bench.compare("hashbrown, rustc-hash", &expected, |query| map.get(key(query)).copied());
    let map: std::collections::HashMap<K, Entry> = sorted.iter().copied().collect();
    bench.compare("std HashMap", &expected, |query| map.get(key(query)).copied());
    // The map that phf_codegen writes, made here since a bench has no build script; a `static` takes the same time.
    let state = phf_generator::generate_hash(&sorted.iter().map(|&(key, _)| key).collect::<Vec<K>>());
    let entries: Vec<(K, Entry)> = state.map.iter().map(|&index| sorted[index]).collect();
    let map = phf::Map { key: state.key, disps: state.disps.leak(), entries: entries.leak() };
    bench.compare("phf::Map", &expected, |query| map.get(key(query)).copied());
    bench.compare("binary search", &expected, |query| {
        let found = sorted.binary_search_by(|(other, _)| other.borrow().cmp(key(query)));
        found.ok().map(|place| sorted[place].1)
    });
}

/// One workload, for every contender.
struct Bench<'a, Q> {
    group: BenchmarkGroup<'a, WallTime>,
    queries: &'a [Q],
    /// Whether it is also measured with the data out of cache.
    is_cold: bool,
}

impl<Q: Clone> Bench<'_, Q> {
    /// Checks the answers, and measures.
    fn compare<R: PartialEq>(&mut self, contender: &str, expected: impl Fn(&Q) -> R, answer: impl Fn(&Q) -> R) {
        assert!(self.queries.iter().all(|query| answer(query) == expected(query)), "{contender} answers otherwise");
        let time = |queries: &[Q]| {
            let start = Instant::now();
            for query in queries {
                black_box(answer(black_box(query)));
            }
            start.elapsed()
        };
        self.measure(contender, "hot", self.queries.len(), 20, || time(self.queries));
        if self.is_cold {
            // More than the caches hold.
            let mut memory = vec![1_u64; 8 << 20];
            self.measure(contender, "cold", BATCH * BATCHES, 10, || {
                let batches = self.queries.chunks(BATCH).take(BATCHES).map(|batch| {
                    memory.iter_mut().step_by(8).for_each(|line| *line = line.wrapping_mul(3));
                    black_box(&memory);
                    // The queries are in cache.
                    let queries = batch.to_vec();
                    time(&queries)
                });
                batches.sum()
            });
        }
    }

    /// A pass takes this time for so many queries.
    fn measure(
        &mut self,
        contender: &str,
        cache: &str,
        queries: usize,
        samples: usize,
        mut pass: impl FnMut() -> Duration,
    ) {
        self.group
            .throughput(Throughput::Elements(queries as u64))
            .sampling_mode(SamplingMode::Flat)
            .sample_size(samples)
            .bench_function(BenchmarkId::new(contender, cache), |bencher| {
                bencher.iter_custom(|passes| (0..passes).map(|_| pass()).sum());
            });
    }
}
