//! One page of a list.

use serde::{Deserialize, Serialize};

use crate::{Problem, Timestamp};

/// The maximum number of rows in a list's first response.
pub const PAGE_ROWS: u32 = 100;

/// A page of a list, and data about the whole list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, at most [`PAGE_ROWS`].
    pub rows: Vec<T>,
    /// Rows in the whole list.
    pub total: u32,
    /// Rows that match the filter.
    pub matching: u32,
    /// This page's number, from 1.
    pub number: u32,
    /// The number of pages with the filter, at least 1.
    pub pages: u32,
    /// When ECR returned the data: the oldest answer in the list. None before the first one.
    pub as_of: Option<Timestamp>,
    /// Whether the data is still being read.
    pub incomplete: bool,
    /// Why the latest attempt to read the data again failed, if it did. Then the data is older than it should be.
    pub problem: Option<Problem>,
    /// The server's time when it answered. Relative times are based on it.
    pub now: Timestamp,
}

impl<T> Page<T> {
    /// The same page with each row converted.
    pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Page<U> {
        self.filter_map(|row| Some(make(row)))
    }

    /// The same page with each row converted or left out.
    pub fn filter_map<U>(self, make: impl FnMut(T) -> Option<U>) -> Page<U> {
        Page {
            rows: self.rows.into_iter().filter_map(make).collect(),
            total: self.total,
            matching: self.matching,
            number: self.number,
            pages: self.pages,
            as_of: self.as_of,
            incomplete: self.incomplete,
            problem: self.problem,
            now: self.now,
        }
    }
}

/// A whole list, which the browser filters and sorts itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole<T> {
    /// Every row.
    pub rows: Vec<T>,
    /// When ECR returned the data: the oldest answer in the list.
    pub as_of: Option<Timestamp>,
    /// Whether the data is still being read.
    pub incomplete: bool,
    /// Why the latest attempt to read the data again failed, if it did. Then the data is older than it should be.
    pub problem: Option<Problem>,
    /// The server's time when it answered.
    pub now: Timestamp,
}

/// How many rows of a list have no figures, because their data is not known or the viewer may not see it. No filter by
/// figures finds them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadRows {
    /// Not read yet.
    pub waiting: u32,
    /// They could not be read.
    pub failed: u32,
    /// Their findings are not shown to the viewer, read or not.
    pub withheld: u32,
    /// Their mutability is not shown to the viewer. Counted only if the query filters by it.
    pub mutability_withheld: u32,
    /// Whether they have a policy is not shown to the viewer. Counted only if the query filters by it.
    pub policies_withheld: u32,
    /// Whether they have a policy is not known: it was not read yet. Counted only if the query filters by it.
    pub policies_unread: u32,
}

impl UnreadRows {
    /// Counts one row, with the reason why it could not be read, if any.
    pub fn count(&mut self, problem: Option<Problem>) {
        match problem {
            None => self.waiting += 1,
            Some(_) => self.failed += 1,
        }
    }

    /// How many were not read.
    pub fn total(self) -> u32 {
        self.waiting + self.failed
    }
}
