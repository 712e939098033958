//! Wires: what runs between the parts of a circuit, and what each carries.

use crate::decide::Known;

/// Where something known or unknown is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Signal {
    /// It holds, whatever the facts.
    Yes,
    /// It fails, whatever the facts.
    No,
    /// What a wire carries, or its opposite.
    Wire(u32, Turn),
}

/// Whether what a wire carries is taken as it is, or the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    Straight,
    Round,
}

/// Wires of one word, those taken straight and those taken round.
#[derive(Clone, Copy, Debug)]
pub(super) struct Literals {
    pub(super) word: usize,
    pub(super) straight: u64,
    pub(super) round: u64,
}

/// What every wire of a circuit carries for one commission. It is made once and used again: no
/// commission needs memory of its own.
#[derive(Clone, Debug, Default)]
pub(super) struct Wires(Vec<Word>);

/// What the wires of one word carry: no, where it is neither of these.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// Those that carry yes.
    pub(super) yes: u64,
    /// Those that carry unknown.
    pub(super) open: u64,
}

/// What a wire carries: unknown where it is open, else yes or no.
#[derive(Clone, Copy, Debug)]
pub(super) struct Carried {
    pub(super) is_yes: bool,
    pub(super) is_open: bool,
}

/// The wire that always carries unknown.
pub(super) const UNKNOWN: Signal = Signal::Wire(0, Turn::Straight);

/// The wire that always carries no.
const NEVER: u32 = 1;

/// How many wires are there before any is made: the one that is always unknown, and the one that is
/// always no.
pub(super) const N_FIXED: u32 = 2;

impl Signal {
    pub(super) const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Wire(wire, Turn::Straight) => Self::Wire(wire, Turn::Round),
            Self::Wire(wire, Turn::Round) => Self::Wire(wire, Turn::Straight),
        }
    }

    /// The wire to read, and how; there are wires for what is always so.
    pub(super) const fn wire(self) -> (u32, Turn) {
        match self {
            Self::Yes => (NEVER, Turn::Round),
            Self::No => (NEVER, Turn::Straight),
            Self::Wire(wire, turn) => (wire, turn),
        }
    }

    /// Always so.
    pub(super) const fn always(known: Known) -> Self {
        match known {
            Known::Yes => Self::Yes,
            Known::No => Self::No,
            Known::Unknown => UNKNOWN,
        }
    }
}

/// The word and the bit in it of a wire.
pub(super) const fn place(wire: u32) -> (usize, u64) {
    ((wire / u64::BITS) as usize, 1 << (wire % u64::BITS))
}

impl Wires {
    /// Clears all wires but the one that is always unknown.
    pub(super) fn clear(&mut self, n_words: usize) {
        self.0.clear();
        self.0.resize(n_words, Word::default());
        self.add(0, Word { yes: 0, open: 1 });
    }

    /// Lets wires of a word carry this, which so far carry no.
    pub(super) fn add(&mut self, word: usize, more: Word) {
        if let Some(word) = self.0.get_mut(word) {
            word.yes |= more.yes;
            word.open |= more.open;
        }
    }

    /// What a signal carries, as known.
    pub(super) fn get(&self, signal: Signal) -> Known {
        self.carried(signal).known()
    }

    /// What a signal carries.
    pub(super) fn carried(&self, signal: Signal) -> Carried {
        match signal {
            Signal::Yes => Known::Yes.into(),
            Signal::No => Known::No.into(),
            Signal::Wire(wire, turn) => {
                let (word, bit) = place(wire);
                let Word { yes, open } = self.0.get(word).copied().unwrap_or_default();
                let is_round = turn == Turn::Round;
                Carried { is_yes: (yes & bit != 0) != is_round, is_open: open & bit != 0 }
            }
        }
    }

    /// Lets a wire carry this, which so far carries no.
    pub(super) fn set(&mut self, wire: u32, carried: impl Into<Carried>) {
        let Carried { is_yes, is_open } = carried.into();
        let (word, bit) = place(wire);
        let all_if = |is_so: bool| u64::from(is_so).wrapping_neg();
        let yes = bit & all_if(is_yes && !is_open);
        self.add(word, Word { yes, open: bit & all_if(is_open) });
    }

    /// Of some wires, whether one of the literals is yes; else unknown if one is, else no.
    pub(super) fn any(&self, literals: &[Literals]) -> Carried {
        let (mut yes_ones, mut open_ones) = (0, 0);
        for Literals { word, straight, round } in literals {
            let Some(Word { yes, open }) = self.0.get(*word) else { continue };
            yes_ones |= yes & straight | !(yes | open) & round;
            open_ones |= open & (straight | round);
        }
        Carried { is_yes: yes_ones != 0, is_open: yes_ones == 0 && open_ones != 0 }
    }
}

impl Carried {
    /// No branch hangs on either: which way the next commission turns out nobody can foresee, and a
    /// processor that guesses wrong waits.
    pub(super) fn known(self) -> Known {
        const KNOWN: [Known; 4] = [Known::No, Known::Yes, Known::Unknown, Known::Unknown];
        let at = usize::from(self.is_yes) | usize::from(self.is_open) << 1;
        KNOWN.get(at).copied().unwrap_or(Known::Unknown)
    }
}

impl From<Known> for Carried {
    fn from(known: Known) -> Self {
        Self { is_yes: known == Known::Yes, is_open: known == Known::Unknown }
    }
}

/// Wires gathered by word.
pub(super) fn by_word(signals: impl IntoIterator<Item = (u32, Turn)>) -> Vec<Literals> {
    let mut gathered: Vec<Literals> = Vec::new();
    for (wire, turn) in signals {
        let (word, bit) = place(wire);
        let at = gathered.iter().position(|literals| literals.word == word);
        let at = at.unwrap_or_else(|| {
            gathered.push(Literals { word, straight: 0, round: 0 });
            gathered.len() - 1
        });
        if let Some(literals) = gathered.get_mut(at) {
            match turn {
                Turn::Straight => literals.straight |= bit,
                Turn::Round => literals.round |= bit,
            }
        }
    }
    gathered
}
