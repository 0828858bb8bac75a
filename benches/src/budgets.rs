//! What a look-up may cost, and a program that uses one.
//!
//! The tests print what they measure in the form of this table's rows, and hold it against the table where the compiler
//! and its flags are those that the table was made with.

use crate::{print, skipped};

/// Another compiler, target or flag makes other programs.
pub const COMPILED_BY: &str = "rustc 1.95.0 for x86_64-unknown-linux-gnu";

/// A call, its name for the program `instructions`, and the instructions that it may take.
pub struct Call {
    pub what: &'static str,
    pub name: &'static str,
    pub most: f64,
    pub mean: f64,
}

pub const CALLS: [Call; 14] = [
    Call { what: "`lookup_port`", name: "port", most: 32.0, mean: 26.0 },
    Call { what: "`lookup_name` of a registered name", name: "name", most: 220.0, mean: 205.0 },
    Call { what: "`lookup_name` of a registered name in upper case", name: "NAME", most: 250.0, mean: 238.0 },
    Call { what: "`lookup_name` of a name that is not registered", name: "no name", most: 220.0, mean: 55.0 },
    Call { what: "`port_status`", name: "status", most: 41.0, mean: 30.0 },
    Call { what: "`name_by_port`", name: "name of a port", most: 60.0, mean: 19.0 },
    Call { what: "`port_by_name` of a registered name", name: "port of a name", most: 260.0, mean: 245.0 },
    Call { what: "`Entry::port`", name: "port of an entry", most: 15.0, mean: 14.0 },
    Call { what: "`Entry::ports`", name: "ports of an entry", most: 140.0, mean: 27.0 },
    Call { what: "`ServiceName::new` of a registered name", name: "valid", most: 260.0, mean: 150.0 },
    Call { what: "equality of two `ServiceName`s of equal spelling", name: "equal names", most: 15.0, mean: 15.0 },
    // The C library compares bytes with other instructions on other processors; 126 to 141 were seen.
    Call {
        what: "equality of two `DnsSdName`s of equal spelling",
        name: "equal DNS-SD names",
        most: 160.0,
        mean: 150.0,
    },
    Call { what: "hash by std of a `DnsSdName` with a domain of two labels", name: "hash", most: 1400.0, mean: 1320.0 },
    Call { what: "first of `PortSpec::entries` for all ports", name: "first", most: 570.0, mean: 570.0 },
];

/// What the program `reads` calls, and by how many bytes for each row of the registry it may be larger than one that
/// does nothing.
pub struct Size {
    pub what: &'static str,
    /// The `--cfg` of the program.
    pub cfg: &'static str,
    pub program: f64,
    /// On a microcontroller, where size counts.
    pub flash: f64,
    /// Of a program with the largest registry of `growth`, where ports are regular and most of their pages are equal.
    pub largest: f64,
}

pub const SIZES: [Size; 6] = [
    Size { what: "`lookup_port` and counts the entries", cfg: "port", program: 2.35, flash: 2.35, largest: 0.4 },
    Size { what: "`port_status`", cfg: "status", program: 2.35, flash: 2.35, largest: 0.4 },
    Size { what: "`name_by_port`", cfg: "name_of_port", program: 12.8, flash: 12.8, largest: 12.0 },
    Size { what: "`port_by_name`", cfg: "port_of_name", program: 15.9, flash: 16.2, largest: 16.5 },
    Size {
        what: "both look-ups and reads name, ports, transport and status",
        cfg: "names",
        program: 22.0,
        flash: 22.6,
        largest: 21.1,
    },
    Size {
        what: "both look-ups and reads all twelve columns",
        cfg: "columns",
        program: 50.5,
        flash: 51.3,
        largest: 50.6,
    },
];

/// Bytes by which a program that only parses DNS-SD names is larger than one that does nothing, and its flash.
pub const DNS_SD_NAME: [f64; 2] = [10_500.0, 6_600.0];

/// The same of a program with a constant `&str` that `name_by_port` returned, in bytes a row, since it points into the
/// text of all names.
pub const CONSTANT_STR: [f64; 2] = [4.5, 4.5];

/// The same of a program with a `ServiceName` in a `static`, in bytes.
pub const STATIC_NAME: [f64; 2] = [200.0, 950.0];

/// Places that the loader has to change in a program that reads all columns, beyond those of one that does nothing.
pub const RELOCATIONS: f64 = 40.0;

/// A row of a table: what was measured, how much it is, and how much it may be.
pub struct Figure {
    pub what: String,
    pub found: f64,
    pub unit: &'static str,
    pub budget: f64,
}

/// Whether the compiler is the one that the budgets were made with; if it is not, reports that `what` is not enforced
/// here.
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
        format!("| {what} | {} {unit} | {budget} |\n", (found * 100.0).round() / 100.0)
    }
}

pub fn show(figures: &[Figure]) {
    print(&figures.iter().map(|figure| format!("budget: {}", figure.row())).collect::<String>());
}

/// Fails if a figure is over its budget, or nothing was measured.
#[track_caller]
pub fn assert_within_budgets(figures: &[Figure]) {
    let wrong = figures.iter().filter(|figure| !(figure.found > 0.0 && figure.found <= figure.budget));
    let wrong: String = wrong.map(Figure::row).collect();
    let is_enforced = is_reference_compiler("the comparison of what was measured with the budgets");
    assert!(!is_enforced || wrong.is_empty(), "over, or not measured:\n{wrong}");
}
