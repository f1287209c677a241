//! Which cause becomes which problem: the one place where what goes wrong inside is put into words for outside.

use super::Problem;
use crate::hub::rows::BadRow;
use crate::hub::{CommandError, Refused};
use crate::imports::ImportError;
use crate::people::{AccountError, NoRandomness, NotHashed, PeopleError};
use crate::store::{CommitFailure, StoreError};

impl From<CommandError> for Problem {
    fn from(error: CommandError) -> Problem {
        match error {
            CommandError::NotStored(cause) => {
                tracing::error!(%cause, "a command was not stored");
                Problem::NotStored
            }
            CommandError::Refused(refused) => match refused {
                Refused::UnknownWorkshop | Refused::Unknown => Problem::NotFound,
                Refused::WorkshopExists => Problem::WorkshopExists,
                Refused::LinkRevoked => Problem::LinkRevoked,
                Refused::LinkOver => Problem::LinkOver,
                Refused::LinkUsedUp => Problem::LinkUsedUp,
                Refused::LinkClosed => Problem::LinkClosed,
                Refused::LobbyFull => Problem::LobbyFull,
                Refused::NotAllowed => Problem::NotAllowed,
                Refused::Full => Problem::Full,
                Refused::Outdated => Problem::Busy,
                Refused::Unreadable => Problem::Unreadable,
                Refused::BadText => Problem::BadText,
                Refused::LastFacilitator => Problem::LastFacilitator,
                Refused::CollectionClosed => Problem::CollectionClosed,
                Refused::ReportFull => Problem::ReportFull,
                Refused::ClaimCount => Problem::ClaimCount,
                Refused::CollectionOpen => Problem::CollectionOpen,
                Refused::CollectionRevealed => Problem::CollectionRevealed,
                Refused::CodingChanged => Problem::CodingChanged,
                Refused::AlreadyMerged => Problem::AlreadyMerged,
                Refused::ForMore => Problem::ForMore,
                Refused::OtherVersion => Problem::OtherVersion,
                Refused::ValueInUse => Problem::ValueInUse,
                Refused::LastValue => Problem::LastValue,
                Refused::LabelTaken => Problem::LabelTaken,
                Refused::SetFull => Problem::SetFull,
            },
        }
    }
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Problem {
        match error {
            ImportError::Store(error) => error.into(),
            ImportError::Row(error) => error.into(),
            ImportError::Command(error) => error.into(),
            ImportError::KeyOfAnother => super::key_of_another(),
            ImportError::GivenUp => Problem::Busy,
        }
    }
}

impl From<PeopleError> for Problem {
    fn from(error: PeopleError) -> Problem {
        tracing::error!(%error, "a person's record could not be read or stored");
        match error {
            PeopleError::Commit(CommitFailure::Conflict(_)) | PeopleError::Contended(_) => Problem::Busy,
            PeopleError::Commit(_) => Problem::NotStored,
            PeopleError::Store(_) | PeopleError::Row(_) | PeopleError::Randomness(_) => Problem::Internal,
        }
    }
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Problem {
        match error {
            AccountError::NameTaken => Problem::NameTaken,
            AccountError::BadText => Problem::BadText,
            AccountError::Weak => Problem::PasswordShort,
            AccountError::TooManyPasskeys => Problem::TooManyPasskeys,
            AccountError::Wrong => Problem::SignInFailed,
            AccountError::Waits(seconds) => Problem::SignInWaits(seconds),
            AccountError::Passkey(cause) => {
                tracing::info!(%cause, "a passkey was not accepted");
                Problem::PasskeyUnknown
            }
            AccountError::Hash(NotHashed::Busy) => Problem::Busy,
            AccountError::Hash(cause) => {
                tracing::error!(%cause, "a password could not be hashed");
                Problem::Internal
            }
            AccountError::People(error) => error.into(),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        PeopleError::from(error).into()
    }
}

impl From<BadRow> for Problem {
    fn from(error: BadRow) -> Problem {
        PeopleError::from(error).into()
    }
}

impl From<NoRandomness> for Problem {
    fn from(error: NoRandomness) -> Problem {
        PeopleError::from(error).into()
    }
}
