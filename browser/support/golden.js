// The case of golden/stories, served once for all tests, and its pages by kinds.
import { crawl } from "./crawl.js";
import { serve } from "./served.js";
import { stories } from "./stories.js";

export const served = await serve(stories());
export const { kinds, data } = await crawl(served);

const longest = (pages) => pages.reduce((most, page) => (page.bytes > most.bytes ? page : most));

/** Of each kind the first page and the longest. */
export const samples = [...kinds].flatMap(([kind, pages]) =>
  [...new Set([pages[0], longest(pages)])].map(({ path }) => ({ kind, path })),
);

/** The address of the longest page of a kind. */
export const pageOf = (kind) => longest(kinds.get(kind)).path;
