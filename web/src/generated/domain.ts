// Rendered from the Rust crate `shared` by its tests; edit that, then run
// BLESS=1 cargo test -p samverk-shared --test generated

import type { ImmutableString } from "@automerge/automerge";

export const ACTOR_GROUPS = [
  "stat", "region", "kommune", "forskning", "naeringsliv", "oppstart",
  "frivillig", "innbyggere", "finansior", "offentlig",
] as const;
export type ActorGroup = (typeof ACTOR_GROUPS)[number];
export const ORIGINS = ["national", "international", "future"] as const;
export type Origin = (typeof ORIGINS)[number];
export const STATUSES = ["planned", "ongoing", "ended", "unknown"] as const;
export type Status = (typeof STATUSES)[number];
export const LEVELS = ["statlig", "regional", "kommunal"] as const;
export type Level = (typeof LEVELS)[number];
export const PARTY_ROLES = [
  "owner", "partner", "supplier", "funder", "user_organisation",
  "evaluator",
] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];
export const CODING_STATES = ["coded", "unknown", "not_applicable", "not_coded"] as const;
export type CodingState = (typeof CODING_STATES)[number];
export const CONFIDENCES = ["sikker", "skjonn", "usikker", ""] as const;
export type Confidence = (typeof CONFIDENCES)[number];
export const DECISIONS = ["none", "in", "out", "reserve"] as const;
export type Decision = (typeof DECISIONS)[number];
export const CRITERIA = [
  "not_eligible", "duplicate", "too_little_information", "covered",
  "adds_variety", "typical", "extreme", "other", "",
] as const;
export type Criterion = (typeof CRITERIA)[number];
export const ELIGIBLES = ["yes", "no", "unsure", ""] as const;
export type Eligible = (typeof ELIGIBLES)[number];
export const WAYS = ["document", "interview", "form", "workshop"] as const;
export type Way = (typeof WAYS)[number];
export const NEED_STATUSES = ["open", "asked", "received", "given_up"] as const;
export type NeedStatus = (typeof NEED_STATUSES)[number];
export const MODEL_KINDS = ["empirical", "derived", "exploratory"] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];
export const MODEL_STATUSES = ["idea", "draft", "review", "quality", "approved", "discarded"] as const;
export type ModelStatus = (typeof MODEL_STATUSES)[number];
export const TRANSITION_KINDS = ["forward", "feedback", "repeat", "branch", "scale"] as const;
export type TransitionKind = (typeof TRANSITION_KINDS)[number];
export const CLAIM_KINDS = ["strength", "weakness", "precondition"] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];
export const TRIGGER_KINDS = ["event", "need", "money", "rule", "person"] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];
export const TASKS = ["understand", "mobilise", "develop", "try-out", "introduce", "spread"] as const;
export type Task = (typeof TASKS)[number];
export const TASK_FITS = ["well", "partly", "not"] as const;
export type TaskFit = (typeof TASK_FITS)[number];
export const NEEDS = ["necessary", "helpful"] as const;
export type Need = (typeof NEEDS)[number];
export const TAKES = ["months", "years", "never"] as const;
export type Takes = (typeof TAKES)[number];
export const TRANSFERS = ["low", "conditional", "high"] as const;
export type Transfer = (typeof TRANSFERS)[number];
export const SIGNS = ["more", "less"] as const;
export type Sign = (typeof SIGNS)[number];
export const CHALLENGES = [
  "no-solution", "split-services", "unknown-causes", "no-spread",
  "rules", "unused-resources", "unshared-data", "system-shift",
  "split-gain", "no-trust",
] as const;
export type Challenge = (typeof CHALLENGES)[number];
export const EVIDENCE_RELATIONS = ["supports", "contradicts", "nuances"] as const;
export type EvidenceRelation = (typeof EVIDENCE_RELATIONS)[number];
export const STRENGTHS = ["anecdote", "documented", "evaluated"] as const;
export type Strength = (typeof STRENGTHS)[number];
export const TRAIT_CLASSES = [
  "proposed", "core", "choice", "precondition", "common", "local",
  "declined",
] as const;
export type TraitClass = (typeof TRAIT_CLASSES)[number];
export const CLAIM_PLACES = ["", "common", "local"] as const;
export type ClaimPlace = (typeof CLAIM_PLACES)[number];
export const LEGAL_FORMS = [
  "", "statlig", "statsforetak", "helseforetak", "fylkeskommune",
  "kommune", "kommunalt_foretak", "interkommunalt", "aksjeselskap",
  "ideelt", "samvirke", "forening", "stiftelse", "universitet",
  "samlenavn", "annet",
] as const;
export type LegalForm = (typeof LEGAL_FORMS)[number];
export const SOURCE_KINDS = ["own", "independent", "evaluation", ""] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];
export const SCALES = ["nominal", "ordinal", "multi", "number", "text"] as const;
export type Scale = (typeof SCALES)[number];
export const WHATS = [
  "added", "deleted", "taken-back", "renamed", "moved", "activated",
  "deactivated", "described", "value-added", "value-renamed",
  "value-described", "value-merged", "value-deleted", "value-restored",
  "values-ordered",
] as const;
export type What = (typeof WHATS)[number];
export const GRANTS = ["facilitator", "editor", "reviewer", "viewer", "client"] as const;
export type Grant = (typeof GRANTS)[number];
export const ROLES = [
  "project-lead", "facilitator", "analyst", "team-member",
  "quality-assurer", "actor", "user-representative", "observer",
  "client",
] as const;
export type Role = (typeof ROLES)[number];
export const KINDS = [
  "frame", "team", "register", "case", "model", "board", "talk",
  "sealed", "ledger",
] as const;
export type Kind = (typeof KINDS)[number];
export const AUDIENCES = ["client", "members", "team", "group", "owner"] as const;
export type Audience = (typeof AUDIENCES)[number];
export const STATES = ["open", "closed", "archived"] as const;
export type State = (typeof STATES)[number];
export const ACTIONS = ["list", "read", "write", "presence", "command"] as const;
export type Action = (typeof ACTIONS)[number];
export const DENIALS = ["hidden", "read-only", "closed", "server-only"] as const;
export type Denial = (typeof DENIALS)[number];
export const WARNING_KINDS = [
  "no-cases", "no-name", "name-guessed", "ends-before-start",
  "unknown-column", "same-column", "personal-column", "above-header",
  "total-row", "note-row", "section-row", "repeated-header",
  "joined-row", "columns-turned", "encoding", "repaired", "cell-error",
  "cut", "open-quote", "loose-text", "more",
] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];
export const DOUBT_KINDS = [
  "year-in-words", "year-range", "date-serial", "two-digit-year",
  "not-a-year", "status-from-year", "unknown-value", "unsure-value",
  "likely-value", "many-values", "not-a-number", "split-list",
  "group-from-name", "group-unknown", "origin-from-country",
  "footnote-mark", "long-name", "only-a-name", "cut",
] as const;
export type DoubtKind = (typeof DOUBT_KINDS)[number];
export const DUPLICATE_BYS = [
  "edition", "code", "name", "alias", "abbreviation", "word-order",
  "spelling",
] as const;
export type DuplicateBy = (typeof DUPLICATE_BYS)[number];
export const TWIN_ANSWERS = ["same", "different", "later"] as const;
export type TwinAnswer = (typeof TWIN_ANSWERS)[number];
export const CELL_KINDS = ["same", "fill", "update", "differs"] as const;
export type CellKind = (typeof CELL_KINDS)[number];
export const SURENESSES = ["certain", "likely", "unsure", "none"] as const;
export type Sureness = (typeof SURENESSES)[number];
export const REFUSALS = [
  "empty", "too-large", "old-kind", "password", "binary-workbook",
  "web-page", "not-a-list", "broken", "too-many-files",
  "too-many-sheets", "too-many-rows", "too-many-columns", "too-much",
  "no-sheet",
] as const;
export type Refusal = (typeof REFUSALS)[number];
export const LAYOUTS = ["rows", "columns", "forms"] as const;
export type Layout = (typeof LAYOUTS)[number];
export const COLUMN_REASONS = [
  "given", "remembered", "heading", "wording", "spelling", "values",
  "choice", "survey", "board", "personal", "position", "taken",
  "unknown",
] as const;
export type ColumnReason = (typeof COLUMN_REASONS)[number];
export const VALUE_REASONS = [
  "given", "remembered", "label", "synonym", "parts", "word",
  "spelling", "state", "unknown",
] as const;
export type ValueReason = (typeof VALUE_REASONS)[number];
export const IMPORT_FIELDS = [
  "code", "name", "country", "origin", "status", "level", "start_year",
  "end_year", "period", "sector", "description", "benefit", "notes",
  "source", "parties", "parties.public", "parties.stat",
  "parties.region", "parties.kommune", "parties.forskning",
  "parties.naeringsliv", "parties.oppstart", "parties.frivillig",
  "parties.innbyggere", "parties.finansior", "parties.offentlig",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];
