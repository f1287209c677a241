//! Renders `web/src/generated/domain.ts`: the shapes, words, limits and tables the web client shares with the
//! server. A test compares the file and, with `BLESS=1`, writes it.

use crate::access::{Action, Audience, Grant, Kind, State};
use crate::access_page::{DENIALS, digits, word};
use crate::analysis::truth_table::CONDITIONS_MAX;
use crate::case;
use crate::characteristic::{Scale, What};
use crate::document::fields::{self, Field};
use crate::document::read::ProblemKind;
use crate::import::{
    self, CellKind, ColumnReason, Confidence, DoubtKind, DuplicateBy, Layout, Refusal, TwinAnswer,
    ValueReason, WarningKind,
};
use crate::limits;
use crate::model;
use crate::need;
use crate::organisation;
use crate::role::Role;
use crate::source;
use serde::Serialize;
use std::fmt::Write;

/// The whole file.
pub fn domain() -> String {
    let parts = [
        HEAD.into(),
        words(),
        SHAPES.into(),
        field_tables(),
        limit_table(),
        access(),
    ];
    parts.join("\n")
}

const HEAD: &str = r#"// Rendered from the Rust crate `shared` by its tests; edit that, then run
// BLESS=1 cargo test -p samverk-shared --test generated

import type { ImmutableString } from "@automerge/automerge";
"#;

/// Each closed set of words, as an array and as a type.
fn words() -> String {
    let mut out = String::new();
    fn each<T: Serialize + Copy>(all: &[T]) -> Vec<String> {
        all.iter().copied().map(word).collect()
    }
    let sets = [
        ("ACTOR_GROUPS", "ActorGroup", each(case::ActorGroup::ALL)),
        ("ORIGINS", "Origin", each(case::Origin::ALL)),
        ("STATUSES", "Status", each(case::Status::ALL)),
        ("LEVELS", "Level", each(case::Level::ALL)),
        ("PARTY_ROLES", "PartyRole", each(case::PartyRole::ALL)),
        ("CODING_STATES", "CodingState", each(case::CodingState::ALL)),
        ("CONFIDENCES", "Confidence", each(case::Confidence::ALL)),
        ("DECISIONS", "Decision", each(case::Decision::ALL)),
        ("CRITERIA", "Criterion", each(case::Criterion::ALL)),
        ("ELIGIBLES", "Eligible", each(case::Eligible::ALL)),
        ("WAYS", "Way", each(need::Way::ALL)),
        ("NEED_STATUSES", "NeedStatus", each(need::NeedStatus::ALL)),
        ("MODEL_KINDS", "ModelKind", each(model::ModelKind::ALL)),
        ("MODEL_STATUSES", "ModelStatus", each(model::ModelStatus::ALL)),
        (
            "TRANSITION_KINDS",
            "TransitionKind",
            each(model::TransitionKind::ALL),
        ),
        ("CLAIM_KINDS", "ClaimKind", each(model::ClaimKind::ALL)),
        ("TRIGGER_KINDS", "TriggerKind", each(model::TriggerKind::ALL)),
        ("TASKS", "Task", each(model::Task::ALL)),
        ("TASK_FITS", "TaskFit", each(model::TaskFit::ALL)),
        ("NEEDS", "Need", each(model::Need::ALL)),
        ("TAKES", "Takes", each(model::Takes::ALL)),
        ("TRANSFERS", "Transfer", each(model::Transfer::ALL)),
        ("SIGNS", "Sign", each(model::Sign::ALL)),
        ("CHALLENGES", "Challenge", each(model::Challenge::ALL)),
        (
            "EVIDENCE_RELATIONS",
            "EvidenceRelation",
            each(model::EvidenceRelation::ALL),
        ),
        ("STRENGTHS", "Strength", each(model::Strength::ALL)),
        ("TRAIT_CLASSES", "TraitClass", each(model::TraitClass::ALL)),
        ("CLAIM_PLACES", "ClaimPlace", each(model::ClaimPlace::ALL)),
        ("LEGAL_FORMS", "LegalForm", each(organisation::LegalForm::ALL)),
        ("SOURCE_KINDS", "SourceKind", each(source::SourceKind::ALL)),
        ("SCALES", "Scale", each(&SCALES)),
        ("WHATS", "What", each(What::ALL)),
        ("GRANTS", "Grant", each(&Grant::ALL)),
        ("ROLES", "Role", each(&Role::ALL)),
        ("KINDS", "Kind", each(&Kind::ALL)),
        ("AUDIENCES", "Audience", each(&Audience::ALL)),
        ("STATES", "State", each(&State::ALL)),
        ("ACTIONS", "Action", each(&Action::ALL)),
        ("DENIALS", "Denial", each(&DENIALS)),
        ("WARNING_KINDS", "WarningKind", each(WarningKind::ALL)),
        ("DOUBT_KINDS", "DoubtKind", each(DoubtKind::ALL)),
        ("DUPLICATE_BYS", "DuplicateBy", each(DuplicateBy::ALL)),
        ("TWIN_ANSWERS", "TwinAnswer", each(TwinAnswer::ALL)),
        ("CELL_KINDS", "CellKind", each(CellKind::ALL)),
        ("SURENESSES", "Sureness", each(Confidence::ALL)),
        ("REFUSALS", "Refusal", each(Refusal::ALL)),
        ("LAYOUTS", "Layout", each(Layout::ALL)),
        ("COLUMN_REASONS", "ColumnReason", each(ColumnReason::ALL)),
        ("VALUE_REASONS", "ValueReason", each(ValueReason::ALL)),
        ("IMPORT_FIELDS", "ImportField", import::fields()),
        ("PROBLEM_KINDS", "ProblemKind", each(ProblemKind::ALL)),
        (
            "FIELDS",
            "Field",
            Field::ALL.iter().map(|f| f.as_str().to_owned()).collect(),
        ),
    ];
    for (array, name, words) in sets {
        let list = wrapped(words.iter().map(|w| format!("{w:?}")));
        line(
            &mut out,
            format_args!("export const {array} = [{list}] as const;"),
        );
        line(
            &mut out,
            format_args!("export type {name} = (typeof {array})[number];"),
        );
    }
    out
}

