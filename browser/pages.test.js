// The pages of `sayso serve`, as people meet them in a browser. One process, one browser, one case for most.
import { after } from "node:test";
import { close } from "./support/browser.js";
import { served } from "./support/golden.js";

import "./parts/frame.js";
import "./parts/look.js";
import "./parts/reading.js";
import "./parts/unscripted.js";
import "./parts/paper.js";
import "./parts/hostile.js";
import "./parts/tours.js";

after(async () => {
  await close();
  served.stop();
});
