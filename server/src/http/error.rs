//! What a person is told when something did not work: the words of `application/problem+json` (H5).

use super::language::Language;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use samverk_shared::import::Refusal;
use serde_json::json;
use std::fmt;

/// What did not work.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Problem {
    NoSession,
    NotFound,
    Method,
    OtherOrigin,
    NotAllowed,
    OwnerOnly,
    OwnerStays,
    LinkUnknown,
    LinkRevoked,
    LinkOver,
    LinkUsedUp,
    LinkClosed,
    LobbyFull,
    CodeUnknown,
    /// Seconds until it is worth trying again.
    TooManyTries(u64),
    ReturnOver,
    SignInFailed,
    PasskeyUnknown,
    NoPasskeysHere,
    TooManyPasskeys,
    ConfirmFirst,
    NameTaken,
    PasswordShort,
    /// Seconds until a password is looked at again.
    SignInWaits(u64),
    LinkUsed,
    /// With what is wrong in it, for who wrote the program that asked.
    BadRequest(String),
    WrongType,
    TooLarge,
    BadText,
    /// With the word for what is wrong in it, and that as a sentence for who wrote the program that asked.
    BadFile(Refusal, String),
    NotAForm,
    WorkshopExists,
    Full,
    LastFacilitator,
    CollectionClosed,
    CollectionOpen,
    CollectionRevealed,
    CodingChanged,
    CasesChanged,
    AlreadyMerged,
    ForMore,
    OtherVersion,
    ValueInUse,
    LastValue,
    LabelTaken,
    SetFull,
    ReportFull,
    ClaimCount,
    Unreadable,
    Busy,
    NotStored,
    Internal,
}

/// Status, name, and the title in bokmål, nynorsk and English.
type Entry = (StatusCode, &'static str, [&'static str; 3]);

