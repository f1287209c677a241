// Assessment of a model: several people say what they think, apart from each other.
import type { assess as nb } from "../nb/assess.ts";

export const assess: typeof nb = {
  assessment: {
    title: "Assessment",
    make: "Let several people assess",
    none: "Nobody has assessed the model yet. A facilitator can ask several people to.",
    noneLead: "Nobody has assessed the model yet. Let several people do it apart from each other, and see where you agree.",
    titleOf: (code, name) => `Assess ${code} ${name}`,
    prompt: "Read the model, score each criterion, and say why.",
    start: "Ask them to assess",
    result: "Latest assessment",
  },
  challenges: {
    title: "Challenges",
    make: "Let several rate the challenges",
    none: "Nobody has rated yet which challenges the model suits.",
    noneLead: "Nobody has rated yet which challenges the model suits. Let several say so, apart from each other.",
    titleOf: (code, name) => `Challenges: ${code} ${name}`,
    prompt: "0 is not, 1 partly, 2 well and 3 very well. Say why.",
    start: "Ask them to rate the challenges",
    result: "The last rating of the challenges",
  },
  criteria: [
    "Clear: somebody else can plan by it",
    "Useful to those it is for",
    "Can be done with what a public body has",
    "Well founded in the cases",
    "Can be used in other places",
    "Says something of its own that other models do not",
  ],
  criteriaLabel: "Criteria",
  criteriaHelp: (low, high) => `One a line. Each person scores from ${low} to ${high} and says why.`,
  criteriaMissing: "Write at least one criterion.",
  readModel: (code) => `Read model ${code}`,
};
