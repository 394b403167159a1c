//! The encoding of long lists.

use http::Method;
use leptos::server_fn::{
    Bytes, ContentType, Encodes,
    codec::{Encoding, FromRes, IntoRes, Json, JsonEncoding},
    response::{ClientRes, TryRes},
};
use model::Whole;
use serde::{Serialize, de::DeserializeOwned};

use crate::error::AppError;

/// JSON that takes long to encode: a list with thousands of rows is several megabytes. The encoding runs on the worker
/// threads for long tasks, so that the threads that answer requests stay free.
pub struct LongJson;

impl ContentType for LongJson {
    const CONTENT_TYPE: &'static str = Json::CONTENT_TYPE;
}

impl Encoding for LongJson {
    const METHOD: Method = Json::METHOD;
}

impl<Row, Response> IntoRes<LongJson, Response, AppError> for Whole<Row>
where
    Row: Serialize + Send + 'static,
    Response: TryRes<AppError>,
{
    async fn into_res(self) -> Result<Response, AppError> {
        Response::try_from_bytes(LongJson::CONTENT_TYPE, written(self).await?)
    }
}

impl<Row, Response> FromRes<LongJson, Response, AppError> for Whole<Row>
where
    Row: DeserializeOwned + Send,
    Response: ClientRes<AppError> + Send,
{
    async fn from_res(response: Response) -> Result<Self, AppError> {
        <Self as FromRes<Json, Response, AppError>>::from_res(response).await
    }
}

#[cfg(feature = "ssr")]
async fn written<Row>(whole: Whole<Row>) -> Result<Bytes, AppError>
where
    Row: Serialize + Send + 'static,
{
    let request = crate::request::Request::current()?;
    let viewer = request.viewer()?;
    let write = move || JsonEncoding::encode(&whole);
    let written = request.gantry.catalog.work(viewer, write).await;
    written.map_err(|_| AppError::Internal)
}

/// The browser never sends a list.
#[cfg(not(feature = "ssr"))]
async fn written<Row: Serialize>(whole: Whole<Row>) -> Result<Bytes, AppError> {
    JsonEncoding::encode(&whole).map_err(|_| AppError::Internal)
}
