/** A code without the blanks and hyphens that apps and mails show between its parts. */
export function plainCode(typed: string) {
  return typed.replace(/[\s\p{Dash_Punctuation}]/gu, "");
}

/** The second factor as it is sent: a few digits are a code of the app, anything else is a recovery code. */
export function presentFactor(typed: string) {
  const plain = plainCode(typed);
  return /^\d{1,10}$/.test(plain) ? { code: plain } : { recoveryCode: plain };
}
