import type { ReactNode } from "react";

export type Parts = Readonly<Record<string, ReactNode>>;

const placeholder = /\{(\w+)\}/;

/**
 * Fills a sentence such as "{actor} banned {user}[ until {until}| for good]". Of the alternatives in brackets, the first whose values
 * all exist is used, or nothing.
 */
export function sentence(template: string, values: Parts): ReactNode[] {
  return template.split(/\[(.*?)\]/).flatMap((text, i) => {
    const chosen = i % 2 === 0 ? text : text.split("|").find((choice) => namesOf(choice).every((n) => values[n] !== undefined));
    return chosen?.split(placeholder).map((part, j) => (j % 2 === 0 ? part : values[part])) ?? [];
  });
}

const namesOf = (text: string) => text.split(placeholder).filter((_, i) => i % 2 === 1);
