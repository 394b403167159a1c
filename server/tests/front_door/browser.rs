//! A dashboard, and people who use it.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};

use app::compact::read;
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use ecr_local::{EcrLocal, Faults, Options, Rule, Seed};
use model::{Whole, repository::RepositoryRow};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header, redirect::Policy};
use serde::de::DeserializeOwned;
use server::{config::Config, demo::Demo, sign_in::SignIn};
use store::{StoreUrl, audit::Audit};

/// A dashboard over the demo's registry.
pub struct Dashboard {
    pub url: String,
    audit: Audit,
}

impl Dashboard {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// A dashboard whose registry has these faults from the first request on.
    pub async fn start_with(faults: &[Rule]) -> Self {
        let any: SocketAddr = (Ipv4Addr::LOCALHOST, 0).into();
        let options = Options {
            seed: Seed::Demo,
            ..Options::default()
        };
        let embedded = EcrLocal::bind(any, options).await.unwrap();
        for fault in faults {
            embedded.faults().add(fault.clone());
        }
        Self::of(Demo::start(any, embedded, None).await.unwrap())
    }

    /// The audit log, for rows that no page can make it record.
    pub fn audit(&self) -> &Audit {
        &self.audit
    }

    /// A dashboard with additional configuration.
    pub async fn with(more: &str) -> Self {
        Self::configured_with_faults(more).await.0
    }

    /// The same, with the faults of its registry.
    pub async fn configured_with_faults(more: &str) -> (Self, Arc<Faults>) {
        let any: SocketAddr = (Ipv4Addr::LOCALHOST, 0).into();
        let options = Options {
            seed: Seed::Demo,
            ..Options::default()
        };
        let embedded = EcrLocal::bind(any, options).await.unwrap();
        let faults = Arc::clone(embedded.faults());
        let demo = Demo::start_with(any, embedded, None, more).await.unwrap();
        (Self::of(demo), faults)
    }

    /// A dashboard that also has the carrier's registry, with these faults from the first request on. Also returns
    /// its faults.
    pub async fn beside_partner(faults: &[Rule], more: &str) -> (Self, Arc<Faults>) {
        let any: SocketAddr = (Ipv4Addr::LOCALHOST, 0).into();
        let options = Options {
            seed: Seed::Demo,
            ..Options::default()
        };
        let partner = server::demo::partner(options.clone());
        let partner = EcrLocal::bind(any, partner).await.unwrap();
        let its_faults = Arc::clone(partner.faults());
        for fault in faults {
            its_faults.add(fault.clone());
        }
        let embedded = EcrLocal::bind(any, options).await.unwrap();
        let demo = Demo::start_with(any, embedded, Some(partner), more).await;
        (Self::of(demo.unwrap()), its_faults)
    }

    fn of(demo: Demo) -> Self {
        let url = format!("http://{}", demo.address());
        let audit = demo.audit().clone();
        tokio::spawn(demo.run());
        Self { url, audit }
    }

