//! `ports annotate`.

use crate::ports_with_input;

fn annotated(input: &[u8]) -> String {
    let (status, out, err) = ports_with_input(["annotate"], input);
    assert_eq!((status, err.as_str()), (0, ""));
    out
}

#[test]
fn adds_services_to_ports() {
    let mut input = String::new();
    let mut expected = String::new();
    for (line, annotated) in [
        ("192.0.2.1:443/tcp", "192.0.2.1:443/tcp (https)"),
        ("[2001:db8::1]:53/udp", "[2001:db8::1]:53/udp (domain)"),
        ("443/tcp", "443/tcp (https)"),
        ("6003/TCP", "6003/TCP (x11)"),
        ("from 10.0.0.1:80/tcp, to (22/tcp).", "from 10.0.0.1:80/tcp (http), to (22/tcp (ssh))."),
        ("service=tcp/443 \"udp/53\", tcp/22.", "service=tcp/443 (https) \"udp/53 (domain)\", tcp/22 (ssh)."),
        ("0.0.0.0:8080->80/tcp, :::8080->80/tcp", "0.0.0.0:8080->80/tcp (http), :::8080->80/tcp (http)"),
        // A port of a mapping, or of an address that cannot be told from it.
        ("80:5432/TCP 2001:db8::1:443/tcp", "80:5432/TCP 2001:db8::1:443/tcp"),
        // Not registered.
        ("60000/tcp 80/dccp", "60000/tcp 80/dccp"),
        // No ports.
        (
            "65536/tcp 080443/tcp /tcp 80/ 80/tc 80/tcpx 80/tcp-x",
            "65536/tcp 080443/tcp /tcp 80/ 80/tc 80/tcpx 80/tcp-x",
        ),
        ("a/b/tcp/80/tcp 443/tcp/udp 443/tcp/ 443/tcp6", "a/b/tcp/80/tcp 443/tcp/udp 443/tcp/ 443/tcp6"),
        ("x80/tcp 192.0.2.80/tcp 79-80/tcp 80/icmp 80 tcp", "x80/tcp 192.0.2.80/tcp 79-80/tcp 80/icmp 80 tcp"),
        ("", ""),
    ] {
        for end in ["\n", "\r\n", "\nx\n"] {
            input += &format!("{line}{end}");
            expected += &format!("{annotated}{end}");
        }
        assert_eq!(self::annotated(line.as_bytes()), annotated, "{line}");
    }
    assert_eq!(annotated(input.as_bytes()), expected);
}

#[test]
fn keeps_the_order_of_a_long_input_and_words_of_any_length() {
    let mut input = String::new();
    let mut expected = String::new();
    for line in 0..50_000 {
        input += &format!("{line} 10.0.0.1:443/tcp\n");
        expected += &format!("{line} 10.0.0.1:443/tcp (https)\n");
    }
    let long = "x".repeat(1_000_000);
    assert!(annotated((input + &long).as_bytes()) == expected + &long);
    // Wherever the input is cut.
    for shift in 0..20 {
        let shift = "\"".repeat(shift);
        let input = shift.clone() + &"\"1:80/tcp\",\"10050/tcp\",".repeat(50_000);
        let expected = shift + &"\"1:80/tcp\",\"10050/tcp (zabbix-agent)\",".repeat(50_000);
        assert!(annotated(input.as_bytes()) == expected);
    }
}
