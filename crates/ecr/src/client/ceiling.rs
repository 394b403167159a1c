//! A limit on the size of an answer. The SDK reads each answer completely, and answers that repeat
//! pushed content are as large as the person who pushed it wants.

use std::error::Error;

use aws_sdk_ecr::config::{
    ConfigBag, Intercept, RuntimeComponents,
    interceptors::BeforeDeserializationInterceptorContextMut,
};
use aws_smithy_types::body::SdkBody;
use http_body_util::{LengthLimitError, Limited};
use thiserror::Error;

use crate::content::MAX_BYTES;

/// The maximum size of an answer, in bytes. One manifest, or the annotations of one referrer,
/// always fit, even if JSON writes each byte as two.
const MAX_ANSWER: usize = 4 * MAX_BYTES;

/// Refuses an answer by its `Content-Length` before its body is read. Refuses an answer without
/// that header as soon as it exceeds the limit.
#[derive(Debug)]
pub(crate) struct Ceiling;

#[derive(Debug, Error)]
#[error("the answer has {0} bytes, and at most {MAX_ANSWER} are read")]
struct TooLarge(usize);

impl Intercept for Ceiling {
    fn name(&self) -> &'static str {
        "Ceiling"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let response = context.response_mut();
        let length = response.headers().get("content-length");
        let length = length.and_then(|length| length.parse().ok());
        if let Some(length) = length.filter(|length| *length > MAX_ANSWER) {
            return Err(TooLarge(length).into());
        }
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        *response.body_mut() = SdkBody::from_body_1_x(Limited::new(body, MAX_ANSWER));
        Ok(())
    }
}

/// Whether an answer was refused because it is too large.
pub(super) fn is_exceeded(error: &(dyn Error + 'static)) -> bool {
    let mut error = Some(error);
    while let Some(it) = error {
        if it.is::<TooLarge>() || it.is::<LengthLimitError>() {
            return true;
        }
        error = it.source();
    }
    false
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed connection is a failed test")]
mod tests {
    use std::{
        io::{BufRead, BufReader, Read, Write},
        net::{TcpListener, TcpStream},
        thread,
    };

    use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
    use model::{Problem, RepositoryName};
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        client::{EcrClient, Priority, RegistrySettings},
        host::HostCall,
    };

    /// Answers each request, in chunks and without a `Content-Length`.
    async fn endpoint(answer: impl Fn(&Value) -> String + Send + 'static) -> EcrClient {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let text = answer(&request(&mut stream));
                // A client that has read enough closes the connection.
                let _ = respond(&mut stream, &text);
            }
        });
        let settings = RegistrySettings {
            alias: "retail".parse().unwrap(),
            region: "eu-central-1".to_owned(),
            registry_id: None,
            role_arn: None,
            endpoint_url: Some(url),
        };
        let credentials = Credentials::new("id", "secret", None, None, "tests");
        let credentials = SharedCredentialsProvider::new(credentials);
        EcrClient::connect(settings, Some(credentials))
            .await
            .unwrap()
    }

    fn request(stream: &mut TcpStream) -> Value {
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn respond(stream: &mut TcpStream, text: &str) -> std::io::Result<()> {
        stream.write_all(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\n\
              transfer-encoding: chunked\r\nconnection: close\r\n\r\n",
        )?;
        for chunk in text.as_bytes().chunks(1 << 20) {
            write!(stream, "{:x}\r\n", chunk.len())?;
            stream.write_all(chunk)?;
            stream.write_all(b"\r\n")?;
        }
        stream.write_all(b"0\r\n\r\n")
    }

    async fn images(client: &EcrClient, most: usize) -> Result<usize, Problem> {
        let (call, name): (_, RepositoryName) =
            (HostCall::of_the_inventory(), "a/b".parse().unwrap());
        let images = client
            .images(&call, Priority::Interactive, &name, most)
            .await;
        images.map(|list| list.seen_by_tests().images.len())
    }

    fn image(number: u32, tags: &[String]) -> Value {
        json!({"imageDigest": format!("sha256:{number:064x}"), "imageTags": tags})
    }

    #[tokio::test]
    async fn an_answer_without_a_length_is_read_only_up_to_the_limit() {
        let long = "a".repeat(MAX_ANSWER);
        let client = endpoint(move |_| json!({"imageDetails": [], "more": long}).to_string()).await;
        assert_eq!(images(&client, 10).await, Err(Problem::Malformed));
    }

    #[tokio::test]
    async fn images_that_are_too_large_for_one_answer_are_read_in_smaller_pages() {
        let long = "a".repeat(MAX_ANSWER);
        let client = endpoint(move |request| {
            let next = request["nextToken"].as_str().unwrap_or("0");
            let number: u32 = next.parse().unwrap();
            let mut page = json!({"imageDetails": [image(number, &[])]});
            if request["maxResults"].as_u64().unwrap() > 100 {
                page["more"] = json!(long);
            }
            if number < 2 {
                page["nextToken"] = json!((number + 1).to_string());
            }
            page.to_string()
        });
        assert_eq!(images(&client.await, 10).await, Ok(3));
    }

    #[tokio::test]
    async fn tags_count_against_the_reading_limit() {
        let tags: Vec<_> = (0..400).map(|number| number.to_string()).collect();
        let page = json!({"imageDetails": [image(1, &tags), image(2, &[])]});
        let client = endpoint(move |_| page.to_string()).await;
        assert_eq!(images(&client, 102).await, Ok(2));
        assert_eq!(images(&client, 101).await, Err(Problem::Malformed));
    }
}
