//! The classes of ports.

use iana_ports::PortClass;

#[test]
fn every_port_has_a_class() {
    for port in 0..=u16::MAX {
        let of_port: Vec<_> = PortClass::ALL.into_iter().filter(|class| class.range().contains(port)).collect();
        assert_eq!(of_port, [PortClass::of(port)]);
    }
}

#[test]
fn classes() {
    let printed = |class: PortClass| format!("{class} {} {}", class.range(), class.range().len());
    assert_eq!(printed(PortClass::System), "System 0-1023 1024");
    assert_eq!(printed(PortClass::User), "User 1024-49151 48128");
    assert_eq!(printed(PortClass::Dynamic), "Dynamic 49152-65535 16384");
    for class in PortClass::ALL {
        let name = class.as_str();
        assert_eq!((class.to_string().as_str(), class.as_ref()), (name, name));
    }
}
