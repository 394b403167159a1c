//! How a stored type represents a type that crosses the wire.

use model::{
    Action, Digest, FindingCounts, Principal, RegistryAlias, RepositoryName, Tag, TeamName,
    Timestamp,
};

/// A stored value that no current type can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable(pub(super) String);

/// A stored type that represents a type on the wire.
///
/// Both directions destructure their input completely. So a new field or variant on the wire does
/// not compile until a developer decides whether it is stored.
pub(super) trait Format<Wire>: Sized {
    /// Converts a value to its stored form.
    fn from_wire(wire: Wire) -> Self;

    /// Converts a stored value back.
    fn into_wire(self) -> Result<Wire, Unreadable>;
}

macro_rules! as_it_is {
    ($($type:ty),* $(,)?) => {
        $(
            impl Format<$type> for $type {
                fn from_wire(wire: $type) -> Self {
                    wire
                }

                fn into_wire(self) -> Result<$type, Unreadable> {
                    Ok(self)
                }
            }
        )*
    };
}

as_it_is!((), bool, u32, u64, String);

/// Names are stored as text and checked when they are read.
macro_rules! as_text {
    ($($type:ty => $text:ident),* $(,)?) => {
        $(
            impl Format<$type> for String {
                fn from_wire(wire: $type) -> Self {
                    wire.$text().to_owned()
                }

                fn into_wire(self) -> Result<$type, Unreadable> {
                    self.parse().map_err(|_| {
                        let start: String = self.chars().take(80).collect();
                        Unreadable(format!(concat!("{:?} is no ", stringify!($type)), start))
                    })
                }
            }
        )*
    };
}

as_text!(
    Action => as_str,
    Digest => as_str,
    Principal => arn,
    RegistryAlias => as_str,
    RepositoryName => as_str,
    Tag => as_str,
    TeamName => as_str,
);

/// Seconds since 1970, UTC.
impl Format<Timestamp> for i64 {
    fn from_wire(Timestamp(seconds): Timestamp) -> Self {
        seconds
    }

    fn into_wire(self) -> Result<Timestamp, Unreadable> {
        Ok(Timestamp(self))
    }
}

/// One number per severity, critical first, undefined last.
impl Format<FindingCounts> for [u32; 6] {
    fn from_wire(FindingCounts(counts): FindingCounts) -> Self {
        counts
    }

    fn into_wire(self) -> Result<FindingCounts, Unreadable> {
        Ok(FindingCounts(self))
    }
}

impl<Wire, Stored: Format<Wire>> Format<Vec<Wire>> for Vec<Stored> {
    fn from_wire(wire: Vec<Wire>) -> Self {
        wire.into_iter().map(Stored::from_wire).collect()
    }

    fn into_wire(self) -> Result<Vec<Wire>, Unreadable> {
        self.into_iter().map(Stored::into_wire).collect()
    }
}

impl<Wire, Stored: Format<Wire>> Format<Option<Wire>> for Option<Stored> {
    fn from_wire(wire: Option<Wire>) -> Self {
        wire.map(Stored::from_wire)
    }

    fn into_wire(self) -> Result<Option<Wire>, Unreadable> {
        self.map(Stored::into_wire).transpose()
    }
}

impl<Wire, Stored: Format<Wire>> Format<Box<Wire>> for Box<Stored> {
    fn from_wire(wire: Box<Wire>) -> Self {
        Self::new(Stored::from_wire(*wire))
    }

    fn into_wire(self) -> Result<Box<Wire>, Unreadable> {
        (*self).into_wire().map(Box::new)
    }
}

impl<A, B, StoredA: Format<A>, StoredB: Format<B>> Format<(A, B)> for (StoredA, StoredB) {
    fn from_wire((a, b): (A, B)) -> Self {
        (StoredA::from_wire(a), StoredB::from_wire(b))
    }

    fn into_wire(self) -> Result<(A, B), Unreadable> {
        Ok((self.0.into_wire()?, self.1.into_wire()?))
    }
}

/// Declares a stored struct for a struct on the wire that has fields with the same names.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident = $($wire:ident)::+ $(<$argument:ty>)? {
            $($(#[$field_meta:meta])* $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        pub(in crate::stored) struct $name {
            $($(#[$field_meta])* pub(in crate::stored) $field: $type,)*
        }

        impl $crate::stored::format::Format<$($wire)::+ $(<$argument>)?> for $name {
            fn from_wire(wire: $($wire)::+ $(<$argument>)?) -> Self {
                let $($wire)::+ { $($field,)* } = wire;
                Self {
                    $($field: $crate::stored::format::Format::from_wire($field),)*
                }
            }

            fn into_wire(
                self,
            ) -> Result<$($wire)::+ $(<$argument>)?, $crate::stored::format::Unreadable> {
                let Self { $($field,)* } = self;
                Ok($($wire)::+ {
                    $($field: $crate::stored::format::Format::into_wire($field)?,)*
                })
            }
        }
    };
}

/// Declares a stored enum for an enum on the wire that has variants with the same names and without
/// fields. Each variant is stored as a word.
macro_rules! words {
    (
        $(#[$doc:meta])*
        $name:ident = $($wire:ident)::+ { $($variant:ident = $word:literal,)* }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        pub(in crate::stored) enum $name {
            $(#[serde(rename = $word)] $variant,)*
        }

        const _: () = {
            type Wire = $($wire)::+;

            impl $crate::stored::format::Format<Wire> for $name {
                fn from_wire(wire: Wire) -> Self {
                    match wire {
                        $(Wire::$variant => Self::$variant,)*
                    }
                }

                fn into_wire(self) -> Result<Wire, $crate::stored::format::Unreadable> {
                    Ok(match self {
                        $(Self::$variant => Wire::$variant,)*
                    })
                }
            }
        };
    };
}

pub(super) use {record, words};
