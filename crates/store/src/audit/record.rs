//! A stored row and its hash.

use model::{
    Timestamp,
    audit::{AuditRow, Event, Outcome, Word},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction, any::AnyRow};

use super::{Entry, Head, columns::Columns};
use crate::{StoreError, stored::arguments};

/// The previous hash of the first row.
pub(super) const BEGINNING: &str =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// Selects rows, each with the hash of the previous row.
pub(super) const SELECT: &str = "SELECT audit.number, audit.at, audit.event, audit.outcome, \
    audit.person, audit.person_name, audit.team, audit.principal, audit.address, audit.action, \
    audit.registry, audit.repository, audit.arguments, audit.statement, audit.request, \
    audit.searched, audit.hash, COALESCE(prior.hash, audit_checkpoint.hash) AS previous FROM audit \
    LEFT JOIN audit AS prior ON prior.number = audit.number - 1 \
    LEFT JOIN audit_checkpoint ON audit_checkpoint.number = audit.number - 1";

const INSERT: &str = "INSERT INTO audit (number, at, event, outcome, person, person_name, team, \
    principal, address, action, registry, repository, arguments, statement, request, searched, hash) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

/// A row with everything that its hash covers. Events and outcomes are the stored words, so that
/// rows from other versions of Gantry can also be verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Counted from 1, without gaps.
    pub number: u64,
    /// When it happened, in seconds since 1970, UTC.
    pub at: Timestamp,
    /// What happened.
    pub event: String,
    /// How it ended.
    pub outcome: String,
    /// The person's ID from the sign-in.
    pub person: Option<String>,
    /// The person's name.
    pub person_name: Option<String>,
    /// The person's team.
    pub team: Option<String>,
    /// The team's principal.
    pub principal: Option<String>,
    /// The client's address.
    pub address: Option<String>,
    /// The IAM action.
    pub action: Option<String>,
    /// The registry.
    pub registry: Option<String>,
    /// The repository.
    pub repository: Option<String>,
    /// Other details, by name.
    pub arguments: Vec<(String, String)>,
    /// The deciding statement.
    pub statement: Option<String>,
    /// The request ID.
    pub request: String,
    /// The hash of the previous row, in hexadecimal digits. Zeros for the first row.
    pub previous: String,
    /// The hash of the row, in hexadecimal digits.
    pub hash: String,
    /// The columns with a value that Gantry does not write. The fields above are empty for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<&'static str>,
}

impl Record {
    /// The row for an entry that follows another row.
    pub(super) fn after(head: &Head, entry: &Entry, at: Timestamp) -> Self {
        let repository = entry.repository.as_ref();
        let (person, person_name) = match &entry.person {
            Some((id, name)) => (Some(id.as_str()), Some(name.as_str())),
            None => (None, None),
        };
        let arguments = entry.arguments.iter();
        let mut record = Self {
            number: head.number + 1,
            at,
            event: entry.event.as_str().to_owned(),
            outcome: entry.outcome.as_str().to_owned(),
            person: person.map(storable),
            person_name: person_name.map(storable),
            team: entry.team.as_ref().map(|team| storable(team.as_str())),
            principal: entry.principal.as_ref().map(|it| storable(it.arn())),
            address: entry
                .request_origin
                .address
                .map(|address| address.to_string()),
            action: entry.action.map(|action| action.as_str().to_owned()),
            registry: repository.map(|it| storable(it.registry.as_str())),
            repository: repository.map(|it| storable(it.name.as_str())),
            arguments: arguments
                .map(|(name, value)| (storable(name), storable(value)))
                .collect(),
            statement: entry.statement.as_deref().map(storable),
            request: storable(&entry.request_origin.request),
            previous: head.hash.clone(),
            hash: String::new(),
            unreadable: Vec::new(),
        };
        record.hash = record.hash_after(&head.hash);
        record
    }

