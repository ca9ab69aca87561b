/**
 * Text as XML 1.0 and HTML hold it, between tags and in attributes in double quotes. Characters that XML can't hold at
 * all are left out.
 */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // In a log GitHub and Azure obey what begins like this.
      .replace(/#(?=#\w*\[)/gu, "&#35;")
  );
}
