//! How fast policies are parsed, compiled and evaluated. `./dev bench` runs this and prints the medians.

#![expect(clippy::expect_used, reason = "the measured input is valid")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use policy::{
    ActionName, CompiledPolicy, Context, Identity, Mode, Policies, PolicyKind, Principal, Request,
    Resource, Subject,
};

/// A typical repository policy: five statements, two of them with a condition.
const TYPICAL: &str = include_str!("typical.json");

fn subject(role: &str) -> Subject {
    let arn = format!("arn:aws:iam::111122223333:role/{role}");
    let principal = Principal::parse(&arn).expect("an ARN of a role");
    Subject::new(principal, [("team", "shop")]).with([("aws:PrincipalOrgID", "o-a1b2c3d4e5")])
}

fn decisions(criterion: &mut Criterion) {
    let policy = CompiledPolicy::parse(TYPICAL, PolicyKind::Repository).expect("a policy");
    let policies = Policies {
        repository: Some(&policy),
        registry: None,
        identity: Identity::Unseen,
    };
    let subjects = [subject("developer"), subject("ci"), subject("intern")];
    let actions = [
        "ecr:PutImage",
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:DeleteRepository",
    ]
    .map(ActionName::new);
    let arn = "arn:aws:ecr:eu-central-1:111122223333:repository/shop/web";
    let resource = Resource::new(arn, None);
    let mut context = Context::default();
    context.set("aws:SecureTransport", ["true"]);
    let mut group = criterion.benchmark_group("policy");
    let questions = subjects.len() * actions.len();
    group.throughput(Throughput::Elements(questions as u64));
    group.bench_function("decide", |bencher| {
        bencher.iter(|| {
            for subject in &subjects {
                for action in &actions {
                    let request = Request {
                        subject,
                        action,
                        resource: &resource,
                        context: &context,
                    };
                    black_box(policies.decide(black_box(&request), Mode::ThreeValued));
                }
            }
        });
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("read_and_compile", |bencher| {
        bencher.iter(|| CompiledPolicy::parse(black_box(TYPICAL), PolicyKind::Repository));
    });
    group.finish();
}

criterion_group!(benches, decisions);
criterion_main!(benches);
