//! A server on a free port, and browsers as small as they can be.

use samverk::people::Secret;
use samverk::{Config, RunningServer, start};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A server and its data folder.
pub struct Site {
    pub server: RunningServer,
    pub folder: TempDir,
}

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// Somebody's browser: an address and cookies.
#[derive(Debug, Clone)]
pub struct Browser {
    pub addr: SocketAddr,
    pub cookies: BTreeMap<String, String>,
}

pub fn config(folder: &TempDir) -> Config {
    let mut config = Config::new(SocketAddr::from(([127, 0, 0, 1], 0)), folder.path().join("data"));
    config.shards = 1;
    config
}

/// Origins that are not the server's, however like it they look.
pub fn evil_origins(port: u16) -> [String; 8] {
    [
        "http://evil.no".to_owned(),
        "null".to_owned(),
        "file://".to_owned(),
        "http://127.0.0.1".to_owned(),
        format!("http://127.0.0.1:{port}.evil.no"),
        format!("http://evil.127.0.0.1:{port}"),
        format!("http://127.0.0.1:{}", port - 1),
        format!("https://127.0.0.1:{port}"),
    ]
}

impl Site {
    pub async fn new() -> Site {
        Site::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(&folder);
        change(&mut config);
        Site {
            server: start(config).await.unwrap(),
            folder,
        }
    }

    pub fn browser(&self) -> Browser {
        Browser {
            addr: self.server.addr,
            cookies: BTreeMap::new(),
        }
    }

    pub fn owner_secret(&self) -> &Secret {
        self.server
            .owner_secret
            .as_ref()
            .expect("the first start makes an owner link")
    }

    /// A browser of the owner, and a workshop of theirs.
    pub async fn workshop(&self) -> (Browser, String) {
        let mut owner = self.browser();
        let secret = self.owner_secret().reveal();
        assert_eq!(
            owner
                .post("/api/v1/owner", json!({ "secret": secret }))
                .await
                .status,
            200
        );
        let new = json!({ "title": "Flom", "purpose": "Hvem gjør hva?" });
        let made = owner.post("/api/v1/workshops", new).await;
        assert_eq!(made.status, 201, "{made:?}");
        (owner, made.json()["workshop"].as_str().unwrap().to_owned())
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The last part of the problem's type.
    pub fn problem(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{self:?}"
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        problem["type"]
            .as_str()
            .unwrap()
            .strip_prefix("/problems/")
            .unwrap()
            .to_owned()
    }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], None).await
    }

    pub async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.send("POST", path, &[("sec-fetch-site", "same-origin")], Some(body))
            .await
    }

    pub async fn put(&mut self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, &[("sec-fetch-site", "same-origin")], Some(body))
            .await
    }

    pub async fn delete(&mut self, path: &str, body: Value) -> Answer {
        self.send("DELETE", path, &[("sec-fetch-site", "same-origin")], Some(body))
            .await
    }

    /// Comes in by a link.
    pub async fn join(&mut self, secret: &str, name: &str) -> Answer {
        self.post(
            "/api/v1/join",
            json!({ "secret": secret, "name": name, "actor_group": "kommune" }),
        )
        .await
    }

    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        match body {
            None => self.send_text(method, path, headers, "").await,
            Some(body) => {
                let headers = [headers, &[("content-type", "application/json")]].concat();
                self.send_text(method, path, &headers, &body.to_string()).await
            }
        }
    }

    /// Sends lists by the form of an import, with what was chosen.
    pub async fn upload(
        &mut self,
        path: &str,
        headers: &[(&str, &str)],
        files: &[(&str, &[u8])],
        choices: Option<Value>,
    ) -> Answer {
        const BOUNDARY: &str = "a-line-that-stands-in-no-list";
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!("name=\"file\"; filename=\"{name}\"");
            body.extend(part(BOUNDARY, &head, bytes));
        }
        if let Some(choices) = choices {
            body.extend(part(BOUNDARY, "name=\"choices\"", choices.to_string().as_bytes()));
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let own = [("sec-fetch-site", "same-origin"), ("content-type", kind.as_str())];
        self.send_bytes("POST", path, &[&own, headers].concat(), &body)
            .await
    }

    pub async fn send_text(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        self.send_bytes(method, path, headers, body.as_bytes()).await
    }

    pub async fn send_bytes(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.addr
        );
        if !body.is_empty() {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        if !self.cookies.is_empty() {
            head += &format!("Cookie: {}\r\n", self.cookie_line());
        }
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        let mut stream = TcpStream::connect(self.addr).await.unwrap();
        // A server that refuses a large body may close before it has all of it.
        stream
            .write_all(&[format!("{head}\r\n").as_bytes(), body].concat())
            .await
            .unwrap_or_default();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let answer = parse(&bytes);
        self.keep_cookies(&answer);
        answer
    }

    pub fn cookie_line(&self) -> String {
        let pairs: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            assert!(line.contains("; Path=/; HttpOnly; SameSite=Lax"), "{line}");
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

fn part(boundary: &str, head: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
    [head.as_bytes(), bytes, b"\r\n"].concat()
}

pub fn parse(bytes: &[u8]) -> Answer {
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("an answer has a head");
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap());
    let headers = headers
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    Answer {
        status,
        headers,
        body: bytes[end + 4..].to_vec(),
    }
}
