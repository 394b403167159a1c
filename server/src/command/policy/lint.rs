//! `gantry policy lint`: what is wrong with policies, or dangerous in them.

mod sarif;

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use app::messages::lint::line;
use clap::{Args, ValueEnum};
use model::Locale;
use policy::{Account, LintOptions, ParseError, Policy, Remark, Severity, lint};
use serde::Serialize;

use super::Kind;
use crate::command::{say, say_json};

/// The example shown by `--help`.
const EXAMPLE: &str = "\
Example: gantry policy lint --fail-on warning policies/*.json

The exit code is 1 where there is a remark of that severity or a worse one, and where a file is no
policy at all.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Arguments {
    /// The policies; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What the policies are attached to
    #[arg(long, value_enum, default_value_t)]
    kind: Kind,
    /// The account that owns the repository: others are remarked on
    #[arg(long, value_name = "ACCOUNT")]
    owner: Option<String>,
    /// The least severity that makes the command fail
    #[arg(long, value_name = "SEVERITY", default_value_t = Severity::Error)]
    fail_on: Severity,
    /// What is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// A line for each remark, as compilers print them
    #[default]
    Text,
    /// One JSON object, the remarks by file
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// A file and its remarks.
#[derive(Serialize)]
struct Checked {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Unreadable>,
    remarks: Vec<Remark>,
}

/// Why a text is not a valid policy.
#[derive(Serialize)]
struct Unreadable {
    at: policy::Position,
    message: String,
}

impl From<ParseError> for Unreadable {
    fn from(ParseError { at, message }: ParseError) -> Self {
        Self { at, message }
    }
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let owner = (arguments.owner.as_deref())
        .map(|text| Account::parse(text).context("--owner: expected twelve digits"))
        .transpose()?;
    let fail_on = arguments.fail_on;
    let check = |path: &PathBuf| {
        let text = text_of(path)?;
        let file = path.display().to_string();
        anyhow::Ok(match Policy::parse(text, arguments.kind.into()) {
            Ok(policy) => Checked {
                file,
                error: None,
                remarks: lint(&policy, LintOptions { owner }),
            },
            Err(error) => Checked {
                file,
                error: Some(error.into()),
                remarks: Vec::new(),
            },
        })
    };
    let checked = arguments
        .files
        .iter()
        .map(check)
        .collect::<Result<Vec<_>, _>>()?;
    match arguments.format {
        Format::Text => print(&checked)?,
        Format::Json => say_json(&checked)?,
        Format::Sarif => say_json(&sarif::log(&checked))?,
    }
    let fails = |checked: &Checked| {
        checked.error.is_some()
            || checked
                .remarks
                .iter()
                .any(|remark| remark.severity >= fail_on)
    };
    Ok(match checked.iter().any(fails) {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

fn text_of(path: &Path) -> anyhow::Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("standard input")?;
        return Ok(text);
    }
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn print(checked: &[Checked]) -> anyhow::Result<()> {
    for Checked {
        file,
        error,
        remarks,
    } in checked
    {
        if let Some(Unreadable { at, message }) = error {
            say(format!(
                "{file}:{}:{}: error[{}]: {message}",
                at.line,
                at.column,
                sarif::UNREADABLE
            ))?;
        }
        for remark in remarks {
            say(format!("{file}:{}", line(remark, Locale::En)))?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use policy::PolicyKind;

    use super::*;

    const PUBLIC: &str = r#"{"Version": "2012-10-17", "Statement": {"Sid": "Open", "Effect": "Allow",
        "Principal": "*", "Action": "ecr:BatchGetImage"}}"#;

    fn checked(text: &str) -> Checked {
        let policy = Policy::parse(text, PolicyKind::Repository);
        Checked {
            file: "policies/web.json".to_owned(),
            remarks: policy
                .as_ref()
                .map(|it| lint(it, LintOptions::default()))
                .unwrap_or_default(),
            error: policy.err().map(Into::into),
        }
    }

    #[test]
    fn sarif_names_the_rule_the_file_and_the_place() {
        let log = sarif::log(&[checked(PUBLIC), checked("{")]);
        assert_eq!(log["version"], "2.1.0");
        let results = log["runs"][0]["results"].as_array().unwrap();
        let public = results
            .iter()
            .find(|result| result["ruleId"] == "public-access")
            .unwrap();
        assert_eq!(public["level"], "error");
        let place = &public["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "policies/web.json");
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        assert!(public["message"]["text"].as_str().unwrap().len() > 20);
        assert!(
            results
                .iter()
                .any(|result| result["ruleId"] == sarif::UNREADABLE)
        );
        let rules = log["runs"][0]["tool"]["driver"]["rules"]
            .as_array()
            .unwrap();
        let known = |id: &serde_json::Value| rules.iter().any(|rule| rule["id"] == *id);
        assert!(results.iter().all(|result| known(&result["ruleId"])));
    }
}
