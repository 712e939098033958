//! Where the nodes and edges of a drawing go, in whole pixels: columns by layer, rows ordered so
//! that few edges cross.
//!
//! An edge over more than one layer passes the columns between through bends. All edges from one
//! node share its bends, so that what leads far away leaves as one line and parts late.

use std::collections::BTreeMap;

use super::{Drawing, Edge};

/// The width of a node.
pub(super) const NODE_WIDTH: i64 = 230;
/// The height of a line of a node's text.
pub(super) const LINE_HEIGHT: i64 = 15;
/// The height that an edge takes where it enters a node, which is that of its label.
const PORT_IN: i64 = 17;
/// The height that an edge takes where it leaves a node.
const PORT_OUT: i64 = 5;
const BEND_HEIGHT: i64 = 8;
const PADDING: i64 = 9;
const SPACE: i64 = 16;
/// The least space between columns, for the curves.
pub(super) const GAP: i64 = 90;
const LETTER_WIDTH: i64 = 7;
const MARGIN: i64 = 24;
const SWEEPS: usize = 12;

/// A thing in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Node(usize),
    /// Where the edges from this node pass this column.
    Bend(usize, usize),
}

/// A place and its size.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Area {
    pub(super) left: i64,
    pub(super) top: i64,
    pub(super) height: i64,
}

/// A drawing laid out.
#[derive(Debug)]
pub(super) struct Layout {
    /// The area of each node.
    pub(super) nodes: Vec<Area>,
    /// The points that each edge passes, in pairs: it runs level inside a pair, and curves between.
    pub(super) edges: Vec<Vec<(i64, i64)>>,
    pub(super) width: i64,
    pub(super) height: i64,
}

/// Lays out a drawing whose nodes have so many lines of text and whose labels so many letters.
pub(super) fn layout(drawing: &Drawing, n_lines: &[i64], n_letters: &[i64]) -> Layout {
    let net = Net::new(drawing, n_lines);
    let mut columns = net.columns(drawing);
    for sweep in 0..SWEEPS {
        net.order(&mut columns, sweep.is_multiple_of(2));
    }
    let mut tops = net.stacked(&columns);
    for sweep in 0..SWEEPS {
        net.align(&columns, &mut tops, sweep.is_multiple_of(2));
    }
    let lefts = lefts(drawing, columns.len(), n_letters);
    net.placed(drawing, &lefts, &tops)
}

/// The slots with what joins them.
struct Net {
    heights: BTreeMap<Slot, i64>,
    before: BTreeMap<Slot, Vec<Slot>>,
    after: BTreeMap<Slot, Vec<Slot>>,
    /// The slots that each edge passes, both ends among them.
    ways: Vec<Vec<Slot>>,
}

impl Net {
    fn new(drawing: &Drawing, n_lines: &[i64]) -> Self {
        let ways: Vec<Vec<Slot>> = drawing.edges.iter().map(|edge| way(drawing, edge)).collect();
        let mut heights = BTreeMap::new();
        let count = |ends: &dyn Fn(&Edge) -> usize, place| {
            let n_edges = drawing.edges.iter().filter(|edge| ends(edge) == place).count();
            i64::try_from(n_edges).unwrap_or(i64::MAX)
        };
        for (place, n_lines) in (0..drawing.nodes.len()).zip(n_lines) {
            let ports_in = count(&|edge| edge.to, place).saturating_mul(PORT_IN);
            let ports_out = count(&|edge| edge.from, place).saturating_mul(PORT_OUT);
            let text = n_lines.saturating_mul(LINE_HEIGHT);
            let height = text.max(ports_in).max(ports_out).saturating_add(2 * PADDING);
            heights.insert(Slot::Node(place), height);
        }
        let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
        for way in &ways {
            for (from, to) in way.iter().zip(way.iter().skip(1)) {
                let (ahead, back): (&mut Vec<Slot>, &mut Vec<Slot>) =
                    (after.entry(*from).or_default(), before.entry(*to).or_default());
                if !ahead.contains(to) {
                    ahead.push(*to);
                    back.push(*from);
                }
                for slot in [from, to] {
                    heights.entry(*slot).or_insert(BEND_HEIGHT);
                }
            }
        }
        Self { heights, before, after, ways }
    }

