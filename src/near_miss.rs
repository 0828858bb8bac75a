//! Common ways of writing ports and services that do not parse. These functions work on plain text, so that the types
//! do not depend on each other.

use crate::text::{is_number, text_of};

/// The text without what is often around it: whitespace, a colon before it, a comma after it. Full-width characters are
/// read as ASCII, if the text fits into the buffer.
pub(crate) fn plain<'a>(text: &'a str, buffer: &'a mut [u8; 32]) -> &'a str {
    let text = text.trim();
    let text = from_full_width(text, buffer).unwrap_or(text);
    let text = text.strip_prefix(':').unwrap_or(text);
    text.strip_suffix(',').unwrap_or(text)
}

/// Text with the characters U+FF01 to U+FF5E, in the ASCII characters U+0021 to U+007E that they stand for.
fn from_full_width<'a>(text: &str, ascii: &'a mut [u8]) -> Option<&'a str> {
    let mut length = 0;
    for character in text.chars() {
        let code = match u32::from(character) {
            code @ 0xff01..=0xff5e => code - 0xff01 + 0x21,
            code => code,
        };
        *ascii.get_mut(length)? = u8::try_from(code).ok().filter(u8::is_ascii)?;
        length += 1;
    }
    Some(text_of(ascii, length))
}

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

/// The port of a socket address such as `localhost:443`, `[::1]:443` or `10.0.0.1:443`. A name without a dot could be a
/// service just as well as a host.
pub(crate) fn port_of_address(text: &str) -> Option<u16> {
    let (host, port) = text.rsplit_once(':')?;
    let in_name = |character: char| character.is_alphanumeric() || matches!(character, '.' | '-' | '_');
    let is_domain = host.contains('.') && !host.contains("..") && host.chars().all(in_name);
    let is_bracketed = host.starts_with('[') && host.ends_with(']');
    let is_host = is_domain || is_bracketed || host.eq_ignore_ascii_case("localhost");
    if is_host && is_number(port) { port.parse().ok() } else { None }
}
