// The page begins here: settings, language, then the routes.
import { createRoot } from "react-dom/client";
import "../design/designsystemet.css";
import "../design/theme.css";
import "../design/base.css";
import { firstLanguage, loadMessages } from "../messages/index.ts";
import { App } from "./App.tsx";
import { applySettings, read } from "../design/settings.ts";

applySettings();
const language = firstLanguage(read("language"), navigator.languages);
document.documentElement.lang = language;
const messages = await loadMessages(language);
const root = document.getElementById("root");
if (root) createRoot(root).render(<App language={language} messages={messages} />);