    /// The slots of each column: nodes in the order of the drawing, then bends.
    fn columns(&self, drawing: &Drawing) -> Vec<Vec<Slot>> {
        let n_columns = drawing.nodes.iter().map(|node| node.layer + 1).max().unwrap_or(1);
        let mut columns = vec![Vec::new(); n_columns];
        for slot in self.heights.keys() {
            let column = match slot {
                Slot::Node(place) => drawing.nodes.get(*place).map_or(0, |node| node.layer),
                Slot::Bend(_, column) => *column,
            };
            if let Some(column) = columns.get_mut(column) {
                column.push(*slot);
            }
        }
        columns
    }

    /// What a slot is joined to on one side.
    fn joined(&self, slot: Slot, is_before: bool) -> &[Slot] {
        let side = if is_before { &self.before } else { &self.after };
        side.get(&slot).map_or(&[][..], Vec::as_slice)
    }

    /// Orders every column by the mean row of what its slots are joined to in the column beside.
    fn order(&self, columns: &mut [Vec<Slot>], is_forward: bool) {
        let mut rows: BTreeMap<Slot, i64> = BTreeMap::new();
        let mut sweep: Vec<&mut Vec<Slot>> = columns.iter_mut().collect();
        if !is_forward {
            sweep.reverse();
        }
        for column in sweep {
            // Thousandths of a row, so that whole numbers tell means apart.
            let own = (0..).map(|row| row * 1000);
            let mut keyed: Vec<(i64, Slot)> = own.zip(column.iter().copied()).collect();
            for (key, slot) in &mut keyed {
                *key = mean(self.joined(*slot, is_forward), &rows).unwrap_or(*key);
            }
            keyed.sort_by_key(|(key, _)| *key);
            *column = keyed.into_iter().map(|(_, slot)| slot).collect();
            rows.extend(column.iter().copied().zip((0..).map(|row| row * 1000)));
        }
    }

    fn height(&self, slot: Slot) -> i64 {
        self.heights.get(&slot).copied().unwrap_or_default()
    }

    /// The tops of the slots, each column as close as it goes.
    fn stacked(&self, columns: &[Vec<Slot>]) -> BTreeMap<Slot, i64> {
        let mut tops = BTreeMap::new();
        for column in columns {
            let mut top = 0;
            for slot in column {
                tops.insert(*slot, top);
                top += self.height(*slot) + SPACE;
            }
        }
        tops
    }

    /// Moves every slot towards the middle of what it is joined to, keeping the order.
    fn align(&self, columns: &[Vec<Slot>], tops: &mut BTreeMap<Slot, i64>, is_forward: bool) {
        let mut sweep: Vec<&Vec<Slot>> = columns.iter().collect();
        if !is_forward {
            sweep.reverse();
        }
        for column in sweep {
            let middles: BTreeMap<Slot, i64> =
                tops.iter().map(|(slot, top)| (*slot, top + self.height(*slot) / 2)).collect();
            let wished = |slot: &Slot| {
                let beside = mean(self.joined(*slot, is_forward), &middles);
                let middle = beside.or_else(|| mean(self.joined(*slot, !is_forward), &middles));
                let own = tops.get(slot).copied().unwrap_or_default();
                middle.map_or(own, |middle| middle - self.height(*slot) / 2)
            };
            let wished: Vec<(Slot, i64)> =
                column.iter().map(|slot| (*slot, wished(slot))).collect();
            tops.extend(self.apart(&wished));
        }
    }

    /// The tops nearest to those wished for at which nothing overlaps: half-way between pushing
    /// everything down and pushing everything up, each of which keeps slots apart.
    fn apart(&self, wished: &[(Slot, i64)]) -> Vec<(Slot, i64)> {
        let mut down = Vec::new();
        let mut least = i64::MIN;
        for (slot, wish) in wished {
            let top = least.max(*wish);
            least = top + self.height(*slot) + SPACE;
            down.push(top);
        }
        let mut up = Vec::new();
        let mut most = i64::MAX;
        for (slot, wish) in wished.iter().rev() {
            let top = most.saturating_sub(self.height(*slot) + SPACE).min(*wish);
            most = top;
            up.push(top);
        }
        let halves = down.into_iter().zip(up.into_iter().rev());
        let tops = halves.map(|(down, up)| (down + up).div_euclid(2));
        wished.iter().map(|(slot, _)| *slot).zip(tops).collect()
    }

