use serde::Deserialize;

use super::seal::Seal;
use super::{EcrError, ErrorKind, Registry};

/// The paging parameters of a client, flattened into the requests that have pages.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageRequest {
    /// The maximum number of items.
    pub max_results: Option<u32>,
    /// The token for the page, from the previous page.
    pub next_token: Option<String>,
}

impl PageRequest {
    /// Refuses paging in a request whose parameter `names` lists specific items.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn check_unused(&self, names: &str) -> Result<(), EcrError> {
        let paging = match self {
            Self {
                max_results: None,
                next_token: None,
            } => return Ok(()),
            Self {
                max_results: Some(_),
                ..
            } => "maxResults",
            Self { .. } => "nextToken",
        };
        Err(EcrError::new(
            ErrorKind::InvalidParameter,
            format!("Invalid parameter at '{paging}': it cannot be used together with '{names}'"),
        ))
    }
}

/// Some items of a list, and the token for the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<Item> {
    /// The items.
    pub items: Vec<Item>,
    /// The token for the next page. None after the last one.
    pub next_token: Option<String>,
}

/// The list that is paged. Its tokens work for no other list, and it has these limits.
pub(crate) struct Listing<'a> {
    /// The operation and everything that filters the list, such as the repository.
    pub(crate) purpose: &'a str,
    /// The page's length if the client sets none.
    pub(crate) default: u32,
    /// The longest page that a client can request.
    pub(crate) limit: u32,
}

impl Listing<'_> {
    /// One page of items, sorted by their unique keys. A token contains the last key of the page, so that items which
    /// are added or removed in the meantime do not repeat or hide others.
    fn page<Item>(
        &self,
        seal: &Seal,
        request: &PageRequest,
        items: impl IntoIterator<Item = (String, Item)>,
    ) -> Result<Page<Item>, EcrError> {
        let length = request.max_results.unwrap_or(self.default);
        if !(1..=self.limit).contains(&length) {
            return Err(EcrError::invalid(
                "maxResults",
                &format!("Member must have value between 1 and {}", self.limit),
            ));
        }
        let after = match request.next_token.as_deref() {
            Some(token) => Some(seal.open(self.purpose, token).ok_or_else(bad_token)?),
            None => None,
        };
        let mut rest = items
            .into_iter()
            .skip_while(|(key, _)| after.as_ref().is_some_and(|after| key <= after))
            .peekable();
        let mut page = Vec::new();
        let mut last = None;
        while page.len() < length as usize
            && let Some((key, item)) = rest.next()
        {
            page.push(item);
            last = Some(key);
        }
        let more = rest.peek().is_some();
        Ok(Page {
            items: page,
            next_token: last
                .filter(|_| more)
                .map(|key| seal.seal(self.purpose, &key)),
        })
    }
}

impl Registry {
    /// One page of a listing whose items are sorted by their unique keys.
    ///
    /// # Errors
    /// `InvalidParameterException` for a length or a token that is not valid for the listing.
    pub(crate) fn page<Item>(
        &self,
        listing: &Listing<'_>,
        request: &PageRequest,
        items: impl IntoIterator<Item = (String, Item)>,
    ) -> Result<Page<Item>, EcrError> {
        listing.page(&self.seal, request, items)
    }
}

fn bad_token() -> EcrError {
    EcrError::new(
        ErrorKind::InvalidParameter,
        "Invalid parameter at 'nextToken': the token was not issued for this request",
    )
}
