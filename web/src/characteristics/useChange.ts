// One change of the characteristics: asked for once, and everything that shows them read again.
import { useState } from "react";
import { changeCharacteristics, characteristicsPath } from "../api/characteristics.ts";
import { useLive } from "../api/live.tsx";
import { resource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import type { CharacteristicsChange } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

export interface Changing {
  busy: boolean;
  problem: string | undefined;
  /** The version it became; undefined where the server refused, and `problem` says why. */
  change(version: number, change: CharacteristicsChange): Promise<number | undefined>;
  clear(): void;
}

export function useChange(): Changing {
  const { m } = useMessages();
  const { id, say } = useLive();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const change = async (seen: number, wanted: CharacteristicsChange) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { version } = await changeCharacteristics(id, seen, wanted);
      say(version === seen ? m.characteristics.unchanged : m.characteristics.saved(version));
      return version;
    } catch (error) {
      setProblem(wordsOf(error, m));
      return undefined;
    } finally {
      // Also after a refusal: what a colleague has done meanwhile is to be seen.
      await resource(characteristicsPath(id)).refresh();
      void resource(`/workshops/${id}/register`).refresh();
      setBusy(false);
    }
  };
  return { busy, problem, change, clear: () => setProblem(undefined) };
}
