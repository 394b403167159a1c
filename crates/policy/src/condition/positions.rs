//! Matching a pattern with a text in which some letters are unknown.

use smallvec::SmallVec;

use crate::glob::Atom;

/// Whether one pattern matches everything that another matches. False also means "not sure".
pub(super) fn cover(wide: &[Atom], narrow: &[Atom]) -> bool {
    let letters = narrow.iter().map(|atom| match atom {
        Atom::Byte(byte) => Letter::Byte(*byte),
        Atom::One => Letter::Unnamed,
        Atom::Many => Letter::Run,
    });
    let after = Positions::new(wide).after_each(letters);
    after.reached.last() == Some(&true)
}

/// A letter of a text.
#[derive(Clone, Copy)]
pub(super) enum Letter {
    Byte(u8),
    /// Any letter that a path can have.
    OfPath,
    /// A letter that the pattern does not name: it represents any such letter.
    Unnamed,
    /// Any number of letters that the pattern does not name.
    Run,
}

/// How many atoms of a pattern a text may have matched so far.
#[derive(Clone)]
pub(super) struct Positions<'a> {
    pub(super) pattern: &'a [Atom],
    /// Indexed by the number of atoms.
    reached: SmallVec<[bool; 128]>,
}

impl<'a> Positions<'a> {
    pub(super) fn new(pattern: &'a [Atom]) -> Self {
        let mut positions = Self {
            pattern,
            reached: SmallVec::from_elem(false, pattern.len() + 1),
        };
        positions.reached[0] = true;
        positions.skip_runs();
        positions
    }

    /// A `*` also matches nothing.
    fn skip_runs(&mut self) {
        for (place, atom) in self.pattern.iter().enumerate() {
            self.reached[place + 1] |= self.reached[place] && *atom == Atom::Many;
        }
    }

    pub(super) fn step(&self, letter: Letter) -> Self {
        let mut next = Self {
            pattern: self.pattern,
            reached: SmallVec::from_elem(false, self.reached.len()),
        };
        // The later bytes of a character belong to the `?` that took its first byte.
        let continues = matches!(letter, Letter::Byte(byte) if byte & 0b1100_0000 == 0b1000_0000);
        for (place, atom) in self.pattern.iter().enumerate() {
            match atom {
                Atom::Many => next.reached[place] |= self.reached[place],
                Atom::One if continues => next.reached[place + 1] |= self.reached[place + 1],
                Atom::One => {
                    let is_one = !matches!(letter, Letter::Run);
                    next.reached[place + 1] |= is_one && self.reached[place];
                }
                Atom::Byte(wanted) => {
                    let is_this = match letter {
                        Letter::Byte(byte) => byte == *wanted,
                        Letter::OfPath => may_be_of_path(*wanted),
                        Letter::Unnamed | Letter::Run => false,
                    };
                    next.reached[place + 1] |= is_this && self.reached[place];
                }
            }
        }
        next.skip_runs();
        next
    }

    /// Advances by any number of further letters of a path.
    pub(super) fn go_on_along_path(&mut self) {
        for (place, atom) in self.pattern.iter().enumerate() {
            let goes_on = match atom {
                Atom::Byte(wanted) => may_be_of_path(*wanted),
                Atom::One | Atom::Many => true,
            };
            self.reached[place + 1] |= self.reached[place] && goes_on;
        }
    }

    pub(super) fn after(&self, text: &str) -> Self {
        self.after_each(text.bytes().map(Letter::Byte))
    }

    fn after_each(&self, letters: impl Iterator<Item = Letter>) -> Self {
        let mut positions = self.clone();
        for letter in letters {
            positions = positions.step(letter);
            // Nothing that follows can match.
            if !positions.reached.contains(&true) {
                break;
            }
        }
        positions
    }

    /// Whether the whole pattern is matched after this text.
    pub(super) fn accept(&self, text: &str) -> bool {
        self.after(text).reached.last() == Some(&true)
    }
}

fn may_be_of_path(byte: u8) -> bool {
    byte.is_ascii_graphic()
}
