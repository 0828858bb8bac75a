//! What a look-up may cost, and a program that uses one.
//!
//! The tests print what they measure in the form of this table's rows, and hold it against the table where the compiler
//! and its flags are those that the table was made with.

use crate::{print, skipped};

/// Another compiler, target or flag makes other programs.
pub const COMPILED_BY: &str = "rustc 1.95.0 for x86_64-unknown-linux-gnu";

/// What is measured may exceed its budget by this fraction.
const SLACK: f64 = 0.03;

/// A call, its name for the program `instructions`, and the instructions that it may take.
pub struct Call {
    pub what: &'static str,
    pub name: &'static str,
    pub most: u64,
    pub mean: f64,
}

pub const CALLS: [Call; 10] = [
    Call { what: "`lookup_port`", name: "port", most: 32, mean: 26.0 },
    Call { what: "`lookup_name` of a registered name", name: "name", most: 220, mean: 210.0 },
    Call { what: "`lookup_name` of a registered name in upper case", name: "NAME", most: 250, mean: 242.0 },
    Call { what: "`lookup_name` of a name that is not registered", name: "no name", most: 220, mean: 65.0 },
    Call { what: "`port_status`", name: "status", most: 41, mean: 29.0 },
    Call { what: "`name_by_port`", name: "name of a port", most: 52, mean: 18.0 },
    Call { what: "`port_by_name` of a registered name", name: "port of a name", most: 320, mean: 265.0 },
    Call { what: "`Entry::port`", name: "port of an entry", most: 15, mean: 14.0 },
    Call { what: "`Entry::ports`", name: "ports of an entry", most: 140, mean: 26.0 },
    Call { what: "`ServiceName::new` of a registered name", name: "valid", most: 250, mean: 145.0 },
];

/// What the program `reads` reads, and by how much it may be larger than one that reads nothing.
pub struct Size {
    pub what: &'static str,
    /// The `--cfg` of the program.
    pub cfg: &'static str,
    /// Bytes for each row of the registry.
    pub per_row: f64,
    /// How many times as many in a registry as large as can be. Where ports are as regular as in those of `growth`,
    /// most pages are equal, and the index of ports is a few hundred bytes.
    pub at_full_size: f64,
}

pub const SIZES: [Size; 6] = [
    Size { what: "only `lookup_port`", cfg: "port", per_row: 2.35, at_full_size: 1.7 },
    Size { what: "only `port_status`", cfg: "status", per_row: 2.35, at_full_size: 1.7 },
    Size { what: "only `name_by_port`", cfg: "name_of_port", per_row: 12.8, at_full_size: 1.1 },
    Size { what: "only `port_by_name`", cfg: "port_of_name", per_row: 16.2, at_full_size: 1.1 },
    Size {
        what: "both look-ups, with name, ports, transport and status",
        cfg: "names",
        per_row: 22.0,
        at_full_size: 1.1,
    },
    Size { what: "all twelve columns", cfg: "columns", per_row: 50.5, at_full_size: 1.1 },
];

/// Bytes by which a program that only parses DNS-SD names is larger than an empty one.
pub const DNS_SD_NAME: f64 = 12_500.0;

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
