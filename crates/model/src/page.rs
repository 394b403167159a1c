//! One page of a list.

use serde::{Deserialize, Serialize};

use crate::{Problem, Timestamp};

/// Rows in a list's first response, at most.
pub const PAGE_ROWS: u32 = 100;

/// A page of a list, and what the list as a whole is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, [`PAGE_ROWS`] at most.
    pub rows: Vec<T>,
    /// Rows in the whole list.
    pub total: u32,
    /// Rows that the filter lets through.
    pub matching: u32,
    /// This page's number, from 1.
    pub number: u32,
    /// Pages that the filter leaves, at least 1.
    pub pages: u32,
    /// When ECR said so: the oldest answer that the list is made of. None before the first one.
    pub as_of: Option<Timestamp>,
    /// Whether what is shown is still being read.
    pub incomplete: bool,
    /// Why the latest attempt to read it anew failed, if it did: then it is older than it should be.
    pub problem: Option<Problem>,
    /// The server's time when it answered: what relative times count from.
    pub now: Timestamp,
}

impl<T> Page<T> {
    /// The same page, its rows made into something else.
    pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Page<U> {
        self.filter_map(|row| Some(make(row)))
    }

    /// The same page, its rows made into something else or left out.
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

/// A list as a whole, for the browser to filter and sort by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole<T> {
    /// Every row.
    pub rows: Vec<T>,
    /// When ECR said so: the oldest answer that the list is made of.
    pub as_of: Option<Timestamp>,
    /// Whether what is shown is still being read.
    pub incomplete: bool,
    /// Why the latest attempt to read it anew failed, if it did: then it is older than it should be.
    pub problem: Option<Problem>,
    /// The server's time when it answered.
    pub now: Timestamp,
}

/// How many rows of a list have no figures: nothing is known of what they are about, or the viewer may not see them. No
/// filter by figures finds them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadRows {
    /// Not read yet.
    pub waiting: u32,
    /// They could not be read.
    pub failed: u32,
    /// Their findings are not shown to the viewer, read or not.
    pub withheld: u32,
}

impl UnreadRows {
    /// Counts one, with the reason why it could not be read, if so.
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
