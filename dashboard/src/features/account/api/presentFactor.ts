/** Interprets the entered second factor: six digits are the app's code, anything else a recovery code. */
export function presentFactor(typed: string) {
  const plain = typed.replace(/\s/g, "");
  return /^\d{6}$/.test(plain) ? { code: plain } : { recoveryCode: typed.trim() };
}
