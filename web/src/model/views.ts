// The ways of looking at one model, as they stand in its address.

/** Written in; its flow drawn; what it rests on; what sets it apart; what others think of it; one page; planned by; learned from. */
export const VIEWS = ["", "flyt", "belegg", "balanse", "vurdering", "side", "planlegg", "laer"] as const;
export type View = (typeof VIEWS)[number];

export const viewOf = (word: string | undefined): View => VIEWS.find((view) => view === word) ?? "";
