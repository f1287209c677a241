//! Who may do what, said a second time: not as the server decides it, but as the sentences people would say.
//!
//! The first sentence that fits a question answers it, as in a list of house rules. Every question has an answer, so
//! that the proofs have a table of their own, and `decide` is held to it cell by cell.

use samverk_shared::access::{Action, Audience, Denial, Facts, Grant, Grants, Kind, Relation, State};

/// Somebody with one grant before a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Cell {
    pub grant: Grant,
    pub relation: Relation,
    pub facts: Facts,
}

/// A sentence: what people say, whom and what it is about, and what follows.
pub struct Sentence {
    /// The words.
    pub words: &'static str,
    /// Whether it is about this.
    pub fits: fn(&Cell, Action) -> bool,
    /// What it says.
    pub answer: Result<(), Denial>,
}

impl Cell {
    fn is(&self, grants: &[Grant]) -> bool {
        grants.contains(&self.grant)
    }

    fn of(&self, kinds: &[Kind]) -> bool {
        kinds.contains(&self.facts.kind)
    }

    fn team(&self) -> bool {
        self.is(&[Grant::Facilitator, Grant::Editor])
    }

    fn stranger(&self) -> bool {
        self.relation == Relation::default()
    }

    /// Asked to write in person: invited to a register, a case or a model, or of the group of a board.
    fn asked(&self) -> bool {
        (self.relation.invited && self.of(&[Kind::Register, Kind::Case, Kind::Model]))
            || (self.relation.group && self.facts.kind == Kind::Board)
    }

    fn wide(&self) -> bool {
        matches!(self.facts.audience, Audience::Client | Audience::Members)
    }
}

/// The sentences, in the order in which they are asked.
pub const SENTENCES: &[Sentence] = &[
    Sentence {
        words: "Nobody but its owner sees a sealed document, a facilitator neither.",
        fits: |cell, _| cell.facts.kind == Kind::Sealed && !cell.relation.owner,
        answer: Err(Denial::Hidden),
    },
    Sentence {
        words: "What is for its owner alone nobody else sees.",
        fits: |cell, _| cell.facts.audience == Audience::Owner && !cell.relation.owner,
        answer: Err(Denial::Hidden),
    },
    Sentence {
        words: "Only the team sees the team's own documents, and nobody can be invited to them.",
        fits: |cell, _| cell.facts.kind == Kind::Team && !cell.team(),
        answer: Err(Denial::Hidden),
    },
    Sentence {
        words: "What is archived only the team and its owner still see.",
        fits: |cell, _| cell.facts.state == State::Archived && !cell.team() && !cell.relation.owner,
        answer: Err(Denial::Hidden),
    },
    Sentence {
        words: "What is for the team others see only when they are invited.",
        fits: |cell, _| cell.facts.audience == Audience::Team && !cell.team() && !cell.relation.invited,
        answer: Err(Denial::Hidden),
    },
    Sentence {
        words: "What is a group's is seen by the group, who is invited, and facilitators.",
        fits: |cell, _| {
            let theirs = cell.relation.group || cell.relation.invited;
            cell.facts.audience == Audience::Group && !theirs && cell.grant != Grant::Facilitator
        },
        answer: Err(Denial::Hidden),
    },
    Sentence {
        words: "Of what is for members the client sees the frame, and nothing else uninvited.",
        fits: |cell, _| {
            let opened = cell.relation.invited || cell.facts.kind == Kind::Frame;
            cell.facts.audience == Audience::Members && cell.grant == Grant::Client && !opened
        },
        answer: Err(Denial::Hidden),
    },
    Sentence {
        words: "Whoever sees a document reads it.",
        fits: |_, action| matches!(action, Action::List | Action::Read),
        answer: Ok(()),
    },
    Sentence {
        words: "Viewers and the client look on unseen where a document is not theirs in any way.",
        fits: |cell, action| {
            action == Action::Presence && cell.is(&[Grant::Viewer, Grant::Client]) && cell.stranger()
        },
        answer: Err(Denial::ReadOnly),
    },
    Sentence {
        words: "Everybody else who reads a document shows where they are.",
        fits: |_, action| action == Action::Presence,
        answer: Ok(()),
    },
    Sentence {
        words: "Sealed documents and the ledger are closed by the server and by nobody else.",
        fits: |cell, action| action == Action::Command && cell.of(&[Kind::Sealed, Kind::Ledger]),
        answer: Err(Denial::ServerOnly),
    },
    Sentence {
        words: "Everything else is closed, archived and replaced by facilitators…",
        fits: |cell, action| action == Action::Command && cell.grant == Grant::Facilitator,
        answer: Ok(()),
    },
    Sentence {
        words: "…and by nobody else.",
        fits: |_, action| action == Action::Command,
        answer: Err(Denial::ReadOnly),
    },
    Sentence {
        words: "Only the server writes the ledger.",
        fits: |cell, _| cell.facts.kind == Kind::Ledger,
        answer: Err(Denial::ServerOnly),
    },
    Sentence {
        words: "A viewer never writes, unless asked in person.",
        fits: |cell, _| cell.grant == Grant::Viewer && !cell.asked(),
        answer: Err(Denial::ReadOnly),
    },
    Sentence {
        words: "The client has a word where people talk about what was opened to them, and writes nothing else.",
        fits: |cell, _| {
            let has_a_word = cell.facts.kind == Kind::Talk && cell.facts.audience == Audience::Client;
            cell.grant == Grant::Client && !has_a_word && !cell.asked()
        },
        answer: Err(Denial::ReadOnly),
    },
    Sentence {
        words: "A reviewer talks, answers what is sealed for them, uses the boards that are for all, and writes \
                nothing else.",
        fits: |cell, _| {
            let theirs =
                cell.of(&[Kind::Talk, Kind::Sealed]) || (cell.facts.kind == Kind::Board && cell.wide());
            cell.grant == Grant::Reviewer && !theirs && !cell.asked()
        },
        answer: Err(Denial::ReadOnly),
    },
    Sentence {
        words: "What is closed or archived takes no edits, from anybody.",
        fits: |cell, _| cell.facts.state != State::Open,
        answer: Err(Denial::Closed),
    },
    Sentence {
        words: "What is left may be written.",
        fits: |_, _| true,
        answer: Ok(()),
    },
];

/// Which sentence answers a question.
///
/// # Panics
/// Where none does; the last one always fits.
pub fn answering(cell: &Cell, action: Action) -> &'static Sentence {
    let mut fitting = SENTENCES.iter().filter(|sentence| (sentence.fits)(cell, action));
    fitting.next().expect("the last sentence fits everything")
}

/// What the sentences say to somebody with any number of grants: of several answers the kindest, which is yes, or
/// else the denial that says most.
pub fn said(grants: Grants, relation: Relation, facts: Facts, action: Action) -> Result<(), Denial> {
    let answers = Vec::from(grants).into_iter().map(|grant| {
        let cell = Cell {
            grant,
            relation,
            facts,
        };
        answering(&cell, action).answer
    });
    // None as soon as one of them is yes.
    let denials: Option<Vec<Denial>> = answers.map(Result::err).collect();
    match denials {
        None => Ok(()),
        Some(denials) => Err(denials.into_iter().max().unwrap_or(Denial::Hidden)),
    }
}