impl Problem {
    #[rustfmt::skip]
    fn entry(&self) -> Entry {
        match self {
            Problem::NoSession => (StatusCode::UNAUTHORIZED, "no-session", [
                "Du er ikke logget inn. Åpne lenken du fikk på nytt.",
                "Du er ikkje logga inn. Opne lenkja du fekk på nytt.",
                "You are not signed in. Open the link you were given again."]),
            Problem::NotFound => (StatusCode::NOT_FOUND, "not-found", [
                "Dette finnes ikke, eller du har ikke tilgang til det.",
                "Dette finst ikkje, eller du har ikkje tilgang til det.",
                "This does not exist, or you do not have access to it."]),
            Problem::Method => (StatusCode::METHOD_NOT_ALLOWED, "method", [
                "Dette kan ikke gjøres her.",
                "Dette kan ikkje gjerast her.",
                "This cannot be done here."]),
            Problem::OtherOrigin => (StatusCode::FORBIDDEN, "other-origin", [
                "Forespørselen kom fra et annet nettsted og ble stoppet. Last siden på nytt.",
                "Førespurnaden kom frå ein annan nettstad og vart stoppa. Last sida på nytt.",
                "The request came from another site and was stopped. Reload the page."]),
            Problem::NotAllowed => (StatusCode::FORBIDDEN, "not-allowed", [
                "Du har ikke rett til dette. Spør den som leder arbeidsrommet.",
                "Du har ikkje rett til dette. Spør den som leier arbeidsrommet.",
                "You may not do this. Ask who leads the workshop."]),
            Problem::OwnerOnly => (StatusCode::FORBIDDEN, "owner-only", [
                "Bare eieren av tjeneren kan gjøre dette.",
                "Berre eigaren av tenaren kan gjere dette.",
                "Only the owner of the server can do this."]),
            Problem::OwnerStays => (StatusCode::CONFLICT, "owner-stays", [
                "Den som eier tjeneren, kan ikke slettes. La en annen bli eier først, med «samverk owner-link».",
                "Den som eig tenaren, kan ikkje slettast. La ein annan bli eigar først, med «samverk owner-link».",
                "Whoever owns the server cannot be erased. Let somebody else become the owner first, with “samverk owner-link”."]),
            Problem::LinkUnknown => (StatusCode::NOT_FOUND, "link-unknown", [
                "Lenken er ikke gyldig. Kontroller at hele lenken kom med, eller be om en ny.",
                "Lenkja er ikkje gyldig. Sjå til at heile lenkja kom med, eller be om ei ny.",
                "The link is not valid. Check that you have all of it, or ask for a new one."]),
            Problem::LinkRevoked => (StatusCode::GONE, "link-revoked", [
                "Lenken er trukket tilbake. Be om en ny.",
                "Lenkja er trekt tilbake. Be om ei ny.",
                "The link was revoked. Ask for a new one."]),
            Problem::LinkOver => (StatusCode::GONE, "link-over", [
                "Lenken varte bare en stund, og den tiden er over. Be om en ny.",
                "Lenkja varte berre ei stund, og den tida er over. Be om ei ny.",
                "The link only lasted for a while, and that time is over. Ask for a new one."]),
            Problem::LinkUsedUp => (StatusCode::GONE, "link-used-up", [
                "Så mange som lenken var laget for, har brukt den. Be om en ny.",
                "Så mange som lenkja var laga for, har brukt ho. Be om ei ny.",
                "As many as the link was made for have used it. Ask for a new one."]),
            Problem::LinkClosed => (StatusCode::CONFLICT, "link-closed", [
                "Døra er lukket akkurat nå. Vent til den åpnes, og prøv igjen.",
                "Døra er lukka akkurat no. Vent til ho blir opna, og prøv igjen.",
                "The door is closed at the moment. Wait until it opens, and try again."]),
            Problem::LobbyFull => (StatusCode::CONFLICT, "lobby-full", [
                "Venterommet er fullt. Vent til noen er sluppet inn, og prøv igjen.",
                "Venterommet er fullt. Vent til nokon er sleppte inn, og prøv igjen.",
                "The lobby is full. Wait until somebody has been let in, and try again."]),
            Problem::CodeUnknown => (StatusCode::NOT_FOUND, "code-unknown", [
                "Ingen rom har denne koden nå. Se på skjermen i rommet og prøv igjen.",
                "Ingen rom har denne koden no. Sjå på skjermen i rommet og prøv igjen.",
                "No room has this code now. Look at the screen in the room and try again."]),
            Problem::TooManyTries(_) => (StatusCode::TOO_MANY_REQUESTS, "too-many-tries", [
                "Det er prøvd for mange feil koder. Vent et minutt, eller bruk lenken eller QR-koden.",
                "Det er prøvd for mange feil kodar. Vent eit minutt, eller bruk lenkja eller QR-koden.",
                "Too many wrong codes were tried. Wait a minute, or use the link or the QR code."]),
            Problem::ReturnOver => (StatusCode::GONE, "return-over", [
                "Lenken tilbake virker ikke lenger. Be den som inviterte deg om en ny invitasjon.",
                "Lenkja tilbake verkar ikkje lenger. Be den som inviterte deg om ein ny invitasjon.",
                "The link back no longer works. Ask whoever invited you for a new invitation."]),
            Problem::SignInFailed => (StatusCode::UNAUTHORIZED, "sign-in-failed", [
                "Navnet eller passordet stemmer ikke.",
                "Namnet eller passordet stemmer ikkje.",
                "The name or the password is wrong."]),
            Problem::PasskeyUnknown => (StatusCode::UNAUTHORIZED, "passkey-unknown", [
                "Passnøkkelen ble ikke godtatt. Kanskje er den fjernet her. Prøv igjen, eller bruk passordet.",
                "Passnøkkelen vart ikkje godteken. Kanskje er han fjerna her. Prøv igjen, eller bruk passordet.",
                "The passkey was not accepted. It may have been removed here. Try again, or use the password."]),
            Problem::NoPasskeysHere => (StatusCode::CONFLICT, "no-passkeys-here", [
                "Passnøkler virker bare når tjeneren har et eget nettnavn. Bruk et passord.",
                "Passnøklar verkar berre når tenaren har eit eige nettnamn. Bruk eit passord.",
                "Passkeys only work when the server has a domain name of its own. Use a password."]),
            Problem::TooManyPasskeys => (StatusCode::CONFLICT, "too-many-passkeys", [
                "Du har denne passnøkkelen fra før, eller så mange som en kan ha. Fjern en du ikke bruker.",
                "Du har denne passnøkkelen frå før, eller så mange som ein kan ha. Fjern ein du ikkje bruker.",
                "You have this passkey already, or as many as one can have. Remove one that you do not use."]),
            Problem::ConfirmFirst => (StatusCode::FORBIDDEN, "confirm-first", [
                "Bekreft først at det er deg, ved å logge inn på nytt.",
                "Stadfest først at det er deg, ved å logge inn på nytt.",
                "Confirm that it is you first, by signing in again."]),
            Problem::NameTaken => (StatusCode::CONFLICT, "name-taken", [
                "Noen andre logger inn med dette navnet. Velg et annet.",
                "Nokon andre loggar inn med dette namnet. Vel eit anna.",
                "Somebody else signs in with this name. Choose another."]),
            Problem::PasswordShort => (StatusCode::UNPROCESSABLE_ENTITY, "password-short", [
                "Passordet må ha minst 15 tegn, og ikke bare de samme om igjen. Fire–fem ord er godt.",
                "Passordet må ha minst 15 teikn, og ikkje berre dei same om att. Fire–fem ord er godt.",
                "The password needs at least 15 characters, and not the same few again. Four or five words are good."]),
            Problem::SignInWaits(_) => (StatusCode::TOO_MANY_REQUESTS, "sign-in-waits", [
                "Det er prøvd feil passord for mange ganger. Vent en time, bruk en passnøkkel, eller be den som drifter tjeneren om en lenke.",
                "Det er prøvd feil passord for mange gonger. Vent ein time, bruk ein passnøkkel, eller be den som driftar tenaren om ei lenkje.",
                "The wrong password was tried too many times. Wait an hour, use a passkey, or ask whoever runs the server for a link."]),
            Problem::LinkUsed => (StatusCode::GONE, "link-used", [
                "Lenken er brukt. Lag en ny med «samverk owner-link» på tjeneren.",
                "Lenkja er brukt. Lag ei ny med «samverk owner-link» på tenaren.",
                "The link was used. Make a new one with “samverk owner-link” on the server."]),
            Problem::BadRequest(_) => (StatusCode::BAD_REQUEST, "bad-request", [
                "Tjeneren forsto ikke forespørselen. Last siden på nytt og prøv igjen.",
                "Tenaren forstod ikkje førespurnaden. Last sida på nytt og prøv igjen.",
                "The server did not understand the request. Reload the page and try again."]),
            Problem::WrongType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong-type", [
                "Innholdet er av en type tjeneren ikke tar imot her.",
                "Innhaldet er av ein type tenaren ikkje tek imot her.",
                "The content is of a type the server does not take here."]),
            Problem::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", [
                "Det er for stort. Del det opp og prøv igjen.",
                "Det er for stort. Del det opp og prøv igjen.",
                "It is too large. Divide it and try again."]),
            Problem::BadText => (StatusCode::UNPROCESSABLE_ENTITY, "bad-text", [
                "En tekst mangler eller er for lang.",
                "Ein tekst manglar eller er for lang.",
                "A text is missing or too long."]),
            Problem::BadFile(..) => (StatusCode::UNPROCESSABLE_ENTITY, "bad-file", [
                "Filen kan ikke leses som en liste. Bruk Excel (.xlsx) eller CSV.",
                "Fila kan ikkje lesast som ei liste. Bruk Excel (.xlsx) eller CSV.",
                "The file cannot be read as a list. Use Excel (.xlsx) or CSV."]),
            Problem::NotAForm => (StatusCode::UNPROCESSABLE_ENTITY, "not-a-form", [
                "Filen er ikke et kodeskjema fra dette arbeidsrommet. Bruk et skjema dere har lastet ned her.",
                "Fila er ikkje eit kodeskjema frå dette arbeidsrommet. Bruk eit skjema de har lasta ned her.",
                "The file is not a code form of this workshop. Use a form that was downloaded here."]),
            Problem::WorkshopExists => (StatusCode::CONFLICT, "workshop-exists", [
                "Arbeidsrommet finnes allerede.",
                "Arbeidsrommet finst allereie.",
                "The workshop exists already."]),
            Problem::Full => (StatusCode::CONFLICT, "full", [
                "Arbeidsrommet er fullt. Arkiver noe først.",
                "Arbeidsrommet er fullt. Arkiver noko først.",
                "The workshop is full. Archive something first."]),
            Problem::LastFacilitator => (StatusCode::CONFLICT, "last-facilitator", [
                "Arbeidsrommet må ha minst én som leder det. Gi rettigheten til en annen først.",
                "Arbeidsrommet må ha minst éin som leier det. Gi retten til ein annan først.",
                "Somebody has to lead the workshop. Give another person that right first."]),
            Problem::CollectionClosed => (StatusCode::CONFLICT, "collection-closed", [
                "Innsamlingen er lukket. Det du har skrevet, er fortsatt ditt, og bare du ser det.",
                "Innsamlinga er lukka. Det du har skrive, er framleis ditt, og berre du ser det.",
                "The collection is closed. What you wrote is still yours, and only you see it."]),
            Problem::CollectionOpen => (StatusCode::CONFLICT, "collection-open", [
                "Innsamlingen er ikke ferdig. Lukk den først.",
                "Innsamlinga er ikkje ferdig. Lukk ho først.",
                "The collection is not finished. Close it first."]),
            Problem::CollectionRevealed => (StatusCode::CONFLICT, "collection-revealed", [
                "Svarene er allerede vist fram. Start en ny runde i stedet.",
                "Svara er allereie viste fram. Start ein ny runde i staden.",
                "The answers have been revealed already. Start another round instead."]),
            Problem::CodingChanged => (StatusCode::CONFLICT, "coding-changed", [
                "Noen har kodet eksempelet på nytt i mellomtiden. Se på det som står der nå, og velg igjen.",
                "Nokon har koda dømet på nytt i mellomtida. Sjå på det som står der no, og vel igjen.",
                "Somebody coded the case anew meanwhile. Look at what stands there now, and choose again."]),
            Problem::CasesChanged => (StatusCode::CONFLICT, "cases-changed", [
                "Noen har endret et av eksemplene i mellomtiden. Ingenting ble gjort. Se på det som står der nå, og velg igjen.",
                "Nokon har endra eit av eksempla i mellomtida. Ingenting vart gjort. Sjå på det som står der no, og vel igjen.",
                "Somebody changed one of the cases meanwhile. Nothing was done. Look at what stands there now, and choose again."]),
            Problem::AlreadyMerged => (StatusCode::CONFLICT, "already-merged", [
                "Et av eksemplene er allerede slått sammen med et annet. Åpne det det ble slått sammen med.",
                "Eit av eksempla er allereie slått saman med eit anna. Opne det det vart slått saman med.",
                "One of the cases was merged with another already. Open the one it was merged into."]),
            Problem::ForMore => (StatusCode::CONFLICT, "for-more", [
                "Flere kan se eksemplet som blir stående enn det som går inn i det. Behold det andre, eller la den som leder vise begge for de samme.",
                "Fleire kan sjå eksempelet som blir ståande enn det som går inn i det. Behald det andre, eller la den som leier vise begge for dei same.",
                "More people see the case that stays than the one that goes into it. Keep the other one, or let who leads show both to the same people."]),
            Problem::OtherVersion => (StatusCode::CONFLICT, "other-version", [
                "Noen andre endret kjennetegnene mens du holdt på. Ingenting ble lagret, og det du har skrevet, står her fortsatt. Se på endringen deres, og lagre på nytt.",
                "Nokon andre endra kjenneteikna mens du heldt på. Ingenting vart lagra, og det du har skrive, står her framleis. Sjå på endringa deira, og lagre på nytt.",
                "Somebody else changed the characteristics meanwhile. Nothing was saved, and what you wrote is still here. Look at their change, and save again."]),
            Problem::ValueInUse => (StatusCode::CONFLICT, "value-in-use", [
                "Eksempler bruker dette. Velg en verdi de skal få i stedet, eller sett kjennetegnet ut av bruk.",
                "Eksempel bruker dette. Vel ein verdi dei skal få i staden, eller set kjenneteiknet ut av bruk.",
                "Cases use this. Choose the value they are to have instead, or put the characteristic out of use."]),
            Problem::LastValue => (StatusCode::CONFLICT, "last-value", [
                "En verdiliste må ha minst én verdi. Legg til en annen først.",
                "Ei verdiliste må ha minst éin verdi. Legg til ein annan først.",
                "A list of values needs at least one. Add another first."]),
            Problem::LabelTaken => (StatusCode::CONFLICT, "label-taken", [
                "To kan ikke hete det samme. Velg et annet navn, eller slå dem sammen.",
                "To kan ikkje heite det same. Vel eit anna namn, eller slå dei saman.",
                "Two cannot be called the same. Choose another name, or merge them."]),
            Problem::SetFull => (StatusCode::CONFLICT, "set-full", [
                "Det er ikke plass til flere kjennetegn, verdier eller versjoner. Ta noe ut av bruk først.",
                "Det er ikkje plass til fleire kjenneteikn, verdiar eller versjonar. Ta noko ut av bruk først.",
                "There is no room for more characteristics, values or versions. Take something out of use first."]),
            Problem::ReportFull => (StatusCode::CONFLICT, "report-full", [
                "Rapporten kan ha inntil femten modeller, og alle plassene er brukt. Ta ut en annen først.",
                "Rapporten kan ha inntil femten modellar, og alle plassane er brukte. Ta ut ein annan først.",
                "The report holds at most fifteen models, and all places are taken. Take another out first."]),
            Problem::ClaimCount => (StatusCode::CONFLICT, "claim-count", [
                "Modellene har ingen utsagn å spørre om, eller flere enn hundre til sammen. Velg andre eller færre modeller.",
                "Modellane har ingen utsegner å spørje om, eller fleire enn hundre til saman. Vel andre eller færre modellar.",
                "The models have no claims to ask about, or more than a hundred together. Choose other or fewer models."]),
            Problem::Unreadable => (StatusCode::SERVICE_UNAVAILABLE, "unreadable", [
                "Dokumentet er satt til side fordi det er skadet. Den som drifter tjeneren må reparere det.",
                "Dokumentet er sett til side fordi det er skadd. Den som driftar tenaren må reparere det.",
                "The document was set aside because it is damaged. Whoever runs the server has to repair it."]),
            Problem::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", [
                "Tjeneren har det travelt. Prøv igjen om litt.",
                "Tenaren har det travelt. Prøv igjen om litt.",
                "The server is busy. Try again in a moment."]),
            Problem::NotStored => (StatusCode::SERVICE_UNAVAILABLE, "not-stored", [
                "Tjeneren kan ikke lagre nå. Ingenting ble gjort. Prøv igjen om litt.",
                "Tenaren kan ikkje lagre no. Ingenting vart gjort. Prøv igjen om litt.",
                "The server cannot store anything. Nothing was done. Try again in a moment."]),
            Problem::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", [
                "Noe gikk galt på tjeneren. Prøv igjen om litt.",
                "Noko gjekk gale på tenaren. Prøv igjen om litt.",
                "Something went wrong on the server. Try again in a moment."]),
        }
    }

    /// Its last part of `type`.
    pub fn name(&self) -> &'static str {
        self.entry().1
    }

    /// The answer, in the reader's language.
    pub fn response(&self, language: Language) -> HttpResponse {
        let (status, name, [nb, nn, en]) = self.entry();
        let title = match language {
            Language::Nb => nb,
            Language::Nn => nn,
            Language::En => en,
        };
        let mut body =
            json!({ "type": format!("/problems/{name}"), "title": title, "status": status.as_u16() });
        if let Problem::BadRequest(detail) | Problem::BadFile(_, detail) = self {
            body["detail"] = detail.as_str().into();
        }
        if let Problem::BadFile(why, _) = self {
            body["why"] = json!(why);
        }
        let mut response = HttpResponse::build(status);
        if let Problem::TooManyTries(seconds) | Problem::SignInWaits(seconds) = self {
            response.insert_header((RETRY_AFTER, *seconds));
        }
        response
            .insert_header((CONTENT_TYPE, "application/problem+json"))
            .insert_header((CONTENT_LANGUAGE, language.tag()))
            .body(body.to_string())
    }

    /// What the framework's own refusal means.
    pub fn of_status(status: StatusCode) -> Option<Problem> {
        match status {
            StatusCode::NOT_FOUND => Some(Problem::NotFound),
            StatusCode::METHOD_NOT_ALLOWED => Some(Problem::Method),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Problem::TooLarge),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Problem::WrongType),
            status if status.is_client_error() => Some(Problem::BadRequest(String::new())),
            status if status.is_server_error() => Some(Problem::Internal),
            _ => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.entry().0
    }

    /// `answer` renders it again in the reader's language.
    fn error_response(&self) -> HttpResponse {
        self.response(Language::Nb)
    }
}
