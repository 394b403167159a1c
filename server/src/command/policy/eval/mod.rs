//! `gantry policy eval`: JSON Lines in, decisions out.

mod cache;
mod line;

use std::{
    io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write},
    process::ExitCode,
};

use cache::Cache;
use clap::Args;
use policy::Mode;

/// The example shown by `--help`.
const EXAMPLE: &str = r#"Each line of standard input is one question:
  {"id": 1, "principal": "arn:aws:iam::111122223333:role/ci", "principal_tags": {},
   "action": "ecr:PutImage", "resource": "arn:aws:ecr:eu-central-1:111122223333:repository/shop",
   "resource_account": "111122223333", "context": {"aws:SourceIp": "10.0.0.1"},
   "identity_policies": [], "resource_policy": {..}, "registry_policy": null}
and is answered by one line, in order:
  {"id":1,"decision":"allowed","statements":[{"policy":"resource_policy","sid":"Push","effect":"Allow","outcome":"matched"}]}
A line that is no question is answered by {"id":..,"error":".."}, and the exit code is 1 in the end.
A key of the context with [] or null is known to be missing from the request.

Example: gantry policy eval < questions.jsonl > answers.jsonl"#;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Arguments {
    /// Take condition keys that a question does not give as missing from the request, as IAM would;
    /// otherwise decisions that depend on them are conditional
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mode = if arguments.strict {
        Mode::Strict
    } else {
        Mode::ThreeValued
    };
    match answer_all(io::stdin().lock(), io::stdout().lock(), mode) {
        Ok(true) => Ok(ExitCode::SUCCESS),
        Ok(false) => Ok(ExitCode::FAILURE),
        // The reader of the answers has closed the pipe: it has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}

/// Answers every line. Returns whether all of them were valid questions.
fn answer_all(input: impl Read, output: impl Write, mode: Mode) -> io::Result<bool> {
    let mut input = BufReader::with_capacity(1 << 18, input);
    let mut output = BufWriter::with_capacity(1 << 18, output);
    let (mut cache, mut line, mut answer) = (Cache::default(), Vec::new(), Vec::new());
    let mut all_good = true;
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            output.flush()?;
            return Ok(all_good);
        }
        let question = line.trim_ascii();
        if !question.is_empty() {
            answer.clear();
            all_good &= line::answer(question, mode, &mut cache, &mut answer);
            answer.push(b'\n');
            output.write_all(&answer)?;
        }
        // A caller that waits for an answer before it sends the next question gets that answer now.
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed answer is a failed test")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn answers(input: &str, mode: Mode) -> (Vec<Value>, bool) {
        let mut output = Vec::new();
        let all_good = answer_all(input.as_bytes(), &mut output, mode).unwrap();
        let lines = String::from_utf8(output).unwrap();
        (
            lines
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect(),
            all_good,
        )
    }

    fn question() -> Value {
        json!({
            "id": {"any": "JSON"},
            "principal": "arn:aws:sts::111122223333:assumed-role/ci/build-7",
            "principal_tags": {"team": "shop"},
            "action": "ECR:putimage",
            "resource": "arn:aws:ecr:eu-central-1:111122223333:repository/shop/web",
            "resource_account": "111122223333",
            "context": {"aws:SecureTransport": true, "aws:SourceIp": ["10.0.0.1"]},
            "identity_policies": [],
            "resource_policy": {
                "Version": "2012-10-17",
                "Statement": [
                    {"Sid": "Push", "Effect": "Allow",
                     "Principal": {"AWS": "arn:aws:iam::111122223333:role/build/ci"},
                     "Action": "ecr:PutImage",
                     "Condition": {"StringEquals": {"aws:PrincipalTag/Team": "shop"}}},
                    {"Effect": "Deny", "Principal": "*", "Action": "*",
                     "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}},
                ],
            },
            "registry_policy": null,
        })
    }

    #[test]
    fn a_question_is_answered_in_both_modes() {
        let input = question().to_string();
        let statements = |second: &str| {
            json!([
                {"policy": "resource_policy", "sid": "Push", "effect": "Allow", "outcome": "matched"},
                {"policy": "resource_policy", "index": 1, "effect": "Deny", "outcome": second},
            ])
        };
        let id = json!({"any": "JSON"});
        assert_eq!(
            answers(&input, Mode::ThreeValued).0,
            [json!({"id": id, "decision": "conditional", "statements": statements("conditional")})]
        );
        assert_eq!(
            answers(&input, Mode::Strict).0,
            [json!({"id": id, "decision": "explicit_deny", "statements": statements("matched")})]
        );
    }

    #[test]
    fn a_key_without_a_value_is_missing() {
        for nothing in [json!([]), json!(null)] {
            let mut question = question();
            question["context"]["aws:SourceVpce"] = nothing;
            let (answers, _) = answers(&question.to_string(), Mode::ThreeValued);
            assert_eq!(answers[0]["decision"], "explicit_deny");
        }
    }

    #[test]
    fn a_bad_line_is_answered_in_place_and_the_run_continues() {
        let mut unknown = question();
        unknown["principal"] = json!("arn:aws:iam::111122223333:role/*");
        let mut policy = question();
        policy["resource_policy"]["Statement"][0]["Effect"] = json!("Maybe");
        let good = question();
        let input = format!("{good}\n{unknown}\nnonsense\n{policy}\n\n{{\"id\": 7}}\n{good}\n");
        let (answers, all_good) = answers(&input, Mode::Strict);
        assert!(!all_good);
        assert_eq!(answers.len(), 6);
        assert_eq!(answers[0], answers[5]);
        let error = |at: usize| answers[at]["error"].as_str().unwrap();
        assert_eq!(answers[1]["id"], json!({"any": "JSON"}));
        assert!(error(1).contains("principal: expected"), "{}", error(1));
        assert_eq!(answers[2]["id"], Value::Null);
        assert!(
            error(3).contains("resource_policy: line 1, column"),
            "{}",
            error(3)
        );
        assert!(error(3).contains("\"Allow\" or \"Deny\""), "{}", error(3));
        assert_eq!(answers[4]["id"], 7);
        assert!(
            error(4).contains("missing field `principal`"),
            "{}",
            error(4)
        );
    }

    #[test]
    fn the_same_text_is_a_different_policy_for_a_different_kind() {
        // An identity policy names resources and no principal, so it is not a valid resource policy.
        let mut question = question();
        let policy = json!({"Version": "2012-10-17", "Statement":
            {"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}});
        question["identity_policies"] = json!([policy]);
        question["resource_policy"] = json!(null);
        let mut swapped = question.clone();
        swapped["identity_policies"] = json!([]);
        swapped["resource_policy"] = policy;
        let (answers, _) = answers(&format!("{question}\n{swapped}"), Mode::Strict);
        assert_eq!(answers[0]["decision"], "allowed");
        assert_eq!(
            answers[0]["statements"][0]["policy"],
            "identity_policies[0]"
        );
        assert!(answers[1]["error"].is_string());
    }
}
