// The words around the routes.
import { useCallback, useMemo, useState } from "react";
import { RouterProvider } from "react-router/dom";
import { formatOf, type Language, loadMessages, type Messages, SpeechContext } from "../messages/index.ts";
import { router } from "./routes.tsx";
import { store } from "../design/settings.ts";

export function App(first: { language: Language; messages: Messages }) {
  const [{ language, messages }, setSpeech] = useState(first);
  const choose = useCallback(async (next: Language) => {
    const words = await loadMessages(next);
    store("language", next);
    document.documentElement.lang = next;
    setSpeech({ language: next, messages: words });
  }, []);
  const speech = useMemo(
    () => ({
      m: messages,
      language,
      format: formatOf(language),
      choose: (next: Language) => void choose(next),
    }),
    [messages, language, choose],
  );
  return (
    <SpeechContext value={speech}>
      <RouterProvider router={router} />
    </SpeechContext>
  );
}
