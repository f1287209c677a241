//! The route table.

use super::{
    Problem, account, admin, audit, authorship, cases, characteristics, code_forms, collections, decisions,
    documents, double_coding, error, exports, imports, join, lines, link_back, links, merges, model_views,
    models, needs, openapi, owner, people, personal, places, session, sign_in, stage, states, status,
    tickets, views, workshops,
};
use crate::{connection, web as client};
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig, delete, get, post, put, resource, scope};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use samverk_shared::limits::JSON_BYTES_MAX;

/// Every route of the server.
#[rustfmt::skip]
pub fn routes(app: &mut ServiceConfig) {
    app.app_data(json()).app_data(path())
        .service(resource("/healthz").route(get().to(status::health)))
        .service(resource("/readyz").route(get().to(status::ready)))
        .service(resource("/metrics").route(get().to(status::metrics)))
        .service(resource("/sync").route(get().to(connection::sync)))
        .service(scope("/api/v1").default_service(web::to(unknown))
            .service(resource("/openapi.json").route(get().to(openapi::show)))
            .service(resource("/session").route(get().to(session::show)).route(delete().to(session::end)))
            .service(resource("/session/data").route(get().to(personal::export)).route(delete().to(personal::erase)))
            .service(resource("/owner").route(post().to(owner::become_owner)))
            .service(resource("/join/look").route(post().to(join::look)))
            .service(resource("/join").route(post().to(join::join)))
            .service(resource("/return").route(post().to(link_back::make)))
            .service(resource("/return/use").route(post().to(link_back::come_back)))
            .service(resource("/sign-in/begin").route(post().to(sign_in::begin)))
            .service(resource("/sign-in").route(post().to(sign_in::sign_in)))
            .service(resource("/account").route(get().to(account::show)))
            .service(resource("/account/name").route(put().to(account::rename)))
            .service(resource("/account/password").route(put().to(account::set_password)).route(delete().to(account::remove_password)))
            .service(resource("/account/passkeys/begin").route(post().to(account::begin_passkey)))
            .service(resource("/account/passkeys").route(post().to(account::add_passkey)))
            .service(resource("/account/passkeys/{passkey}").route(delete().to(account::remove_passkey)))
            .service(resource("/places").route(get().to(places::list)).route(delete().to(places::end_others)))
            .service(resource("/places/{place}").route(delete().to(places::end)))
            .service(resource("/tickets").route(post().to(tickets::issue)))
            .service(scope("/admin").wrap(from_fn(admin::owner_only)).default_service(web::to(unknown))
                .service(resource("/server").route(get().to(admin::server::show)))
                .service(resource("/workshops").route(get().to(admin::workshops::list)))
                .service(resource("/workshops/{workshop}/links/{link}").route(delete().to(admin::workshops::revoke)))
                .service(resource("/people").route(get().to(admin::people::list)))
                .service(resource("/people/{person}/places").route(delete().to(admin::people::end_places)))
                .service(resource("/people/{person}/places/{place}").route(delete().to(admin::people::end_place))))
            .service(resource("/workshops").route(post().to(workshops::create)))
            .service(scope("/workshops/{workshop}").default_service(web::to(unknown))
                .service(resource("").route(get().to(workshops::show)))
                .service(resource("/documents").route(get().to(documents::list)))
                .service(resource("/models").route(post().to(models::create)))
                .service(resource("/models/{subject}/challenges").route(put().to(models::complete)))
                .service(resource("/models/{subject}/report").route(put().to(models::set_in_report)))
                .service(resource("/models/{subject}/number").route(put().to(models::move_in_report)))
                .service(resource("/documents/{kind}").route(put().to(documents::furnish)))
                .service(resource("/register").route(get().to(views::register)))
                .service(resource("/views/variation").route(get().to(views::variation)))
                .service(resource("/views/grouping").route(get().to(views::grouping)))
                .service(resource("/views/hand-made").route(get().to(views::hand_made)))
                .service(resource("/views/selection").route(get().to(views::selection)))
                .service(resource("/views/decisions").route(get().to(views::decisions)))
                .service(resource("/characteristics").route(get().to(characteristics::show)).route(post().to(characteristics::change)))
                .service(resource("/characteristics/{version}").route(get().to(characteristics::version)))
                .service(resource("/exports/{file}").route(get().to(exports::show)))
                .service(resource("/code-forms").route(post().to(code_forms::read)))
                .service(resource("/code-forms/taken-in").route(post().to(code_forms::take_in)))
                .service(resource("/views/uses").route(get().to(views::uses)))
                .service(resource("/views/missing").route(get().to(views::missing)))
                .service(resource("/views/organisations").route(get().to(views::organisations)))
                .service(resource("/views/actor-map").route(get().to(views::actor_map)))
                .service(resource("/decisions").route(post().to(decisions::decide)))
                .service(resource("/decisions/undo").route(post().to(decisions::take_back)))
                .service(resource("/views/models").route(get().to(model_views::list)))
                .service(resource("/views/models/balance").route(get().to(model_views::balance)))
                .service(resource("/views/models/claims").route(get().to(model_views::claims)))
                .service(resource("/views/models/truth-table").route(get().to(model_views::truth_table)))
                .service(resource("/views/models/common").route(get().to(model_views::common_preconditions)))
                .service(resource("/needs").route(post().to(needs::add)))
                .service(resource("/needs/plan").route(get().to(needs::plan)))
                .service(resource("/imports").route(get().to(imports::list)).route(post().to(imports::import)))
                .service(resource("/imports/{import}").route(get().to(imports::show)))
                .service(resource("/imports/{import}/undo").route(post().to(imports::undo)))
                .service(resource("/people").route(get().to(people::list)))
                .service(resource("/people/{participant}/grants").route(put().to(people::set_grants)))
                .service(resource("/people/{participant}/roles").route(put().to(people::set_roles)))
                .service(resource("/people/{participant}/admission").route(put().to(people::admit)))
                .service(resource("/cases").route(post().to(cases::create)))
                .service(resource("/cases/{stays}/merges/{goes}").route(get().to(merges::look)).route(post().to(merges::merge)))
                .service(resource("/subjects/{subject}/state").route(put().to(states::set)))
                .service(resource("/subjects/{subject}/audience").route(put().to(states::set_audience)))
                .service(resource("/subjects/{subject}/authorship").route(get().to(authorship::show)))
                .service(resource("/subjects/{subject}/erasure").route(post().to(states::erase)))
                .service(resource("/collections").route(get().to(collections::list)).route(post().to(collections::open)))
                .service(resource("/collections/{collection}/part").route(post().to(collections::take_part)))
                .service(resource("/collections/{collection}/sent").route(put().to(collections::send)))
                .service(resource("/collections/{collection}/closed").route(put().to(collections::set_closed)))
                .service(resource("/collections/{collection}/reveal").route(post().to(collections::reveal)))
                .service(resource("/collections/{collection}/outcome").route(get().to(collections::outcome)))
                .service(resource("/collections/{collection}/settled").route(post().to(double_coding::settle)))
                .service(resource("/collections/{collection}/agreed").route(post().to(double_coding::settle_agreed)))
                .service(resource("/stage").route(get().to(stage::show)).route(put().to(stage::set)))
                .service(resource("/audit").route(get().to(audit::list)))
                .service(resource("/line").route(post().to(lines::open)))
                .service(resource("/line/{line}").route(get().to(lines::ask)).route(post().to(lines::send)).route(delete().to(lines::close)))
                .service(resource("/links").route(get().to(links::list)).route(post().to(links::create)))
                .service(resource("/links/{link}").route(delete().to(links::revoke)))
                .service(resource("/links/{link}/closed").route(put().to(links::set_closed)))))
        .service(scope("/api").default_service(web::to(unknown)))
        .service(scope("/problems").default_service(web::to(unknown)))
        .default_service(web::to(client::serve));
}

async fn unknown() -> Result<HttpResponse, Problem> {
    Err(Problem::NotFound)
}

fn json() -> web::JsonConfig {
    web::JsonConfig::default()
        .limit(JSON_BYTES_MAX)
        .error_handler(|error, _: &HttpRequest| {
            use actix_web::error::JsonPayloadError as Json;
            let problem = match error {
                Json::ContentType => Problem::WrongType,
                Json::Overflow { .. } | Json::OverflowKnownLength { .. } => Problem::TooLarge,
                Json::Deserialize(cause) => Problem::BadRequest(cause.to_string()),
                other => error::Problem::of_status(other.status_code()).unwrap_or(Problem::Internal),
            };
            problem.into()
        })
}

/// An id that is none is of nothing.
fn path() -> web::PathConfig {
    web::PathConfig::default().error_handler(|_, _| Problem::NotFound.into())
}
