import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
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
  const stored = localStorage.getItem(storageKey);
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
    document.documentElement.lang = language;
    if (language === "en") {
      setMessages(en);
    } else {
      void import("./de").then((m) => setMessages(m.de));
    }
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
      chosenLocale: localStorage.getItem(storageKey) === language ? locale : undefined,
      setLanguage: (l) => {
        localStorage.setItem(storageKey, l);
        setLanguage(l);
      },
      t: (key, values = {}) => fill(messages[key], values, locale),
      lookup: (key, values = {}) => (texts[key] === undefined ? undefined : fill(texts[key], values, locale)),
    };
  }, [messages, language]);
  return value ? <Context value={value}>{children}</Context> : null;
}

export function useI18n(): I18n {
  const value = useContext(Context);
  if (!value) {
    throw new Error("No I18nProvider.");
  }

  return value;
}
