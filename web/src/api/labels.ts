// Labels of characteristics and values by their keys, and counts of cases, in the chosen language.
import { useMemo } from "react";
import type { Characteristic, Origin } from "../generated/domain.ts";
import { labelOf, useMessages } from "../messages/index.ts";
import { valueLabel } from "./characteristics.ts";
import { useCharacteristics, useRowsBySubject } from "./live.tsx";

export interface Labels {
  /** «Omfang»; the key itself where the characteristic is not known. */
  characteristic(key: string): string;
  /** «Økosystem». */
  value(characteristic: string, key: string): string;
}

export function useLabels(): Labels {
  const { language } = useMessages();
  const characteristics = useCharacteristics();
  return useMemo(() => {
    const known = new Map<string, Characteristic>(characteristics.map((one) => [one.key, one]));
    return {
      characteristic: (key) => {
        const found = known.get(key);
        return found ? labelOf(found, language) : key;
      },
      value: (characteristic, key) => valueLabel(known.get(characteristic), key, language),
    };
  }, [characteristics, language]);
}

/** What a path of a case is called: «Brukerrolle», «Nytte»; the path itself where there is no word for it. */
export function useFieldName(): (path: string) => string {
  const { m } = useMessages();
  const labels = useLabels();
  return (path) => {
    const key = path.startsWith("codings.") ? path.slice("codings.".length) : undefined;
    return key === undefined ? (m.missing.fields[path] ?? path) : labels.characteristic(key);
  };
}

/** Says how many of some cases are Norwegian, foreign and imagined: «3 norske, 1 utenlandsk». Those one does not see are not counted. */
export function useCaseCounts(): (subjects: readonly string[]) => string {
  const { m } = useMessages();
  const rows = useRowsBySubject();
  return (subjects) => {
    if (subjects.length === 0) return m.model.noCases;
    const of = (origin: Origin) => subjects.filter((subject) => rows.get(subject)?.origin === origin).length;
    return m.model.counts(of("national"), of("international"), of("future"));
  };
}

/** The same of evidence, with how much of it is what was said: «3 norske, 1 innspill». */
export function useEvidenceCounts(): (evidence: readonly { subject: string; entry: string }[]) => string {
  const { m } = useMessages();
  const counted = useCaseCounts();
  return (evidence) => {
    const cases = evidence.map((one) => one.subject).filter(Boolean);
    const entries = evidence.length - cases.length;
    return [...(cases.length || !entries ? [counted(cases)] : []), ...(entries ? [m.model.entryCount(entries)] : [])].join(", ");
  };
}