const SCALES: [Scale; 5] = [
    Scale::Nominal,
    Scale::Ordinal,
    Scale::Multi,
    Scale::Number,
    Scale::Text,
];

/// The shapes. A test holds that those of the API have the keys the server writes.
const SHAPES: &str = r#"
/** A word in a document: an id, a choice or an order key. Never assigned over people's words. */
export type Word<T extends string = string> = ImmutableString & { readonly val: T };

/** A `frame` document. Plain strings are people's words. */
export interface FrameDocument {
  schema: number;
  title: string;
  purpose: string;
  problem: string;
}

/** A `register` document: groupings made by hand, and organisations. Plain strings are people's words. */
export interface RegisterDocument {
  schema: number;
  /** The grouping that holds at present, or nothing. */
  current: Word;
  groupings: Record<string, HandGrouping>;
  /** Older documents lack it until the server adds it. */
  organisations?: Record<string, SaidOrganisation>;
}

/** What the team says about an organisation. */
export interface SaidOrganisation {
  name: string;
  aliases: Record<string, { name: string; order: Word }>;
  legal_form: Word<LegalForm>;
  group: Word<ActorGroup | "">;
  level: Word<Level | "">;
  country: string;
  /** Names, as the server compares them, that are not this organisation. */
  apart: Record<string, true>;
  order: Word;
}

export interface HandGrouping {
  name: string;
  /** `hand`, or the method and the number of groups it started from. */
  made_by: Word;
  order: Word;
  groups: Record<string, { name: string; order: Word }>;
  /** Case to the group it is in. */
  members: Record<string, Word>;
  moves: Record<string, { subject: Word; from: Word; to: Word; by: Word; reason: string; order: Word }>;
}

/** A `case` document. Plain strings are people's words: splice or update them, never assign. */
export interface CaseDocument {
  schema: number;
  code: Word;
  facts: {
    name: string;
    country: string;
    sector: string;
    source: string;
    origin: Word<Origin>;
    status: Word<Status>;
    start_year: number | null;
    end_year: number | null;
    period: string;
    level: Partial<Record<Level, true>>;
  };
  texts: { description: string; benefit: string; notes: string };
  parties: Record<string, CaseParty>;
  codings: Record<string, CaseCoding>;
  selection: { decision: Word<Decision>; criterion: Word<Criterion>; reason: string; by: Word };
  provenance: Record<string, { list: Word; row: number }>;
  eligibility: { answer: Word<Eligible>; reason: string; by: Word };
  needs: Record<string, CaseNeed>;
  sources: Record<string, CaseSource>;
  references: Record<string, CaseReference>;
  extra: Record<string, string>;
}

