//! The encoding of long lists.

use http::Method;
use leptos::server_fn::{
    Bytes, ContentType, Encodes,
    codec::{Encoding, FromRes, IntoRes},
    response::{ClientRes, TryRes},
};
use model::Whole;
use serde::{Serialize, de::DeserializeOwned};

use crate::compact::{Compact, CompactOutput};
use crate::error::AppError;

/// An answer that takes long to encode: a list with thousands of rows. The encoding runs on the worker threads for long
/// tasks, so that the threads that answer requests stay free.
pub struct Long;

impl ContentType for Long {
    const CONTENT_TYPE: &'static str = Compact::CONTENT_TYPE;
}

impl Encoding for Long {
    const METHOD: Method = CompactOutput::METHOD;
}

impl<Row, Response> IntoRes<Long, Response, AppError> for Whole<Row>
where
    Row: Serialize + Send + 'static,
    Response: TryRes<AppError>,
{
    async fn into_res(self) -> Result<Response, AppError> {
        Response::try_from_bytes(Long::CONTENT_TYPE, written(self).await?)
    }
}

impl<Row, Response> FromRes<Long, Response, AppError> for Whole<Row>
where
    Row: DeserializeOwned + Send,
    Response: ClientRes<AppError> + Send,
{
    async fn from_res(response: Response) -> Result<Self, AppError> {
        <Self as FromRes<CompactOutput, Response, AppError>>::from_res(response).await
    }
}

#[cfg(feature = "ssr")]
async fn written<Row>(whole: Whole<Row>) -> Result<Bytes, AppError>
where
    Row: Serialize + Send + 'static,
{
    let request = crate::request::Request::current()?;
    let viewer = request.viewer()?;
    let write = move || Compact::encode(&whole);
    let written = request.gantry.catalog.work(viewer, write).await;
    written.map_err(|_| AppError::Internal)
}

/// The browser never sends a list.
#[cfg(not(feature = "ssr"))]
async fn written<Row: Serialize>(whole: Whole<Row>) -> Result<Bytes, AppError> {
    Compact::encode(&whole).map_err(|_| AppError::Internal)
}
