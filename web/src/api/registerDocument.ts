// The register document as the screens read it: what belongs to all cases together.

type Choice = unknown;

/** One look for more cases. */
export interface Search {
  where?: string;
  query?: string;
  date?: Choice;
  hits?: string;
  by?: Choice;
  /** The cases that came of it. */
  cases?: Record<string, boolean>;
  order?: Choice;
}

export interface RegisterDocument {
  searches?: Record<string, Search>;
}
