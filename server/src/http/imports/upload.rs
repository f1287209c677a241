//! The form by which lists come in: parts `file` with a name, and a part `choices` in JSON.

use crate::http::Problem;
use crate::hub::is_unseen;
use crate::imports::{File, Lists};
use actix_multipart::{Field, Multipart, MultipartError};
use futures_util::TryStreamExt;
use samverk_shared::limits::{
    IMPORT_CHOICES_BYTES_MAX, IMPORT_FILES_MAX, NAME_CHARS_MAX, UPLOAD_BYTES_MAX, UPLOADS_BYTES_MAX,
};
use serde::de::DeserializeOwned;

/// Reads the form of lists, as much as may be taken in.
pub async fn read(form: Multipart) -> Result<Lists, Problem> {
    let (files, choices) = parts(form).await?;
    Ok(Lists {
        files,
        choices,
        ..Lists::default()
    })
}

/// The files of a form, and what its sender has chosen about them.
pub async fn parts<Choices>(mut form: Multipart) -> Result<(Vec<File>, Choices), Problem>
where
    Choices: DeserializeOwned + Default,
{
    let (mut files, mut choices) = (Vec::new(), Choices::default());
    let mut room = UPLOADS_BYTES_MAX;
    while let Some(mut part) = form.try_next().await.map_err(malformed)? {
        match part.name() {
            Some("file") if files.len() < IMPORT_FILES_MAX => {
                let name = file_name(&part);
                let bytes = bytes(&mut part, room.min(UPLOAD_BYTES_MAX)).await?;
                room -= bytes.len();
                files.push(File { name, bytes });
            }
            Some("file") => return Err(Problem::TooLarge),
            Some("choices") => {
                let json = bytes(&mut part, IMPORT_CHOICES_BYTES_MAX).await?;
                choices = serde_json::from_slice(&json)
                    .map_err(|cause| Problem::BadRequest(format!("choices: {cause}")))?;
            }
            _ => return Err(Problem::BadRequest("parts are `file` and `choices`".into())),
        }
    }
    if files.is_empty() {
        return Err(Problem::BadRequest("a part `file` is missing".into()));
    }
    Ok((files, choices))
}

async fn bytes(part: &mut Field, bytes_max: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.try_next().await.map_err(malformed)? {
        if bytes.len() + piece.len() > bytes_max {
            return Err(Problem::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn malformed(error: MultipartError) -> Problem {
    match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => Problem::WrongType,
        other => Problem::BadRequest(other.to_string()),
    }
}

fn file_name(part: &Field) -> String {
    let given = part.content_disposition().and_then(|about| about.get_filename());
    plain(given.unwrap_or_default())
}

fn plain(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !is_unseen(*c))
        .take(NAME_CHARS_MAX)
        .collect();
    if clean.is_empty() {
        "list".to_owned()
    } else {
        clean
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_file_name_is_a_word_and_no_path() {
        assert_eq!(plain("lønn 100%.xlsx"), "lønn 100%.xlsx");
        assert_eq!(plain("../../etc/passwd"), "passwd");
        assert_eq!(plain("C:\\lister\\a.csv"), "a.csv");
        assert_eq!(plain("\n%"), "%");
        assert_eq!(plain("\u{202e}vsc.exe"), "vsc.exe", "nothing turns the writing");
        assert_eq!(plain(""), "list");
    }
}
