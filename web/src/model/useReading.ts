// The model of this page as it is read.
import type { ModelDocument } from "../api/modelDocument.ts";
import { type Reading, readingOf } from "../api/modelReading.ts";
import { useFields } from "../fields/editor.ts";
import { useRead } from "../sync/react.ts";
import type { Replica } from "../sync/types.ts";

export function useReading(): Reading {
  return useRead(useFields().replica as Replica<ModelDocument>, readingOf);
}
