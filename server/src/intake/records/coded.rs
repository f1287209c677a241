//! Cells of words from a list: codings, levels, parties. What is less than likely is kept as it stands.

use super::super::columns::Column;
use super::super::sheet::first_chars;
use super::super::values::codes::Match;
use super::super::values::{Field, actors, lists, words};
use super::reading::Reading;
use samverk_shared::case::{ActorGroup, CodingState, Level, finite};
use samverk_shared::characteristic::{Characteristic, Scale};
use samverk_shared::import::{Confidence, DoubtKind, ValueReason};
use samverk_shared::limits::IMPORT_PARTIES_MAX;

impl Reading<'_, '_> {
    /// One word of a field with few.
    pub fn choice(&mut self, field: Field<'_>, column: &Column<'_>, cell: &str) {
        if let Some(key) = self.value(field, column, cell, cell) {
            self.record.fields.insert(field.name(), key);
        }
    }

    /// The key a word stands for, when it is used. Every doubt is told, and what is not used is kept whole.
    fn value(&mut self, field: Field<'_>, column: &Column<'_>, cell: &str, word: &str) -> Option<String> {
        let found = self.rows.words.meaning(field, word);
        let is_certain = found
            .as_ref()
            .is_some_and(|m| m.confidence == Confidence::Certain);
        if !is_certain && let Some(state) = words::uncoded(word) {
            self.rows.words.count_state(field, word);
            self.state(field, state);
            return None;
        }
        match self.rows.words.read(field, word) {
            Some(Match { key, .. }) if key.is_empty() => {
                self.keep(column, cell);
                None
            }
            Some(m) if m.is_used() => {
                if m.confidence == Confidence::Likely {
                    self.doubt(column, word, m.key.clone(), DoubtKind::LikelyValue);
                }
                Some(m.key)
            }
            Some(m) => {
                self.doubt(column, word, m.key, DoubtKind::UnsureValue);
                self.keep(column, cell);
                None
            }
            None => {
                self.doubt(column, word, String::new(), DoubtKind::UnknownValue);
                self.keep(column, cell);
                None
            }
        }
    }

    fn state(&mut self, field: Field<'_>, state: CodingState) {
        if let Field::Coding(c) = field
            && state != CodingState::NotCoded
        {
            self.record
                .states
                .insert(c.key.clone(), state.as_str().to_owned());
        }
    }

    pub fn level(&mut self, column: &Column<'_>, cell: &str) {
        for word in lists::known_list(cell, &|word| words::level(word).is_some()) {
            let level = self
                .value(Field::Level, column, cell, word)
                .and_then(|key| Level::parse(&key));
            self.add_level(level);
        }
    }

    fn add_level(&mut self, level: Option<Level>) {
        if let Some(level) = level.filter(|level| !self.levels.contains(level)) {
            self.levels.push(level);
        }
        if !self.levels.is_empty() {
            let words = self.levels.iter().map(|l| l.as_str().to_owned()).collect();
            self.record.sets.insert("level".to_owned(), words);
        }
    }

    pub fn level_choice(&mut self, level: Level, column: &Column<'_>, cell: &str) {
        match words::ticked(cell).or_else(|| (words::level(cell) == Some(level)).then_some(true)) {
            Some(true) => self.add_level(Some(level)),
            Some(false) => {}
            None => self.not_understood(column, cell),
        }
    }

    fn not_understood(&mut self, column: &Column<'_>, cell: &str) {
        self.doubt(column, cell, String::new(), DoubtKind::UnknownValue);
        self.keep(column, cell);
    }

    pub fn public_parties(&mut self, column: &Column<'_>, cell: &str) {
        let levels = self.levels.clone();
        self.parties(column, cell, |name| actors::public_group(name, &levels));
    }

    /// Parties of a group that the column says.
    pub fn parties(&mut self, column: &Column<'_>, cell: &str, group: impl Fn(&str) -> ActorGroup) {
        for name in self.names(column, cell) {
            let group = group(&name).as_str().to_owned();
            self.record.parties.push((name, group));
        }
    }

    /// Parties of any group: the name may tell which; where it does not, the cell is kept.
    pub fn any_parties(&mut self, column: &Column<'_>, cell: &str) {
        for name in self.names(column, cell) {
            match self.rows.words.read(Field::Party, &name) {
                Some(m) if !m.key.is_empty() => {
                    if m.confidence != Confidence::Certain {
                        self.doubt(column, &name, m.key.clone(), DoubtKind::GroupFromName);
                    }
                    self.record.parties.push((name, m.key));
                }
                found => {
                    if found.is_none() {
                        self.doubt(column, &name, String::new(), DoubtKind::GroupUnknown);
                    }
                    self.keep(column, cell);
                }
            }
        }
    }

