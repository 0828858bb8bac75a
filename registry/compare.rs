//! What changed between two files of the registry, in the groups and lists that `diff.rs` explains.

use super::registry::encoding::{EntryStatus, Transport};
use super::{code, plural};
use std::collections::{BTreeMap, BTreeSet};

/// One file.
pub struct Release {
    pub updated: String,
    /// What port assignments were amended from, if they were.
    pub amendments: Option<String>,
    pub rows: Vec<Row>,
}

pub struct Row {
    /// Place in the file.
    pub number: usize,
    /// As IANA prints the columns.
    pub cells: [String; 12],
    /// In lower case.
    pub name: Option<String>,
    pub ports: Option<(u16, u16)>,
    pub transport: Option<Transport>,
    pub status: EntryStatus,
}

impl Row {
    fn applies_to(&self, transport: Transport) -> bool {
        self.transport.is_none_or(|own| own == transport)
    }

    pub fn label(&self) -> String {
        if self.name.is_some() { code(&self.cells[0]) } else { "(no name)".to_owned() }
    }
}

/// Rows of the old file and rows of the new one that take their place; one side can be empty.
pub type Change<'a> = [Vec<&'a Row>; 2];

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Group {
    Added,
    Removed,
    Renamed,
    Moved,
    Changed,
    Redrawn,
}

impl Group {
    pub fn meaning(self) -> &'static str {
        match self {
            Group::Added => "newly registered",
            Group::Removed => "registered no longer",
            Group::Renamed => "the ports are registered for another name",
            Group::Moved => "other ports or transports are registered for the name",
            Group::Changed => "registered as before, with other columns",
            Group::Redrawn => "ports registered for no service, cut in another way",
        }
    }
}

pub struct Comparison<'a> {
    pub releases: [&'a Release; 2],
    pub unchanged: usize,
    pub groups: [(Group, Vec<Change<'a>>); 6],
    pub status: Vec<Run<'a>>,
    pub order: Vec<Run<'a>>,
}

impl Comparison<'_> {
    /// What follows from the rows: the title and the runs of each list that is not empty.
    pub fn lists(&self) -> impl Iterator<Item = (String, &[Run<'_>])> {
        let title = |name: &str, runs: &[Run]| {
            let ports = |run: &Run| usize::from(run.ports.1 - run.ports.0) + 1;
            let count = runs.iter().map(|run| ports(run) * run.transports.len()).sum();
            format!("{name}: {}, counted for each transport", plural(count, "port"))
        };
        let lists = [("Status", &self.status), ("Order", &self.order)];
        let lists = lists.into_iter().filter(|(_, runs)| !runs.is_empty());
        lists.map(move |(name, runs)| (title(name, runs), runs.as_slice()))
    }
}

pub fn compare<'a>(old: &'a Release, new: &'a Release) -> Comparison<'a> {
    let releases = [old, new];
    let mut rest = releases.map(|release| release.rows.iter().collect());
    let unchanged = take(&mut rest, true, |row| Some(&row.cells)).len();
    let place = |row: &Row| (row.ports, row.transport);
    let mut changed = take(&mut rest, true, |row| Some((&row.name, place(row), &row.cells[3])));
    changed.extend(take(&mut rest, true, |row| Some((&row.name, place(row)))));
    let moved = take(&mut rest, false, |row| row.name.as_ref());
    // Names without a port share no port.
    let renamed = take(&mut rest, false, |row| row.name.as_ref().and(row.ports).map(|_| place(row)));
    let redrawn = take_redrawn(&mut rest);
    let [removed, added] = rest;
    let removed = removed.into_iter().map(|row| [vec![row], vec![]]).collect();
    let added = added.into_iter().map(|row| [vec![], vec![row]]).collect();
    let mut groups = [
        (Group::Added, added),
        (Group::Removed, removed),
        (Group::Renamed, renamed),
        (Group::Moved, moved),
        (Group::Changed, changed),
        (Group::Redrawn, redrawn),
    ];
    for (_, changes) in &mut groups {
        changes.sort_by_key(position);
    }
    let views = releases.map(|release| views(&release.rows));
    let status = runs(&views, |old, new| old.rank != new.rank);
    let order = runs(&views, |old, new| old.rank == new.rank && reordered(&old.names, &new.names));
    Comparison { releases, unchanged, groups, status, order }
}

/// Takes the rows of one key out of `rest`, where both files have some: in pairs, the first with the first, or all
/// together.
fn take<'a, K: Ord>(rest: &mut Change<'a>, pairs: bool, key: impl Fn(&'a Row) -> Option<K>) -> Vec<Change<'a>> {
    let mut by_key = BTreeMap::<K, Change<'a>>::new();
    for (side, rows) in rest.iter_mut().enumerate() {
        rows.retain(|row| key(row).map(|key| by_key.entry(key).or_default()[side].push(row)).is_none());
    }
    let mut taken = Vec::new();
    for mut change in by_key.into_values() {
        let both = change[0].len().min(change[1].len());
        let kept = if pairs || both == 0 { both } else { usize::MAX };
        for (rest, rows) in rest.iter_mut().zip(&mut change) {
            rest.extend(rows.drain(kept.min(rows.len())..));
        }
        match change {
            [old, new] if pairs => taken.extend(old.into_iter().zip(new).map(|(old, new)| [vec![old], vec![new]])),
            change if both > 0 => taken.push(change),
            _ => {}
        }
    }
    for rows in rest {
        rows.sort_by_key(|row| row.number);
    }
    taken
}

/// Takes the rows that only give a status, grouping those whose ports overlap.
fn take_redrawn<'a>(rest: &mut Change<'a>) -> Vec<Change<'a>> {
    let mut rows = Vec::new();
    for (side, rest) in rest.iter_mut().enumerate() {
        rows.extend(rest.extract_if(.., |row| row.status != EntryStatus::Assigned).map(|row| (row.ports, side, row)));
    }
    rows.sort_by_key(|&(ports, side, row)| (ports, row.transport, side, row.number));
    let mut taken: Vec<Change> = Vec::new();
    let mut reach = None;
    for (ports, side, row) in rows {
        if ports.is_none_or(|(start, _)| reach < Some(start)) {
            taken.push(Change::default());
        }
        if let Some(change) = taken.last_mut() {
            change[side].push(row);
        }
        reach = reach.max(ports.map(|(_, end)| end));
    }
    taken
}

/// Where a change is listed: by port, names without one last and by name.
pub fn position<'a>(change: &Change<'a>) -> impl Ord + use<'a> {
    let [old, new] = change;
    new.first().or(old.first()).map(|row| (row.ports.is_none(), row.ports, &row.name, row.transport, row.number))
}

