//! Service names against RFC 6335 §5.1.

use crate::common::{Random, skipped};
use crate::hash;
use iana_ports::{
    REGISTRY_UPDATED, ServiceName, ServiceNameError, ServiceNameRule, entries, lookup_name, service_name,
};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

#[track_caller]
fn accepts(text: &str) {
    let name = ServiceName::new(text).unwrap();
    assert_eq!(name.as_str(), text);
    assert_eq!(name.to_string(), text);
    assert_eq!(name.as_ref(), text);
    assert_eq!(format!("{name:?}"), format!("ServiceName({text:?})"));
    assert_eq!(text.parse(), Ok(name));
    assert_eq!(ServiceName::try_from(text), Ok(name));
    assert_eq!(ServiceName::violations(text).count(), 0);
}

/// Asserts the message of every rule that `text` breaks; the constructors give the first.
#[track_caller]
fn rejects(text: &str, messages: &[&str]) {
    let all: Vec<ServiceNameError> = ServiceName::violations(text).collect();
    let printed: Vec<String> = all.iter().map(ToString::to_string).collect();
    assert_eq!(printed, messages);
    assert_eq!(ServiceName::new(text), Err(all[0]));
    assert_eq!(text.parse::<ServiceName>(), Err(all[0]));
    assert_eq!(ServiceName::try_from(text), Err(all[0]));
}

#[test]
fn accepted() {
    for text in [
        "a",
        "Z",
        "http",
        "HTTP",
        "x11",
        "9pfs",
        "http-alt",
        "3com-tsmux",
        "1-2-3-a",
        "a-1",
        "a-b-c-d-e-f-g-h",
        "abcdefg",
        "abcdefgh",
        "abcdefghi",
        "abcdefghijklmno",
        "12345678901234z",
        "z12345678901234",
        "1234567z1234567",
    ] {
        accepts(text);
    }
}

#[test]
fn rejected_for_length() {
    rejects("", &["a service name is missing: a service name must have 1 to 15 characters"]);
    rejects(
        "abcdefghijklmnop",
        &["\"abcdefghijklmnop\" has 16 characters: a service name must have 1 to 15 characters"],
    );
    rejects(
        &"a".repeat(256 + 4),
        &["\"aaaaaaaaaaaaaaaaaaaaaaaaaaa…\" has 260 characters: \
           a service name must have 1 to 15 characters"],
    );
}

#[test]
fn rejected_for_a_character() {
    const RULE: &str = "a service name must have only ASCII letters, digits and hyphens";
    for (text, finding) in [
        ("documentum_s", "\"documentum_s\" has '_' at byte 10"),
        ("z39.50", "\"z39.50\" has '.' at byte 3"),
        ("whois++", "\"whois++\" has '+' at byte 5"),
        ("914c/g", "\"914c/g\" has '/' at byte 4"),
        ("http ", "\"http \" has ' ' at byte 4"),
        ("a\0", "\"a\\0\" has '\\0' at byte 1"),
        ("a\nb", "\"a\\nb\" has '\\n' at byte 1"),
        ("a'b", "\"a'b\" has '\\'' at byte 1"),
        ("caf\u{e9}", "\"café\" has 'é' (U+00E9) at byte 3"),
        ("a\u{2603}b", "\"a☃b\" has '☃' (U+2603) at byte 1"),
        ("\u{1f980}a", "\"🦀a\" has '🦀' (U+1F980) at byte 0"),
        ("a\u{202e}b", "\"a\\u{202e}b\" has '\\u{202e}' (U+202E) at byte 1"),
        // A hyphen and a letter to the eye, and neither in ASCII.
        ("http\u{2010}alt", "\"http‐alt\" has '‐' (U+2010) at byte 4"),
        ("p\u{430}y", "\"pаy\" has 'а' (U+0430) at byte 1"),
        // Fifteen characters of two bytes each, but one.
        ("a\u{df}\u{df}\u{df}\u{df}\u{df}\u{df}\u{df}", "\"aßßßßßßß\" has 'ß' (U+00DF) at byte 1"),
    ] {
        rejects(text, &[&format!("{finding}: {RULE}")]);
    }
}

#[test]
fn rejected_for_want_of_a_letter() {
    const RULE: &str = "has no ASCII letter: a service name must have at least one ASCII letter";
    rejects("23", &[&format!("\"23\" {RULE}")]);
    rejects("6000-6063", &[&format!("\"6000-6063\" {RULE}")]);
    rejects("123456789012345", &[&format!("\"123456789012345\" {RULE}")]);
}

