//! Port ranges.

use crate::common::Random;
use iana_ports::PortRange;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

#[track_caller]
fn rejects(text: &str, message: &str) {
    let error = text.parse::<PortRange>().unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(format!("{error:?}"), format!("PortRangeError({message})"));
    assert_eq!(PortRange::try_from(text), Err(error));
}

#[test]
fn rejected_ranges() {
    rejects("", "empty port: expected a number from 0 to 65535, or a range such as 6000-6063");
    rejects("100-1", "invalid port range \"100-1\": the start is greater than the end");
    rejects("65536", "invalid port \"65536\": greater than 65535");
    rejects("0-65536", "invalid port \"65536\": greater than 65535");
    rejects("99999-80", "invalid port \"99999\": greater than 65535");
    rejects(
        "100000000000000000000000000000000000",
        "invalid port \"100000000000000000000000000…\": greater than 65535",
    );
    for text in ["http", "0x50", "80tcp", "-", "_", "/", ",", ":", "٨٠", "八十", "é_", "80/", "#80", "80–", "80."]
    {
        rejects(text, &not_a_port(text));
    }
}

fn not_a_port(text: &str) -> String {
    format!("invalid port \"{text}\": expected a number from 0 to 65535, or a range such as 6000-6063")
}

#[test]
fn suggestions() {
    for text in ["+80", " 80", "80 ", "080\n", " +80", ":80", "80,", " :80, ", "８０", "：８０"] {
        rejects(text, &format!("invalid port {text:?}: did you mean 80?"));
    }
    for text in ["localhost:80", "LocalHost:80", "[::1]:80", "10.0.0.1:80", "a-b.example_c.ORG:80", "é.com:080"] {
        rejects(text, &format!("invalid port {text:?}: did you mean 80?"));
    }
    for separator in ["..", "..=", "...", "–", "—", "~", " - ", " -", "- ", " – "] {
        let text = format!("08000{separator}8100");
        rejects(&text, &format!("invalid port range {text:?}: did you mean 8000-8100?"));
    }
    rejects("8000-8100 ", "invalid port range \"8000-8100 \": did you mean 8000-8100?");
    for text in ["80:8080", "0080 : 8080"] {
        let readings = "80-8080 (a range to iptables) or 80 and 8080 (a mapping to Docker)";
        rejects(text, &format!("invalid port range {text:?}: did you mean {readings}?"));
    }
    rejects("8080:80", "invalid port range \"8080:80\": did you mean 8080 and 80 (a mapping to Docker)?");
    rejects("80:80", "invalid port \"80:80\": did you mean 80?");
    for text in ["*", "any", "ALL", " all "] {
        rejects(text, &format!("invalid port range {text:?}: for all ports, use 0-65535"));
    }
}

#[test]
fn near_misses_without_a_suggestion() {
    rejects("19999 - 12", "invalid port range \"19999 - 12\": the start is greater than the end");
    for text in ["1024:65536", "+65536", "65536,"] {
        rejects(text, "invalid port \"65536\": greater than 65535");
    }
    rejects(" ", "empty port: expected a number from 0 to 65535, or a range such as 6000-6063");
    for text in
        ["80,443", "80, 443", "80;443;8080", "80 443", " 80 443", "8000-8100,9000", "443,3478:3481", "８０,443,"]
    {
        rejects(text, &format!("invalid port range {text:?}: expected a single port or range, not a list"));
    }
}

/// Digits that are neither a port nor a range, nor the port of a host for certain.
#[test]
fn nothing_is_suggested_for_other_texts() {
    for text in [
        "44.3",
        "3.44",
        "443.0",
        "1_000",
        "1'000",
        "4\u{301}43",
        "::1",
        "10.0.0.1:443x",
        "ssh:80",
        "1.2:3:4",
        ".example org:80",
        "1..2:3",
        "[::1:80",
        "::1]:80",
        "8000--8100",
        "-8000-8100",
        "8000:-8100",
        "8000..+8100",
        "8000....8100",
        "1-",
        "-1",
        "--1",
        "1-2-",
        "1-2-3",
        "1..2..3",
        "1:2:3",
        "80,65536",
        "80,44.3",
        "1000 to 2000",
    ] {
        rejects(text, &not_a_port(text));
    }
}

#[test]
fn every_port_is_a_range() {
    for port in 0..=u16::MAX {
        let range = PortRange::from(port);
        assert_eq!(Some(range), PortRange::new(port, port));
        assert_eq!(range.to_string(), port.to_string());
        assert_eq!(port.to_string().parse(), Ok(range));
        assert_eq!(range, PortRange::from_port(port));
        assert_eq!(range.len(), 1);
    }
}

#[test]
fn random_ranges() {
    let mut random = Random::new(1);
    for _ in 0..1_000 {
        let [start, end, port] = [(); 3].map(|()| random.below(1 << 16) as u16);
        let std = start..=end;
        assert_eq!(PortRange::try_from(std.clone()).ok(), PortRange::new(start, end));
        let Some(range) = PortRange::new(start, end) else {
            assert!(end < start);
            let message = format!("invalid port range \"{start}-{end}\": the start is greater than the end");
            assert_eq!(PortRange::try_from(std).unwrap_err().to_string(), message);
            continue;
        };
        assert!(start <= end);
        assert_eq!((range.start(), range.end()), (start, end));
        assert_eq!(range.contains(port), std.contains(&port));
        assert_eq!(range.to_string().parse(), Ok(range));
        assert_eq!(range.len() as usize, std.len());
        assert_eq!(RangeInclusive::from(range), std);
        assert!(range.iter().eq(std.clone()));
        assert!(range.into_iter().rev().eq(std.rev()));
    }
}

/// Against sets of ports.
#[test]
fn ranges_in_common() {
    let ranges = || (0..6).flat_map(|start| (start..6).filter_map(move |end| PortRange::new(start, end)));
    for a in ranges() {
        for b in ranges() {
            let [ports_a, ports_b] = [a, b].map(|range| range.iter().collect::<BTreeSet<u16>>());
            let common: Vec<u16> = ports_a.intersection(&ports_b).copied().collect();
            assert_eq!(a.overlaps(b), !common.is_empty(), "{a} {b}");
            assert!(a.intersection(b).into_iter().flatten().eq(common), "{a} {b}");
        }
    }
}
