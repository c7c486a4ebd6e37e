// Makes better-auth-hashes.json: passwords as Better Auth stores them (column "password" of its table "account").
// Run in a folder of its own:  npm install better-auth@1.7.25 && node better-auth-hashes.mjs > better-auth-hashes.json
import { hashPassword, verifyPassword } from "better-auth/crypto";

const passwords = ["correct horse battery", "Zwölf Boxkämpfer jagen", "ﬁne ligature №1 passphrase", "päss\u0308 emoji 🐎 battery"];
const rows = [];
for (const password of passwords) {
  const hash = await hashPassword(password);
  if (!(await verifyPassword({ hash, password }))) {
    throw new Error("Better Auth does not know its own hash.");
  }
  rows.push({ password, hash });
}
console.log(JSON.stringify(rows, null, 2));
