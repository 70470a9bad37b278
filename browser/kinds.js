// The kinds of pages. Whatever can be reached by links from the start is looked at, also a kind that is
// not listed; a listed one has to be reached. `more` is looked at beside what links lead to.
export const KINDS = [
  { name: "start" },
  { name: "search", more: ["/search", "/search?q=foo:bar", "/search?q=nothing-fits-this"] },
  { name: "documents found" },
  { name: "statements found", more: ["/search?q=show:statements+act:deny"] },
  { name: "events found", more: ["/search?q=show:events"] },
  { name: "document" },
  { name: "why" },
  { name: "claims" },
  { name: "claim" },
  { name: "stories" },
  { name: "story" },
  { name: "sources" },
  { name: "source" },
  { name: "heard" },
  { name: "coding", more: ["/coding?profile=ucdp", "/coding?profile=plover", "/coding/agreement", "/coding?rows=claims"] },
  { name: "errors" },
  { name: "map" },
  { name: "review", more: ["/review?second=1", "/review?q=show:events"] },
  { name: "relate" },
  { name: "journal" },
  { name: "add" },
];

/** Of which kind an address is: the first part of its path; of answers, what they show. */
export function kindOf(path) {
  const url = new URL(path, "http://127.0.0.1");
  const first = url.pathname.split("/")[1] || "start";
  const shown = first === "search" && (url.searchParams.get("q") ?? "").match(/show:(\w+)/);
  return shown ? `${shown[1]} found` : first;
}

/** Whether it is the data of a page. */
export const isData = (path) => /\.(json|csv)$/.test(path.split("?")[0]);
