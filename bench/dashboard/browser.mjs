import { execFileSync } from "node:child_process";

/** How to start the browser: TEST_BROWSER, Chromium, Chrome or Edge. */
export const executable = () => {
  if (process.env.TEST_BROWSER) {
    return { executablePath: process.env.TEST_BROWSER };
  }

  try {
    return {
      executablePath: execFileSync("sh", ["-c", "command -v chromium || command -v chromium-headless-shell || command -v google-chrome"], {
        encoding: "utf8",
      }).trim(),
    };
  } catch {
    return { channel: process.platform === "win32" ? "msedge" : "chrome" };
  }
};