export const PROBLEM_KINDS = [
  "missing", "wrong-kind", "unknown-word", "out-of-range", "too-many",
  "newer-schema", "unreadable",
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];
export const FIELDS = [
  "text", "choice", "choice-or-null", "set", "year", "number", "list",
  "order", "participant", "item", "day", "flag", "fixed",
] as const;
export type Field = (typeof FIELDS)[number];


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

/** Path to what stands there; `*` is an id, a characteristic or a column. */
export const CASE_FIELDS = {
  "schema": "fixed",
  "code": "fixed",
  "facts.name": "text",
  "facts.country": "text",
  "facts.sector": "text",
  "facts.source": "text",
  "facts.origin": "choice",
  "facts.status": "choice",
  "facts.start_year": "year",
  "facts.end_year": "year",
  "facts.period": "text",
  "facts.level": "set",
  "texts.description": "text",
  "texts.benefit": "text",
  "texts.notes": "text",
  "parties": "list",
  "parties.*.name": "text",
  "parties.*.group": "choice",
  "parties.*.role": "choice",
  "parties.*.order": "order",
  "codings.*.state": "choice",
  "codings.*.value": "choice-or-null",
  "codings.*.values": "set",
  "codings.*.number": "number",
  "codings.*.text": "text",
  "codings.*.confidence": "choice",
  "codings.*.coder": "participant",
  "codings.*.note": "text",
  "selection.decision": "choice",
  "selection.criterion": "choice",
  "selection.reason": "text",
  "selection.by": "participant",
  "provenance": "list",
  "provenance.*.list": "fixed",
  "provenance.*.row": "fixed",
  "eligibility.answer": "choice",
  "eligibility.reason": "text",
  "eligibility.by": "participant",
  "needs": "list",
  "needs.*.about": "fixed",
  "needs.*.question": "text",
  "needs.*.way": "choice",
  "needs.*.responsible": "participant",
  "needs.*.due": "day",
  "needs.*.status": "choice",
  "needs.*.answer": "text",
  "needs.*.source": "item",
  "needs.*.order": "order",
  "sources": "list",
  "sources.*.title": "text",
  "sources.*.publisher": "text",
  "sources.*.address": "text",
  "sources.*.year": "year",
  "sources.*.read": "day",
  "sources.*.kind": "choice",
  "sources.*.order": "order",
  "references": "list",
  "references.*.field": "fixed",
  "references.*.source": "item",
  "references.*.page": "text",
  "references.*.quote": "text",
  "references.*.order": "order",
  "extra.*": "text",
} as const satisfies Record<string, Field>;

