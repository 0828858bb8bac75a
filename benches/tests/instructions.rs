//! What a look-up costs, in instructions.

use iana_ports_benches::budgets::{self, Call, Figure};
use iana_ports_benches::programs::Programs;

#[test]
fn a_look_up_stays_within_its_budget() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "programs");
    programs.build(&["instructions"]).unwrap();
    let mut figures = Vec::new();
    for Call { what, name, most, mean } in budgets::CALLS {
        let Some(found) = programs.instructions(&[name, "31"]) else { return };
        assert!(found.1 > 0.0, "{what}: nothing is counted");
        let figure = |what, found, budget| Figure { what, found, unit: "instructions", budget };
        figures.push(figure(format!("{what}, at most"), found.0 as f64, most as f64));
        figures.push(figure(format!("{what}, on average"), found.1, mean));
    }
    budgets::show(&figures);
    budgets::assert_within_budgets(&figures);
}
