import { randomUUID } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const folder = process.env.MAIL;

/** Writes the mail to a file atomically. */
export async function sendLink({ email, token }) {
  const name = join(folder, `${randomUUID()}.eml`);
  const link = `${process.env.URL}/magic-link#token=${token}`;
  await writeFile(
    `${name}.tmp`,
    `To: ${email}\r\nSubject: Your link\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSign in: ${link}\r\n`,
  );
  await rename(`${name}.tmp`, name);
}