    fn placed(&self, drawing: &Drawing, lefts: &[i64], tops: &BTreeMap<Slot, i64>) -> Layout {
        let highest = tops.values().copied().min().unwrap_or_default();
        let area = |slot: Slot, column: usize| {
            let top = tops.get(&slot).copied().unwrap_or_default() - highest + MARGIN;
            let left = lefts.get(column).copied().unwrap_or_default();
            Area { left, top, height: self.height(slot) }
        };
        let nodes: Vec<Area> = (0..)
            .zip(&drawing.nodes)
            .map(|(place, node)| area(Slot::Node(place), node.layer))
            .collect();
        let slot_area = |slot: Slot| match slot {
            Slot::Node(place) => nodes.get(place).copied().unwrap_or_default(),
            Slot::Bend(_, column) => area(slot, column),
        };
        let (outs, ins) =
            (self.ports(drawing, &slot_area, true), self.ports(drawing, &slot_area, false));
        let edges = self.ways.iter().zip(outs.into_iter().zip(ins)).map(|(way, (out, into))| {
            let inner = way.iter().skip(1).take(way.len().saturating_sub(2));
            let bends = inner.flat_map(|slot| {
                let Area { left, top, height } = slot_area(*slot);
                [(left, top + height / 2), (left + NODE_WIDTH, top + height / 2)]
            });
            [out].into_iter().chain(bends).chain([into]).collect()
        });
        let bottom =
            tops.keys().map(|slot| slot_area(*slot)).map(|area| area.top + area.height).max();
        let right = lefts.last().copied().unwrap_or(MARGIN) + NODE_WIDTH;
        Layout {
            edges: edges.collect(),
            nodes,
            width: right + MARGIN,
            height: bottom.unwrap_or_default() + MARGIN,
        }
    }

    /// Where each edge leaves its node, or enters it: side by side, in the order of where the
    /// other end lies, so that they don't cross at the node.
    fn ports(
        &self,
        drawing: &Drawing,
        area: &dyn Fn(Slot) -> Area,
        is_out: bool,
    ) -> Vec<(i64, i64)> {
        let mut at: BTreeMap<usize, Vec<(i64, usize)>> = BTreeMap::new();
        for (place, (edge, way)) in drawing.edges.iter().zip(&self.ways).enumerate() {
            let other = if is_out { way.get(1) } else { way.iter().rev().nth(1) };
            let other = other.map_or(0, |slot| area(*slot).top + self.height(*slot) / 2);
            let end = if is_out { edge.from } else { edge.to };
            at.entry(end).or_default().push((other, place));
        }
        let mut points = BTreeMap::new();
        for (end, mut edges) in at {
            edges.sort_unstable();
            let Area { left, top, height } = area(Slot::Node(end));
            let step = if is_out { PORT_OUT } else { PORT_IN };
            let n_edges = i64::try_from(edges.len()).unwrap_or(i64::MAX);
            let first = top + (height - n_edges.saturating_sub(1).saturating_mul(step)) / 2;
            let left = if is_out { left + NODE_WIDTH } else { left };
            for ((_, edge), row) in edges.into_iter().zip(0..) {
                points.insert(edge, (left, first + row * step));
            }
        }
        points.into_values().collect()
    }
}

/// The slots that an edge passes.
fn way(drawing: &Drawing, edge: &Edge) -> Vec<Slot> {
    let layer = |place: usize| drawing.nodes.get(place).map_or(0, |node| node.layer);
    let between = (layer(edge.from) + 1)..layer(edge.to);
    let bends = between.map(|column| Slot::Bend(edge.from, column));
    [Slot::Node(edge.from)].into_iter().chain(bends).chain([Slot::Node(edge.to)]).collect()
}

/// The mean place of some slots, of those that have one.
fn mean(slots: &[Slot], places: &BTreeMap<Slot, i64>) -> Option<i64> {
    let known: Vec<i64> = slots.iter().filter_map(|slot| places.get(slot).copied()).collect();
    known.iter().sum::<i64>().checked_div(i64::try_from(known.len()).ok()?)
}

/// The left of each column, with room before it for the labels of the edges that end there.
fn lefts(drawing: &Drawing, n_columns: usize, n_letters: &[i64]) -> Vec<i64> {
    let mut lefts = Vec::new();
    let mut left = MARGIN;
    for column in 0..n_columns {
        let is_here =
            |edge: &Edge| drawing.nodes.get(edge.to).is_some_and(|node| node.layer == column);
        let labels = drawing.edges.iter().zip(n_letters).filter(|(edge, _)| is_here(edge));
        let widest = labels.map(|(_, n_letters)| n_letters.saturating_mul(LETTER_WIDTH)).max();
        if column > 0 {
            left += NODE_WIDTH + GAP + widest.unwrap_or_default();
        }
        lefts.push(left);
    }
    lefts
}