/** What somebody is to find out. */
export interface CaseNeed {
  about: Word;
  question: string;
  way: Word<Way>;
  responsible: Word;
  due: Word;
  status: Word<NeedStatus>;
  answer: string;
  source: Word;
  order: Word;
}

export interface CaseSource {
  title: string;
  publisher: string;
  address: string;
  year: number | null;
  read: Word;
  kind: Word<SourceKind>;
  order: Word;
}

/** That a source says something about a field, and where. */
export interface CaseReference {
  field: Word;
  source: Word;
  page: string;
  quote: string;
  order: Word;
}

export interface CaseParty {
  name: string;
  group: Word<ActorGroup>;
  role: Word<PartyRole>;
  order: Word;
}

export interface CaseCoding {
  state: Word<CodingState>;
  value: Word | null;
  values: Record<string, true>;
  number: number | null;
  text: string;
  confidence: Word<Confidence>;
  coder: Word;
  note: string;
}

/** A `talk` document: threads by id. */
export interface TalkDocument {
  schema: number;
  threads: Record<string, TalkThread>;
}

/** A comment and the answers to it. */
export interface TalkThread {
  /** What it is about: a field by its path, or empty. */
  field: Word;
  /** A place in the field's text; none yet. */
  anchor: null;
  order: Word;
  /** Which participant resolved it, or empty. */
  resolved: Word;
  comments: Record<string, TalkComment>;
}

export interface TalkComment {
  /** The participant who writes it: the server takes it from nobody else. */
  by: Word;
  at_ms: number;
  text: string;
  order: Word;
  withdrawn: boolean;
}

export interface Problem {
  path: string;
  kind: ProblemKind;
}

/** Which of the four groups that eligibility counts take part. */
export interface ActorMix {
  public: boolean;
  research: boolean;
  business: boolean;
  voluntary: boolean;
}

/** One case in the register. */
export interface RegisterRow {
  subject: string;
  document: string;
  state: State;
  code: string;
  name: string;
  country: string;
  sector: string;
  origin: Origin;
  status: Status;
  start_year: number | null;
  end_year: number | null;
  level: Level[];
  /** Who takes part; who only evaluates does not. */
  actor_groups: ActorGroup[];
  mix: ActorMix;
  /** How many parties it names. */
  parties: number;
  /** Characteristic key to its values; only what is coded, and no words. */
  codings: Record<string, string[]>;
  /** Characteristic key to why it has no value. */
  uncoded: Record<string, CodingState>;
  /** How many of the twelve core characteristics are coded or found to have no value. */
  settled_core: number;
  /** The same of all 24. */
  settled: number;
  decision: Decision;
  criterion: Criterion;
  /** The beginning, where it is very long. */
  reason: string;
  eligible: boolean;
  /** The lists and searches that brought it. */
  lists: string[];
  /** Coded as an ecosystem, and at most one of the three partner groups takes part. */
  narrow_ecosystem: boolean;
  problems: Problem[];
  /** Lower case; what a search looks in. */
  search: string;
}

/** One case as a list gives it. */
export interface CaseRecord {
  code: string;
  fields: Record<string, string>;
  sets: Record<string, string[]>;
  parties: [name: string, group: string][];
  codings: Record<string, string[]>;
  states: Record<string, string>;
  extra: Record<string, string>;
  list: string;
  row: number;
  /** Other lists and rows that tell of the same case. */
  also: [string, number][];
}

/** What an import would do. */
export interface ImportPlan {
  sheets: SheetPlan[];
  refused: RefusedFile[];
  rows: number;
  cases: number;
  skipped: number;
  /** Cases of the workshop that get something. */
  updated: number;
  /** Those that get theirs only when the lists come once more. */
  waiting: number;
  /** Fields that were changed in the meantime, and left. */
  left: number;
}

export interface RefusedFile {
  file: string;
  why: Refusal;
  problem: string;
}

export interface SheetPlan {
  file: string;
  name: string;
  layout: Layout;
  header_row: number | null;
  encoding: string;
  fingerprint: string;
  columns: ColumnPlan[];
  values: ValuePlan[];
  records: CaseRecord[];
  doubts: Doubt[];
  duplicates: Duplicate[];
  warnings: Warning[];
  /** Rows whose case is in the workshop already; they make none unless that was chosen. */
  known: number[];
  /** Rows beside the case they are, or may be. */
  joins: Join[];
  /** The list that came before and of which this is a new edition, and those it may be one of. */
  edition_of: string | null;
  editions: string[];
  rows: number;
  skipped: number;
}

