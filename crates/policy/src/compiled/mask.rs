//! Sets of statements, by their places in a policy.

/// A set of statements for each row: one bit per statement.
#[derive(Debug, Clone)]
pub(super) struct Masks {
    /// Number of 64-bit words in a row.
    width: usize,
    bits: Box<[u64]>,
}

impl Masks {
    /// Builds the rows by testing each pair of row and statement.
    pub(super) fn new(
        rows: usize,
        statements: usize,
        mut holds: impl FnMut(usize, usize) -> bool,
    ) -> Self {
        let width = statements.div_ceil(64);
        let mut masks = Self {
            width,
            bits: vec![0; rows * width].into(),
        };
        for row in 0..rows {
            for statement in (0..statements).filter(|statement| holds(row, *statement)) {
                masks.add(row, statement);
            }
        }
        masks
    }

    /// Builds identical rows: each has the statements that pass a test.
    pub(super) fn alike(rows: usize, statements: usize, holds: impl Fn(usize) -> bool) -> Self {
        let row = Self::new(1, statements, |_, statement| holds(statement));
        Self {
            width: row.width,
            bits: row.bits.repeat(rows).into(),
        }
    }

    /// Adds a statement to a row.
    pub(super) fn add(&mut self, row: usize, statement: usize) {
        self.bits[row * self.width + statement / 64] |= 1 << (statement % 64);
    }

    pub(super) fn row(&self, row: usize) -> &[u64] {
        &self.bits[row * self.width..][..self.width]
    }
}

/// The statements that are in both sets, in ascending order.
pub(super) fn both<'a>(left: &'a [u64], right: &'a [u64]) -> impl Iterator<Item = usize> + 'a {
    let words = left.iter().zip(right).enumerate();
    words.flat_map(|(place, (left, right))| {
        let mut rest = left & right;
        std::iter::from_fn(move || {
            let bit = usize::try_from(rest.trailing_zeros())
                .ok()
                .filter(|bit| *bit < 64)?;
            rest &= rest - 1;
            Some(place * 64 + bit)
        })
    })
}