#[test]
fn rejected_for_a_hyphen() {
    const FIRST: &str = "a service name must not begin with a hyphen";
    const LAST: &str = "a service name must not end with a hyphen";
    const TWO: &str = "a service name must not have two hyphens in a row";
    rejects("-http", &[&format!("\"-http\" has a hyphen at byte 0: {FIRST}")]);
    rejects("http-", &[&format!("\"http-\" has a hyphen at byte 4: {LAST}")]);
    rejects("abcdefghijklmn-", &[&format!("\"abcdefghijklmn-\" has a hyphen at byte 14: {LAST}")]);
    rejects("a--b", &[&format!("\"a--b\" has a second hyphen at byte 2: {TWO}")]);
    rejects("a-b--c---d", &[&format!("\"a-b--c---d\" has a second hyphen at byte 4: {TWO}")]);
    rejects("abcdefg--hijklm", &[&format!("\"abcdefg--hijklm\" has a second hyphen at byte 8: {TWO}")]);
    rejects("abcdef--ghijklm", &[&format!("\"abcdef--ghijklm\" has a second hyphen at byte 7: {TWO}")]);
}

#[test]
fn rejected_for_everything() {
    rejects(
        "--1234567890\u{e9}\u{1b}1--",
        &[
            "\"--1234567890é\\u{1b}1--\" has 17 characters: a service name must have 1 to 15 characters",
            "\"--1234567890é\\u{1b}1--\" has 'é' (U+00E9) at byte 12: \
             a service name must have only ASCII letters, digits and hyphens",
            "\"--1234567890é\\u{1b}1--\" has no ASCII letter: a service name must have at least one ASCII letter",
            "\"--1234567890é\\u{1b}1--\" has a hyphen at byte 0: a service name must not begin with a hyphen",
            "\"--1234567890é\\u{1b}1--\" has a hyphen at byte 17: a service name must not end with a hyphen",
            "\"--1234567890é\\u{1b}1--\" has a second hyphen at byte 1: \
             a service name must not have two hyphens in a row",
        ],
    );
}

#[test]
fn what_an_excerpt_keeps() {
    // The cut after 27 bytes would part a character of two, three or four bytes.
    for (text, kept) in [
        ("é".repeat(16), "é".repeat(13) + "…"),
        ("€".repeat(11), "€".repeat(9) + "…"),
        (format!("a{}", "€".repeat(11)), format!("a{}…", "€".repeat(8))),
        ("🦀".repeat(8), "🦀".repeat(6) + "…"),
        ("_".repeat(31), "_".repeat(27) + "…"),
        ("_".repeat(30), "_".repeat(30)),
    ] {
        let message = ServiceName::new(&text).unwrap_err().to_string();
        assert!(message.starts_with(&format!("\"{kept}\" has ")), "{message}");
    }
}

#[test]
fn an_error_is_a_small_value_and_an_error() {
    fn is<T: Copy + Eq + Send + Sync + std::error::Error + 'static>(_: T) {}
    let error = ServiceName::new("23").unwrap_err();
    is(error);
    assert_eq!(format!("{error:?}"), format!("ServiceNameError({error})"));
    assert!(std::error::Error::source(&error).is_none());
    assert!(size_of::<ServiceNameError>() <= 64);
}