/** Path to what stands there; `*` is an id, a characteristic or a column. */
export const FRAME_FIELDS = {
  "schema": "fixed",
  "title": "text",
  "purpose": "text",
  "problem": "text",
} as const satisfies Record<string, Field>;

/** Path to what stands there; `*` is an id, a characteristic or a column. */
export const TEAM_FIELDS = {
  "schema": "fixed",
  "contacts": "list",
  "contacts.*.who": "text",
  "contacts.*.group": "choice",
  "contacts.*.method": "choice",
  "contacts.*.date": "choice",
  "contacts.*.questions": "text",
  "contacts.*.status": "choice",
  "contacts.*.order": "order",
  "entries": "list",
  "entries.*.date": "choice",
  "entries.*.method": "choice",
  "entries.*.who": "text",
  "entries.*.group": "choice",
  "entries.*.questions": "text",
  "entries.*.notes": "text",
  "entries.*.consent": "choice",
  "entries.*.about": "set",
  "entries.*.order": "order",
  "deliveries": "list",
  "deliveries.*.name": "text",
  "deliveries.*.contents": "text",
  "deliveries.*.order": "order",
  "deliveries.*.dates": "list",
  "deliveries.*.dates.*.due": "fixed",
  "deliveries.*.dates.*.reason": "text",
  "deliveries.*.dates.*.order": "order",
} as const satisfies Record<string, Field>;

