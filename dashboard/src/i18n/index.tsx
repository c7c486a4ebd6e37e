import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { retried } from "../shared/lib/retried";
import { storage } from "../shared/lib/storage";
import { sayFailure } from "../shared/lib/toasts";
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

interface Shown {
  language: Language;
  messages: Messages;
}

const english: Shown = { language: "en", messages: en };

async function load(language: Language): Promise<Shown> {
  return language === "en" ? english : { language, messages: (await retried(() => import("./de"))).de };
}

export function I18nProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(() => (initial() === "en" ? english : null));
  useEffect(() => {
    if (!shown) {
      // English rather than nothing.
      load(initial()).then(setShown, () => setShown(english));
    } else {
      document.documentElement.lang = shown.language;
    }
  }, [shown]);
  const value = useMemo<I18n | null>(() => {
    if (!shown) {
      return null;
    }

    const { language, messages } = shown;
    const locale = navigator.languages.find((l) => l.startsWith(language)) ?? language;
    const texts: Readonly<Record<string, string>> = messages;
    return {
      language,
      locale,
      chosenLocale: storage.get(storageKey) === language ? locale : undefined,
      setLanguage: (l) =>
        void load(l).then((texts) => {
          storage.set(storageKey, l);
          setShown(texts);
        }, sayFailure),
      t: (key, values = {}) => fill(messages[key], values, locale),
      lookup: (key, values = {}) => (texts[key] === undefined ? undefined : fill(texts[key], values, locale)),
    };
  }, [shown]);
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
