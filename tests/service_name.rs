//! Service names against RFC 6335 §5.1.

mod common;

use iana_ports::{REGISTRY_UPDATED, ServiceName, ServiceNameError, Transport, entries, lookup_name, service_name};
use proptest::prelude::*;
use regex::Regex;
use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::mem::size_of;
use std::sync::LazyLock;

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
        ("caf\u{e9}", "\"café\" has 'é' at byte 3"),
        ("a\u{2603}b", "\"a☃b\" has '☃' at byte 1"),
        ("\u{1f980}a", "\"🦀a\" has '🦀' at byte 0"),
        ("a\u{202e}b", "\"a\\u{202e}b\" has '\\u{202e}' at byte 1"),
        // Fifteen characters of two bytes each, but one.
        ("a\u{df}\u{df}\u{df}\u{df}\u{df}\u{df}\u{df}", "\"aßßßßßßß\" has 'ß' at byte 1"),
    ] {
        rejects(text, &[&format!("{finding}: {RULE}")]);
    }
}

#[test]
fn rejected_for_want_of_a_letter() {
    const RULE: &str = "has no letter: a service name must have at least one letter";
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
            "\"--1234567890é\\u{1b}1--\" has 'é' at byte 12: \
             a service name must have only ASCII letters, digits and hyphens",
            "\"--1234567890é\\u{1b}1--\" has no letter: a service name must have at least one letter",
            "\"--1234567890é\\u{1b}1--\" has a hyphen at byte 0: a service name must not begin with a hyphen",
            "\"--1234567890é\\u{1b}1--\" has a hyphen at byte 17: a service name must not end with a hyphen",
            "\"--1234567890é\\u{1b}1--\" has a second hyphen at byte 1: \
             a service name must not have two hyphens in a row",
        ],
    );
}

#[test]
fn errors_are_matched_by_rule_and_place() {
    use ServiceNameError as E;
    let first = |text| ServiceName::new(text).unwrap_err();
    assert!(matches!(first(""), E::Empty));
    assert!(
        matches!(first("abcdefghijklmnop"), E::TooLong { length: 16, name } if name.as_str() == "abcdefghijklmnop")
    );
    assert!(matches!(first("caf\u{e9}"), E::IllegalCharacter { character: '\u{e9}', offset: 3, .. }));
    assert!(matches!(first("23"), E::NoLetter { name } if name.as_str() == "23"));
    assert!(matches!(first("-a"), E::LeadingHyphen { .. }));
    assert!(matches!(first("a-"), E::TrailingHyphen { offset: 1, .. }));
    assert!(matches!(first("a--"), E::TrailingHyphen { offset: 2, .. }));
    assert!(matches!(first("a--b"), E::AdjacentHyphens { offset: 2, .. }));
    let error: Box<dyn std::error::Error + Send + Sync> = Box::new(first("23"));
    assert!(error.source().is_none());
    assert!(size_of::<ServiceNameError>() <= 48);
}

#[test]
fn an_excerpt_is_cut_at_a_character() {
    // The cut after 27 bytes would part a character of two, three or four bytes.
    for (text, excerpt) in [
        ("é".repeat(16), "é".repeat(13)),
        ("€".repeat(11), "€".repeat(9)),
        (format!("a{}", "€".repeat(11)), format!("a{}", "€".repeat(8))),
        ("🦀".repeat(8), "🦀".repeat(6)),
        ("_".repeat(31), "_".repeat(27)),
    ] {
        let Some(ServiceNameError::TooLong { name, .. } | ServiceNameError::IllegalCharacter { name, .. }) =
            ServiceName::violations(&text).next()
        else {
            panic!("{text} breaks another rule first");
        };
        assert_eq!(name.as_str(), format!("{excerpt}…"));
        assert_eq!(name.to_string(), format!("\"{excerpt}…\""));
    }
    let whole = "_".repeat(30);
    assert!(matches!(
        ServiceName::new(&whole),
        Err(ServiceNameError::TooLong { name, length: 30 }) if name.as_str() == whole
    ));
}

