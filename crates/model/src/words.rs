//! Enums that are written as words in the store and in URLs.

/// Declares an enum with a word for each member, used in the store and in URLs.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$member_doc])* $member,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$member),*];

            /// The word for it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$member => $word,)*
                }
            }

            /// The member for a word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.as_str() == word)
            }
        }
    };
}

pub(crate) use words;
