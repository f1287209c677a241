//! The web client as the server hands it out.

use crate::browser::Site;

#[tokio::test]
async fn the_page_answers_for_every_address_of_the_client_and_is_asked_for_anew() {
    let site = Site::new().await;
    let page = site.browser().get("/").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert_eq!(page.header("vary"), Some("Accept-Encoding"));
    assert_eq!(site.browser().get("/bli-med").await.body, page.body);
    let tag = page.header("etag").unwrap().to_owned();
    let same = site
        .browser()
        .send("GET", "/", &[("if-none-match", &tag)], None)
        .await;
    assert_eq!((same.status, same.body.len()), (304, 0));
    let missing = site.browser().get("/assets/none.js").await;
    assert_eq!((missing.status, missing.problem().as_str()), (404, "not-found"));
    for outside in [
        "/../Cargo.toml",
        "/assets/../../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/assets/%2e%2e/lock.txt",
    ] {
        assert_eq!(site.browser().get(outside).await.status, 404, "{outside}");
    }
}

#[tokio::test]
async fn the_script_the_page_names_is_kept_for_ever_and_comes_compressed() {
    let site = Site::new().await;
    let page = String::from_utf8(site.browser().get("/").await.body).unwrap();
    let script = page
        .split('"')
        .find(|part| part.starts_with("/assets/") && part.ends_with(".js"))
        .unwrap();
    let plain = site.browser().get(script).await;
    assert_eq!(
        plain.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(
        plain.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert_eq!(plain.header("content-encoding"), None);
    for (accepted, encoding) in [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
    ] {
        let small = site
            .browser()
            .send("GET", script, &[("accept-encoding", accepted)], None)
            .await;
        assert_eq!(small.header("content-encoding"), Some(encoding));
        assert_eq!(small.header("content-type"), plain.header("content-type"));
        assert_ne!(small.header("etag"), plain.header("etag"));
    }
}

#[tokio::test]
async fn the_operator_sees_health_readiness_and_numbers() {
    let site = Site::new().await;
    for path in ["/healthz", "/readyz"] {
        let answer = site.browser().get(path).await;
        assert_eq!((answer.status, answer.body.as_slice()), (200, b"ok".as_slice()));
    }
    let metrics = String::from_utf8(site.browser().get("/metrics").await.body).unwrap();
    assert!(
        metrics.contains("samverk_http_requests_total{route=\"/healthz\",status=\"2xx\"} 1"),
        "{metrics}"
    );
}

#[tokio::test]
async fn the_service_worker_is_asked_for_anew_and_lists_the_pages_script() {
    let site = Site::new().await;
    let worker = site.browser().get("/sw.js").await;
    assert_eq!(
        worker.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert_eq!(worker.header("cache-control"), Some("no-cache"));
    let policy = worker.header("content-security-policy").unwrap();
    assert!(policy.contains("worker-src 'self'"), "{policy}");
    let page = String::from_utf8(site.browser().get("/").await.body).unwrap();
    let script = page.split('"').find(|part| part.starts_with("/assets/")).unwrap();
    assert!(String::from_utf8(worker.body).unwrap().contains(script));
}
