//! What a look-up costs, in instructions.

use iana_ports_benches::budgets::{self, Call, Figure};
use iana_ports_benches::programs::Programs;

#[test]
fn a_look_up_stays_within_its_budget() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"));
    let mut figures = Vec::new();
    for Call { what, name, most, mean } in budgets::CALLS {
        let Some(found) = programs.instructions(name) else { return };
        let figure = |what, found, budget| Figure { what, found, unit: "instructions", budget };
        figures.push(figure(format!("{what}, at most"), found.0, most));
        figures.push(figure(format!("{what}, on average"), found.1, mean));
    }
    budgets::show(&figures);
    budgets::assert_within_budgets(&figures);
}
