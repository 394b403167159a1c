//! An OpenID provider whose answers a test can change.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::{SystemTime, UNIX_EPOCH},
};

use aws_lc_rs::digest::{SHA256, SHA384, SHA512, digest};
use axum::{
    Json, Router,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use super::signer::Signer;
use crate::browser::{Dashboard, Person, cookie, sign_in_cookie};

const ACCESS_TOKEN: &str = "an-access-token";

/// A provider, and its answers.
pub struct Provider {
    pub issuer: String,
    says: Arc<Mutex<Says>>,
}

/// The provider's answers. A null value removes a field.
pub struct Says {
    issuer: String,
    nonce: String,
    /// Fields of the discovery document, which replace the usual ones.
    pub metadata: Value,
    /// Claims of the ID token, which replace the usual ones.
    pub claims: Value,
    /// Fields of the ID token's header, which replace the usual ones.
    pub header: Value,
    /// Makes an unsigned or wrongly signed ID token from header and claims, instead of a correct one.
    pub forge: Option<fn(&Says, &Value, &Value) -> String>,
    /// Fields of the answer to a code, which replace the usual ones.
    pub answer: Value,
    /// The userinfo answer; a text is a signed token.
    pub userinfo: Option<Value>,
    pub signer: Arc<Signer>,
    pub keys: Vec<Value>,
    pub requests: HashMap<String, u32>,
}

impl Provider {
    /// A provider whose issuer has this path.
    pub async fn start(path: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}{path}", listener.local_addr().unwrap());
        let signer = Arc::new(Signer::new("RS256"));
        let says = Arc::new(Mutex::new(Says {
            issuer: issuer.clone(),
            nonce: String::new(),
            metadata: json!({}),
            claims: json!({}),
            header: json!({}),
            forge: None,
            answer: json!({}),
            userinfo: None,
            keys: vec![signer.jwk("key-1")],
            signer,
            requests: HashMap::new(),
        }));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&says));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { issuer, says }
    }

    pub fn says(&self) -> MutexGuard<'_, Says> {
        self.says.lock().unwrap()
    }

    /// How often an endpoint was called.
    pub fn requests(&self, endpoint: &str) -> u32 {
        *self.says().requests.get(endpoint).unwrap_or(&0)
    }

    /// A dashboard whose people sign in here.
    pub async fn dashboard(&self, more: &str) -> Dashboard {
        let issuer = &self.issuer;
        let configuration = format!(
            "[server]\npublic_url = \"http://127.0.0.1:1\"\n[sign_in.oidc]\nissuer = \"{issuer}\"\n\
             client_id = \"gantry\"\nclient_secret = \"a-secret\"\n{more}"
        );
        Dashboard::configured(&configuration).await.ready().await
    }

    /// A person signs in, or tries to. Returns the person and the problem that they see.
    pub async fn sign_in(&self, dashboard: &Dashboard) -> (Person, Option<String>) {
        let mut person = dashboard.stranger();
        let answer = person.get("/sign-in/start").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        person.cookie = sign_in_cookie(&answer);
        let asked = query(&answer);
        self.says().nonce.clone_from(&asked["nonce"]);
        let callback = format!("/sign-in/callback?code=a-code&state={}", asked["state"]);
        let answer = person.get(&callback).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        if let Some(session) = cookie(&answer, "gantry_session=") {
            person.cookie = session;
        }
        let problem = query(&answer).remove("problem");
        (person, problem)
    }

    /// A person signs in, and opens the list of repositories.
    pub async fn repositories(&self, dashboard: &Dashboard) -> String {
        let (person, problem) = self.sign_in(dashboard).await;
        assert_eq!(problem, None);
        person.get("/repositories").await.text().await.unwrap()
    }
}

impl Says {
    /// The ID token.
    fn id_token(&self) -> String {
        let hash = match &self.signer.algorithm()[2..] {
            "256" => &SHA256,
            "384" => &SHA384,
            _ => &SHA512,
        };
        let hash = digest(hash, ACCESS_TOKEN.as_bytes());
        let half = &hash.as_ref()[..hash.as_ref().len() / 2];
        let usual = json!({
            "iss": self.issuer, "aud": "gantry", "sub": "ana", "nonce": self.nonce,
            "iat": in_seconds(0), "exp": in_seconds(300), "at_hash": URL_SAFE_NO_PAD.encode(half),
        });
        let header = json!({"alg": self.signer.algorithm(), "kid": "key-1", "typ": "JWT"});
        let (header, claims) = (over(header, &self.header), over(usual, &self.claims));
        match self.forge {
            Some(forge) => forge(self, &header, &claims),
            None => self.signer.sign(&header, &claims),
        }
    }
}

/// A document with some fields replaced.
fn over(mut document: Value, fields: &Value) -> Value {
    let object = document.as_object_mut().unwrap();
    for (name, value) in fields.as_object().unwrap() {
        object.insert(name.clone(), value.clone());
    }
    object.retain(|_, value| !value.is_null());
    document
}

async fn answer(State(says): State<Arc<Mutex<Says>>>, request: Request) -> Response {
    let mut says = says.lock().unwrap();
    let endpoint = request.uri().path().rsplit('/').next().unwrap().to_owned();
    *says.requests.entry(endpoint.clone()).or_default() += 1;
    let root = says.issuer.trim_end_matches('/');
    match endpoint.as_str() {
        "openid-configuration" => {
            let usual = json!({
            "issuer": says.issuer,
            "authorization_endpoint": format!("{root}/authorize"),
            "token_endpoint": format!("{root}/token"),
            "userinfo_endpoint": says.userinfo.as_ref().map(|_| format!("{root}/userinfo")),
            "jwks_uri": format!("{root}/jwks"),
            "end_session_endpoint": format!("{root}/logout"),
            // Fields that Gantry does not use can have any value.
            "service_documentation": "none", "claims_supported": 7, "ui_locales_supported": "en",
            });
            Json(over(usual, &says.metadata)).into_response()
        }
        "jwks" => Json(json!({"keys": says.keys})).into_response(),
        "token" => {
            let usual = json!({
                "access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 3600,
                "id_token": says.id_token(),
            });
            Json(over(usual, &says.answer)).into_response()
        }
        "userinfo" => {
            let bearer = format!("Bearer {ACCESS_TOKEN}");
            assert_eq!(request.headers()[header::AUTHORIZATION], bearer.as_str());
            match &says.userinfo {
                Some(Value::String(token)) => {
                    let kind = [(header::CONTENT_TYPE, "application/jwt")];
                    (kind, token.clone()).into_response()
                }
                said => Json(said).into_response(),
            }
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The query of the redirect target.
fn query(answer: &reqwest::Response) -> HashMap<String, String> {
    let led_to = answer.headers()[header::LOCATION].to_str().unwrap();
    let base = reqwest::Url::parse("http://127.0.0.1:1").unwrap();
    let url = base.join(led_to).unwrap();
    url.query_pairs().into_owned().collect()
}

/// Seconds since 1970, this many from now.
pub fn in_seconds(seconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_secs()).unwrap() + seconds
}
