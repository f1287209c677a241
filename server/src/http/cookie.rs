//! The two cookies: a session, and a device that may have a new one.
//!
//! Over TLS they carry the `__Host-` prefix and `Secure`; without TLS a browser would drop such cookies, so on
//! plain HTTP (a server on one's own machine) they go without.

use crate::people::{Secret, Tokens};
use actix_web::HttpResponseBuilder;
use actix_web::http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use samverk_shared::limits::DEVICE_S_MAX;

/// Which cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Opens the session; gone when the browser closes.
    Session,
    /// Gives a new session.
    Device,
}

impl Cookie {
    fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Cookie::Session, true) => "__Host-samverk-session",
            (Cookie::Session, false) => "samverk-session",
            (Cookie::Device, true) => "__Host-samverk-device",
            (Cookie::Device, false) => "samverk-device",
        }
    }

    /// The secret in a request's cookie, where there is one.
    pub fn read(self, https: bool, headers: &HeaderMap) -> Option<Secret> {
        let lines = headers.get_all(COOKIE).filter_map(|value| value.to_str().ok());
        let mut pairs = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        pairs
            .find(|(name, _)| *name == self.name(https))
            .and_then(|(_, value)| Secret::presented(value))
    }

    /// The header that gives it to the browser.
    fn give(self, https: bool, secret: &Secret) -> String {
        let age = match self {
            Cookie::Session => String::new(),
            Cookie::Device => format!("; Max-Age={DEVICE_S_MAX}"),
        };
        self.line(https, secret.reveal(), &age)
    }

    /// The header that takes it away.
    pub fn take(self, https: bool) -> String {
        self.line(https, "", "; Max-Age=0")
    }

    fn line(self, https: bool, value: &str, age: &str) -> String {
        let secure = if https { "; Secure" } else { "" };
        format!(
            "{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}",
            self.name(https)
        )
    }
}

/// Adds the cookie of a session's new token, unless the answer ends the session or begins another.
pub fn renew(headers: &mut HeaderMap, https: bool, token: &Secret) {
    let name = Cookie::Session.name(https);
    let says = |line: &HeaderValue| line.to_str().is_ok_and(|line| line.starts_with(name));
    if headers.get_all(SET_COOKIE).any(says) {
        return;
    }
    if let Ok(line) = HeaderValue::from_str(&Cookie::Session.give(https, token)) {
        headers.append(SET_COOKIE, line);
    }
}

/// Adds the cookies of new tokens to an answer.
pub fn give(response: &mut HttpResponseBuilder, https: bool, tokens: &Tokens) {
    response.append_header((SET_COOKIE, Cookie::Session.give(https, &tokens.session)));
    if let Some(device) = &tokens.device {
        response.append_header((SET_COOKIE, Cookie::Device.give(https, device)));
    }
}