    /// The names in a cell, as far as they are taken in; a cell with more is kept whole as well.
    fn names(&mut self, column: &Column<'_>, cell: &str) -> Vec<String> {
        if words::uncoded(cell).is_some()
            || ["nei", "ingen", "none", "no"].contains(&cell.to_lowercase().as_str())
        {
            self.keep(column, cell);
            return Vec::new();
        }
        let alone = &self.rows.names;
        let mut found = lists::names(cell, &|name| alone.contains(name));
        let room = IMPORT_PARTIES_MAX - self.record.parties.len();
        if found.names.len() > room {
            self.doubt(column, &first_chars(cell), String::new(), DoubtKind::Cut);
            self.keep(column, cell);
            found.names.truncate(room);
        }
        if found.doubtful {
            self.doubt(column, cell, found.names.join("; "), DoubtKind::SplitList);
        }
        found.names
    }

    pub fn coding(&mut self, c: &Characteristic, column: &Column<'_>, cell: &str) {
        let coded = match c.scale {
            Scale::Text => vec![cell.to_owned()],
            Scale::Number => self.number(c, column, cell).into_iter().collect(),
            Scale::Multi => self.several(c, column, cell),
            Scale::Nominal | Scale::Ordinal => self.one(c, column, cell).into_iter().collect(),
        };
        if !coded.is_empty() {
            self.record.states.remove(&c.key);
            self.record.codings.insert(c.key.clone(), coded);
        }
    }

    fn one(&mut self, c: &Characteristic, column: &Column<'_>, cell: &str) -> Option<String> {
        let field = Field::Coding(c);
        let whole = self.rows.words.meaning(field, cell);
        let parts = self.known_words(c, cell);
        if whole.is_none() && words::uncoded(cell).is_none() && parts.len() > 1 {
            let keys: Vec<String> = parts
                .iter()
                .filter_map(|w| self.rows.words.meaning(field, w))
                .map(|m| m.key)
                .collect();
            self.doubt(column, cell, keys.join("; "), DoubtKind::ManyValues);
            self.keep(column, cell);
            return None;
        }
        self.value(
            field,
            column,
            cell,
            parts
                .first()
                .copied()
                .filter(|_| parts.len() == 1)
                .unwrap_or(cell),
        )
    }

    fn several(&mut self, c: &Characteristic, column: &Column<'_>, cell: &str) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for word in self.known_words(c, cell) {
            if let Some(key) = self
                .value(Field::Coding(c), column, cell, word)
                .filter(|key| !keys.contains(key))
            {
                keys.push(key);
            }
        }
        keys
    }

    /// The words of a cell; one that means something, or was chosen to, is never cut.
    fn known_words<'c>(&mut self, c: &Characteristic, cell: &'c str) -> Vec<&'c str> {
        let words = std::cell::RefCell::new(&mut self.rows.words);
        let is_known = |word: &str| {
            words::uncoded(word).is_some()
                || words
                    .borrow_mut()
                    .meaning(Field::Coding(c), word)
                    .is_some_and(|m| m.is_used() || (word.contains('/') && m.reason == ValueReason::Synonym))
        };
        lists::known_list(cell, &is_known)
    }

    /// A number; one with words beside it is likely meant, and one that begins with a zero may be a code.
    fn number(&mut self, c: &Characteristic, column: &Column<'_>, cell: &str) -> Option<String> {
        let digits = cell.replace(['\u{a0}', ' '], "");
        if let Some(number) = finite(&digits) {
            if digits.starts_with('0') && digits[1..].starts_with(|next: char| next.is_ascii_digit()) {
                self.doubt(column, cell, number.to_string(), DoubtKind::LikelyValue);
            }
            return Some(number.to_string());
        }
        if let Some(state) = words::uncoded(cell) {
            self.state(Field::Coding(c), state);
            return None;
        }
        let runs: Vec<f64> = cell
            .split(|ch: char| !(ch.is_ascii_digit() || matches!(ch, ',' | '.')))
            .filter_map(|run| finite(run.trim_matches([',', '.'])))
            .collect();
        match runs.as_slice() {
            [number] => {
                self.doubt(column, cell, number.to_string(), DoubtKind::LikelyValue);
                Some(number.to_string())
            }
            _ => {
                self.doubt(column, cell, String::new(), DoubtKind::NotANumber);
                self.keep(column, cell);
                None
            }
        }
    }

    /// One value, ticked or not.
    pub fn value_choice(&mut self, c: &Characteristic, place: usize, column: &Column<'_>, cell: &str) {
        let Some(value) = c.values.get(place) else { return };
        let mut says_itself = || {
            self.rows
                .words
                .meaning(Field::Coding(c), cell)
                .is_some_and(|m| m.key == value.key)
        };
        match words::ticked(cell) {
            Some(false) => return,
            Some(true) => {}
            None if says_itself() => {}
            None => return self.not_understood(column, cell),
        }
        let coded = self.record.codings.entry(c.key.clone()).or_default();
        if coded.contains(&value.key) {
            return;
        }
        coded.push(value.key.clone());
        if c.scale != Scale::Multi && coded.len() > 1 {
            let keys = self.record.codings.remove(&c.key).unwrap_or_default();
            self.record.extra.insert(c.key.clone(), keys.join("; "));
            self.doubt(column, cell, keys.join("; "), DoubtKind::ManyValues);
        }
    }
}
