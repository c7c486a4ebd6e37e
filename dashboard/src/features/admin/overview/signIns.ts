import type { SignInsDto } from "@roundtable/client";

export const methods = ["magicLink", "password", "passkey", "external"] as const;

export const allOf = (signIns: SignInsDto) => methods.reduce((sum, m) => sum + signIns[m], 0);