/** Path to what stands there; `*` is an id, a characteristic or a column. */
export const REGISTER_FIELDS = {
  "schema": "fixed",
  "searches": "list",
  "searches.*.where": "text",
  "searches.*.query": "text",
  "searches.*.date": "choice",
  "searches.*.hits": "text",
  "searches.*.by": "participant",
  "searches.*.cases": "set",
  "searches.*.order": "order",
  "current": "choice",
  "groupings": "list",
  "groupings.*.name": "text",
  "groupings.*.made_by": "fixed",
  "groupings.*.order": "order",
  "groupings.*.groups": "list",
  "groupings.*.groups.*.name": "text",
  "groupings.*.groups.*.order": "order",
  "groupings.*.members.*": "choice",
  "groupings.*.moves": "list",
  "groupings.*.moves.*.subject": "fixed",
  "groupings.*.moves.*.from": "fixed",
  "groupings.*.moves.*.to": "fixed",
  "groupings.*.moves.*.by": "participant",
  "groupings.*.moves.*.reason": "text",
  "groupings.*.moves.*.order": "order",
  "organisations": "list",
  "organisations.*.name": "text",
  "organisations.*.aliases": "list",
  "organisations.*.aliases.*.name": "text",
  "organisations.*.aliases.*.order": "order",
  "organisations.*.legal_form": "choice",
  "organisations.*.group": "choice",
  "organisations.*.level": "choice",
  "organisations.*.country": "text",
  "organisations.*.apart": "set",
  "organisations.*.order": "order",
} as const satisfies Record<string, Field>;

/** Path to what stands there; `*` is an id, a characteristic or a column. */
export const SEALED_FIELDS = {
  "schema": "fixed",
  "collection": "fixed",
  "notes": "list",
  "notes.*.text": "text",
  "notes.*.order": "order",
  "votes.*": "number",
  "ratings.*.score": "number",
  "ratings.*.reason": "text",
  "codings.*.*.state": "choice",
  "codings.*.*.value": "choice-or-null",
  "codings.*.*.values": "set",
  "codings.*.*.number": "number",
  "codings.*.*.text": "text",
  "codings.*.*.confidence": "choice",
  "codings.*.*.coder": "participant",
  "codings.*.*.note": "text",
} as const satisfies Record<string, Field>;

/** Path to what stands there; `*` is an id, a characteristic or a column. */
export const BOARD_FIELDS = {
  "schema": "fixed",
  "title": "text",
  "notes": "list",
  "notes.*.text": "text",
  "notes.*.by": "participant",
  "notes.*.order": "order",
} as const satisfies Record<string, Field>;

/** Path to what stands there; `*` is an id, a characteristic or a column. */
export const TALK_FIELDS = {
  "schema": "fixed",
  "threads": "list",
  "threads.*.field": "fixed",
  "threads.*.anchor": "fixed",
  "threads.*.order": "fixed",
  "threads.*.resolved": "participant",
  "threads.*.comments": "list",
  "threads.*.comments.*.by": "fixed",
  "threads.*.comments.*.at_ms": "fixed",
  "threads.*.comments.*.text": "text",
  "threads.*.comments.*.order": "order",
  "threads.*.comments.*.withdrawn": "flag",
} as const satisfies Record<string, Field>;

/** The words that may stand on a path; those of a coding are the values of its
 *  characteristic. */
export const CASE_CHOICES = {
  "facts.origin": ORIGINS,
  "facts.status": STATUSES,
  "facts.level": LEVELS,
  "parties.*.group": ACTOR_GROUPS,
  "parties.*.role": PARTY_ROLES,
  "codings.*.state": CODING_STATES,
  "codings.*.confidence": CONFIDENCES,
  "selection.decision": DECISIONS,
  "selection.criterion": CRITERIA,
  "eligibility.answer": ELIGIBLES,
  "needs.*.way": WAYS,
  "needs.*.status": NEED_STATUSES,
  "sources.*.kind": SOURCE_KINDS,
} as const;

