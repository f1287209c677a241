//! What is going on now: the activity everybody is in.

use crate::ids::CollectionId;
use crate::limits::{PROMPT_CHARS_MAX, STAGE_MINUTES_MAX, TITLE_CHARS_MAX};
use serde::{Deserialize, Serialize};

/// An activity as a facilitator starts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// A few words.
    pub title: String,
    /// What to do.
    #[serde(default)]
    pub instruction: String,
    /// What is collected meanwhile.
    #[serde(default)]
    pub collection: Option<CollectionId>,
    /// How long it lasts; `None` where it has no end.
    #[serde(default)]
    pub minutes: Option<u64>,
}

impl Activity {
    /// Whether it can be shown.
    pub fn is_sound(&self) -> bool {
        let title = self.title.trim();
        !title.is_empty()
            && title.chars().count() <= TITLE_CHARS_MAX
            && self.instruction.chars().count() <= PROMPT_CHARS_MAX
            && self
                .minutes
                .is_none_or(|minutes| (1..=STAGE_MINUTES_MAX).contains(&minutes))
    }
}