/// The grammar of RFC 6335 §5.1, `*(1*DIGIT [HYPHEN]) ALPHA *([HYPHEN] ALNUM)`, read from left to right: what follows
/// tells at each place which part of it goes on.
fn is_srvname(text: &str) -> bool {
    fn skip_hyphen(text: &str) -> &str {
        text.strip_prefix('-').unwrap_or(text)
    }
    let mut rest = text;
    while rest.starts_with(|c: char| c.is_ascii_digit()) {
        rest = skip_hyphen(rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    let Some(mut rest) = rest.strip_prefix(|c: char| c.is_ascii_alphabetic()) else { return false };
    while !rest.is_empty() {
        match skip_hyphen(rest).strip_prefix(|c: char| c.is_ascii_alphanumeric()) {
            Some(later) => rest = later,
            None => return false,
        }
    }
    true
}

/// The rules that a text breaks, each read by itself from the prose of RFC 6335 §5.1, and where.
fn broken_rules(text: &str) -> Vec<(ServiceNameRule, Option<usize>)> {
    use ServiceNameRule::{AdjacentHyphens, Characters, LeadingHyphen, Length, Letter, TrailingHyphen};
    if text.is_empty() {
        return vec![(Length, None)];
    }
    let sixteenth = text.char_indices().nth(15).map(|(offset, _)| offset);
    let illegal = text.find(|c: char| !matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-'));
    let has_letter = text.contains(|c: char| c.is_ascii_alphabetic());
    [
        sixteenth.map(|offset| (Length, Some(offset))),
        illegal.map(|offset| (Characters, Some(offset))),
        (!has_letter).then_some((Letter, None)),
        text.starts_with('-').then_some((LeadingHyphen, Some(0))),
        text.ends_with('-').then_some((TrailingHyphen, Some(text.len() - 1))),
        text.find("--").map(|offset| (AdjacentHyphens, Some(offset + 1))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[track_caller]
fn agrees_with_the_rfc(text: &str) {
    let errors: Vec<ServiceNameError> = ServiceName::violations(text).collect();
    let found: Vec<_> = errors.iter().map(|error| (error.rule(), error.offset())).collect();
    assert_eq!(found, broken_rules(text), "{text:?}");
    for error in &errors {
        let message = error.to_string();
        assert!(message.ends_with(&format!(": {}", error.rule())), "{message}");
        assert!(!message.contains('\n'), "{message}");
    }
    let new = ServiceName::new(text);
    assert_eq!(new.err(), errors.first().copied(), "{text:?}");
    assert_eq!(new.is_ok(), text.len() <= 15 && is_srvname(text), "{text:?}");
    if let Ok(name) = new {
        assert_eq!(name.as_str(), text);
    }
}

#[test]
fn every_short_text() {
    let mut texts = vec![String::new()];
    let mut count = 0;
    for length in 0..=5 {
        assert!(texts.iter().all(|text| text.chars().count() == length));
        texts.iter().for_each(|text| agrees_with_the_rfc(text));
        count += texts.len();
        texts = texts.iter().flat_map(|text| ["a", "7", "-", "_", "é"].map(|next| text.clone() + next)).collect();
    }
    assert_eq!(count, 1 + 5 + 25 + 125 + 625 + 3125);
}

#[test]
fn every_character_in_every_place() {
    for length in 1..=17 {
        for filler in ["a", "7"] {
            for offset in 0..length {
                for character in (0..=0x7f_u8).map(char::from).chain(['\u{80}', '\u{ad}', '\u{e9}', '\u{ff0d}']) {
                    let mut text = filler.repeat(length);
                    text.replace_range(offset..=offset, character.encode_utf8(&mut [0; 4]));
                    agrees_with_the_rfc(&text);
                }
            }
        }
    }
}

#[test]
fn every_pair_of_hyphens() {
    for length in 2..=16 {
        for first in 0..length {
            for second in 0..length {
                let mut text = "a".repeat(length);
                text.replace_range(first..=first, "-");
                text.replace_range(second..=second, "-");
                agrees_with_the_rfc(&text);
            }
        }
    }
}

#[test]
fn random_texts() {
    let mut random = Random::new(1);
    for _ in 0..20_000 {
        agrees_with_the_rfc(&random.text("aZ07-_ \n.éß☃🦀\u{301}", 21));
        agrees_with_the_rfc(&random.text("abyzABYZ0189--", 19));
    }
}

/// Pairs of names that differ in little.
#[test]
fn comparison_ignores_case() {
    let mut random = Random::new(2);
    let mut names = 0;
    for _ in 0..20_000 {
        let common = random.choose(&["", "abcdefgh", "9-"]);
        let [a, b] = [(); 2].map(|()| format!("{common}{}", random.text("aAbB0-", 6)));
        let (Ok(x), Ok(y)) = (ServiceName::new(&a), ServiceName::new(&b)) else { continue };
        let (lower_a, lower_b) = (a.to_lowercase(), b.to_lowercase());
        assert_eq!(x.cmp(&y), lower_a.cmp(&lower_b), "{a} {b}");
        assert_eq!(x.partial_cmp(&y), Some(x.cmp(&y)));
        assert_eq!(x == y, lower_a == lower_b, "{a} {b}");
        assert_eq!(hash(x) == hash(y), x == y, "{a} {b}");
        assert_eq!(x == *b, x == y, "{a} {b}");
        assert_eq!(x.to_ascii_lowercase().as_str(), lower_a);
        names += 1;
    }
    assert!(names > 1_000, "{names}");
}

#[test]
fn long_names_compare_in_every_place() {
    let longest = "abcdefghijklmno";
    let name = ServiceName::new(longest).unwrap();
    for place in 0..15 {
        for other in ('a'..='z').chain('A'..='Z').chain('0'..='9') {
            let mut changed = longest.to_owned();
            changed.replace_range(place..=place, other.encode_utf8(&mut [0; 4]));
            let second = ServiceName::new(&changed).unwrap();
            assert_eq!(name.cmp(&second), longest.cmp(&changed.to_lowercase()), "{changed}");
            assert_eq!(hash(name) == hash(second), longest == changed.to_lowercase(), "{changed}");
        }
        if place > 0 {
            assert_eq!(ServiceName::new(&longest[..place]).unwrap().cmp(&name), Ordering::Less);
        }
    }
}

/// Names of IANA's release of 2024-06-12 that it renamed in 2025.
const RENAMED: [&str; 2] = ["Apple Remote Desktop (Net Assistant)", "Escale (Newton Dock)"];

#[test]
fn every_registered_name() {
    let mut names: BTreeSet<&str> = entries().iter().filter_map(|entry| entry.service_name()).collect();
    names.extend(RENAMED);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut without_replacement = Vec::new();
    for text in names {
        agrees_with_the_rfc(text);
        let broken = broken_rules(text);
        if broken.is_empty() {
            continue;
        }
        let reason = broken.into_iter().map(|(rule, offset)| match (rule, offset) {
            (ServiceNameRule::Length, _) => text.len().to_string(),
            (_, Some(offset)) => text[offset..].chars().take(1).collect(),
            (rule, None) => rule.to_string(),
        });
        *reasons.entry(reason.collect()).or_default() += 1;
        match lookup_name(text).first().and_then(|entry| entry.alias_of()) {
            Some(replacement) => {
                assert!(ServiceName::new(replacement).is_ok_and(|name| !lookup_name(name.as_str()).is_empty()))
            }
            None => without_replacement.push(text),
        }
    }
    if !["2024-06-12", "2025-10-30"].contains(&REGISTRY_UPDATED.to_string().as_str()) {
        skipped("the names against RFC 6335, counted", "a registry whose counts these tests know");
        return;
    }
    assert_eq!(reasons.values().sum::<usize>(), 99);
    let expected = [("20 ", 1), ("36 ", 1), ("*", 1), ("+", 1), (".", 2), ("/", 4), ("_", 89)];
    assert_eq!(reasons, expected.map(|(reason, count)| (reason.to_owned(), count)).into());
    assert_eq!(without_replacement, [RENAMED[0], RENAMED[1], "edi_service"]);
}

#[test]
fn comparison_with_text() {
    let name = service_name!("Http");
    assert_eq!(name, "http");
    assert_eq!(name, *"HTTP");
    assert_eq!("hTTP", name);
    assert_eq!(*"http", name);
    assert_ne!(name, "https");
    assert_ne!(name, "htt");
    assert_ne!("", name);
    assert_ne!(*"htt", name);
}

#[cfg(feature = "alloc")]
#[test]
fn a_string_is_compared_and_converted() {
    let name = service_name!("Http");
    assert_eq!(name, "HTTP".to_owned());
    assert_eq!("HTTP".to_owned(), name);
    assert_ne!(name, "https".to_owned());
    assert_ne!("https".to_owned(), name);
    assert_eq!(ServiceName::try_from("Http".to_owned()).unwrap().as_str(), "Http");
    assert_eq!(ServiceName::try_from("ht_tp".to_owned()), ServiceName::new("ht_tp"));
}

#[test]
fn display_pads() {
    let name = service_name!("http");
    assert_eq!(format!("[{name:<6}][{name:>6}][{name:*^6}][{name:.2}]"), "[http  ][  http][*http*][ht]");
}

#[test]
fn constants() {
    const NAME: &str = "http-alt";
    const FROM_CONSTANT: ServiceName = service_name!(NAME);
    static NAMES: [ServiceName; 2] = [service_name!("ipp"), service_name!("IPPS",)];
    const TEXT: &str = FROM_CONSTANT.to_ascii_lowercase().as_str().trim_ascii();
    assert_eq!(TEXT, "http-alt");
    assert_eq!(NAMES.map(|name| name.to_string()), ["ipp", "IPPS"]);
    const OFFSET: Option<usize> = match ServiceName::new("a-") {
        Ok(_) => None,
        Err(error) => error.offset(),
    };
    assert_eq!(OFFSET, Some(1));
}
