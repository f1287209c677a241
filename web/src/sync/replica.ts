/** A handle on a document: what a screen holds while it is open. */

import type { LiveDocument } from "./document";
import type { TextListener } from "./document-listeners";
import type { Edit, Path } from "./edits";
import type { Other } from "./presence";
import { Cell, Listeners, sameJson } from "./store";
import type { Person, Presence, Replica, ReplicaState, Right, Store } from "./types";

/** A replica with what the text binding needs of it. */
export interface TextReplica<T = unknown> extends Replica<T> {
  onText(path: Path, listener: TextListener): () => void;
}

export interface HandleSurroundings {
  readonly participant: string;
  readonly people: Store<readonly Person[]>;
  /** The document of the subject, once the catalogue names it; `tell` is called when it may be another. */
  find(): LiveDocument | undefined;
  /** Whether the catalogue is known and does not name the subject. */
  missing(): boolean;
  changed: Store<unknown>;
  closed(): void;
}

export class Handle<T> implements TextReplica<T> {
  readonly others = new Cell<readonly Presence[]>([], sameJson);
  private document: LiveDocument | undefined;
  /** Told while there is no document, when there may be one or the catalogue has become known. */
  private readonly absent = new Listeners();
  private readonly listeners = new Map<object, () => () => void>();
  private readonly stops = new Map<object, () => void>();
  private readonly own: (() => void)[] = [];
  private follows: (() => void)[] = [];
  private where: Parameters<Replica["presence"]> | undefined;
  private closed = false;

  constructor(
    readonly subject: string,
    private readonly around: HandleSurroundings,
  ) {
    this.own.push(around.changed.subscribe(() => this.attach()));
    this.own.push(around.people.subscribe(() => this.look()));
    this.attach();
  }

  get state(): ReplicaState {
    return this.document?.state ?? (this.around.missing() ? "unavailable" : "loading");
  }

  get may(): ReadonlySet<Right> {
    return this.document?.may ?? new Set();
  }

  get doc(): T | undefined {
    return this.document?.snapshot as T | undefined;
  }

  readonly subscribe = (listener: () => void): (() => void) =>
    this.listen(() => (this.document?.changed ?? this.absent).add(listener), listener);

  subscribeTo(path: Path, listener: () => void): () => void {
    return this.listen(() => this.document?.onPath(path, listener) ?? none, listener);
  }

  onText(path: Path, listener: TextListener): () => void {
    return this.listen(
      () => this.document?.onText(path, listener) ?? none,
      () => listener(null),
    );
  }

  edit(edit: Edit, forGood = false): void {
    if (!this.document) throw new Error("the document is not there yet");
    this.document.edit(edit, forGood);
  }

  presence(...where: Parameters<Replica["presence"]>): void {
    this.where = where;
    const [field, at] = where;
    const document = this.document;
    if (!document?.may.has("presence")) return;
    const anchor = at && document.cursor(at.path, at.anchor);
    const head = at && document.cursor(at.path, at.head);
    const cursor = at && anchor && head ? { path: [...at.path], anchor, head } : null;
    document.presence.say({ field, cursor });
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const stop of [...this.own, ...this.follows, ...this.stops.values()]) stop();
    if (this.document) this.document.uses--;
    if (this.document?.uses === 0) this.document.presence.leaveFields();
    this.around.closed();
  }

  /** Listens now, and again when the subject's document has become another object. */
  private listen(start: () => () => void, tell: () => void): () => void {
    const key = {};
    this.listeners.set(key, () => (tell(), start()));
    this.stops.set(key, start());
    return () => {
      this.stops.get(key)?.();
      this.stops.delete(key);
      this.listeners.delete(key);
    };
  }

  private attach(): void {
    const document = this.around.find();
    if (document === this.document) return document ? undefined : this.absent.tell();
    for (const stop of [...this.follows, ...this.stops.values()]) stop();
    if (this.document) this.document.uses--;
    this.document = document;
    if (document) document.uses++;
    this.follows = document
      ? [document.changed.add(() => this.look()), document.presence.changed.add(() => this.look())]
      : [];
    for (const [key, start] of [...this.listeners]) this.stops.set(key, start());
    if (this.where) this.presence(...this.where);
    this.look();
  }

  private look(): void {
    const people = new Map(this.around.people.get().map((person) => [person.participant, person]));
    const others = this.document?.presence.others() ?? [];
    const shown = others.flatMap((other) => this.shown(other, people.get(other.participant)));
    this.others.set(shown);
  }

  /** Names come from the server's list; whoever is not in it is not shown. */
  private shown(other: Other, person: Person | undefined): Presence[] {
    if (!person || other.participant === this.around.participant || other.where.field === undefined)
      return [];
    const { peer, participant, where } = other;
    const anchor = where.cursor && this.document?.position(where.cursor.path, where.cursor.anchor);
    const head = where.cursor && this.document?.position(where.cursor.path, where.cursor.head);
    const cursor = typeof anchor === "number" && typeof head === "number" ? { anchor, head } : null;
    return [
      {
        peer,
        participant,
        name: person.name,
        actor_group: person.actor_group,
        field: where.field ?? null,
        cursor,
      },
    ];
  }
}

const none = (): void => undefined;
