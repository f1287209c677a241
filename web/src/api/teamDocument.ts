// The team's document as the screens read it: whom to talk to, what was said, when what is due.
type Choice = unknown;

/** Somebody the team wants to talk to. */
export interface Contact {
  who?: string;
  group?: Choice;
  method?: Choice;
  date?: Choice;
  questions?: string;
  status?: Choice;
  order?: Choice;
}

/** What somebody said. */
export interface Entry {
  date?: Choice;
  method?: Choice;
  who?: string;
  group?: Choice;
  questions?: string;
  notes?: string;
  consent?: Choice;
  /** The subjects it is about. */
  about?: Record<string, boolean>;
  order?: Choice;
}

/** A part of the work that is handed over. */
export interface Delivery {
  name?: string;
  contents?: string;
  /** When it is due: the last of these, with the earlier ones and why they were left. */
  dates?: Record<string, { due?: Choice; reason?: string; order?: Choice }>;
  order?: Choice;
}

export interface TeamDocument {
  contacts?: Record<string, Contact>;
  entries?: Record<string, Entry>;
  deliveries?: Record<string, Delivery>;
}
