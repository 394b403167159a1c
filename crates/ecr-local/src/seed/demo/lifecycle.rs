//! The demo's lifecycle policies.

/// Removes images that lost their tag two weeks ago, and all but the last 40 builds with a build number.
pub const KEEP_RECENT_BUILDS: &str = r#"{
  "rules": [
    {
      "rulePriority": 1,
      "description": "Untagged images go after two weeks",
      "selection": {
        "tagStatus": "untagged",
        "countType": "sinceImagePushed",
        "countUnit": "days",
        "countNumber": 14
      },
      "action": { "type": "expire" }
    },
    {
      "rulePriority": 2,
      "description": "The last 40 builds are enough",
      "selection": {
        "tagStatus": "tagged",
        "tagPatternList": ["*-build.*"],
        "countType": "imageCountMoreThan",
        "countNumber": 40
      },
      "action": { "type": "expire" }
    }
  ]
}"#;

/// Removes nightly builds older than 90 days, then anything beyond 500 images.
pub const NIGHTLY: &str = r#"{
  "rules": [
    {
      "rulePriority": 10,
      "description": "Branch builds live for 90 days",
      "selection": {
        "tagStatus": "tagged",
        "tagPrefixList": ["main"],
        "countType": "sinceImagePushed",
        "countUnit": "days",
        "countNumber": 90
      },
      "action": { "type": "expire" }
    },
    {
      "rulePriority": 20,
      "description": "At most 500 images",
      "selection": {
        "tagStatus": "any",
        "countType": "imageCountMoreThan",
        "countNumber": 500
      },
      "action": { "type": "expire" }
    }
  ]
}"#;

/// Removes untagged images after a day, written on one line.
pub const UNTAGGED_AFTER_A_DAY: &str = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":1},"action":{"type":"expire"}}]}"#;
