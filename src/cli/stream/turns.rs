//! Answers written in the order of their lots, by whichever thread has the next one.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use indicatif::ProgressBar;

use super::lines::Lot;

/// Whose turn it is to be written.
pub(super) struct Turns<'o> {
    state: Mutex<State<'o>>,
    /// Told when lots have been written, or none will be any more.
    moved: Condvar,
    progress: &'o ProgressBar,
    /// How many turns a thread may be ahead of the next before it waits.
    n_ahead_max: usize,
}

#[derive(Default)]
struct State<'o> {
    /// None while a thread has it to write: it goes on as long as the next lot is there.
    output: Option<&'o mut (dyn Write + Send)>,
    /// The turn that is written next.
    next: usize,
    /// Lots that are answered, by their turns.
    answered: BTreeMap<usize, Lot>,
    /// Lots that are written and may be filled again.
    spent: Vec<Lot>,
    /// Whether nothing is written any more.
    is_over: bool,
    n_refused: usize,
}

impl<'o> Turns<'o> {
    pub(super) fn new(
        output: &'o mut (dyn Write + Send),
        progress: &'o ProgressBar,
        n_ahead_max: usize,
    ) -> Self {
        let state = Mutex::new(State { output: Some(output), ..State::default() });
        Self { state, moved: Condvar::new(), progress, n_ahead_max }
    }

    /// Takes a lot that is answered, and writes it and those behind it if it is the next. Gives back
    /// one to be filled, once the next is not too far behind; none when nothing is written any more.
    pub(super) fn hand_in(&self, lot: Lot) -> Option<Lot> {
        let turn = lot.turn;
        let mut state = self.state();
        state.answered.insert(turn, lot);
        if let Some(output) = state.output.take() {
            state = self.write(state, output);
            state.output = Some(output);
        }
        // The thread whose turn is next has answered nothing yet, and so never waits here.
        let is_far =
            |state: &mut State<'_>| !state.is_over && turn >= state.next + self.n_ahead_max;
        let waited = self.moved.wait_while(state, is_far);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        (!state.is_over).then(|| state.spent.pop().unwrap_or_default())
    }

    /// Writes the lots whose turn it is. Others are answered meanwhile.
    fn write<'s>(
        &'s self,
        mut state: MutexGuard<'s, State<'o>>,
        output: &mut (dyn Write + Send),
    ) -> MutexGuard<'s, State<'o>> {
        while let Some(lot) = state.take_next() {
            drop(state);
            let written = output.write_all(lot.text.as_bytes()).and_then(|()| output.flush());
            state = self.state();
            match written {
                Ok(()) => {
                    self.progress.inc(u64::try_from(lot.n_answers).unwrap_or(u64::MAX));
                    state.spent.push(lot);
                }
                Err(_) => state.is_over = true,
            }
            self.moved.notify_all();
        }
        state
    }

    /// Whether nothing is written any more.
    pub(super) fn is_over(&self) -> bool {
        self.state().is_over
    }

    /// How many lines were no commissions, of those that were written.
    pub(super) fn n_refused(&self) -> usize {
        self.state().n_refused
    }

    fn state(&self) -> MutexGuard<'_, State<'o>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State<'_> {
    fn take_next(&mut self) -> Option<Lot> {
        let lot = self.answered.remove(&self.next).filter(|_| !self.is_over)?;
        self.next += 1;
        self.n_refused += lot.n_refused;
        Some(lot)
    }
}

/// Lets go of the others where the thread that holds it falls over, and its turn never comes.
pub(super) struct LetGo<'t, 'o>(pub(super) &'t Turns<'o>);

impl Drop for LetGo<'_, '_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.state().is_over = true;
            self.0.moved.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    fn lot(turn: usize) -> Lot {
        let mut lot = Lot::default();
        (lot.turn, lot.text) = (turn, format!("{turn}\n"));
        lot
    }

    #[test]
    fn a_thread_that_waits_for_one_that_has_fallen_over_is_let_go() {
        let (mut written, progress) = (Vec::new(), ProgressBar::hidden());
        let turns = Turns::new(&mut written, &progress, 1);
        thread::scope(|scope| {
            // The first turn is never handed in, so that the third waits for it.
            let third = scope.spawn(|| turns.hand_in(lot(2)));
            let first = scope.spawn(|| {
                let _others = LetGo(&turns);
                std::panic::resume_unwind(Box::new("a fault of ours"));
            });
            assert!(first.join().is_err());
            assert!(third.join().expect("it waits and gives up").is_none());
        });
        assert!(turns.is_over() && written.is_empty());
    }

    #[test]
    fn nothing_is_written_after_what_could_not_be() {
        #[derive(Default)]
        struct Full {
            n_tried: usize,
        }
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                self.n_tried += 1;
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let (mut full, progress) = (Full::default(), ProgressBar::hidden());
        let turns = Turns::new(&mut full, &progress, 8);
        assert!(turns.hand_in(lot(1)).is_some());
        assert!(turns.hand_in(lot(0)).is_none());
        assert!(turns.is_over());
        assert_eq!(full.n_tried, 1);
    }
}
