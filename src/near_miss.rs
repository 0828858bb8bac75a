//! Forms in which people write a port or a range, and that are not its syntax: what they say, as plain text.

use crate::text::{is_number, text_of};

/// The two numbers of a range with something other than a plain hyphen between them.
pub(crate) fn range_with_other_separator(text: &str) -> Option<(&str, &str)> {
    let (start, end) =
        ["...", "..=", "..", ":", "–", "—", "~", "-"].into_iter().find_map(|separator| text.split_once(separator))?;
    let (start, end) = (start.trim(), end.trim());
    if is_number(start) && is_number(end) { Some((start, end)) } else { None }
}

/// Whether the text has several items between separators, all of them like this.
pub(crate) fn is_list(text: &str, separator: fn(char) -> bool, is_item: impl Fn(&str) -> bool) -> bool {
    let mut items = text.split(separator).map(str::trim).filter(|item| !item.is_empty());
    items.clone().count() > 1 && items.all(is_item)
}

/// The port of a socket address such as `localhost:443`, `[::1]:443` or `10.0.0.1:443`.
pub(crate) fn port_of_address(text: &str) -> Option<u16> {
    let (host, port) = text.rsplit_once(':')?;
    let is_name = !host.is_empty() && !host.contains([':', '/', ',']) && !host.split('-').all(is_number);
    let is_host = !host.contains(char::is_whitespace) && (is_name || host.ends_with(']'));
    if is_host && is_number(port) { port.parse().ok() } else { None }
}

/// The longest text in full-width characters that is read.
pub(crate) const MAX_FULL_WIDTH: usize = 32;

/// Text with full-width characters, U+FF01 to U+FF5E, in the ASCII characters U+0021 to U+007E that they stand for.
pub(crate) fn from_full_width<'a>(text: &str, ascii: &'a mut [u8; MAX_FULL_WIDTH]) -> Option<&'a str> {
    let mut length = 0;
    for character in text.chars() {
        let code = match u32::from(character) {
            code @ 0xff01..=0xff5e => code - 0xff01 + 0x21,
            code => code,
        };
        *ascii.get_mut(length)? = u8::try_from(code).ok().filter(u8::is_ascii)?;
        length += 1;
    }
    // Each has three bytes.
    if length < text.len() { Some(text_of(ascii, length)) } else { None }
}
