//! Transport protocols, by name and by IP protocol number.

use iana_ports::Transport::{self, Dccp, Sctp, Tcp, Udp};
use std::collections::BTreeMap;

#[test]
fn names() {
    for (transport, name) in [(Tcp, "tcp"), (Udp, "udp"), (Sctp, "sctp"), (Dccp, "dccp")] {
        assert_eq!(transport.as_str(), name);
        assert_eq!(transport.as_ref(), name);
        assert_eq!(transport.to_string(), name);
        assert_eq!(name.parse(), Ok(transport));
        assert_eq!(Transport::try_from(name), Ok(transport));
        assert_eq!(name.to_uppercase().parse(), Ok(transport));
    }
    assert_eq!("dCcP".parse(), Ok(Dccp));
    for name in ["udplite", "udp-lite", "UDPLite", "UDP-Lite"] {
        assert_eq!(name.parse(), Ok(Udp));
        assert_eq!(Transport::try_from(name), Ok(Udp));
    }
}

#[track_caller]
fn rejects(name: &str, message: &str) {
    let error = name.parse::<Transport>().unwrap_err();
    assert_eq!(error.to_string(), message);
    assert_eq!(format!("{error:?}"), format!("TransportError({message})"));
    assert_eq!(Transport::try_from(name), Err(error));
}

#[test]
fn other_names() {
    const EXPECTED: &str = "expected tcp, udp, sctp or dccp";
    rejects("", "empty transport protocol: expected tcp, udp, sctp or dccp");
    rejects("tcp ", &format!("unknown transport protocol \"tcp \": {EXPECTED}"));
    rejects("tcp6", &format!("unknown transport protocol \"tcp6\": {EXPECTED}"));
    rejects("udp_lite", &format!("unknown transport protocol \"udp_lite\": {EXPECTED}"));
    rejects("\u{1b}[31m\n", &format!("unknown transport protocol \"\\u{{1b}}[31m\\n\": {EXPECTED}"));
    rejects(&"é".repeat(40), &format!("unknown transport protocol \"{}…\": {EXPECTED}", "é".repeat(13)));
}

#[test]
fn ip_protocol_numbers() {
    let numbers: BTreeMap<u8, Transport> = [(6, Tcp), (17, Udp), (33, Dccp), (132, Sctp), (136, Udp)].into();
    for number in 0..=u8::MAX {
        assert_eq!(Transport::from_ip_protocol(number).as_ref(), numbers.get(&number));
        match (Transport::try_from(number), numbers.get(&number)) {
            (Ok(transport), Some(expected)) => assert_eq!(transport, *expected),
            (Err(error), None) => assert_eq!(
                error.to_string(),
                format!(
                    "unknown IP protocol {number}: expected 6 (tcp), 17 (udp), 33 (dccp), 132 (sctp) or 136 (udp-lite)"
                )
            ),
            (got, expected) => panic!("{number}: {got:?}, not {expected:?}"),
        }
    }
    const UDP_LITE: Option<Transport> = Transport::from_ip_protocol(136);
    assert_eq!(UDP_LITE, Some(Udp));
    for transport in Transport::ALL {
        assert_eq!(Transport::try_from(transport.ip_protocol()), Ok(transport));
    }
}

#[test]
fn order() {
    assert_eq!(Transport::ALL, [Tcp, Udp, Sctp, Dccp]);
    assert_eq!(Transport::ALL.map(|transport| transport as usize), [0, 1, 2, 3]);
    assert!(Transport::ALL.is_sorted());
}