/** The server's limits that a client meets. */
export const LIMITS = {
  schema: 1,
  frame_bytes_max: 8388608,
  ping_every_ms: 20000,
  silence_ms_max: 60000,
  line_hold_ms_max: 20000,
  line_frames_max: 1024,
  line_answer_bytes_max: 262144,
  device_s_max: 7776000,
  password_chars_min: 15,
  open_documents_max: 10000,
  document_bytes_max: 52428800,
  document_items_max: 1000,
  change_ops_max: 100000,
  presence_bytes_max: 8192,
  presence_per_s_max: 20,
  subjects_max: 20000,
  name_chars_max: 80,
  title_chars_max: 200,
  prompt_chars_max: 2000,
  note_chars_max: 1000,
  comment_chars_max: 4000,
  raters_min: 3,
  collection_items_max: 100,
  actor_map_cases_max: 60,
  coded_cases_max: 100,
  coded_cells_max: 1200,
  upload_bytes_max: 10485760,
  uploads_bytes_max: 33554432,
  import_files_max: 20,
  import_choices_bytes_max: 1048576,
  import_rows_max: 20000,
  import_columns_max: 500,
  decided_cases_max: 1000,
  models_in_report_max: 15,
  challenges_max: 100,
  conditions_max: 6,
  model_cases_max: 200,
} as const;

/** What each role carries. */
export const GRANT_OF: Record<Role, Grant> = {
  "project-lead": "facilitator",
  "facilitator": "facilitator",
  "analyst": "editor",
  "team-member": "editor",
  "quality-assurer": "editor",
  "actor": "reviewer",
  "user-representative": "reviewer",
  "observer": "viewer",
  "client": "client",
};

