// What the cases lack and what a selection would lose: read off the figures, so that it can be tested without a screen.
import type { MixCount, ValueCount, Variation } from "../api/figures.ts";

/** A value of a characteristic, with how many cases are coded on that. */
export interface ValueOf {
  characteristic: string;
  coded: number;
  value: ValueCount;
}

function valuesWhere({ characteristics }: Variation, fits: (value: ValueCount) => boolean): ValueOf[] {
  return characteristics.flatMap(({ key, coded, values }) =>
    values.filter(fits).map((value) => ({ characteristic: key, coded: coded.cases, value })),
  );
}

/** Values no case has (R33). */
export const gapsOf = (variation: Variation) => valuesWhere(variation, ({ cases }) => cases === 0);

/** What a list lacks: what no list has, and what only others have. Without the figures of all lists it is all of them. */
export function gapsBeside(variation: Variation, all = variation): { nobody: ValueOf[]; others: ValueOf[] } {
  const name = ({ characteristic, value }: ValueOf) => `${characteristic}=${value.key}`;
  const nobody = gapsOf(all);
  const nowhere = new Set(nobody.map(name));
  return { nobody, others: gapsOf(variation).filter((gap) => !nowhere.has(name(gap))) };
}

/** Values that one case has. */
export const rareOf = (variation: Variation) => valuesWhere(variation, ({ cases }) => cases === 1);

/** Values that are found only abroad (R30). */
export const onlyAbroadOf = (variation: Variation) => valuesWhere(variation, (value) => value.only_abroad);

const isLost = (count: { cases: number; chosen: number }) => count.cases > 0 && count.chosen === 0;

/** Values that cases have and no chosen one; none while nothing is chosen. */
export function lostValuesOf(variation: Variation): ValueOf[] {
  return variation.about.chosen > 0 ? valuesWhere(variation, isLost) : [];
}

/** Combinations of partners that eligible cases have and no chosen one; none while nothing is chosen. */
export function lostMixesOf({ about, mixes }: Variation): MixCount[] {
  const partners = ({ mix }: MixCount) => mix.public && (mix.research || mix.business || mix.voluntary);
  return about.chosen > 0 ? mixes.filter((one) => partners(one) && isLost(one)) : [];
}
