//! Service names against RFC 6335 §5.1.

use crate::common::{Random, rules};
use crate::hash;
use iana_ports::{ServiceName, ServiceNameError, entries, lookup_name, service_name};
use std::cmp::Ordering;
use std::collections::BTreeSet;

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
    rejects("", &["empty service name: expected 1 to 15 characters"]);
    rejects("abcdefghijklmnop", &["invalid service name \"abcdefghijklmnop\": 16 characters, at most 15 allowed"]);
    rejects(
        &"a".repeat(256 + 4),
        &["invalid service name \"aaaaaaaaaaaaaaaaaaaaaaaaaaa…\": 260 characters, at most 15 allowed"],
    );
}

#[test]
fn rejected_for_a_character() {
    for (text, finding) in [
        (
            "documentum_s",
            "invalid service name \"documentum_s\": '_' at byte 10 is not an ASCII letter, digit or hyphen",
        ),
        ("z39.50", "invalid service name \"z39.50\": '.' at byte 3 is not an ASCII letter, digit or hyphen"),
        ("whois++", "invalid service name \"whois++\": '+' at byte 5 is not an ASCII letter, digit or hyphen"),
        ("914c/g", "invalid service name \"914c/g\": '/' at byte 4 is not an ASCII letter, digit or hyphen"),
        ("http ", "invalid service name \"http \": ' ' at byte 4 is not an ASCII letter, digit or hyphen"),
        ("a\0", "invalid service name \"a\\0\": '\\0' at byte 1 is not an ASCII letter, digit or hyphen"),
        ("a\nb", "invalid service name \"a\\nb\": '\\n' at byte 1 is not an ASCII letter, digit or hyphen"),
        ("a'b", "invalid service name \"a'b\": '\\'' at byte 1 is not an ASCII letter, digit or hyphen"),
        ("caf\u{e9}", "invalid service name \"café\": 'é' (U+00E9) at byte 3 is not an ASCII letter, digit or hyphen"),
        ("a\u{2603}b", "invalid service name \"a☃b\": '☃' (U+2603) at byte 1 is not an ASCII letter, digit or hyphen"),
        (
            "\u{1f980}a",
            "invalid service name \"🦀a\": '🦀' (U+1F980) at byte 0 is not an ASCII letter, digit or hyphen",
        ),
        (
            "a\u{202e}b",
            "invalid service name \"a\\u{202e}b\": '\\u{202e}' (U+202E) at byte 1 is not an ASCII letter, digit or hyphen",
        ),
        // A hyphen and a letter to the eye, and neither in ASCII.
        (
            "http\u{2010}alt",
            "invalid service name \"http‐alt\": '‐' (U+2010) at byte 4 is not an ASCII letter, digit or hyphen",
        ),
        ("p\u{430}y", "invalid service name \"pаy\": 'а' (U+0430) at byte 1 is not an ASCII letter, digit or hyphen"),
        // Fifteen characters of two bytes each, but one.
        (
            "a\u{df}\u{df}\u{df}\u{df}\u{df}\u{df}\u{df}",
            "invalid service name \"aßßßßßßß\": 'ß' (U+00DF) at byte 1 is not an ASCII letter, digit or hyphen",
        ),
    ] {
        rejects(text, &[finding]);
    }
}

#[test]
fn rejected_without_a_letter() {
    rejects("23", &["invalid service name \"23\": expected at least one ASCII letter"]);
    rejects("6000-6063", &["invalid service name \"6000-6063\": expected at least one ASCII letter"]);
    rejects("123456789012345", &["invalid service name \"123456789012345\": expected at least one ASCII letter"]);
}

#[test]
fn rejected_for_a_hyphen() {
    rejects("-http", &["invalid service name \"-http\": hyphen at the start"]);
    rejects("http-", &["invalid service name \"http-\": hyphen at the end"]);
    rejects("abcdefghijklmn-", &["invalid service name \"abcdefghijklmn-\": hyphen at the end"]);
    rejects("a--b", &["invalid service name \"a--b\": consecutive hyphens at byte 2"]);
    rejects("a-b--c---d", &["invalid service name \"a-b--c---d\": consecutive hyphens at byte 4"]);
    rejects("abcdefg--hijklm", &["invalid service name \"abcdefg--hijklm\": consecutive hyphens at byte 8"]);
    rejects("abcdef--ghijklm", &["invalid service name \"abcdef--ghijklm\": consecutive hyphens at byte 7"]);
}