    /// Reads a row, with its search text. One column that Gantry did not write does not hide the
    /// others.
    ///
    /// # Errors
    /// If the row has no number.
    pub(super) fn read(row: &AnyRow) -> Result<(Self, String), StoreError> {
        let mut columns = Columns::of(row);
        let searched = columns.get("searched");
        let record = Self {
            number: number(row)?,
            at: Timestamp(columns.get("at")),
            event: columns.get("event"),
            outcome: columns.get("outcome"),
            person: columns.get("person"),
            person_name: columns.get("person_name"),
            team: columns.get("team"),
            principal: columns.get("principal"),
            address: columns.get("address"),
            action: columns.get("action"),
            registry: columns.get("registry"),
            repository: columns.get("repository"),
            arguments: columns.arguments(),
            statement: columns.get("statement"),
            request: columns.get("request"),
            previous: columns
                .get::<Option<String>>("previous")
                .unwrap_or_else(|| BEGINNING.to_owned()),
            hash: columns.get("hash"),
            unreadable: columns.unreadable(),
        };
        Ok((record, searched))
    }

    /// Stores the row.
    pub(super) async fn insert(
        &self,
        transaction: &mut Transaction<'static, Any>,
    ) -> Result<(), StoreError> {
        let number = i64::try_from(self.number)
            .map_err(|_| StoreError::Malformed("a row's number is too large".to_owned()))?;
        sqlx::query(INSERT)
            .bind(number)
            .bind(self.at.0)
            .bind(&self.event)
            .bind(&self.outcome)
            .bind(self.person.as_deref())
            .bind(self.person_name.as_deref())
            .bind(self.team.as_deref())
            .bind(self.principal.as_deref())
            .bind(self.address.as_deref())
            .bind(self.action.as_deref())
            .bind(self.registry.as_deref())
            .bind(self.repository.as_deref())
            .bind(arguments::write(&self.arguments).as_str())
            .bind(self.statement.as_deref())
            .bind(&self.request)
            .bind(self.searched())
            .bind(&self.hash)
            .execute(&mut **transaction)
            .await?;
        Ok(())
    }

