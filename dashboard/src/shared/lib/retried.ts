import { entryOfServer } from "./senders";

const waits = [250, 750, 1500];

/** Code of the dashboard did not load. */
export class LoadError extends Error {
  override readonly name = "LoadError";
  readonly reason: "network" | "version" | "unknown";

  constructor(reason: LoadError["reason"], cause: unknown) {
    super("Code of the dashboard did not load.", { cause });
    this.reason = reason;
  }
}

/** Loads code that the page needs now; tries again for a moment, unless the server has a newer version and no longer has this code. */
export async function retried<T>(load: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++) {
    try {
      return await load();
    } catch (e) {
      const reason = await reasonOf();
      const wait = waits[i];
      if (wait === undefined || reason === "version") {
        throw new LoadError(reason, e);
      }

      await new Promise((done) => setTimeout(done, wait));
    }
  }
}

/** The browser does not say why a module did not load, but the server's page names the first module of its version. */
async function reasonOf(): Promise<LoadError["reason"]> {
  const mine = document.querySelector<HTMLScriptElement>("script[type=module]")?.getAttribute("src");
  const current = await entryOfServer();
  return current === undefined ? "network" : current === mine ? "unknown" : "version";
}