/** A row beside a case that it is, or may be, and what it brings to it. */
export interface Join {
  row: number;
  name: string;
  of: Twin;
  by: DuplicateBy;
  /** In hundredths. */
  score: number;
  answer: TwinAnswer;
  /** The list becomes one more of those the case comes from. */
  new_list: boolean;
  /** The list told of the case before. */
  edition: boolean;
  /** The fields where they are not the same; of what nobody has answered yet, all that either says. */
  cells: Cell[];
}

/** One field of a case beside what a list says of it: words, or the keys of values; nothing where it is blank. */
export interface Cell {
  field: string;
  /** What the list said the last time. */
  before: string[];
  listed: string[];
  here: string[];
  kind: CellKind;
  take: boolean;
  /** The column beside the fields that keeps what the case does not get. */
  kept_as: string;
}

/** How one column was understood; without a target it goes to `extra`, with the target `ignore` it is left out. */
export interface ColumnPlan {
  column: number;
  header: string;
  /** The first cells below it, cut. */
  examples: string[];
  target: string | null;
  confidence: Sureness;
  reason: ColumnReason;
}

/** What a word of a coded column was taken for, once for the whole list. */
export interface ValuePlan {
  field: string;
  original: string;
  cells: number;
  /** Empty: there is to be no value. */
  key: string | null;
  confidence: Sureness;
  reason: ValueReason;
  used: boolean;
}

/** A cell whose reading somebody should look at. */
export interface Doubt {
  row: number;
  column: string;
  original: string;
  read_as: string;
  why: DoubtKind;
}

/** A case that may be the same as another. */
export interface Duplicate {
  row: number;
  name: string;
  of: Twin;
  by: DuplicateBy;
  /** In hundredths. */
  score: number;
}

/** The other of two: in the same sheet, in another list, or in the workshop already. */
export interface Twin {
  name: string;
  list: string;
  row: number;
  case: string;
}

export interface Warning {
  kind: WarningKind;
  row: number | null;
  column: string | null;
  value: string;
}

/** What somebody chose for one sheet. */
export interface SheetChoices {
  file: string;
  name: string;
  leave_out: boolean;
  take_known: boolean;
  header_row: number | null;
  /** Column, from 1, to the field it fills, `extra` or `ignore`. */
  columns: Record<number, string>;
  /** Field to word of the list to key; an empty key says that there is to be no value. */
  values: Record<string, Record<string, string>>;
  /** Empty: a list of its own. */
  edition_of: string | null;
  /** Row to what it is. */
  twins: Record<number, TwinChoice>;
  /** Row to field to whether the case gets what the list says; of a party `parties.` and its name. */
  cells: Record<number, Record<string, boolean>>;
}

/** Whether a row and another case are the same. */
export interface TwinChoice {
  answer: TwinAnswer;
  case: string;
  list: string;
  row: number;
}

export interface ImportChoices {
  sheets: SheetChoices[];
}

export interface CharacteristicValue {
  key: string;
  label_nb: string;
  label_en: string;
  /** In bokmål; empty where the label says it all. */
  definition: string;
  /** Of a retired value: the one in use that it reads as. */
  merged_into?: string;
}

/** What cases are coded by. */
export interface Characteristic {
  code: string;
  key: string;
  label_nb: string;
  label_en: string;
  scale: Scale;
  group: string;
  help_nb: string;
  help_en: string;
  unit: string | null;
  dynamic: boolean;
  active: boolean;
  /** One of those a team codes first. */
  core: boolean;
  /** Those in use, in their order. */
  values: CharacteristicValue[];
  /** Those that left the list; documents may still hold them. */
  retired: CharacteristicValue[];
}

/** A characteristic as somebody writes it; a value without a key is new. */
export interface CharacteristicForm {
  label_nb: string;
  label_en: string;
  scale: Scale;
  group: string;
  help_nb: string;
  help_en: string;
  unit: string | null;
  dynamic: boolean;
  active: boolean;
  core: boolean;
  values: { key: string | null; label_nb: string; label_en: string; definition: string }[];
}

/** What a workshop does to its characteristics. */
export type CharacteristicsChange =
  | { what: "add"; form: CharacteristicForm }
  | { what: "edit"; key: string; form: CharacteristicForm }
  | { what: "move"; key: string; place: number }
  | { what: "retire"; key: string; value: string; into: string | null }
  | { what: "restore"; key: string; value: string }
  | { what: "delete"; key: string }
  | { what: "take-back"; key: string };

