// Texts that mean no good: script in every field, signs that turn text round, days that are none, words and
// paragraphs without end.

/** Runs if anything of it is taken for HTML. */
const SCRIPT = `"><script>window.hit="script"</script><img src=x onerror="window.hit='img'"><svg onload=alert(1)>`;
/** Looks like a picture, and is none. */
const TURNED = "\u202Egpj.exe\u202C \u2067\u2066news\u2069";
const CONTROLS = "\u0000\u0001\u0007\u000B\u001B[31m\u007F\u0085\u2028\uFEFF\uFFFE";
const NAMES = `O'Brien & <Sons> "Ltd" \`x\` {{7*7}} \${7*7} %3Cb%3E`;

const SAID = `Minister ${SCRIPT} Lee said that <b onmouseover=alert(2)>three</b> ships sank off Pelm on Monday. ` +
  `The Harbour <Authority> & "Sons" denied that javascript:alert(3) had happened. ` +
  `"${TURNED} </script><script>alert(4)</script>," said Ann ${CONTROLS} Lee of the Office.`;

/** Ten million letters in one line. Between words that are too long to be any, somebody says something. */
function endless() {
  const words = `${"w".repeat(10_000)} `;
  const said = "Ann Lee said that the ferry had sunk. The Harbour Authority denied it. ";
  return `${said}${words.repeat(25)}`.repeat(40);
}

export const hostile = [
  {
    id: `h:${NAMES}/../..?a=1#b`,
    title: `Ferry sank ${SCRIPT}`,
    publisher: `Pelm <i>Post</i> ${SCRIPT}`,
    byline: `By ${SCRIPT} ${TURNED}`,
    published: "2025-02-30T25:61",
    url: "javascript:alert(document.domain)",
    text: `${SAID}\n\n${SAID}`,
  },
  { id: "h:day", title: CONTROLS + TURNED, published: `<script>alert(5)</script>`, url: "data:text/html,<script>alert(6)</script>", text: SAID },
  { id: "h:far", title: "Far", published: "9999-12-31", url: "https://example.org/\"onclick=\"alert(7)", text: SAID },
  { id: "h:word", title: "W".repeat(5000), publisher: "P".repeat(3000), text: `${"V".repeat(20_000)} said that ${"U".repeat(20_000)} sank.` },
  { id: "h:.json", title: "</title><script>alert(8)</script>", text: SAID.replaceAll(" ", "\u00A0") },
  { id: "h:right", title: "قالت الوزيرة <b>", publisher: "بيلم", text: "قالت الوزيرة إن العبّارة غرقت. The minister said \u202Bthat the ferry sank\u202C on Monday." },
  { id: "h:endless", title: "Endless", publisher: "Pelm Post", published: "2025-02-03", text: endless() },
];
