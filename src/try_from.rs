//! `TryFrom<&str>` for each type that `FromStr` parses.

use crate::{
    Date, DateError, PortClass, PortClassError, PortRange, PortRangeError, PortSpec, PortSpecError, ServiceName,
    ServiceNameError, ServiceType, ServiceTypeError, Status, StatusError, Transport, TransportError,
};

macro_rules! try_from_str {
    ($($type:ty, $error:ty;)*) => {$(
        impl TryFrom<&str> for $type {
            type Error = $error;

            /// Parses the string, as `FromStr` does.
            fn try_from(text: &str) -> Result<Self, $error> {
                text.parse()
            }
        }
    )*};
}

try_from_str! {
    Date, DateError;
    PortClass, PortClassError;
    PortRange, PortRangeError;
    PortSpec, PortSpecError;
    ServiceName, ServiceNameError;
    ServiceType, ServiceTypeError;
    Status, StatusError;
    Transport, TransportError;
}
