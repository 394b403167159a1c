//! Callers, and the two kinds of credentials that the registry issues: login passwords and links.

use std::time::Duration;

use super::{Content, Digest, EcrError, ErrorKind, Registry, Timestamp};

/// How long a login is valid (GetAuthorizationToken).
const LOGIN: Duration = Duration::from_secs(12 * 60 * 60);
/// How long a download link is valid (GetDownloadUrlForLayer).
const LINK: Duration = Duration::from_secs(60 * 60);

/// The principal that signed a request, with the fields of GetCallerIdentity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Its account.
    pub account: String,
    /// Its ARN: a user, or a session of a role.
    pub arn: String,
    /// Its unique ID.
    pub user_id: String,
}

/// A session of an assumed role (AssumeRole).
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) caller: Caller,
    pub(crate) expires_at: Timestamp,
}

/// A login for `/v2/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// The password for the user name `AWS`.
    pub password: String,
    /// When it expires.
    pub expires_at: Timestamp,
}

impl Registry {
    /// A login that is valid for twelve hours.
    #[must_use]
    pub fn issue_login(&self) -> Authorization {
        let expires_at = Timestamp::now().after(LOGIN);
        Authorization {
            password: self.seal.seal("login", &expires_at.seconds().to_string()),
            expires_at,
        }
    }

    /// Checks a password for the user name `AWS`.
    ///
    /// # Errors
    /// `AccessDenied` if this registry did not issue it, `ExpiredToken` if it has expired.
    pub fn authorize(&self, password: &str) -> Result<(), EcrError> {
        let expiry = self
            .seal
            .open("login", password)
            .ok_or_else(|| EcrError::new(ErrorKind::AccessDenied, "Not Authorized"))?;
        check_expiry(
            &expiry,
            "Your authorization token has expired. Reauthenticate and try again.",
        )
    }

    /// The last segment of a link that downloads a blob and is valid for an hour.
    #[must_use]
    pub fn issue_link(&self, repository: &str, blob: &Digest) -> String {
        let expiry = Timestamp::now().after(LINK).seconds();
        self.seal
            .seal("link", &format!("{expiry} {blob} {repository}"))
    }

    /// The blob that a link leads to.
    ///
    /// # Errors
    /// `AccessDenied` for a link that was not issued here, `ExpiredToken` for an expired one, and any error of
    /// [`super::Images::find_blob`].
    pub fn follow_link(&self, link: &str) -> Result<Content, EcrError> {
        let forged = || EcrError::new(ErrorKind::AccessDenied, "Access Denied");
        let link = self.seal.open("link", link).ok_or_else(forged)?;
        let mut words = link.splitn(3, ' ');
        let (Some(expiry), Some(blob), Some(repository)) =
            (words.next(), words.next(), words.next())
        else {
            return Err(forged());
        };
        check_expiry(expiry, "Request has expired")?;
        let blob: Digest = blob.parse().map_err(|_| forged())?;
        self.read_images(repository, |images| images.find_blob(&blob).cloned())
    }
}

fn check_expiry(expiry: &str, message: &str) -> Result<(), EcrError> {
    match expiry.parse() {
        Ok(expiry) if Timestamp::now() < Timestamp::from_seconds(expiry) => Ok(()),
        _ => Err(EcrError::new(ErrorKind::ExpiredToken, message)),
    }
}

impl Caller {
    /// The role, if the caller is a session of one: `arn:aws:iam::ACCOUNT:role/NAME`.
    #[must_use]
    pub fn role_arn(&self) -> Option<String> {
        let (front, rest) = self.arn.split_once(":sts::")?;
        let (account, session) = rest.split_once(":assumed-role/")?;
        let (role, _) = session.rsplit_once('/')?;
        Some(format!("{front}:iam::{account}:role/{role}"))
    }
}
