//! The crawler's own way to ECR.

/// The right to call ECR for nobody: the crawler's. The inventory alone makes it, and what a call brings under
/// it is [`Crawled`]: only the inventory can open that.
#[derive(Debug)]
pub struct HostCall {
    _made_for_the_inventory: (),
}

impl HostCall {
    /// For [`Inventory::new`](crate::Inventory::new) alone.
    pub(crate) fn of_the_inventory() -> Self {
        Self {
            _made_for_the_inventory: (),
        }
    }
}

/// What ECR answered to a [`HostCall`]. Its content may enter the inventory, and go nowhere else.
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
    /// What ECR answered, for tests of the client.
    pub(crate) fn seen_by_tests(&self) -> &T {
        &self.0
    }
}
