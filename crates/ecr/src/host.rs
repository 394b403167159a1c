//! The crawler's access to ECR.

/// The right to call ECR for no viewer. Only the inventory can create it, for the crawler. The
/// result of such a call is [`Crawled`], which only the inventory can open.
#[derive(Debug)]
pub struct HostCall {
    _made_for_the_inventory: (),
}

impl HostCall {
    /// Only for [`Inventory::new`](crate::Inventory::new).
    pub(crate) fn of_the_inventory() -> Self {
        Self {
            _made_for_the_inventory: (),
        }
    }
}

/// ECR's answer to a [`HostCall`]. Its content can enter the inventory and nothing else.
#[derive(Debug)]
pub struct Crawled<T>(T);

impl<T> Crawled<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(value)
    }

    pub(crate) fn enter(self) -> T {
        self.0
    }
}

#[cfg(test)]
impl<T> Crawled<T> {
    /// The answer, for tests of the client.
    pub(crate) fn seen_by_tests(&self) -> &T {
        &self.0
    }
}
