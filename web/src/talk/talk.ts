// What is in a talk, as the screens read it, and the edits people make in it. None of them is undone: what was said
// is changed or taken back in the open.
import {
  addItem,
  choice,
  type Edit,
  freshId,
  orderBetween,
  setChoice,
  setFlag,
  together,
  updateText,
} from "../sync/index.ts";
import type { CatalogueEntry, Content } from "../sync/types.ts";

export interface TalkDocument {
  threads?: Record<string, ThreadItem>;
}

interface ThreadItem {
  order?: unknown;
  resolved?: unknown;
  comments?: Record<string, CommentItem>;
}

interface CommentItem {
  by?: unknown;
  at_ms?: unknown;
  text?: unknown;
  order?: unknown;
  withdrawn?: unknown;
}

export interface Comment {
  id: string;
  /** Which participant. */
  by: string;
  at_ms: number;
  text: string;
  order: string;
  withdrawn: boolean;
}

export interface Thread {
  id: string;
  order: string;
  /** Which participant resolved it, or empty. */
  resolved: string;
  /** At least one that is not withdrawn. */
  comments: Comment[];
}

/** The threads that say something, the oldest first. */
export function threadsOf(doc: TalkDocument | undefined): Thread[] {
  const threads = Object.entries(doc?.threads ?? {}).map(([id, thread]) => ({
    id,
    order: words(thread.order),
    resolved: words(thread.resolved),
    comments: commentsOf(thread),
  }));
  return threads.filter(({ comments }) => comments.some(({ withdrawn }) => !withdrawn)).sort(inOrder);
}

function commentsOf(thread: ThreadItem): Comment[] {
  const comments = Object.entries(thread.comments ?? {}).map(([id, comment]) => ({
    id,
    by: words(comment.by),
    at_ms: Number(comment.at_ms) || 0,
    text: words(comment.text),
    order: words(comment.order),
    withdrawn: comment.withdrawn === true,
  }));
  return comments.sort(inOrder);
}

/** Equal keys by id, so that everybody sees the same. */
function inOrder(a: { order: string; id: string }, b: { order: string; id: string }): number {
  const [left, right] = [`${a.order} ${a.id}`, `${b.order} ${b.id}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** How many threads wait for an answer. */
export function openThreads(threads: readonly Thread[]): number {
  return threads.filter(({ resolved }) => !resolved).length;
}

/** How many comments each actor group has written, the most first. */
export function byGroup(
  threads: readonly Thread[],
  groupOf: (participant: string) => string,
): { group: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { by, withdrawn } of threads.flatMap(({ comments }) => comments)) {
    const group = groupOf(by);
    if (!withdrawn && group) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const all = [...counts].map(([group, count]) => ({ group, count }));
  return all.sort((a, b) => b.count - a.count || (a.group < b.group ? -1 : 1));
}

/** The talk about a subject, where this participant may open it. */
export function talkAbout(catalogue: readonly CatalogueEntry[], subject: string): string | undefined {
  return catalogue.find(({ kind, about }) => kind === "talk" && about === subject)?.subject;
}

function comment(by: string, at_ms: number, text: string, after: string): { [key: string]: Content } {
  const order = choice(orderBetween(after || null, null));
  return { by: choice(by), at_ms, text, order, withdrawn: false };
}

/** A new thread, after the others. */
export function beginThread(threads: readonly Thread[], by: string, at_ms: number, text: string): Edit {
  return addItem(["threads"], freshId(), {
    field: choice(""),
    anchor: null,
    order: choice(orderBetween(threads.at(-1)?.order || null, null)),
    resolved: choice(""),
    comments: { [freshId()]: comment(by, at_ms, text, "") },
  });
}

/** An answer in a thread. */
export function answerIn(thread: Thread, by: string, at_ms: number, text: string): Edit {
  const after = thread.comments.at(-1)?.order ?? "";
  return addItem(["threads", thread.id, "comments"], freshId(), comment(by, at_ms, text, after));
}

const pathOf = (thread: Thread, comment: Comment) => ["threads", thread.id, "comments", comment.id];

export function changeWords(thread: Thread, comment: Comment, text: string): Edit {
  return updateText([...pathOf(thread, comment), "text"], text);
}

/** Takes a comment back; the answers to it stay. */
export function withdraw(thread: Thread, comment: Comment): Edit {
  const path = pathOf(thread, comment);
  return together(updateText([...path, "text"], ""), setFlag([...path, "withdrawn"], true));
}

/** Says that nothing is left to answer, or that something is after all. */
export function resolve(thread: Thread, by: string | null): Edit {
  return setChoice(["threads", thread.id, "resolved"], by ?? "");
}

const words = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
