//! Every word that people read, in both languages side by side.
//!
//! One file an area. A text without its translation does not compile, and a text that no island
//! uses does not land in the WebAssembly: each is a method of its own.

/// Declares the texts of an area: `name: "English", "中文";` for a fixed text,
/// `name(count: u32): "{count} images", "{count} 个镜像";` for one with values, and
/// `name(count: u32): { expression }, { expression };` where the wording hangs on a value.
macro_rules! texts {
    ($(#[$doc:meta])* $area:ident { $($texts:tt)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $area(pub ::model::Locale);

        impl $area {
            texts!(@ $($texts)*);
        }
    };
    (@) => {};
    (@ $name:ident: $en:literal, $zh:literal; $($rest:tt)*) => {
        #[doc = concat!("“", $en, "”")]
        pub fn $name(self) -> &'static str {
            match self.0 {
                ::model::Locale::En => $en,
                ::model::Locale::Zh => $zh,
            }
        }

        texts!(@ $($rest)*);
    };
    (@ $name:ident($($value:ident: $type:ty),+): $en:literal, $zh:literal; $($rest:tt)*) => {
        #[doc = concat!("“", $en, "”")]
        pub fn $name(self, $($value: $type),+) -> String {
            match self.0 {
                ::model::Locale::En => format!($en),
                ::model::Locale::Zh => format!($zh),
            }
        }

        texts!(@ $($rest)*);
    };
    (@ $name:ident($($value:ident: $type:ty),+): { $en:expr }, { $zh:expr }; $($rest:tt)*) => {
        #[doc = concat!("The wording of `", stringify!($name), "` for these values.")]
        pub fn $name(self, $($value: $type),+) -> String {
            match self.0 {
                ::model::Locale::En => $en,
                ::model::Locale::Zh => $zh,
            }
        }

        texts!(@ $($rest)*);
    };
}

pub mod access;
pub mod artifact;
#[cfg(feature = "ssr")]
pub mod audit;
pub mod common;
pub mod errors;
#[cfg(feature = "ssr")]
pub mod explain;
pub mod grants;
pub mod image;
pub mod images;
pub mod keyboard;
pub mod lifecycle;
pub mod links;
#[cfg(feature = "ssr")]
pub mod no_team;
pub mod palette;
pub mod policy;
pub mod pull;
pub mod registries;
pub mod repositories;
pub mod repository;
#[cfg(feature = "ssr")]
pub mod sessions;
pub mod share;
pub mod shell;
pub mod sign_in;
pub mod tag;
