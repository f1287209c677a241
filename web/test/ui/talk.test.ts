import { ImmutableString } from "@automerge/automerge";
import { expect, test } from "vitest";
import { answerIn, beginThread, byGroup, openThreads, talkAbout, type TalkDocument, threadsOf } from "../../src/talk/talk.ts";

const [KARI, OLA] = ["kkkkkkkkkkkkkkkk", "oooooooooooooooo"];

const said = (by: string, order: string, text: string, withdrawn = false) => ({
  by: new ImmutableString(by),
  at_ms: 1_790_000_000_000,
  text: withdrawn ? "" : text,
  order: new ImmutableString(order),
  withdrawn,
});

const TALK: TalkDocument = {
  threads: {
    b: { order: "i", resolved: "", comments: { z: said(KARI, "i", "først"), a: said(OLA, "r", "så") } },
    a: { order: "r", resolved: OLA, comments: { x: said(OLA, "i", "ferdig") } },
    c: { order: "a", resolved: "", comments: { x: said(OLA, "i", "borte", true) } },
  },
};

test("threads and comments stand in their order, and one in which all is withdrawn says nothing", () => {
  const threads = threadsOf(TALK);
  expect(threads.map(({ id }) => id)).toEqual(["b", "a"]);
  expect(threads[0]?.comments.map(({ text }) => text)).toEqual(["først", "så"]);
  expect(openThreads(threads)).toBe(1);
});

test("a document of something else reads as no talk", () => {
  expect(threadsOf(undefined)).toEqual([]);
  expect(threadsOf({ threads: { t: {} } })).toEqual([]);
});

test("comments are counted by the group of who wrote them, the most first", () => {
  const group = (by: string) => (by === OLA ? "kommune" : "innbyggere");
  expect(byGroup(threadsOf(TALK), group)).toEqual([
    { group: "kommune", count: 2 },
    { group: "innbyggere", count: 1 },
  ]);
  expect(byGroup(threadsOf(TALK), () => "")).toEqual([]);
});

test("what is new comes after what is there", () => {
  const threads = threadsOf(TALK);
  const thread = beginThread(threads, KARI, 5, "nytt");
  expect(thread).toMatchObject({ do: "add", path: ["threads", expect.any(String)] });
  const order = (edit: object) => String((edit as { value: { order: unknown } }).value.order);
  expect(order(thread) > "r").toBe(true);
  const first = threads[0];
  if (!first) throw new Error("a thread");
  expect(order(answerIn(first, KARI, 5, "svar")) > "r").toBe(true);
});

test("a talk is found by what it is about", () => {
  const entry = { document: "d", audience: "members", state: "open", may: [] } as const;
  const catalogue = [
    { ...entry, may: [], subject: "case", kind: "case" },
    { ...entry, may: [], subject: "talk", kind: "talk", about: "case" },
  ];
  expect(talkAbout(catalogue, "case")).toBe("talk");
  expect(talkAbout(catalogue, "talk")).toBeUndefined();
});
