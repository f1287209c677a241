//! Where a request comes from: this server's own pages, or somebody else's (H1).

use crate::config::Config;
use crate::people::RelyingParty;
use actix_web::http::Method;
use actix_web::http::header::{HOST, HeaderMap, ORIGIN};
use std::net::IpAddr;

/// Whether a request that changes something may do so: it comes from a page of this server, or a person typed it.
pub fn may_change(config: &Config, method: &Method, headers: &HeaderMap) -> bool {
    if method.is_safe() {
        return true;
    }
    match headers.get("sec-fetch-site").map(|site| site.as_bytes()) {
        Some(site) => site == b"same-origin" || site == b"none",
        None => is_own(config, headers),
    }
}

/// Whether the browser says that a request comes from another site's page.
pub fn is_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(|site| site.as_bytes());
    site.is_some_and(|site| site != b"same-origin" && site != b"none")
}

/// Whether the request names an origin, and it is the server's own: by `--public-url`, else by the `Host`
/// of the request where that is an address or `localhost`. A name that somebody points at this machine does
/// not make its pages the server's own.
pub fn is_own(config: &Config, headers: &HeaderMap) -> bool {
    let Some(origin) = text(headers, ORIGIN.as_str()) else {
        return false;
    };
    let public = config
        .public_url
        .as_ref()
        .is_some_and(|url| url.origin() == origin);
    let local = host(headers)
        .filter(|host| is_local_name(host))
        .is_some_and(|host| {
            origin.strip_prefix("http://") == Some(host) && config.public_url.as_ref().is_none_or(is_plain)
        });
    public || local
}

/// The address that passkeys are for: that of `--public-url`, else `localhost`. `None` where people use a bare address,
/// for which browsers keep no passkeys.
pub fn passkey_party(config: &Config, headers: &HeaderMap) -> Option<RelyingParty> {
    let origin = match &config.public_url {
        Some(url) => url.origin().to_owned(),
        None => format!(
            "http://{}",
            host(headers).filter(|host| name(host) == "localhost")?
        ),
    };
    let domain = name(origin.split_once("://")?.1).to_owned();
    RelyingParty::new(&domain, origin)
}

/// Whether a peer of open sync is a program, or a page from this machine or server.
pub fn is_open_to(config: &Config, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else { return false };
    let local = origin
        .split_once("://")
        .is_some_and(|(_, host)| is_loopback_name(host));
    local || config.open_sync_anywhere || is_own(config, headers)
}

/// The `Host` of the request, where it is written as one.
pub fn host(headers: &HeaderMap) -> Option<&str> {
    let host = text(headers, HOST.as_str())?;
    let fits = |c: char| c.is_ascii_alphanumeric() || ".-_:[]".contains(c);
    (!host.is_empty() && host.chars().all(fits)).then_some(host)
}

fn is_plain(url: &crate::config::PublicUrl) -> bool {
    url.origin().starts_with("http://")
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A host without its port.
fn name(host: &str) -> &str {
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.split(':').next().unwrap_or(host),
    }
}

fn is_local_name(host: &str) -> bool {
    name(host) == "localhost" || name(host).parse::<IpAddr>().is_ok()
}

fn is_loopback_name(host: &str) -> bool {
    name(host) == "localhost" || name(host).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};
    use std::net::SocketAddr;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            map.insert(name, HeaderValue::from_str(value).unwrap());
        }
        map
    }

    fn config(public_url: Option<&str>) -> Config {
        let mut config = Config::new(SocketAddr::from(([127, 0, 0, 1], 8080)), "data".into());
        config.public_url = public_url.map(|url| url.parse().unwrap());
        config
    }

    fn own(public_url: Option<&str>, origin: &str, host: &str) -> bool {
        is_own(
            &config(public_url),
            &headers(&[("origin", origin), ("host", host)]),
        )
    }

    #[test]
    fn h1_only_the_exact_origin_is_the_servers_own() {
        assert!(own(None, "http://127.0.0.1:8080", "127.0.0.1:8080"));
        assert!(own(None, "http://localhost:8080", "localhost:8080"));
        assert!(own(None, "http://[::1]:8080", "[::1]:8080"));
        assert!(own(
            Some("https://samverk.no"),
            "https://samverk.no",
            "samverk.no"
        ));
        let evil = [
            "http://evil.no",
            "null",
            "http://127.0.0.1:8081",
            "http://127.0.0.1:8080.evil.no",
            "127.0.0.1:8080",
        ];
        for origin in evil {
            assert!(!own(None, origin, "127.0.0.1:8080"), "{origin}");
        }
        assert!(!own(
            Some("https://samverk.no"),
            "https://samverk.no.evil.no",
            "samverk.no"
        ));
        assert!(!own(
            Some("https://samverk.no"),
            "http://samverk.no",
            "samverk.no"
        ));
    }

    #[test]
    fn h1_a_name_pointed_at_this_machine_is_not_its_own() {
        assert!(!own(None, "http://evil.no:8080", "evil.no:8080"));
        assert!(!own(
            Some("https://samverk.no"),
            "http://127.0.0.1:8080",
            "127.0.0.1:8080"
        ));
    }

    #[test]
    fn h10_passkeys_are_for_the_public_address_or_for_localhost() {
        let party = |public_url, host| passkey_party(&config(public_url), &headers(&[("host", host)]));
        assert!(party(Some("https://samverk.no"), "127.0.0.1:8080").is_some());
        assert!(party(None, "localhost:8080").is_some());
        assert!(party(None, "127.0.0.1:8080").is_none());
        assert!(party(None, "evil.no").is_none());
        assert!(party(Some("http://10.0.0.1:8080"), "localhost:8080").is_none());
    }

    #[test]
    fn h1_a_request_without_a_word_of_where_it_comes_from_changes_nothing() {
        let config = config(None);
        let host = ("host", "127.0.0.1:8080");
        assert!(may_change(&config, &Method::GET, &headers(&[host])));
        assert!(!may_change(&config, &Method::POST, &headers(&[host])));
        assert!(may_change(
            &config,
            &Method::POST,
            &headers(&[host, ("sec-fetch-site", "same-origin")])
        ));
        assert!(!may_change(
            &config,
            &Method::POST,
            &headers(&[host, ("sec-fetch-site", "same-site")])
        ));
        let both = [
            host,
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://127.0.0.1:8080"),
        ];
        assert!(!may_change(&config, &Method::DELETE, &headers(&both)));
    }
}
