import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { retried } from "../shared/lib/retried";
import { storage } from "../shared/lib/storage";
import { en } from "./en";

export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;
export type Language = "en" | "de";

type Values = Readonly<Record<string, string | number>>;

export interface I18n {
  language: Language;
  /** For numbers and dates. */
  locale: string;
  /** The same, if the user chose the language here; otherwise the browser's languages are the better guess for mails. */
  chosenLocale: string | undefined;
  setLanguage(language: Language): void;
  t(key: MessageKey, values?: Values): string;
  /** The text of a key that comes from the API, such as an error code; undefined when there is none. */
  lookup(key: string, values?: Values): string | undefined;
}

const storageKey = "roundtable.language";
const Context = createContext<I18n | null>(null);

function initial(): Language {
  const stored = storage.get(storageKey);
  return stored === "en" || stored === "de" ? stored : navigator.language.startsWith("de") ? "de" : "en";
}

function fill(text: string, values: Values, locale: string) {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? value.toLocaleString(locale) : value;
  });
}

export function I18nProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(initial);
  const [messages, setMessages] = useState<Messages | null>(language === "en" ? en : null);
  useEffect(() => {
    let left = false;
    const show = (texts: Messages) => {
      if (!left) {
        document.documentElement.lang = texts === en ? "en" : language;
        setMessages(texts);
      }
    };
    if (language === "en") {
      show(en);
    } else {
      // English rather than nothing.
      retried(() => import("./de")).then(
        (m) => show(m.de),
        () => show(en),
      );
    }

    return () => {
      left = true;
    };
  }, [language]);
  const value = useMemo<I18n | null>(() => {
    if (!messages) {
      return null;
    }

    const locale = navigator.languages.find((l) => l.startsWith(language)) ?? language;
    const texts: Readonly<Record<string, string>> = messages;
    return {
      language,
      locale,
      chosenLocale: storage.get(storageKey) === language ? locale : undefined,
      setLanguage: (l) => {
        storage.set(storageKey, l);
        setLanguage(l);
      },
      t: (key, values = {}) => fill(messages[key], values, locale),
      lookup: (key, values = {}) => (texts[key] === undefined ? undefined : fill(texts[key], values, locale)),
    };
  }, [messages, language]);
  // The look is that of index.html.
  return value ? (
    <Context value={value}>{children}</Context>
  ) : (
    <div className="splash">
      <b>Roundtable</b>
    </div>
  );
}

export function useI18n(): I18n {
  const value = useContext(Context);
  if (!value) {
    throw new Error("No I18nProvider.");
  }

  return value;
}