export interface Relation {
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
const ACCESS: Record<Grant, Record<Kind, string>> = {
  facilitator: {
    frame:
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300",
    team:
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300",
    register:
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300",
    case:
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300",
    model:
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300",
    board:
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300",
    talk:
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "000000030000300000000030000300000000030000300000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300" +
      "111111111111111000000030000300111111111111111000000030000300",
    sealed:
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304",
    ledger:
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "111111111111111004040040400404111111111111111004040040400404" +
      "111111111111111004040040400404111111111111111004040040400404",
  },
  editor: {
    frame:
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111111111111111111000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302",
    team:
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111111111111111111000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302",
    register:
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111111111111111111000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302",
    case:
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111111111111111111000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302",
    model:
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111111111111111111000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302",
    board:
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111111111111111111000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302",
    talk:
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111111111111111111000020030200302000020030200302" +
      "000020030200302000020030200302000020030200302000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302",
    sealed:
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111111111111111111111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304",
    ledger:
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "111111111111111111111111111111004040040400404004040040400404" +
      "004040040400404004040040400404004040040400404004040040400404" +
      "111111111111111004040040400404111111111111111004040040400404" +
      "111111111111111004040040400404111111111111111004040040400404",
  },
  reviewer: {
    frame:
      "002020020211111002020020200202002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "111111111111111002020020200202111111111111111002020020200202" +
      "111111111111111002020020200202111111111111111002020020200202",
    team:
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111",
    register:
      "002020020211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302",
    case:
      "002020020211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302",
    model:
      "002020020211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302",
    board:
      "000020030211111000020030200302000020030211111000020030200302" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111002020020200202" +
      "111111111111111000020030200302111111111111111000020030200302",
    talk:
      "000020030211111000020030200302000020030211111000020030200302" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302" +
      "111111111111111000020030200302111111111111111000020030200302",
    sealed:
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111111111111111111111111111111111000040030400304" +
      "111111111111111111111111111111111111111111111000040030400304" +
      "111111111111111111111111111111111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304" +
      "111111111111111000040030400304111111111111111000040030400304",
    ledger:
      "004040040411111004040040400404004040040411111004040040400404" +
      "004040040411111004040040400404004040040411111004040040400404" +
      "004040040411111004040040400404004040040411111004040040400404" +
      "004040040411111004040040400404004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "004040040411111004040040400404004040040411111004040040400404" +
      "111111111111111004040040400404111111111111111004040040400404" +
      "111111111111111004040040400404111111111111111004040040400404",
  },
  viewer: {
    frame:
      "002220022211111002020020200202002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "002220022211111002020020200202002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "111111111111111002020020200202111111111111111002020020200202" +
      "111111111111111002020020200202111111111111111002020020200202",
    team:
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111",
    register:
      "002220022211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "002220022211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302",
    case:
      "002220022211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "002220022211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302",
    model:
      "002220022211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "002220022211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302",
    board:
      "002220022211111002020020200202002020020211111002020020200202" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "002220022211111002020020200202002020020211111002020020200202" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111002020020200202" +
      "111111111111111000020030200302111111111111111000020030200302",
    talk:
      "002220022211111002020020200202002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "002220022211111002020020200202002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "111111111111111002020020200202111111111111111002020020200202" +
      "111111111111111002020020200202111111111111111002020020200202",
    sealed:
      "111111111111111002040020400204111111111111111002040020400204" +
      "111111111111111002040020400204111111111111111002040020400204" +
      "111111111111111002040020400204111111111111111002040020400204" +
      "111111111111111002040020400204111111111111111002040020400204" +
      "111111111111111111111111111111111111111111111002040020400204" +
      "111111111111111111111111111111111111111111111002040020400204" +
      "111111111111111111111111111111111111111111111002040020400204" +
      "111111111111111002040020400204111111111111111002040020400204" +
      "111111111111111002040020400204111111111111111002040020400204" +
      "111111111111111002040020400204111111111111111002040020400204",
    ledger:
      "004240042411111004040040400404004040040411111004040040400404" +
      "004040040411111004040040400404004040040411111004040040400404" +
      "004240042411111004040040400404004040040411111004040040400404" +
      "004040040411111004040040400404004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "004040040411111004040040400404004040040411111004040040400404" +
      "111111111111111004040040400404111111111111111004040040400404" +
      "111111111111111004040040400404111111111111111004040040400404",
  },
  client: {
    frame:
      "002220022211111002020020200202002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "002220022211111002020020200202002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "111111111111111002020020200202111111111111111002020020200202" +
      "111111111111111002020020200202111111111111111002020020200202",
    team:
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111" +
      "111111111111111111111111111111111111111111111111111111111111",
    register:
      "002220022211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302",
    case:
      "002220022211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302",
    model:
      "002220022211111002020020200202000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "002020020211111002020020200202000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302" +
      "111111111111111002020020200202111111111111111000020030200302",
    board:
      "002220022211111002020020200202002020020211111002020020200202" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111000020030211111000020030200302" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "111111111111111002020020200202111111111111111002020020200202" +
      "111111111111111000020030200302111111111111111000020030200302",
    talk:
      "000220032211111000020030200302000020030211111000020030200302" +
      "000020030211111000020030200302000020030211111000020030200302" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "111111111111111111111111111111002020020211111002020020200202" +
      "002020020211111002020020200202002020020211111002020020200202" +
      "111111111111111002020020200202111111111111111002020020200202" +
      "111111111111111002020020200202111111111111111002020020200202",
    sealed:
      "111111111111111002040020400204111111111111111002040020400204" +
      "111111111111111002040020400204111111111111111002040020400204" +
      "111111111111111111111111111111111111111111111002040020400204" +
      "111111111111111111111111111111111111111111111002040020400204" +
      "111111111111111111111111111111111111111111111002040020400204" +
      "111111111111111111111111111111111111111111111002040020400204" +
      "111111111111111111111111111111111111111111111002040020400204" +
      "111111111111111002040020400204111111111111111002040020400204" +
      "111111111111111002040020400204111111111111111002040020400204" +
      "111111111111111002040020400204111111111111111002040020400204",
    ledger:
      "004240042411111004040040400404004040040411111004040040400404" +
      "004040040411111004040040400404004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "111111111111111111111111111111004040040411111004040040400404" +
      "004040040411111004040040400404004040040411111004040040400404" +
      "111111111111111004040040400404111111111111111004040040400404" +
      "111111111111111004040040400404111111111111111004040040400404",
  },
};
