import { plainCode } from "../../../shared/lib/codes";

/** Interprets the entered second factor: six digits are the app's code, anything else a recovery code. */
export function presentFactor(typed: string) {
  const plain = plainCode(typed);
  return /^\d{6}$/.test(plain) ? { code: plain } : { recoveryCode: plain };
}
