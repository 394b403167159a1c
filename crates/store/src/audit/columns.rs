//! Reads a row column by column, so that one unreadable column does not hide the others.

use sqlx::{Any, Decode, Row, Type, any::AnyRow};

use crate::{StoreError, stored::arguments};

/// The columns of a row, and which of them could not be read.
pub(super) struct Columns<'r> {
    row: &'r AnyRow,
    unreadable: Vec<&'static str>,
}

impl<'r> Columns<'r> {
    pub(super) fn of(row: &'r AnyRow) -> Self {
        Self {
            row,
            unreadable: Vec::new(),
        }
    }

    /// The requested columns that could not be read.
    pub(super) fn unreadable(self) -> Vec<&'static str> {
        self.unreadable
    }

    /// The value of a column, or an empty value.
    pub(super) fn get<T: Default + Decode<'r, Any> + Type<Any>>(
        &mut self,
        name: &'static str,
    ) -> T {
        let value = self.row.try_get(name);
        self.known(name, value)
    }

    pub(super) fn arguments(&mut self) -> Vec<(String, String)> {
        let stored = self.row.try_get("arguments").map_err(StoreError::from);
        let read = stored.and_then(arguments::read);
        self.known("arguments", read)
    }

    fn known<T: Default, E>(&mut self, name: &'static str, value: Result<T, E>) -> T {
        value.unwrap_or_else(|_| {
            self.unreadable.push(name);
            T::default()
        })
    }
}
