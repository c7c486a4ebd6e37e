/** A code without the blanks and hyphens that apps and mails show between its parts. */
export function plainCode(typed: string) {
  return typed.replace(/[\s\p{Dash_Punctuation}]/gu, "");
}