/** A label in the reader's language; nynorsk has the words of bokmål. */
export function labelIn(language: string, item: { label_nb: string; label_en: string }): string {
  return language === "en" ? item.label_en : item.label_nb;
}
"#;

fn field_tables() -> String {
    let mut out = String::new();
    for (name, table) in [
        ("CASE_FIELDS", fields::CASE),
        ("FRAME_FIELDS", fields::FRAME),
        ("TEAM_FIELDS", fields::TEAM),
        ("REGISTER_FIELDS", fields::REGISTER),
        ("SEALED_FIELDS", fields::SEALED),
        ("BOARD_FIELDS", fields::BOARD),
        ("TALK_FIELDS", fields::TALK),
    ] {
        line(
            &mut out,
            format_args!("/** Path to what stands there; `*` is an id, a characteristic or a column. */"),
        );
        line(&mut out, format_args!("export const {name} = {{"));
        for (path, field) in table {
            line(&mut out, format_args!("  {path:?}: {:?},", field.as_str()));
        }
        line(
            &mut out,
            format_args!("}} as const satisfies Record<string, Field>;\n"),
        );
    }
    line(
        &mut out,
        format_args!("/** The words that may stand on a path; those of a coding are the values of its"),
    );
    line(
        &mut out,
        format_args!(" *  characteristic. */\nexport const CASE_CHOICES = {{"),
    );
    for (path, array) in CHOICES {
        line(&mut out, format_args!("  {path:?}: {array},"));
    }
    line(&mut out, format_args!("}} as const;"));
    out
}

const CHOICES: [(&str, &str); 13] = [
    ("facts.origin", "ORIGINS"),
    ("facts.status", "STATUSES"),
    ("facts.level", "LEVELS"),
    ("parties.*.group", "ACTOR_GROUPS"),
    ("parties.*.role", "PARTY_ROLES"),
    ("codings.*.state", "CODING_STATES"),
    ("codings.*.confidence", "CONFIDENCES"),
    ("selection.decision", "DECISIONS"),
    ("selection.criterion", "CRITERIA"),
    ("eligibility.answer", "ELIGIBLES"),
    ("needs.*.way", "WAYS"),
    ("needs.*.status", "NEED_STATUSES"),
    ("sources.*.kind", "SOURCE_KINDS"),
];

fn limit_table() -> String {
    let table: &[(&str, u64)] = &[
        ("schema", limits::SCHEMA),
        ("frame_bytes_max", limits::FRAME_BYTES_MAX as u64),
        ("ping_every_ms", limits::PING_EVERY_MS),
        ("silence_ms_max", limits::SILENCE_MS_MAX),
        ("line_hold_ms_max", limits::LINE_HOLD_MS_MAX),
        ("line_frames_max", limits::LINE_FRAMES_MAX as u64),
        ("line_answer_bytes_max", limits::LINE_ANSWER_BYTES_MAX as u64),
        ("device_s_max", limits::DEVICE_S_MAX),
        ("password_chars_min", limits::PASSWORD_CHARS_MIN as u64),
        ("open_documents_max", limits::OPEN_DOCUMENTS_MAX as u64),
        ("document_bytes_max", limits::DOCUMENT_BYTES_MAX),
        ("document_items_max", limits::DOCUMENT_ITEMS_MAX as u64),
        ("change_ops_max", limits::CHANGE_OPS_MAX),
        ("presence_bytes_max", limits::PRESENCE_BYTES_MAX as u64),
        ("presence_per_s_max", limits::PRESENCE_PER_S_MAX),
        ("subjects_max", limits::SUBJECTS_MAX as u64),
        ("name_chars_max", limits::NAME_CHARS_MAX as u64),
        ("title_chars_max", limits::TITLE_CHARS_MAX as u64),
        ("prompt_chars_max", limits::PROMPT_CHARS_MAX as u64),
        ("note_chars_max", limits::NOTE_CHARS_MAX as u64),
        ("comment_chars_max", limits::COMMENT_CHARS_MAX as u64),
        ("raters_min", limits::RATERS_MIN as u64),
        ("collection_items_max", limits::COLLECTION_ITEMS_MAX as u64),
        ("actor_map_cases_max", limits::ACTOR_MAP_CASES_MAX as u64),
        ("coded_cases_max", limits::CODED_CASES_MAX as u64),
        ("coded_cells_max", limits::CODED_CELLS_MAX as u64),
        ("upload_bytes_max", limits::UPLOAD_BYTES_MAX as u64),
        ("uploads_bytes_max", limits::UPLOADS_BYTES_MAX as u64),
        ("import_files_max", limits::IMPORT_FILES_MAX as u64),
        (
            "import_choices_bytes_max",
            limits::IMPORT_CHOICES_BYTES_MAX as u64,
        ),
        ("import_rows_max", limits::IMPORT_ROWS_MAX as u64),
        ("import_columns_max", limits::IMPORT_COLUMNS_MAX as u64),
        ("decided_cases_max", limits::DECIDED_CASES_MAX as u64),
        ("models_in_report_max", limits::MODELS_IN_REPORT_MAX as u64),
        ("challenges_max", limits::CHALLENGES_MAX as u64),
        ("conditions_max", CONDITIONS_MAX as u64),
        ("model_cases_max", limits::MODEL_CASES_MAX as u64),
    ];
    let mut out = String::from("/** The server's limits that a client meets. */\nexport const LIMITS = {\n");
    for (name, limit) in table {
        line(&mut out, format_args!("  {name}: {limit},"));
    }
    out.push_str("} as const;\n");
    out
}

