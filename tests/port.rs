//! Port ranges and classes.

use iana_ports::{PortClass, PortRange};
use proptest::prelude::*;

#[track_caller]
fn rejects(text: &str, message: &str) {
    let error = text.parse::<PortRange>().unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(PortRange::try_from(text), Err(error));
}

#[test]
fn rejected_ranges() {
    const EXPECTED: &str = "lacks a port number: expected one from 0 to 65535, or two joined by a hyphen";
    rejects("", &format!("\"\" {EXPECTED}"));
    rejects("-", &format!("\"-\" {EXPECTED}"));
    rejects("1-", &format!("\"1-\" {EXPECTED}"));
    rejects("-1", &format!("\"-1\" {EXPECTED}"));
    rejects("100-1", "port range 100-1 runs backwards: its first port must not be above its last");
    rejects("65536", "port number \"65536\" is too large: the highest is 65535");
    rejects("0-65536", "port number \"65536\" is too large: the highest is 65535");
    rejects(
        "100000000000000000000000000000000000",
        "port number \"100000000000000000000000000…\" is too large: the highest is 65535",
    );
    for (text, number) in [
        ("http", "http"),
        ("+80", "+80"),
        (" 80", " 80"),
        ("80 ", "80 "),
        ("1-2-3", "2-3"),
        ("1--2", "-2"),
        ("8000:8100", "8000:8100"),
        ("0x50", "0x50"),
        ("٨٠", "٨٠"),
        ("80\n", "80\\n"),
    ] {
        rejects(text, &format!("port number \"{number}\" is not decimal digits: expected 0 to 65535"));
    }
}

#[test]
fn display_pads() {
    let range = PortRange::new(6000, 6063).unwrap();
    assert_eq!(format!("[{range:<11}][{range:>11}][{range:>4}]"), "[6000-6063  ][  6000-6063][6000-6063]");
    let widest = PortRange::new(10000, 65535).unwrap();
    assert_eq!(format!("[{widest:^13}]"), "[ 10000-65535 ]");
    let port = PortRange::from(80);
    assert_eq!(format!("[{port:<5}][{port:>5}]"), "[80   ][   80]");
    assert_eq!(format!("[{port:5}][{range:11}][{port:+}][{port:05}]"), "[80   ][6000-6063  ][80][80   ]");
}

#[test]
fn every_port_is_a_range_and_has_a_class() {
    for port in 0..=u16::MAX {
        let range = PortRange::from(port);
        assert_eq!(Some(range), PortRange::new(port, port));
        assert_eq!(range.to_string(), port.to_string());
        assert_eq!(port.to_string().parse(), Ok(range));
        assert_eq!(range.len(), 1);
        let classes = [PortClass::System, PortClass::User, PortClass::Dynamic];
        let of_port: Vec<_> = classes.into_iter().filter(|class| class.range().contains(port)).collect();
        assert_eq!(of_port, [PortClass::of(port)]);
    }
}

#[test]
fn classes() {
    let printed = |class: PortClass| format!("{class} {} {}", class.range(), class.range().len());
    assert_eq!(printed(PortClass::System), "System 0-1023 1024");
    assert_eq!(printed(PortClass::User), "User 1024-49151 48128");
    assert_eq!(printed(PortClass::Dynamic), "Dynamic 49152-65535 16384");
    assert_eq!(format!("[{:>8}]", PortClass::System), "[  System]");
}

#[test]
fn leading_zeros_mean_nothing() {
    assert_eq!("000080".parse(), Ok(PortRange::from(80)));
    assert_eq!("007-0000000008".parse(), Ok(PortRange::new(7, 8).unwrap()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranges(start: u16, end: u16, port: u16) {
        let Some(range) = PortRange::new(start, end) else {
            prop_assert!(end < start);
            return Ok(());
        };
        prop_assert_eq!((range.start(), range.end()), (start, end));
        prop_assert_eq!(range.contains(port), (start..=end).contains(&port));
        prop_assert_eq!(range.to_string().parse(), Ok(range));
        prop_assert_eq!(range.len() as usize, range.iter().len());
        prop_assert!(range.into_iter().eq(start..=end));
        prop_assert!(range.into_iter().rev().eq((start..=end).rev()));
    }

    #[test]
    fn any_text_is_a_range_or_an_error(text in "[0-9+ -]{0,12}") {
        let expected = text.split_once('-').map_or_else(
            || text.parse().ok().map(|port| (port, port)),
            |(start, end)| Some((start.parse().ok()?, end.parse().ok()?)),
        );
        let expected = expected.filter(|(start, end): &(u16, u16)| start <= end && !text.contains('+'));
        let range = text.parse::<PortRange>().ok();
        prop_assert_eq!(range.map(|range| (range.start(), range.end())), expected);
    }
}
