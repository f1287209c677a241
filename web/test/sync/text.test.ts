/** Two people in the same text: nothing is lost, nothing jumps; each undoes what they did. */

import * as A from "@automerge/automerge";
import { describe, expect, test } from "vitest";
import { TextSteps } from "../../src/sync/apply";
import type { Edit, Path } from "../../src/sync/edits";
import { orderBetween } from "../../src/sync/edits";
import { merged } from "../../src/sync/difference";
import { applySplice, movePosition, spliceBetween, splicesOf, wholeCharacters } from "../../src/sync/splices";
import type { Splice } from "../../src/sync/splices";
import { bindText, past } from "../../src/sync/text-binding";
import type { TextElement } from "../../src/sync/text-binding";
import { TextStep } from "../../src/sync/text-track";
import type { Replica } from "../../src/sync/types";
import { random } from "./harness";

type Doc = A.Doc<{ text: string }>;
const PATH: Path = ["text"];
const LETTERS = ["a", "b", "b", "å", " ", "😀", "👩‍🚀", "\n"];

/** A textarea as far as the binding uses it; without an owner document it counts as focused. */
class Area implements TextElement {
  readonly tagName: string;
  selectionDirection: string | null = "none";
  scrollTop = 0;
  scrollLeft = 0;
  selectionStart = 0;
  selectionEnd = 0;
  private text = "";
  private readonly listeners = new Map<string, Set<(event: Event) => void>>();

  constructor(tagName = "TEXTAREA") {
    this.tagName = tagName;
  }

  get value(): string {
    return this.text;
  }

  /** As browsers do: line ends are made one kind, and the caret goes to the end. */
  set value(value: string) {
    this.text = this.tagName === "INPUT" ? value.replace(/[\r\n]/g, "") : value.replace(/\r\n?/g, "\n");
    this.selectionStart = this.selectionEnd = this.text.length;
    this.scrollTop = 0;
  }

  get scrollHeight(): number {
    return this.text.split("\n").length * 20;
  }

  setSelectionRange(start: number, end: number): void {
    this.selectionStart = start;
    this.selectionEnd = end;
  }

  addEventListener(type: string, listener: (event: Event) => void): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: (event: Event) => void): void {
    this.listeners.get(type)?.delete(listener);
  }

  fire(type: string, event: object = {}): void {
    for (const listener of this.listeners.get(type) ?? [])
      listener({ preventDefault: () => undefined, ...event } as Event);
  }

  /** What a key press does: the selection gives way, the caret stands behind what came in. */
  type(ins: string, fire = true): void {
    const { text, selectionStart: from, selectionEnd: to } = this;
    this.text = text.slice(0, from) + ins + text.slice(to);
    this.selectionStart = this.selectionEnd = from + ins.length;
    if (fire) this.fire("input");
  }

  select(from: number, to: number): void {
    const [start, end] = [whole(this.text, from), whole(this.text, to)];
    this.setSelectionRange(Math.min(start, end), Math.max(start, end));
  }
}

/** A replica over a plain automerge document, with a network that delivers when told. */
class Writer {
  doc: Doc;
  readonly state = "ready";
  private readonly texts = new Set<(splices: readonly Splice[] | null) => void>();
  private readonly listeners = new Set<() => void>();

  constructor(base: Doc, actor: string) {
    this.doc = A.clone(base, actor);
  }

  edit(edit: Edit): void {
    if (edit.do !== "splice") throw new Error("only splices here");
    const { at, del, ins } = wholeCharacters(this.doc.text, edit);
    this.change((doc, patchCallback) =>
      A.change(doc, { patchCallback }, (d) => A.splice(d, ["text"], at, del, ins)),
    );
  }

  receive(other: Writer): void {
    const changes = A.getChanges(this.doc, A.merge(A.clone(this.doc), A.clone(other.doc)));
    if (changes.length > 0)
      this.change((doc, patchCallback) => A.applyChanges(doc, changes, { patchCallback })[0]);
  }

  presence(): void {}

