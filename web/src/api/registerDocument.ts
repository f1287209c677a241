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
  /** What somebody wished for, where it was a task before it was a search… */
  wish?: string;
  /** …from which card of which board… */
  asked?: { subject?: Choice; item?: Choice };
  /** …and whether it is `open` or `done`. */
  status?: Choice;
  order?: Choice;
}

/** What a public body may be up against; `unused` is `yes` once it is out of use. */
export interface ChallengeItem {
  name?: string;
  description?: string;
  unused?: Choice;
  order?: Choice;
}

export interface RegisterDocument {
  searches?: Record<string, Search>;
  /** Not in older documents until somebody who may write opens them. */
  challenges?: Record<string, ChallengeItem>;
}
