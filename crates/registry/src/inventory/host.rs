//! The crawler's own way to ECR.

/// The right to call ECR for nobody: the crawler's. It is made once, where the process is wired, and
/// what a call brings under it is [`Crawled`]: only the inventory can open that.
#[derive(Debug)]
pub struct HostCall {
    _made_in_the_wiring: (),
}

impl HostCall {
    /// For [`Gantry::start`](crate::Gantry::start) alone.
    pub(crate) fn wire() -> Self {
        Self {
            _made_in_the_wiring: (),
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

    pub(super) fn enter(self) -> T {
        self.0
    }
}

#[cfg(test)]
impl<T> Crawled<T> {
    /// What ECR answered, for tests of the port.
    pub(crate) fn seen_by_tests(&self) -> &T {
        &self.0
    }
}