/// What a file says of one port on one transport.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct View<'a> {
    /// The index of the status in [`EntryStatus::ALL`], where the lowest counts; one past the last for a Dynamic Port.
    rank: usize,
    /// Of the services, the usual one first; in place of a name that a row does not have, its description.
    pub names: Vec<&'a str>,
}

impl View<'_> {
    pub fn status(&self) -> &'static str {
        EntryStatus::ALL.get(self.rank).map_or("Dynamic", |status| status.as_str())
    }
}

/// By port and transport.
fn views(rows: &[Row]) -> Vec<[View<'_>; Transport::ALL.len()]> {
    let mut views: Vec<_> = (0..=u16::MAX)
        .map(|port| {
            let rank = if port < 49152 { EntryStatus::Unassigned as usize } else { EntryStatus::ALL.len() };
            Transport::ALL.map(|_| View { rank, names: Vec::new() })
        })
        .collect();
    for row in rows {
        let Some((start, end)) = row.ports else { continue };
        let name = &row.cells[if row.name.is_some() { 0 } else { 3 }];
        for port in views.iter_mut().take(usize::from(end) + 1).skip(usize::from(start)) {
            for (_, view) in Transport::ALL.iter().zip(port).filter(|(each, _)| row.applies_to(**each)) {
                view.rank = view.rank.min(row.status as usize);
                if row.status == EntryStatus::Assigned && !view.names.contains(&name.as_str()) {
                    view.names.push(name);
                }
            }
        }
    }
    views
}

/// Whether the names that both lists hold stand in another order.
fn reordered(old: &[&str], new: &[&str]) -> bool {
    let common = |names: &[&str], others: &[&str]| -> Vec<String> {
        let shared = |name: &&&str| others.iter().any(|other| other.eq_ignore_ascii_case(name));
        names.iter().filter(shared).map(|name| name.to_ascii_lowercase()).collect()
    };
    common(old, new) != common(new, old)
}

/// Successive ports of which the two files say the same on these transports.
pub struct Run<'a> {
    pub ports: (u16, u16),
    pub transports: BTreeSet<Transport>,
    pub views: [View<'a>; 2],
}

/// The ports and transports whose views differ in this respect, as few runs.
fn runs<'a>(views: &[Vec<[View<'a>; Transport::ALL.len()]>; 2], differ: impl Fn(&View, &View) -> bool) -> Vec<Run<'a>> {
    let [old, new] = views;
    let mut runs = BTreeMap::<((u16, u16), [&View; 2]), BTreeSet<_>>::new();
    for transport in Transport::ALL {
        let mut open: Option<((u16, u16), [&View; 2])> = None;
        for (port, (old, new)) in (0..=u16::MAX).zip(old.iter().zip(new)) {
            let views = [&old[transport as usize], &new[transport as usize]];
            match &mut open {
                Some(((_, end), same)) if *same == views => *end = port,
                _ => {
                    let next = differ(views[0], views[1]).then_some(((port, port), views));
                    if let Some(run) = std::mem::replace(&mut open, next) {
                        runs.entry(run).or_default().insert(transport);
                    }
                }
            }
        }
        if let Some(run) = open {
            runs.entry(run).or_default().insert(transport);
        }
    }
    let runs =
        runs.into_iter().map(|((ports, views), transports)| Run { ports, transports, views: views.map(View::clone) });
    let mut runs: Vec<_> = runs.collect();
    runs.sort_by(|one, other| (one.ports, &one.transports).cmp(&(other.ports, &other.transports)));
    runs
}