/// The rules of RFC 6335 §5.1 in the RFC's order: expressions, and whether a name must or must not match.
static RULES: LazyLock<[(Regex, bool); 5]> = LazyLock::new(|| {
    [
        (r"(?s)\A.{1,15}\z", true),
        (r"\A[A-Za-z0-9-]*\z", true),
        (r"[A-Za-z]|\A\z", true),
        (r"\A-|-\z", false),
        (r"--", false),
    ]
    .map(|(pattern, obeyed)| (Regex::new(pattern).unwrap(), obeyed))
});

/// The ABNF of RFC 6335 §5.1.
static SRVNAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\A([0-9]+-?)*[A-Za-z](-?[A-Za-z0-9])*\z").unwrap());

/// The rule's place in [`RULES`], once what the error tells of `text` is checked.
#[track_caller]
fn rule_broken(error: ServiceNameError, text: &str) -> usize {
    match error {
        ServiceNameError::Empty => {
            assert_eq!(text, "");
            0
        }
        ServiceNameError::TooLong { length, .. } => {
            assert_eq!(length, text.chars().count());
            0
        }
        ServiceNameError::IllegalCharacter { character, offset, .. } => {
            let illegal = |c: &char| !c.is_ascii_alphanumeric() && *c != '-';
            assert_eq!(text.char_indices().find(|(_, c)| illegal(c)), Some((offset, character)));
            1
        }
        ServiceNameError::NoLetter { .. } => 2,
        ServiceNameError::LeadingHyphen { .. } => {
            assert!(text.starts_with('-'));
            3
        }
        ServiceNameError::TrailingHyphen { offset, .. } => {
            assert_eq!(&text[offset..], "-");
            3
        }
        ServiceNameError::AdjacentHyphens { offset, .. } => {
            assert_eq!(text.find("--"), Some(offset - 1));
            4
        }
        other => panic!("{other} is in none of the five rules"),
    }
}

#[track_caller]
fn agrees_with_the_regular_expressions(text: &str) {
    let expected: Vec<usize> = (0..RULES.len()).filter(|&rule| RULES[rule].0.is_match(text) != RULES[rule].1).collect();
    let mut broken: Vec<usize> = ServiceName::violations(text).map(|error| rule_broken(error, text)).collect();
    broken.dedup();
    assert_eq!(broken, expected, "{text:?}");
    let new = ServiceName::new(text);
    assert_eq!(new.err(), ServiceName::violations(text).next(), "{text:?}");
    assert_eq!(new.is_ok(), text.len() <= 15 && SRVNAME.is_match(text), "{text:?}");
    if let Ok(name) = new {
        assert_eq!(name.as_str(), text);
    }
}

#[test]
fn every_short_text() {
    let mut texts = vec![String::new()];
    let mut count = 0;
    for _ in 0..=4 {
        texts.iter().for_each(|text| agrees_with_the_regular_expressions(text));
        count += texts.len();
        texts = texts.iter().flat_map(|text| ["a", "Z", "7", "-", "_"].map(|next| text.clone() + next)).collect();
    }
    assert_eq!(count, 1 + 5 + 25 + 125 + 625);
}