#[test]
fn all_rules_at_once() {
    rejects(
        "--1234567890\u{e9}\u{1b}1--",
        &[
            "invalid service name \"--1234567890é\\u{1b}1--\": 17 characters, at most 15 allowed",
            "invalid service name \"--1234567890é\\u{1b}1--\": 'é' (U+00E9) at byte 12 is not an ASCII letter, digit or hyphen",
            "invalid service name \"--1234567890é\\u{1b}1--\": expected at least one ASCII letter",
            "invalid service name \"--1234567890é\\u{1b}1--\": hyphen at the start",
            "invalid service name \"--1234567890é\\u{1b}1--\": hyphen at the end",
            "invalid service name \"--1234567890é\\u{1b}1--\": consecutive hyphens at byte 1",
        ],
    );
}

#[test]
fn each_rule_has_a_message() {
    let rules = ServiceName::violations("--1_--------------").map(|error| error.rule());
    let messages = [
        "a service name must have 1 to 15 characters",
        "a service name must contain only ASCII letters, digits and hyphens",
        "a service name must contain at least one ASCII letter",
        "a service name must not begin with a hyphen",
        "a service name must not end with a hyphen",
        "a service name must not contain two hyphens in a row",
    ];
    assert!(rules.map(|rule| (rule.message(), rule.to_string())).eq(messages.map(|text| (text, text.to_owned()))));
}

#[test]
fn long_names_are_cut_in_messages() {
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
        assert!(message.starts_with(&format!("invalid service name \"{kept}\": ")), "{message}");
    }
}

#[test]
fn an_error_is_small_and_has_no_source() {
    let error = ServiceName::new("23").unwrap_err();
    assert_eq!(format!("{error:?}"), format!("ServiceNameError({error})"));
    assert!(std::error::Error::source(&error).is_none());
    assert!(size_of::<ServiceNameError>() <= 64);
}

/// The grammar of RFC 6335 §5.1, `*(1*DIGIT [HYPHEN]) ALPHA *([HYPHEN] ALNUM)`, read from left to right: what follows
/// says at each place which part of it goes on.
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

#[track_caller]
fn agrees_with_the_rfc(text: &str) {
    let errors: Vec<ServiceNameError> = ServiceName::violations(text).collect();
    let found: Vec<_> = errors.iter().map(|error| (error.rule(), error.offset())).collect();
    assert_eq!(found, rules::broken_rules(text), "{text:?}");
    for error in &errors {
        let message = error.to_string();
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
        let lower_a = a.to_lowercase();
        let lower_b = b.to_lowercase();
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

/// IANA has replaced nearly all names that break the rules.
#[test]
fn every_registered_name() {
    let names: BTreeSet<&str> = entries().iter().filter_map(|entry| entry.service_name()).collect();
    let (valid, invalid): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| ServiceName::new(name).is_ok());
    valid.iter().chain(&invalid).for_each(|name| agrees_with_the_rfc(name));
    let replacements = invalid.iter().filter_map(|name| lookup_name(name).first()?.alias_of());
    let replacements = replacements.filter(|name| valid.contains(name)).count();
    assert!(replacements > 80 && replacements + 5 > invalid.len(), "{replacements} of {}", invalid.len());
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

/// Items of the caller that share a name with something in the macro.
#[test]
fn the_macro_does_not_see_items_of_the_caller() {
    #![allow(dead_code, non_upper_case_globals, non_camel_case_types, reason = "that is the point")]
    static name: &str = "http";
    struct error;
    struct ServiceName;
    const Ok: u8 = 1;
    assert_eq!(service_name!("ipp").as_str(), "ipp");
    assert_eq!(service_name!(inner::NAME).as_str(), "http");
    mod inner {
        pub const NAME: &str = "http";
    }
}