  onText(_path: Path, listener: (splices: readonly Splice[] | null) => void): () => void {
    this.texts.add(listener);
    return () => void this.texts.delete(listener);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  bind(element: TextElement): () => void {
    return bindText(element, this as unknown as Replica, PATH);
  }

  private change(work: (doc: Doc, patches: (all: A.Patch[]) => void) => Doc): void {
    let patches: A.Patch[] = [];
    this.doc = work(this.doc, (all) => (patches = all));
    const splices = splicesOf(patches, () => true).get(JSON.stringify(PATH));
    if (splices !== undefined) for (const listener of this.texts) listener(splices);
    for (const listener of this.listeners) listener();
  }
}

function whole(text: string, index: number): number {
  const at = Math.max(0, Math.min(index, text.length));
  const low = text.charCodeAt(at);
  return at > 0 && low >= 0xdc00 && low <= 0xdfff ? at - 1 : at;
}

function actor(byte: string): string {
  return byte.repeat(16);
}

function writers(text: string): [Writer, Writer] {
  const base = A.from({ text }, actor("01"));
  return [new Writer(base, actor("0a")), new Writer(base, actor("0b"))];
}

describe("text binding", () => {
  test("b_two_people_in_one_sentence_see_the_same_and_keep_their_carets", () => {
    const [anna, bo] = writers("Kommunen samarbeider.");
    const [left, right] = [new Area(), new Area()];
    anna.bind(left);
    bo.bind(right);
    left.select(8, 8);
    right.select(20, 20);
    left.type(" i Bergen");
    right.type(" godt");
    anna.receive(bo);
    bo.receive(anna);
    expect(left.value).toBe("Kommunen i Bergen samarbeider godt.");
    expect(right.value).toBe(left.value);
    expect(left.selectionStart).toBe(17);
    expect(right.selectionStart).toBe(34);
  });

  test("b_a_selection_keeps_its_characters_and_a_caret_its_left_one", () => {
    const [anna, bo] = writers("en to tre");
    const area = new Area();
    anna.bind(area);
    area.select(3, 5);
    bo.edit({ do: "splice", path: PATH, at: 3, del: 0, ins: "X" });
    bo.edit({ do: "splice", path: PATH, at: 6, del: 0, ins: "Y" });
    anna.receive(bo);
    expect(area.value).toBe("en XtoY tre");
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe("to");
    area.select(3, 3);
    bo.receive(anna);
    bo.edit({ do: "splice", path: PATH, at: 3, del: 0, ins: "Z" });
    anna.receive(bo);
    expect(area.selectionStart).toBe(3);
  });

  test("b_what_is_in_view_stays_in_view", () => {
    const [anna, bo] = writers(Array.from({ length: 50 }, (_, i) => `linje ${i}`).join("\n"));
    const area = new Area();
    anna.bind(area);
    area.select(300, 300);
    area.scrollTop = 400;
    bo.edit({ do: "splice", path: PATH, at: 0, del: 0, ins: "ny\nny\n" });
    anna.receive(bo);
    expect(area.scrollTop).toBe(440);
    bo.edit({ do: "splice", path: PATH, at: bo.doc.text.length, del: 0, ins: "\nsist" });
    anna.receive(bo);
    expect(area.scrollTop).toBe(440);
  });

  test("b_a_composition_is_left_alone_and_both_texts_come_through", () => {
    const [anna, bo] = writers("dag");
    const area = new Area();
    anna.bind(area);
    area.select(3, 3);
    area.fire("compositionstart");
    area.type("n", true);
    bo.edit({ do: "splice", path: PATH, at: 0, del: 0, ins: "god " });
    anna.receive(bo);
    expect(area.value).toBe("dagn");
    area.select(3, 4);
    area.type("にほん", true);
    area.fire("compositionend");
    expect(area.value).toBe("god dagにほん");
    expect(area.selectionStart).toBe(10);
    expect(anna.doc.text).toBe(area.value);
  });

  test("b_line_ends_an_element_does_not_show_stay_in_the_text", () => {
    const [anna] = writers("en\r\nto\r\ntre");
    const area = new Area();
    anna.bind(area);
    expect(area.value).toBe("en\nto\ntre");
    area.select(6, 6);
    area.type("!");
    expect(anna.doc.text).toBe("en\r\nto\r\n!tre");
    const [bo] = writers("en\nto");
    const line = new Area("INPUT");
    bo.bind(line);
    line.select(4, 4);
    line.type("X");
    expect(bo.doc.text).toBe("en\ntoX");
    expect(line.value).toBe("entoX");
  });

  test("b_an_edit_that_is_not_taken_is_not_shown", () => {
    const [anna] = writers("fast");
    const area = new Area();
    anna.bind(area);
    anna.edit = () => {
      throw new Error("read-only");
    };
    area.select(4, 4);
    area.type("!");
    expect(area.value).toBe("fast");
  });

  for (let seed = 1; seed <= 60; seed++) {
    test(`b_random_writing_converges_with_carets_at_their_characters_seed_${seed}`, () => {
      const roll = random(seed);
      const [anna, bo] = writers("abba 😀 abba\nlinje");
      const areas = [new Area(), new Area()] as const;
      anna.bind(areas[0]);
      bo.bind(areas[1]);
      const composing = [false, false];
      for (let i = 0; i < 60; i++) {
        const who = roll(2) as 0 | 1;
        const [me, other] = who === 0 ? [anna, bo] : [bo, anna];
        const area = areas[who];
        const what = roll(10);
        if (what < 5) {
          if (!composing[who])
            area.select(
              roll(area.value.length + 1),
              roll(3) === 0 ? roll(area.value.length + 1) : area.selectionStart,
            );
          if (!composing[who] && roll(3) > 0) area.select(area.selectionStart, area.selectionStart);
          area.type(roll(4) === 0 ? "" : LETTERS[roll(LETTERS.length)]!);
        } else if (what === 5 && !composing[who]) {
          composing[who] = true;
          area.fire("compositionstart");
        } else if (what === 6 && composing[who]) {
          composing[who] = false;
          area.fire("compositionend");
          expect(area.value).toBe(me.doc.text);
        } else {
          const marked = composing[who] ? undefined : anchored(me.doc, area);
          me.receive(other);
          if (marked) expect(area.selectionStart).toBe(marked(me.doc));
        }
        if (!composing[who]) expect(area.value).toBe(me.doc.text);
      }
      areas.forEach((area) => area.fire("compositionend"));
      anna.receive(bo);
      bo.receive(anna);
      expect(areas[0].value).toBe(areas[1].value);
      expect(areas[0].value).toBe(anna.doc.text);
      expect(areas[0].value).not.toMatch(
        /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/,
      );
    });
  }
});

/** Where automerge itself puts the caret: behind the character on its left, or that one's place. */
function anchored(doc: Doc, area: Area): ((now: Doc) => number) | undefined {
  if (area.selectionStart !== area.selectionEnd || area.selectionStart === 0) return undefined;
  const left = whole(doc.text, area.selectionStart - 1);
  const cursor = A.getCursor(doc, ["text"], left);
  const heads = A.getHeads(doc);
  const character = String.fromCodePoint(doc.text.codePointAt(left)!);
  return (now) => {
    const at = A.getCursorPosition(now, ["text"], cursor);
    const there = A.diff(now, heads, A.getHeads(now)).length === 0 || now.text.startsWith(character, at);
    const removed =
      !there || A.getCursor(now, ["text"], Math.min(at, Math.max(0, now.text.length - 1))) !== cursor;
    return removed ? area.selectionStart : at + character.length;
  };
}

describe("splices", () => {
  test("the_smallest_splice_is_where_the_caret_says", () => {
    expect(spliceBetween("aaa", "aaaa", 2)).toEqual({ at: 1, del: 0, ins: "a" });
    expect(spliceBetween("aaa", "aa", 1)).toEqual({ at: 1, del: 1, ins: "" });
    expect(spliceBetween("x😀y", "x😁y")).toEqual({ at: 1, del: 2, ins: "😁" });
    expect(spliceBetween("", "")).toBeUndefined();
  });

  test("random_texts_become_each_other_and_no_pair_is_cut", () => {
    const roll = random(7);
    const make = (): string => Array.from({ length: roll(6) }, () => LETTERS[roll(LETTERS.length)]).join("");
    for (let i = 0; i < 2_000; i++) {
      const [before, after] = [make(), make()];
      const splice = spliceBetween(before, after, roll(2) ? whole(after, roll(after.length + 1)) : undefined);
      expect(splice ? applySplice(before, splice) : before).toBe(after);
      if (splice) expect(whole(before, splice.at)).toBe(splice.at);
    }
  });

  test("an_own_splice_past_others_removes_nothing_of_theirs", () => {
    const own = { at: 2, del: 4, ins: "X" };
    expect(past(own, [{ at: 4, del: 0, ins: "yy" }]).reduce(applySplice, "abcdyyefgh")).toBe("abXyygh");
    expect(past(own, [{ at: 0, del: 3, ins: "" }]).reduce(applySplice, "defgh")).toBe("Xgh");
    expect(movePosition(3, { at: 1, del: 1, ins: "zz" }, "left")).toBe(4);
  });

  test("a_difference_is_merged_without_removing_words_of_others", () => {
    const merge = (was: string, mine: string, theirs: string): string =>
      merged(was, [spliceBetween(was, mine)!], theirs).reduce(applySplice, theirs);
    expect(merge("Kommunen", "Kommunen går", "Den lille Kommunen")).toBe("Den lille Kommunen går");
    expect(merge("en to ni", "en ni", "en to fire ni")).toBe("en fire ni");
    expect(merge("en to tre", "en to tre fire", "en")).toBe("en fire");
    const ends = [
      { at: 0, del: 0, ins: "A" },
      { at: 9, del: 0, ins: "B" },
      { at: 3, del: 3, ins: "" },
    ];
    expect(merged("en to ni", ends, "en to tre ni").reduce(applySplice, "en to tre ni")).toBe("Aen tre niB");
  });

  test("order_keys_lie_between", () => {
    const roll = random(3);
    const keys: string[] = [];
    for (let i = 0; i < 500; i++) {
      const at = roll(keys.length + 1);
      keys.splice(at, 0, orderBetween(keys[at - 1] ?? null, keys[at] ?? null));
    }
    expect([...keys].sort()).toEqual(keys);
    expect(new Set(keys).size).toBe(500);
  });
});

describe("undo of text", () => {
  /** Own steps and another's splices on one text, without a network. */
  class Bench {
    doc: Doc;
    readonly steps = new TextSteps();
    readonly key = JSON.stringify(PATH);

    constructor(text: string) {
      this.doc = A.from({ text }, actor("01"));
    }

    own(splice: Splice, step = new TextStep()): TextStep {
      this.doc = A.change(this.doc, (d) => this.steps.splice(d, PATH, step, splice));
      return step;
    }

    theirs(splice: Splice): void {
      this.doc = A.change(this.doc, (d) => A.splice(d, ["text"], splice.at, splice.del, splice.ins));
      this.steps.follow(this.key, [splice]);
    }

    undo(step: TextStep): TextStep {
      let inverse = step;
      this.doc = A.change(this.doc, (d) => {
        inverse = this.steps.undo(d, PATH, step) ?? step;
      });
      return inverse;
    }
  }

  test("u_a_replaced_word_comes_back_where_it_was", () => {
    const bench = new Bench("en to tre");
    const step = bench.own({ at: 3, del: 2, ins: "fire" });
    bench.theirs({ at: 0, del: 0, ins: ">> " });
    bench.theirs({ at: bench.doc.text.length, del: 0, ins: " <<" });
    const back = bench.undo(step);
    expect(bench.doc.text).toBe(">> en to tre <<");
    bench.undo(back);
    expect(bench.doc.text).toBe(">> en fire tre <<");
  });

  test("u_backspaces_over_own_and_others_letters_are_one_step", () => {
    const bench = new Bench("abcd");
    const step = bench.own({ at: 4, del: 0, ins: "e" });
    for (let at = 4; at >= 2; at--) bench.own({ at, del: 1, ins: "" }, step);
    expect(bench.doc.text).toBe("ab");
    bench.undo(step);
    expect(bench.doc.text).toBe("abcd");
  });

  for (let seed = 1; seed <= 60; seed++) {
    test(`u_random_steps_undone_and_done_again_give_the_same_text_seed_${seed}`, () => {
      const roll = random(seed);
      const bench = new Bench("abcdefgh");
      const texts = [bench.doc.text];
      const undos: TextStep[] = [];
      for (let i = 0; i < 12; i++) {
        const at = roll(bench.doc.text.length + 1);
        const del = roll(Math.min(4, bench.doc.text.length - at) + 1);
        const joins = roll(3) === 0 ? undos.at(-1) : undefined;
        const step = bench.own({ at, del, ins: ["", "X", "yz"][roll(3)]! }, joins);
        if (joins) texts.pop();
        else undos.push(step);
        texts.push(bench.doc.text);
      }
      for (let round = 0; round < 2; round++) {
        const back = texts.slice(0, -1).reverse();
        const redos = back.map((text) => {
          const redo = bench.undo(undos.pop()!);
          expect(bench.doc.text).toBe(text);
          return redo;
        });
        for (const text of texts.slice(1)) {
          undos.push(bench.undo(redos.pop()!));
          expect(bench.doc.text).toBe(text);
        }
      }
    });

    test(`u_undoing_all_leaves_exactly_what_others_wrote_seed_${seed}`, () => {
      const roll = random(seed + 1000);
      const bench = new Bench("0123456789");
      const undos: TextStep[] = [];
      let removed = "";
      for (let i = 0; i < 30; i++) {
        const { text } = bench.doc;
        const at = roll(text.length + 1);
        if (roll(2) === 0)
          undos.push(
            bench.own({ at, del: roll(Math.min(3, text.length - at) + 1), ins: ["", "m", "mm"][roll(3)]! }),
          );
        else if (roll(3) > 0) bench.theirs({ at, del: 0, ins: "T" });
        else {
          const gone = text.slice(at, at + 1);
          if (gone !== "m") removed += gone;
          bench.theirs({ at, del: gone.length, ins: "" });
        }
        if (roll(6) === 0 && undos.length > 0) undos.push(bench.undo(bench.undo(undos.pop()!)));
      }
      while (undos.length > 0) bench.undo(undos.pop()!);
      expect(bench.doc.text).not.toContain("m");
      const digits = [...bench.doc.text].filter((letter) => letter !== "T").join("");
      expect([...digits, ...removed.replaceAll("T", "")].sort().join("")).toBe("0123456789");
      expect([...digits].sort().join("")).toBe(digits);
    });
  }
});
