//! What a look-up may cost, and a program that uses one.
//!
//! The tests print what they measure in the form of this table's rows, and hold it against the table where the compiler
//! and its flags are those that the table was made with.

use crate::{print, skipped};

/// Another compiler, target or flag makes other programs.
pub const COMPILED_BY: &str = "rustc 1.95.0 for x86_64-unknown-linux-gnu";

/// What is measured may exceed its budget by this fraction.
const SLACK: f64 = 0.03;

/// Calls, their name for the program `instructions`, and their instructions: at most, and on average.
pub const INSTRUCTIONS: [(&str, &str, u64, f64); 10] = [
    ("`lookup_port`", "port", 32, 26.0),
    ("`lookup_name` of a registered name", "name", 260, 250.0),
    ("`lookup_name` of a registered name in upper case", "NAME", 290, 282.0),
    ("`lookup_name` of a name that is not registered", "no name", 260, 70.0),
    ("`port_status`", "status", 41, 29.0),
    ("`name_by_port`", "name of a port", 52, 18.0),
    ("`port_by_name` of a registered name", "port of a name", 370, 310.0),
    ("`Entry::port`", "port of an entry", 15, 14.0),
    ("`Entry::ports`", "ports of an entry", 140, 26.0),
    ("`ServiceName::new` of a registered name", "valid", 250, 145.0),
];

/// Programs, what they read, by how many bytes for each row of the registry they are larger than an empty program, and
/// how many times as many bytes a row it may be in a registry as large as can be; where ports are as regular as in those of
/// `growth`, most pages are equal, and `port` is a few hundred bytes.
pub const SIZES: [(&str, &str, f64, f64); 6] = [
    ("port", "only `lookup_port`", 2.35, 1.35),
    ("status", "only `port_status`", 2.35, 1.35),
    ("name_of_port", "only `name_by_port`", 12.8, 1.1),
    ("port_of_name", "only `port_by_name`", 16.2, 1.1),
    ("names", "both look-ups, with name, ports, transport and status", 22.0, 1.1),
    ("columns", "all twelve columns", 50.5, 1.1),
];

/// Bytes by which a program that only parses DNS-SD names is larger than an empty one.
pub const DNS_SD_NAME: f64 = 10_000.0;

/// Places in the crate's statics that the loader has to change.
pub const RELOCATIONS: f64 = 16.0;

/// A row of a table: what was measured, how much it is, and how much it may be.
pub struct Figure {
    pub what: String,
    pub found: f64,
    pub unit: &'static str,
    pub budget: f64,
}

/// Whether the compiler is the one that the budgets were made with; if it is not, reports that `what` is not held here.
pub fn is_reference_compiler(what: &str) -> bool {
    let same = env!("COMPILED_BY") == COMPILED_BY;
    if !same {
        print(&format!("compiled by {}\n", env!("COMPILED_BY")));
        skipped(what, "COMPILED_BY");
    }
    same
}

impl Figure {
    fn row(&self) -> String {
        let Figure { what, found, unit, budget } = self;
        let found = format!("{} {unit}", (found * 100.0).round() / 100.0);
        format!("| {what} | {} | {budget} |\n", found.trim_end())
    }
}

pub fn show(figures: &[Figure]) {
    print(&figures.iter().map(|figure| format!("budget: {}", figure.row())).collect::<String>());
}

/// Fails if a figure is over its budget.
#[track_caller]
pub fn assert_within_budgets(figures: &[Figure]) {
    let over = figures.iter().filter(|figure| figure.found > figure.budget * (1.0 + SLACK));
    let over: String = over.map(Figure::row).collect();
    assert!(
        !is_reference_compiler("the comparison of what was measured with the budgets") || over.is_empty(),
        "over:\n{over}"
    );
}