fn access() -> String {
    let mut out =
        String::from("/** What each role carries. */\nexport const GRANT_OF: Record<Role, Grant> = {\n");
    for role in Role::ALL {
        line(
            &mut out,
            format_args!("  {:?}: {:?},", word(role), role.grant().as_str()),
        );
    }
    out.push_str("};\n\n");
    out.push_str(DECIDE);
    out.push_str("const ACCESS: Record<Grant, Record<Kind, string>> = {\n");
    for grant in Grant::ALL {
        line(&mut out, format_args!("  {}: {{", grant.as_str()));
        for kind in Kind::ALL {
            line(&mut out, format_args!("    {}:", word(kind)));
            let digits = digits(grant, kind);
            let lines: Vec<String> = (0..digits.len())
                .step_by(DIGITS_PER_LINE)
                .map(|from| {
                    format!(
                        "      {:?}",
                        &digits[from..digits.len().min(from + DIGITS_PER_LINE)]
                    )
                })
                .collect();
            line(&mut out, format_args!("{},", lines.join(" +\n")));
        }
        line(&mut out, format_args!("  }},"));
    }
    out.push_str("};\n");
    out
}

/// A line holds two relations of each audience and keeps within 110 columns.
const DIGITS_PER_LINE: usize = 60;

const DECIDE: &str = r#"export interface Relation {
  owner?: boolean;
  invited?: boolean;
  group?: boolean;
}

export interface Facts {
  kind: Kind;
  audience: Audience;
  state: State;
}

/** Why the server would refuse this, or null: of several grants the kindest answer stands. The server decides; this
 * explains a button. */
export function decide(
  grants: readonly Grant[], relation: Relation, document: Facts, action: Action,
): Denial | null {
  const audience = AUDIENCES.indexOf(document.audience);
  const state = STATES.indexOf(document.state);
  if (grants.length === 0 || audience < 0 || state < 0) return "hidden";
  const bits = (relation.owner ? 1 : 0) + (relation.invited ? 2 : 0) + (relation.group ? 4 : 0);
  const cell = ((audience * 8 + bits) * STATES.length + state) * ACTIONS.length + ACTIONS.indexOf(action);
  const digits = grants.map((grant) => Number(ACCESS[grant][document.kind].charAt(cell)));
  return digits.includes(0) ? null : (DENIALS[Math.max(...digits) - 1] ?? "hidden");
}

/** One digit for each audience, relation, state and action, in that order of nesting; 0 is yes. */
"#;

/// Items with commas between them, on one line where they fit.
fn wrapped(items: impl Iterator<Item = String>) -> String {
    let mut lines = vec![String::new()];
    for item in items {
        match lines.last_mut() {
            Some(last) if last.len() + item.len() < 70 => last.push_str(&format!("{item}, ")),
            _ => lines.push(format!("{item}, ")),
        }
    }
    match lines.as_slice() {
        [one] => one.trim_end_matches(", ").to_owned(),
        many => many
            .iter()
            .map(|l| format!("\n  {}", l.trim_end()))
            .chain(["\n".into()])
            .collect(),
    }
}

/// Writing to a `String` cannot fail.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    if out.write_fmt(text).is_ok() {
        out.push('\n');
    }
}
