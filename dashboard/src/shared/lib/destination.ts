const maxLength = 2048;

/**
 * Returns a path of this dashboard that the page's URL names as the destination; undefined for anything else, which may lead to
 * another site. Uses the server's rule for callbacks: encoded text is decoded until nothing changes, because a path that is
 * harmless now must stay harmless for a parser that decodes once more.
 */
export function localPath(value: string | null | undefined): string | undefined {
  if (!value || value.length > maxLength) {
    return undefined;
  }

  for (let text = value; ;) {
    const path = text.split(/[?#]/, 1)[0] ?? "";
    // Browsers drop tabs and line breaks and read a backslash as a slash; URLs contain quotes and angle brackets only encoded.
    if (
      !path.startsWith("/") ||
      path.includes("//") ||
      /(^|\/)\.{1,2}(\/|$)/.test(path) ||
      /[^!-~]|\\/.test(text) ||
      (text === value && /["<>]/.test(text))
    ) {
      return undefined;
    }

    // Encoded spaces and non-ASCII text are harmless.
    const decoded = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => {
      const code = Number.parseInt(hex, 16);
      return code === 0x20 || code > 0x7f ? "_" : String.fromCharCode(code);
    });
    if (decoded === text) {
      return value;
    }

    text = decoded;
  }
}
