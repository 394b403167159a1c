//! Evaluates access for a whole company: 5,000 repositories, each with its own policy, 50 principals and 20 actions.
//! Prints the time on one core and the memory.

use std::{
    io::{self, Write},
    time::Instant,
};

use policy::{
    ActionName, CompiledPolicy, Context, Grid, Identity, Mode, Outcome, PolicyKind, Principal,
    Resource, Row, Subject,
};

const TYPICAL: &str = include_str!("../benches/typical.json");
const REPOSITORIES: usize = 5_000;
const PRINCIPALS: usize = 50;

const ACTIONS: [&str; 20] = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchDeleteImage",
    "ecr:BatchGetImage",
    "ecr:CompleteLayerUpload",
    "ecr:DeleteRepository",
    "ecr:DeleteRepositoryPolicy",
    "ecr:DescribeImageScanFindings",
    "ecr:DescribeImages",
    "ecr:DescribeRepositories",
    "ecr:GetDownloadUrlForLayer",
    "ecr:GetLifecyclePolicy",
    "ecr:GetRepositoryPolicy",
    "ecr:InitiateLayerUpload",
    "ecr:ListImages",
    "ecr:ListTagsForResource",
    "ecr:PutImage",
    "ecr:PutLifecyclePolicy",
    "ecr:SetRepositoryPolicy",
    "ecr:StartImageScan",
    "ecr:UploadLayerPart",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let repositories = (0..REPOSITORIES)
        .map(|n| {
            // Every policy is different, like those of real repositories.
            let text = TYPICAL.replace("role/ci\"", &format!("role/ci-{}\"", n % PRINCIPALS));
            let arn = format!("arn:aws:ecr:eu-central-1:111122223333:repository/shop/service-{n}");
            let policy = CompiledPolicy::parse(text, PolicyKind::Repository)?;
            Ok((policy, Resource::new(&arn, None)))
        })
        .collect::<Result<Vec<_>, policy::ParseError>>()?;
    let compiled = started.elapsed();
    let subjects = (0..PRINCIPALS)
        .map(|n| {
            let arn = format!("arn:aws:iam::111122223333:role/ci-{n}");
            let organization = [("aws:PrincipalOrgID", "o-a1b2c3d4e5")];
            Ok(Subject::new(Principal::parse(&arn)?, []).with(organization))
        })
        .collect::<Result<Vec<_>, policy::PrincipalError>>()?;
    let actions = ACTIONS.map(ActionName::new);
    let mut context = Context::default();
    context.set("aws:SecureTransport", ["true"]);
    let started = Instant::now();
    let (mut decisions, mut allowed) = (0_u64, 0_u64);
    for (policy, resource) in &repositories {
        let grid = Grid {
            repository: Some(policy),
            registry: None,
            resource,
            context: &context,
            mode: Mode::ThreeValued,
            actions: &actions,
        };
        let rows = subjects.iter().map(|subject| Row {
            subject,
            identity: Identity::Unseen,
        });
        grid.decide(rows, |decision| {
            decisions += 1;
            allowed += u64::from(decision.outcome == Outcome::Allowed);
        });
    }
    let decided = started.elapsed();
    writeln!(
        io::stdout(),
        "{{\"decisions\":{decisions},\"allowed\":{allowed},\"compile_seconds\":{},\"seconds\":{},\"peak_kib\":{}}}",
        compiled.as_secs_f64(),
        decided.as_secs_f64(),
        peak_kib()?,
    )?;
    Ok(())
}

/// The peak memory of the process, as reported by Linux.
fn peak_kib() -> io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.and_then(|number| number.parse().ok()).unwrap_or(0))
}