#[test]
fn every_character_in_every_place() {
    for length in 1..=17 {
        for filler in ["a", "7"] {
            for offset in 0..length {
                for character in (0..=0x7f_u8).map(char::from).chain(['\u{80}', '\u{ad}', '\u{e9}', '\u{ff0d}']) {
                    let mut text = filler.repeat(length);
                    text.replace_range(offset..=offset, character.encode_utf8(&mut [0; 4]));
                    agrees_with_the_regular_expressions(&text);
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
                agrees_with_the_regular_expressions(&text);
            }
        }
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_texts(text in ".{0,20}") {
        agrees_with_the_regular_expressions(&text);
    }

    #[test]
    fn random_nearly_valid_texts(text in "[A-Za-z0-9_-]{0,18}") {
        agrees_with_the_regular_expressions(&text);
    }

    #[test]
    fn display_then_parse_is_the_identity(text in "[A-Za-z0-9-]{1,15}") {
        if let Ok(name) = ServiceName::new(&text) {
            let parsed: ServiceName = name.to_string().parse().unwrap();
            prop_assert_eq!(parsed.as_str(), text);
        }
    }

    #[test]
    fn comparison_folds_case(
        (a, b) in ("|abcdefgh", "[aAbB-]?[aAbB0]{1,4}", "[aAbB-]?[aAbB0]{1,4}")
            .prop_map(|(common, a, b)| (common.clone() + &a, common + &b)),
    ) {
        if let (Ok(x), Ok(y)) = (ServiceName::new(&a), ServiceName::new(&b)) {
            let (a, b) = (a.to_lowercase(), b.to_lowercase());
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            prop_assert_eq!(x.partial_cmp(&y), Some(a.cmp(&b)));
            prop_assert_eq!(x == y, a == b);
            prop_assert_eq!(hash(x) == hash(y), a == b);
            prop_assert_eq!(x == *b, a == b);
        }
    }

    #[test]
    fn long_names_compare_in_every_place(text in "[a-z][a-z0-9]{14}", place in 0..15usize, other in "[A-Za-z0-9]") {
        let name = ServiceName::new(&text).unwrap();
        let mut changed = text.clone();
        changed.replace_range(place..=place, &other);
        if let Ok(second) = ServiceName::new(&changed) {
            prop_assert_eq!(name.cmp(&second), text.cmp(&changed.to_lowercase()));
            prop_assert_eq!(hash(name) == hash(second), text == changed.to_lowercase());
        }
        for length in 1..15 {
            prop_assert_eq!(ServiceName::new(&text[..length]).unwrap().cmp(&name), Ordering::Less);
        }
    }

    #[test]
    fn lower_case(text in "[0-9]{0,3}[A-Za-z](-?[A-Za-z0-9]){0,5}") {
        let name = ServiceName::new(&text).unwrap();
        let lower = name.to_ascii_lowercase();
        prop_assert_eq!(lower, name);
        prop_assert_eq!(lower.as_str(), text.to_ascii_lowercase());
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
        agrees_with_the_regular_expressions(text);
        if let Ok(name) = ServiceName::new(&text.to_ascii_uppercase()) {
            assert!(name.is_registered());
            assert_eq!(name.entries(), lookup_name(text));
            continue;
        }
        let reason = ServiceName::violations(text).map(|error| match error {
            ServiceNameError::TooLong { length, .. } => length.to_string(),
            ServiceNameError::IllegalCharacter { character, .. } => character.to_string(),
            other => other.to_string(),
        });
        *reasons.entry(reason.collect()).or_default() += 1;
        match lookup_name(text).first().and_then(|entry| entry.alias_of()) {
            Some(replacement) => assert!(ServiceName::new(replacement).unwrap().is_registered()),
            None => without_replacement.push(text),
        }
    }
    if !["2024-06-12", "2025-10-30"].contains(&REGISTRY_UPDATED.to_string().as_str()) {
        common::skipped("the names against RFC 6335, counted", "a registry whose counts these tests know");
        return;
    }
    assert_eq!(reasons.values().sum::<usize>(), 99);
    let expected = [("20 ", 1), ("36 ", 1), ("*", 1), ("+", 1), (".", 2), ("/", 4), ("_", 89)];
    assert_eq!(reasons, expected.map(|(reason, count)| (reason.to_owned(), count)).into());
    assert_eq!(without_replacement, [RENAMED[0], RENAMED[1], "edi_service"]);
}

#[test]
fn names_join_the_registry() {
    let https = service_name!("HTTPS");
    assert!(https.is_registered());
    assert_eq!(https.entries(), lookup_name("https"));
    assert!(https.entries().iter().any(|entry| entry.port() == Some(443)));
    assert!(!service_name!("not-registered").is_registered());
    assert!(service_name!("not-registered").entries().is_empty());
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
    assert_eq!(service_name!("ipp").service_type(Transport::Dccp).to_string(), "_ipp._udp");
}