    /// The hash of this row after a row with the given hash. It is SHA-256 over the fields in the
    /// order below. Each field is a netstring (its length in bytes, a colon, the text, a comma), or
    /// `~` if it is missing. The arguments are one field: the netstrings of their names and values.
    /// docs/audit.md explains how others can compute it.
    pub(super) fn hash_after(&self, previous: &str) -> String {
        let (number, at) = (self.number.to_string(), self.at.0.to_string());
        let mut arguments = Vec::new();
        for text in self
            .arguments
            .iter()
            .flat_map(|(name, value)| [name, value])
        {
            write_field(&mut arguments, Some(text.as_bytes()));
        }
        let fields = [
            Some(previous),
            Some(&number),
            Some(&at),
            Some(&self.event),
            Some(&self.outcome),
            self.person.as_deref(),
            self.person_name.as_deref(),
            self.team.as_deref(),
            self.principal.as_deref(),
            self.address.as_deref(),
            self.action.as_deref(),
            self.registry.as_deref(),
            self.repository.as_deref(),
            self.statement.as_deref(),
            Some(&self.request),
        ];
        let mut whole = Vec::new();
        for field in fields {
            write_field(&mut whole, field.map(str::as_bytes));
        }
        write_field(&mut whole, Some(&arguments));
        let hash = Sha256::digest(&whole);
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The text that searches look in: the row's texts in lower case, one per line. It is stored
    /// because databases convert to lower case differently.
    pub(super) fn searched(&self) -> String {
        self.texts().to_lowercase()
    }

    /// Whether this is the search text of the row, as any version of Gantry writes it. Each version
    /// of Unicode adds lower-case letters, and the compiler knows only one version, so both sides
    /// are converted to lower case by this version.
    pub(super) fn is_searched_by(&self, stored: &str) -> bool {
        // A sigma has a different lower-case form at the end of a word, and the rules for the end
        // of a word also change.
        let small = |text: &str| -> String {
            let letters = text.chars().flat_map(char::to_lowercase);
            letters.map(|c| if c == 'ς' { 'σ' } else { c }).collect()
        };
        stored == self.searched() || small(stored) == small(&self.texts())
    }

    /// The row's texts, one per line.
    fn texts(&self) -> String {
        let texts = [
            &self.person,
            &self.person_name,
            &self.team,
            &self.principal,
            &self.address,
            &self.action,
            &self.registry,
            &self.repository,
            &self.statement,
        ];
        let texts = texts.into_iter().filter_map(Option::as_deref);
        let arguments = self.arguments.iter().map(|(_, value)| value.as_str());
        let lines: Vec<_> = texts.chain(arguments).chain([&*self.request]).collect();
        lines.join("\n")
    }

    /// The row as the page shows it.
    pub(super) fn shown(self) -> AuditRow {
        AuditRow {
            event: Word::read(self.event, Event::parse),
            outcome: Word::read(self.outcome, Outcome::parse),
            number: self.number,
            at: self.at,
            person: self.person,
            person_name: self.person_name,
            team: self.team,
            principal: self.principal,
            address: self.address,
            action: self.action,
            registry: self.registry,
            repository: self.repository,
            arguments: self.arguments,
            statement: self.statement,
            request: self.request,
            hash: self.hash,
            unreadable: self.unreadable.into_iter().map(str::to_owned).collect(),
        }
    }

    pub(super) fn head(&self) -> Head {
        Head {
            number: self.number,
            hash: self.hash.clone(),
        }
    }
}

/// The number of a row.
pub(super) fn number(row: &AnyRow) -> Result<u64, StoreError> {
    let number: i64 = row.try_get("number")?;
    u64::try_from(number)
        .map_err(|_| StoreError::Malformed(format!("row {number} of audit: a number below 1")))
}

/// PostgreSQL cannot store NUL, and one such row would make the rows stored with it fail too.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn write_field(whole: &mut Vec<u8>, field: Option<&[u8]>) {
    match field {
        Some(field) => {
            whole.extend_from_slice(format!("{}:", field.len()).as_bytes());
            whole.extend_from_slice(field);
            whole.push(b',');
        }
        None => whole.push(b'~'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record {
            number: 2,
            at: Timestamp(1_795_311_000),
            event: "write".into(),
            outcome: "done".into(),
            person: Some("demo ana".into()),
            person_name: Some("Ana Ü".into()),
            team: Some("storefront".into()),
            principal: None,
            address: None,
            action: Some("ecr:StartLifecyclePolicyPreview".into()),
            registry: Some("retail".into()),
            repository: Some("storefront/users-api".into()),
            arguments: vec![("tag".into(), "prod".into())],
            statement: None,
            request: "r-1".into(),
            previous: BEGINNING.into(),
            hash: String::new(),
            unreadable: Vec::new(),
        }
    }

    /// Computed by the program in docs/audit.md, because others must be able to verify the log.
    #[test]
    fn the_hash_matches_the_documentation() {
        assert_eq!(
            record().hash_after(BEGINNING),
            "39b62990b6d4ef139c015cd7de46e71c1caafd68cdddbcc238ad8c417810f62e"
        );
    }

    #[test]
    fn the_hash_covers_every_part_of_a_row() {
        let whole = record();
        let changes: [fn(&mut Record); 19] = [
            |row| row.number += 1,
            |row| row.at.0 += 1,
            |row| row.event = "sign-in".into(),
            |row| row.outcome = "failed".into(),
            |row| row.person = None,
            |row| row.person_name = Some(String::new()),
            |row| row.person_name = None,
            |row| row.team = Some("storefront2".into()),
            |row| row.principal = Some(String::new()),
            |row| row.address = Some("::1".into()),
            |row| row.action = None,
            |row| row.registry = Some("x".into()),
            |row| row.repository = Some("x".into()),
            |row| row.arguments.clear(),
            |row| row.arguments = vec![("tagp".into(), "rod".into())],
            |row| row.statement = Some("~".into()),
            |row| row.request = "r-2".into(),
            // Values that move from one field into the next.
            |row| (row.team, row.principal) = (None, row.team.clone()),
            |row| row.registry = Some("retail,20:storefront/users-api".into()),
        ];
        let mut hashes: Vec<_> = changes
            .iter()
            .map(|change| {
                let mut row = whole.clone();
                change(&mut row);
                row.hash_after(BEGINNING)
            })
            .collect();
        hashes.push(whole.hash_after(BEGINNING));
        hashes.push(whole.hash_after(&"1".repeat(64)));
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), changes.len() + 2);
    }
}
