// How hard a text is to read: LIX (Björnsson 1968), words in a sentence plus the share of long words in per cent. Under
// 40 is easy, over 50 is what official reports are. It is advice: a text can be short and wrong.

export interface Readability {
  /** LIX, rounded; nothing for a text too short to say anything about. */
  lix: number | undefined;
  words: number;
  /** The longest sentence, where it is long. */
  longest: string | undefined;
}

/** Words with more letters than this are long. */
const LONG_LETTERS = 6;
/** Fewer words than this say nothing about a text. */
const WORDS_MIN = 20;
/** A sentence with more words than this is worth looking at. */
const SENTENCE_WORDS = 24;

export const HARD_LIX = 50;

export function readability(text: string): Readability {
  const sentences = text.split(/[.!?:;\n]+(?=\s|$)/).map(wordsOf).filter((words) => words.length > 0);
  const words = sentences.flat();
  const long = words.filter((word) => word.length > LONG_LETTERS).length;
  const longest = sentences.reduce<string[]>((most, one) => (one.length > most.length ? one : most), []);
  return {
    lix: words.length < WORDS_MIN ? undefined : Math.round(words.length / sentences.length + (100 * long) / words.length),
    words: words.length,
    longest: longest.length > SENTENCE_WORDS ? longest.join(" ") : undefined,
  };
}

const wordsOf = (sentence: string): string[] => sentence.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? [];
