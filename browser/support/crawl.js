// Follows links from the start.
import { KINDS, isData, kindOf } from "../kinds.js";

/** Pages by their kinds, so many of each, with status, bytes and HTML; and the addresses of their data. */
export async function crawl(server, { ofAKind = 12, but = /^$/ } = {}) {
  const waiting = ["/", ...KINDS.flatMap((kind) => kind.more ?? [])];
  const known = new Set(waiting);
  const kinds = new Map();
  const data = new Set();
  for (const path of waiting) {
    const kind = kindOf(path);
    const pages = kinds.get(kind) ?? [];
    if (pages.length >= ofAKind) continue;
    const page = await asked(server, path);
    kinds.set(kind, [...pages, page]);
    if (pages.length === 0) page.data.forEach((one) => data.add(one));
    for (const link of page.links.filter((link) => !known.has(link) && !but.test(link))) {
      known.add(link);
      waiting.push(link);
    }
  }
  return { kinds, data: [...data] };
}

async function asked(server, path) {
  const { name, value } = server.cookie;
  const answer = await fetch(server.address + path, { headers: { cookie: `${name}=${value}` } });
  const html = await answer.text();
  const links = [...html.matchAll(/ href="([^"#]+)/g)].map(([, link]) => link.replaceAll("&amp;", "&"));
  // what is seen of a document is the same document
  const own = links.filter((link) => /^\/(?!\/|look\/)/.test(link)).map((link) => link.replace(/\?see=\w+$/, ""));
  return {
    path,
    status: answer.status,
    bytes: Buffer.byteLength(html),
    html,
    links: own.filter((link) => !isData(link)),
    data: own.filter(isData),
  };
}
