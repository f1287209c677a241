// What the fields of a case are called where a column is to fill one, or another case.
import { type ActorGroup, type Characteristic, IMPORT_FIELDS } from "../generated/domain.ts";
import { type Language, labelOf, type Messages } from "../messages/index.ts";
import { valueLabel } from "./characteristics.ts";

export interface Choice {
  key: string;
  label: string;
}

/** What stands before the key of a characteristic. */
const CODINGS = "codings.";
const PARTIES = "parties.";
const EXTRA = "extra.";
const STATE = "state:";

/** The field's name for people; a column that is one value of a characteristic names both. */
export function fieldLabel(
  field: string,
  characteristics: readonly Characteristic[],
  m: Messages,
  language: Language,
): string {
  if (field === "extra") return m.intake.kept;
  if (field === "ignore") return m.intake.leftOut;
  if (field.startsWith(EXTRA)) return field.slice(EXTRA.length);
  if (field === "parties.public") return m.intake.publicParties;
  if (field.startsWith(PARTIES)) {
    const group = field.slice(PARTIES.length) as ActorGroup;
    return m.intake.partiesOf(m.groups[group] ?? group);
  }
  const [name, value] = field.split("=", 2) as [string, string | undefined];
  if (name === "level" && value) return `${m.intake.fields.level}: ${m.levels[value as keyof typeof m.levels] ?? value}`;
  if (!name.startsWith(CODINGS)) return m.intake.fields[name as keyof typeof m.intake.fields] ?? name;
  const of = characteristics.find((one) => one.key === name.slice(CODINGS.length));
  const label = of ? labelOf(of, language) : name;
  return value ? `${label}: ${valueLabel(of, value, language)}` : label;
}

/** The fields a column can fill, in groups. */
export function fieldGroups(
  characteristics: readonly Characteristic[],
  m: Messages,
  language: Language,
): { label: string; choices: Choice[] }[] {
  const choice = (key: string) => ({ key, label: fieldLabel(key, characteristics, m, language) });
  const isParties = (field: string) => field.startsWith("parties");
  const groups = m.intake.fieldGroups;
  return [
    { label: groups.case, choices: IMPORT_FIELDS.filter((field) => !isParties(field)).map(choice) },
    { label: groups.parties, choices: IMPORT_FIELDS.filter(isParties).map(choice) },
    { label: groups.codings, choices: characteristics.map((one) => choice(CODINGS + one.key)) },
    { label: groups.other, choices: ["extra", "ignore"].map(choice) },
  ];
}

/** What stands in a field, in words; of a party that is missing, its name and actor group. */
export function saidLabel(
  field: string,
  said: readonly string[],
  characteristics: readonly Characteristic[],
  m: Messages,
  language: Language,
): string {
  const [first, second] = said;
  if (field === "parties" && said.length === 2 && second && second in m.groups) {
    return `${first} (${m.groups[second as ActorGroup]})`;
  }
  if (first?.startsWith(STATE)) return m.codeForm.states[first.slice(STATE.length) as "unknown" | "not_applicable"] ?? first;
  const known = new Map(valuesOf(field, characteristics, m, language).map((value) => [value.key, value.label]));
  return said.map((word) => (field === "parties" ? word : (known.get(word) ?? word))).join(", ");
}

/** The values a word of a field can mean. */
export function valuesOf(
  field: string,
  characteristics: readonly Characteristic[],
  m: Messages,
  language: Language,
): Choice[] {
  const words: Record<string, Record<string, string>> = {
    level: m.levels,
    status: m.statuses,
    origin: m.origins,
    parties: m.groups,
  };
  const plain = words[field];
  if (plain) return Object.entries(plain).map(([key, label]) => ({ key, label }));
  const of = characteristics.find((one) => one.key === field.slice(CODINGS.length));
  return (of?.values ?? []).map((value) => ({ key: value.key, label: labelOf(value, language) }));
}
