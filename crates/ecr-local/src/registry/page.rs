use serde::Deserialize;

use super::seal::Seal;
use super::{EcrError, ErrorKind, Registry};

/// What a client says about the page it wants; flattened into the requests that page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageRequest {
    /// How many items at most.
    pub max_results: Option<u32>,
    /// Where the page before ended.
    pub next_token: Option<String>,
}

impl PageRequest {
    /// Refuses paging in a request whose parameter `names` lists the items it asks for.
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
    /// The token to send for the next page; none after the last one.
    pub next_token: Option<String>,
}

/// Which list is paged: its tokens serve for nothing else, and its limits are these.
pub(crate) struct Listing<'a> {
    /// The operation and whatever narrows the list: repository, filter.
    pub(crate) purpose: &'a str,
    /// The page's length if the client names none.
    pub(crate) default: u32,
    /// The longest page that a client may ask for.
    pub(crate) limit: u32,
}

impl Listing<'_> {
    /// One page of items that come in the order of their unique keys. A token holds the last key
    /// it has passed, so that items which come or go meanwhile neither repeat nor hide others.
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
    /// One page of a listing whose items come in the order of their unique keys.
    ///
    /// # Errors
    /// `InvalidParameterException` for a length or a token that the listing does not take.
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