    /// A dashboard over the demo's registry, served as `gantry serve` does, with the demo's configuration and this
    /// addition.
    pub async fn configured(more: &str) -> Self {
        let any: SocketAddr = (Ipv4Addr::LOCALHOST, 0).into();
        let options = Options {
            seed: Seed::Demo,
            ..Options::default()
        };
        let embedded = EcrLocal::bind(any, options).await.unwrap();
        let text =
            server::demo::CONFIGURATION.replace("http://127.0.0.1:4510", &embedded.endpoint_url());
        let data_dir = tempfile::tempdir().unwrap();
        let text = format!("{text}\n{more}");
        let none = std::iter::empty();
        let mut config = Config::parse(&text, "a test", Path::new(""), none).unwrap();
        config.listen = any;
        if config.stores_in_data_dir() {
            config.store = StoreUrl::file(&data_dir.path().join("gantry.db"));
        }
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "the tests");
        config.gantry.credentials = Some(SharedCredentialsProvider::new(credentials));
        let settings = config.sign_in.take().unwrap();
        let sign_in = SignIn::configured(settings, config.public_url.as_deref()).unwrap();
        let dashboard = server::serve::Dashboard::start(config, sign_in)
            .await
            .unwrap();
        let url = format!("http://{}", dashboard.address());
        let audit = dashboard.audit().clone();
        tokio::spawn(embedded.serve(std::future::pending()));
        tokio::spawn(async move {
            dashboard.run().await;
            drop(data_dir);
        });
        Self { url, audit }
    }

    /// Waits until every registry has been read once, as a load balancer does.
    pub async fn ready(self) -> Self {
        for _ in 0..600 {
            if self.stranger().get("/readyz").await.status() == StatusCode::OK {
                return self;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        unreachable!("the dashboard never became ready")
    }

    /// A person who is not signed in.
    pub fn stranger(&self) -> Person {
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Person {
            client,
            url: self.url.clone(),
            cookie: String::new(),
        }
    }

    /// One of the demo's people, signed in.
    pub async fn person(&self, id: &str) -> Person {
        let mut person = self.stranger();
        let answer = person.post("/sign-in", &[("persona", id)]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        person.cookie = session_cookie(&answer);
        person
    }
}

/// The session's cookie that an answer sets.
pub fn session_cookie(answer: &Response) -> String {
    cookie(answer, "gantry_session=").unwrap()
}

/// The cookie that an answer sets for sign-ins in progress.
pub fn sign_in_cookie(answer: &Response) -> String {
    cookie(answer, "gantry_sign_in=").unwrap()
}

/// A cookie that an answer sets, as the browser sends it back.
pub fn cookie(answer: &Response, begins: &str) -> Option<String> {
    let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
    let cookie = cookies
        .map(|value| value.to_str().unwrap())
        .find(|cookie| cookie.starts_with(begins))?;
    cookie.split(';').next().map(str::to_owned)
}

/// Every cookie that an answer sets and does not clear, as the browser sends them back.
pub fn cookies(answer: &Response) -> Vec<String> {
    let all = answer.headers().get_all(header::SET_COOKIE).iter();
    let kept = all.map(|value| value.to_str().unwrap());
    let kept = kept.filter(|cookie| !cookie.contains("Max-Age=0"));
    kept.map(|cookie| cookie.split(';').next().unwrap().to_owned())
        .collect()
}

/// A person with a browser.
pub struct Person {
    client: Client,
    pub url: String,
    pub cookie: String,
}

impl Person {
    /// A request with only the session cookie.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        if self.cookie.is_empty() {
            request
        } else {
            request.header(header::COOKIE, &self.cookie)
        }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// What a server function answers.
    pub async fn ask<Answer: DeserializeOwned>(&self, path: &str) -> Answer {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        read(&answer.bytes().await.unwrap()).unwrap()
    }

    /// Every repository that the person's list has.
    pub async fn listed(&self) -> Vec<RepositoryRow> {
        self.ask::<Whole<_>>("/api/repositories").await.rows
    }

    /// Requests a preview of a lifecycle policy. Returns the answer's status and its redirect target.
    pub async fn preview(&self, repository: &str) -> (StatusCode, String) {
        let form = [("registry", "retail"), ("name", repository)];
        let answer = self.post("/lifecycle/preview", &form).await;
        let led_to = answer.headers().get(header::LOCATION);
        let led_to = led_to.map_or("", |led_to| led_to.to_str().unwrap());
        (answer.status(), led_to.to_owned())
    }

    /// Follows a redirect with the cookies that the answer set.
    pub async fn follow(&self, answer: &Response) -> Response {
        let path = answer.headers()[header::LOCATION].to_str().unwrap();
        self.get_with(path, &cookies(answer)).await
    }

    /// Opens a page with more cookies than the session's.
    pub async fn get_with(&self, path: &str, more: &[String]) -> Response {
        self.request_with(path, more).send().await.unwrap()
    }

    /// A request for a page with more cookies than the session's.
    pub fn request_with(&self, path: &str, more: &[String]) -> RequestBuilder {
        let own = [self.cookie.clone()];
        let all = own.iter().chain(more).filter(|cookie| !cookie.is_empty());
        let all = all.cloned().collect::<Vec<_>>().join("; ");
        let request = self.client.get(format!("{}{path}", self.url));
        request.header(header::COOKIE, all)
    }

    /// Creates a link with this form, and returns its path.
    pub async fn share(&self, form: &[(&str, &str)]) -> String {
        let answer = self.post("/links/new", form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let page = self.follow(&answer).await;
        assert_eq!(page.status(), StatusCode::OK);
        let page = page.text().await.unwrap();
        let start = page.find("/s/").unwrap();
        let end = page[start..].find(['<', '"']).unwrap();
        page[start..start + end].to_owned()
    }

    /// Sends a form from a page of the dashboard itself.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let request = self
            .request(Method::POST, path)
            .header(header::ORIGIN, &self.url);
        request
            .header("sec-fetch-site", "same-origin")
            .form(form)
            .send()
            .await
            .unwrap()
    }
}
