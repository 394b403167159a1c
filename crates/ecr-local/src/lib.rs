//! An embedded ECR endpoint.
