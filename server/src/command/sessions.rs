//! `gantry sessions`: lists and ends sessions, for operators of Gantry.

use access::PersonId;
use anyhow::Context;
use clap::{Args, Subcommand};
use store::{EndSessions, Store};

use crate::{
    command::{ConfigFile, open, say, say_columns},
    config::{Config, SignInSettings},
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List people who have sessions, each with the id that `end --person` takes
    List(List),
    /// End the sessions of one person or of everybody, while Gantry runs or not
    End(End),
}

#[derive(Debug, Args)]
#[command(after_help = "Example: gantry sessions list --config gantry.toml")]
struct List {
    #[command(flatten)]
    file: ConfigFile,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Share links that these people made go on: revoke them on the page \"Links\".\n\n\
                  Example: gantry sessions end --config gantry.toml --person \"https://idp.example.com 5f7c8ec7\""
)]
struct End {
    #[command(flatten)]
    file: ConfigFile,
    #[command(flatten)]
    whose: Whose,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Whose {
    /// The id of the person, as `gantry sessions list` shows it, with its escapes
    #[arg(long, value_name = "ID")]
    person: Option<String>,
    /// The sessions of everybody
    #[arg(long)]
    all: bool,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let file = match &arguments.command {
        Command::List(list) => &list.file,
        Command::End(end) => &end.file,
    };
    let config = Config::load(file.config.as_ref())?;
    let url = &config.store;
    let store = open(url).await?;
    let done = match arguments.command {
        Command::List(_) => list(&store, &config).await,
        Command::End(end) => end_of(&store, &end.whose).await,
    };
    store.close().await;
    done.with_context(|| format!("the store {url}"))?;
    if let Some(SignInSettings::Alb(_)) = &config.sign_in {
        say(
            "the load balancer keeps the sessions of this sign-in, so they cannot be listed or ended here: \
             see \"Ending sessions\" in docs/running.md",
        )?;
    }
    Ok(())
}

async fn list(store: &Store, config: &Config) -> anyhow::Result<()> {
    let issuer = config.sign_in.as_ref().map(SignInSettings::issuer);
    let people = store.signed_in(config.gantry.sessions, issuer).await?;
    if people.is_empty() {
        say("nobody has a session")?;
    }
    for signed_in in people {
        let (count, used) = (signed_in.sessions, signed_in.used.rfc3339());
        say_columns(&[
            escaped(signed_in.person.as_str()),
            plain(&signed_in.name),
            format!("{count} sessions, last used {used}"),
        ])?;
    }
    Ok(())
}

async fn end_of(store: &Store, whose: &Whose) -> anyhow::Result<()> {
    let person = whose.person.as_deref().map(unescaped);
    let person = person.as_deref().map(PersonId::stored);
    let which = person
        .as_ref()
        .map_or(EndSessions::All, EndSessions::Person);
    let count = store.end_sessions_by_command(which).await?;
    say(match count {
        0 => "no session was ended: there was none".to_owned(),
        1 => "1 session was ended".to_owned(),
        _ => format!("{count} sessions were ended"),
    })?;
    Ok(())
}

/// An ID in the form that `end --person` takes. Characters that a terminal interprets or hides are escaped, such as
/// `\u{202e}`. A backslash that begins what looks like an escape is itself escaped.
fn escaped(id: &str) -> String {
    let mut escaped = String::with_capacity(id.len());
    for (at, c) in id.char_indices() {
        if model::is_hiding(c) || id[at..].starts_with(ESCAPE) {
            escaped.extend(c.escape_unicode());
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// The beginning of an escape.
const ESCAPE: &str = "\\u{";

/// The ID that [`escaped`] turned into this text. Anything that is not an escape stays as it is.
fn unescaped(text: &str) -> String {
    let mut parts = text.split(ESCAPE);
    let mut id = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let read = part.split_once('}').and_then(|(digits, rest)| {
            let code = u32::from_str_radix(digits, 16).ok()?;
            Some((char::from_u32(code)?, rest))
        });
        match read {
            Some((c, rest)) => {
                id.push(c);
                id.push_str(rest);
            }
            None => {
                id.push_str(ESCAPE);
                id.push_str(part);
            }
        }
    }
    id
}

/// A text without characters that a terminal interprets or hides.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !model::is_hiding(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::{escaped, unescaped};

    #[test]
    fn an_id_that_is_shown_can_be_passed_back() {
        for (id, shown) in [
            (
                "https://idp.example.com 5f7c8ec7",
                "https://idp.example.com 5f7c8ec7",
            ),
            ("demo ana\u{202e}nimda", "demo ana\\u{202e}nimda"),
            ("demo a\tb\n\u{1b}[2J", "demo a\\u{9}b\\u{a}\\u{1b}[2J"),
            ("demo CORP\\ursula", "demo CORP\\ursula"),
            ("demo \\u{202e}", "demo \\u{5c}u{202e}"),
            ("demo \\u{5c}u{x \\u{", "demo \\u{5c}u{5c}u{x \\u{5c}u{"),
            ("demo 支付é", "demo 支付é"),
        ] {
            assert_eq!(escaped(id), shown);
            assert_eq!(unescaped(shown), id);
        }
    }

    #[test]
    fn an_id_can_be_passed_unescaped() {
        for id in ["demo CORP\\ursula", "demo \\u{zz}", "demo \\u{d800} \\u{"] {
            assert_eq!(unescaped(id), id);
        }
    }
}
