//! Millions of look-ups a second, by one core and by all: 100 million pairs of a port and a transport, once all of them
//! equally often, once the n-th of a shuffled order asked 1/n as often as the first.
//!
//! `cargo bench --bench throughput -- 10` asks for 10 million.

use iana_ports::{Transport, lookup_port, name_by_port};
use iana_ports_benches::Random;
use std::hint::black_box;
use std::thread;
use std::time::Instant;

type Pair = (u16, Transport);

/// They are asked one after the other, again and again.
const PAIRS: usize = 1_000_000;
/// The fastest counts.
const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let is_bench = arguments.iter().any(|argument| argument == "--bench");
    let chosen = arguments.iter().find_map(|argument| argument.parse().ok());
    let times = chosen.unwrap_or(if is_bench { 100 } else { 1 });
    let cores = thread::available_parallelism().map_or(1, usize::from);

    let mut random = Random::new(0x7061_6972);
    let mut all: Vec<Pair> =
        (0..=u16::MAX).flat_map(|port| Transport::ALL.map(|transport| (port, transport))).collect();
    let uniform: Vec<Pair> = (0..PAIRS).map(|_| random.choose(&all)).collect();
    for place in (1..all.len()).rev() {
        all.swap(place, random.below(place + 1));
    }
    let mut skewed = || {
        let exponent = random.below(1 << 30) as f64 / f64::from(1 << 30);
        all[(all.len() as f64).powf(exponent) as usize - 1]
    };
    let skewed: Vec<Pair> = (0..PAIRS).map(|_| skewed()).collect();

    println!("throughput: | millions a second | uniform, 1 core | {cores} cores | skewed, 1 core | {cores} cores |");
    println!("throughput: | --- | --- | --- | --- | --- |");
    let queries = [(&*uniform, 1), (&*uniform, cores), (&*skewed, 1), (&*skewed, cores)];
    row("`lookup_port`", queries, times, |(port, transport)| lookup_port(port, transport).len());
    row("`name_by_port`", queries, times, |(port, transport)| name_by_port(port, transport).map_or(0, str::len));
}

fn row(name: &str, queries: [(&[Pair], usize); 4], times: usize, answer: impl Fn(Pair) -> usize + Sync) {
    let [one, every, skewed_one, skewed_every] =
        queries.map(|(queries, threads)| millions_a_second(queries, times, threads, &answer));
    println!("throughput: | {name} | {one:.0} | {every:.0} | {skewed_one:.0} | {skewed_every:.0} |");
}

/// Each thread asks its part of the queries so many times.
fn millions_a_second(queries: &[Pair], times: usize, threads: usize, answer: &(impl Fn(Pair) -> usize + Sync)) -> f64 {
    let run = || {
        let start = Instant::now();
        thread::scope(|scope| {
            for part in queries.chunks(queries.len().div_ceil(threads)) {
                scope.spawn(move || {
                    for _ in 0..times {
                        black_box(part.iter().map(|&pair| answer(pair)).sum::<usize>());
                    }
                });
            }
        });
        start.elapsed().as_secs_f64()
    };
    let fastest = (0..RUNS).map(|_| run()).fold(f64::INFINITY, f64::min);
    (queries.len() * times) as f64 / fastest / 1e6
}
