const maxLength = 2048;

/**
 * A path of this dashboard that the page's own address names as the destination; undefined for anything else, which may lead to
 * another site. The same rule as the server's for callbacks: encoded text is decoded until nothing changes, since a path that is
 * harmless now must stay harmless for a parser that decodes once more.
 */
export function localPath(value: string | null | undefined): string | undefined {
  if (!value || value.length > maxLength) {
    return undefined;
  }

  for (let text = value; ;) {
    const path = text.split(/[?#]/, 1)[0] ?? "";
    // Browsers drop tabs and line breaks, and read a backslash as a slash; addresses hold quotes and angle brackets encoded only.
    if (!path.startsWith("/") || path.includes("//") || /(^|\/)\.{1,2}(\/|$)/.test(path) || /[^!-~]|\\/.test(text) || (text === value && /["<>]/.test(text))) {
      return undefined;
    }

    // Encoded blanks and text beyond ASCII are harmless.
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
